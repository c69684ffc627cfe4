"""From the coding of an event to its record: parties get their codes, spans their digests."""

from collections.abc import Iterator
from dataclasses import dataclass

from qantar.builders.code import check_action_code, check_actor_code
from qantar.builders.coding import (
    CodingError,
    Considered,
    Count,
    EventCoding,
    Link,
    MentionCoding,
)
from qantar.builders.groundwork import Groundwork, present
from qantar.builders.origin import Place
from qantar.builders.prose import Told
from qantar.builders.span_range import named_by, parts_of, values_of
from qantar.schema.shape import Row
from qantar.schema.version import SCHEMA_VERSION


@dataclass(frozen=True)
class Compiled:
    """A record with the codings that it was made of, mentions in the record's order."""

    record: Row
    coding: EventCoding
    mentions: tuple[MentionCoding, ...]


class EventCompiler:
    """Compiles one event."""

    def __init__(self, coding: EventCoding, ground: Groundwork) -> None:
        self.coding = coding
        self.ground = ground

    def compiled(self, further: list[MentionCoding]) -> Compiled | None:
        """The event, unless it cannot be compiled at all."""
        try:
            mentions = (*self.coding.mentions, *further)
            return Compiled(self.record(mentions), self.coding, mentions)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            # A sheet is the coder's own program and may hand over anything.
            what = f"{type(error).__name__}: {error}"
            self.error(f"cannot be compiled ({what}); look at what its calls are given")
            return None

    def record(self, mentions: tuple[MentionCoding, ...]) -> Row:
        """The record, its keys in the order of the schema."""
        coding = self.coding
        leading = [mention for mention in mentions if mention.leading]
        if len(leading) != 1:
            self.error(f"{len(leading)} mentions lead; exactly one must")
        status = (leading or mentions)[0]
        values = {
            "schema_version": SCHEMA_VERSION,
            "event_id": coding.event_id,
            "record_version": coding.record_version,
            "action_code": coding.action_code,
            "code_fit": coding.code_fit,
            "participants": list(self.participants()),
            **self.prose("object", coding.thing),
            "direction": coding.direction,
            "factuality": status.factuality,
            "certainty": status.certainty,
            "polarity": status.polarity,
            "content_status": status.content_status,
            **self.prose("content_status_note", coding.content_status_note),
            "conditional": status.conditional,
            **self.prose("condition", coding.condition),
            **self.when(),
            **self.where(),
            **self.prose("summary", coding.summary, in_all=True),
            "confidence": coding.confidence,
            **self.prose("confidence_note", coding.confidence_note),
            "counts": [_count(n, c) for n, c in enumerate(coding.counts, start=1)],
            "contexts": [{"context": str(context)} for context in coding.contexts],
            "mentions": [self.mention(n, m) for n, m in enumerate(mentions, start=1)],
            "relations": [_relation(coding.event_id, link) for link in coding.links],
            "alternatives": [self.alternative(considered) for considered in coding.considered],
        }
        return present(**values)

    def participants(self) -> Iterator[Row]:
        """The parties, slot by slot, each with the codes of its role at the date."""
        coding = self.coding
        day = coding.when.latest or coding.when.earliest
        taking_part = {actor_id for ids in coding.parties.values() for actor_id in ids}
        for actor_id in sorted(coding.associated - taking_part):
            self.error(
                f"{actor_id!r} is associated and fills no slot; name it among the parties too"
            )
        for slot, actor_ids in coding.parties.items():
            for ordinal, actor_id in enumerate(actor_ids, start=1):
                try:
                    role = self.ground.registry.role(actor_id, day)
                except CodingError as error:
                    self.error(str(error))
                    continue
                yield present(
                    slot=slot,
                    ordinal=ordinal,
                    actor_id=actor_id,
                    actor_code=role.actor_code,
                    actor_country_code=role.actor_country_code,
                    associated=True if actor_id in coding.associated else None,
                )

    def when(self) -> Row:
        """The fields of the date."""
        when = self.coding.when
        return {
            "date_edtf": when.edtf,
            "date_earliest": when.earliest,
            "date_earliest_event_id": when.earliest_from,
            "date_latest": when.latest,
            "date_latest_event_id": when.latest_from,
            "date_basis": when.basis,
            "date_anchor_event_id": when.anchor,
            **self.prose("date_note", when.note, when.written_at),
        }

    def where(self) -> Row:
        """The fields of the place."""
        where = self.coding.where
        if where is None:
            return {}
        return {
            "place_name": where.name,
            "place_id": where.place_id,
            "place_country_code": where.country,
            "admin1_name": where.admin1,
            "latitude": where.latitude,
            "longitude": where.longitude,
            "place_precision": where.precision,
        }

    def mention(self, number: int, mention: MentionCoding) -> Row:
        """A mention with its spans and its chain."""
        zone = self.ground.zones.get((mention.article_id, mention.sentence_no))
        if zone is None:
            self.error(
                f"mention {number} names sentence {mention.sentence_no} of "
                f"{mention.article_id}, which the ledger does not have",
                mention.written_at,
            )
        return present(
            mention_id=mention_id(self.coding.event_id, number),
            article_id=mention.article_id,
            sentence_no=mention.sentence_no,
            zone=zone,
            leading=mention.leading,
            factuality=mention.factuality,
            certainty=mention.certainty,
            polarity=mention.polarity,
            content_status=mention.content_status,
            conditional=mention.conditional,
            quotation=mention.quotation,
            spans=list(self.spans(mention)),
            attributions=[
                {
                    "ordinal": ordinal,
                    "actor_id": source.actor_id,
                    "speech_act": str(source.speech_act),
                    "verbatim": source.verbatim,
                    "implied": source.implied,
                }
                for ordinal, source in enumerate(mention.sources, start=1)
            ],
        )

    def spans(self, mention: MentionCoding) -> Iterator[Row]:
        """The runs of characters of a mention, field by field."""
        for field_name, values in mention.spans.items():
            what = f"{self.coding.event_id}: {field_name}"
            for ordinal, words in enumerate(values_of(values), start=1):
                for part, (start, end) in enumerate(parts_of(words), start=1):
                    span = {
                        "field": field_name,
                        "ordinal": ordinal,
                        "part": part,
                        "char_start": start,
                        "char_end": end,
                        "span_sha256": self.ground.digest(
                            mention.article_id, (start, end), mention.written_at, what
                        ),
                    }
                    named = named_by(words)
                    yield span | {"actor_id": named} if named else span

    def alternative(self, considered: Considered) -> Row:
        """A value weighed and not taken; where it is a code, one that there is."""
        try:
            if considered.field == "action_code":
                check_action_code(considered.value)
            if considered.field in ("actor_code", "target_code"):
                check_actor_code(considered.value, self.ground.registry.further_parts)
        except CodingError as error:
            told = f"a value considered for {considered.field}: {error}"
            self.error(told, considered.written_at)
        if (considered.field, considered.value) == ("action_code", self.coding.action_code):
            self.error(
                f"{considered.value} is both the code and an alternative to it; remove the "
                "alternative, or correct one of them",
                considered.written_at,
            )
        return present(
            field=considered.field,
            value=considered.value,
            standing=considered.standing,
            reason=considered.reason,
        )

    def prose(
        self, base: str, told: Told, place: Place | None = None, *, in_all: bool = False
    ) -> Row:
        """The keys of a prose field of the event."""
        where = place or self.coding.written_at
        return self.ground.prose(base, told, self.coding.event_id, where, in_all=in_all)

    def error(self, message: str, place: Place | None = None) -> None:
        """Keep a fault of this event."""
        at = place or self.coding.written_at
        self.ground.faults.add(CodingError(f"{self.coding.event_id}: {message}", at))


def _relation(event_id: str, link: Link) -> Row:
    said_in = None if not link.said_in else mention_id(event_id, link.said_in)
    return present(relation=link.relation, other_event_id=link.other_event_id, mention_id=said_in)


def mention_id(event_id: str, number: int) -> str:
    """The id of the mention with this number, from 1."""
    return f"{event_id}-M{number}"


def _count(ordinal: int, count: Count) -> Row:
    return present(
        ordinal=ordinal,
        kind=count.kind,
        of_whom=count.of_whom,
        of_actor_id=count.of_actor,
        low=count.low,
        best=count.best,
        high=count.high,
        precision=count.precision,
        claimant_id=count.claimant,
    )
