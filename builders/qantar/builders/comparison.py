"""Two raw passes over the same articles: matched act by act, compared field by field."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from qantar.builders.agreement import Figure, Value, masi, measure_alpha, measure_f1
from qantar.builders.coding import CodingError
from qantar.schema.shape import Row

# A coded act has one row for each of these; parties, triggers and further codes may have many.
TRIGGER, SENTENCE_SIGN, NOTHING = "trigger", "disposition", "none"
_COMPARED = ("action_root_code", "action_code", "actor_code", "target_code", "date", "factuality")


@dataclass
class RawAct:
    """What one coder wrote of one act: values by field, in order."""

    coding_id: str
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def joined(self, name: str) -> str:
        """The values of a field as one, for comparison; nothing is a value too."""
        return " ".join(sorted(self.values.get(name, []))) or NOTHING


@dataclass(frozen=True)
class RawPass:
    """One coder's acts and dispositions of sentences, by the coder's own numbers."""

    coder_id: str
    acts: dict[str, RawAct]
    dispositions: dict[str, str]


def read_pass(coder_id: str, rows: Iterable[Mapping[str, str]]) -> RawPass:
    """Gather the rows of one coder; rows have coding_id, field and value."""
    acts: dict[str, RawAct] = {}
    dispositions = {}
    for row in rows:
        if row["field"] == SENTENCE_SIGN:
            dispositions[row["coding_id"]] = row["value"]
        else:
            act = acts.setdefault(row["coding_id"], RawAct(row["coding_id"]))
            act.values[row["field"]].append(row["value"])
    return RawPass(coder_id, acts, dispositions)


def match_acts(first: RawPass, second: RawPass) -> dict[str, str]:
    """Pair acts of two passes by the characters of their triggers; returns second by first.

    The pair that shares most characters goes first; an act is paired once. Only the words
    that name the act decide, none of the fields that are compared afterwards.
    """
    shared = [
        (-_overlap(one, other), one.coding_id, other.coding_id)
        for one in first.acts.values()
        for other in second.acts.values()
    ]
    pairs: dict[str, str] = {}
    for overlap, one_id, other_id in sorted(shared):
        if overlap and one_id not in pairs and other_id not in pairs.values():
            pairs[one_id] = other_id
    return pairs


def measure_agreement(first: RawPass, second: RawPass) -> list[Row]:
    """The rows of the table `agreement`.

    Raises CodingError where the two passes did not judge the same sentences.
    """
    if set(first.dispositions) != set(second.dispositions):
        odd = sorted(set(first.dispositions) ^ set(second.dispositions))
        raise CodingError(f"only one coder judged {', '.join(odd)}; both must judge every sentence")
    pairs = match_acts(first, second)
    matched = [(first.acts[one], second.acts[other]) for one, other in pairs.items()]
    alone = len(first.acts) - len(pairs), len(second.acts) - len(pairs)
    rows = [
        _row("event", "detection_f1", measure_f1(len(pairs), *alone)),
        _row("sentence", "alpha_nominal", measure_alpha(_existence(first, second))),
    ]
    for name in _COMPARED:
        values = _pairs(matched, _reader(name))
        rows.append(_row(name, "alpha_nominal", measure_alpha(values)))
        if name == "action_code":
            sets = _pairs(matched, _code_set)
            rows.append(_row(name, "alpha_masi", measure_alpha(sets, masi)))
    return rows


def _overlap(one: RawAct, other: RawAct) -> int:
    return len(_characters(one) & _characters(other))


def _characters(act: RawAct) -> frozenset[tuple[str, int]]:
    characters = set()
    for value in act.values.get(TRIGGER, []):
        article_id, _, place = value.partition(" ")
        start, _, end = place.partition("-")
        characters |= {(article_id, n) for n in range(int(start), int(end))}
    return frozenset(characters)


def _existence(first: RawPass, second: RawPass) -> list[tuple[Value, Value]]:
    return [
        (str(first.dispositions[s] == "coded"), str(second.dispositions[s] == "coded"))
        for s in sorted(first.dispositions)
    ]


def _pairs(
    matched: list[tuple[RawAct, RawAct]], read: Callable[[RawAct], Value]
) -> list[tuple[Value, Value]]:
    return [(read(one), read(other)) for one, other in matched]


def _reader(name: str) -> Callable[[RawAct], Value]:
    if name == "action_root_code":
        return lambda act: act.joined("action_code")[: len("cameo:01")]
    if name == "date":
        return lambda act: f"{act.joined('date_earliest')}/{act.joined('date_latest')}"
    return lambda act: act.joined(name)


def _code_set(act: RawAct) -> Value:
    return frozenset([*act.values["action_code"], *act.values.get("defensible_code", [])])


def _row(name: str, measure: str, figure: Figure) -> Row:
    row = {
        "field": name,
        "measure": measure,
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
