"""JSON Lines that are read in chunks get the verdict that they get when read whole."""

import json
from pathlib import Path

import pytest

from qantar.schema import SCHEMA_VERSION, Profile
from qantar.validation import Fault, Report, check_path
from qantar.validation.engine.large_file import check_large

ROW = (
    '{{"event_id": "AB-{n:06}", "record_version": 1, "action_code": "cameo:042", '
    '"date_earliest": "2024-03-11", "date_latest": "2024-03-11"{more}}}\n'
)
NESTED = '{{"schema_version": "' + SCHEMA_VERSION + '", ' + ROW[2:]
ODD = [
    ', "fatalities_best": 9007199254740993',
    ', "fatalities_best": 18446744073709551616',
    ', "fatalities_best": 1' + "0" * 400,
    ', "latitude": 1e400, "longitude": 1',
    ', "latitude": -1e400, "longitude": 1',
    ', "place_name": null',
    ', "place_name": null, "summary_en": null',
    ', "fatalities_best": 1e2',
    ', "place_country_code": "KZ"',
    ', "place_country_code": 398',
]


def told(report: Report | None) -> list[Fault]:
    assert report is not None
    return [fault.at(file=None) for fault in report.faults]


@pytest.mark.parametrize("row", [ROW, NESTED], ids=["flat", "nested"])
def test_odd_values_get_one_verdict(row: str, tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    plain = [row.format(n=n, more="") for n in range(200)]
    odd = [row.format(n=1000 + n, more=more) for n, more in enumerate(ODD)]
    path.write_text("".join([*plain, *odd]), "utf-8")
    profile = Profile.exchange
    whole = check_path(path, profile=profile)
    chunks = check_large(path, "jsonl", file="e.jsonl", profile=profile, least=0)
    found = told(whole)
    assert told(chunks) == found
    assert [fault.rule for fault in found].count("value-null") == 1
    assert [fault.rule for fault in found].count("value-out-of-range") == 5


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"data": [{"event_id": "AB-000001"}]}) + "\n",
        json.dumps([{"event_id": "AB-000001"}], indent=1),
        json.dumps({"event_id": "AB-000001", "action_code": "cameo:042"}, indent=1),
    ],
)
def test_another_shape_is_told_however_large_the_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text(text, "utf-8")
    report = check_large(path, "jsonl", file=str(path), least=0)
    assert report is not None
    assert report.faults == check_path(path).faults
    assert [fault.rule for fault in report.faults] == ["json-shape"]
    assert report.exit_code == 2
