"""What the columns of a file hold, as far as a repair must know it."""

import enum
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from qantar.dataset.repair.sheet import Sheet
from qantar.schema import patterns
from qantar.schema.codebook import actions, admitted_countries
from qantar.schema.patterns import ColumnKind
from qantar.schema.systems import bare
from qantar.schema.table import Column


class Kind(enum.StrEnum):
    """What the cells of a column are.

    digits: text that is a whole number in most rows. letters: two letters for a country in the
    source's own list. country, action, edtf: codes and dates as our tables have them.
    """

    whole = "whole"
    digits = "digits"
    decimal = "decimal"
    boolean = "boolean"
    date = "date"
    edtf = "edtf"
    country = "country"
    letters = "letters"
    action = "action"
    address = "address"
    text = "text"


_OF_OURS = {
    ColumnKind.integer: Kind.whole,
    ColumnKind.number: Kind.decimal,
    ColumnKind.boolean: Kind.boolean,
    ColumnKind.date: Kind.date,
}
_OF_PATTERN = {
    patterns.EDTF_PATTERN: Kind.edtf,
    patterns.COUNTRY_PATTERN: Kind.country,
    patterns.URL_PATTERN: Kind.address,
    "^cameo:[0-9]{2,4}$": Kind.action,
    patterns.ACTION_CURIE_PATTERN: Kind.action,
}


@dataclass(frozen=True)
class ColumnKinds:
    """The kinds of a sheet's columns by key; columns: what our tables say of theirs."""

    kinds: dict[str, Kind]
    columns: dict[str, Column] = field(default_factory=dict)

    def of(self, key: str) -> Kind:
        """The kind of a column; text where nothing is known of it."""
        return self.kinds.get(key, Kind.text)

    def with_kind(self, *kinds: Kind) -> Iterator[str]:
        """The keys of the columns of some kinds."""
        yield from (key for key, kind in self.kinds.items() if kind in kinds)


def kinds_of(sheet: Sheet) -> ColumnKinds:
    """What the columns of a sheet hold."""
    if sheet.table is not None:
        known = sheet.table.by_name
        columns = {key: known[name] for key, name in sheet.names.items() if name in known}
        return ColumnKinds({key: _of_column(c) for key, c in columns.items()}, columns)
    system = sheet.layout.system if sheet.layout else ""
    found = _of_system(system.rstrip("12") if system.startswith("gdelt") else system)
    return ColumnKinds({k: found[bare(n)] for k, n in sheet.names.items() if bare(n) in found})


def _of_column(column: Column) -> Kind:
    if column.kind in _OF_OURS:
        return _OF_OURS[column.kind]
    if column.codes and column.codes >= actions().keys():
        return Kind.action
    if column.codes and column.codes == admitted_countries().keys():
        return Kind.country
    return _OF_PATTERN.get(column.pattern or "", Kind.text)


@cache
def _of_system(system: str) -> dict[str, Kind]:
    """By the bare name of a column what it holds."""
    read = json.loads((Path(__file__).parent / "columns.json").read_text("utf-8"))
    return {bare(n): Kind(kind) for kind, names in read.get(system, {}).items() for n in names}
