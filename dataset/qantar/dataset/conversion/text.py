"""Cells of text as values: trimmed, numbers, absent where they are blank."""

from collections.abc import Mapping

import polars as pl

from qantar.schema.patterns import ACTOR_CODE_PATTERN


def trimmed(name: str) -> pl.Expr:
    """A column without blanks at the ends of its cells; absent where nothing is left."""
    text = pl.col(name).str.strip_chars(" \t\r\n\u00a0")
    return pl.when(text != "").then(text)


def number(name: str) -> pl.Expr:
    """A column of numbers; absent where there is none."""
    return trimmed(name).cast(pl.Float64, strict=False)


def whole(name: str) -> pl.Expr:
    """A column of whole numbers, which may be written as 3.0; absent where there is none."""
    value = number(name)
    return pl.when(value == value.floor()).then(value).cast(pl.Int64, strict=False)


def without_fraction(name: str) -> pl.Expr:
    """A column of ids without the .0 that programs add to whole numbers."""
    return trimmed(name).str.replace(r"^(-?[0-9]+)\.0+$", "$1")


def looked_up(values: pl.Series, table: Mapping[str, str | None]) -> pl.Series:
    """What a table says of each value, absent where it says nothing."""
    told = list(table.values())
    return values.replace_strict(list(table), told, default=None, return_dtype=pl.String)


def actor_code(name: str) -> pl.Expr:
    """A CAMEO code of an actor in groups of three capitals; absent where it has another form."""
    code = trimmed(name)
    return pl.when(code.str.contains(ACTOR_CODE_PATTERN)).then(code)
