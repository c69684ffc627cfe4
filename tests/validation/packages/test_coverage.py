"""Every character of a text lies in exactly one sentence, white space aside."""

import json
from pathlib import Path
from typing import Any

import pytest

from qantar.schema.rule import Profile
from qantar.schema.shape import Rows
from qantar.validation import Report, check_paths
from qantar.validation.packages.coverage import RULE, WHITE_SPACE, observe_gaps
from qantar.validation.packages.evidence import check_texts
from qantar.validation.rules.value.rule import BROKEN
from support import made_up
from support.made_up_package import csv_package, put

MORE = 20


def ledger(text: str, *sentences: tuple[int, int]) -> Rows:
    """Tables of one article of this text, with sentences at these offsets."""
    article = made_up.corpus().tables()["articles"][0]
    pinned = {"text_sha256": made_up.sha256(text), "text_length": len(text)}
    name = article["article_id"]
    rows = [
        {"article_id": name, "sentence_no": n, "char_start": start, "char_end": end}
        | {"sentence_sha256": made_up.sha256(text[start:end])}
        for n, (start, end) in enumerate(sentences, start=1)
    ]
    return {"articles": [article | pinned], "sentences": rows}


def told(tables: Rows, text: str, folder: Path, **asked: Any) -> list[tuple[Any, ...]]:
    (folder / "a.txt").write_bytes(text.encode())
    return [
        (o.fault.rule, o.table, o.index, o.fault.column, o.fault.value)
        for o in check_texts(tables, folder, **asked)
    ]


TEXT = "One. Two. Three.\n"


@pytest.mark.parametrize(
    ("sentences", "gaps"),
    [
        ([(0, 4), (5, 9), (10, 16)], []),
        ([(0, 5), (5, 10), (10, 17)], []),
        ([(0, 4), (5, 9)], [("sentences", 1, "char_end", "9")]),
        ([(5, 9), (10, 16)], [("sentences", 0, "char_start", "5")]),
        ([(0, 4), (10, 16)], [("sentences", 0, "char_end", "4")]),
        ([(10, 16), (0, 4)], [("sentences", 1, "char_end", "4")]),
        ([(0, 3), (5, 9), (10, 16)], [("sentences", 0, "char_end", "3")]),
        ([(0, 4), (5, 9), (10, 15)], [("sentences", 2, "char_end", "15")]),
        ([(0, 9), (2, 4), (10, 16)], []),
        ([(0, 9), (2, 4)], [("sentences", 0, "char_end", "9")]),
        ([(0, 9), (5, 9)], [("sentences", 1, "char_end", "9")]),
        ([(1, 4), (5, 9), (10, 16)], [("sentences", 0, "char_start", "1")]),
        (
            [(5, 9)],
            [("sentences", 0, "char_start", "5"), ("sentences", 0, "char_end", "9")],
        ),
        ([], [("articles", 0, "article_id", made_up.ARTICLE)]),
    ],
)
def test_what_lies_in_no_sentence_is_told_at_the_sentence_beside_it(
    tmp_path: Path, sentences: list[tuple[int, int]], gaps: list[tuple[Any, ...]]
) -> None:
    found = told(ledger(TEXT, *sentences), TEXT, tmp_path)
    assert found == [(RULE, *gap) for gap in gaps]


def test_the_offsets_are_told_and_the_words_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    [observed] = check_texts(ledger(TEXT, (0, 4), (10, 16)), tmp_path, show_words=True)
    assert observed.fault.message.startswith("Characters 5 to 9 of ")
    assert "Two" not in str(observed.fault.as_dict())
    assert observed.fault.severity == "error"


@pytest.mark.parametrize("letter", WHITE_SPACE)
def test_white_space_and_marks_without_width_need_no_sentence(tmp_path: Path, letter: str) -> None:
    text = f"{letter}One.{letter}\nTwo.{letter}"
    assert told(ledger(text, (1, 5), (7, 11)), text, tmp_path) == []


@pytest.mark.parametrize("letter", ["-", ".", "\u00ad", "\u2014", "\u3001", "\x1f", "\u200e"])
def test_all_else_needs_one(tmp_path: Path, letter: str) -> None:
    text = f"One. {letter} Two."
    found = told(ledger(text, (0, 4), (7, 11)), text, tmp_path)
    assert found == [(RULE, "sentences", 0, "char_end", "4")]


def test_white_space_is_what_unicode_calls_so() -> None:
    named = {chr(n) for n in range(0x110000) if chr(n).isspace()} - {*"\x1c\x1d\x1e\x1f"}
    assert {*WHITE_SPACE} == named | {*"\u200b\u200c\u200d\u2060\ufeff"}


