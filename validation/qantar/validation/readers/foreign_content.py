"""What a file holds in truth, where its content is not what its name says."""

from dataclasses import dataclass

from qantar.validation.rules.table_kind import table_of

BYTES_OF_START = 2**12
LFS_POINTER = b"version https://git-lfs.github.com/spec/"

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Content:
    """Something that a file can hold: the bytes it begins with, its name, and what to do.

    kinds: of files that rightly begin so.
    """

    start: bytes
    name: str
    remedy: str
    kinds: tuple[str, ...] = ()


_EXPORT = "Write the table as CSV, Parquet or Excel with the program that made it."
CONTENTS = (
    Content(
        LFS_POINTER,
        "a Git LFS pointer in place of the file itself",
        "Fetch the file: git lfs install, then git lfs pull in its repository.",
    ),
    Content(
        b"/annex/objects/",
        "a git-annex pointer in place of the file itself",
        "Fetch the file: git annex get.",
    ),
    Content(b"PAR1", "Parquet", "Name it .parquet, or say --kind parquet.", ("parquet",)),
    Content(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Excel workbook (.xls), or one locked with a password",
        "Save it as .xlsx without a password, or as CSV.",
    ),
    Content(b"%PDF-", "a PDF document", "Take the table from where the document has it."),
    Content(b"SQLite format 3\0", "an SQLite database", _EXPORT),
    Content(b"ARROW1", "an Arrow or Feather file", "Write it as Parquet."),
    Content(b"FEA1", "a Feather file", "Write it as Parquet."),
    Content(b"ORC\x0a", "an ORC file", "Write it as Parquet."),
    Content(b"Obj\x01", "an Avro file", "Write it as Parquet."),
    Content(b"\x89HDF\r\n", "an HDF5 file", _EXPORT),
    Content(b"<stata_dta>", "a Stata file (.dta)", _EXPORT),
    Content(b"$FL2", "an SPSS file (.sav)", _EXPORT),
    Content(b"RDX3\n", "a file of R's data", "Write the table as CSV in R."),
    Content(b"X\n\0\0\0", "an object of R (.rds)", "Write the table as CSV in R."),
    Content(b"\x80\x04\x95", "a Python pickle", _EXPORT),
    Content(b"\x80\x05\x95", "a Python pickle", _EXPORT),
    Content(b"{\\rtf", "a text of a word processor", "Save it as plain text in UTF-8."),
)
_WEB_PAGE = (b"<!doctype", b"<html", b"<head", b"<body")


def foreign_content(start: bytes, kind: str) -> str | None:
    """What a file holds that is not of its kind, and what to do; None where it may be.

    start: its first bytes, `BYTES_OF_START` at most.
    """
    if not start and kind in ("jsonl", "parquet", "xlsx"):
        return "is empty. Write it anew; what was to write it may have failed."
    found = next((c for c in CONTENTS if start.startswith(c.start)), None)
    if found is not None:
        return None if kind in found.kinds else f"holds {found.name}. {found.remedy}"
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if kind in ("xlsx", "zip") else f"holds {_told_zip(start)}"
    text = _without_mark(start).lstrip().lower()
    if text.startswith(_WEB_PAGE):
        return (
            "holds a web page, perhaps one that asks to log in or says that the file is not "
            "there. Download the file itself; on GitHub by the link Raw."
        )
    if text.startswith(b"<?xml"):
        return "holds XML, perhaps an error of the server. Download the file anew."
    if kind in ("parquet", "xlsx"):
        return _tell_text(start, kind)
    if _is_wide(start):
        return "holds text in UTF-16. Save it as UTF-8, or say --encoding utf-16-le."
    if kind in ("csv", "tsv"):
        return _tell_json(text)
    return _tell_table(start) if kind in ("json", "jsonl") else None


def is_text(start: bytes) -> bool:
    """Whether bytes are text in UTF-8, which no compressed file begins with."""
    return bool(start) and b"\0" not in start and _decoded(start) is not None


def _told_zip(start: bytes) -> str:
    if b"xl/" in start or b"[Content_Types].xml" in start or b"_rels/" in start:
        return "an Excel workbook. Name it .xlsx, or say --kind xlsx."
    if b"opendocument" in start:
        return "an OpenDocument sheet. Save it as .xlsx or as CSV."
    return "a zip. Name it .zip, or unpack it."


def _tell_text(start: bytes, kind: str) -> str | None:
    """What is told of text in the place of a file that is none."""
    if not is_text(start):
        return None
    text = start.lstrip()
    if text.startswith((b"{", b"[")):
        return "holds JSON. Name it .json or .jsonl, or say --kind."
    what = "Parquet" if kind == "parquet" else "a workbook"
    return f"holds text and not {what}. Name it .csv where it is CSV, or say --kind csv."


def _tell_json(text: bytes) -> str | None:
    squeezed = text.replace(b" ", b"").replace(b"\n", b"").replace(b"\r", b"").replace(b"\t", b"")
    if squeezed.startswith((b'{"', b'[{"', b"[{}", b"{}")):
        return "holds JSON. Name it .json, or .jsonl with a record a line, or say --kind."
    return None


def _tell_table(start: bytes) -> str | None:
    """What is told of CSV in the place of JSON."""
    text = _decoded(_without_mark(start))
    first = (text or "").lstrip().splitlines()[:1]
    if not first or first[0][0] in "{[-0123456789":
        return None
    for sign, kind in ((",", "csv"), ("\t", "tsv"), (";", "csv")):
        names = [name.strip('" ') for name in first[0].split(sign)]
        if len(names) > 1 and (table_of(names) or first[0][0].isalpha()):
            return f"holds a table in text and not JSON. Name it .{kind}, or say --kind {kind}."
    return None


def _is_wide(start: bytes) -> bool:
    """Whether half of the bytes are zero, as in Latin letters of UTF-16 without a mark."""
    pairs = len(start) // 2
    return pairs > 8 and not start.startswith(_MARKS) and start[1::2].count(0) > 0.9 * pairs


def _without_mark(start: bytes) -> bytes:
    return start.removeprefix(_MARKS[0])


def _decoded(start: bytes) -> str | None:
    """The bytes as UTF-8; None where they are none, but for a character that is cut."""
    for end in range(len(start), max(len(start) - 4, -1), -1):
        try:
            return start[:end].decode()
        except UnicodeDecodeError:
            continue
    return None
