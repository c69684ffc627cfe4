"""Lines of a text file as they lie there, with their numbers and what is wrong with their bytes."""

from collections.abc import Iterator
from typing import IO

from qantar.schema.rule import Severity
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.expansion import MOST_OF_A_ROW

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
LONGEST_LINE = MOST_OF_A_ROW
# Excel writes UTF-8 in no other way, and nothing is lost.
_MARKED = Fault(
    "file-encoding",
    "The file begins with a byte order mark, as Excel writes it; other programs may take it for "
    "a part of the first column's name.",
    Severity.warning,
    line=1,
)
# Stands for what could not be decoded; a NUL is itself never part of a value.
SPOILT = "\0"

Line = tuple[int, str]


def skip_mark(handle: IO[bytes], faults: list[Fault]) -> bool:
    """Pass over a byte order mark with a warning; False where it is of another encoding."""
    start = handle.read(3)
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if start.startswith(mark):
            handle.seek(len(mark))
            if encoding == "utf-8":
                faults.append(_MARKED)
                return True
            told = f"The file is {encoding}; save it as UTF-8, or say --encoding utf-16."
            faults.append(Fault("file-encoding", told, line=1))
            return False
    handle.seek(0)
    return True


def lines_of(handle: IO[bytes], faults: list[Fault], first: int = 1) -> Iterator[Line]:
    """(number, text with its line end); what cannot be decoded is marked as spoilt."""
    number = first - 1
    while raw := handle.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            faults.append(malformed(number, f"is longer than {LONGEST_LINE} bytes"))
            raw = SPOILT.encode()
            while (rest := handle.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                continue
        elif b"\0" in raw:
            faults.append(malformed(number, "holds a NUL character"))
        try:
            yield number, raw.decode("utf-8")
        except UnicodeDecodeError as error:
            bad = raw[error.start]
            faults.append(
                Fault(
                    "file-encoding",
                    f"Byte {error.start + 1} of line {number} (0x{bad:02x}) is not UTF-8; "
                    "--encoding names another, such as cp1252.",
                    line=number,
                )
            )
            yield number, raw.decode("utf-8", "replace").replace("\ufffd", SPOILT)


def tracked(lines: Iterator[Line], handle: IO[bytes], starts: dict[int, int]) -> Iterator[Line]:
    start = handle.tell()
    for line in lines:
        starts[line[0]] = start
        yield line
        start = handle.tell()


def malformed(line: int, what: str, found: str | None = None) -> Fault:
    value = shown(found.splitlines()[0]) if found else None
    return Fault("csv-malformed", f"Line {line} {what}.", line=line, value=value)
