"""A report for people and for programs: text, JSON, GitHub annotations, SARIF."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Literal, get_args

from qantar.schema.rule import Severity
from qantar.validation.fault import Fault
from qantar.validation.sarif import sarif_log
from qantar.validation.verdict import Reading, Report

Form = Literal["text", "json", "github", "sarif"]
FORMS: tuple[Form, ...] = get_args(Form)
MANY = 20
NOTES_TOLD = 3
_COMMANDS = {Severity.error: "error", Severity.warning: "warning", Severity.note: "notice"}


def render(report: Report, form: Form = "text") -> str:
    """The report in a form; ends with a line end.

    json is ``{"faults": [...], "count": n}``, sarif is version 2.1.0.
    """
    return _FORMS[form](report)


def render_text(report: Report) -> str:
    """Faults file by file in the order of the file, then a summary."""
    lines: list[str] = []
    for _, faults in groupby(report.faults, key=lambda fault: fault.file):
        lines.extend(_describe_file([*faults]))
        lines.append("")
    if len(report.faults) >= MANY:
        lines.extend(_tally(report))
    return "\n".join([*lines, _summarise(report)]) + "\n"


def render_json(report: Report) -> str:
    faults = [fault.as_dict() for fault in report.faults]
    document = {"faults": faults, "count": len(faults)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_github(report: Report) -> str:
    """Workflow commands, which GitHub shows at the lines of a pull request."""
    return "".join(f"{_annotate(fault)}\n" for fault in report.faults)


def render_sarif(report: Report) -> str:
    return json.dumps(sarif_log(report), ensure_ascii=False, indent=2) + "\n"


def _describe_file(faults: Sequence[Fault]) -> Iterator[str]:
    """Every error and warning; of notes that repeat only the first, so that faults stand out."""
    notes = Counter(fault.rule for fault in faults if fault.severity is Severity.note)
    told: Counter[str] = Counter()
    for fault in faults:
        if fault.severity is Severity.note:
            told[fault.rule] += 1
            if told[fault.rule] > NOTES_TOLD:
                continue
        yield from _describe(fault)
    for rule, count in notes.items():
        if count > NOTES_TOLD:
            yield f"    and {count - NOTES_TOLD} more notes [{rule}]; --format json lists them all"


def _describe(fault: Fault) -> Iterator[str]:
    where = ":".join(_places(fault))
    prefix = f"{where}: " if where else ""
    yield _harmless(f"{prefix}{fault.severity} [{fault.rule}] {fault.message}")
    if fault.suggestion is not None:
        yield _harmless(f"    Did you mean {fault.suggestion}?")


def _places(fault: Fault) -> Iterator[str]:
    if fault.file is not None:
        yield fault.file
    if fault.line is not None:
        yield str(fault.line)
    elif fault.row is not None:
        yield f"row {fault.row}"
    if fault.column or fault.pointer:
        yield fault.column or fault.pointer or ""


def _harmless(text: str) -> str:
    """The text on one line and without characters that steer a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


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
    return f"{_harmless(files)} ({_count(rows, 'row')}{asked})"


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
    row = f"row {fault.row}, " if fault.line is None and fault.row is not None else ""
    told = f"{row}{place}: {fault.message}" if place else f"{row}{fault.message}"
    if fault.suggestion is not None:
        told += f" Did you mean {fault.suggestion}?"
    return f"::{_COMMANDS[fault.severity]} {stated}::{_escape(told)}"


def _escape(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


_FORMS: dict[Form, Callable[[Report], str]] = {
    "text": render_text,
    "json": render_json,
    "github": render_github,
    "sarif": render_sarif,
}
