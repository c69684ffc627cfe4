"""Values of a stored column as Python has them."""

from typing import Any

import polars as pl

ISO_DAY = "%Y-%m-%d"
_ISO_TIME = "%Y-%m-%dT%H:%M:%S"


def value_at(values: pl.Series, index: int) -> Any:
    """A value as Python has it; a day beyond its calendar as text."""
    try:
        return values.item(index)
    except (ValueError, OverflowError):
        one = values[index : index + 1]
        (value,) = one.dt.to_string(ISO_DAY if one.dtype == pl.Date else _ISO_TIME).to_list()
    return value
