"""The table in docs/vietnamese.md has one Vietnamese term for each notion, and all keep to it."""

import csv
import json
import re
from pathlib import Path

import pytest

from qantar.schema.codebook import actions, names_in_languages, stray_actions
from qantar.schema.codebook_file import CODEBOOK
from qantar.schema.context import Context

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/vietnamese.md").read_text(encoding="utf-8")
README = (ROOT / "README.vi.md").read_text(encoding="utf-8")
WORDS = json.loads(
    (ROOT / "dataset/qantar/dataset/explorer/words/vi.json").read_text(encoding="utf-8")
)
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in re.findall(r"^\|.*\|$", PAGE, re.M)[2:]
]
ON_PAGE = {row[0]: (row[1], re.findall(r"`([^`]+)`", row[3])) for row in ROWS if row[3]}
AVOIDED = [(row[1], term.strip()) for row in ROWS for term in row[2].split(",") if term.strip()]
NAMES = names_in_languages()["vi"]


def test_each_notion_stands_once():
    assert len(ROWS) > 40
    english = [row[0] for row in ROWS]
    assert len(english) == len(set(english))


@pytest.mark.parametrize(("vietnamese", "keys"), ON_PAGE.values(), ids=ON_PAGE)
def test_the_explorer_says_it_so(vietnamese, keys):
    told = [WORDS[key].lower() for key in keys]
    separator = re.search("[,/]", vietnamese)
    if separator is None:
        assert [text for text in told if vietnamese.lower() not in text] == []
        return
    terms = [term.strip().lower() for term in vietnamese.split(separator[0])]
    assert len(terms) == len(told)
    assert [text for term, text in zip(terms, told, strict=True) if term not in text] == []


@pytest.mark.parametrize(("instead", "term"), AVOIDED, ids=[term for _, term in AVOIDED])
def test_no_other_word_stands_for_it(instead, term):
    word = re.compile(rf"\b{re.escape(term)}\b", re.I)
    texts = {**WORDS, **NAMES, "README.vi.md": " ".join(README.split())}
    assert [place for place, text in texts.items() if word.search(text)] == [], instead


def test_every_code_and_context_has_a_vietnamese_name():
    assert set(NAMES) == {*actions(), *stray_actions(), *(context.value for context in Context)}


def test_no_two_codes_of_cameo_have_one_name():
    names = [name for code, name in NAMES.items() if code.startswith("cameo:")]
    assert len(names) == len(set(names)) == len(actions())


def test_not_specified_below_is_one_phrase():
    for code, action in actions().items():
        if action.action_name.endswith("not specified below"):
            assert NAMES[code].endswith("(nói chung)"), code


def test_the_usa_has_one_name():
    told = {row[0]: row[1] for row in ROWS}["United States"]
    for path, key in (
        (CODEBOOK / "countries.csv", "USA"),
        (ROOT / "builders/qantar/builders/registry/actors.csv", "usa"),
    ):
        with path.open(encoding="utf-8", newline="") as file:
            lines = {next(iter(line.values())): line for line in csv.DictReader(file)}
        assert lines[key]["name_vi"] == told
