"""From coding sheets to records: parties get their codes, spans their digests."""

from collections.abc import Iterable, Iterator
from typing import Any

from qantar.builders.actors import Registry
from qantar.builders.code import check_action_code, check_actor_code
from qantar.builders.coding import (
    CodingError,
    Considered,
    EventCoding,
    MentionCoding,
    Range,
    Sheet,
    Words,
)
from qantar.builders.digest import Digests
from qantar.schema.corpus import Corpus
from qantar.schema.shape import Row
from qantar.schema.version import SCHEMA_VERSION
from qantar.schema.vocabulary import Zone


def compile_corpus(
    sheets: Iterable[tuple[Sheet, Digests]], registry: Registry, changes: list[Row]
) -> Corpus:
    """Compile sheets into a corpus; its records have the shape of the schema.

    Raises CodingError for what no record can hold: an unknown actor, a span without a
    digest, a mention of an event that no sheet codes, an alternative that is no code where
    a code is asked for. Everything else is the validator's.
    """
    pairs = list(sheets)
    digests = {sheet.article_id: digest for sheet, digest in pairs}
    zones = {
        (sheet.article_id, line.sentence_no): line.zone
        for sheet, _ in pairs
        for line in sheet.lines
    }
    further = _further_mentions(pairs)
    events = [
        _Compiler(coding, registry, digests, zones).record(further.pop(coding.event_id, []))
        for sheet, _ in pairs
        for coding in sheet.events
    ]
    if further:
        raise CodingError(
            f"a mention is entered for {', '.join(sorted(further))}, which no sheet codes; "
            "code the event, or correct the id"
        )
    plain = {
        **registry.rows(),
        "articles": [_article(sheet) for sheet, _ in pairs],
        "sentences": [row for sheet, digest in pairs for row in _sentences(sheet, digest)],
        "changes": changes,
        "codings": [],
        "agreement": [],
    }
    events.sort(key=lambda record: str(record["event_id"]))
    return Corpus(events, plain)


