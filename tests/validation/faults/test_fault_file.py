"""A file of faults holds every fault, and nothing in it runs."""

import csv
import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qantar.schema.rule import Severity
from qantar.validation import Fault
from qantar.validation.faults.fault_file import WRITERS, write_faults

FORMULA_SIGNS = "=+-@＝＋－＠"
FORMULAS = [
    f"{before}{sign}1"
    for before in ("", " ", "\t", "\u3000", "\xa0", "a\r", "a\n", "a\r\n", "a;", "a; ")
    for sign in FORMULA_SIGNS
]
HOSTILE = [
    *FORMULAS,
    "\tx",
    "a\nb",
    "a\rb",
    "a\x85b",
    "a\u2028b",
    "\x1b[2J",
    '"',
    "x,y",
    "\u202e",
    "\x00",
    "\ud800",
    "ä",
]
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
    whole = (tmp_path / "faults.csv").read_text("utf-8")
    assert whole.replace("\n", "").isprintable()
    # However a reader splits it: each fault is one line, and no part begins a formula.
    assert len(re.split("[\n\r\x85\u2028]", whole)) == len(FAULTS) + 2
    cells = [cell or "" for row in read(tmp_path / "faults.csv") for cell in row.values()]
    parts = [part.lstrip() for cell in cells for part in cell.split(";")]
    assert not [part for part in parts if part.startswith((*FORMULA_SIGNS, "\t", "\r"))]


def test_what_is_exact_in_other_files_reads_back(tmp_path: Path) -> None:
    for kind in ("jsonl", "parquet"):
        write_faults(FAULTS, tmp_path / f"faults.{kind}")
        values = [row["value"] for row in read(tmp_path / f"faults.{kind}")[2:]]
        assert values == [text.replace("\ud800", "\\ud800") for text in HOSTILE]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"faults\.xml"):
        write_faults(FAULTS, tmp_path / "faults.xml")
    with pytest.raises(OSError, match="none"):
        write_faults(FAULTS, tmp_path / "none" / "faults.csv")
