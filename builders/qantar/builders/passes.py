"""The folder `codings`: the raw passes of coders, and into which events they went."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qantar.builders.coding import CodingError
from qantar.builders.comparison import measure_agreement
from qantar.builders.gathering import Gathering
from qantar.builders.hand_kept_file import PlacedRow, read_cells
from qantar.builders.matching import match_acts
from qantar.builders.origin import Place, place_in
from qantar.builders.raw_pass import (
    SENTENCE_SIGN,
    TRIGGER,
    RawPass,
    coding_rows,
    read_pass,
    read_trigger,
)
from qantar.builders.settlement import SETTLEMENT, read_settlement
from qantar.schema.shape import Row, Rows

_PASSES = "coder-*.csv"
_COLUMNS = ("coding_id", "field", "value")
_MEND = f"put passes ({_PASSES}) and {SETTLEMENT} there, or remove the folder"
_NAMED = 5


@dataclass(frozen=True)
class Compared:
    """The tables `codings` and `agreement`, and where the rows of each were written.

    remarks: what is to be told of the passes that is no fault.
    """

    rows: Rows
    places: dict[str, tuple[Place, ...]]
    remarks: tuple[str, ...] = ()


def compare_passes(folder: Path, sentences: Iterable[Row]) -> Compared:
    """The tables that raw passes make; none where the folder is not there.

    Any number of coders are compared, each pair and all together. One pass alone is kept
    without agreement, which a remark says. Raises CodingError for all that keeps the passes
    from being compared.
    """
    if not folder.exists():
        return Compared({}, {})
    faults = Gathering()
    read = {path: _read(path, faults) for path in _pass_files(folder)}
    readable = not faults
    passes = [
        read_pass(path.stem, (placed.cells for placed in rows)) for path, rows in read.items()
    ]
    events = read_settlement(folder / SETTLEMENT, passes, faults)
    _refuse_triggers(read.values(), faults)
    if readable:
        for path, raw in zip(read, passes, strict=True):
            for told in _lacking(raw, passes):
                faults.add(CodingError(told, place_in(path)))
    faults.raise_any()
    codings = list(coding_rows(passes, events))
    agreement = measure_agreement(passes, match_acts(passes, sentences))
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
        () if agreement else (_alone(folder, passes),),
    )


def _alone(folder: Path, passes: Sequence[RawPass]) -> str:
    return (
        f"{place_in(folder)} has one pass, {passes[0].coder_id}, so no agreement is measured; "
        f"a second pass ({_PASSES}), made without sight of the first, is compared with it"
    )


def _pass_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CodingError(f"{place_in(folder)} is a file where a folder is needed; {_MEND}")
    found = sorted(folder.glob(_PASSES), key=_in_order)
    if found:
        return found
    there = sorted(path.name for path in folder.iterdir())
    more = ", ..." if len(there) > _NAMED else ""
    held = f"it holds {', '.join(there[:_NAMED])}{more}" if there else "it is empty"
    raise CodingError(f"{place_in(folder)} has no pass; {held}; {_MEND}")


def _in_order(path: Path) -> tuple[int, str]:
    """Shorter names first, so that coder-10 is behind coder-9."""
    return len(path.name), path.name


def _read(path: Path, faults: Gathering) -> list[PlacedRow]:
    with faults.catching():
        return read_cells(path, _COLUMNS)
    return []


def _refuse_triggers(passes: Iterable[list[PlacedRow]], faults: Gathering) -> None:
    for placed in (placed for rows in passes for placed in rows):
        if placed.cells["field"] == TRIGGER:
            try:
                read_trigger(placed.cells["value"], placed.cells["coding_id"])
            except CodingError as error:
                faults.add(CodingError(str(error), placed.place))


def _lacking(raw: RawPass, passes: Sequence[RawPass]) -> Iterator[str]:
    """What a pass must have for agreement to be measured."""
    if not raw.acts:
        yield "the pass has no act; each act has rows with its coding_id, field and value"
    if not raw.dispositions:
        yield f"the pass judges no sentence; each has a row whose field is {SENTENCE_SIGN}"
    for field in (TRIGGER, "action_code"):
        if without := [act.coding_id for act in raw.acts.values() if field not in act.values]:
            yield f"no row of {', '.join(without)} has the field {field}, {_USES[field]}"
    judged = dict.fromkeys(sentence for one in passes for sentence in one.dispositions)
    if raw.dispositions and (odd := [s for s in judged if s not in raw.dispositions]):
        yield f"{', '.join(odd)} is judged by another coder only; each must judge every sentence"


_USES: Mapping[str, str] = {
    TRIGGER: "by which acts are matched",
    "action_code": "which is compared",
}


def _key(row: Row) -> tuple[str, str, str]:
    return row["coding_id"], row["field"], row["value"]
