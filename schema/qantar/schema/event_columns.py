"""The columns of the table of events: given, told by the codebook, or following from others."""

from dataclasses import replace

from qantar.schema.codebook import Action, Country, stray_actions
from qantar.schema.event import EventFields, ExchangeFields, Participant
from qantar.schema.patterns import ColumnKind
from qantar.schema.registry import Actor
from qantar.schema.table import Column, Wider, as_derived, columns_of, derived
from qantar.schema.vocabulary import DateExtent

EVENT = {column.name: column for column in columns_of(EventFields, "schema_version")}
EXCHANGE = {column.name: column for column in columns_of(ExchangeFields)}
PARTICIPANT = {column.name: column for column in columns_of(Participant)}
ACTION = {column.name: column for column in columns_of(Action)}
_COUNTRY = {column.name: column for column in columns_of(Country)}
_ACTOR = {column.name: column for column in columns_of(Actor)}
_EXCHANGE_CORE = ("event_id", "record_version", "action_code", "date_earliest", "date_latest")
# What may say that an event has no first or no last day; see the rule `date-bounds-missing`.
_NO_DAY = ("date_edtf", "date_basis", "factuality", "polarity")
_EXCUSES = {
    "date_earliest": _NO_DAY,
    "date_latest": _NO_DAY,
    # What CAMEO and PLOVER have no code for is told in the source's own words.
    "action_code": ("source_action",),
}


def _named(description: str, name: str) -> Column:
    """The name of an actor in one language, whichever that is."""
    return replace(as_derived(_ACTOR["name"], description, name=name), by_language=False)


def _party(slot: str) -> tuple[Column, ...]:
    first = f"of the first {slot}; all are in participants."
    return (
        as_derived(PARTICIPANT["actor_id"], f"Id {first}", name=f"{slot}_id"),
        _named(f"Name in the main language {first}", f"{slot}_name"),
        as_derived(PARTICIPANT["actor_code"], f"CAMEO actor code {first}", name=f"{slot}_code"),
        as_derived(
            PARTICIPANT["actor_country_code"],
            f"ISO 3166-1 alpha-3 country {first}",
            name=f"{slot}_country_code",
        ),
    )


def _from_codebook() -> dict[str, tuple[Column, ...]]:
    """What the codebook and the parties tell, after the columns of the act."""
    scale_note = "Only where the act occurred, since a scale measures acts. "
    return {
        "action_code": (
            as_derived(ACTION["action_name"], "Standard name of the code, from the codebook."),
            as_derived(
                ACTION["root_code"],
                "Broadest code, from the codebook.",
                name="action_root_code",
            ),
        ),
        "code_fit": (
            as_derived(ACTION["plover_type"], "PLOVER type of the code, from the codebook."),
            as_derived(
                ACTION["goldstein_gdelt"], scale_note + ACTION["goldstein_gdelt"].description
            ),
            as_derived(
                ACTION["quad_class_gdelt"], scale_note + ACTION["quad_class_gdelt"].description
            ),
            *_party("actor"),
            *_party("target"),
        ),
    }


def _from_record() -> dict[str, tuple[Column, ...]]:
    """What follows from other values of the record, each after the column it follows from."""
    return {
        "direction": (
            derived(
                "symmetric",
                ColumnKind.boolean,
                "Whether actor and target do the act alike: direction is symmetric.",
            ),
        ),
        "polarity": (
            derived(
                "occurred",
                ColumnKind.boolean,
                "Whether the act took place: asserted or presupposed, and neither negated nor "
                "only probable or possible.",
                required=True,
            ),
        ),
        "condition": (
            derived(
                "attributed",
                ColumnKind.boolean,
                "Whether the leading mention names a source rather than speaking for itself.",
                required=True,
            ),
        ),
        "date_edtf": (
            derived(
                "date_extent",
                ColumnKind.string,
                "Whether date_edtf is one day, one day within several, or all days of a span.",
                enum=tuple(member.value for member in DateExtent),
            ),
        ),
    }


def _from_elsewhere() -> dict[str, tuple[Column, ...]]:
    """What converted records give, and how often the act is told."""
    return {
        "place_precision": tuple(
            replace(
                EXCHANGE[name],
                description=f"{EXCHANGE[name].description} From counts, where there are any.",
                derived=True,
                in_exchange_only=True,
            )
            for name in EXCHANGE
            if name.startswith("fatalities_")
        ),
        "confidence_note": (
            derived(
                "n_mentions", ColumnKind.integer, "Number of mentions.", required=True, minimum=1
            ),
            derived(
                "n_articles",
                ColumnKind.integer,
                "Number of articles with a mention.",
                required=True,
                minimum=1,
            ),
            *(
                replace(column, in_exchange_only=True)
                for name, column in EXCHANGE.items()
                if not name.startswith("fatalities_")
            ),
        ),
    }


def event_columns() -> tuple[Column, ...]:
    """Every column of `events`, in order."""
    after = _from_codebook() | _from_record() | _from_elsewhere()
    columns: list[Column] = []
    wider = {"action_code": Wider(enum=(*(EVENT["action_code"].enum or ()), *stray_actions()))}
    for name, column in EVENT.items():
        columns.append(
            replace(
                column,
                required_in_exchange=name in _EXCHANGE_CORE,
                excused_by=_EXCUSES.get(name, ()),
                wider=wider.get(name, column.wider),
            )
        )
        columns.extend(after.get(name, ()))
    return tuple(columns)


def side_columns(side: str) -> tuple[Column, ...]:
    """The columns of `dyads` that tell of the actor, or of the target."""
    of_side = f"of the {side}"
    return (
        _named(f"Name in the main language {of_side}.", f"{side}_name"),
        as_derived(PARTICIPANT["actor_code"], f"CAMEO actor code {of_side}.", name=f"{side}_code"),
        as_derived(
            PARTICIPANT["actor_country_code"],
            f"ISO 3166-1 alpha-3 country {of_side}.",
            name=f"{side}_country_code",
        ),
        as_derived(
            _COUNTRY["cow_number"],
            f"Correlates of War number of the country {of_side}.",
            name=f"{side}_cow_number",
        ),
    )
