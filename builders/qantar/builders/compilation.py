"""From coding sheets to records: parties get their codes, spans their digests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
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
)
from qantar.builders.digest import Digests
from qantar.builders.gathering import Gathering
from qantar.builders.origin import Place
from qantar.builders.span_range import parts_of, values_of, written_ranges
from qantar.schema.corpus import Corpus
from qantar.schema.shape import Row
from qantar.schema.version import SCHEMA_VERSION
from qantar.schema.vocabulary import Zone


@dataclass(frozen=True)
class Compiled:
    """A record with the codings that it was made of, mentions in the record's order."""

    record: Row
    coding: EventCoding
    mentions: tuple[MentionCoding, ...]


@dataclass
class Compilation:
    """One run over the sheets of a project, with their digests; faults are gathered.

    Found is what no record can hold: an unknown actor, a span without a digest, a mention
    of an event that no sheet codes, an alternative that is no code where a code is asked
    for. Everything else is the validator's. whole: whether all sheets are there.
    """

    sheets: list[tuple[Sheet, Digests]]
    registry: Registry
    faults: Gathering
    whole: bool = True
    unpinned: dict[str, list[CodingError]] = field(default_factory=dict)

    @cached_property
    def digests(self) -> dict[str, Digests]:
        """The digests of each article's text."""
        return {sheet.article_id: digests for sheet, digests in self.sheets}

    @cached_property
    def zones(self) -> dict[tuple[str, int], Zone]:
        """The zone of each sentence, by article and number."""
        return {
            (sheet.article_id, line.sentence_no): line.zone
            for sheet, _ in self.sheets
            for line in sheet.lines
        }

    def events(self) -> list[Compiled]:
        """The records, in the order of their ids."""
        self._refuse_repeated()
        further = self._further()
        compiled = [
            _Compiler(coding, self).compiled(further.pop(coding.event_id, []))
            for sheet, _ in self.sheets
            for coding in sheet.events
        ]
        for event_id, mentions in sorted(further.items() if self.whole else ()):
            self.faults.add(
                CodingError(
                    f"a mention is entered for {event_id}, which no sheet codes; "
                    "code the event, or correct the id",
                    mentions[0].written_at,
                )
            )
        return sorted(
            (event for event in compiled if event), key=lambda event: str(event.record["event_id"])
        )

    def articles(self) -> list[Row]:
        """The rows of the table `articles`."""
        return [_article(sheet) for sheet, _ in self.sheets]

    def sentences(self) -> list[Row]:
        """The rows of the table `sentences`."""
        return [
            _present(
                article_id=sheet.article_id,
                sentence_no=line.sentence_no,
                zone=line.zone,
                char_start=line.char_start,
                char_end=line.char_end,
                sentence_sha256=self.digest(
                    sheet.article_id,
                    (line.char_start, line.char_end),
                    line.written_at,
                    f"sentence {line.sentence_no}",
                ),
                disposition=line.disposition,
                reason=line.reason,
                note_en=line.note_en,
            )
            for sheet, _ in self.sheets
            for line in sheet.lines
        ]

    def sentence_starts(self) -> list[Row]:
        """Where sentences begin: what is known of them before they are pinned."""
        return [
            {"article_id": sheet.article_id, "char_start": line.char_start}
            for sheet, _ in self.sheets
            for line in sheet.lines
        ]

    def digest(self, article_id: str, words: Range, place: Place | None, what: str) -> str | None:
        """The digest of a run of characters, if it was pinned."""
        try:
            return self.digests[article_id].of(*words)
        except CodingError as error:
            if self.digests[article_id].lost:
                # That is told of the file itself.
                return None
            found = CodingError(f"{what}: {error}", place)
            self.unpinned.setdefault(article_id, []).append(found)
            return None

    def tell_unpinned(self) -> None:
        """One fault for each sheet that was not pinned, however many spans it has."""
        for errors in self.unpinned.values():
            more = f" ({len(errors) - 1} more have none either)" if len(errors) > 1 else ""
            self.faults.add(CodingError(f"{errors[0]}{more}"))

    def _refuse_repeated(self) -> None:
        """An id that two codings have would make a fault of every row that bears it."""
        written: dict[str, Place | None] = {}
        for sheet, _ in self.sheets:
            ids = [(sheet.article_id, "article", sheet.written_at)]
            ids += [(coding.event_id, "event", coding.written_at) for coding in sheet.events]
            for name, what, place in ids:
                if name in written:
                    told = f"{name} is the {what} of {written[name]} already; give it another id"
                    self.faults.add(CodingError(told, place))
                written.setdefault(name, place)

    def _further(self) -> dict[str, list[MentionCoding]]:
        further: dict[str, list[MentionCoding]] = {}
        for sheet, _ in self.sheets:
            for event_id, mention in sheet.further:
                further.setdefault(event_id, []).append(mention)
        return further


