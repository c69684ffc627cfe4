"""Rows cut down to what the rules between rows read, keyed so that any engine can join them.

A shred is one row under one rule: the key that brings rows together, and the cells that
the rule reads. Shreds of one key, wherever they come from, are judged together; so a rule
between rows holds across frames, partitions and machines.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
import polars as pl

from qantar.schema import Profile
from qantar.schema.rules import rules_of
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import classes
from qantar.validation.rules.link.kind import LinkKind, LinkRule
from qantar.validation.rules.link.registry import link_kind, link_rules_of
from qantar.validation.rules.link.side import Side
from qantar.validation.rules.value.rule import BROKEN, is_required
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import ABSENT, FAULTY, SOUND, Cells
from qantar.validation.tables.key_hash import NONE
from qantar.validation.tables.key_record import NO_VALUE, OPEN_VALUE, Records, make_records
from qantar.validation.tables.prose_cells import ProseCells

Names: TypeAlias = tuple[str, ...]
Recorded: TypeAlias = tuple[pl.DataFrame, Records]
# link, key: what brings rows together. asks: the number of the rule, of rows that are judged.
# node: by what they meet there, where that is more than the key. side: of the rule, 0 for rows
# that are judged. carried: what the row carries, as text; number: the same where it is a number,
# or stands for no value. place: of the row; null where it stands for any row of its side.
SHREDS: dict[str, type[pl.DataType]] = {
    "link": pl.Int32,
    "key": pl.String,
    "asks": pl.Int32,
    "node": pl.String,
    "side": pl.Int32,
    "carried": pl.String,
    "number": pl.Int64,
    "place": pl.Int64,
    "cells": pl.String,
}
# What has no key may belong to any row, so there are not as many keys as rows to which it goes.
BUCKETS = 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule that is asked; link: the number of the first one that asks the same other rows."""

    link: int
    number: int
    rule: LinkRule

    @property
    def kind(self) -> LinkKind[Any]:
        return link_kind(self.rule)

    @property
    def others(self) -> dict[int, Side]:
        """The sides that come with the rule's key from the tables that it needs, by number."""
        sides, needed = self.kind.sides(self.rule), self.kind.needs(self.rule)
        first = 2 if self.way else 1
        return {n: sides[n] for n in range(first, len(sides)) if sides[n].table in needed}

    @property
    def way(self) -> dict[int, Side]:
        """The sides that meet before, by number."""
        return dict(enumerate(self.kind.way(self.rule), 1))


@dataclass(frozen=True, slots=True)
class FaultBetween:
    """A fault between rows; place is that of the judged row, as its shred had it."""

    place: int
    fault: Fault


@cache
def linking_rules(table: str, profile: Profile, others: frozenset[str]) -> tuple[Asked, ...]:
    """The rules among a table's rows and to the tables named."""
    linking = {*link_rules_of(table, profile)}
    links: dict[Any, int] = {}
    found: list[Asked] = []
    for number, rule in enumerate(rules_of(table, profile)):
        if rule in linking and {*link_kind(rule).needs(rule)} <= others:
            sides = link_kind(rule).sides(rule)[1:]
            link = links.setdefault((type(rule), sides), number) if sides else number
            found.append(Asked(link, number, rule))
    return (*found,)


@dataclass(frozen=True)
class PartRows:
    """The rows of a part of a table, judged cell by cell."""

    table: Table
    profile: Profile
    columns: Mapping[str, Cells]
    height: int


def shreds_of(part: PartRows, rules: Collection[Asked], place: int = 0) -> pl.DataFrame:
    """Shreds of the rows that are judged, with the columns of `SHREDS`.

    place: where the first row stands.
    """
    found = [pl.DataFrame(schema=SHREDS)]
    for asked in rules:
        side, grouping = asked.kind.sides(asked.rule)[0], asked.kind.grouping(asked.rule)
        shreds = shreds_of_side(part, asked.link, side, place).with_columns(
            side=pl.lit(0, pl.Int32), asks=pl.lit(asked.number, pl.Int32)
        )
        if grouping != side.key:
            rows = shreds["place"].to_numpy() - place
            held = {name: part.columns[name].only(rows) for name in grouping if len(rows)}
            key = _texts(held, grouping, len(rows)) if len(rows) else shreds["key"]
            shreds = shreds.with_columns(node=pl.col("key"), key=key)
        found.append(in_buckets(shreds) if asked.way else shreds)
    return pl.concat(found)


def shreds_of_others(part: PartRows, rules: Collection[Asked], place: int = 0) -> pl.DataFrame:
    """Shreds of the rows that rules point to, of those rules whose other table this is."""
    found = [pl.DataFrame(schema=SHREDS)]
    for asked in rules:
        if asked.link == asked.number:
            for number, side in asked.others.items():
                if side.table == part.table.name:
                    shreds = shreds_of_side(part, asked.link, side, place)
                    shreds = shreds.with_columns(side=pl.lit(number, pl.Int32))
                    found.append(in_buckets(shreds) if asked.way else shreds)
    return pl.concat(found)


def in_buckets(shreds: pl.DataFrame) -> pl.DataFrame:
    """Shreds that meet by their keys in one of so many buckets."""
    keys = shreds["key"].unique()
    # Polars may hash otherwise on another machine.
    buckets = [str(crc32(key.encode()) % BUCKETS) for key in keys]
    bucket = pl.col("key").replace_strict(keys, buckets, return_dtype=pl.String)
    return shreds.with_columns(node=pl.col("key"), key=bucket)


def faults_of_shreds(shreds: pl.DataFrame, table: str, profile: Profile) -> Iterator[FaultBetween]:
    """What is wrong between rows, all shreds of a key being there; rows in order of place."""
    declared = rules_of(table, profile)
    known = {*link_rules_of(table, profile)}
    for _, group in shreds.sort("place").group_by("link", maintain_order=True):
        others: list[Recorded] = []
        for number in group["asks"].drop_nulls().unique().sort():
            rule = declared[number]
            if rule not in known:
                raise ValueError(f"{rule.id} is not a rule between rows")
            sides = range(1, len(link_kind(rule).sides(rule)))
            others = others or [recorded(group, pl.col("side") == side) for side in sides]
            judged = recorded(group, pl.col("asks") == number)
            yield from _faults_of_rule(rule, judged, others, profile)


def _faults_of_rule(
    rule: LinkRule, one: Recorded, others: Sequence[Recorded], profile: Profile
) -> Iterator[FaultBetween]:
    kind = link_kind(rule)
    judged, ones = one
    suspects = ones[kind.suspects(rule, [ones, *(own for _, own in others)], profile)]
    if not len(suspects):
        return
    partners = [
        side.filter(np.isin(own["hash"], suspects["hash"]) | side["place"].is_null().to_numpy())
        for side, own in others
    ]
    index = kind.index(rule, [_rows(side) for side in partners])
    asked = judged[suspects["row"]]
    places = asked["place"].to_list()
    for position, fault in kind.faults(rule, _rows(asked), index, profile):
        yield FaultBetween(places[position], fault)


def shreds_of_side(part: PartRows, link: int, side: Side, place: int = 0) -> pl.DataFrame:
    """Shreds of the rows that have the key of a side, and are asked; without their side."""
    rows = np.flatnonzero(side.records(part.columns, part.height)[0] != NONE)
    if not len(rows):
        return pl.DataFrame(schema=SHREDS)
    held = {name: part.columns[name].only(rows) for name in side.columns if name in part.columns}
    carried, numbers = _carried(held, side, len(rows))
    shreds = pl.DataFrame(
        {
            "link": pl.repeat(link, len(rows), dtype=pl.Int32, eager=True),
            "key": _texts(held, side.key, len(rows)),
            "carried": carried,
            "number": numbers,
            "place": rows + place,
            "cells": _cells(part, held, side.columns, len(rows)),
        }
    )
    return fill(shreds, SHREDS)


