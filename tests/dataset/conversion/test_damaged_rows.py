"""Rows with any cells: each is converted or rejected, and what is converted has no errors."""

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.dataset.conversion.convert import convert
from qantar.schema.systems import LAYOUTS
from qantar.validation import check_path

CELLS = st.sampled_from(
    [
        *("", " ", "NA", "NULL", "nan", "inf", "-1", "0", "1", "2", "3", "7", "7.0", "10", "1213"),
        *("13y", "042", "1e400", "9" * 30, "9" * 90, "90.1", "-180.5", "35.9", "0025-09-03"),
        *("2020-02-29", "2021-02-29", "29/02/2020", "03 December 2020", "20180104", "12/1/2017"),
        *("9999-12-31", "2100-12-31", "1900-01-01", "Malta", "Atlantis", "470", "MLT", "Civilians"),
        *("Attack", "Battles", "Protests", "Peaceful protest", "Violence against civilians"),
        *("Riots/Protests", "Other", "Make statement", "Threaten with repression", "Armed clash"),
        *("Protesters (Malta)", "Police Forces of Malta (2013-)", "()", '"', '"a" b', 'a""', "a,b"),
        *("\u202e", "a\u0301", "\u2028", "\x1b[0m", "\x85", "🛶", "1ALG", "~", "=1", "x" * 400),
    ]
)


def text_of(names: tuple[str, ...], rows: list[list[str]], separator: str) -> str:
    """A file with a header; with tabs, quotes are letters like others."""
    if separator == "\t":
        return "".join("\t".join(line) + "\n" for line in [names, *rows])
    text = StringIO()
    csv.writer(text).writerows([names, *rows])
    return text.getvalue()


@pytest.mark.parametrize(("key", "separator"), [("acled", ","), ("icews", ","), ("icews", "\t")])
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_any_cells_give_an_account(key: str, separator: str, data: st.DataObject) -> None:
    names = next(layout.columns for layout in LAYOUTS if layout.key == key)
    cells = CELLS | st.text(st.characters(exclude_characters="\r\n\t\0", codec="utf-8"), max_size=5)
    row = st.lists(cells, min_size=len(names), max_size=len(names))
    rows = data.draw(st.lists(row, min_size=1, max_size=12))
    with TemporaryDirectory() as folder:
        source, out = Path(folder, "rows.csv"), Path(folder, "out.csv")
        source.write_text(text_of(names, rows, separator), "utf-8", newline="")
        account = convert([source], out)
        assert account.rows == account.converted + account.rejected == len(rows)
        faults = check_path(out, profile="exchange")
        assert not [fault for fault in faults if fault.severity == "error"]


def test_a_quote_that_never_ends_is_rejected_and_nothing_is_lost(tmp_path: Path) -> None:
    names = next(layout.columns for layout in LAYOUTS if layout.key == "acled-v6")
    good = ["615", "1ALG", "1", "01/02/1997", "1997", "1", "Remote violence", "A"]
    good += [""] * (len(names) - len(good))
    lines = ["\t".join(names), "\t".join([*good[:7], 'B "', *good[8:]]), "\t".join(good)]
    source, out = tmp_path / "acled.txt", tmp_path / "out.csv"
    source.write_text("\n".join(lines) + "\n", "utf-8")
    account = convert([source], out)
    assert account.rows == account.converted + account.rejected
    rejected = out.with_name("out.csv.rejected.jsonl").read_text("utf-8")
    assert account.rejected == rejected.count("\n")