class _Compiler:
    """Compiles one event."""

    def __init__(
        self,
        coding: EventCoding,
        registry: Registry,
        digests: dict[str, Digests],
        zones: dict[tuple[str, int], Zone],
    ) -> None:
        self.coding = coding
        self.registry = registry
        self.digests = digests
        self.zones = zones

    def record(self, further: list[MentionCoding]) -> Row:
        coding = self.coding
        mentions = [*coding.mentions, *further]
        leading = [mention for mention in mentions if mention.leading]
        if len(leading) != 1:
            raise self.error(f"{len(leading)} mentions lead; exactly one must")
        status = leading[0]
        values = {
            "schema_version": SCHEMA_VERSION,
            "event_id": coding.event_id,
            "record_version": coding.record_version,
            "action_code": coding.action_code,
            "code_fit": coding.code_fit,
            "participants": list(self.participants()),
            "object_en": coding.object_en,
            "symmetric": coding.symmetric,
            "factuality": status.factuality,
            "polarity": status.polarity,
            "content_status": status.content_status,
            "content_status_note_en": coding.content_status_note_en,
            "conditional": status.conditional,
            "condition_en": coding.condition_en,
            **self.when(),
            **self.where(),
            **self.toll(),
            "summary_en": coding.summary_en,
            "summary_vi": coding.summary_vi,
            "confidence": coding.confidence,
            "confidence_note_en": coding.confidence_note_en,
            "mentions": [self.mention(n, m) for n, m in enumerate(mentions, start=1)],
            "relations": [
                _present(
                    relation=link.relation,
                    other_event_id=link.other_event_id,
                    mention_id=self.mention_id(link.said_in) if link.said_in else None,
                )
                for link in coding.links
            ],
            "alternatives": [self.alternative(considered) for considered in coding.considered],
        }
        return _present(**values)

    def participants(self) -> Iterator[Row]:
        day = self.coding.when.latest or self.coding.when.earliest
        for slot, actor_ids in self.coding.parties.items():
            for ordinal, actor_id in enumerate(actor_ids, start=1):
                try:
                    role = self.registry.role(actor_id, day)
                except CodingError as error:
                    raise self.error(str(error)) from error
                yield _present(
                    slot=slot,
                    ordinal=ordinal,
                    actor_id=actor_id,
                    actor_code=role.actor_code,
                    actor_country_code=role.actor_country_code,
                )

    def when(self) -> Row:
        when = self.coding.when
        return {
            "date_edtf": when.edtf,
            "date_earliest": when.earliest,
            "date_latest": when.latest,
            "date_basis": when.basis,
            "date_anchor_event_id": when.anchor,
            "date_note_en": when.note,
        }

    def where(self) -> Row:
        where = self.coding.where
        if where is None:
            return {}
        return {
            "place_name": where.name,
            "place_country_code": where.country,
            "latitude": where.latitude,
            "longitude": where.longitude,
            "place_precision": where.precision,
        }

    def toll(self) -> Row:
        toll = self.coding.toll
        if toll is None:
            return {}
        return {
            "fatalities_low": toll.low,
            "fatalities_best": toll.best,
            "fatalities_high": toll.high,
            "fatalities_claimant_id": toll.claimant,
        }

    def mention(self, number: int, mention: MentionCoding) -> Row:
        zone = self.zones.get((mention.article_id, mention.sentence_no))
        if zone is None:
            raise self.error(
                f"mention {number} names sentence {mention.sentence_no} of "
                f"{mention.article_id}, which the ledger does not have"
            )
        return _present(
            mention_id=self.mention_id(number),
            article_id=mention.article_id,
            sentence_no=mention.sentence_no,
            zone=zone,
            leading=mention.leading,
            factuality=mention.factuality,
            polarity=mention.polarity,
            content_status=mention.content_status,
            conditional=mention.conditional,
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
        digests = self.digests[mention.article_id]
        for field, values in mention.spans.items():
            for ordinal, words in enumerate(_as_values(values), start=1):
                for part, (start, end) in enumerate(_as_parts(words), start=1):
                    try:
                        digest = digests.of(start, end)
                    except CodingError as error:
                        raise self.error(f"{field}: {error}") from error
                    yield {
                        "field": field,
                        "ordinal": ordinal,
                        "part": part,
                        "char_start": start,
                        "char_end": end,
                        "span_sha256": digest,
                    }

    def alternative(self, considered: Considered) -> Row:
        """A value weighed and not taken; where it is a code, one that there is."""
        try:
            if considered.field == "action_code":
                check_action_code(considered.value)
            if considered.field in ("actor_code", "target_code"):
                check_actor_code(considered.value, self.registry.further_parts)
        except CodingError as error:
            raise self.error(f"a value considered for {considered.field}: {error}") from error
        if (considered.field, considered.value) == ("action_code", self.coding.action_code):
            raise self.error(
                f"{considered.value} is both the code and an alternative to it; remove the "
                "alternative, or correct one of them"
            )
        return _present(
            field=considered.field,
            value=considered.value,
            standing=considered.standing,
            reason=considered.reason,
        )

    def mention_id(self, number: int) -> str:
        return f"{self.coding.event_id}-M{number}"

    def error(self, message: str) -> CodingError:
        return CodingError(f"{self.coding.event_id}: {message}")


def ranges_of(sheet: Sheet) -> list[Range]:
    """Every run of characters of the article that the sheet points to."""
    ranges = {(line.char_start, line.char_end) for line in sheet.lines}
    mentions = [mention for coding in sheet.events for mention in coding.mentions]
    mentions += [mention for _, mention in sheet.further]
    for mention in mentions:
        for values in mention.spans.values():
            for words in _as_values(values):
                ranges.update(_as_parts(words))
    return sorted(ranges)


def _further_mentions(pairs: list[tuple[Sheet, Digests]]) -> dict[str, list[MentionCoding]]:
    further: dict[str, list[MentionCoding]] = {}
    for sheet, _ in pairs:
        for event_id, mention in sheet.further:
            further.setdefault(event_id, []).append(mention)
    return further


def _as_values(values: Range | list[Words]) -> list[Words]:
    return values if isinstance(values, list) else [values]


def _as_parts(words: Words) -> list[Range]:
    if words is None:
        return []
    return words if isinstance(words, list) else [words]


def _article(sheet: Sheet) -> Row:
    return _present(
        article_id=sheet.article_id,
        title=sheet.title,
        publisher=sheet.publisher,
        language_code=sheet.language_code,
        published_local=sheet.published_local,
        published_earliest=sheet.published_earliest,
        published_latest=sheet.published_latest,
        published_basis=sheet.published_basis,
        published_note_en=sheet.published_note_en,
        text_sha256=sheet.text_sha256,
        text_length=sheet.text_length,
    )


def _sentences(sheet: Sheet, digests: Digests) -> Iterator[Row]:
    for line in sheet.lines:
        yield _present(
            article_id=sheet.article_id,
            sentence_no=line.sentence_no,
            zone=line.zone,
            char_start=line.char_start,
            char_end=line.char_end,
            sentence_sha256=digests.of(line.char_start, line.char_end),
            disposition=line.disposition,
            reason=line.reason,
            note_en=line.note_en,
        )


def _present(**values: Any) -> Row:
    """The values that are there, with list members as the plain strings of JSON."""
    return {
        name: str(value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }
