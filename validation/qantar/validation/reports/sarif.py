"""A report as a SARIF 2.1.0 log, which code hosts and editors show at the lines concerned."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from qantar.schema.version import SCHEMA_VERSION, schema_url
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.report import Report
from qantar.validation.reports.json_list import json_with_list
from qantar.validation.rules.observation import rules_by_id

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def sarif_pieces(report: Report, shown: Iterable[Fault]) -> Iterator[str]:
    """The log of the faults to be shown, piece by piece, with every rule that was broken."""
    broken = sorted(report.by_rule())
    indices = {rule_id: index for index, rule_id in enumerate(broken)}
    driver = {
        "name": "qantar",
        "version": SCHEMA_VERSION,
        "rules": [_describe(rule_id) for rule_id in broken],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    results = (_result(fault, indices[fault.rule]) for fault in shown)
    return json_with_list(log, "results", results)


def _describe(rule_id: str) -> dict[str, Any]:
    declared = rules_by_id().get(rule_id)
    if not declared:
        return {"id": rule_id}
    rule = declared[0]
    return {
        "id": rule_id,
        "shortDescription": {"text": rule.sentence},
        "help": {"text": rule.mend},
        "helpUri": schema_url("rules.json"),
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _result(fault: Fault, rule_index: int) -> dict[str, Any]:
    told = fault.message
    if fault.suggestion is not None:
        told += f" Did you mean {fault.suggestion}?"
    result: dict[str, Any] = {
        "ruleId": fault.rule,
        "ruleIndex": rule_index,
        "level": str(fault.severity),
        "message": {"text": told},
    }
    location = _location(fault)
    return result | ({"locations": [location]} if location else {})


def _location(fault: Fault) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if fault.file is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(fault.file)}}
        if fault.line is not None:
            physical["region"] = {"startLine": fault.line}
        location["physicalLocation"] = physical
    row = f"row {fault.row}" if fault.row is not None else ""
    name = " ".join(part for part in (row, fault.column or fault.pointer) if part)
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    return location


def _uri(file: str) -> str:
    path = file.replace("\\", "/")
    try:
        # The bytes of a name that is not UTF-8.
        held = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        held = path.encode("utf-8", "backslashreplace")
    return ("file://" if path.startswith("/") else "") + quote(held)
