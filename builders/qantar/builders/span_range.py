"""The runs of characters that a coding sheet points to."""

from collections.abc import Iterator

from qantar.builders.coding import Naming, Range, Words
from qantar.builders.origin import Place
from qantar.builders.sheet import Sheet


def written_ranges(sheet: Sheet) -> Iterator[tuple[Range, Place | None, str]]:
    """Every run of characters with where it was written, and for what."""
    for line in sheet.lines:
        yield (line.char_start, line.char_end), line.written_at, f"sentence {line.sentence_no}"
    mentions = [(coding.event_id, m) for coding in sheet.events for m in coding.mentions]
    for event_id, mention in (*mentions, *sheet.further):
        for name, values in mention.spans.items():
            for words in values_of(values):
                for part in parts_of(words):
                    yield part, mention.written_at, f"{event_id}: {name}"


def ranges_of(sheet: Sheet) -> list[Range]:
    """Every run of characters of the article that the sheet points to."""
    return sorted({words for words, _, _ in written_ranges(sheet)})


def values_of(values: Range | Naming | list[Words]) -> list[Words]:
    """The values that a field was given."""
    return values if isinstance(values, list) else [values]


def parts_of(words: Words) -> list[Range]:
    """The runs of characters of a value; none where no words support it."""
    if words is None:
        return []
    if isinstance(words, Naming):
        words = words.words
    return words if isinstance(words, list) else [words]


def named_by(words: Words) -> str | None:
    """The actor whom the words name, where that is another than the party."""
    return words.actor_id if isinstance(words, Naming) else None
