"""The event record: one act that a text reports, foretells or supposes."""

from typing import Annotated

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.codebook import ActionCode, CountryCode
from qantar.schema.context import Context
from qantar.schema.patterns import (
    ActorCode,
    ActorId,
    ArticleId,
    CalendarDate,
    ColumnName,
    Count,
    Curie,
    EdtfDate,
    EventId,
    MentionId,
    Name,
    Offset,
    Ordinal,
    Prose,
    ProseName,
    Sha256,
    SourceSystem,
    Text,
    Url,
)
from qantar.schema.version import SchemaVersion
from qantar.schema.vocabulary import (
    ActionMatch,
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
    Slot,
    SpanField,
    SpeechAct,
    Standing,
    Zone,
)


class Participant(Record):
    """An actor in a slot of an event."""

    slot: Slot = Field(description="The part the actor plays in the act.")
    ordinal: Ordinal = Field(description="Place among the actors of the same slot, from 1.")
    actor_id: ActorId = Field(description="The actor, by its id in the registry.")
    actor_code: ActorCode | None = Field(
        None, description="CAMEO actor code of the role in which the actor acts."
    )
    actor_country_code: CountryCode | None = Field(
        None, description="ISO 3166-1 alpha-3 code of the country for which the actor acts."
    )
    associated: bool | None = Field(
        None,
        description="Whether the source names the actor beside the party only, as an ally; such "
        "an actor stands in no pair of dyads.",
    )


class Span(Record):
    """Characters of the article from which a field was read (W3C TextPositionSelector)."""

    field: SpanField = Field(description="The field that was read from these characters.")
    ordinal: Ordinal = Field(
        description="Which value of the field: for participants, sources and counts their "
        "ordinal, else 1."
    )
    part: Ordinal = Field(description="Which piece, where the words are split; from 1.")
    char_start: Offset = Field(
        description="First character, in Unicode code points of the article's text, from 0."
    )
    char_end: Offset = Field(description="One past the last character.")
    span_sha256: Sha256 = Field(
        description="SHA-256 of the characters' UTF-8 bytes, keyed where the article's "
        "digest_key says so."
    )
    actor_id: ActorId | None = Field(
        None,
        description="Whom the words name, where that is another than the party itself, as a "
        "country for its president.",
    )


class Attribution(Record):
    """A link in the chain of who vouches that the act took place, outermost first."""

    ordinal: Ordinal = Field(description="Place in the chain; 1 is nearest to the article.")
    actor_id: ActorId = Field(description="The source, by its id in the registry.")
    speech_act: SpeechAct = Field(description="What the source does in saying it.")
    verbatim: bool = Field(description="Whether the article quotes the source's own words.")
    implied: bool = Field(description="Whether the source follows from the context only.")


class Mention(Record):
    """A place in an article that reports the event."""

    mention_id: MentionId = Field(description="The event's id, then -M and a number.")
    article_id: ArticleId = Field(description="The article.")
    sentence_no: Ordinal = Field(description="The sentence, by its number in the ledger.")
    zone: Zone = Field(description="The part of the page in which the sentence stands.")
    leading: bool = Field(
        description="Whether this mention, the best attested and most explicit, gives the "
        "event its factuality, polarity, content status and condition."
    )
    factuality: Factuality = Field(
        description="How surely the mention says that the act took place."
    )
    certainty: Certainty | None = Field(
        None, description="How certain the words make it that the act takes or took place."
    )
    polarity: Polarity = Field(description="Whether the mention affirms or negates the act.")
    content_status: ContentStatus | None = Field(
        None, description="What the words are, for acts made of words."
    )
    conditional: bool = Field(description="Whether the mention puts the act under a condition.")
    quotation: Quotation | None = Field(
        None, description="How the mention gives the words of which the act is made."
    )
    spans: Annotated[list[Span], Field(min_length=1)] = Field(
        description="The characters each field was read from."
    )
    attributions: list[Attribution] = Field(
        default_factory=list,
        description="Who says so, outermost first; empty for the article's own voice.",
    )


class CountClaim(Record):
    """A number of people, as one claimant gives it."""

    ordinal: Ordinal = Field(
        description="Place among the counts of the event, from 1; the first of a kind is the "
        "best attested."
    )
    kind: CountKind = Field(description="What is counted.")
    of_whom: CountedSide = Field(description="Whose people are counted.")
    of_actor_id: ActorId | None = Field(
        None, description="The actor whose people are counted, where it is one."
    )
    low: Count | None = Field(None, description="Lowest number that the claimant gives.")
    best: Count | None = Field(None, description="The number that the claimant gives.")
    high: Count | None = Field(None, description="Highest number that the claimant gives.")
    precision: CountPrecision | None = Field(None, description="How the words give the number.")
    claimant_id: ActorId | None = Field(
        None, description="Who gives the number; absent where the article itself does."
    )


class EventContext(Record):
    """A subject matter to which the act belongs."""

    context: Context = Field(description="PLOVER's name of it.")


class Relation(Record):
    """A typed link to another event, stored once, in one direction."""

    relation: RelationType = Field(description="What the other event is to this one.")
    other_event_id: EventId = Field(description="The other event.")
    mention_id: MentionId | None = Field(None, description="The mention that says so.")


class Alternative(Record):
    """A value that was considered for a field and not taken."""

    field: ColumnName = Field(
        description="The field; or unit, identity or disposition, where the question was whether "
        "there is one record, which, or any."
    )
    value: Text = Field(description="The value considered.")
    standing: Standing = Field(description="Whether a careful coder could have chosen it.")
    reason: Text = Field(description="Why it was not taken.")


