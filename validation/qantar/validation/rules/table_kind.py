"""Which table a set of columns is, and how much it promises to hold."""

from collections.abc import Collection, Iterator

from qantar.schema import TABLES, Profile
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.value_rule import is_required

# Half of what tells a table apart may be a key that others point to it with.
LEAST_LIKENESS = 0.5


def table_of(columns: Collection[str]) -> str | None:
    """The table that has these columns, or None where none or several fit equally well.

    A table fits by its key and by what it requires; among those that fit, the one that
    shares most columns and lacks fewest.
    """
    names = set(columns)
    ranked = sorted(
        ((_likeness(table, names), table.name) for table in TABLES.values()), reverse=True
    )
    (best, name), (second, _) = ranked[:2]
    return name if best > second and best[0] > LEAST_LIKENESS else None


def profile_of(table: str, columns: Collection[str]) -> Profile:
    """Coded where all columns are there that coded rows must fill, else exchange."""
    needed = _required(table, Profile.coded)
    return Profile.coded if set(needed) <= set(columns) else Profile.exchange


def faults_of_profile(table: str, columns: Collection[str]) -> Iterator[Fault]:
    """What keeps a table from being judged as coded that seems to be meant so.

    It seems so where at least half of the columns are there that only coded rows must fill.
    """
    converted = {*_required(table, Profile.exchange)}
    coded = [name for name in _required(table, Profile.coded) if name not in converted]
    absent = [name for name in coded if name not in columns]
    if 2 * len(absent) > len(coded):
        return
    for name in absent:
        told = f"{name} is missing, so the table is judged as exchange rows."
        yield fault_by("coded-column-missing", told, column=name)


def _required(table: str, profile: Profile) -> list[str]:
    return [column.name for column in TABLES[table].columns if is_required(column, profile)]


def _likeness(table: Table, names: set[str]) -> tuple[float, int, int]:
    """(share of what tells the table apart that is there, columns shared, columns lacked)."""
    exchange = {c.name for c in table.columns if c.required_in_exchange}
    needed = exchange or {c.name for c in table.columns if is_required(c, Profile.coded)}
    telling = needed | set(table.primary_key)
    shared = names & table.by_name.keys()
    return len(telling & names) / len(telling), len(shared), len(shared) - len(table.columns)
