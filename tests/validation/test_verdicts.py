"""Inputs as people have them, and the whole verdict on each: faults, severity, exit status."""

import json
from pathlib import Path
from typing import Any

import pytest

from qantar.validation import Report, check_paths
from support.case_folder import lay_out

FOLDER = Path(__file__).parents[1] / "verdicts"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['what']}")
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))
]


def verdict(case: dict[str, Any], folder: Path) -> Report:
    """What is said of a case; "check" names a path below the folder, or several."""
    named = case["check"]
    lay_out(case | {"check": "."}, folder)
    paths = [folder / name for name in ([named] if isinstance(named, str) else named)]
    return check_paths(paths, **case.get("options", {}))


def told(fault: dict[str, Any], expected: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What a case asks of a fault: its rule and severity, and what else the case names."""
    if fault.get("file"):
        fault["file"] = Path(fault["file"]).relative_to(folder).as_posix()
    asked = {"rule", "severity"} | expected.keys() - {"says"}
    return {name: fault.get(name) for name in asked}


@pytest.mark.parametrize("case", CASES)
def test_an_input_gets_this_verdict(case: dict[str, Any], tmp_path: Path) -> None:
    report = verdict(case, tmp_path)
    found = [fault.as_dict() for fault in report.faults]
    assert len(found) == len(case["faults"]), found
    for fault, expected in zip(found, case["faults"], strict=True):
        asked = {name: value for name, value in expected.items() if name != "says"}
        assert told(fault, expected, tmp_path) == asked
        for words in expected.get("says", []):
            assert words in fault["message"]
    assert report.exit_code == case["exit"]
