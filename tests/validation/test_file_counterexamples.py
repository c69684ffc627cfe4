"""Files, packages and texts that are wrong, and the place in them at which that is found."""

import json
from pathlib import Path
from typing import Any

import pytest

from qantar.schema import Severity
from qantar.validation import check_path
from qantar.validation.rules.observation import rules_by_id
from support.case_folder import lay_out

FOLDER = Path(__file__).parents[1] / "counterexamples" / "files"
FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
CASES = [
    pytest.param(case, id=f"{name}: {case['what']}")
    for name, content in FILES.items()
    for case in content["cases"]
]
# What is asked of a fault; the severity follows from the rule, and messages are for people.
PLACE = ("rule", "file", "line", "row", "column", "pointer", "value", "suggestion")


def faults_of(case: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    texts = folder / "texts" if "texts" in case else None
    report = check_path(lay_out(case, folder), articles=texts)
    return [_told(fault.as_dict(), folder) for fault in report.faults]


def _told(fault: dict[str, Any], folder: Path) -> dict[str, Any]:
    fault["file"] = Path(fault["file"]).relative_to(folder).as_posix()
    return {name: fault[name] for name in PLACE if name in fault}


@pytest.mark.parametrize("case", CASES)
def test_a_counterexample_has_the_faults_it_says_and_no_others(
    case: dict[str, Any], tmp_path: Path
) -> None:
    assert sorted(faults_of(case, tmp_path), key=str) == sorted(case["faults"], key=str)


@pytest.mark.parametrize("start", ["release", "keyed release", "actors"])
def test_what_counterexamples_start_from_is_free_of_faults(start: str, tmp_path: Path) -> None:
    assert faults_of({"start": start, "check": "."}, tmp_path) == []


def test_a_file_is_about_the_rule_of_its_name() -> None:
    for name, content in FILES.items():
        assert content["rule"] == name
        for case in content["cases"]:
            told = {fault["rule"] for fault in case["faults"]}
            # A note that sums up others comes with what it sums up.
            assert name in told
            assert told == {name} or rules_by_id()[name][0].severity is Severity.note
