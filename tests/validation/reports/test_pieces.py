"""A report in pieces: the same whether its faults are held or lie in a file, and never whole."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema.safe_text import json_text
from qantar.validation import Fault, Report
from qantar.validation.faults import fault_log
from qantar.validation.faults.fault_file import WRITERS, write_faults
from qantar.validation.faults.fault_log import FaultLog, gather_faults
from qantar.validation.faults.report import Reading
from qantar.validation.reports.json_list import json_with_list
from qantar.validation.reports.report import FORMS, Form, render, render_pieces
from validation.faults.test_fault_log import FAULTS

READ = (Reading("a.csv", "csv", "events", 12), Reading("c.csv", "csv", whole=False))


@pytest.fixture
def few_held() -> Iterator[None]:
    with patch.object(fault_log, "BATCH", 2), patch.object(fault_log, "MOST_HELD", 3):
        yield


@pytest.mark.parametrize("form", FORMS)
@given(faults=FAULTS, most=st.none() | st.integers(0, 45), details=st.booleans())
@settings(max_examples=30)
def test_spilled_and_held_faults_give_the_same_report(
    form: Form, faults: list[Fault], most: int | None, details: bool
) -> None:
    held = render(Report(tuple(faults), READ), form, most=most, details=details)
    with patch.object(fault_log, "BATCH", 2), patch.object(fault_log, "MOST_HELD", 3):
        report = Report(gather_faults(faults), READ)
        assert isinstance(report.faults, FaultLog) == (len(faults) >= 3)
        assert render(report, form, most=most, details=details) == held
        assert "".join(render_pieces(report, form, most=most, details=details)) == held


@pytest.mark.parametrize("kind", WRITERS)
@given(faults=FAULTS)
@settings(max_examples=20, deadline=None)
def test_spilled_and_held_faults_give_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, kind: str, faults: list[Fault]
) -> None:
    folder = tmp_path_factory.mktemp("faults")
    write_faults(tuple(faults), folder / f"held.{kind}")
    with patch.object(fault_log, "BATCH", 2), patch.object(fault_log, "MOST_HELD", 3):
        write_faults(gather_faults(faults), folder / f"spilled.{kind}")
    assert (folder / f"held.{kind}").read_bytes() == (folder / f"spilled.{kind}").read_bytes()


@pytest.mark.parametrize("form", sorted({*FORMS} - {"text"}))
def test_no_piece_grows_with_the_number_of_faults(form: Form) -> None:
    for count in (2, 2_000):
        report = Report((Fault("value-type", "Wrong.", row=1),) * count, READ)
        assert max(map(len, render_pieces(report, form))) < 1_500


@pytest.mark.parametrize("count", [9_999, 10_000, 25_001])
def test_a_file_of_parquet_holds_all_faults_in_their_order(tmp_path: Path, count: int) -> None:
    path = tmp_path / "faults.parquet"
    write_faults((Fault("value-type", "Wrong.", row=row) for row in range(count)), path)
    assert pl.read_parquet(path)["row"].to_list() == [*range(count)]


@settings(max_examples=30)
@given(
    st.lists(st.recursive(st.text(max_size=4) | st.integers(), lambda held: st.lists(held))),
    st.booleans(),
)
def test_a_document_in_pieces_has_an_item_a_line(items: list[Any], deep: bool) -> None:
    def document(held: list[Any]) -> Any:
        inner = {"before": ['"list": []'], "list": held, "after": 1}
        return {"outer": [inner]} if deep else inner

    text = "".join(json_with_list(document([]), "list", items))
    assert json.loads(text) == json.loads(json_text(document(items)))
    assert text.endswith("}\n")
    own = json_text(document([]), indent=2).count("\n")
    assert text.count("\n") == own + 1 + (len(items) + 1 if items else 0)


def test_a_document_without_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="no empty list faults"):
        next(json_with_list({"faults": [1]}, "faults", []))


@pytest.mark.usefixtures("few_held")
def test_counts_are_of_all_faults() -> None:
    faults = [Fault("value-type", str(n), row=n, column=f"c{n % 3}") for n in range(50)]
    report = Report(gather_faults(faults), READ)
    assert len(report) == report.total == 50
    assert report.by_rule() == {"value-type": 50}
    assert report.by_column() == {"c0": 17, "c1": 17, "c2": 16}
    told = json.loads(render(report, "json", most=2))
    assert (len(told["faults"]), told["count"]) == (2, 50)
