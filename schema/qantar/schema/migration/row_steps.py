"""The steps on single rows: each a function from plain row to plain row and what it set."""

from qantar.schema.migration.date_step import date_as_set, set_of
from qantar.schema.migration.setting import Setting, Step, Stepped, Surety, after, renamed
from qantar.schema.shape import Row
from qantar.schema.vocabulary import Certainty, CountedActs, DigestKey, Direction, Factuality

_DIRECTIONS = {True: Direction.symmetric, False: Direction.directed}
_AS_TEXT = {"true": Direction.symmetric, "false": Direction.directed}
_WIKIDATA = "wikidata:"
_CODERS = "coder-1;coder-2"
# What is compared in these fields is whether there is an act.
_OF_ALL = ("event", "sentence")


def say_direction(row: Row, _lasting: frozenset[str]) -> Stepped:
    """``direction`` from ``symmetric``, which stays beside it where rows are flat."""
    value = row.get("symmetric")
    if value is None or "direction" in row:
        return row, []
    key = str(row.get("event_id", ""))
    if not isinstance(value, bool):
        told = "symmetric is neither true nor false, so no direction is set. Give one."
        return row, [_left("direction", "events", key, "symmetric", value, told)]
    found = str(_DIRECTIONS[value])
    told = "An act is symmetric or goes from actor to target."
    setting = Setting("direction", "events", key, "direction", None, found, _MECHANICAL, told)
    return after(row, "symmetric", "direction", found), [setting]


def say_certainty(table: str, id_column: str) -> Step:
    """The step that gives acts which are foretold a certainty; of events or of mentions."""

    def step(row: Row, _lasting: frozenset[str]) -> Stepped:
        if row.get("factuality") != Factuality.predicted or row.get("certainty") is not None:
            return row, []
        found = str(Certainty.possible)
        told = (
            "What is foretold says how certain it is: certain for will, probable for likely, "
            "possible for may. Read the words and correct it."
        )
        setting = Setting(
            "certainty",
            table,
            str(row.get(id_column, "")),
            "certainty",
            None,
            found,
            Surety.to_check,
            told,
        )
        return after(row, "factuality", "certainty", found), [setting]

    return step


def name_register(row: Row, _lasting: frozenset[str]) -> Stepped:
    """``external_id`` from ``wikidata_id``, as a CURIE."""
    if "wikidata_id" not in row:
        return row, []
    value, key = row["wikidata_id"], str(row.get("actor_id", ""))
    if value is None:
        return renamed(row, "wikidata_id", "external_id", None), []
    if row.get("external_id") is not None or not isinstance(value, str):
        told = "wikidata_id is no text, or external_id is there already; both stay. Settle them."
        return row, [_left("register", "actors", key, "wikidata_id", value, told)]
    found = f"{_WIKIDATA}{value}"
    told = "The id names its register."
    setting = Setting("register", "actors", key, "external_id", value, found, _MECHANICAL, told)
    kept = {name: held for name, held in row.items() if name != "external_id"}
    return renamed(kept, "wikidata_id", "external_id", found), [setting]


def say_digest_key(row: Row, _lasting: frozenset[str]) -> Stepped:
    """``digest_key`` none: the digests of schema 0.1.0 have no key."""
    if row.get("digest_key") is not None:
        return row, []
    found = str(DigestKey.none)
    told = "The digests of the article's spans and sentences are plain."
    key = str(row.get("article_id", ""))
    setting = Setting("digests", "articles", key, "digest_key", None, found, _MECHANICAL, told)
    return row | {"digest_key": found}, [setting]


def rename_considered(row: Row, lasting: frozenset[str]) -> Stepped:
    """Values that were weighed, in the words of the fields as they are now."""
    field, value = row.get("field"), row.get("value")
    key = str(row.get("event_id", ""))
    if field == "symmetric" and value in _AS_TEXT:
        found = str(_AS_TEXT[value])
        told = "The value that was weighed is one of direction."
        setting = Setting("weighed", "alternatives", key, "value", value, found, _MECHANICAL, told)
        return row | {"field": "direction", "value": found}, [setting]
    new = set_of(value) if field == "date_edtf" and isinstance(value, str) else None
    if new is None or key in lasting:
        return row, []
    told = "The limits that were weighed are those of one day, as those of the event are."
    setting = Setting("weighed", "alternatives", key, "value", value, new, _MECHANICAL, told)
    return row | {"value": new}, [setting]


def say_coders(row: Row, _lasting: frozenset[str]) -> Stepped:
    """``coders`` and what is counted: schema 0.1.0 has figures of two passes only."""
    if "counted" in row:
        return row, []
    key = f"{row.get('field', '')} {row.get('measure', '')}"
    counted = CountedActs.all if row.get("field") in _OF_ALL else CountedActs.matched
    settings = []
    if "coders" not in row:
        told = "Which coders are compared is guessed. Give their ids, separated by semicolons."
        settings = [_set_coders(key, _CODERS, Surety.to_check, told)]
    told = "Two coders were compared, in the acts that both have; in finding them, in all acts."
    settings.append(
        Setting("coders", "agreement", key, "counted", None, str(counted), _MECHANICAL, told)
    )
    return {"coders": _CODERS, "n_coders": 2} | row | {"counted": str(counted)}, settings


def name_coders(row: Row, coders: str) -> Stepped:
    """``coders`` as the raw passes of the same package name them."""
    if "coders" in row:
        return row, []
    key = f"{row.get('field', '')} {row.get('measure', '')}"
    told = "The coders are those of the raw passes."
    return {"coders": coders} | row, [_set_coders(key, coders, _MECHANICAL, told)]


def _set_coders(key: str, coders: str, surety: Surety, told: str) -> Setting:
    return Setting("coders", "agreement", key, "coders", None, coders, surety, told)


def _left(step: str, table: str, key: str, column: str, value: object, told: str) -> Setting:
    shown = value if isinstance(value, str | int | float) else str(value)
    return Setting(step, table, key, column, shown, shown, Surety.left, told)


_MECHANICAL = Surety.mechanical
STEPS: dict[str, tuple[Step, ...]] = {
    "events": (say_direction, date_as_set, say_certainty("events", "event_id")),
    "mentions": (say_certainty("mentions", "mention_id"),),
    "actors": (name_register,),
    "articles": (say_digest_key,),
    "alternatives": (rename_considered,),
    "agreement": (say_coders,),
}


def take_steps(table: str, row: Row, lasting: frozenset[str]) -> Stepped:
    """All steps on a row of a table, one after the other."""
    settings: list[Setting] = []
    for step in STEPS.get(table, ()):
        row, found = step(row, lasting)
        settings += found
    return row, settings
