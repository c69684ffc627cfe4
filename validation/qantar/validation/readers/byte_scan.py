"""Letters counted and found in bytes, window by window.

A mask as long as a chunk would be new memory each time, and filling it in takes several
times as long as the comparison; a window's mask stays where the processor is quick.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from qantar.validation.tables.array import Mask

Letters: TypeAlias = npt.NDArray[np.uint8]
# Where letters stand in bytes, from 0.
Offsets: TypeAlias = npt.NDArray[np.int64]
WINDOW = 2**18
_LINE_END, _QUOTE, _TURNED = np.uint8(ord("\n")), np.uint8(ord('"')), np.uint8(2)


def windows(letters: Letters, beyond: int = 0) -> Iterator[tuple[int, Letters]]:
    """(start, letters) of each window; beyond: how many of the next window it also holds."""
    for start in range(0, len(letters), WINDOW):
        yield start, letters[start : start + WINDOW + beyond]


def places_of(letters: Letters, letter: str) -> Offsets:
    """Where a letter stands, from 0."""
    sought = ord(letter)
    found = [np.flatnonzero(window == sought) + start for start, window in windows(letters)]
    return np.concatenate([np.zeros(0, np.int64), *found])


def lines_and_quotes(letters: Letters) -> tuple[Offsets, Offsets, int]:
    """Where line ends and quotes stand, and how many control characters there are.

    All at once they take as long as one, where there are few other control characters.
    """
    found: tuple[list[Offsets], list[Offsets]] = ([np.zeros(0, np.int64)], [np.zeros(0, np.int64)])
    controls = 0
    for start, window in windows(letters):
        # The bit that is turned around brings a quote next to the control characters.
        passed = np.flatnonzero((window ^ _TURNED) <= _QUOTE ^ _TURNED)
        held = window[passed]
        passed += start
        is_quote = held == _QUOTE
        found[0].append(passed[held == _LINE_END])
        found[1].append(passed[is_quote])
        controls += len(passed) - int(np.count_nonzero(is_quote))
    lines, quotes = (np.concatenate(places) for places in found)
    return lines, quotes, controls


def comes_twice(letters: Letters, letter: str) -> bool:
    """Whether a letter stands twice in a row; to search bytes for the two takes longer."""
    sought = ord(letter)
    held = (window == sought for _, window in windows(letters, beyond=1))
    return any((mask[:-1] & mask[1:]).any() for mask in held)


def count_where(letters: Letters, test: Callable[[Letters], Mask]) -> int:
    """How many letters pass a test."""
    return sum(int(np.count_nonzero(test(window))) for _, window in windows(letters))
