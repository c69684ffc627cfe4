"""Words for an absent value: where they are told, in which words, and in how many places."""

from typing import Any

import polars as pl
import pytest

from qantar.schema import Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.spelling import (
    ABSENT_WORDS,
    Words,
    absent_words,
    note_of_spelling,
    respelled,
    whole_numbers,
    without_words,
    worded,
)


def fault(column: str = "place_name", value: str = "NA", row: int = 1, **facts: Any) -> Fault:
    return Fault("value-type", "So.", column=column, value=value, row=row, line=row + 1).at(**facts)


def taken(**counts: int) -> Words:
    return Words(counts, {"NA"})


def test_one_cell_is_told_in_its_place() -> None:
    other = fault(value="x", row=2)
    found = without_words([other, fault(row=3), other, other], Words())
    assert [found[0], *found[2:]] == [other] * 3
    assert (found[1].row, found[1].line, found[1].value) == (3, 4, "NA")
    assert "'NA' in place_name (1) stands for" in found[1].message


@pytest.mark.parametrize(
    ("columns", "words", "named"),
    [
        (("a", "a"), {}, "a"),
        (("a", "b"), {}, None),
        (("a",), {"a": 2}, "a"),
        (("a",), {"b": 2}, None),
        (("a",), {"a": 1, "b": 2}, None),
    ],
)
def test_more_cells_are_told_first_and_once(
    columns: tuple[str, ...], words: dict[str, int], named: str | None
) -> None:
    other = fault(value="x")
    cells = [fault(name, row=n) for n, name in enumerate(columns, start=2)]
    found = without_words([other, *cells, other, other], taken(**words))
    assert [*found[1:]] == [other] * 3
    whole = found[0]
    assert (whole.row, whole.line, whole.value, whole.column) == (None, 1, None, named)
    assert str(whole.severity) == "error"
    assert ("taken for text" in whole.message) is bool(words)
    without_lines = [cell.at(line=None) for cell in cells]
    assert without_words(without_lines, taken(**words))[0].line is None


@pytest.mark.parametrize(
    ("counts", "column", "places"),
    [
        ({"a": 3}, "a", "a (3)"),
        ({"a": 3, "b": 1000}, None, "b (1,000), a (3)"),
        ({"b": 3, "a": 3}, None, "a (3), b (3)"),
        (dict.fromkeys("abcdef", 1), None, "e (1), f (1) stands"),
        (dict.fromkeys("abcdefg", 1), None, "e (1), f (1) … stands"),
    ],
)
def test_words_that_stand_as_text_are_a_warning(
    counts: dict[str, int], column: str | None, places: str
) -> None:
    other = fault(value="x")
    [told, kept] = without_words([other], taken(**counts))
    assert kept == other
    assert (str(told.severity), told.column) == ("warning", column)
    assert places in told.message


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("NA",), "'NA' in a (1) stands for"),
        (("NA", "nan"), "'NA' and 'nan' in a (2) stand for"),
        (("-", ".", "NA", "nan"), "'-' and '.' and 'NA' and 'nan' in a (4) stand"),
        (("-", ".", "NA", "None", "nan"), "'-' and '.' and 'NA' and 'None' … in a (5) stand"),
    ],
)
def test_four_words_are_told(words: tuple[str, ...], said: str) -> None:
    found = Words()
    found.add("a", pl.Series(words))
    found.add("b", pl.Series([], dtype=pl.String))
    [told] = without_words([], found)
    assert said in told.message


@pytest.mark.parametrize(
    "facts",
    [
        {"rule": "value-length"},
        {"rule": "key-dangling"},
        {"message": "Cell B2 holds an error."},
        {"row": None},
        {"value": "none at all"},
        {"value": None},
    ],
)
def test_other_faults_stay_as_they_are(facts: dict[str, Any]) -> None:
    other = fault().at(**{name: value for name, value in facts.items() if name != "rule"})
    if "rule" in facts:
        other = Fault(facts["rule"], "So.", column="a", value="NA", row=1)
    assert without_words([other], Words()) == [other]


def test_words_are_no_values_of_text_alone() -> None:
    events = TABLES["events"].by_name
    assert absent_words(events["place_name"], Profile.coded)
    assert {*absent_words(events["place_name"], Profile.coded)} <= {*ABSENT_WORDS}
    for name in (
        "latitude",
        "attributed",
        "date_earliest",
        "date_basis",
        "action_code",
        "event_id",
    ):
        assert absent_words(events[name], Profile.coded) == ()
    whole = Column("n", ColumnKind.string, "Made up.")
    assert absent_words(whole, Profile.coded) == ABSENT_WORDS
    # Of what stands for the value of another column, the codes of that are values.
    value = Column("value", ColumnKind.string, "Made up.")
    assert {*ABSENT_WORDS} - {*absent_words(value, Profile.coded)} == {"none"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7.0", 7),
        ("1e+05", 100_000),
        ("9007199254740992", 2**53),
        ("9e+15", 9 * 10**15),
        ("9e+16", None),
        ("999999999999999.0", 999_999_999_999_999),
        ("1000000000000000.0", None),
        ("1.000", None),
        ("7.5", None),
        ("1e+5", None),
        ("1e+005", None),
    ],
)
def test_whole_numbers_of_other_programs_are_read_exactly(text: str, number: int | None) -> None:
    assert whole_numbers(pl.Series("n", [text, None])).to_list() == [number, None]
    assert whole_numbers(pl.Series("n", [text, "3"])).to_list() == [number, 3]


def test_only_other_spellings_are_noted() -> None:
    truths = pl.Series("b", ["true", "True", "TRUE", "false", "FAUX"])
    assert respelled(truths, ColumnKind.boolean) == {"True", "TRUE", "FAUX"}
    numbers = pl.Series("n", ["7", "7.0", "x.0e+"])
    assert respelled(numbers, ColumnKind.integer) == {".0"}
    assert respelled(pl.Series("n", ["x.0", "1e+05"]), ColumnKind.integer) == {"e+"}
    assert respelled(numbers, ColumnKind.string) == set()


def test_a_note_names_its_column_where_it_is_one() -> None:
    assert [*note_of_spelling({"a": []})] == []
    [note] = note_of_spelling({"a": [".0", "e+"], "b": []})
    assert (note.column, str(note.severity), note.line) == ("a", "note", 1)
    assert "whole numbers with .0, whole numbers with an exponent in a are read" in note.message
    [note] = note_of_spelling({"a": ["TRUE"], "b": ["FAUX"]})
    assert note.column is None
    assert "FAUX, TRUE in a, b are read" in note.message


def test_a_word_stands_alone_in_its_cell() -> None:
    cells = pl.Series("a", ["NA", None, "x", "NA NA", "Not applicable"])
    assert worded(cells, ["NA"]).to_list() == [True, False, False, False, False]
    assert worded(pl.Series("a", ["Not applicable", None]), ["NA"]).to_list() == [False, False]
    assert worded(pl.Series("a", ABSENT_WORDS), ABSENT_WORDS).all()
