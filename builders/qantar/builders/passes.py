"""The folder `codings`: the raw passes of two coders, and into which events they went."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qantar.builders.coding import CodingError
from qantar.builders.comparison import (
    SENTENCE_SIGN,
    TRIGGER,
    RawPass,
    coding_rows,
    match_acts,
    measure_agreement,
    read_pass,
    read_trigger,
)
from qantar.builders.gathering import Gathering
from qantar.builders.hand_kept_file import PlacedRow, read_cells
from qantar.builders.origin import Place, place_in
from qantar.schema.shape import Row, Rows

SETTLEMENT = "settlement.csv"
_PASSES = "coder-*.csv"
_WANTED = 2
_MEND = f"put two passes ({_PASSES}) and {SETTLEMENT} there, or remove the folder"
_NAMED = 5


@dataclass(frozen=True)
class Compared:
    """The tables `codings` and `agreement`, and where the rows of each were written."""

    rows: Rows
    places: dict[str, tuple[Place, ...]]


def compare_passes(folder: Path, sentences: Iterable[Row]) -> Compared:
    """The tables that two passes make; none where the folder is not there.

    Raises CodingError for all that keeps the passes from being compared.
    """
    if not folder.exists():
        return Compared({}, {})
    faults = Gathering()
    read = {path: _read(path, faults) for path in _pass_files(folder)}
    readable = not faults
    settlement = _read_settlement(folder / SETTLEMENT, read.values(), faults)
    _refuse_triggers(read.values(), faults)
    passes = [
        read_pass(path.stem, (placed.cells for placed in rows)) for path, rows in read.items()
    ]
    for path, raw in zip(read, passes, strict=True):
        for told in _lacking(raw) if readable else ():
            faults.add(CodingError(told, place_in(path)))
    faults.raise_any()
    first, second = passes
    codings = list(coding_rows(passes, settlement))
    agreement = measure_agreement(first, second, match_acts(first, second, sentences))
    lines = {
        (path.stem, *_key(placed.cells)): placed.place
        for path, rows in read.items()
        for placed in rows
    }
    return Compared(
        {"codings": codings, "agreement": agreement},
        {
            "codings": tuple(lines[row["coder_id"], *_key(row)] for row in codings),
            "agreement": (place_in(folder),) * len(agreement),
        },
    )


def _pass_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CodingError(f"{place_in(folder)} is a file where a folder is needed; {_MEND}")
    found = sorted(folder.glob(_PASSES))
    if len(found) == _WANTED:
        return found
    there = sorted(path.name for path in folder.iterdir())
    more = ", ..." if len(there) > _NAMED else ""
    held = f"; it holds {', '.join(there[:_NAMED])}{more}" if there else "; it is empty"
    raise CodingError(
        f"{place_in(folder)} has {len(found)} passes and two are compared{held}; {_MEND}"
    )


def _read(path: Path, faults: Gathering, columns: Sequence[str] = ()) -> list[PlacedRow]:
    with faults.catching():
        return read_cells(path, columns or ("coding_id", "field", "value"))
    return []


def _read_settlement(
    path: Path, passes: Iterable[list[PlacedRow]], faults: Gathering
) -> dict[str, str]:
    coded = {placed.cells["coding_id"] for rows in passes for placed in rows}
    settled: dict[str, str] = {}
    for placed in _read(path, faults, ("coding_id", "event_id")):
        coding = placed.cells["coding_id"]
        if coded and coding not in coded:
            told = f"no coder has a coding {coding!r}; correct the id, or remove the line"
            faults.add(CodingError(told, placed.place))
        if not placed.cells["event_id"]:
            told = f"{coding} goes into no event; remove the line"
            faults.add(CodingError(told, placed.place))
        if coding in settled:
            faults.add(CodingError(f"{coding} is settled twice", placed.place))
        settled[coding] = placed.cells["event_id"]
    return settled


def _refuse_triggers(passes: Iterable[list[PlacedRow]], faults: Gathering) -> None:
    for placed in (placed for rows in passes for placed in rows):
        if placed.cells["field"] == TRIGGER:
            try:
                read_trigger(placed.cells["value"], placed.cells["coding_id"])
            except CodingError as error:
                faults.add(CodingError(str(error), placed.place))


def _lacking(raw: RawPass) -> Iterator[str]:
    """What a pass must have for agreement to be measured."""
    if not raw.acts:
        yield "the pass has no act; each act has rows with its coding_id, field and value"
    if not raw.dispositions:
        yield f"the pass judges no sentence; each has a row whose field is {SENTENCE_SIGN}"
    if untriggered := [act.coding_id for act in raw.acts.values() if TRIGGER not in act.values]:
        acts = ", ".join(untriggered)
        yield f"no row of {acts} has the field {TRIGGER}, by which acts are matched"


def _key(row: Row) -> tuple[str, str, str]:
    return row["coding_id"], row["field"], row["value"]
