"""What a record is: models, codebook, tables, rules and the published schemas."""

from qantar.schema.event import (
    Alternative,
    Attribution,
    Mention,
    Participant,
    Relation,
    Span,
)
from qantar.schema.event_record import Event
from qantar.schema.history import Agreement, Change, Coding
from qantar.schema.registry import Actor, ActorName, ActorRole
from qantar.schema.rule import Profile, Severity
from qantar.schema.source import Article, Sentence
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "Actor",
    "ActorName",
    "ActorRole",
    "Agreement",
    "Alternative",
    "Article",
    "Attribution",
    "Change",
    "Coding",
    "Event",
    "Mention",
    "Participant",
    "Profile",
    "Relation",
    "Sentence",
    "Severity",
    "Span",
]
