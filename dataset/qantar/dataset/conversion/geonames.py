"""Places as GeoNames has them: how much of the world they are, and their ids."""

import polars as pl

from qantar.schema.patterns import TEXT_PATTERN

_LONGEST_NAME = 300
# By the first letters of a feature's code: states, their divisions, what people live in.
_PRECISION = {"PCL": "country", "ADM": "region", "PPL": "city"}


def precision(feature: pl.Expr) -> pl.Expr:
    """How precise a feature is, such as PPLC; absent for mountains, airports and the like."""
    begins = feature.str.to_uppercase().str.slice(0, 3)
    return begins.replace_strict(_PRECISION, default=None, return_dtype=pl.String)


def place_id(number: pl.Expr, name: pl.Expr) -> pl.Expr:
    """The CURIE of a place's number; absent where there is none, or no name that a field holds."""
    is_number = number.str.contains("^[1-9][0-9]{0,11}$")
    is_named = name.str.contains(TEXT_PATTERN) & (name.str.len_bytes() <= _LONGEST_NAME)
    return pl.when(is_number & is_named).then(pl.format("geonames:{}", number))
