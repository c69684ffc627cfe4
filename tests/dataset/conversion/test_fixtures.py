"""Made-up files of every layout, converted as was written down before the converters were."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.conversion.convert import convert
from qantar.dataset.conversion.destination import ConversionError, beside
from qantar.schema.systems import Relation, crosswalk
from qantar.validation import check_path

FIXTURES = Path(__file__).parent / "fixtures"
EXPECTED = sorted(FIXTURES.rglob("*.expected.json"))
NUMBERS = ("latitude", "longitude", "source_intensity", "source_row")


def source_of(expected: Path) -> Path:
    stem = expected.name.removesuffix(".expected.json")
    found = [
        p for p in expected.parent.iterdir() if p != expected and p.name.startswith(f"{stem}.")
    ]
    (source,) = (p for p in found if not p.name.endswith(".expected.json"))
    return source


@pytest.fixture(params=EXPECTED, ids=lambda path: f"{path.parent.name}/{path.name[:-14]}")
def case(request: pytest.FixtureRequest) -> tuple[Path, dict[str, Any]]:
    expected: Path = request.param
    return source_of(expected), json.loads(expected.read_text("utf-8"))


def rows_of(path: Path) -> dict[int, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["source_row"]): row for row in csv.DictReader(file)}


def is_same(name: str, value: str, wanted: Any) -> bool:
    if isinstance(wanted, int | float) or name in NUMBERS:
        return value != "" and float(value) == float(wanted)
    return value == str(wanted)


def renamed(system: str) -> dict[str, str]:
    """By the name under which a column would be kept, the field that holds it as it stood."""
    links = [one for one in crosswalk(system) if one.column and one.relation is Relation.renamed]
    plain = {re.sub("[^0-9a-z]", "_", str(one.column).lower()): str(one.field) for one in links}
    return {f"source_{name.removeprefix('source_')}": field for name, field in plain.items()}


def test_a_file_is_converted_as_written_down(
    case: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    source, expected = case
    out = tmp_path / "out.csv"
    if expected["refused"]:
        with pytest.raises(ConversionError, match="There is nothing to convert"):
            convert([source], out)
        assert not out.exists()
        return
    account = convert([source], out)
    report, rejected = beside(out)
    assert account.rows == account.converted + account.rejected
    lost = [json.loads(line) for line in rejected.read_text("utf-8").splitlines()]
    if "mentions" in expected:
        assert account.converted == expected["mentions"]["count"]
        held = rows_of(out).values()
        assert [r["event_id"] for r in held] == expected["mentions"]["event_ids"]
        return
    assert Counter(one["row"] for one in lost) == Counter(
        one["row"] for one in expected["rejected"]
    ), lost
    assert account.converted == expected["converted"]
    assert json.loads(report.read_bytes())["converted"] == expected["converted"]
    rows = rows_of(out)
    held_as = renamed(account.files[0].system)
    differing = []
    for wanted in expected["rows"]:
        row = rows[wanted["source_row"]]
        for name, value in wanted.items():
            if name == "absent":
                differing += [(row["event_id"], n, row[n], None) for n in value if row.get(n)]
                continue
            held = name if name in row else held_as.get(name, name)
            if name != "choice" and not is_same(name, row.get(held, ""), value):
                differing.append((row["event_id"], name, row.get(held, "no column"), value))
    assert not differing
    faults = check_path(out, profile="exchange")
    assert not [fault for fault in faults if fault.severity == "error"]
