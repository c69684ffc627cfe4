"""A date in EDTF (ISO 8601-2) does not end before it begins."""

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from qantar.schema.edtf import is_reversed
from qantar.schema.rule import OrderedEdtf
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import Sees
from qantar.validation.rules.edtf_text import (
    first_day,
    first_day_in_sql,
    last_day,
    last_day_in_sql,
)
from qantar.validation.rules.row.kind import Flag, RowKind
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import never_null
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import SOUND, CellsByName


class EdtfOrderKind(RowKind[OrderedEdtf]):
    """Asked where the column has a sound value."""

    def faults(self, rule: OrderedEdtf, row: Row) -> Iterator[Fault]:
        """The fault of a row whose date is reversed; the suggestion has its ends in order."""
        if not is_present(row, rule.column):
            return
        edtf = row[rule.column]
        if is_reversed(edtf):
            found = f"{rule.column} is {edtf}, which ends before it begins"
            yield fault_of(rule, rule.column, row, found, _turned(edtf))

    def sees(self, rule: OrderedEdtf) -> Mapping[str, Sees]:
        return {rule.column: "value"}

    def maybe(self, rule: OrderedEdtf, columns: CellsByName, height: int) -> Mask:
        if rule.column not in columns:
            return np.zeros(height, np.bool_)
        cells = columns[rule.column]
        edtf = pl.col("edtf")
        asked = (first_day(edtf) > last_day(edtf)).fill_null(False)
        found = pl.DataFrame({"edtf": cells.screened}).select(asked).to_series().to_numpy()
        return np.asarray((cells.marks == SOUND) & found, np.bool_)

    def flags(self, rule: OrderedEdtf) -> Iterator[Flag]:
        first, last = first_day_in_sql(rule.column), last_day_in_sql(rule.column)
        yield Flag(rule.id, rule.column, never_null(f"({first}) > ({last})"))


KIND = EdtfOrderKind()


def _turned(edtf: str) -> str:
    days = edtf.strip("[]")
    between = "/" if "/" in days else ".."
    return edtf.replace(days, between.join(reversed(days.split(between))))
