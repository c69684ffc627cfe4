"""What a converted record states of deaths is held to the claims that it has."""

import json
from pathlib import Path
from typing import Any

import pytest

from qantar.schema import Profile, Severity
from qantar.validation import check_record
from qantar.validation.engine.large_file import check_large
from support import made_up

CLAIM = {"ordinal": 1, "kind": "deaths", "of_whom": "all", "low": 2, "best": 3, "high": 5}


def record(**stated: Any) -> dict[str, Any]:
    return made_up.corpus().events[1] | {"counts": [CLAIM]} | stated


def told(event: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    found = check_record(event, Profile.exchange, known=made_up.corpus().plain)
    return [(f.pointer, f.suggestion) for f in found if f.rule == "derived-differs"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"fatalities_best": 3, "fatalities_low": 2, "fatalities_high": 5}, []),
        ({"fatalities_best": 4}, [("/fatalities_best", "3")]),
        ({"fatalities_low": 0, "fatalities_high": 9}, ["low", "high"]),
        ({"fatalities_best": 9, "counts": []}, []),
        ({"fatalities_best": 9, "counts": [CLAIM | {"kind": "injured"}]}, []),
        ({"fatalities_best": 9, "counts": [CLAIM | {"best": "three"}]}, []),
    ],
)
def test_a_toll_is_what_its_claims_say(stated: dict[str, Any], expected: list[Any]) -> None:
    figures = {"low": ("/fatalities_low", "2"), "high": ("/fatalities_high", "5")}
    assert told(record(**stated)) == [figures.get(str(one), one) for one in expected]


def test_it_is_a_warning_also_in_chunks(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps(record(fatalities_best=4)) + "\n", "utf-8")
    report = check_large(path, "jsonl", file="t", least=0, profile=Profile.exchange)
    assert report is not None
    found = [(f.severity, f.row) for f in report.faults if f.rule == "derived-differs"]
    assert found == [(Severity.warning, 1)]
