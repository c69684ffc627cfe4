"""The tables of a release, in the order in which they refer to each other."""

from dataclasses import replace
from typing import Any

from qantar.schema.codebook import Action, Country
from qantar.schema.country_code import ReleasedCode
from qantar.schema.event import (
    Alternative,
    Attribution,
    CountClaim,
    EventContext,
    Mention,
    Participant,
    Relation,
    Span,
)
from qantar.schema.event_columns import ACTION, EVENT, PARTICIPANT, event_columns, side_columns
from qantar.schema.history import Agreement, Change, Coding
from qantar.schema.patterns import ColumnKind
from qantar.schema.registry import Actor, ActorName, ActorRole
from qantar.schema.source import Article, Sentence
from qantar.schema.table import (
    Column,
    Reference,
    Table,
    as_derived,
    columns_of,
    derived,
)

OPEN_PREFIX = "source_"


def _key(parent: dict[str, Column], name: str) -> Column:
    return replace(parent[name], required=True, required_in_exchange=True)


def _child(model: Any, *keys: Column) -> tuple[Column, ...]:
    return (*keys, *columns_of(model))


_EVENT_KEY = _key(EVENT, "event_id")
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
            event_columns(),
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
            OPEN_PREFIX,
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
                as_derived(EVENT["event_id"], "The event."),
                as_derived(PARTICIPANT["actor_id"], "Who acts."),
                as_derived(PARTICIPANT["actor_id"], "For or against whom.", name="target_id"),
                *(column for side in ("actor", "target") for column in side_columns(side)),
                as_derived(EVENT["action_code"], "CAMEO code of the act, as a CURIE."),
                as_derived(
                    ACTION["root_code"], "Broadest code of the act.", name="action_root_code"
                ),
                as_derived(ACTION["quad_class_gdelt"], "GDELT's quad class of the act."),
                as_derived(EVENT["date_earliest"], "First day it can have been."),
                as_derived(EVENT["date_latest"], "Last day it can have been."),
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
