"""Values in other spellings are told the same in a frame as in a file."""

from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from qantar.validation import check_frame, check_path

NAMES = (
    "event_id,record_version,action_code,date_earliest,date_latest,actor_country_code,"
    "fatalities_best"
)
ROWS = [
    "AB-000001,1,042,20220101,2024-03-11,KZ,1e3",
    "AB-000002 ,1,12,03/04/2022,2024-03-11,CH,9223372036854775808",
    "AB-000003,1,PROTEST,44562,9999-12-31,Việt Nam,5.0",
    "AB-000004,1,cameo:042,2022-01-01T00:00:00Z,2022-01,398,1e400",
]


@pytest.mark.parametrize("read", [pd.read_csv, pl.read_csv], ids=["pandas", "polars"])
def test_a_frame_of_text_is_told_what_its_file_is(read: object, tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("\n".join([NAMES, *ROWS]) + "\n", "utf-8")
    asked = {"dtype": str} if read is pd.read_csv else {"infer_schema": False}
    frame = read(path, **asked)  # type: ignore[operator]
    told = {(f.rule, f.row, f.column, f.suggestion) for f in check_frame(frame)}
    assert told == {(f.rule, f.row, f.column, f.suggestion) for f in check_path(path).faults}
    assert ("value-unknown", 1, "actor_country_code", "KAZ") in told
    assert ("value-out-of-range", 2, "fatalities_best", None) in told
    assert ("value-malformed", 3, "date_earliest", "2022-01-01") in told


def test_numbers_of_a_frame_that_are_codes_or_days_are_told_as_such() -> None:
    frame = pd.DataFrame(
        {
            "event_id": ["AB-000001"],
            "record_version": [1],
            "action_code": [41],
            "date_earliest": [20220101],
            "date_latest": [44562],
            "actor_country_code": [398],
        }
    )
    told = {fault.column: fault.suggestion for fault in check_frame(frame)}
    assert told == {
        "action_code": "cameo:041",
        "date_earliest": "2022-01-01",
        "date_latest": "2022-01-01",
        "actor_country_code": "KAZ",
    }
