"""The tables of a release, in the order in which they refer to each other."""

from dataclasses import replace
from typing import Any

from qantar.schema.codebook import Action, Country, stray_actions
from qantar.schema.country_code import ReleasedCode
from qantar.schema.event import (
    Alternative,
    Attribution,
    CountClaim,
    EventContext,
    EventFields,
    ExchangeFields,
    Mention,
    Participant,
    Relation,
    Span,
)
from qantar.schema.history import Agreement, Change, Coding
from qantar.schema.patterns import ColumnKind
from qantar.schema.registry import Actor, ActorName, ActorRole
from qantar.schema.source import Article, Sentence
from qantar.schema.table import (
    Column,
    Reference,
    Table,
    Wider,
    as_derived,
    columns_of,
    derived,
)
from qantar.schema.vocabulary import DateExtent

_EVENT = {column.name: column for column in columns_of(EventFields, "schema_version")}
_EXCHANGE = {column.name: column for column in columns_of(ExchangeFields)}
_PARTICIPANT = {column.name: column for column in columns_of(Participant)}
_ACTION = {column.name: column for column in columns_of(Action)}
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
OPEN_PREFIX = "source_"


def _named(description: str, name: str) -> Column:
    """The name of an actor in one language, whichever that is."""
    return replace(as_derived(_ACTOR["name"], description, name=name), by_language=False)


def _party(slot: str) -> tuple[Column, ...]:
    first = f"of the first {slot}; all are in participants."
    return (
        as_derived(_PARTICIPANT["actor_id"], f"Id {first}", name=f"{slot}_id"),
        _named(f"Name in the main language {first}", f"{slot}_name"),
        as_derived(_PARTICIPANT["actor_code"], f"CAMEO actor code {first}", name=f"{slot}_code"),
        as_derived(
            _PARTICIPANT["actor_country_code"],
            f"ISO 3166-1 alpha-3 country {first}",
            name=f"{slot}_country_code",
        ),
    )


def _event_columns() -> tuple[Column, ...]:
    scale_note = "Only where the act occurred, since a scale measures acts. "
    after = {
        "action_code": (
            as_derived(_ACTION["action_name"], "Standard name of the code, from the codebook."),
            as_derived(
                _ACTION["root_code"],
                "Broadest code, from the codebook.",
                name="action_root_code",
            ),
        ),
        "code_fit": (
            as_derived(_ACTION["plover_type"], "PLOVER type of the code, from the codebook."),
            as_derived(
                _ACTION["goldstein_gdelt"], scale_note + _ACTION["goldstein_gdelt"].description
            ),
            as_derived(
                _ACTION["quad_class_gdelt"], scale_note + _ACTION["quad_class_gdelt"].description
            ),
            *_party("actor"),
            *_party("target"),
        ),
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
        "place_precision": tuple(
            replace(
                _EXCHANGE[name],
                description=f"{_EXCHANGE[name].description} From counts, where there are any.",
                derived=True,
                in_exchange_only=True,
            )
            for name in _EXCHANGE
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
                for name, column in _EXCHANGE.items()
                if not name.startswith("fatalities_")
            ),
        ),
    }
    columns: list[Column] = []
    wider = {"action_code": Wider(enum=(*(_EVENT["action_code"].enum or ()), *stray_actions()))}
    for name, column in _EVENT.items():
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


def _side(side: str) -> tuple[Column, ...]:
    of_side = f"of the {side}"
    return (
        _named(f"Name in the main language {of_side}.", f"{side}_name"),
        as_derived(_PARTICIPANT["actor_code"], f"CAMEO actor code {of_side}.", name=f"{side}_code"),
        as_derived(
            _PARTICIPANT["actor_country_code"],
            f"ISO 3166-1 alpha-3 country {of_side}.",
            name=f"{side}_country_code",
        ),
        as_derived(
            _COUNTRY["cow_number"],
            f"Correlates of War number of the country {of_side}.",
            name=f"{side}_cow_number",
        ),
    )


def _key(parent: dict[str, Column], name: str) -> Column:
    return replace(parent[name], required=True, required_in_exchange=True)


def _child(model: Any, *keys: Column) -> tuple[Column, ...]:
    return (*keys, *columns_of(model))


