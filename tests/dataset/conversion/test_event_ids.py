"""Ids of rows that come twice stay ids of one row each."""

import csv
from pathlib import Path

from qantar.dataset.conversion.convert import convert

FIXTURE = Path(__file__).parent / "fixtures" / "polecat" / "polecat_duplicate_ids.txt"


def ids_of(rows: list[tuple[str, str]], folder: Path) -> list[str]:
    """The event ids of rows with these ids and cities."""
    header, first = FIXTURE.read_text("utf-8").splitlines()[:2]
    names, cells = header.split("\t"), first.split("\t")
    city = names.index("City")
    text = [[one, *cells[1:city], place, *cells[city + 1 :]] for one, place in rows]
    source, out = folder / "made_up.txt", folder / "out.csv"
    source.write_text("\n".join([header, *("\t".join(row) for row in text)]), "utf-8")
    account = convert([source], out)
    assert account.rows == account.converted + account.rejected == len(rows)
    with out.open(encoding="utf-8", newline="") as file:
        return [row["event_id"] for row in csv.DictReader(file)]


def test_a_number_after_an_id_makes_no_id_that_another_row_has(tmp_path: Path) -> None:
    rows = [("a", "x"), ("a", "y"), ("a_2", "x"), ("a", "z"), ("a_2", "y")]
    found = ids_of(rows, tmp_path)
    assert found[0] == "POLECAT-a"
    assert found[2] == "POLECAT-a_2"
    assert len({*found}) == len(rows)


def test_an_id_without_room_for_a_number_is_rejected(tmp_path: Path) -> None:
    longest = "x" * 72
    assert ids_of([(longest, "x"), (longest, "y"), ("b", "x")], tmp_path) == [
        f"POLECAT-{longest}",
        "POLECAT-b",
    ]
