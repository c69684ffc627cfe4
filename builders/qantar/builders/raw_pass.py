"""A raw pass: what one coder wrote of each act and each sentence, before anything was settled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from qantar.builders.coding import CodingError
from qantar.schema.shape import Row

# A coded act has one row for each of these; parties, triggers and further codes may have many.
TRIGGER, SENTENCE_SIGN, NOTHING = "trigger", "disposition", "none"
# The event by coder and by the coder's own number of an act.
EventOfCoding = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Trigger:
    """The characters that name an act, by offsets in the article's text."""

    article_id: str
    start: int
    end: int


@dataclass
class RawAct:
    """What one coder wrote of one act: values by field, in order."""

    coding_id: str
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def joined(self, name: str) -> str:
        """The values of a field as one, for comparison; nothing is a value too."""
        return " ".join(sorted(self.values.get(name, []))) or NOTHING

    def triggers(self) -> list[Trigger]:
        """Where the act is named. Raises CodingError for a trigger that cannot be read."""
        return [read_trigger(value, self.coding_id) for value in self.values.get(TRIGGER, [])]


@dataclass(frozen=True)
class RawPass:
    """One coder's acts and dispositions of sentences, by the coder's own numbers."""

    coder_id: str
    acts: dict[str, RawAct]
    dispositions: dict[str, str]


def read_pass(coder_id: str, rows: Iterable[Mapping[str, str]]) -> RawPass:
    """Gather the rows of one coder; rows have coding_id, field and value."""
    acts: dict[str, RawAct] = {}
    dispositions = {}
    for row in rows:
        if row["field"] == SENTENCE_SIGN:
            dispositions[row["coding_id"]] = row["value"]
        else:
            act = acts.setdefault(row["coding_id"], RawAct(row["coding_id"]))
            act.values[row["field"]].append(row["value"])
    return RawPass(coder_id, acts, dispositions)


def read_trigger(value: str, coding_id: str) -> Trigger:
    """A trigger from its text. Raises CodingError where the text is none."""
    article_id, _, place = value.partition(" ")
    start, _, end = place.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise CodingError(
            f"the trigger {value!r} of {coding_id} is not of the form QTR-A0001 10-20"
        )
    return Trigger(article_id, int(start), int(end))


def coding_rows(passes: Iterable[RawPass], events: EventOfCoding) -> Iterator[Row]:
    """The rows of the table `codings`: every raw value, with the event it went into.

    events: as settled; a coding that went into none is not in it.
    """
    for raw in passes:
        for act in raw.acts.values():
            settled = events.get((raw.coder_id, act.coding_id))
            event = {"event_id": settled} if settled else {}
            for name, values in act.values.items():
                for value in values:
                    yield _coding(raw, act.coding_id, name, value) | event
        for sentence, disposition in raw.dispositions.items():
            yield _coding(raw, sentence, SENTENCE_SIGN, disposition)


def _coding(raw: RawPass, coding_id: str, name: str, value: str) -> Row:
    return {"coder_id": raw.coder_id, "coding_id": coding_id, "field": name, "value": value}
