"""Two raw passes over the same articles: matched act by act, compared field by field."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qantar.builders.agreement import Figure, Value, masi, measure_alpha, measure_f1
from qantar.builders.coding import CodingError
from qantar.schema.shape import Row

# A coded act has one row for each of these; parties, triggers and further codes may have many.
TRIGGER, SENTENCE_SIGN, NOTHING = "trigger", "disposition", "none"
_COMPARED = ("action_root_code", "action_code", "actor_code", "target_code", "date", "factuality")


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


def match_acts(
    first: RawPass, second: RawPass, sentences: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """Pair acts of two passes by their triggers; returns the second's id by the first's.

    The pair whose triggers share most characters goes first. What is then left is paired
    within a sentence, the nearest triggers first, since a verb can serve two acts. An act
    is paired once. Only where the words stand decides, none of the fields compared later.
    """
    starts = _sentence_starts(sentences)
    ranked = sorted(
        (rank, one.coding_id, other.coding_id)
        for one in first.acts.values()
        for other in second.acts.values()
        if (rank := _rank(one, other, starts)) is not None
    )
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, one_id, other_id in ranked:
        if one_id not in pairs and other_id not in taken:
            pairs[one_id] = other_id
            taken.add(other_id)
    return pairs


def measure_agreement(first: RawPass, second: RawPass, pairs: Mapping[str, str]) -> list[Row]:
    """The rows of the table `agreement`; pairs are those of `match_acts`.

    Raises CodingError where the two passes did not judge the same sentences.
    """
    if set(first.dispositions) != set(second.dispositions):
        odd = sorted(set(first.dispositions) ^ set(second.dispositions))
        raise CodingError(f"only one coder judged {', '.join(odd)}; both must judge every sentence")
    matched = [(first.acts[one], second.acts[other]) for one, other in pairs.items()]
    alone = len(first.acts) - len(pairs), len(second.acts) - len(pairs)
    rows = [
        _row("event", "detection_f1", measure_f1(len(pairs), *alone)),
        _row("sentence", "alpha_nominal", measure_alpha(_existence(first, second))),
    ]
    for name in _COMPARED:
        values = _pairs(matched, _reader(name))
        rows.append(_row(name, "alpha_nominal", measure_alpha(values)))
        if name == "action_code":
            sets = _pairs(matched, _code_set)
            rows.append(_row(name, "alpha_masi", measure_alpha(sets, masi)))
    return rows


def _rank(one: RawAct, other: RawAct, starts: Mapping[str, list[int]]) -> tuple[int, int] | None:
    """The lower, the better a pair; None where the acts stand in different sentences."""
    here, there = _triggers(one), _triggers(other)
    shared = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in here
        for b in there
        if a.article_id == b.article_id
    )
    if shared:
        return 0, -shared
    gaps = [
        max(a.start, b.start) - min(a.end, b.end)
        for a in here
        for b in there
        if _sentence(a, starts) == _sentence(b, starts)
    ]
    return (1, min(gaps)) if gaps else None


def read_trigger(value: str, coding_id: str) -> Trigger:
    """A trigger from its text. Raises CodingError where the text is none."""
    article_id, _, place = value.partition(" ")
    start, _, end = place.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise CodingError(
            f"the trigger {value!r} of {coding_id} is not of the form QTR-A0001 10-20"
        )
    return Trigger(article_id, int(start), int(end))


def _triggers(act: RawAct) -> list[Trigger]:
    return [read_trigger(value, act.coding_id) for value in act.values.get(TRIGGER, [])]


def _sentence_starts(sentences: Iterable[Mapping[str, Any]]) -> dict[str, list[int]]:
    starts: dict[str, list[int]] = defaultdict(list)
    for sentence in sentences:
        starts[sentence["article_id"]].append(sentence["char_start"])
    return {article_id: sorted(places) for article_id, places in starts.items()}


def _sentence(trigger: Trigger, starts: Mapping[str, list[int]]) -> tuple[str, int]:
    return trigger.article_id, bisect_right(starts.get(trigger.article_id, []), trigger.start)


def _existence(first: RawPass, second: RawPass) -> list[tuple[Value, Value]]:
    return [
        (str(first.dispositions[s] == "coded"), str(second.dispositions[s] == "coded"))
        for s in sorted(first.dispositions)
    ]


def _pairs(
    matched: list[tuple[RawAct, RawAct]], read: Callable[[RawAct], Value]
) -> list[tuple[Value, Value]]:
    return [(read(one), read(other)) for one, other in matched]


def _reader(name: str) -> Callable[[RawAct], Value]:
    if name == "action_root_code":
        return lambda act: act.joined("action_code")[: len("cameo:01")]
    if name == "date":
        return lambda act: f"{act.joined('date_earliest')}/{act.joined('date_latest')}"
    return lambda act: act.joined(name)


def _code_set(act: RawAct) -> Value:
    return frozenset([*act.values["action_code"], *act.values.get("defensible_code", [])])


def _row(name: str, measure: str, figure: Figure) -> Row:
    row = {
        "field": name,
        "measure": measure,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "n": figure.n,
    }
    return {
        key: round(value, 3) if isinstance(value, float) else value
        for key, value in row.items()
        if value is not None
    }


def coding_rows(passes: Iterable[RawPass], event_ids: Mapping[str, str]) -> Iterator[Row]:
    """The rows of the table `codings`: every raw value, with the event it went into.

    event_ids: event by coding id, as settled; a coding that went into none is not in it.
    """
    for raw in passes:
        for act in raw.acts.values():
            event = {"event_id": event_ids[act.coding_id]} if act.coding_id in event_ids else {}
            for name, values in act.values.items():
                for value in values:
                    yield _coding(raw, act.coding_id, name, value) | event
        for sentence, disposition in raw.dispositions.items():
            yield _coding(raw, sentence, SENTENCE_SIGN, disposition)


def _coding(raw: RawPass, coding_id: str, name: str, value: str) -> Row:
    return {"coder_id": raw.coder_id, "coding_id": coding_id, "field": name, "value": value}
