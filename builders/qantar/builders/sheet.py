"""The coding sheet of an article.

A coding sheet is a Python module that makes one `Sheet`, lays down the ledger of its
sentences and codes its events. Offsets stand in the module; the digests of the characters
stand beside it in a generated file (``qantar pin``), so that no word of the text is stored.
"""

from dataclasses import replace

from qantar.builders.coding import EventCoding, LedgerLine, MentionCoding, Range
from qantar.builders.origin import place_of_call
from qantar.builders.prose import Prose, gather_prose
from qantar.schema.vocabulary import (
    DigestKey,
    Disposition,
    PublishedBasis,
    SourceKind,
    UncodedReason,
    Zone,
)


class Sheet:
    """The coding sheet of one article, pinned by the digest and length of its text.

    digest_key: `text` keys the digests of spans and sentences by the text, so that they cannot
    be guessed from a list of likely words. published_note: how the days of publication were
    worked out; in other languages `published_note_vi` and so on.
    """

    def __init__(
        self,
        article_id: str,
        language_code: str,
        text_sha256: str,
        text_length: int,
        published_earliest: str,
        published_latest: str,
        published_basis: str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        published_local: str | None = None,
        published_note: Prose | None = None,
        source_kind: str | None = None,
        url: str | None = None,
        retrieved_on: str | None = None,
        text_license: str | None = None,
        digest_key: str = "none",
        **by_language: str,
    ) -> None:
        prose = gather_prose(by_language, published_note=published_note)
        self.article_id = article_id
        self.language_code = language_code
        self.text_sha256 = text_sha256
        self.text_length = text_length
        self.published_earliest = published_earliest
        self.published_latest = published_latest
        self.published_basis = PublishedBasis(published_basis)
        self.title = title
        self.publisher = publisher
        self.published_local = published_local
        self.published_note = prose["published_note"]
        self.source_kind = SourceKind(source_kind) if source_kind else None
        self.url = url
        self.retrieved_on = retrieved_on
        self.text_license = text_license
        self.digest_key = DigestKey(digest_key)
        self.lines: list[LedgerLine] = []
        self.events: list[EventCoding] = []
        self.further: list[tuple[str, MentionCoding]] = []
        self.written_at = place_of_call()

    def coded(self, number: int, zone: str, start: int, end: int) -> None:
        """Enter a sentence from which a mention was read."""
        self.lines.append(LedgerLine(number, Zone(zone), start, end, Disposition.coded))

    def not_codeable(
        self,
        number: int,
        zone: str,
        start: int,
        end: int,
        reason: str,
        note: Prose | None = None,
        **by_language: str,
    ) -> None:
        """Enter a sentence that holds no codeable act, and say why."""
        told = gather_prose(by_language, note=note)["note"]
        self._uncoded(number, zone, (start, end), Disposition.not_codeable, reason, told)

    def out_of_scope(
        self,
        number: int,
        zone: str,
        start: int,
        end: int,
        reason: str,
        note: Prose | None = None,
        **by_language: str,
    ) -> None:
        """Enter a sentence on what the dataset does not cover, and say why."""
        told = gather_prose(by_language, note=note)["note"]
        self._uncoded(number, zone, (start, end), Disposition.out_of_scope, reason, told)

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
        note: dict[str, str],
    ) -> None:
        self.lines.append(
            LedgerLine(number, Zone(zone), *place, disposition, UncodedReason(reason), note)
        )
