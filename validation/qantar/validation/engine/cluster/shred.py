"""Rows cut down to what the rules between rows read, keyed so that any engine can join them.

A shred is one row under one rule: the key that brings rows together, and the cells that
the rule reads. Shreds of one key, wherever they come from, are judged together; so a rule
between rows holds across frames, partitions and machines.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, get_args

import polars as pl

from qantar.schema import Profile
from qantar.schema.rule import (
    Acyclic,
    ForeignKey,
    Join,
    Rule,
    Sequence,
    TableRule,
    Tally,
    Unique,
)
from qantar.schema.rules import rules_of
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.circle import (
    faults_of_circles,
    may_circle,
    pointing_columns,
    read_columns,
)
from qantar.validation.rules.table_rules import Found, faults_of_table_rule
from qantar.validation.rules.value_rule import BROKEN, is_required
from qantar.validation.rules.value_screen import sound
from qantar.validation.tables.cells import ABSENT, SOUND, Cells

# What can be judged of the rows that share a key; a circle, of those within which it runs.
Names: TypeAlias = tuple[str, ...]
LinkingRule: TypeAlias = TableRule | Acyclic
SHREDS: dict[str, type[pl.DataType]] = {
    "rule": pl.Int32,
    "key": pl.String,
    "is_other": pl.Boolean,
    "number": pl.Float64,
    "place": pl.Int64,
    "cells": pl.String,
}


@dataclass(frozen=True, slots=True)
class Linked:
    """A fault between rows; place is that of the judged row, as its shred had it."""

    place: int
    fault: Fault


@cache
def linking_rules(
    table: str, profile: Profile, others: frozenset[str]
) -> tuple[tuple[int, LinkingRule], ...]:
    """The rules among a table's rows and to the tables named, each with its number."""
    return tuple(
        (number, rule)
        for number, rule in enumerate(rules_of(table, profile))
        if isinstance(rule, get_args(LinkingRule)) and _is_asked(rule, others)
    )


@dataclass(frozen=True)
class PartRows:
    """The rows of a part of a table, judged cell by cell."""

    table: Table
    profile: Profile
    columns: Mapping[str, Cells]
    height: int


def shreds_of(
    part: PartRows, rules: Collection[tuple[int, LinkingRule]], place: int = 0
) -> pl.DataFrame:
    """Shreds of the rows that are judged, with the columns of `SHREDS`.

    place: where the first row stands.
    """
    wanted = [
        (
            number,
            key_of(rule),
            _columns_of_row(rule),
            getattr(rule, "column", None),
            pointing_columns(rule) if isinstance(rule, Acyclic) else key_of(rule),
        )
        for number, rule in rules
    ]
    return _shreds(part, wanted, place, is_other=False)


def shreds_of_other(
    part: PartRows, rules: Collection[tuple[int, LinkingRule]], place: int = 0
) -> pl.DataFrame:
    """Shreds of the rows that rules point to, of those rules whose other table this is."""
    wanted = [
        (number, rule.other_columns, _columns_of_other(rule), None, rule.other_columns)
        for number, rule in rules
        if isinstance(rule, ForeignKey | Tally | Join) and rule.other_table == part.table.name
    ]
    return _shreds(part, wanted, place, is_other=True)


def faults_of_shreds(shreds: pl.DataFrame, table: str, profile: Profile) -> Iterator[Linked]:
    """What is wrong between rows, all shreds of a key being there; rows in order of place."""
    rules = rules_of(table, profile)
    for (number,), group in shreds.group_by("rule", maintain_order=True):
        rule: Rule = rules[int(str(number))]
        if not isinstance(rule, get_args(LinkingRule)):
            raise ValueError(f"{rule.id} is not a rule between rows")
        may_fail = _may_circle(rule, group) if isinstance(rule, Acyclic) else _may_fail(rule)
        suspects = group.filter(may_fail).sort("place")
        judged = suspects.filter(~pl.col("is_other"))
        rows = [_read(cells) for cells in judged["cells"]]
        others = [_read(cells) for cells in suspects.filter("is_other")["cells"]]
        places = judged["place"].to_list()
        for index, fault in _faults(rule, rows, others, profile):
            yield Linked(places[index], fault)


def _faults(rule: LinkingRule, rows: list[Row], others: list[Row], profile: Profile) -> Found:
    if isinstance(rule, Acyclic):
        return faults_of_circles(rule, rows)
    return faults_of_table_rule(rule, rows, others, profile)


def key_of(rule: LinkingRule) -> tuple[str, ...]:
    """The columns by which a judged row is brought together with others."""
    if isinstance(rule, Acyclic):
        return (rule.within,) if rule.within else ()
    return rule.within if isinstance(rule, Sequence) else rule.columns


def _is_asked(rule: LinkingRule, others: frozenset[str]) -> bool:
    return isinstance(rule, Unique | Sequence | Acyclic) or rule.other_table in others


def _columns_of_row(rule: LinkingRule) -> tuple[str, ...]:
    if isinstance(rule, Acyclic):
        return read_columns(rule)
    when = () if isinstance(rule, Unique | Sequence | ForeignKey) else rule.when
    return tuple(dict.fromkeys((*rule.on, *(condition.column for condition in when))))


