"""A Python value of any library as records hold it: text, numbers, true and false, or none."""

import datetime
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

_MIDNIGHT = datetime.time()
# What pandas has in the place of a value; it is not imported for its names' sake.
_ABSENT = ("NAType", "NaTType")


@dataclass(frozen=True, slots=True)
class Unheld:
    """A value that no column of the format can hold; name: what it is called."""

    name: str

    def __str__(self) -> str:
        return self.name


def plain_cell(value: Any, *, is_nan_absent: bool = False) -> Any:
    """The value as a record would have it; None where there is none.

    A day becomes text, and so does a time, which reads as a day where it is midnight in its
    own zone. Decimals become whole numbers or doubles. Whatever else a record cannot hold
    becomes `Unheld`, lists and records excepted. is_nan_absent: as pandas means it.
    """
    if isinstance(value, np.generic):
        value = _of_numpy(value)
    if value is None or type(value).__name__ in _ABSENT:
        return None
    if isinstance(value, str):
        # Of a text that is one of an enumeration the text, not the member's name.
        return str.__str__(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return _of_decimal(value)
    if isinstance(value, float):
        return None if is_nan_absent and math.isnan(value) else float(value)
    if isinstance(value, datetime.datetime):
        is_day = value.time() == _MIDNIGHT and not getattr(value, "nanosecond", 0)
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, list | dict | Unheld) else _unheld(value)


def _unheld(value: Any) -> Unheld:
    return Unheld(f"a value of the type {type(value).__name__}")


def _of_decimal(value: Decimal) -> Any:
    if not value.is_finite():
        return float(value)
    # The digits of a huge exponent would take all memory there is.
    is_whole = abs(value.adjusted()) < 100 and value == value.to_integral_value()
    return int(value) if is_whole else float(value)


def _of_numpy(value: np.generic) -> Any:
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else _of_time(value)
    if isinstance(value, np.longdouble):
        return float(value)
    plain = value.item()
    return _unheld(value) if isinstance(plain, np.generic) else plain


def _of_time(value: np.datetime64) -> str:
    day = value.astype("datetime64[D]")
    return str(day if day == value else value)
