"""Which table a set of columns is, and how much it promises to hold."""

from collections.abc import Collection, Iterator

from qantar.schema import TABLES, Profile
from qantar.schema.language import languages_in
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.unknown_name import faults_of_names
from qantar.validation.rules.value.rule import is_column_required, is_required, missing

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
    told = {*columns} | TABLES[table].bases_in(columns)
    return Profile.coded if {*needed} <= told else Profile.exchange


def profile_of_records(names: Collection[str]) -> Profile:
    """The profile of nested records with these fields: exchange where they name a source."""
    events = TABLES["events"]
    given = {c.name for c in events.columns if c.in_exchange_only and not c.derived}
    is_converted = any(n in given or events.is_open_to(n, Profile.exchange) for n in names)
    return Profile.exchange if is_converted else Profile.coded


def faults_of_profile(table: str, columns: Collection[str]) -> Iterator[Fault]:
    """What keeps a table from being judged as coded that seems to be meant so.

    It seems so where at least half of the columns are there that only coded rows must fill.
    Derived columns are not asked for: a release computes them, and no coder fills them in.
    """
    left_out = {*_required(table, Profile.exchange)}
    left_out |= {column.name for column in TABLES[table].columns if column.derived}
    coded = [name for name in _required(table, Profile.coded) if name not in left_out]
    there = {*columns} | TABLES[table].bases_in(columns)
    absent = [name for name in coded if name not in there]
    if 2 * len(absent) > len(coded):
        return
    for name in absent:
        told = f"{name} is missing, so the table is judged as exchange rows."
        yield fault_by("coded-column-missing", told, column=name)


def faults_of_columns(
    table: Table, columns: Collection[str], profile: Profile, *, is_told: bool = False
) -> Iterator[Fault]:
    """Columns that are missing and columns that the table does not have.

    is_told: whether the columns told the profile.
    """
    table = table.of(profile)
    shared = table.by_name.keys() & {*columns}
    told = shared | table.bases_in(columns)
    for column in table.columns:
        if column.name not in told and is_column_required(column, profile, shared):
            yield missing(column)
    if is_told:
        yield from faults_of_profile(table.name, shared)
    odd = [n for n in columns if not (n in table.by_name or table.is_open_to(n, profile))]
    said = f"a column of {table.name}, and not checked"
    known = names_known(table, columns)
    for odd_name, fault in faults_of_names("column-unknown", odd, known, shared, said):
        yield fault.at(column=odd_name)


def names_known(table: Table, names: Collection[str]) -> tuple[str, ...]:
    """The columns that may be meant by a name: prose in the languages that others have."""
    languages = languages_in(names, table.prose) or ("en",)
    return (*table.in_languages(languages).by_name,)


def unknown_columns(columns: Collection[str]) -> Fault:
    """The fault of columns that do not tell which table they are."""
    told = f"The columns {', '.join([*columns][:10])} do not tell which table this is."
    if not columns:
        told = "There are no columns to tell which table this is."
    return Fault("table-unknown", told)


def _required(table: str, profile: Profile) -> list[str]:
    return [column.name for column in TABLES[table].columns if is_required(column, profile)]


def _likeness(table: Table, names: set[str]) -> tuple[float, int, int]:
    """(share of what tells the table apart that is there, columns shared, columns lacked)."""
    exchange = {c.name for c in table.columns if c.required_in_exchange}
    needed = exchange or {c.name for c in table.columns if is_required(c, Profile.coded)}
    telling = needed | set(table.primary_key)
    shared = names & table.by_name.keys()
    told = names | table.bases_in(names)
    return len(telling & told) / len(telling), len(shared), len(shared) - len(table.columns)
