"""Where a column has a value, a span shows the words it was read from.

A span belongs to a mention and a mention to an event, so a value of an event is traced in two
steps: from the event to its mentions, and from these to their spans.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from qantar.schema import Profile
from qantar.schema.rule import Traced
from qantar.validation.rules.condition import YES, classes, holds, met_in
from qantar.validation.rules.link.kind import Found, LinkKind
from qantar.validation.rules.link.side import Numbers, Side, key_hashes
from qantar.validation.rules.record.code import Level, RecordCode
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.value.rule import name_value
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import SOUND, CellsByName
from qantar.validation.tables.key_hash import NONE, Hashes, hashes_of, is_among, joined_hashes
from qantar.validation.tables.key_record import (
    NO_VALUE,
    OPEN_VALUE,
    RECORD,
    KeyRecords,
    Records,
    make_records,
    no_rows,
    rows_of,
    together,
)

# What a span shows: the field, and which value of it.
Shown: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class TracedSide(Side):
    """Rows with a value to be traced, each with the hash of what a span of it must hold.

    field: as the rule has it; where it is None the value itself names the field.
    """

    field: str | None = None
    values: tuple[str, ...] = ()
    ordinal: str | None = None

    def records(self, columns: CellsByName, height: int) -> tuple[Hashes, Numbers]:
        hashes = key_hashes(columns, self.key, height)
        asked = classes(self.when, columns, height) == YES
        firsts = self._firsts(columns, height)
        there = np.logical_or.reduce([np.zeros(height, np.bool_), *firsts.values()])
        fields = np.full(height, hashes_of([self.field or ""])[0])
        for name, is_first in firsts.items() if self.field is None else ():
            fields[is_first] = columns[name].hashes()[is_first]
        parts = [fields]
        if self.ordinal:
            if self.ordinal not in columns:
                return np.full(height, NONE), np.full(height, NO_VALUE)
            there &= columns[self.ordinal].marks == SOUND
            parts.append(columns[self.ordinal].hashes())
        hashes[~(asked & there)] = NONE
        return hashes, joined_hashes(parts, np.ones(height, np.bool_)).view(np.int64)

    def carried(self, columns: CellsByName, height: int) -> list[pl.Series]:
        """What a span of the row must hold, as spans carry it."""
        fields = pl.repeat(self.field or "", height, dtype=pl.String, eager=True)
        firsts = self._firsts(columns, height) if self.field is None else {}
        for name, is_first in firsts.items():
            fields = columns[name].screened.zip_with(pl.Series(is_first), fields)
        if self.ordinal is None or self.ordinal not in columns:
            return [fields]
        return [fields, columns[self.ordinal].screened]

    def _firsts(self, columns: CellsByName, height: int) -> dict[str, Mask]:
        """By column the rows of which it is the first with a value."""
        firsts: dict[str, Mask] = {}
        there = np.zeros(height, np.bool_)
        for name in self.values:
            if name in columns:
                firsts[name] = ~there & (columns[name].marks == SOUND)
                there |= firsts[name]
        return firsts


class TracedKind(LinkKind[Traced]):
    """A span or mention with a faulty cell may be the very one that is missed.

    So nothing is said of a mention or event to which it may belong.
    """

    def sides(self, rule: Traced) -> tuple[Side, ...]:
        """The rows with values; the spans by their mention; the mentions by their event."""
        more = (rule.ordinal,) if rule.ordinal else ()
        judged = TracedSide(
            rule.table,
            (rule.key,),
            rule.when,
            (*rule.columns, *more),
            is_judged=True,
            field=rule.field,
            values=rule.columns,
            ordinal=rule.ordinal,
        )
        carried = ("field", "ordinal") if more else ("field",)
        spans = Side("spans", ("mention_id",), carries=carried, also=("ordinal",))
        return judged, spans, Side("mentions", ("event_id",), carries=("mention_id",))

    def way(self, rule: Traced) -> tuple[Side, ...]:
        """Spans meet their mentions first, which know the event."""
        _, spans, _ = self.sides(rule)
        return spans, Side("mentions", ("mention_id",), carries=("event_id",))

    def lead(self, rule: Traced, records: Sequence[Records]) -> tuple[RowNumbers, RowNumbers]:
        """Of mentions with one id the last leads."""
        spans, mentions = records
        if not len(mentions):
            return no_rows(), no_rows()
        order = np.lexsort((mentions["row"], mentions["hash"]))
        hashes = mentions["hash"][order]
        places = np.searchsorted(hashes, spans["hash"], side="right") - 1
        led = np.flatnonzero((places >= 0) & (hashes[places] == spans["hash"]))
        return led, order[places[led]]

    def reads(self, rule: Traced) -> tuple[str, ...]:
        return "spans", "mentions"

    def needs(self, rule: Traced) -> tuple[str, ...]:
        return ("mentions", "spans") if rule.key == "event_id" else ("spans",)

    def targets(
        self, rule: Traced, own: Sequence[Row], known: Sequence[Row], *, is_judged: bool
    ) -> Sequence[Row]:
        """The spans and mentions of this run only."""
        return own

    def suspects(self, rule: Traced, records: Sequence[Records], profile: Profile) -> Mask:
        """Rows of which the mention or event has spans, but none with what is sought.

        records: of the judged rows, of the spans by what the rule's key is, and of the mentions
        where it is their event. One without a sound id leaves open what its event shows.
        """
        ones, shown, *mentions = records
        missed = ~is_among(_pairs(ones), _pairs(shown))
        if not missed.any():
            return missed
        there = is_among(ones["hash"], shown["hash"])
        for others in (shown, *mentions):
            is_open = np.isin(others["number"], (NO_VALUE, OPEN_VALUE))
            missed &= ~is_among(ones["hash"], others["hash"][is_open])
        return missed & there

    def pick(self, rule: Traced, kept: Sequence[KeyRecords], profile: Profile) -> list[RowNumbers]:
        """Rows that no span may show, then the spans and mentions of theirs.

        Nothing where a span may be of any mention.
        """
        ones, spans, mentions = kept
        is_whole = not spans.keyless or mentions.keyless or mentions.unnumbered
        if not is_whole or not spans.total or not ones.total:
            return [no_rows()] * 3
        sought = [ones, spans]
        if rule.key == "event_id":
            if mentions not in spans.led:
                spans.led[mentions] = KeyRecords(min(record.most for record in kept))
                self._lead_on(rule, spans, mentions)
            sought = [ones, spans.led[mentions], mentions]
        found = [part[0][self.suspects(rule, part, profile)] for part in together(sought)]
        suspects = np.concatenate([np.zeros(0, RECORD), *found])
        if not len(suspects):
            return [no_rows()] * 3
        keys = np.unique(suspects["hash"])
        own = [no_rows()]
        if rule.key == "event_id":
            events, keys = keys, _ids_of(mentions, keys)
            own = [rows_of(part) for part in _with_namesakes(mentions, events, keys)]
        theirs = [rows_of(part[np.isin(part["hash"], keys)]) for part in spans.each()]
        rows = [rows_of(suspects), np.concatenate(theirs), np.concatenate(own)]
        return [np.sort(one) for one in rows]

    def _lead_on(self, rule: Traced, spans: KeyRecords, mentions: KeyRecords) -> None:
        """Bring what spans show from their mentions to the events of these."""
        by_mention = KeyRecords(mentions.most)
        for part in mentions.each():
            sound = part[~np.isin(part["number"], (NO_VALUE, OPEN_VALUE))]
            sources = sound["hash"].view(np.int64)
            by_mention.put(make_records(sound["number"].view(np.uint64), sound["row"], sources))
        with closing(by_mention):
            for pair in together([spans, by_mention]):
                theirs, owners = self.lead(rule, pair)
                events: Hashes = pair[1]["number"][owners].view(np.uint64)
                shown = pair[0][theirs]
                spans.led[mentions].put(make_records(events, shown["row"], shown["number"]))

    def index(self, rule: Traced, others: Sequence[Sequence[Row]]) -> "Traces":
        spans, mentions = others
        return Traces(spans, mentions)

    def index_key(self, rule: Traced) -> None:
        return None

    def faults(self, rule: Traced, rows: Sequence[Row], index: Any, profile: Profile) -> Found:
        """The rows with a value that no span shows.

        Where there are no spans at all, other rules say so.
        """
        traces: Traces = index
        needed = [rule.key, *([rule.ordinal] if rule.ordinal else [])]
        for place, row in enumerate(rows) if traces.is_whole else ():
            column = next((name for name in rule.columns if is_present(row, name)), None)
            if column is None or not is_present(row, *needed) or not holds(rule.when, row):
                continue
            field = rule.field or row[column]
            ordinal = row[rule.ordinal] if rule.ordinal else None
            if traces.is_missed(rule.key, row[rule.key], field, ordinal):
                found = _tell(rule, column, row, field, ordinal)
                yield place, fault_of(rule, column, row, found)

    def in_record(self, rule: Traced, code: RecordCode) -> None:
        """What must be shown by spans is gathered in the row of the key, and looked for once."""
        level, owner = code.levels[rule.table], code.owner(rule.key)
        sought = f"{owner.table}_sought"
        if f"{sought} = set()" not in owner.first:
            owner.first.append(f"{sought} = set()")
            shown = _shown(owner, code.levels["spans"])
            owner.last.append(f"if {shown} and not {sought} <= {shown}: return None")
        there = " or ".join(level.there(column) for column in rule.columns)
        field = repr(rule.field) if rule.field else level.value(rule.columns[0])
        shown = f"({field}, {level.value(rule.ordinal)})" if rule.ordinal else field
        test = f"({there}) and {met_in(rule.when, level)}"
        level.each.append(f"if {test}: {sought}.add({shown})")


KIND = TracedKind()


def _shown(owner: Level, spans: Level) -> str:
    """The name of the set of what the spans within a row show: fields, and values of them."""
    shown = f"{owner.table}_shown"
    if f"{shown} = set()" not in owner.first:
        owner.first.append(f"{shown} = set()")
        if owner is spans.parent:
            field, ordinal = spans.value("field"), spans.value("ordinal")
            spans.each.append(f"{shown}.add({field})")
            spans.each.append(f"{shown}.add(({field}, {ordinal}))")
        else:
            spans.parent.last.append(f"{shown} |= {_shown(spans.parent, spans)}")
    return shown


class Traces:
    """What the spans of each mention and event show, in marked rows; made once for all rules."""

    def __init__(self, spans: Sequence[Row], mentions: Sequence[Row]) -> None:
        self._shown: dict[str, dict[Any, set[Shown]]] = {
            "mention_id": defaultdict(set),
            "event_id": defaultdict(set),
        }
        faulty = [row for row in mentions if not is_present(row, "mention_id", "event_id")]
        self._unsure: set[Any] = {row.get("event_id") for row in faulty}
        # A span without a sound id may be of a mention without one, else of any mention.
        self.is_whole = bool(faulty) or all(is_present(row, "mention_id") for row in spans)
        # One without a sound event leads nowhere, so another with its id may.
        led = [row for row in mentions if is_present(row, "event_id")]
        event_of = {row.get("mention_id"): row["event_id"] for row in led}
        for span in spans:
            mention = span.get("mention_id")
            event = event_of.get(mention)
            if not is_present(span, "field", "ordinal"):
                self._unsure |= {mention, event}
                continue
            self._shown["mention_id"][mention].add((span["field"], span["ordinal"]))
            self._shown["event_id"][event].add((span["field"], span["ordinal"]))

    def is_missed(self, key: str, value: Any, field: str, ordinal: int | None) -> bool:
        """Whether a mention or event has spans, but none of a field and, where asked, ordinal."""
        shown = self._shown[key].get(value)
        if not shown or value in self._unsure:
            return False
        return not any(f == field and ordinal in (None, number) for f, number in shown)


def _ids_of(mentions: KeyRecords, events: Hashes) -> Hashes:
    """The hashes of the sound ids of the mentions of events."""
    found = [np.zeros(0, np.uint64)]
    for part in mentions.each():
        theirs = part["number"][np.isin(part["hash"], events)]
        found.append(theirs[~np.isin(theirs, (NO_VALUE, OPEN_VALUE))].view(np.uint64))
    return np.unique(np.concatenate(found))


def _with_namesakes(mentions: KeyRecords, events: Hashes, ids: Hashes) -> Iterator[Records]:
    """The mentions of events, and those of other events with one of their ids.

    Without these it is not known which mention of an id is the last one, which counts.
    """
    for part in mentions.each():
        yield part[np.isin(part["hash"], events) | np.isin(part["number"].view(np.uint64), ids)]


def _pairs(records: Records) -> Hashes:
    """One hash of the key and of what is sought or shown."""
    both = [records["hash"], records["number"].view(np.uint64)]
    return joined_hashes(both, np.ones(len(records), np.bool_))


def _tell(rule: Traced, column: str, row: Row, field: str, ordinal: int | None) -> str:
    lacking = "its mention has no span"
    if rule.key == "event_id":
        lacking = f"no mention of {row[rule.key]} has a span"
    which = "" if ordinal is None else f" and ordinal {ordinal}"
    return f"{column} is {name_value(row[column])}, but {lacking} with field {field}{which}"
