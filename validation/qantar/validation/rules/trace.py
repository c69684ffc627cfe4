"""Values traced to the spans of the words that they were read from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from qantar.schema.rule import Traced
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.row_rules import Row, fault_of, holds, is_present

Tables: TypeAlias = Mapping[str, Sequence[Row]]
# What a span shows: the field, and which value of it.
Shown: TypeAlias = tuple[str, int]


class Traces:
    """What the spans of each mention and event show; made once for all rules.

    A span or mention with a faulty cell may be the very one that is missed, so nothing is
    said of a mention or event to which it may belong.
    """

    def __init__(self, tables: Tables) -> None:
        self._shown: dict[str, dict[Any, set[Shown]]] = {
            "mention_id": defaultdict(set),
            "event_id": defaultdict(set),
        }
        self._unsure: set[Any] = set()
        mentions, spans = tables.get("mentions", ()), tables.get("spans", ())
        faulty = [row for row in mentions if not is_present(row, "mention_id", "event_id")]
        self._unsure |= {row.get("event_id") for row in faulty}
        # A span without a sound id may be of a mention without one, else of any mention.
        self._is_whole = bool(faulty) or all(is_present(row, "mention_id") for row in spans)
        event_of = {row.get("mention_id"): row.get("event_id") for row in mentions}
        for span in spans:
            mention = span.get("mention_id")
            event = event_of.get(mention)
            if not is_present(span, "field", "ordinal"):
                self._unsure |= {mention, event}
                continue
            self._shown["mention_id"][mention].add((span["field"], span["ordinal"]))
            self._shown["event_id"][event].add((span["field"], span["ordinal"]))

    def faults(self, rule: Traced, rows: Sequence[Row]) -> Iterator[tuple[int, Fault]]:
        """(index of the row, fault) of each row with a value that no span shows.

        Where there are no spans at all, other rules say so.
        """
        if not self._is_whole:
            return
        for index, row in enumerate(rows):
            column = next((name for name in rule.columns if is_present(row, name)), None)
            if column is None or not is_present(row, rule.key) or not holds(rule.when, row):
                continue
            shown = self._shown[rule.key].get(row[rule.key])
            ordinal = row.get(rule.ordinal) if rule.ordinal else None
            if not shown or row[rule.key] in self._unsure:
                continue
            if rule.ordinal and not is_present(row, rule.ordinal):
                continue
            field = rule.field or row[column]
            if not any(f == field and ordinal in (None, number) for f, number in shown):
                yield index, fault_of(rule, column, row, _tell(rule, column, row, field, ordinal))


def _tell(rule: Traced, column: str, row: Row, field: str, ordinal: int | None) -> str:
    where = f"mention of {row[rule.key]}" if rule.key == "event_id" else "span of the mention"
    which = "" if ordinal is None else f" and ordinal {ordinal}"
    words = "has a span" if rule.key == "event_id" else "is one"
    return f"{column} is {row[column]!r}, but no {where} {words} with field {field}{which}"
