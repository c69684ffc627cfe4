"""The texts of articles: found by digest, quoted by offset, never stored."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Quote:
    """Where words stand: code points from 0, end exclusive."""

    char_start: int
    char_end: int


def sha256_of(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_text(path: Path) -> str:
    """The text exactly as stored: UTF-8, line ends untouched.

    Raises OSError, or UnicodeDecodeError where the file is not UTF-8.
    """
    return path.read_bytes().decode("utf-8")


def texts_by_digest(folder: Path) -> dict[str, str]:
    """The texts of the .txt files of a folder by the SHA-256 of their bytes."""
    texts = (read_text(path) for path in sorted(folder.glob("*.txt")))
    return {sha256_of(text): text for text in texts}


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
