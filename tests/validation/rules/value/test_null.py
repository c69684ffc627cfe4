"""Nulls are told once for each file, and the remedies that are named work."""

from pathlib import Path

import pandas as pd
import polars as pl

from qantar.schema import Profile
from qantar.validation import check_path
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.observation import rules_by_id
from qantar.validation.rules.value.null import NULL, tell_nulls_once


def null_in(file: str | None, name: str) -> Fault:
    return Fault(NULL, f"{name} is null. Leave it out.", file=file, column=name)


def test_the_first_null_of_each_file_is_told_with_the_number_of_the_others() -> None:
    other = Fault("value-missing", "b is missing.", file="a")
    faults = [null_in("a", "x"), other, *[null_in("a", "y")] * 1_200, null_in("b", "z")]
    told = tell_nulls_once(faults)
    assert [(fault.rule, fault.file, fault.column) for fault in told] == [
        (NULL, "a", "x"),
        ("value-missing", "a", None),
        (NULL, "b", "z"),
    ]
    assert told[0].message == "x is null, and 1,200 other values are. Leave it out."
    assert told[2].message == "z is null. Leave it out."


def test_what_the_rule_says_of_pandas_helps(tmp_path: Path) -> None:
    (rule,) = rules_by_id()[NULL]
    assert "row.dropna().to_json()" in rule.mend
    frame = pd.DataFrame(
        {
            "event_id": ["AB-000001", "AB-000002"],
            "record_version": [1, 1],
            "action_code": ["cameo:042"] * 2,
            "date_earliest": ["2024-03-11"] * 2,
            "date_latest": ["2024-03-11"] * 2,
            "fatalities_best": [3, None],
            "place_name": [None, "Almaty"],
        }
    )
    path = tmp_path / "e.jsonl"
    frame.to_json(path, orient="records", lines=True)
    assert [fault.rule for fault in check_path(path).faults] == [NULL]
    path.write_text("\n".join(row.dropna().to_json() for _, row in frame.iterrows()), "utf-8")
    assert not check_path(path, profile=Profile.exchange).faults
    pl.from_pandas(frame).write_parquet(tmp_path / "e.parquet")
    assert not check_path(tmp_path / "e.parquet").faults
