"""A report as JUnit XML, which build servers show: a suite for each file, a case for each rule."""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from qantar.schema.rule import Severity
from qantar.schema.safe_text import safe_xml
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.report import Report

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: Report, shown: Sequence[Fault]) -> str:
    """The report with the details of the faults that are to be shown.

    An error is a failure; warnings and notes are output of a case that passed. A file
    without any has one case that passed.
    """
    files = {reading.file: None for reading in report.read} | {f.file or "": None for f in shown}
    by_file: dict[str, list[Fault]] = {file: [] for file in files}
    for fault in shown:
        by_file[fault.file or ""].append(fault)
    tests = sum(max(len(faults), 1) for faults in by_file.values()) + report.total - len(shown)
    errors = report.count(Severity.error)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="qantar" tests="{tests}" failures="{errors}">')
    for file, faults in by_file.items():
        lines.extend(_suite(file, faults))
    if not report.whole:
        lines.append('  <testsuite name="not everything was read" tests="0" failures="0"/>')
    lines.append("</testsuites>")
    return safe_xml("\n".join(lines)) + "\n"


def _suite(file: str, faults: Sequence[Fault]) -> Iterator[str]:
    failed = sum(fault.severity is Severity.error for fault in faults)
    count = max(len(faults), 1)
    yield f'  <testsuite name={_attribute(file)} tests="{count}" failures="{failed}">'
    if not faults:
        yield f'    <testcase classname={_attribute(file)} name="no faults"/>'
    for fault in faults:
        yield from _case(fault)
    yield "  </testsuite>"


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
