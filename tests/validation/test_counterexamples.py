"""Every rule that a record or a table can break is broken, and found where it was broken."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qantar.schema.rule import Observation, Profile
from qantar.schema.rules import rules
from qantar.schema.rules.observations import VALUES
from qantar.validation import Fault, check_frame, check_records
from support import made_up
from support.judged_tables import judge_tables
from support.patch import patched

FOLDER = Path(__file__).parents[1] / "counterexamples"
FEWEST = 2
FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
CASES = [
    pytest.param(case, id=f"{name}: {case['what']}")
    for name, content in FILES.items()
    for case in content["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_a_counterexample_has_the_faults_it_says_and_no_others(case: dict[str, Any]) -> None:
    corpus = made_up.corpus()
    whole = patched({"events": corpus.events, "tables": corpus.tables()}, case["patch"])
    judge = {"records": _in_records, "tables": _in_tables, "frame": _in_frame}[case["judged"]]
    asked = {name for fault in case["faults"] for name in fault}
    found = [{k: v for k, v in fault.items() if k in asked} for fault in judge(case, whole)]
    assert sorted(found, key=str) == sorted(case["faults"], key=str)


@pytest.mark.parametrize("case", CASES)
def test_a_counterexample_is_free_of_faults_before_its_patch(case: dict[str, Any]) -> None:
    if case.get("known") is False:
        pytest.skip("without a registry every id of an actor is noted, patched or not")
    corpus = made_up.corpus()
    judge = {"records": _in_records, "tables": _in_tables, "frame": _in_frame}[case["judged"]]
    assert judge(case, {"events": corpus.events, "tables": corpus.tables()}) == []


def test_every_rule_has_at_least_two_counterexamples() -> None:
    breakable = {r.id for r in rules() if not isinstance(r, Observation)} | {r.id for r in VALUES}
    few = {rule for rule in breakable if len(FILES.get(rule, {"cases": []})["cases"]) < FEWEST}
    assert not few


def test_a_file_is_about_the_rule_of_its_name() -> None:
    for name, content in FILES.items():
        assert content["rule"] == name
        assert all(fault["rule"] == name for c in content["cases"] for fault in c["faults"])


def test_a_fault_says_in_a_sentence_what_was_found() -> None:
    for case in (case for content in FILES.values() for case in content["cases"]):
        corpus = made_up.corpus()
        whole = patched({"events": corpus.events, "tables": corpus.tables()}, case["patch"])
        if case["judged"] == "records":
            known = corpus.plain if case.get("known", True) else None
            for fault in check_records(whole["events"], _profile(case), known=known):
                name = (fault.pointer or "").rpartition("/")[2]
                assert name.removesuffix("_en") in fault.message, fault
                assert fault.message.endswith("."), fault


def _in_records(case: dict[str, Any], whole: dict[str, Any]) -> list[dict[str, Any]]:
    known = made_up.corpus().plain if case.get("known", True) else None
    found = check_records(whole["events"], _profile(case), known=known)
    return [_told(fault) for fault in found]


def _in_tables(case: dict[str, Any], whole: dict[str, Any]) -> list[dict[str, Any]]:
    found = judge_tables(whole["tables"], _profile(case))
    return [{"table": table, **_told(fault)} for table, fault in found]


def _profile(case: dict[str, Any]) -> Profile:
    return Profile(case.get("profile", "coded"))


def _in_frame(case: dict[str, Any], whole: dict[str, Any]) -> list[dict[str, Any]]:
    frame = pl.DataFrame(whole["tables"][case["table"]], infer_schema_length=None)
    return [_told(fault) for fault in check_frame(frame)]


def _told(fault: Fault) -> dict[str, Any]:
    return {name: value for name, value in fault.as_dict().items() if name != "message"}
