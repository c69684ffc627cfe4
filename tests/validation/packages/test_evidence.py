"""Texts are found by digest alone, and every span and sentence is held against them."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from qantar.schema.shape import Rows
from qantar.validation.packages.evidence import check_texts
from qantar.validation.rules.observation import Observed
from support import made_up

TEXT = made_up.TEXT
VIETNAMESE = "Bộ trưởng gọi điện.\nBiển lặng. 🐎 đi.\n"


def check(tables: Rows, folder: Path, **facts: Any) -> list[Observed]:
    return list(check_texts(tables, folder, **facts))


def told(found: list[Observed]) -> list[tuple[str, str, int | None]]:
    return [(o.fault.rule, o.table, o.index) for o in found]


def accented() -> Rows:
    """Tables of one article whose text looks otherwise in NFD and with other line ends."""
    tables = made_up.corpus().tables()
    tables["articles"][0] |= {
        "text_sha256": made_up.sha256(VIETNAMESE),
        "text_length": len(VIETNAMESE),
    }
    start = VIETNAMESE.index("🐎")
    place = {"char_start": start, "char_end": start + 1}
    tables["spans"] = [tables["spans"][0] | place | {"span_sha256": made_up.sha256("🐎")}]
    del tables["sentences"]
    return tables


def test_a_text_is_found_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "whatever.txt").write_bytes(TEXT.encode())
    (tmp_path / "other.txt").write_bytes(b"\xff not a text")
    assert check(made_up.corpus().tables(), tmp_path) == []


def test_offsets_are_code_points_of_the_text_as_stored(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(VIETNAMESE.encode())
    assert check(accented(), tmp_path) == []


def test_a_text_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    found = check(made_up.corpus().tables(), tmp_path)
    assert told(found) == [("text-missing", "articles", 0)]
    assert found[0].fault.severity == "warning"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (unicodedata.normalize("NFD", VIETNAMESE).encode(), "is in NFD"),
        (VIETNAMESE.replace("\n", "\r\n").encode(), "has other line ends"),
        (b"\xef\xbb\xbf" + VIETNAMESE.encode(), "begins with a byte order mark"),
        (VIETNAMESE.removesuffix("\n").encode(), "lacks a line end"),
        ((VIETNAMESE + "\n").encode(), "has a line end more"),
        (
            unicodedata.normalize("NFD", VIETNAMESE).replace("\n", "\r\n").encode(),
            "is in NFD and has other line ends",
        ),
    ],
)
def test_a_text_that_a_tool_has_changed_is_recognised(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    found = check(accented(), tmp_path)
    assert told(found) == [("text-differs", "articles", 0)]
    assert words in found[0].fault.message
    assert made_up.sha256(VIETNAMESE) in found[0].fault.message


def test_an_edited_text_is_recognised_by_its_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.replace("calm", "rough").encode())
    found = check(made_up.corpus().tables(), tmp_path)
    assert told(found) == [
        ("text-differs", "articles", 0),
        ("sentence-digest-differs", "sentences", 3),
    ]


def test_a_span_is_held_against_its_characters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    tables = made_up.corpus().tables()
    tables["spans"][1]["char_start"] += 1
    tables["spans"][4]["span_sha256"] = made_up.sha256("other words")
    tables["sentences"][2]["char_end"] -= 1
    assert told(check(tables, tmp_path)) == [
        ("sentence-digest-differs", "sentences", 2),
        ("span-digest-differs", "spans", 1),
        ("span-digest-differs", "spans", 4),
    ]


def test_a_span_past_the_end_of_a_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    tables = made_up.corpus().tables()
    tables["articles"][0]["text_length"] += 100
    tables["spans"][0]["char_end"] = len(TEXT) + 1
    found = check(tables, tmp_path)
    assert told(found) == [("text-differs", "articles", 0), ("span-past-end", "spans", 0)]
    assert found[0].fault.column == "text_length"


def test_no_fault_holds_words_of_the_text_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    tables = made_up.corpus().tables()
    for row in tables["spans"]:
        row["span_sha256"] = "0" * 64
    silent, plain = check(tables, tmp_path), check(tables, tmp_path, show_words=True)
    assert not any("telephoned" in str(o.fault.as_dict()) for o in silent)
    assert any("telephoned" in o.fault.message for o in plain)


def test_faulty_rows_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    for name in ("articles", "sentences", "spans", "mentions"):
        for column in ("article_id", "mention_id", "char_start", "text_sha256"):
            tables = made_up.corpus().tables()
            for row in tables[name]:
                row.pop(column, None)
            check(tables, tmp_path)
