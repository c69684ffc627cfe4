"""The header of a table: the columns that have a name of their own, and what the others are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qantar.schema.rule import Severity
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.text_line import SPOILT, malformed

# What pandas and readr make of a column without a name when they read it.
_MADE_UP_NAME = re.compile(r"Unnamed: [0-9]+|\.\.\.[0-9]+")
_TOLD = 6


@dataclass(frozen=True)
class Header:
    """Names by which cells are read, one for each column, and those of columns that count.

    names: unique; a column that is passed over has one that no file can hold.
    """

    names: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_header(names: Sequence[str], line: int) -> Header:
    """The header that some cells are.

    A column without a name is passed over with a warning, as one that the table does not
    have. Of columns with one name the first is read, and the others are lost, which is an error.
    """
    nameless = [index for index, name in enumerate(names) if is_nameless(name)]
    counts = Counter(names)
    repeated = [name for name, n in counts.items() if n > 1 and not is_nameless(name)]
    seen: set[str] = set()
    read: list[str] = []
    for index, name in enumerate(names):
        is_kept = not is_nameless(name) and SPOILT not in name and name not in seen
        seen.add(name)
        read.append(name if is_kept else f"{SPOILT}{index + 1}")
    kept = tuple(name for name in read if not name.startswith(SPOILT))
    faults = [*_tell_repeated(names, repeated, line)]
    if any(SPOILT in name for name in names):
        faults.append(malformed(line, "is the header and has a name that cannot be read"))
    if nameless and kept:
        faults.append(tell_nameless(nameless, len(names), line))
    return Header(tuple(read), kept, tuple(faults))


def is_nameless(name: str) -> bool:
    """Whether a column has no name, or one that a program made up for that reason."""
    return not name.strip() or _MADE_UP_NAME.fullmatch(name) is not None


def tell_nameless(indices: Sequence[int], width: int, line: int | None) -> Fault:
    """A warning about columns without a name."""
    if [*indices] == [0]:
        told = (
            "The first column has no name: it holds the row names that R writes, or the index "
            "of pandas. It is not checked; leave it out with row.names = FALSE in R, "
            "index=False in pandas."
        )
    else:
        places = ", ".join(str(index + 1) for index in indices[:_TOLD])
        more = " …" if len(indices) > _TOLD else ""
        are_last = [*indices] == [*range(width - len(indices), width)]
        why = "; separators at the end of every line make such columns" if are_last else ""
        one = len(indices) == 1
        told = (
            f"{'Column' if one else 'Columns'} {places}{more} {'has' if one else 'have'} no name "
            f"and {'is' if one else 'are'} not checked{why}. Name {'it' if one else 'them'}, or "
            "leave it out: row.names = FALSE in R, index=False in pandas."
        )
    return Fault("column-unknown", told, Severity.warning, line=line)


def _tell_repeated(names: Sequence[str], repeated: Sequence[str], line: int) -> Iterator[Fault]:
    if not repeated:
        return
    told = ", ".join(map(repr, repeated[:_TOLD])) + (" …" if len(repeated) > _TOLD else "")
    first = repeated[0]
    places = [str(index + 1) for index, name in enumerate(names) if name == first]
    where = f" (columns {' and '.join(places[:_TOLD])})" if len(repeated) == 1 else ""
    said = f"is the header and names {told} twice{where}"
    remedy = " Only the first column of each name is judged; rename or remove the others."
    fault = malformed(line, said)
    yield fault.at(message=fault.message + remedy)
