"""The reference pages say what models, rules and codebook say, and link only to what is there."""

import re
from pathlib import Path

import pytest

from qantar.schema.codebook import actions, countries
from qantar.schema.reference.pages import COMMAND, reference_pages
from qantar.schema.rules import rules
from qantar.schema.tables import TABLES
from qantar.schema.vocabulary import Vocabulary

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
PAGES = reference_pages()


def headings(text):
    for heading in re.findall(r"^#+ (.+)$", text, re.M):
        yield re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_up_to_date(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], f"run: {COMMAND}"


def test_no_page_is_left_behind():
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


def test_every_column_stands_in_its_table():
    for table in TABLES.values():
        section = PAGES["dictionary.md"].split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| `(\w+)`", section, re.M) == [c.name for c in table.columns]


def test_every_word_of_every_list_has_its_meaning():
    for vocabulary in Vocabulary.__subclasses__():
        for member in vocabulary:
            assert f"| `{member.value}` | {member.meaning} |" in PAGES["dictionary.md"]


def test_every_rule_has_a_heading_and_its_mending():
    text = PAGES["rules.md"]
    assert sorted(re.findall(r"^### (.+)$", text, re.M)) == sorted({rule.id for rule in rules()})
    for rule in rules():
        assert f"**What to do:** {rule.mend}" in text


def test_every_code_and_country_stands_in_the_codebook():
    text = PAGES["codebook.md"]
    for code, action in actions().items():
        assert f"| `{code}` | **{action.action_name}**<br>{action.gloss['en']}<br>" in text
    for code, country in countries().items():
        assert f"| `{code}` | {country.name['en']} |" in text


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_heading(name):
    links = re.findall(r"\]\(([\w.]*)(?:#([\w-]+))?\)", PAGES[name])
    assert links
    for page, heading in links:
        target = PAGES[page or name]
        assert not heading or heading in set(headings(target)), (page, heading)
