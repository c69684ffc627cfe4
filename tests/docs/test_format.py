"""The page on the record format names the fields, lists and systems that there are."""

import json
import re
from pathlib import Path

from qantar.dataset import croissant, descriptor, ro_crate
from qantar.schema import Profile
from qantar.schema.context import Context
from qantar.schema.patterns import SOURCE_SYSTEM_PATTERN
from qantar.schema.plover import plover_types
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION
from qantar.schema.vocabulary import CountKind, Slot, Vocabulary

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", PAGE, flags=re.S)
# Columns of other systems.
OF_OTHERS = {"date_prec", "date_start", "date_end", "event_clarity"}
NUMBERS = {7: "seven", 8: "eight"}


def is_known(name):
    """Whether it is a table, a column in whatever language, or a word of a list."""
    words = {member.value for words in Vocabulary.__subclasses__() for member in words}
    return name in TABLES or name in words or any(name in t.by_name for t in TABLES.values())


def test_fields_and_values_are_those_of_the_schema():
    named = set(re.findall(r"`([a-z][a-z0-9]*_[a-z0-9_]*[a-z0-9])`", PROSE)) - OF_OTHERS
    assert len(named) > 30
    assert [n for n in sorted(named) if not n.startswith("source_") and not is_known(n)] == []


def test_its_numbers_are_those_of_the_lists():
    assert f"PLOVER: {len(Context)} contexts" in PAGE
    assert f"{len(plover_types())} types" in PAGE
    assert f"{NUMBERS[len(CountKind)]} kinds" in PAGE
    assert f"{NUMBERS[len(Slot)]} slots" in PAGE
    assert f"schema {SCHEMA_VERSION};" in " ".join(PAGE.split())


def test_it_names_every_slot_kind_and_system():
    systems = set(re.findall(r"[a-z][a-z0-9-]+", SOURCE_SYSTEM_PATTERN.split("|x-")[0]))
    section = PAGE.split("`source_system` is one of")[1].split("x-")[0]
    assert set(re.findall(r"`([a-z0-9-]+)`", section)) == systems
    for words in (Slot, CountKind):
        assert [m.value for m in words if not re.search(rf"\b{m.value}\b", PROSE)] == []


def test_it_names_the_versions_of_descriptors():
    found = "\n".join(
        Path(module.__file__ or "").read_text(encoding="utf-8")
        for module in (descriptor, croissant, ro_crate)
    )
    assert "profiles/2.0/" in found
    assert "croissant/1.0" in found
    assert "ro/crate/1.1" in found
    assert "Data Package 2.0, Croissant 1.0, RO-Crate 1.1" in PAGE


def test_the_hard_rows_are_as_many_as_it_says():
    folder = ROOT / "tests" / "examples" / "exchange"
    read = (folder / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| ([a-z0-9-]+) \| .* \| .* \| .* \|$", read, re.M)
    rows = [name for name in told if (folder / f"{name}.json").exists()]
    records = [json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in rows]
    families = {"gdelt1": "gdelt", "gdelt2": "gdelt"}
    systems = {families.get(r["source_system"], r["source_system"]) for r in records}
    assert (len(rows), len(systems)) == (20, 8)
    assert "Twenty hard rows of eight systems" in PAGE


def test_the_exchange_profile_has_the_open_prefix():
    assert TABLES["events"].of(Profile.exchange).open_prefix == "source_"
