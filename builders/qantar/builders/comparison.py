"""Raw passes over the same articles compared field by field: each pair, and all together."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from qantar.builders.agreement import (
    Distance,
    Figure,
    Value,
    masi,
    measure_alpha,
    measure_f1,
    nominal,
)
from qantar.builders.matching import Group
from qantar.builders.raw_pass import RawAct, RawPass
from qantar.schema.shape import Row
from qantar.schema.vocabulary import CountedActs

_COMPARED = ("action_root_code", "action_code", "actor_code", "target_code", "date", "factuality")
_PAIR = 2
# What a coder has of an act that only others have: no value is equal to it or shares with it.
_ABSENT: Value = frozenset({"absent"})
_Reader: TypeAlias = Callable[[RawAct], Value]


def measure_agreement(passes: Sequence[RawPass], groups: Sequence[Group]) -> list[Row]:
    """The rows of the table `agreement`: of each pair of coders, then of all together.

    groups: those of `match_acts` over all the passes, so that which acts are one is the same
    in every figure. Every pass judges the same sentences. What two coders have not one unit
    of in common gets no row. One pass alone gets none.
    """
    if len(passes) < _PAIR:
        return []
    chosen = [*combinations(passes, _PAIR)]
    if len(passes) > _PAIR:
        chosen.append((*passes,))
    return [row for some in chosen for row in _figures(some, groups)]


def _figures(passes: Sequence[RawPass], groups: Sequence[Group]) -> Iterator[Row]:
    coders = [raw.coder_id for raw in passes]
    found = [group for group in groups if not group.keys().isdisjoint(coders)]
    finders = [sum(coder in group for coder in coders) for group in found]
    if finders:
        f1 = measure_f1(finders, len(coders))
        yield _row(coders, "event", "detection_f1", CountedActs.all, f1)
    existence = _existence(passes)
    if existence:
        figure = measure_alpha(existence)
        yield _row(coders, "sentence", "alpha_nominal", CountedActs.all, figure)
    for name, measure, read, distance in _comparisons():
        for counted in CountedActs:
            units = list(_units(coders, found, read, counted))
            if units:
                yield _row(coders, name, measure, counted, measure_alpha(units, distance))


def _existence(passes: Sequence[RawPass]) -> list[list[Value]]:
    """Of each sentence, whether each coder found an act in it."""
    sentences = sorted(passes[0].dispositions)
    return [[str(raw.dispositions[s] == "coded") for raw in passes] for s in sentences]


def _units(
    coders: Sequence[str], groups: Sequence[Group], read: _Reader, counted: CountedActs
) -> Iterator[list[Value]]:
    for group in groups:
        values = [read(group[coder]) for coder in coders if coder in group]
        if counted is CountedActs.all:
            lacking = len(coders) - len(values)
            yield [*values, *[_ABSENT] * lacking]
        elif len(values) >= _PAIR:
            yield values


def _comparisons() -> Iterator[tuple[str, str, _Reader, Distance]]:
    for name in _COMPARED:
        yield name, "alpha_nominal", _reader(name), nominal
        if name == "action_code":
            yield name, "alpha_masi", _code_set, masi


def _reader(name: str) -> _Reader:
    if name == "action_root_code":
        return lambda act: act.joined("action_code")[: len("cameo:01")]
    if name == "date":
        return lambda act: f"{act.joined('date_earliest')}/{act.joined('date_latest')}"
    return lambda act: act.joined(name)


def _code_set(act: RawAct) -> Value:
    codes = (*act.values.get("action_code", ()), *act.values.get("defensible_code", ()))
    return frozenset(codes)


def _row(
    coders: Sequence[str], name: str, measure: str, counted: CountedActs, figure: Figure
) -> Row:
    row = {
        "coders": ";".join(coders),
        "n_coders": len(coders),
        "field": name,
        "measure": measure,
        "counted": str(counted),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "n": figure.n,
    }
    return {
        key: round(value, 3) if isinstance(value, float) else value
        for key, value in row.items()
        if value is not None
    }
