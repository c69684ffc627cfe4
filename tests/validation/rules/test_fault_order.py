"""The faults of a table stand in one order, whatever holds it."""

from pathlib import Path

import pytest

from parity.inputs import Input
from parity.representations import REPRESENTATIONS
from qantar.schema import TABLES
from qantar.schema.rule import Severity
from qantar.schema.rules import rules
from qantar.schema.shape import Row
from qantar.validation import check_path
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.fault_order import fault_order
from support import made_up

EVENT = made_up.corpus().tables()["events"][1]
# Wrong in columns that stand apart, in rules of several kinds, and as a key.
WRONG: Row = {
    "record_version": 0,
    "confidence": "sure",
    "date_basis": "guess",
    "date_earliest": "2022-05-02",
    "date_latest": "2022-05-01",
    "certainty": "certain",
    "action_name": "Wave",
}
ROW: Row = {
    name: value for name, value in (EVENT | WRONG).items() if not name.startswith("summary_")
}
# What cannot be read as a value of its column is found before all else.
UNREAD: Row = {"n_mentions": "many", "latitude": "north", "symmetric": "perhaps"}


@pytest.mark.parametrize(("kind", "more"), [("tables", {}), ("texts", UNREAD)])
def test_faults_of_a_row_stand_in_one_order(kind: str, more: Row, tmp_path: Path) -> None:
    rows = [ROW | more, EVENT, ROW | more]
    if kind == "texts":
        rows = [{n: _spelled(value) for n, value in row.items()} for row in rows]
    given = Input("rows", "tables", {"events": rows}, ("events",))
    orders = {}
    for name, judge in REPRESENTATIONS[kind].items():
        folder = tmp_path / name
        folder.mkdir()
        told = judge(given, folder)
        assert told is not None
        orders[name] = [(fault.row, fault.at, fault.rule) for fault in told if fault.row]
    expected = orders["csv"]
    assert len([row for row, _, _ in expected if row == 3]) > 6 + len(more)
    assert {name: order for name, order in orders.items() if order != expected} == {}
    for row in (1, 3):
        of_row = [(at, rule) for number, at, rule in expected if number == row]
        cells = [at for at, rule in of_row if rule.startswith("value-")]
        assert cells == [name for name in TABLES["events"].declared if name in cells]
        assert [rule for _, rule in of_row[len(cells) :]] == _in_rule_order(of_row[len(cells) :])


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in_rule_order(found: list[tuple[str | None, str]]) -> list[str]:
    ids = [*dict.fromkeys(rule.id for rule in rules())]
    return sorted((rule for _, rule in found), key=ids.index)


def test_a_word_for_an_absent_value_is_told_first_and_the_same(tmp_path: Path) -> None:
    rows = [ROW | {"place_name": "nan"}, EVENT | {"event_id": "TST-000999", "place_name": "NaN"}]
    given = Input("rows", "tables", {"events": rows}, ("events",))
    told = {}
    for name, judge in REPRESENTATIONS["tables"].items():
        folder = tmp_path / name
        folder.mkdir()
        first = next(iter(judge(given, folder) or ()))
        told[name] = (first.row, first.rule, first.severity, first.message)
    assert {*told.values()} == {told["csv"]}
    assert told["csv"][:3] == (None, "value-type", "warning")
    assert "'NaN' and 'nan' in place_name (2) stand for" in told["csv"][3]


@pytest.mark.parametrize("copies", [1, 200])
def test_a_line_that_is_no_json_stands_in_its_place(copies: int, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    row = '{"event_id": "QTR-000001", "record_version": 0, "action_code": "010"}\n'
    path.write_text((row + "{\n" + row) * copies, "utf-8")
    lines = [fault.line for fault in check_path(path).faults if fault.line]
    assert {1, 2, 3} <= {*lines}
    assert lines == sorted(lines)


def test_what_is_told_of_a_whole_row_comes_before_its_cells() -> None:
    cell = Fault("value-type", "A cell.", row=2, line=3, column="event_id")
    whole = Fault("csv-malformed", "A row.", row=2, line=4)
    note = Fault("value-type", "All rows.", Severity.note)
    rule = Fault("date-reversed", "A rule.", row=2, line=3, pointer="/date_latest")
    ordered = sorted((rule, cell, whole, note), key=fault_order(TABLES["events"]))
    assert ordered == [note, whole, cell, rule]