def test_beside_a_sentence_that_is_wrong_itself_no_gap_is_told(tmp_path: Path) -> None:
    tables = ledger(TEXT, (0, 4), (5, 8), (10, 16))
    tables["sentences"][1]["sentence_sha256"] = made_up.sha256("Two.")
    assert [rule for rule, *_ in told(tables, TEXT, tmp_path)] == ["sentence-digest-differs"]
    tables = ledger(TEXT, (0, 4), (5, 9))
    tables["sentences"][0]["sentence_sha256"] = made_up.sha256("one.")
    rules = [rule for rule, *_ in told(tables, TEXT, tmp_path)]
    assert rules == ["sentence-digest-differs", RULE]


@pytest.mark.parametrize("column", ["article_id", "char_start", "char_end"])
@pytest.mark.parametrize("value", [None, BROKEN])
def test_where_a_sentence_has_no_certain_place_nothing_is_judged(
    tmp_path: Path, column: str, value: Any
) -> None:
    tables = ledger(TEXT, (0, 4), (5, 9), (10, 16))
    tables["sentences"][1][column] = value
    assert told(tables, TEXT, tmp_path) == []


def test_a_text_that_was_altered_is_not_held_against_the_ledger(tmp_path: Path) -> None:
    tables = ledger(TEXT, (0, 4), (5, 9), (10, 16))
    rules = [rule for rule, *_ in told(tables, f"{TEXT}And more.\n", tmp_path)]
    assert rules == ["text-differs"]


@pytest.mark.parametrize("first", ["no text", "altered", "empty", "in doubt"])
def test_an_article_that_is_not_judged_hides_no_other(first: str) -> None:
    tables = ledger(TEXT, (0, 4), (5, 9))
    other, text = "TST-A0009", "" if first == "empty" else "Else."
    digest = made_up.sha256(f"{text}!" if first == "altered" else text)
    tables["articles"].insert(0, tables["articles"][0] | {"article_id": other})
    tables["articles"][0]["text_sha256"] = digest
    if first == "in doubt":
        doubt = {"article_id": other, "char_start": BROKEN, "char_end": 4}
        tables["sentences"].append(tables["sentences"][0] | doubt)
    texts = {made_up.ARTICLE: TEXT} | ({} if first == "no text" else {other: text})
    found = [(o.table, o.index, o.fault.value) for o in observe_gaps(tables, texts, ())]
    assert found == [("sentences", 1, "9")]


def test_of_rows_that_were_converted_no_whole_ledger_is_asked(tmp_path: Path) -> None:
    tables = ledger(TEXT, (0, 4))
    assert told(tables, TEXT, tmp_path, profile=Profile.exchange) == []
    del tables["sentences"]
    assert told(tables, TEXT, tmp_path) == []


def check_files(change: Any, folder: Path, **asked: Any) -> Report:
    """Two tables of the made-up corpus as single files, with the text."""
    tables = made_up.corpus().tables()
    change(tables["sentences"])
    files = csv_package({name: tables[name] for name in ("articles", "sentences")})
    del files["datapackage.json"]
    put(files, folder)
    put({"texts/a.txt": made_up.TEXT.encode()}, folder)
    paths = [folder / name for name in files]
    return check_paths(paths, articles=folder / "texts", **asked)


def test_single_tables_are_held_against_the_texts(tmp_path: Path) -> None:
    report = check_files(lambda rows: rows.pop(), tmp_path / "gap")
    assert [(f.rule, f.line, str(f.severity)) for f in report.faults] == [(RULE, 4, "error")]
    assert report.exit_code == 1
    report = check_files(list, tmp_path / "whole")
    assert (report.faults, report.exit_code) == ((), 0)
    report = check_files(lambda rows: rows.pop(), tmp_path / "exchange", profile="exchange")
    assert report.faults == ()


def test_sentences_of_single_tables_that_overlap_are_told_with_the_texts(tmp_path: Path) -> None:
    def overlap(rows: list[dict[str, Any]]) -> None:
        start = rows[2]["char_start"] - MORE
        words = made_up.TEXT[start : rows[2]["char_end"]]
        rows[2] |= {"char_start": start, "sentence_sha256": made_up.sha256(words)}

    report = check_files(overlap, tmp_path)
    assert [(f.rule, f.line) for f in report.faults] == [("sentence-overlap", 4)]
    assert json.loads(json.dumps(report.faults[0].as_dict()))["column"] == "char_start"
