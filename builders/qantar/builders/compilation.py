"""From coding sheets to a corpus: the records, and the tables that they do not hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from qantar.builders.actors import Registry
from qantar.builders.coding import CodingError, MentionCoding
from qantar.builders.digest import Digests
from qantar.builders.event_compiler import Compiled, EventCompiler
from qantar.builders.gathering import Gathering
from qantar.builders.groundwork import Groundwork, present
from qantar.builders.origin import Place
from qantar.builders.sheet import Sheet
from qantar.schema.corpus import Corpus
from qantar.schema.shape import Row


@dataclass
class Compilation:
    """One run over the sheets of a project, with their digests; faults are gathered.

    Found is what no record can hold: an unknown actor, a span without a digest, a mention
    of an event that no sheet codes, an alternative that is no code where a code is asked
    for, prose in a language that the project has not, or lacks one that it promises.
    Everything else is the validator's. whole: whether all sheets are there.
    """

    sheets: Sequence[tuple[Sheet, Digests]]
    registry: Registry
    languages: Sequence[str]
    faults: Gathering
    whole: bool = True

    @cached_property
    def ground(self) -> Groundwork:
        """What all events rest on."""
        zones = {
            (sheet.article_id, line.sentence_no): line.zone
            for sheet, _ in self.sheets
            for line in sheet.lines
        }
        digests = {sheet.article_id: digests for sheet, digests in self.sheets}
        return Groundwork(self.registry, digests, zones, self.languages, self.faults)

    def events(self) -> list[Compiled]:
        """The records, in the order of their ids."""
        self._refuse_repeated()
        further = self._further()
        compiled = [
            EventCompiler(coding, self.ground).compiled(further.pop(coding.event_id, []))
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
        return [self._article(sheet) for sheet, _ in self.sheets]

    def sentences(self) -> list[Row]:
        """The rows of the table `sentences`."""
        return [
            present(
                article_id=sheet.article_id,
                sentence_no=line.sentence_no,
                zone=line.zone,
                char_start=line.char_start,
                char_end=line.char_end,
                sentence_sha256=self.ground.digest(
                    sheet.article_id,
                    (line.char_start, line.char_end),
                    line.written_at,
                    f"sentence {line.sentence_no}",
                ),
                disposition=line.disposition,
                reason=line.reason,
                **self.ground.prose(
                    "note", line.note, f"sentence {line.sentence_no}", line.written_at
                ),
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

    def _article(self, sheet: Sheet) -> Row:
        return present(
            article_id=sheet.article_id,
            title=sheet.title,
            publisher=sheet.publisher,
            language_code=sheet.language_code,
            source_kind=sheet.source_kind,
            url=sheet.url,
            retrieved_on=sheet.retrieved_on,
            text_license=sheet.text_license,
            published_local=sheet.published_local,
            published_earliest=sheet.published_earliest,
            published_latest=sheet.published_latest,
            published_basis=sheet.published_basis,
            **self.ground.prose(
                "published_note", sheet.published_note, sheet.article_id, sheet.written_at
            ),
            text_sha256=sheet.text_sha256,
            text_length=sheet.text_length,
            digest_key=sheet.digest_key,
        )

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
    sheets: Iterable[tuple[Sheet, Digests]],
    registry: Registry,
    changes: list[Row],
    languages: Sequence[str],
) -> Corpus:
    """Compile sheets into a corpus; its records have the shape of the schema.

    languages: suffixes of the project's languages, the main one first. Raises CodingError that
    tells all that no record can hold.
    """
    faults = Gathering()
    run = Compilation(list(sheets), registry, languages, faults)
    events = [compiled.record for compiled in run.events()]
    plain = {
        **registry.rows(),
        "articles": run.articles(),
        "sentences": run.sentences(),
        "changes": changes,
        "codings": [],
        "agreement": [],
    }
    run.ground.tell_unpinned()
    faults.raise_any()
    return Corpus(events, plain, tuple(languages))
