"""Words for an absent value in a frame's columns of text, which every rule takes for text."""

import pandas as pd
import polars as pl
import pytest

from qantar.schema import Severity
from qantar.validation import check_frame, judge_frame

ROW = {
    "event_id": ["AB-000001"],
    "record_version": [1],
    "action_code": ["cameo:042"],
    "date_earliest": ["2024-03-11"],
    "date_latest": ["2024-03-11"],
}


@pytest.mark.parametrize("made", [pd.DataFrame, pl.DataFrame])
def test_a_word_in_a_column_of_text_is_a_warning(made: type) -> None:
    (fault,) = check_frame(made(ROW | {"place_name": ["nan"]}), "events")
    assert (fault.rule, fault.severity) == ("value-type", Severity.warning)
    assert (fault.row, fault.column) == (None, "place_name")
    assert "'nan' in place_name (1)" in fault.message


def test_a_warning_of_words_leaves_the_row_good() -> None:
    verdict = judge_frame(pl.DataFrame(ROW | {"place_name": ["None"]}), "events")
    assert len(verdict.good) == 1


def test_a_place_that_is_named_like_a_word_in_other_letters_is_none() -> None:
    assert check_frame(pl.DataFrame(ROW | {"place_name": ["Nan"]}), "events") == []
