"""How many cells make one cause, and what is told of them at the very bound."""

import pytest

from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.cause import FEWEST, FEWEST_OF_ANY_KIND, Held, told_once
from qantar.validation.readers.spelling import Words

EVENTS = TABLES["events"]
MANY = FEWEST_OF_ANY_KIND


def held(height: int, present: int | None = None) -> Held:
    cells = height if present is None else present
    return Held(EVENTS, height, lambda _: cells, Words())


def faults(count: int, rule: str, message: str, **facts: str | None) -> list[Fault]:
    return [Fault(rule, message, row=n, line=n + 1, **facts) for n in range(1, count + 1)]


def days(count: int, value: str = "01/02/2022", column: str = "date_earliest") -> list[Fault]:
    return faults(count, "value-malformed", "So.", column=column, value=value)


@pytest.mark.parametrize(
    ("count", "present", "is_one"),
    [(1, 1, False), (FEWEST, FEWEST, True), (2, 3, True), (2, 4, False), (3, 5, True)],
)
def test_more_than_half_of_the_cells_make_it_the_way_of_the_column(
    count: int, present: int, is_one: bool
) -> None:
    found = told_once(days(count), held(9, present))
    assert len(found) == (1 if is_one else count)
    assert found[0].row == 1
    if is_one:
        which = f"all {count}" if count == present else f"{count} of {present}"
        said = f"is written with day, month and year in {which} cells, first '01/02/2022'."
        assert said in found[0].message
    else:
        assert {fault.message for fault in found} == {"So."}


def test_each_cause_is_told_for_itself() -> None:
    other = days(1, "20220102") + days(3, "20220102", "date_latest")
    found = told_once([*other, *days(3)], held(4, 4))
    assert [(fault.column, fault.value) for fault in found] == [
        ("date_earliest", "20220102"),
        ("date_latest", "20220102"),
        ("date_earliest", "01/02/2022"),
    ]


def test_a_cause_is_one_of_the_kind_of_its_column() -> None:
    found = told_once(days(3, "01/02/2022", "place_name"), held(3))
    assert {fault.message for fault in found} == {"So."}


@pytest.mark.parametrize(
    ("rule", "value"), [("value-length", "20220102"), ("value-malformed", None)]
)
def test_only_spellings_that_are_known_have_a_cause(rule: str, value: str | None) -> None:
    told = faults(MANY, rule, "So.", column="date_earliest", value=value)
    assert told_once(told, held(MANY)) == told


def test_what_is_of_no_row_or_no_column_of_the_table_stays() -> None:
    of_table = [Fault("value-malformed", "So.", column="date_earliest", value="20220102")] * MANY
    for told in (of_table, days(MANY, column="mine"), faults(MANY, "value-missing", "So.")):
        assert told_once(told, held(MANY)) == told


@pytest.mark.parametrize(
    ("count", "present", "is_one"),
    [(MANY, MANY, True), (MANY - 1, MANY - 1, False), (MANY, MANY + 1, False), (9, 9, True)],
)
def test_a_column_without_a_sound_cell_is_told_once_whatever_it_holds(
    count: int, present: int, is_one: bool
) -> None:
    found = told_once(days(count, "?"), held(20, present))
    assert len(found) == (1 if is_one else count)
    assert found[0].message == ("So." + f" So it is in all {count} cells of the column." * is_one)
    guessed = [fault.at(suggestion="2022-01-02") for fault in days(count, "?")]
    assert told_once(guessed, held(20, present)) == guessed


@pytest.mark.parametrize(
    ("count", "height", "present", "is_one"),
    [
        (MANY, MANY, 0, True),
        (MANY - 1, MANY - 1, 0, False),
        (MANY, MANY + 1, 0, False),
        (MANY, MANY, 1, False),
    ],
)
def test_a_column_that_holds_nothing_is_told_once(
    count: int, height: int, present: int, is_one: bool
) -> None:
    told = faults(count, "value-missing", "None.", column="summary_en")
    found = told_once(told, held(height, present))
    assert len(found) == (1 if is_one else count)
    assert found[0].message == "None." + f" So it is in all {count} rows." * is_one


@pytest.mark.parametrize(
    ("rule", "count", "height", "is_one"),
    [
        ("csv-malformed", MANY, 2 * MANY, True),
        ("csv-malformed", MANY, 2 * MANY + 1, False),
        ("csv-malformed", MANY - 1, MANY, False),
        ("file-encoding", MANY, 9 * MANY, True),
        ("file-encoding", MANY - 1, MANY, False),
    ],
)
def test_lines_that_cannot_be_read_are_told_once_where_they_are_many(
    rule: str, count: int, height: int, is_one: bool
) -> None:
    told = [fault.at(message=f"Line {fault.line} is empty.") for fault in faults(count, rule, "")]
    found = told_once(told, held(height))
    assert len(found) == (1 if is_one else count)
    assert (f"So it is with {count} lines." in found[0].message) is is_one
    assert ("newline=''" in found[0].message) is is_one
    other = [fault.at(message=f"Line {fault.line} is odd.") for fault in told]
    assert "newline" not in told_once(other, held(height))[0].message
