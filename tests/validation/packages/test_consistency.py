"""Every rule across tables is broken, and found at the file, line and column that broke it."""

import json
from pathlib import Path
from typing import Any

import pytest

from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation import check_package
from qantar.validation.packages.consistency import observe_consistency
from qantar.validation.rules.value.rule import BROKEN
from support import made_up
from support.made_up_package import csv_package, patched_tables, put
from support.told_tables import TOLD_TABLES

FOLDER = Path(__file__).parents[2] / "observations"
FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
CASES = [
    pytest.param(case, id=f"{name}: {case['what']}")
    for name, content in FILES.items()
    for case in content["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_a_counterexample_has_the_faults_it_says_and_no_others(
    case: dict[str, Any], tmp_path: Path
) -> None:
    report = check_package(put(csv_package(patched_tables(case)), tmp_path))
    found = []
    for fault in report.faults:
        told = fault.as_dict()
        told["file"] = Path(told["file"]).name
        found.append({k: v for k, v in told.items() if k not in ("message", "severity", "row")})
        assert fault.row == (None if fault.line == 1 else (fault.line or 0) - 1)
    assert sorted(found, key=str) == sorted(case["faults"], key=str)


@pytest.mark.parametrize("name", FILES)
def test_a_rule_has_two_counterexamples_that_are_about_it(name: str) -> None:
    cases = [case for case in FILES[name]["cases"] if case["faults"]]
    assert len(cases) >= 2
    assert {fault["rule"] for case in cases for fault in case["faults"]} == {name}


def test_the_made_up_corpus_is_consistent() -> None:
    assert list(observe_consistency(made_up.corpus().tables())) == []


@pytest.mark.parametrize("missing", TABLES)
def test_a_table_that_is_not_there_stops_nothing(missing: str) -> None:
    tables = {name: rows for name, rows in made_up.corpus().tables().items() if name != missing}
    found = [o for o in observe_consistency(tables) if o.fault.rule != "role-unknown"]
    assert {o.table for o in found} <= {"countries", "dyads", "events"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("value", [None, BROKEN])
def test_no_cell_that_is_absent_or_faulty_stops_anything(table: str, value: Any) -> None:
    for column in TOLD_TABLES[table].by_name:
        tables = made_up.corpus().tables()
        for row in tables[table]:
            if value is None:
                row.pop(column, None)
            else:
                row[column] = value
        for profile in Profile:
            found = list(observe_consistency(tables, profile))
            if value is BROKEN:
                assert all(o.fault.column != column or o.table != table for o in found)


def test_numbers_may_differ_by_rounding_only() -> None:
    tables = made_up.corpus().tables()
    tables["dyads"][0]["weight"] += 1e-12
    assert list(observe_consistency(tables)) == []
