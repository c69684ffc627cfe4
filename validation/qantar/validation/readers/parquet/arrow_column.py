"""Columns of Arrow as Polars has them, or what they hold where no table has such values.

Polars takes some types for others (an id for bytes) and ends the process at a few, so only
types are handed over that are known to keep their values.
"""

from functools import cache

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

_HELD = (
    pa.types.is_null,
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_date,
    pa.types.is_timestamp,
)
_NAMES = (
    (pa.types.is_struct, "records"),
    (pa.types.is_map, "maps"),
    (pa.types.is_time, "times of day"),
    (pa.types.is_duration, "durations"),
    (pa.types.is_interval, "spans of time"),
    (pa.types.is_union, "values of several types"),
)
# Of the sizes of decimals the only one that every Polars takes.
_BITS_OF_DECIMAL, _MOST_DIGITS = 128, 38


def is_text(kind: pa.DataType) -> bool:
    """Whether the values are texts."""
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or getattr(pa.types, "is_string_view", bool)(kind)
    )


def foreign_type(kind: pa.DataType) -> str | None:
    """What values are called of which no table has any; None of a type that tables have."""
    if isinstance(kind, pa.BaseExtensionType):
        return f"values of the type {kind}"
    if pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
        return foreign_type(kind.value_type)
    if pa.types.is_timestamp(kind) and not _is_known_zone(kind):
        return f"times in the unknown zone {kind.tz}"
    if is_text(kind) or any(test(kind) for test in _HELD):
        return None
    named = str(kind)
    if "binary" in named.split("<")[0]:
        return "bytes"
    if "list" in named.split("<")[0]:
        return "lists"
    return next((name for test, name in _NAMES if test(kind)), f"values of the type {kind}")


def as_series(column: pa.Array | pa.ChunkedArray) -> pl.Series:
    """Values of a type that is not foreign; raises ArrowException where they are not whole."""
    kind = column.type
    if pa.types.is_run_end_encoded(kind):
        return as_series(pc.run_end_decode(column))
    if pa.types.is_dictionary(kind):
        if not is_text(kind.value_type):
            return as_series(column.cast(kind.value_type))
        return pl.Series(column).cast(pl.String)
    if pa.types.is_float16(kind):
        column = column.cast(pa.float32())
    elif pa.types.is_decimal(kind) and kind.bit_width != _BITS_OF_DECIMAL:
        column = _decimals(column)
    elif pa.types.is_timestamp(kind):
        column = _known_time(column)
    return pl.Series(column)


def _decimals(column: pa.Array) -> pa.Array:
    try:
        return column.cast(pa.decimal128(_MOST_DIGITS, column.type.scale))
    except pa.ArrowInvalid:
        # A number of so many digits is beyond every column's range, whatever its last ones.
        return column.cast(pa.float64())


@cache
def _is_known_zone(kind: pa.TimestampType) -> bool:
    """Whether the clocks of the zone of a time are known, if it has one."""
    try:
        as_series(pa.array([0], kind))
    except (pa.ArrowException, pl.exceptions.PolarsError):
        return False
    return True


def _known_time(column: pa.Array) -> pa.Array:
    """Times in a zone that Polars knows, or as their own zone's clocks show them."""
    kind = column.type
    if kind.unit == "s":
        kind = pa.timestamp("ms", kind.tz)
        column = column.cast(kind)
    try:
        pl.Series(column[:0])
    except pl.exceptions.PolarsError:
        return pc.local_timestamp(column)
    return column