class EventFields(Record):
    """The fields of an event, each judged alone; `Event` knows what must hold between them."""

    schema_version: SchemaVersion = Field(description="The version of the record format.")
    event_id: EventId = Field(description="Stable and opaque; the prefix QTR is this dataset's.")
    record_version: Annotated[int, Field(ge=1, le=100_000)] = Field(
        description="Counts the versions of the record, from 1."
    )
    action_code: ActionCode = Field(description="CAMEO 1.1b3 code of the act, as a CURIE.")
    code_fit: CodeFit = Field(description="Whether the code covers the act or is a makeshift.")
    participants: list[Participant] = Field(
        default_factory=list, description="Who takes part, slot by slot, in order."
    )
    object: ProseName = Field(default_factory=dict, description="A thing acted upon.")
    direction: Direction = Field(description="Whether the act goes from the actor to the target.")
    factuality: Factuality = Field(description="How surely the act is said to have taken place.")
    certainty: Certainty | None = Field(
        None, description="How certain the act is said to be; absent where it is taken for a fact."
    )
    polarity: Polarity = Field(description="Whether the act is affirmed or negated.")
    content_status: ContentStatus | None = Field(
        None, description="What the words are, for acts made of words."
    )
    content_status_note: Prose = Field(
        default_factory=dict,
        description="Why the content status departs from the code's default.",
    )
    conditional: bool = Field(description="Whether the act is under a condition.")
    condition: Prose = Field(default_factory=dict, description="The condition.")
    date_edtf: EdtfDate | None = Field(
        None, description="When the act took place or is said to, in EDTF (ISO 8601-2)."
    )
    date_earliest: CalendarDate | None = Field(
        None,
        description="First day it can have been; of an act that lasts, its first day. Absent "
        "where date_edtf is open before or date_basis is none.",
    )
    date_earliest_event_id: EventId | None = Field(
        None, description="The event from which the first day follows."
    )
    date_latest: CalendarDate | None = Field(
        None,
        description="Last day it can have been; of an act that lasts, its last day. Absent "
        "where date_edtf is open behind or date_basis is none.",
    )
    date_latest_event_id: EventId | None = Field(
        None, description="The event from which the last day follows."
    )
    date_basis: DateBasis = Field(description="What the date rests on.")
    date_anchor_event_id: EventId | None = Field(
        None, description="The event from which the text counts."
    )
    date_note: Prose = Field(default_factory=dict, description="How the date was worked out.")
    place_name: Name | None = Field(None, description="Where the act took place.")
    place_id: Curie | None = Field(
        None, description="The place in a gazetteer, as a CURIE, only where certain."
    )
    place_country_code: CountryCode | None = Field(
        None, description="ISO 3166-1 alpha-3 code of the country of the place."
    )
    admin1_name: Name | None = Field(
        None, description="The largest part of the country in which the place lies."
    )
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = Field(
        None, description="Latitude of the place in degrees north, WGS 84."
    )
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = Field(
        None, description="Longitude of the place in degrees east, WGS 84."
    )
    place_precision: PlacePrecision | None = Field(
        None, description="What kind of place the coordinates stand for."
    )
    summary: Prose = Field(description="The act in one sentence of the coders' own.")
    confidence: Confidence = Field(description="Whether a second coder would agree.")
    confidence_note: Prose = Field(
        default_factory=dict, description="On what a second coder might differ."
    )
    counts: list[CountClaim] = Field(
        default_factory=list, description="Numbers of people, claim by claim."
    )
    contexts: list[EventContext] = Field(
        default_factory=list, description="Subject matters to which the act belongs."
    )
    mentions: Annotated[list[Mention], Field(min_length=1)] = Field(
        description="Where articles report the act."
    )
    relations: list[Relation] = Field(default_factory=list, description="Links to other events.")
    alternatives: list[Alternative] = Field(
        default_factory=list, description="Values considered and not taken."
    )


class ExchangeFields(Record):
    """What records converted from other sources may hold beside the fields of an event."""

    fatalities_low: Count | None = Field(None, description="Lowest number of deaths claimed.")
    fatalities_best: Count | None = Field(None, description="Number of deaths best attested.")
    fatalities_high: Count | None = Field(None, description="Highest number of deaths claimed.")
    fatalities_claimant_id: ActorId | None = Field(None, description="Who gives the number.")
    source_system: SourceSystem | None = Field(
        None,
        description="The system that the row comes from; x- and a name where none of the "
        "known ones.",
    )
    source_version: Name | None = Field(None, description="The version of the source's data.")
    source_event_id: Name | None = Field(None, description="The source's own id of the row.")
    source_file: Name | None = Field(None, description="The file that held the row.")
    source_row: Annotated[int, Field(ge=1, le=10_000_000_000)] | None = Field(
        None, description="Number of the row in its file, from 1."
    )
    source_action: Name | None = Field(
        None, description="The source's code or label of the act, as it stood."
    )
    action_match: ActionMatch | None = Field(
        None, description="How action_code stands to the source's code."
    )
    source_intensity: Annotated[float, Field(ge=-1000, le=1000)] | None = Field(
        None,
        description="The source's own scale of conflict and cooperation, such as its "
        "Goldstein value.",
    )
    source_url: Url | None = Field(None, description="Where the source found the report.")
