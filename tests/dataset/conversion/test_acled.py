"""ACLED: who acts against whom by the kinds of actors, and what an account counts."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qantar.dataset.conversion.acled_party import country_of_party, parties
from qantar.dataset.conversion.convert import convert
from qantar.schema.codebook import actions
from qantar.schema.systems import crosswalk, source_actions
from qantar.schema.vocabulary import Direction

FIXTURES = Path(__file__).parent / "fixtures"
EXPECTED = sorted(
    path for name in ("acled", "icews") for path in (FIXTURES / name).glob("*.expected.json")
)


def sides(kind: str, inter1: str, inter2: str | None, code: str | None, by_act: str | None) -> Any:
    frame = pl.DataFrame(
        {
            "actor1": ["First"],
            "actor2": ["Second" if inter2 else None],
            "inter1": [inter1],
            "inter2": [inter2],
            "event_type": [kind],
        },
        schema_overrides={"actor2": pl.String, "inter2": pl.String},
    )
    acts = pl.DataFrame(
        {"action_code": [code], "direction": [by_act]},
        schema={"action_code": pl.String, "direction": pl.String},
    )
    return parties(frame, acts).row(0)[:3]


BOMB, RIOT = "Explosions/Remote violence", "Riots"
CIVILIANS = "Violence against civilians"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("Battles", "1", "2", "cameo:190", "undirected"), ("First", "Second", "undirected")),
        ((BOMB, "3", "7", "cameo:194", None), ("First", "Second", "directed")),
        ((BOMB, "3", "Civilians", "cameo:194", None), ("First", "Second", "directed")),
        ((BOMB, "3", None, "cameo:194", None), ("First", None, "directed")),
        ((BOMB, "3", "2", "cameo:194", None), ("First", "Second", "undirected")),
        (("Remote violence", "3", "7.0", None, None), ("First", "Second", "directed")),
        ((CIVILIANS, "3", "7", "cameo:180", "directed"), ("First", "Second", "directed")),
        ((CIVILIANS, "7", "3", "cameo:180", "directed"), ("Second", "First", "directed")),
        ((CIVILIANS, "Civilians", None, "cameo:180", "directed"), (None, "First", "directed")),
        ((CIVILIANS, "7", "7", "cameo:180", "directed"), ("First", "Second", "directed")),
        (("Protests", "6", "1", "cameo:140", "directed"), ("First", None, "directed")),
        (("Protests", "State forces", "Protesters", None, None), ("Second", None, "directed")),
        (("Riots/Protests", "6", "1", "cameo:140", None), ("First", None, "directed")),
        (("Riots/Protests", "5", "1", "cameo:140", None), ("First", "Second", "undirected")),
        ((RIOT, "5", "7", "cameo:145", None), ("First", "Second", "directed")),
        (("Strategic developments", "1", "2", None, None), ("First", "Second", "undirected")),
        (("Strategic developments", "1", None, None, None), ("First", None, None)),
        (("Strategic developments", "1", None, "cameo:057", "symmetric"), ("First", None, None)),
    ],
)
def test_who_acts_against_whom(given: tuple[Any, ...], told: tuple[Any, ...]) -> None:
    assert sides(*given) == told


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Protesters (Malta)", "MLT"),
        ("Military Forces of Mali (2020-2021) Presidential Guard", "MLI"),
        ("Police Forces of the United States", "USA"),
        ("Government of Algeria (1999-)", "DZA"),
        ("Invented Mission in Mali (2013-2023) (Kenya)", "KEN"),
        ("Unidentified Armed Group (Mali)", None),
        ("Blue Boat Militia", None),
        ("Forces of Freedom (2019-)", None),
        ("Protesters (International)", None),
    ],
)
def test_the_country_of_a_party(name: str, country: str | None) -> None:
    assert country_of_party(pl.Series([name]))[0] == country


def test_the_table_of_acts_has_codes_and_words_that_there_are() -> None:
    for act in source_actions("acled").values():
        assert act.action_code is None or act.action_code in actions()
        assert (act.action_code is None) == (act.action_match is None)
        assert act.direction is None or act.direction in {one.value for one in Direction}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.name[:-14])
def test_what_has_no_counterpart_is_counted(expected: Path, tmp_path: Path) -> None:
    told = json.loads(expected.read_text("utf-8"))
    if told["refused"]:
        return
    stem = f"{expected.name.removesuffix('.expected.json')}."
    found = (p for p in expected.parent.glob(f"{stem}*") if p != expected)
    (source,) = (p for p in found if not p.name.endswith(".expected.json"))
    account = convert([source], tmp_path / "out.csv")
    assert {column: dict(values) for (_, column), values in account.unmapped.items()} == told[
        "unmapped"
    ]


def test_every_column_of_the_crosswalks_is_told_once_by_name() -> None:
    for system in ("acled", "icews"):
        links = crosswalk(system)
        kept = {link.column: link.kept_as for link in links if link.kept_as}
        assert all(name.startswith("source_") for name in kept.values())
        assert len({(link.column, link.field) for link in links}) == len(links)
