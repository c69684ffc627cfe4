"""The texts of articles: found by digest, quoted by offset, never stored."""

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

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
    """Every place where the words stand in the text, letter by letter after NFC."""
    wanted = unicodedata.normalize("NFC", words)
    quotes = []
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        quotes.append(Quote(start, start + len(wanted)))
        start = text.find(wanted, start + 1)
    return quotes


def find_near_quotes(text: str, words: str) -> list[Quote]:
    """Where the words stand but for case and the kind of white space and quotation marks."""
    folded = _folded(text)
    return find_quotes(folded, _folded(words)) if len(folded) == len(text) else []


def _folded(text: str) -> str:
    marks = str.maketrans("“”‘’\u00a0\n\r\t", "\"\"''    ")
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return unicodedata.normalize("NFC", lowered).translate(marks)
