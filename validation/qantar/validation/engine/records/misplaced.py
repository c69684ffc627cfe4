"""Fields of a record that stand at the wrong level, or only in tables."""

from functools import cache

from qantar.schema.shape import INHERITED, RECORD_TABLES
from qantar.schema.tables import TABLES
from qantar.schema.vocabulary import Slot

_LEVELS = {
    "events": "the event itself",
    **{name: f"the items of {name}" for name in RECORD_TABLES if name != "events"},
}
_WITHIN = {"spans": "mentions", "attributions": "mentions"}


def place_of_field(table: str, name: str) -> str:
    """A sentence on where a field belongs that a record of a table does not have; else empty."""
    column = TABLES[table].by_name.get(name)
    slot, _, rest = name.partition("_")
    if table == "events" and column and column.derived and slot in (Slot.actor, Slot.target):
        return _tell_party(slot, rest)
    if column and column.derived:
        return "It is derived at release: leave it out."
    if name in INHERITED.get(table, ()):
        return "It is taken over from the record around it: leave it out."
    homes = _homes().get(TABLES["events"].base_of(name) or name, ())
    if not homes or table in homes:
        return ""
    levels = " or of ".join(_level(home) for home in homes)
    return f"It is a field of {levels}: move it there."


def _tell_party(slot: str, rest: str) -> str:
    field = {"code": "actor_code", "country_code": "actor_country_code"}.get(rest, "actor_id")
    told = f'Actors stand in participants, as {{"slot": "{slot}", "ordinal": 1, "actor_id": …}}'
    if rest == "name":
        return f"{told}; their names stand in the table actors."
    return f"{told}; this is {field} there."


def _level(home: str) -> str:
    within = f" in {_WITHIN[home]}" if home in _WITHIN else ""
    return f"{_LEVELS[home]}{within}"


@cache
def _homes() -> dict[str, tuple[str, ...]]:
    """By field, the levels of a record that have it, from the outermost on."""
    found: dict[str, tuple[str, ...]] = {}
    for table in RECORD_TABLES:
        inherited = INHERITED.get(table, ())
        for column in (c for c in TABLES[table].stored if c.name not in inherited):
            found[column.name] = (*found.get(column.name, ()), table)
        if table != "events":
            home = _WITHIN.get(table, "events")
            found[table] = (*found.get(table, ()), home)
    return found
