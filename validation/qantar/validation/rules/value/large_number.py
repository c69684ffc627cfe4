"""Numbers that are too large for any column, kept as they were written."""

import re

# Beyond this a double no longer tells neighbouring whole numbers apart.
LARGEST_WHOLE = 2**53 - 1
# More digits than any whole number that a program means; Python takes long to read them.
_MOST_DIGITS = 1_000
_WHOLE = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?")


class LargeNumber(float):
    """A number beyond what a double holds: infinite to calculate with, itself to read."""

    text: str

    def __new__(cls, text: str) -> "LargeNumber":
        number = super().__new__(cls, "-inf" if text.startswith("-") else "inf")
        number.text = text
        return number

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


def read_large(text: str) -> int | LargeNumber | None:
    """The number that a text spells where it is too large for a column; None otherwise.

    A whole number is an int while that is quickly read.
    """
    if not _NUMBER.fullmatch(text):
        return None
    if _WHOLE.fullmatch(text) and len(text) <= _MOST_DIGITS:
        number = int(text)
        return number if abs(number) > LARGEST_WHOLE else None
    return LargeNumber(text) if abs(float(text)) == float("inf") else None
