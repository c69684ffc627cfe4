"""Records that seem converted but are judged as coded are told so once for each file."""

import json
from pathlib import Path

import pytest

from qantar.schema import SCHEMA_VERSION, TABLES, Profile, Severity
from qantar.validation import Report, check_path

CORE = {
    "record_version": 1,
    "action_code": "cameo:042",
    "date_earliest": "2024-03-11",
    "date_latest": "2024-03-11",
}


def notes(report: Report) -> list[str]:
    return [f.message for f in report.faults if f.rule == "coded-values-missing"]


def written(folder: Path, count: int) -> Path:
    path = folder / "e.jsonl"
    rows = [
        {"schema_version": SCHEMA_VERSION, "event_id": f"AB-{n:06}"} | CORE for n in range(count)
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return path


@pytest.mark.parametrize("count", [1, 3])
def test_nested_records_of_the_exchange_core_are_told_the_profile_once(
    tmp_path: Path, count: int
) -> None:
    report = check_path(written(tmp_path, count))
    (told,) = notes(report)
    assert f"{count} of {count} records" in told
    assert "--profile exchange" in told
    assert report.faults[-1].severity is Severity.note
    assert report.exit_code == 1


def test_what_is_judged_as_exchange_is_not(tmp_path: Path) -> None:
    report = check_path(written(tmp_path, 2), profile=Profile.exchange)
    assert not report.faults
    assert report.exit_code == 0


def test_a_table_with_all_columns_and_few_values_is_told_it_too(tmp_path: Path) -> None:
    names = [column.name for column in TABLES["events"].stored]
    rows = [{"event_id": f"AB-{n:06}"} | CORE for n in range(3)]
    lines = [",".join(str(row.get(name, "")) for name in names) for row in rows]
    path = tmp_path / "e.csv"
    derived = [c.name for c in TABLES["events"].columns if c.derived and c.required]
    head = ",".join([*names, *derived])
    body = "".join(f"{line}{',' * len(derived)}\n" for line in lines)
    path.write_text(f"{head}\n{body}", "utf-8")
    assert len(notes(check_path(path))) == 1
    assert check_path(path).exit_code == 1


def test_a_table_of_which_few_records_lack_something_is_told_what_they_lack_only(
    tmp_path: Path,
) -> None:
    names = [c.name for c in TABLES["actors"].columns]
    path = tmp_path / "actors.csv"
    rows = ["a,state,true,A,,,", "b,state,true,B,,,", "c,state,true,,,,"]
    assert len(names) >= 4
    head = "actor_id,kind,identified,name_en,name_vi,country_code,external_id"
    path.write_text(head + "\n" + "\n".join(rows) + "\n", "utf-8")
    assert not notes(check_path(path))
