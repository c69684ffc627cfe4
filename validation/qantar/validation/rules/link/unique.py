"""No two rows hold the same values in some columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from qantar.schema import Profile
from qantar.schema.rule import Unique
from qantar.schema.rules import rules_of
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.link.kind import Found, LinkKind
from qantar.validation.rules.link.side import Key, Side, key_hashes, key_of, tell_key
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.row_fault import Row, fault_of
from qantar.validation.rules.sql_text import all_sound
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import CellsByName
from qantar.validation.tables.key_hash import KeyHashes, repeated_rows
from qantar.validation.tables.key_record import Records


@dataclass
class UniqueStore:
    """The hashes of the keys of all rows, 8 bytes each."""

    rule: Unique
    hashes: KeyHashes = field(default_factory=KeyHashes)

    @property
    def columns(self) -> tuple[str, ...]:
        return self.rule.columns

    def take(self, columns: CellsByName, height: int) -> None:
        self.hashes.add(key_hashes(columns, self.rule.columns, height))

    def suspects(self) -> RowNumbers:
        return self.hashes.repeated()


class UniqueKind(LinkKind[Unique]):
    """Of rows that share a key all but the first are told."""

    is_settled_alone = True
    may_be_mended = False

    def sides(self, rule: Unique) -> tuple[Side, ...]:
        return (Side(rule.table, rule.columns, is_judged=True),)

    def suspects(self, rule: Unique, records: Sequence[Records], profile: Profile) -> Mask:
        (rows,) = records
        found = np.zeros(len(rows), np.bool_)
        found[repeated_rows([np.ascontiguousarray(rows["hash"])])] = True
        return found

    def faults(self, rule: Unique, rows: Sequence[Row], index: Any, profile: Profile) -> Found:
        for place, _ in _repeats(rule, rows):
            yield place, repeated_key(rule, rows[place], "an earlier row")

    def begin(self, rule: Unique, most: int) -> UniqueStore:
        return UniqueStore(rule, KeyHashes(most=most))

    def faults_across(
        self,
        rule: Unique,
        rows: Sequence[Row],
        parts: Sequence[int],
        where: Callable[[int], str],
        profile: Profile,
    ) -> Found:
        """Keys that stand in an earlier part; what comes again within a part is told there."""
        met: set[tuple[int, int]] = set()
        for place, first in _repeats(rule, rows):
            if parts[place] != parts[first] and (first, parts[place]) not in met:
                yield place, repeated_key(rule, rows[place], where(first))
            met.add((first, parts[place]))

    def in_record(self, rule: Unique, code: RecordCode) -> None:
        level = code.levels[rule.table]
        own = [name for name in rule.columns if name not in level.inherited]
        if len(own) < len(rule.columns):
            counted = f"len({level.keys(own)}) + {level.keyless(own)}"
            level.after.append(f"if {counted} < len({level.items}): return None")

    def sql(self, rule: Unique, record: str) -> str:
        """Rows have no order in a warehouse, so of rows with one key the last by name are told."""
        keys = ", ".join(rule.columns)
        number = f"ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY {record})"
        numbered = f"SELECT *, {record} AS record, {number} AS occurrence FROM sound"
        numbered += f" WHERE {all_sound(*rule.columns)}"
        return f"SELECT * FROM ({numbered}) AS numbered WHERE occurrence > 1"


KIND = UniqueKind()


def repeated_key(rule: Unique, row: Row, where: str) -> Fault:
    """The fault of a row whose key stands somewhere already."""
    key = tuple(row[column] for column in rule.columns)
    found = f"{tell_key(rule.columns, key)} stands in {where} already"
    return fault_of(rule, rule.on[0], row, found)


def unique_rule(
    table: str, profile: Profile, rule_id: str, columns: tuple[str, ...]
) -> Unique | None:
    """The rule of an id that asks for unique values in these columns."""
    rules = (rule for rule in rules_of(table, profile) if rule.id == rule_id)
    return next((r for r in rules if isinstance(r, Unique) and r.columns == columns), None)


def _repeats(rule: Unique, rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """(index of the row, index of the first one) for each row whose key an earlier one has."""
    seen: dict[Key, int] = {}
    for place, row in enumerate(rows):
        key = key_of(row, rule.columns)
        if key is not None and seen.setdefault(key, place) != place:
            yield place, seen[key]
