"""Hand-kept CSV files, such as the registry's: rows with their lines, every fault told at once."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from qantar.builders.coding import CodingError
from qantar.builders.gathering import Gathering
from qantar.builders.origin import Place, place_in
from qantar.schema.base import Record
from qantar.schema.language import split_prose
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row
from qantar.schema.table import Column, columns_of

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class PlacedRow:
    """A row with the place of the line it ends on."""

    place: Place
    cells: Row


def read_rows(path: Path, model: type[Record], languages: Sequence[str] = ()) -> list[PlacedRow]:
    """Rows of a file, typed and checked by their model; an empty cell is absent.

    languages: those in which prose may stand, the main one first; what is required must stand
    in each. Where they are not known, prose stands in any. Raises CodingError naming file, line
    and column of all that is wrong.
    """
    columns = _columns(model, languages, _read(path)[0])
    needed = [name for name, column in columns.items() if column.required]
    faults = Gathering()
    rows = []
    for placed in read_cells(path, needed, tuple(columns)):
        row = {
            name: _typed(columns[name].kind, cell) for name, cell in placed.cells.items() if cell
        }
        for told in (
            *_faults_of(row, placed.cells, columns, model),
            *_unled(row, languages, model),
        ):
            faults.add(CodingError(f"{placed.place}{told}"))
        rows.append(PlacedRow(placed.place, row))
    faults.raise_any()
    return rows


def _columns(
    model: type[Record], languages: Sequence[str], header: Iterable[str]
) -> dict[str, Column]:
    """The columns that a file can have, prose in each language."""
    columns: dict[str, Column] = {}
    for column in columns_of(model):
        if not column.by_language:
            columns[column.name] = column
            continue
        found = (split_prose(name, frozenset({column.name})) for name in header)
        for language in languages or sorted({split[1] for split in found if split}):
            told = column.in_language(language)
            columns[told.name] = replace(told, required=column.required)
    return columns


def _faults_of(
    row: Row, cells: Mapping[str, str], columns: Mapping[str, Column], model: type[Record]
) -> Iterator[str]:
    """What is wrong with a row, each behind the place of its line."""
    bases = model.prose_bases()
    empty = [name for name, cell in cells.items() if not cell and columns[name].required]
    for name in empty:
        if split_prose(name, bases):
            yield f", column {name}: the cell is empty, and each row has one in every language"
    try:
        model.model_validate(row)
    except ValidationError as error:
        for fault in error.errors():
            first, *rest = [str(part) for part in fault["loc"]] or [""]
            if first in bases and not rest and any(split_prose(name, bases) for name in empty):
                # Told above.
                continue
            column = "_".join((first, *rest)) if first in bases else ".".join((first, *rest))
            where = f", column {column}" if column else ""
            found = f", not {row[column]!r}" if column in row else ""
            yield f"{where}: {fault['msg']}{found}"


def _unled(row: Row, languages: Sequence[str], model: type[Record]) -> Iterator[str]:
    """Prose that a row has in a further language, but not in the main one."""
    split = [found for name in row if (found := split_prose(name, model.prose_bases()))]
    required = {column.name for column in columns_of(model) if column.required}
    main = languages[0] if languages else None
    for base in dict.fromkeys(base for base, _ in split if base not in required):
        if main and f"{base}_{main}" not in row:
            yield f", column {base}_{main}: the cell is empty, and {main} is the main language"


def read_cells(
    path: Path, needed: Sequence[str] = (), known: Sequence[str] | None = None
) -> list[PlacedRow]:
    """The cells of a file by column, as text.

    needed: columns that must be there. known: those that may be; by default any. Raises
    CodingError where the file cannot be read, for a wrong header, and for each row that is
    not as wide as the header.
    """
    header, rows = _read(path)
    if told := _fault_of_form(header, known or needed):
        raise CodingError(told, place_in(path, 1))
    faults = Gathering()
    for told in _wrong_names(header, needed, known):
        faults.add(CodingError(told, place_in(path, 1)))
    for line, row in rows:
        if len(row) != len(header):
            wrong = f"{len(row)} cells, but the header has {len(header)}; quote cells that "
            faults.add(CodingError(f"{wrong}hold commas", place_in(path, line)))
    faults.raise_any()
    return [
        PlacedRow(place_in(path, line), dict(zip(header, row, strict=True))) for line, row in rows
    ]


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            return header, [(reader.line_num, row) for row in reader if row]
    except OSError as error:
        raise CodingError(f"cannot read {place_in(path)}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CodingError(
            f"{place_in(path)} is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from error
    except csv.Error as error:
        raise CodingError(f"{place_in(path)} is not well-formed CSV: {error}") from error


def _fault_of_form(header: list[str], wanted: Sequence[str]) -> str | None:
    """What keeps a file from being read at all."""
    if not any(header):
        return f"the file is empty; its first line is {','.join(wanted)}"
    other = next((name for sign, name in _SEPARATORS.items() if sign in header[0]), None)
    if len(header) == 1 and other:
        return f"the header is separated by {other}; save the file with commas"
    return None


def _wrong_names(
    header: list[str], needed: Sequence[str], known: Sequence[str] | None
) -> Iterator[str]:
    """What is wrong with a header, told once rather than of every row."""
    if repeated := sorted({name for name in header if header.count(name) > 1}):
        yield f"the header names {', '.join(map(repr, repeated))} twice"
    if missing := [name for name in needed if name not in header]:
        yield f"the file has no column {', '.join(missing)}"
    if unknown := [name for name in header if known is not None and name not in known]:
        told = ", ".join(map(repr, unknown))
        yield f"the column {told} is unknown; known are {', '.join(known or ())}"


def _typed(kind: ColumnKind, cell: str) -> Any:
    """A cell as its column has it; what is not of the kind is left to the model to refuse."""
    if kind is ColumnKind.boolean and cell in ("true", "false"):
        return cell == "true"
    if kind is ColumnKind.integer and cell.isdecimal() and cell.isascii():
        return int(cell)
    return cell
