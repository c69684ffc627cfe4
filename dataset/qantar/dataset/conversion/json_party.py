"""Parties as records of JSON hold them: a list of objects, kept as its JSON text."""

import polars as pl

from qantar.dataset.conversion.text import first_item, trimmed


def first_of(column: str, *keys: str) -> pl.Expr:
    """What the first party says under the first key that says something."""
    values = [pl.col(column).str.json_path_match(f"$[0].{key}").str.strip_chars() for key in keys]
    return pl.coalesce(pl.when(value != "").then(value) for value in values)


def first_name(column: str, *keys: str) -> pl.Expr:
    """The name of the first party, which may also be a text, or one of several with ; between."""
    plain = trimmed(column)
    alone = first_item(pl.when(~plain.str.starts_with("[")).then(plain))
    return pl.coalesce(first_of(column, *keys), alone)


def how_many(column: str) -> pl.Expr:
    """How many parties there are, 2 for more: nothing depends on it."""
    plain = trimmed(column)
    second = pl.col(column).str.json_path_match("$[1]").is_not_null()
    second |= ~plain.str.starts_with("[") & plain.str.contains(";", literal=True)
    return pl.when(plain.is_null()).then(0).when(second).then(2).otherwise(1)
