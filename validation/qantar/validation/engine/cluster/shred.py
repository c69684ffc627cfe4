"""Rows cut down to what the rules between rows read, keyed so that any engine can join them.

A shred is one row under one rule: the key that brings rows together, and the cells that
the rule reads. Shreds of one key, wherever they come from, are judged together; so a rule
between rows holds across frames, partitions and machines.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from qantar.schema import Profile
from qantar.schema.rules import rules_of
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import NO, YES, classes
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.link.registry import link_kind, link_rules_of
from qantar.validation.rules.link.side import CERTAIN, POSSIBLE, Side
from qantar.validation.rules.value.rule import BROKEN, is_required
from qantar.validation.tables.cells import ABSENT, FAULTY, SOUND, Cells
from qantar.validation.tables.key_record import NO_VALUE, OPEN_VALUE, Records, make_records

Names: TypeAlias = tuple[str, ...]
Numbered: TypeAlias = tuple[int, LinkRule]
# key: what brings rows together. node: by what they meet there, where that is more than the key.
# side: of the rule, 0 for rows that are judged. carried: what the row carries, as text; number:
# the same where it is a number, or stands for no value.
SHREDS: dict[str, type[pl.DataType]] = {
    "rule": pl.Int32,
    "key": pl.String,
    "node": pl.String,
    "side": pl.Int32,
    "carried": pl.String,
    "number": pl.Int64,
    "place": pl.Int64,
    "cells": pl.String,
}


@dataclass(frozen=True, slots=True)
class FaultBetween:
    """A fault between rows; place is that of the judged row, as its shred had it."""

    place: int
    fault: Fault


@cache
def linking_rules(table: str, profile: Profile, others: frozenset[str]) -> tuple[Numbered, ...]:
    """The rules among a table's rows and to the tables named, each with its number."""
    asked = {
        rule
        for rule in link_rules_of(table, profile)
        if link_kind(rule).is_one_shuffle and {*link_kind(rule).needs(rule)} <= others
    }
    return tuple((n, rule) for n, rule in enumerate(rules_of(table, profile)) if rule in asked)


@dataclass(frozen=True)
class PartRows:
    """The rows of a part of a table, judged cell by cell."""

    table: Table
    profile: Profile
    columns: Mapping[str, Cells]
    height: int


def shreds_of(part: PartRows, rules: Collection[Numbered], place: int = 0) -> pl.DataFrame:
    """Shreds of the rows that are judged, with the columns of `SHREDS`.

    place: where the first row stands.
    """
    sides = [(n, 0, rule, link_kind(rule).sides(rule)[0]) for n, rule in rules]
    return _shreds(part, sides, place)


def shreds_of_other(part: PartRows, rules: Collection[Numbered], place: int = 0) -> pl.DataFrame:
    """Shreds of the rows that rules point to, of those rules whose other table this is."""
    sides = [
        (n, number, rule, side)
        for n, rule in rules
        for number, side in enumerate(link_kind(rule).sides(rule))
        if number and side.table == part.table.name
    ]
    return _shreds(part, sides, place)


def faults_of_shreds(shreds: pl.DataFrame, table: str, profile: Profile) -> Iterator[FaultBetween]:
    """What is wrong between rows, all shreds of a key being there; rows in order of place."""
    declared = rules_of(table, profile)
    known = {*link_rules_of(table, profile)}
    for (number,), group in shreds.sort("place").group_by("rule", maintain_order=True):
        rule = declared[int(str(number))]
        if rule not in known:
            raise ValueError(f"{rule.id} is not a rule between rows")
        kind = link_kind(rule)
        sides = [group.filter(pl.col("side") == n) for n in range(len(kind.sides(rule)))]
        records = [_records(side) for side in sides]
        suspects = records[0][kind.suspects(rule, records, profile)]
        judged = sides[0][suspects["row"]]
        others = [
            _rows(side[np.flatnonzero(np.isin(own["hash"], suspects["hash"]))])
            for side, own in zip(sides[1:], records[1:], strict=True)
        ]
        places = judged["place"].to_list()
        index = kind.index(rule, others)
        for position, fault in kind.faults(rule, _rows(judged), index, profile):
            yield FaultBetween(places[position], fault)


def _shreds(
    part: PartRows, sides: list[tuple[int, int, LinkRule, Side]], place: int
) -> pl.DataFrame:
    found = [
        _shreds_of_side(part, number, side_number, link_kind(rule).grouping(rule), side, place)
        for number, side_number, rule, side in sides
        if {*side.key} <= part.columns.keys()
    ]
    return pl.concat(found) if found else pl.DataFrame(schema=SHREDS)


def _shreds_of_side(
    part: PartRows, rule: int, number: int, grouping: Names, side: Side, place: int
) -> pl.DataFrame:
    met = classes(side.when, part.columns, part.height)
    asked = met == YES if side.is_judged else met != NO
    for name in side.key:
        asked &= part.columns[name].marks == SOUND
    rows = np.flatnonzero(asked)
    held = {name: part.columns[name].only(rows) for name in side.columns if name in part.columns}
    # The key of another side has other names in the same order.
    names = grouping if number == 0 else side.key
    key = _texts(held, names, len(rows))
    is_node = number == 0 and grouping != side.key
    carried, numbers = _carried(held, side, met[rows])
    return pl.DataFrame(
        {
            "rule": pl.repeat(rule, len(rows), dtype=pl.Int32, eager=True),
            "key": key,
            "node": _texts(held, side.key, len(rows)) if is_node else pl.Series([None] * len(rows)),
            "side": pl.repeat(number, len(rows), dtype=pl.Int32, eager=True),
            "carried": carried,
            "number": numbers,
            "place": rows + place,
            "cells": _cells(part, held, side.columns, len(rows)),
        },
        schema=SHREDS,
    )


def _carried(
    held: Mapping[str, Cells], side: Side, met: np.ndarray[Any, Any]
) -> tuple[pl.Series, pl.Series]:
    """What rows carry as text, and as a number; null where the text tells."""
    nothing = pl.Series([None] * len(met), dtype=pl.String)
    if not side.carries:
        return nothing, pl.Series(np.where(met == YES, CERTAIN, POSSIBLE))
    if not held.keys() >= {*side.carries}:
        return nothing, pl.repeat(int(NO_VALUE), len(met), dtype=pl.Int64, eager=True)
    if side.as_value:
        return nothing, pl.Series(side.numbers(held, met))
    marks = np.array([held[name].marks for name in side.carries])
    absent, is_open = (marks == ABSENT).any(axis=0), (marks == FAULTY).any(axis=0)
    odd = np.where(absent, NO_VALUE, OPEN_VALUE)
    is_odd = pl.Series(absent | is_open)
    numbers = pl.Series(odd).zip_with(is_odd, pl.Series([None] * len(met), dtype=pl.Int64))
    return _texts(held, side.carries, len(met)).zip_with(~is_odd, nothing), numbers


def _texts(held: Mapping[str, Cells], names: Names, height: int) -> pl.Series:
    """The values of some columns as one text."""
    if not names:
        # What no column parts has one key.
        return pl.repeat("{}", height, dtype=pl.String, eager=True)
    named = [held[name].screened.alias(str(n)) for n, name in enumerate(names)]
    whole = pl.DataFrame(named).select(pl.struct(pl.all()).struct.json_encode())
    return whole.to_series()


def _cells(part: PartRows, held: Mapping[str, Cells], names: Names, height: int) -> pl.Series:
    """Cells as JSON; under the name of `broken` whether there is one that means nothing."""
    fields: list[pl.Series] = []
    for name in names:
        if name in held:
            sound = pl.Series(held[name].marks == SOUND)
            values = held[name].screened
            nothing = pl.repeat(None, height, dtype=values.dtype, eager=True)
            fields.append(values.zip_with(sound, nothing).alias(name))
            fields.append(pl.Series(broken(name), held[name].marks == FAULTY))
        else:
            absent = is_required(part.table.declared[name], part.profile)
            fields.append(pl.repeat(absent, height, eager=True).alias(broken(name)))
    whole = pl.DataFrame(fields).select(pl.struct(pl.all()).struct.json_encode())
    return whole.to_series()


def broken(name: str) -> str:
    """The name of the column that tells where a cell means nothing."""
    return f"{name}|broken"


def _records(side: pl.DataFrame) -> Records:
    """The records of one side's shreds; rows count within these.

    Hashes are made here, where all rows are, since those of another machine may differ.
    """
    hashes = side["node"].fill_null(side["key"]).hash().to_numpy()
    carried = pl.Series(side["carried"].hash().to_numpy().view(np.int64))
    numbers = side["number"].fill_null(carried).to_numpy()
    return make_records(hashes, np.arange(side.height), numbers)


def _rows(shreds: pl.DataFrame) -> list[Row]:
    return [_read(cells) for cells in shreds["cells"]]


def _read(cells: str) -> Row:
    read: dict[str, Any] = json.loads(cells)
    row: Row = {name: value for name, value in read.items() if "|" not in name}
    for name, value in read.items():
        if value is True and name.endswith(broken("")):
            row[name.removesuffix(broken(""))] = BROKEN
    return {name: value for name, value in row.items() if value is not None}