_EVENT_KEY = _key(_EVENT, "event_id")
_MENTION = {column.name: column for column in columns_of(Mention)}
_MENTION_KEY = _key(_MENTION, "mention_id")
_TO_EVENT = Reference(("event_id",), "events", ("event_id",))
_TO_ACTOR = Reference(("actor_id",), "actors", ("actor_id",))
_TO_ARTICLE = Reference(("article_id",), "articles", ("article_id",))
_TO_MENTION = Reference(("mention_id",), "mentions", ("mention_id",))

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "events",
            "One row is an event as it stands.",
            _event_columns(),
            ("event_id",),
            (
                Reference(("action_code",), "codes", ("action_code",)),
                Reference(("actor_id",), "actors", ("actor_id",)),
                Reference(("target_id",), "actors", ("actor_id",)),
                Reference(("fatalities_claimant_id",), "actors", ("actor_id",)),
                *(
                    Reference((name,), "events", ("event_id",))
                    for name in (
                        "date_anchor_event_id",
                        "date_earliest_event_id",
                        "date_latest_event_id",
                    )
                ),
            ),
            OPEN_PREFIX,
        ),
        Table(
            "participants",
            "One row is an actor in a slot of an event.",
            _child(Participant, _EVENT_KEY),
            ("event_id", "slot", "ordinal"),
            (_TO_EVENT, _TO_ACTOR),
        ),
        Table(
            "counts",
            "One row is a number of people, as one claimant gives it.",
            _child(CountClaim, _EVENT_KEY),
            ("event_id", "ordinal"),
            (
                _TO_EVENT,
                Reference(("of_actor_id",), "actors", ("actor_id",)),
                Reference(("claimant_id",), "actors", ("actor_id",)),
            ),
        ),
        Table(
            "contexts",
            "One row is a subject matter to which an event belongs.",
            _child(EventContext, _EVENT_KEY),
            ("event_id", "context"),
            (_TO_EVENT,),
        ),
        Table("actors", "One row is an actor.", columns_of(Actor), ("actor_id",)),
        Table(
            "actor_names",
            "One row is a name as it occurs in an article.",
            columns_of(ActorName),
            ("actor_id", "name", "language_code"),
            (_TO_ACTOR,),
        ),
        Table(
            "actor_roles",
            "One row is a role of an actor, dated where the dates are known.",
            columns_of(ActorRole),
            (),
            (_TO_ACTOR, Reference(("represents_id",), "actors", ("actor_id",))),
        ),
        Table(
            "mentions",
            "One row is a report of an event in a sentence of an article.",
            (_MENTION_KEY, _EVENT_KEY, *columns_of(Mention, "mention_id")),
            ("mention_id",),
            (
                _TO_EVENT,
                _TO_ARTICLE,
                Reference(
                    ("article_id", "sentence_no"), "sentences", ("article_id", "sentence_no")
                ),
            ),
        ),
        Table(
            "spans",
            "One row is a run of characters that a field of a mention was read from.",
            (
                _MENTION_KEY,
                as_derived(_MENTION["article_id"], "The mention's article, from mentions."),
                *columns_of(Span),
            ),
            ("mention_id", "field", "ordinal", "part"),
            (_TO_MENTION, _TO_ARTICLE, _TO_ACTOR),
        ),
        Table(
            "attributions",
            "One row is a link in the chain of who says so.",
            _child(Attribution, _MENTION_KEY),
            ("mention_id", "ordinal"),
            (_TO_MENTION, _TO_ACTOR),
        ),
        Table(
            "relations",
            "One row is a typed link between two events.",
            _child(Relation, _EVENT_KEY),
            ("event_id", "relation", "other_event_id"),
            (
                _TO_EVENT,
                Reference(("other_event_id",), "events", ("event_id",)),
                _TO_MENTION,
            ),
        ),
        Table("articles", "One row is an article.", columns_of(Article), ("article_id",)),
        Table(
            "sentences",
            "One row is a sentence of an article, coded or not.",
            columns_of(Sentence),
            ("article_id", "sentence_no"),
            (_TO_ARTICLE,),
        ),
        Table("codes", "One row is a CAMEO code.", columns_of(Action), ("action_code",)),
        Table("countries", "One row is a country.", columns_of(Country), ("country_code",)),
        Table(
            "country_codes",
            "One row is what a system calls a country, for as long as it does.",
            columns_of(ReleasedCode),
            (),
            (Reference(("country_code",), "countries", ("country_code",)),),
        ),
        Table(
            "alternatives",
            "One row is a value that was considered for a field and not taken.",
            _child(Alternative, _EVENT_KEY),
            ("event_id", "field", "value"),
            (_TO_EVENT,),
        ),
        Table(
            "changes",
            "One row is a version of a record, also of records that are gone.",
            columns_of(Change),
            ("event_id", "record_version"),
        ),
        Table(
            "codings",
            "One row is a value as one coder gave it, before differences were settled.",
            columns_of(Coding),
            ("coder_id", "coding_id", "field", "value"),
            (_TO_EVENT,),
        ),
        Table(
            "agreement",
            "One row is a figure of how far two or more coders agreed.",
            columns_of(Agreement),
            ("coders", "field", "measure", "counted"),
        ),
        Table(
            "dyads",
            "One row is a directed actor-target pair of an event that occurred (a view).",
            (
                as_derived(_EVENT["event_id"], "The event."),
                as_derived(_PARTICIPANT["actor_id"], "Who acts."),
                as_derived(_PARTICIPANT["actor_id"], "For or against whom.", name="target_id"),
                *(column for side in ("actor", "target") for column in _side(side)),
                as_derived(_EVENT["action_code"], "CAMEO code of the act, as a CURIE."),
                as_derived(
                    _ACTION["root_code"], "Broadest code of the act.", name="action_root_code"
                ),
                as_derived(_ACTION["quad_class_gdelt"], "GDELT's quad class of the act."),
                as_derived(_EVENT["date_earliest"], "First day it can have been."),
                as_derived(_EVENT["date_latest"], "Last day it can have been."),
                derived(
                    "weight",
                    ColumnKind.number,
                    "One over the number of rows of the same event, so that weights of an "
                    "event add up to one.",
                    required=True,
                    minimum=0,
                    maximum=1,
                ),
            ),
            ("event_id", "actor_id", "target_id"),
            (
                _TO_EVENT,
                _TO_ACTOR,
                Reference(("target_id",), "actors", ("actor_id",)),
            ),
        ),
    )
}
