"""Values traced to the spans of the words that they were read from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from qantar.schema.rule import Traced
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import holds
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.value_rule import name_value

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
        needed = [rule.key, *([rule.ordinal] if rule.ordinal else [])]
        for index, row in enumerate(rows) if self._is_whole else ():
            column = next((name for name in rule.columns if is_present(row, name)), None)
            if column is None or not is_present(row, *needed) or not holds(rule.when, row):
                continue
            field = rule.field or row[column]
            ordinal = row[rule.ordinal] if rule.ordinal else None
            if self._is_missed(rule.key, row[rule.key], field, ordinal):
                found = _tell(rule, column, row, field, ordinal)
                yield index, fault_of(rule, column, row, found)

    def _is_missed(self, key: str, value: Any, field: str, ordinal: int | None) -> bool:
        shown = self._shown[key].get(value)
        if not shown or value in self._unsure:
            return False
        return not any(f == field and ordinal in (None, number) for f, number in shown)


def _tell(rule: Traced, column: str, row: Row, field: str, ordinal: int | None) -> str:
    lacking = "its mention has no span"
    if rule.key == "event_id":
        lacking = f"no mention of {row[rule.key]} has a span"
    which = "" if ordinal is None else f" and ordinal {ordinal}"
    return f"{column} is {name_value(row[column])}, but {lacking} with field {field}{which}"