def compile_corpus(
    sheets: Iterable[tuple[Sheet, Digests]], registry: Registry, changes: list[Row]
) -> Corpus:
    """Compile sheets into a corpus; its records have the shape of the schema.

    Raises CodingError that tells all that no record can hold.
    """
    faults = Gathering()
    run = Compilation(list(sheets), registry, faults)
    events = [compiled.record for compiled in run.events()]
    plain = {
        **registry.rows(),
        "articles": run.articles(),
        "sentences": run.sentences(),
        "changes": changes,
        "codings": [],
        "agreement": [],
    }
    run.tell_unpinned()
    faults.raise_any()
    return Corpus(events, plain)


class _Compiler:
    """Compiles one event."""

    def __init__(self, coding: EventCoding, run: Compilation) -> None:
        self.coding = coding
        self.run = run

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
                    role = self.run.registry.role(actor_id, day)
                except CodingError as error:
                    self.error(str(error))
                    continue
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
        zone = self.run.zones.get((mention.article_id, mention.sentence_no))
        if zone is None:
            self.error(
                f"mention {number} names sentence {mention.sentence_no} of "
                f"{mention.article_id}, which the ledger does not have",
                mention.written_at,
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
        for field_name, values in mention.spans.items():
            what = f"{self.coding.event_id}: {field_name}"
            for ordinal, words in enumerate(values_of(values), start=1):
                for part, (start, end) in enumerate(parts_of(words), start=1):
                    yield {
                        "field": field_name,
                        "ordinal": ordinal,
                        "part": part,
                        "char_start": start,
                        "char_end": end,
                        "span_sha256": self.run.digest(
                            mention.article_id, (start, end), mention.written_at, what
                        ),
                    }

    def alternative(self, considered: Considered) -> Row:
        """A value weighed and not taken; where it is a code, one that there is."""
        try:
            if considered.field == "action_code":
                check_action_code(considered.value)
            if considered.field in ("actor_code", "target_code"):
                check_actor_code(considered.value, self.run.registry.further_parts)
        except CodingError as error:
            told = f"a value considered for {considered.field}: {error}"
            self.error(told, considered.written_at)
        if (considered.field, considered.value) == ("action_code", self.coding.action_code):
            self.error(
                f"{considered.value} is both the code and an alternative to it; remove the "
                "alternative, or correct one of them",
                considered.written_at,
            )
        return _present(
            field=considered.field,
            value=considered.value,
            standing=considered.standing,
            reason=considered.reason,
        )

    def mention_id(self, number: int) -> str:
        return f"{self.coding.event_id}-M{number}"

    def error(self, message: str, place: Place | None = None) -> None:
        told = f"{self.coding.event_id}: {message}"
        self.run.faults.add(CodingError(told, place or self.coding.written_at))


def ranges_of(sheet: Sheet) -> list[Range]:
    """Every run of characters of the article that the sheet points to."""
    return sorted({words for words, _, _ in written_ranges(sheet)})


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


def _present(**values: Any) -> Row:
    """The values that are there, with list members as the plain strings of JSON."""
    return {
        name: str(value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }
