"""The calls of which a coding sheet is made.

Prose is given plain in the project's main language, or by language: ``summary="..."``,
``summary={"en": "...", "vi": "..."}``, ``summary_vi="..."``.
"""

from collections.abc import Iterable, Sequence

from qantar.builders.coding import (
    Considered,
    Count,
    EventCoding,
    Link,
    MentionCoding,
    Naming,
    Range,
    Source,
    Spans,
    When,
    Where,
)
from qantar.builders.prose import Prose, gather_prose
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
    Factuality,
    PlacePrecision,
    Polarity,
    Quotation,
    RelationType,
    SpanField,
    SpeechAct,
    Standing,
)


def event(
    event_id: str,
    code: str,
    *,
    when: When,
    mentions: Iterable[MentionCoding],
    confidence: str,
    summary: Prose | None = None,
    actors: Sequence[str] = (),
    targets: Sequence[str] = (),
    addressees: Sequence[str] = (),
    instruments: Sequence[str] = (),
    channels: Sequence[str] = (),
    products: Sequence[str] = (),
    others: Sequence[str] = (),
    associated: Iterable[str] = (),
    fit: str = "exact",
    direction: str = "directed",
    thing: Prose | None = None,
    condition: Prose | None = None,
    status_note: Prose | None = None,
    confidence_note: Prose | None = None,
    where: Where | None = None,
    counts: Iterable[Count] = (),
    contexts: Iterable[str] = (),
    links: Iterable[Link] = (),
    considered: Iterable[Considered] = (),
    version: int = 1,
    **by_language: str,
) -> EventCoding:
    """Code one act. Parties are actor ids of the registry, in order.

    others: who takes part without a side, as those who intervene. associated: those of the
    parties that are only named beside one, as its allies.
    """
    prose = gather_prose(
        by_language,
        summary=summary,
        thing=thing,
        condition=condition,
        status_note=status_note,
        confidence_note=confidence_note,
    )
    parties = {
        "actor": actors,
        "target": targets,
        "addressee": addressees,
        "instrument": instruments,
        "channel": channels,
        "product": products,
        "other": others,
    }
    return EventCoding(
        event_id=event_id,
        action_code=code,
        mentions=tuple(mentions),
        when=when,
        summary=prose["summary"],
        confidence=Confidence(confidence),
        parties={slot: actor_ids for slot, actor_ids in parties.items() if actor_ids},
        associated=frozenset(associated),
        code_fit=CodeFit(fit),
        direction=Direction(direction),
        thing=prose["thing"],
        condition=prose["condition"],
        content_status_note=prose["status_note"],
        confidence_note=prose["confidence_note"],
        where=where,
        counts=tuple(counts),
        contexts=tuple(Context(name) for name in contexts),
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
    certainty: str | None = None,
    polarity: str = "affirmative",
    status: str | None = None,
    conditional: bool = False,
    quotation: str | None = None,
    sources: Iterable[Source] = (),
) -> MentionCoding:
    """Enter where the article reports an act; `spans` gives each field its characters.

    certainty: of what is predicted, and of what is asserted or judged with a doubt.
    """
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
        Certainty(certainty) if certainty else None,
        Quotation(quotation) if quotation else None,
    )


def naming(words: Range | list[Range], actor_id: str) -> Naming:
    """Say that the words of a span name another actor than the party that they stand for."""
    return Naming(words, actor_id)


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
    earliest_from: str | None = None,
    latest_from: str | None = None,
    note: Prose | None = None,
    **by_language: str,
) -> When:
    """Date an act; `between` are the first and last day it can have been.

    earliest_from, latest_from: the events from which these two days follow.
    """
    told = gather_prose(by_language, note=note)["note"]
    return When(edtf, DateBasis(basis), *between, anchor, earliest_from, latest_from, told)


def place(
    name: str,
    country: str,
    precision: str,
    coordinates: tuple[float, float] | None = None,
    *,
    place_id: str | None = None,
    admin1: str | None = None,
) -> Where:
    """Place an act; coordinates are degrees north and east.

    place_id: in a gazetteer, as a CURIE such as geonames:2562305. admin1: the largest part of
    the country in which the place lies.
    """
    north, east = coordinates or (None, None)
    return Where(name, country, PlacePrecision(precision), north, east, place_id, admin1)


def count(
    kind: str,
    *,
    low: int | None = None,
    best: int | None = None,
    high: int | None = None,
    by: str | None = None,
    of: str = "all",
    of_actor: str | None = None,
    precision: str | None = None,
) -> Count:
    """Enter a number of people: of whom, and by whom it is claimed; else the article claims it.

    of: `all`, or whose people of the event's sides. precision: how the words give the number.
    """
    return Count(
        CountKind(kind),
        low,
        best,
        high,
        by,
        CountedSide(of),
        of_actor,
        CountPrecision(precision) if precision else None,
    )


def link(relation: str, other_event_id: str, *, said_in: int | None = None) -> Link:
    """Relate an act to another."""
    return Link(RelationType(relation), other_event_id, said_in)


def defensible(field_name: str, value: str, reason: str) -> Considered:
    """Keep a value that a careful coder could have chosen."""
    return Considered(field_name, value, Standing.defensible, reason)


def rejected(field_name: str, value: str, reason: str) -> Considered:
    """Keep a value that was weighed and found wrong."""
    return Considered(field_name, value, Standing.rejected, reason)
