"""A report for people and for programs: text, JSON, GitHub annotations, SARIF, JUnit."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, get_args

from qantar.schema.rule import Severity
from qantar.schema.safe_text import one_line
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_file import jsonl_of
from qantar.validation.faults.report import Reading, Report
from qantar.validation.reports.json_list import json_with_list
from qantar.validation.reports.junit import junit_pieces
from qantar.validation.reports.sarif import sarif_pieces
from qantar.validation.reports.summary import summarise

Form = Literal["text", "json", "jsonl", "github", "sarif", "junit"]
FORMS: tuple[Form, ...] = get_args(Form)
MANY = 20
NOTES_TOLD = 3
DETAILS_TOLD = "--details lists every fault, --output FILE writes them to a file."
NOT_WHOLE = "Not everything was read; what was not may hold more faults."
_COMMANDS = {Severity.error: "error", Severity.warning: "warning", Severity.note: "notice"}


def render(
    report: Report, form: Form = "text", *, most: int | None = None, details: bool = False
) -> str:
    """The report in a form; ends with a line end.

    most: how many faults to show; the counts are of all. details: whether text lists every
    fault where they are many, instead of a summary with examples. json is
    ``{"faults": [...], "count": n, "complete": bool}``, jsonl one fault a line, sarif is
    version 2.1.0.
    """
    return "".join(render_pieces(report, form, most=most, details=details))


def render_pieces(
    report: Report, form: Form = "text", *, most: int | None = None, details: bool = False
) -> Iterator[str]:
    """The same text in pieces, so that it is never held as a whole."""
    shown = report.faults if most is None else report.faults[:most]
    if form == "text":
        yield from (f"{line}\n" for line in _text_lines(report, shown, details=details))
    else:
        yield from _FORMS[form](report, shown)


def render_text(report: Report, *, details: bool = False) -> str:
    """The report as text; see `render`."""
    return render(report, details=details)


def _text_lines(report: Report, shown: Sequence[Fault], *, details: bool) -> Iterator[str]:
    """Faults file by file in the order of the file, or a summary of many; then the counts."""
    if report.total >= MANY and not details:
        yield from summarise(report, _describe)
        yield from ("", DETAILS_TOLD)
    else:
        for _, faults in groupby(shown, key=lambda fault: fault.file):
            yield from _describe_file(faults, whole=details)
            yield ""
        if len(shown) < report.total:
            yield f"{report.total - len(shown):,} more are not shown."
        if report.total >= MANY:
            yield from _tally(report)
    if not report.whole:
        yield NOT_WHOLE
    yield _summarise(report)


def _json_pieces(report: Report, shown: Iterable[Fault]) -> Iterator[str]:
    document = {"faults": [], "count": report.total, "complete": report.whole}
    return json_with_list(document, "faults", (fault.as_dict() for fault in shown))


def _github_pieces(report: Report, shown: Sequence[Fault]) -> Iterator[str]:
    """Workflow commands, which GitHub shows at the lines of a pull request."""
    for fault in shown:
        yield f"{_annotate(fault)}\n"
    if len(shown) < report.total:
        yield f"::notice::{report.total - len(shown):,} more faults are not shown.\n"
    if not report.whole:
        yield f"::notice::{_escape(NOT_WHOLE)}\n"


def _describe_file(faults: Iterable[Fault], *, whole: bool) -> Iterator[str]:
    """Every error and warning; of notes that repeat only the first, so that faults stand out."""
    notes: Counter[str] = Counter()
    for fault in faults:
        if fault.severity is Severity.note and not whole:
            notes[fault.rule] += 1
            if notes[fault.rule] > NOTES_TOLD:
                continue
        yield from _describe(fault)
    for rule, count in notes.items():
        if count > NOTES_TOLD:
            yield f"    and {count - NOTES_TOLD} more notes [{rule}]; --details lists them all"


def _describe(fault: Fault) -> Iterator[str]:
    where = ":".join(_places(fault))
    prefix = f"{where}: " if where else ""
    yield one_line(f"{prefix}{fault.severity} [{fault.rule}] {fault.message}")
    if fault.suggestion is not None:
        yield one_line(f"    Did you mean {fault.suggestion}?")


def _places(fault: Fault) -> Iterator[str]:
    if fault.file is not None:
        yield fault.file
    if fault.line is not None:
        yield str(fault.line)
    if fault.row is not None and fault.is_named_by_row:
        yield f"row {fault.row}"
    if fault.column or fault.pointer:
        yield fault.column or fault.pointer or ""


def _tally(report: Report) -> Iterator[str]:
    width = len(str(len(report.faults)))
    for rule, count in report.by_rule().items():
        yield f"{count:>{width}}  {rule}"
    yield ""


def _summarise(report: Report) -> str:
    counts = [_count(report.count(s), s) for s in Severity if report.count(s)]
    found = ", ".join(counts) or "No faults"
    return f"{found} in {_tell_read(report.read)}."


def _tell_read(read: tuple[Reading, ...]) -> str:
    rows = sum(reading.rows for reading in read)
    files = "nothing" if not read else read[0].file if len(read) == 1 else f"{len(read)} files"
    profiles = sorted({reading.profile for reading in read if reading.profile})
    asked = f", profile {' and '.join(profiles)}" if profiles else ""
    return f"{one_line(files)} ({_count(rows, 'row')}{asked})"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _annotate(fault: Fault) -> str:
    properties = {
        "file": fault.file,
        "line": fault.line,
        "title": fault.rule,
    }
    stated = ",".join(
        f"{k}={_escape(str(v), ':,')}" for k, v in properties.items() if v is not None
    )
    place = fault.column or fault.pointer
    row = f"row {fault.row}, " if fault.row is not None and fault.is_named_by_row else ""
    told = f"{row}{place}: {fault.message}" if place else f"{row}{fault.message}"
    if fault.suggestion is not None:
        told += f" Did you mean {fault.suggestion}?"
    return f"::{_COMMANDS[fault.severity]} {stated}::{_escape(told)}"


def _escape(text: str, more: str = "") -> str:
    """The text as a workflow command takes it, with line ends; all else is spelled out."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return one_line(text)


_FORMS: dict[Form, Callable[[Report, Sequence[Fault]], Iterator[str]]] = {
    "json": _json_pieces,
    "jsonl": lambda _, shown: jsonl_of(shown),
    "github": _github_pieces,
    "sarif": sarif_pieces,
    "junit": junit_pieces,
}
