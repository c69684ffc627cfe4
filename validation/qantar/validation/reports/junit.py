"""A report as JUnit XML, which build servers show: a suite for each file, a case for each rule."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from qantar.schema.rule import Severity
from qantar.schema.safe_text import safe_xml
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import sort_faults
from qantar.validation.faults.report import Report

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_pieces(report: Report, shown: Sequence[Fault]) -> Iterator[str]:
    """The report with the details of the faults that are to be shown, piece by piece.

    An error is a failure; warnings and notes are output of a case that passed. A file
    without any has one case that passed.
    """
    counts: dict[str, Counter[bool]] = {reading.file: Counter() for reading in report.read}
    for fault in shown:
        counts.setdefault(fault.file or "", Counter())[fault.severity is Severity.error] += 1
    tests = sum(max(count.total(), 1) for count in counts.values()) + report.total - len(shown)
    errors = report.count(Severity.error)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="qantar" tests="{tests}" failures="{errors}">\n'
    places = {file: place for place, file in enumerate(counts)}
    ordered = sort_faults(shown, lambda fault: places[fault.file or ""])
    by_file = groupby(ordered, lambda fault: fault.file or "")
    file, faults = next(by_file, (None, iter(())))
    for name, count in counts.items():
        yield _safe(_suite(name, count))
        if name == file:
            yield from (_safe(_case(fault)) for fault in faults)
            file, faults = next(by_file, (None, iter(())))
        yield "  </testsuite>\n"
    if not report.whole:
        yield '  <testsuite name="not everything was read" tests="0" failures="0"/>\n'
    yield "</testsuites>\n"


def _safe(lines: Iterable[str]) -> str:
    return safe_xml("".join(f"{line}\n" for line in lines))


def _suite(file: str, count: Counter[bool]) -> Iterator[str]:
    """The head of a file's suite. count: of its faults, those that are errors and others."""
    tests = max(count.total(), 1)
    yield f'  <testsuite name={_attribute(file)} tests="{tests}" failures="{count[True]}">'
    if not count.total():
        yield f'    <testcase classname={_attribute(file)} name="no faults"/>'


def _case(fault: Fault) -> Iterator[str]:
    place = fault.column or fault.pointer
    row = f"row {fault.row}" if fault.row is not None else None
    name = " ".join(part for part in (fault.rule, row, place) if part)
    line = f' line="{fault.line}"' if fault.line is not None else ""
    told = fault.message
    if fault.suggestion is not None:
        told += f" Did you mean {fault.suggestion}?"
    file = _attribute(fault.file or "")
    yield f"    <testcase classname={file} name={_attribute(name)} file={file}{line}>"
    if fault.severity is Severity.error:
        kind = f"type={_attribute(fault.rule)}"
        yield f"      <failure {kind} message={_attribute(told)}>{_text(told)}</failure>"
    else:
        yield f"      <system-out>{_text(f'{fault.severity}: {told}')}</system-out>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_allowed(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(_allowed(text), {"\r": "&#13;"})


def _allowed(text: str) -> str:
    """The text with what XML cannot hold spelled out."""
    return _FORBIDDEN.sub(lambda found: found[0].encode("unicode_escape", "replace").decode(), text)
