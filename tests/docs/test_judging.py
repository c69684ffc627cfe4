"""The page on how a rule is judged names the modules, methods and kinds that there are."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import qantar.validation
from qantar.schema import Profile
from qantar.schema.tables import TABLES
from qantar.validation.rules.link.kind import LinkKind
from qantar.validation.rules.link.registry import link_kind, link_rules_of
from qantar.validation.rules.row.kind import RowKind

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "judging.md").read_text(encoding="utf-8")
PACKAGE = Path(qantar.validation.__file__).parent
# What a kind of rule between rows may leave as it is, and only few kinds say otherwise.
BY_DEFAULT = {
    "grouping",
    "way",
    "lead",
    "reads",
    "needs",
    "targets",
    "pick",
    "index_key",
    "begin",
    "faults_across",
}


def shown_modules() -> list[str]:
    texts = ElementTree.parse(DOCS / "judging.svg").iter("{http://www.w3.org/2000/svg}text")
    return [
        w for t in texts if t.attrib["class"] == "judging-module" for w in (t.text or "").split()
    ]


def test_the_picture_names_modules_that_there_are() -> None:
    assert shown_modules()
    assert [name for name in shown_modules() if not (PACKAGE / name).exists()] == []


@pytest.mark.parametrize("kind", [RowKind, LinkKind])
def test_the_page_names_the_methods_of_a_kind(kind: type) -> None:
    section = PAGE.split(f"subclass of `{kind.__name__}`")[1].split("\n\n")[1]
    told = {n for line in section.splitlines() for n in re.findall(r"`(\w+)`", line.split("|")[1])}
    methods = {name for name, value in vars(kind).items() if callable(value) and name[0] != "_"}
    assert told == methods - BY_DEFAULT


def rows_told() -> dict[str, list[str]]:
    section = PAGE.split("## What is asked where")[1]
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return {kind: cells for cells in lines[2:] for kind in re.findall(r"[a-z-]+", cells[0])}


@pytest.mark.parametrize("profile", Profile)
def test_the_page_tells_what_is_asked_where(profile: Profile) -> None:
    told = rows_told()
    for table in TABLES:
        for rule in link_rules_of(table, profile):
            kind = link_kind(rule)
            _, everywhere, _, clusters, warehouses = told[rule.kind]
            assert everywhere == clusters == "yes"
            assert (warehouses == "yes") is (kind.sql(rule, "name") is not None)
