"""Faults of a release told where the coder wrote what is at fault, once each."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from qantar.builders.assembly import Assembly, Origin
from qantar.dataset.restoration import RECORDS
from qantar.schema.rule import Severity
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.report import Report


def trace_faults(report: Report, assembly: Assembly, folder: str) -> Report:
    """The report with sheets and lines in place of the files of a release in a folder.

    A value stands in several files of a release; its fault is told once. What no coder
    wrote keeps its file, told from the folder.
    """
    told: list[tuple[Fault, Origin | None]] = []
    seen: set[tuple[object, ...]] = set()
    for fault in report.faults:
        path = (fault.file or "").removeprefix(f"{folder}/")
        fault = fault.at(file=path or None, message=fault.message.replace(f"{folder}/", ""))
        origin = _origin(fault, path, assembly)
        # A key of several columns is told of another column in each file.
        keys = set() if origin is None else _keys(fault, origin)
        if not keys & seen:
            told.append((fault, origin))
        seen |= keys
    return Report(tuple(_first_causes(told)), report.read)


def _keys(fault: Fault, origin: Origin) -> set[tuple[object, ...]]:
    return {
        (fault.rule, origin.item, origin.field),
        (fault.rule, origin.name, fault.message),
    }


def _first_causes(told: list[tuple[Fault, Origin | None]]) -> Iterator[Fault]:
    """The faults in their places, without what follows from an error that is told.

    Dyads are made of events, and a note on a value says no more than an error on it.
    """
    errors = [
        (fault, origin) for fault, origin in told if origin and fault.severity is Severity.error
    ]
    events = {origin.name for fault, origin in errors if not _is_dyad(fault)}
    values = {(origin.item, origin.field) for _, origin in errors}
    for fault, origin in told:
        if origin is None:
            yield fault
        elif not (
            (_is_dyad(fault) and origin.name in events)
            or (fault.severity is Severity.note and (origin.item, origin.field) in values)
        ):
            yield _traced(fault, origin)


def _is_dyad(fault: Fault) -> bool:
    return PurePosixPath(fault.file or "").stem == "dyads"


def _origin(fault: Fault, path: str, assembly: Assembly) -> Origin | None:
    if fault.row is None:
        return None
    file = PurePosixPath(path)
    if file.name == RECORDS:
        return assembly.origin_of_field(fault.row - 1, fault.pointer or "")
    if file.suffix in (".csv", ".parquet"):
        return assembly.origin_of_row(file.stem, fault.row - 1, fault.column)
    return None


def _traced(fault: Fault, origin: Origin) -> Fault:
    named = origin.name in fault.message
    return fault.at(
        file=origin.place.file,
        line=origin.place.line,
        row=None,
        pointer=None,
        column=origin.field,
        message=fault.message if named else f"{origin.name}: {fault.message}",
    )