def fill(frame: pl.DataFrame, schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """The frame with exactly the columns of a schema, null where it has none."""
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )


def _carried(held: Mapping[str, Cells], side: Side, height: int) -> tuple[pl.Series, pl.Series]:
    """What rows carry as text, and as a number; null where the text tells."""
    nothing = pl.repeat(None, height, dtype=pl.String, eager=True)
    values = side.carried(held, height)
    if not values or not held.keys() >= {*side.carries}:
        return nothing, pl.Series(side.numbers(held, classes(side.when, held, height)))
    marks = np.array([held[name].marks for name in side.carries]).reshape(-1, height)
    absent, is_open = (marks == ABSENT).any(axis=0), (marks == FAULTY).any(axis=0)
    odd = np.where(absent, NO_VALUE, OPEN_VALUE)
    is_odd = pl.Series(absent | is_open)
    numbers = pl.Series(odd).zip_with(is_odd, pl.repeat(None, height, dtype=pl.Int64, eager=True))
    return _text_of(values).zip_with(~is_odd, nothing), numbers


def _texts(held: Mapping[str, Cells], names: Names, height: int) -> pl.Series:
    """The values of some columns as one text."""
    if not names:
        # What no column parts has one key.
        return pl.repeat("{}", height, dtype=pl.String, eager=True)
    return _text_of([held[name].screened for name in names])


def _text_of(columns: Sequence[pl.Series]) -> pl.Series:
    named = [values.alias(str(n)) for n, values in enumerate(columns)]
    whole = pl.DataFrame(named).select(pl.struct(pl.all()).struct.json_encode())
    return whole.to_series()


def _cells(part: PartRows, held: Mapping[str, Cells], names: Names, height: int) -> pl.Series:
    """Cells as JSON; under the name of `broken` whether there is one that means nothing."""
    fields: list[pl.Series] = []
    for name in names:
        if name in held:
            cells = held[name]
            fields.append(_only_where(cells, cells.marks == SOUND).alias(name))
            fields.append(pl.Series(broken(name), cells.marks == FAULTY))
            # A fault of prose is told where the row has it.
            firsts = cells.firsts() if isinstance(cells, ProseCells) else ()
            fields.extend(_only_where(c, rows).alias(c.column.name) for c, rows in firsts)
        else:
            absent = is_required(part.table.declared[name], part.profile)
            fields.append(pl.repeat(absent, height, eager=True).alias(broken(name)))
    whole = pl.DataFrame(fields).select(pl.struct(pl.all()).struct.json_encode())
    return whole.to_series()


def _only_where(cells: Cells, rows: Mask) -> pl.Series:
    """The values of some rows, and null in all others."""
    values = cells.screened
    nothing = pl.repeat(None, len(values), dtype=values.dtype, eager=True)
    return values.zip_with(pl.Series(rows), nothing)


def broken(name: str) -> str:
    """The name of the column that tells where a cell means nothing."""
    return f"{name}|broken"


def recorded(shreds: pl.DataFrame, is_asked: pl.Expr) -> Recorded:
    """Those of the shreds that are asked, with their records; rows count within these.

    Hashes are made here, where all rows are, since those of another machine may differ.
    """
    side = shreds.filter(is_asked)
    hashes = side["node"].fill_null(side["key"]).hash().to_numpy()
    carried = pl.Series(side["carried"].hash().to_numpy().view(np.int64))
    numbers = side["number"].fill_null(carried).to_numpy()
    return side, make_records(hashes, np.arange(side.height), numbers)


def _rows(shreds: pl.DataFrame) -> list[Row]:
    return [_read(cells) for cells in shreds["cells"]]


def _read(cells: str) -> Row:
    read: dict[str, Any] = json.loads(cells)
    row: Row = {name: value for name, value in read.items() if "|" not in name}
    for name, value in read.items():
        if value is True and name.endswith(broken("")):
            row[name.removesuffix(broken(""))] = BROKEN
    return {name: value for name, value in row.items() if value is not None}
