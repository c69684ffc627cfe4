"""What a coder has written down: sentences, events, mentions, and what belongs to them.

`qantar.builders.sheet` and `qantar.builders.calls` are how it is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from qantar.builders.origin import Place, Written
from qantar.builders.prose import Told
from qantar.schema.context import Context
from qantar.schema.vocabulary import (
    Certainty,
    CodeFit,
    Confidence,
    ContentStatus,
    CountedSide,
    CountKind,
    CountPrecision,
    DateBasis,
    Direction,
    Disposition,
    Factuality,
    PlacePrecision,
    Polarity,
    Quotation,
    RelationType,
    SpeechAct,
    Standing,
    UncodedReason,
    Zone,
)

Range: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Naming:
    """Words that name another actor than the party itself, as a country for its president."""

    words: Range | list[Range]
    actor_id: str


# One value is a range, or a list of ranges where its words are split; None skips a value
# that no words support.
Words: TypeAlias = Range | list[Range] | Naming | None
Spans: TypeAlias = Mapping[str, Range | Naming | list[Words]]


class CodingError(ValueError):
    """A project that cannot be compiled: says where, what and what to do.

    Several faults that one run found stand each on a line.
    """

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(f"{place}: {message}" if place else message)


@dataclass(frozen=True)
class LedgerLine(Written):
    """A sentence and what became of it; offsets in code points, end exclusive."""

    sentence_no: int
    zone: Zone
    char_start: int
    char_end: int
    disposition: Disposition
    reason: UncodedReason | None = None
    note: Told = field(default_factory=dict)


@dataclass(frozen=True)
class Source(Written):
    """A link in the chain of who says so."""

    actor_id: str
    speech_act: SpeechAct
    verbatim: bool = False
    implied: bool = False


@dataclass(frozen=True)
class MentionCoding(Written):
    """A place in the sheet's article that reports an event."""

    sentence_no: int
    spans: Spans
    leading: bool = False
    factuality: Factuality = Factuality.asserted
    polarity: Polarity = Polarity.affirmative
    content_status: ContentStatus | None = None
    conditional: bool = False
    sources: tuple[Source, ...] = ()
    certainty: Certainty | None = None
    quotation: Quotation | None = None
    article_id: str = ""


@dataclass(frozen=True)
class When(Written):
    """A date, its bounds and what they rest on; `earliest_from` and `latest_from` are events."""

    edtf: str | None
    basis: DateBasis
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None
    earliest_from: str | None = None
    latest_from: str | None = None
    note: Told = field(default_factory=dict)


@dataclass(frozen=True)
class Where(Written):
    """A place in degrees (WGS 84), and how precise it is."""

    name: str
    country: str
    precision: PlacePrecision
    latitude: float | None = None
    longitude: float | None = None
    place_id: str | None = None
    admin1: str | None = None


@dataclass(frozen=True)
class Count(Written):
    """A number of people as one claimant gives it; without one, the article itself."""

    kind: CountKind
    low: int | None = None
    best: int | None = None
    high: int | None = None
    claimant: str | None = None
    of_whom: CountedSide = CountedSide.all
    of_actor: str | None = None
    precision: CountPrecision | None = None


@dataclass(frozen=True)
class Link(Written):
    """A relation to another event; `said_in` counts the event's mentions from 1."""

    relation: RelationType
    other_event_id: str
    said_in: int | None = None


@dataclass(frozen=True)
class Considered(Written):
    """A value weighed for a field and not taken."""

    field: str
    value: str
    standing: Standing
    reason: str


@dataclass(frozen=True)
class EventCoding(Written):
    """An event as the coder lays it down; the leading mention gives it its status."""

    event_id: str
    action_code: str
    mentions: tuple[MentionCoding, ...]
    when: When
    summary: Told
    confidence: Confidence
    parties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    associated: frozenset[str] = frozenset()
    code_fit: CodeFit = CodeFit.exact
    direction: Direction = Direction.directed
    thing: Told = field(default_factory=dict)
    condition: Told = field(default_factory=dict)
    content_status_note: Told = field(default_factory=dict)
    confidence_note: Told = field(default_factory=dict)
    where: Where | None = None
    counts: tuple[Count, ...] = ()
    contexts: tuple[Context, ...] = ()
    links: tuple[Link, ...] = ()
    considered: tuple[Considered, ...] = ()
    record_version: int = 1
