"""A file of faults holds every fault, and nothing in it runs."""

import csv
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qantar.schema.rule import Severity
from qantar.validation import Fault
from qantar.validation.faults.fault_file import WRITERS, write_faults

HOSTILE = ["=1+1", "+1", "-1", "@x", "\tx", "a\nb", '"', "x,y", "\u202e", "\x00", "\ud800", "ä"]
FAULTS = [
    Fault("date-reversed", "Reversed.", file="a.csv", line=3, row=2, column="date_latest"),
    Fault("actor-unresolved", "No.", Severity.note, pointer="/x", suggestion="y"),
    *(Fault("value-type", text, value=text, column=text) for text in HOSTILE),
]


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as file:
            return [*csv.DictReader(file)]
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("faults", [[], FAULTS], ids=["none", "many"])
def test_every_fault_is_in_the_file(tmp_path: Path, kind: str, faults: list[Fault]) -> None:
    path = tmp_path / f"faults.{kind}"
    path.write_text("older")
    write_faults(faults, path)
    assert len(read(path)) == len(faults)
    for row, fault in zip(read(path)[:2], faults[:2], strict=True):
        known = {name: str(value) for name, value in asdict(fault).items() if value is not None}
        assert {name: str(value) for name, value in row.items() if value not in ("", None)} == known
    assert [place.name for place in tmp_path.iterdir()] == [path.name]


def test_no_cell_of_a_csv_file_is_a_formula(tmp_path: Path) -> None:
    write_faults(FAULTS, tmp_path / "faults.csv")
    cells = [cell or "" for row in read(tmp_path / "faults.csv") for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "\0" not in "".join(cells)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"faults\.xml"):
        write_faults(FAULTS, tmp_path / "faults.xml")
    with pytest.raises(OSError, match="none"):
        write_faults(FAULTS, tmp_path / "none" / "faults.csv")