def _columns_of_other(rule: ForeignKey | Tally | Join) -> tuple[str, ...]:
    more: tuple[str, ...] = ()
    if isinstance(rule, Tally):
        more = tuple(condition.column for condition in rule.other_when)
    elif isinstance(rule, Join):
        more = (rule.right,)
    return tuple(dict.fromkeys((*rule.other_columns, *more)))


def _shreds(
    part: PartRows,
    wanted: Iterable[tuple[int, Names, Names, str | None, Names]],
    place: int,
    *,
    is_other: bool,
) -> pl.DataFrame:
    """The shreds of (rule, key, columns, number, columns without which there is no shred)."""
    asked = [item for item in wanted if set(item[4]) <= part.columns.keys()]
    named = sorted({name for item in asked for name in item[2]} & part.columns.keys())
    if not named:
        return pl.DataFrame(schema=SHREDS)
    places = pl.int_range(place, place + part.height, dtype=pl.Int64, eager=True)
    states = [_broken(part, name) for name in named]
    frame = frame_of(part.columns, named).with_columns(places.alias("place"), *states)
    parts = [
        frame.filter(pl.all_horizontal(pl.col(sound(name)) for name in needed)).select(
            pl.lit(rule, dtype=pl.Int32).alias("rule"),
            _key(key).alias("key"),
            pl.lit(is_other).alias("is_other"),
            _number(part, number).alias("number"),
            pl.col("place"),
            _cells(part, columns).alias("cells"),
        )
        for rule, key, columns, number, needed in asked
    ]
    return pl.concat(parts)


def _broken(part: PartRows, name: str) -> pl.Series:
    """Where a cell means nothing: it has a fault, or is missing though it is required."""
    column = part.columns[name]
    wrong = (column.states != SOUND) & (column.states != ABSENT)
    if is_required(column.column, part.profile):
        wrong |= column.states == ABSENT
    return pl.Series(broken(name), wrong)


def broken(name: str) -> str:
    """The name of the column that tells where a cell means nothing."""
    return f"{name}|broken"


def _key(columns: Names) -> pl.Expr:
    # What no column parts has one key.
    if not columns:
        return pl.lit("{}")
    named = (pl.col(name).alias(str(n)) for n, name in enumerate(columns))
    return pl.struct(named).struct.json_encode()


def _number(part: PartRows, column: str | None) -> pl.Expr:
    if column is None or column not in part.columns:
        return pl.lit(None, dtype=pl.Float64)
    return pl.when(pl.col(sound(column))).then(pl.col(column).cast(pl.Float64))


def _cells(part: PartRows, columns: tuple[str, ...]) -> pl.Expr:
    """Cells as JSON; under the name of `broken` whether there is one that means nothing."""
    fields: list[pl.Expr] = []
    for name in columns:
        if name in part.columns:
            fields.append(pl.when(pl.col(sound(name))).then(pl.col(name)).alias(name))
            fields.append(pl.col(broken(name)))
        else:
            absent = is_required(part.table.by_name[name], part.profile)
            fields.append(pl.lit(absent).alias(broken(name)))
    return pl.struct(fields).struct.json_encode()


def _read(cells: str) -> Row:
    read: dict[str, Any] = json.loads(cells)
    row: Row = {name: value for name, value in read.items() if "|" not in name}
    for name, value in read.items():
        if value is True and name.endswith(broken("")):
            row[name.removesuffix(broken(""))] = BROKEN
    return {name: value for name, value in row.items() if value is not None}


def _may_circle(rule: Acyclic, shreds: pl.DataFrame) -> pl.Series:
    cells = {"source": rule.source, "target": rule.target}
    ends = shreds.select(
        *(
            pl.col("cells").str.json_path_match(f"$.{name}").alias(end)
            for end, name in cells.items()
        ),
        pl.col("key").alias("within"),
    )
    # Two nodes with one hash make a few rows more suspect, and none less.
    sources, targets = (
        ends.select(pl.struct(end, "within").hash()).to_series().to_numpy()
        for end in (pl.col("source").alias("node"), pl.col("target").alias("node"))
    )
    return pl.Series(may_circle(sources, targets))


def _may_fail(rule: TableRule) -> pl.Expr:
    """Where rows of a key may break the rule, or are needed to tell whether they do."""
    is_other = pl.col("is_other")
    match rule:
        case Unique():
            return pl.len().over("key") > 1
        case Sequence():
            number = pl.col("number")
            return (number.max() != number.n_unique()).over("key").fill_null(False)
        case ForeignKey():
            return ~is_other.any().over("key")
        case Tally():
            return (~is_other).any().over("key")
        case Join():
            return is_other.any().over("key") & (~is_other).any().over("key")


def frame_of(columns: Mapping[str, Cells], names: Collection[str]) -> pl.DataFrame:
    """The values of some columns, and whether each is sound."""
    values = [columns[name].screened.alias(name) for name in names]
    marks = [pl.Series(sound(name), columns[name].states == SOUND) for name in names]
    return pl.DataFrame([*values, *marks])
