"""The texts of articles: found by digest, quoted by offset, never stored."""

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qantar.builders.likeness import find_alike
from qantar.schema.digest import sha256_of


@dataclass(frozen=True)
class Quote:
    """Where words stand: code points from 0, end exclusive."""

    char_start: int
    char_end: int


def read_text(path: Path) -> str:
    """The text exactly as stored: UTF-8, line ends untouched.

    Raises OSError, or UnicodeDecodeError where the file is not UTF-8.
    """
    return path.read_bytes().decode("utf-8")


def texts_by_digest(folder: Path) -> dict[str, str]:
    """The texts of the .txt files in and below a folder by the SHA-256 of their bytes.

    A file that is not UTF-8 is no text of an article and is passed over.
    """
    texts = {}
    # Opening a pipe would wait for ever.
    for path in sorted(path for path in folder.rglob("*.txt") if path.is_file()):
        with suppress(UnicodeDecodeError):
            text = read_text(path)
            texts[sha256_of(text)] = text
    return texts


def tell_difference(wanted: str, texts: Mapping[str, str]) -> str:
    """Whether one of the texts is the wanted one but for its encoding, as a half sentence."""
    for text in texts.values():
        for what, mended in (
            ("is the text in another normal form, not NFC", unicodedata.normalize("NFC", text)),
            ("is the text with other line ends", text.replace("\r\n", "\n")),
            ("is the text with a byte order mark", text.removeprefix("\ufeff")),
        ):
            if mended != text and sha256_of(mended) == wanted:
                return f"one file {what}"
    return "none is the text in another encoding either"


def find_quotes(text: str, words: str) -> list[Quote]:
    """Every place where the words stand in the text, letter by letter as given or after NFC."""
    for wanted in dict.fromkeys((words, unicodedata.normalize("NFC", words))):
        quotes = []
        start = text.find(wanted) if wanted else -1
        while start >= 0:
            quotes.append(Quote(start, start + len(wanted)))
            start = text.find(wanted, start + 1)
        if quotes:
            return quotes
    return []


def find_near_quotes(text: str, words: str) -> list[Quote]:
    """Where the words stand but for case, spaces, kinds of marks and forms of Unicode."""
    return [Quote(start, end) for start, end in find_alike(text, words)[0]]


def tell_near_difference(text: str, words: str) -> str:
    """In what the words are written otherwise where `find_near_quotes` finds them."""
    names = find_alike(text, words)[1]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
