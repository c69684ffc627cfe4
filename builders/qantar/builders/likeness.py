"""Where words stand in a text but for how they are written: case, spaces, forms of Unicode."""

import unicodedata
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from typing import Literal

from qantar.builders.coding import Range

_QUOTATION = str.maketrans("“”„‟«»″〝〞‘’‚‛‹›′`´", "\"\"\"\"\"\"\"\"\"'''''''''")
_DASHES = "Pd"
_INVISIBLE = "Cf"
# Signs of subtraction are dashes to the eye.
_MINUS = "\u2212\u2043"
_CANONICAL = "the normal form of Unicode (NFC, NFD)"
_COMPATIBLE = "compatibility forms of Unicode (NFKC)"
_Piece = tuple[str, int]


def find_alike(text: str, words: str) -> tuple[list[Range], list[str]]:
    """Where the words stand if some differences are overlooked, and which those are.

    Overlooked are case, the kind and number of white space, the kind of quotation marks and
    dashes, invisible characters (soft hyphen, zero width) and the form of Unicode. The
    ranges are offsets of the text as it stands, end exclusive.
    """
    for rarer in (_COMPATIBLE, _CANONICAL):
        folds = _FOLDS.keys() - {rarer}
        ranges = _find(text, words, folds)
        if ranges:
            found = [text[start:end] for start, end in ranges]
            return ranges, list(_differences(found, words, folds))
    return [], []


def _differences(found: list[str], words: str, folds: Collection[str]) -> Iterator[str]:
    """The differences that must be overlooked for the words to be found in every place."""
    for name in _FOLDS:
        if name in folds and not all(_find(text, words, {*folds} - {name}) for text in found):
            yield name


def _find(text: str, words: str, folds: Collection[str]) -> list[Range]:
    held = _folded(text, folds)
    wanted = "".join(character for character, _ in _folded(words, folds)).strip()
    if not wanted:
        return []
    line = "".join(character for character, _ in held)
    ranges = []
    start = line.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not (_is_mark(line[start]) or (end < len(line) and _is_mark(line[end]))):
            places = [place for _, place in held[start:end]]
            ranges.append((min(places), max(places) + 1))
        start = line.find(wanted, start + 1)
    return ranges


def _folded(text: str, folds: Collection[str]) -> list[_Piece]:
    """The characters that are left of a text, each with the offset that it came from."""
    pieces: list[_Piece] = [(character, place) for place, character in enumerate(text)]
    for name, fold in _FOLDS.items():
        if name in folds:
            pieces = list(fold(pieces))
    return pieces


def _decomposed(form: Literal["NFD", "NFKD"]) -> Callable[[list[_Piece]], Iterator[_Piece]]:
    """Decompose to a normal form of Unicode, marks in canonical order."""

    def decompose(pieces: list[_Piece]) -> Iterator[_Piece]:
        marks: list[_Piece] = []
        for character, place in pieces:
            for part in unicodedata.normalize(form, character):
                if not _is_mark(part):
                    yield from sorted(marks, key=_mark_order)
                    marks = []
                    yield part, place
                else:
                    marks.append((part, place))
        yield from sorted(marks, key=_mark_order)

    return decompose


def _without_invisible(pieces: list[_Piece]) -> Iterator[_Piece]:
    return (piece for piece in pieces if unicodedata.category(piece[0]) != _INVISIBLE)


def _plain_spaces(pieces: list[_Piece]) -> Iterator[_Piece]:
    """One blank for any run of white space."""
    for before, piece in pairwise([("", -1), *pieces]):
        if not piece[0].isspace():
            yield piece
        elif not before[0].isspace():
            yield " ", piece[1]


def _plain_dashes(pieces: list[_Piece]) -> Iterator[_Piece]:
    for character, place in pieces:
        is_dash = unicodedata.category(character) == _DASHES or character in _MINUS
        yield "-" if is_dash else character, place


def _plain_quotation(pieces: list[_Piece]) -> Iterator[_Piece]:
    return ((character.translate(_QUOTATION), place) for character, place in pieces)


def _without_case(pieces: list[_Piece]) -> Iterator[_Piece]:
    return ((part, place) for character, place in pieces for part in character.lower())


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0


def _mark_order(piece: _Piece) -> int:
    return unicodedata.combining(piece[0])


# In this order: compatibility decomposition makes blanks and marks of some characters.
_FOLDS: dict[str, Callable[[list[_Piece]], Iterator[_Piece]]] = {
    "invisible characters": _without_invisible,
    "the kind of quotation marks": _plain_quotation,
    "the kind of dashes": _plain_dashes,
    _CANONICAL: _decomposed("NFD"),
    _COMPATIBLE: _decomposed("NFKD"),
    "spaces": _plain_spaces,
    "case": _without_case,
}
