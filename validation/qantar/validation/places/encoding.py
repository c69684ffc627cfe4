"""Text in another encoding made UTF-8, so that every reader takes it as it takes its own."""

import codecs
import re
from dataclasses import replace
from pathlib import Path

from qantar.validation.faults.fault import Fault

_PIECE = 1 << 20
_SPOILT = "\udcff"
_NOT_UTF8 = re.compile(r"^(?:The b|B)yte .* is not UTF-8[^.]*\.")


def _spoil(error: UnicodeError) -> tuple[str | bytes, int]:
    """Put what no encoding has where text cannot be read, so that its line is told."""
    if isinstance(error, UnicodeDecodeError):
        return _SPOILT, error.end
    if isinstance(error, UnicodeEncodeError):
        return b"\xff", error.end
    raise error


codecs.register_error("qantar-spoil", _spoil)


def transcode(source: Path, encoding: str, into: Path) -> None:
    """Write a text file in UTF-8; what cannot be decoded becomes the byte 0xFF.

    Raises OSError, and UnicodeError where the file as a whole is of another encoding.
    """
    decoder = codecs.getincrementaldecoder(encoding)("qantar-spoil")
    with source.open("rb") as read, into.open("wb") as written:
        while piece := read.read(_PIECE):
            written.write(decoder.decode(piece).encode("utf-8", "qantar-spoil"))
        written.write(decoder.decode(b"", final=True).encode("utf-8", "qantar-spoil"))


def is_utf8_already(source: Path, encoding: str) -> bool:
    """Whether a file that is said to have one byte a letter is UTF-8 with letters beyond ASCII.

    Text in such an encoding is as good as never well-formed UTF-8. Raises OSError.
    """
    upper = bytes(range(0x80, 0x100))
    if codecs.lookup(encoding).name.startswith("utf") or not _is_of_bytes(upper, encoding):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_plain = True
    with source.open("rb") as read:
        try:
            while piece := read.read(_PIECE):
                decoder.decode(piece)
                is_plain = is_plain and piece.isascii()
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return not is_plain


def _is_of_bytes(upper: bytes, encoding: str) -> bool:
    try:
        return len(upper.decode(encoding, "replace")) == len(upper)
    except UnicodeError:
        return False


def as_of(fault: Fault, encoding: str) -> Fault:
    """A fault of a file that was transcoded: what is not UTF-8 there is not of its encoding."""
    if fault.rule != "file-encoding":
        return fault
    told = f"Line {fault.line} holds bytes that are not {encoding}."
    return replace(fault, message=_NOT_UTF8.sub(told, fault.message))
