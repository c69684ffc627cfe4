"""Tables to which nested records lead are looked up by hashes, whether held or in chunks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.dataset.csv_file import write_csv
from qantar.schema import TABLES, Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.asked_file import Among
from qantar.validation.engine.large_file import check_large
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.nested.known_table import KnownTables, hashes_of_rows
from qantar.validation.engine.nested.nested_link import links_of
from qantar.validation.rules.link.side import Side
from qantar.validation.rules.value.rule import BROKEN
from qantar.validation.tables.key_record import rows_of
from support import made_up
from support.told_tables import CODED_TABLES

CODED = Profile.coded
ACTORS = made_up.corpus().tables()["actors"]


def registry(folder: Path) -> LinkedTable:
    path = folder / "actors.csv"
    path.write_bytes(write_csv(CODED_TABLES["actors"], [*ACTORS, ACTORS[0]]))
    taken: list[LinkedTable] = []
    check_large(path, "csv", file="actors.csv", least=0, chunk=200, among=Among(taken.append))
    return taken[0]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTables:
    links = links_of(CODED, frozenset({"actors"})).outward
    return KnownTables({"actors": registry(tmp_path_factory.mktemp("known"))}, links, CODED)


@given(asked=st.lists(st.integers(0, len(ACTORS)), max_size=6))
def test_the_rows_of_a_key_are_found_and_no_others(asked: list[int], known: KnownTables) -> None:
    names = [ACTORS[n]["actor_id"] if n < len(ACTORS) else "nobody" for n in asked]
    pointing = [{"actor_id": name} for name in names]
    hashes = hashes_of_rows(pointing, ("actor_id",), "participants", CODED)
    found = rows_of(known.records(Side("actors", ("actor_id",)), hashes)).tolist()
    ids = [row["actor_id"] for row in [*ACTORS, ACTORS[0]]]
    assert sorted(found) == [place for place, name in enumerate(ids) if name in names]


def test_the_rows_to_which_others_lead_are_read_again(known: KnownTables) -> None:
    pointing: Rows = {table: [] for table in TABLES}
    pointing["participants"] = [{"actor_id": ACTORS[1]["actor_id"]}, {"actor_id": BROKEN}, {}]
    assert known.rows(pointing) == {"actors": [{"actor_id": ACTORS[1]["actor_id"]}]}
