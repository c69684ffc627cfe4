"""A file of another system is told as what it is, with the command that converts it."""

from pathlib import Path

import pytest

from qantar.schema.systems import LAYOUTS
from qantar.validation import check_path

FIXTURES = Path(__file__).parents[2] / "dataset" / "conversion" / "fixtures"
SOURCES = sorted(
    path
    for folder in ("gdelt1", "gdelt2", "gdelt-mentions", "ucdp-ged", "acled", "icews", "polecat")
    for path in (FIXTURES / folder).iterdir()
    if ".expected" not in path.name and "v98" not in path.name and "pointer" not in path.name
)
JSON = sorted((FIXTURES / "ngec").glob("ngec_[2l]*.jsonl"))
REDUCED = "MASTERREDUCED"


@pytest.mark.parametrize(
    "path",
    [*(p for p in SOURCES if REDUCED not in p.name), *(j for j in JSON if "dropped" not in j.name)],
    ids=lambda path: path.name,
)
def test_a_source_file_gets_one_fault_with_the_command(path: Path) -> None:
    (fault,) = check_path(path)
    assert fault.rule == "table-unknown"
    assert "The file looks like a" in fault.message
    assert "Convert it first: qantar convert FILE -o " in fault.message


@pytest.mark.parametrize("key", ["gkg21", "gdelt1-reduced", "hapi"])
def test_what_holds_no_events_is_told_with_its_own_sentence(key: str) -> None:
    layout = next(one for one in LAYOUTS if one.key == key)
    files = {"gkg21": "20150218230000.gkg.csv", "hapi": "hdx_hapi*.csv"}
    (path,) = FIXTURES.rglob(files.get(key, "GDELT.MASTERREDUCED*.TXT"))
    (fault,) = check_path(path)
    assert layout.refusal in fault.message
    assert "qantar convert" not in fault.message


def test_a_file_of_no_system_is_of_no_kind(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("my notes\n")
    (fault,) = check_path(tmp_path / "notes.txt")
    assert fault.rule == "file-unreadable"


def test_a_table_that_is_asked_for_is_judged_as_it_is() -> None:
    found = check_path(FIXTURES / "ngec" / "ngec_legacy.jsonl", table="events")
    assert "table-unknown" not in found.by_rule()
