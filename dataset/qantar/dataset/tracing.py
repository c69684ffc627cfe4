"""Faults of a release told where the coder wrote what is at fault, once each."""

from pathlib import PurePosixPath

from qantar.builders.assembly import Assembly, Origin
from qantar.dataset.restoration import RECORDS
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.verdict import Report


def trace_faults(report: Report, assembly: Assembly, folder: str) -> Report:
    """The report with sheets and lines in place of the files of a release in a folder.

    A value stands in several files of a release; its fault is told once. What no coder
    wrote keeps its file, told from the folder.
    """
    told: dict[tuple[object, ...], Fault] = {}
    for fault in report.faults:
        path = (fault.file or "").removeprefix(f"{folder}/")
        origin = _origin(fault, path, assembly)
        if origin is None:
            told.setdefault((fault,), fault.at(file=path or None))
        else:
            told.setdefault((fault.rule, *origin.item, origin.field), _traced(fault, origin))
    return Report(tuple(told.values()), report.read)


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
