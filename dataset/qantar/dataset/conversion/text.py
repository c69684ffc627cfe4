"""Cells of text as values: trimmed, numbers, absent where they are blank."""

from collections.abc import Collection, Mapping

import polars as pl

from qantar.schema.patterns import ACTOR_CODE_PATTERN, URL_PATTERN

LONGEST_ADDRESS = 2000


def trimmed(name: str) -> pl.Expr:
    """A column without blanks at the ends of its cells; absent where nothing is left."""
    text = pl.col(name).str.strip_chars(" \t\r\n\u00a0")
    return pl.when(text != "").then(text)


def without_words(frame: pl.DataFrame, blanks: Collection[str]) -> pl.DataFrame:
    """The frame with cells absent that hold nothing but a word that stands for a blank."""
    if not blanks:
        return frame
    return frame.with_columns(
        pl.when(~pl.col(name).str.strip_chars().is_in(list(blanks))).then(pl.col(name)).alias(name)
        for name in frame.columns
    )


def number(name: str) -> pl.Expr:
    """A column of numbers; absent where there is none, or one without end."""
    value = trimmed(name).cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def point(latitude: str, longitude: str) -> tuple[pl.Expr, pl.Expr]:
    """Two columns of coordinates; absent where one is missing, off the globe, or both are 0."""
    north, east = number(latitude), number(longitude)
    is_point = north.is_between(-90, 90) & east.is_between(-180, 180) & ((north != 0) | (east != 0))
    return pl.when(is_point).then(north), pl.when(is_point).then(east)


def whole(name: str) -> pl.Expr:
    """A column of whole numbers, which may be written as 3.0; absent where there is none."""
    value = number(name)
    return pl.when(value == value.floor()).then(value).cast(pl.Int64, strict=False)


def without_fraction(name: str) -> pl.Expr:
    """A column of ids without the .0 that programs add to whole numbers."""
    return trimmed(name).str.replace(r"^(-?[0-9]+)\.0+$", "$1")


def address(value: pl.Expr) -> pl.Expr:
    """Addresses in the web; absent for other texts."""
    fits = value.str.contains(URL_PATTERN) & (value.str.len_chars() <= LONGEST_ADDRESS)
    return pl.when(fits).then(value)


def first_item(value: pl.Expr, blanks: Collection[str] = ()) -> pl.Expr:
    """The first of several texts with ; between; absent where it is blank or one of `blanks`."""
    first = value.str.split(";").list.first().str.strip_chars()
    return pl.when((first != "") & ~first.is_in(list(blanks))).then(first)


def looked_up(values: pl.Series, table: Mapping[str, str | None]) -> pl.Series:
    """What a table says of each value, absent where it says nothing."""
    told = list(table.values())
    return values.replace_strict(list(table), told, default=None, return_dtype=pl.String)


def actor_code(name: str) -> pl.Expr:
    """A CAMEO code of an actor in groups of three capitals; absent where it has another form."""
    code = trimmed(name)
    return pl.when(code.str.contains(ACTOR_CODE_PATTERN)).then(code)
