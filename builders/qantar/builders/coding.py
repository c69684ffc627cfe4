"""The coding language: what a coder writes down of one article.

A coding sheet is a Python module that makes one `Sheet`, lays down the ledger of its
sentences and codes its events. Offsets stand in the module; the digests of the characters
stand beside it in a generated file (``qantar pin``), so that no word of the text is stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from qantar.builders.origin import Place, Written, place_of_call
from qantar.schema.vocabulary import (
    CodeFit,
    Confidence,
    ContentStatus,
    DateBasis,
    Disposition,
    Factuality,
    PlacePrecision,
    Polarity,
    PublishedBasis,
    RelationType,
    SpanField,
    SpeechAct,
    Standing,
    UncodedReason,
    Zone,
)

Range: TypeAlias = tuple[int, int]
# One value is a range, or a list of ranges where its words are split; None skips a value
# that no words support.
Words: TypeAlias = Range | list[Range] | None
Spans: TypeAlias = Mapping[str, Range | list[Words]]


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
    note_en: str | None = None


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
    article_id: str = ""


@dataclass(frozen=True)
class When(Written):
    """A date, its bounds and what they rest on."""

    edtf: str | None
    basis: DateBasis
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Where(Written):
    """A place in degrees (WGS 84), and how precise it is."""

    name: str
    country: str
    precision: PlacePrecision
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Toll(Written):
    """A number of deaths with who gives it."""

    low: int
    best: int
    high: int
    claimant: str


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
    summary_en: str
    summary_vi: str
    confidence: Confidence
    parties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    code_fit: CodeFit = CodeFit.exact
    symmetric: bool = False
    object_en: str | None = None
    condition_en: str | None = None
    content_status_note_en: str | None = None
    confidence_note_en: str | None = None
    where: Where | None = None
    toll: Toll | None = None
    links: tuple[Link, ...] = ()
    considered: tuple[Considered, ...] = ()
    record_version: int = 1


@dataclass
class Sheet:
    """The coding sheet of one article, pinned by the digest and length of its text."""

    article_id: str
    language_code: str
    text_sha256: str
    text_length: int
    published_earliest: str
    published_latest: str
    published_basis: str
    title: str | None = None
    publisher: str | None = None
    published_local: str | None = None
    published_note_en: str | None = None
    lines: list[LedgerLine] = field(default_factory=list)
    events: list[EventCoding] = field(default_factory=list)
    further: list[tuple[str, MentionCoding]] = field(default_factory=list)
    written_at: Place | None = field(default_factory=place_of_call, compare=False, repr=False)

    def __post_init__(self) -> None:
        PublishedBasis(self.published_basis)

    def coded(self, number: int, zone: str, start: int, end: int) -> None:
        """Enter a sentence from which a mention was read."""
        self.lines.append(LedgerLine(number, Zone(zone), start, end, Disposition.coded))

    def not_codeable(
        self, number: int, zone: str, start: int, end: int, reason: str, note: str
    ) -> None:
        """Enter a sentence that holds no codeable act, and say why."""
        self._uncoded(number, zone, (start, end), Disposition.not_codeable, reason, note)

    def out_of_scope(
        self, number: int, zone: str, start: int, end: int, reason: str, note: str
    ) -> None:
        """Enter a sentence on what the dataset does not cover, and say why."""
        self._uncoded(number, zone, (start, end), Disposition.out_of_scope, reason, note)

    def event(self, coding: EventCoding) -> None:
        """Enter an event of which this article is the first to tell."""
        mentions = tuple(replace(m, article_id=self.article_id) for m in coding.mentions)
        self.events.append(replace(coding, mentions=mentions))

    def also(self, event_id: str, coding: MentionCoding) -> None:
        """Enter a mention of an event that another article's sheet holds."""
        self.further.append((event_id, replace(coding, article_id=self.article_id)))

    def _uncoded(
        self,
        number: int,
        zone: str,
        place: Range,
        disposition: Disposition,
        reason: str,
        note: str,
    ) -> None:
        self.lines.append(
            LedgerLine(number, Zone(zone), *place, disposition, UncodedReason(reason), note)
        )


def event(
    event_id: str,
    code: str,
    *,
    when: When,
    mentions: Iterable[MentionCoding],
    summary_en: str,
    summary_vi: str,
    confidence: str,
    actors: Sequence[str] = (),
    targets: Sequence[str] = (),
    addressees: Sequence[str] = (),
    instruments: Sequence[str] = (),
    channels: Sequence[str] = (),
    products: Sequence[str] = (),
    fit: str = "exact",
    symmetric: bool = False,
    thing: str | None = None,
    condition: str | None = None,
    status_note: str | None = None,
    confidence_note: str | None = None,
    where: Where | None = None,
    toll: Toll | None = None,
    links: Iterable[Link] = (),
    considered: Iterable[Considered] = (),
    version: int = 1,
) -> EventCoding:
    """Code one act. Parties are actor ids of the registry, in order."""
    parties = {
        "actor": actors,
        "target": targets,
        "addressee": addressees,
        "instrument": instruments,
        "channel": channels,
        "product": products,
    }
    return EventCoding(
        event_id=event_id,
        action_code=code,
        mentions=tuple(mentions),
        when=when,
        summary_en=summary_en,
        summary_vi=summary_vi,
        confidence=Confidence(confidence),
        parties={slot: actor_ids for slot, actor_ids in parties.items() if actor_ids},
        code_fit=CodeFit(fit),
        symmetric=symmetric,
        object_en=thing,
        condition_en=condition,
        content_status_note_en=status_note,
        confidence_note_en=confidence_note,
        where=where,
        toll=toll,
        links=tuple(links),
        considered=tuple(considered),
        record_version=version,
    )


def mention(
    sentence_no: int,
    *,
    spans: Spans,
    leading: bool = False,
    factuality: str = "asserted",
    polarity: str = "affirmative",
    status: str | None = None,
    conditional: bool = False,
    sources: Iterable[Source] = (),
) -> MentionCoding:
    """Enter where the article reports an act; `spans` gives each field its characters."""
    for name in spans:
        SpanField(name)
    return MentionCoding(
        sentence_no,
        spans,
        leading,
        Factuality(factuality),
        Polarity(polarity),
        ContentStatus(status) if status else None,
        conditional,
        tuple(sources),
    )


def source(
    actor_id: str, speech_act: str, *, verbatim: bool = False, implied: bool = False
) -> Source:
    """Name who vouches that the act took place, and how."""
    return Source(actor_id, SpeechAct(speech_act), verbatim, implied)


def on(
    edtf: str | None,
    basis: str,
    *,
    between: tuple[str | None, str | None] = (None, None),
    anchor: str | None = None,
    note: str | None = None,
) -> When:
    """Date an act; `between` are the first and last day it can have been."""
    return When(edtf, DateBasis(basis), *between, anchor=anchor, note=note)


def place(
    name: str, country: str, precision: str, coordinates: tuple[float, float] | None = None
) -> Where:
    """Place an act; coordinates are degrees north and east."""
    return Where(name, country, PlacePrecision(precision), *(coordinates or ()))


def link(relation: str, other_event_id: str, *, said_in: int | None = None) -> Link:
    """Relate an act to another."""
    return Link(RelationType(relation), other_event_id, said_in)


def defensible(field_name: str, value: str, reason: str) -> Considered:
    """Keep a value that a careful coder could have chosen."""
    return Considered(field_name, value, Standing.defensible, reason)


def rejected(field_name: str, value: str, reason: str) -> Considered:
    """Keep a value that was weighed and found wrong."""
    return Considered(field_name, value, Standing.rejected, reason)
