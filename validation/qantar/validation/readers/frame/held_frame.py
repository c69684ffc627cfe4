"""Frames of every kind that people hold, as names of columns and what is read of each."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import narwhals as nw
import narwhals.dependencies as kinds
import numpy as np
import polars as pl
import pyarrow as pa

from qantar.schema import Severity
from qantar.schema.table import Column
from qantar.validation.faults.argument import asked_frame
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_frame import relate
from qantar.validation.readers.frame.arrow_column import column_of_arrow
from qantar.validation.readers.frame.cell_column import column_of_series
from qantar.validation.readers.frame.pandas_column import column_of_pandas
from qantar.validation.tables.chunk import Foreign, Stored

_NAMES_TOLD = 5


@dataclass(frozen=True)
class HeldFrame:
    """A frame in memory.

    eager: the frame, collected where it was lazy. labels: what its columns are called there,
    of which only texts can name a column of the format. read: gives the column at a place.
    """

    eager: Any
    labels: Sequence[Hashable]
    height: int
    read: Callable[[int, Column], Stored]

    @property
    def names(self) -> tuple[str, ...]:
        """The labels as texts, each once, in their order."""
        return tuple(dict.fromkeys(str(label) for label in self.labels))

    def fault_of_labels(self) -> Fault | None:
        """Why no label can be the name of a column."""
        if not self.labels or any(isinstance(label, str) for label in self.labels):
            return None
        few = ", ".join(str(label) for label in self.labels[:_NAMES_TOLD])
        if any(isinstance(label, tuple) for label in self.labels):
            told = (
                f"The columns have several levels of names: {few}. Give each column one name, "
                "as with frame.columns = frame.columns.get_level_values(0)."
            )
        else:
            told = (
                f"The columns are named {few}, not by texts, as where pandas reads a file "
                "with header=None. Read it with its header, or set frame.columns."
            )
        return Fault("table-unknown", told)

    def stored(self, column: Column) -> Stored | None:
        """What a column holds; None where the frame does not have it."""
        places = [n for n, label in enumerate(self.labels) if _is_name(label, column.name)]
        if not places:
            return None
        if len(places) == 1:
            return self.read(places[0], column)
        told = (
            f"The frame has {len(places)} columns named {column.name}. Which of them counts is "
            "not known, so none is checked; keep one."
        )
        fault = Fault("column-unknown", told, Severity.error, column=column.name)
        return Foreign("several columns", np.ones(self.height, np.bool_), fault=fault)

    def repeated(self) -> list[str]:
        """The names that several columns have."""
        counts = Counter(label for label in self.labels if isinstance(label, str))
        return [name for name, count in counts.items() if count > 1]


def hold_frame(frame: Any) -> HeldFrame:
    """A frame of any kind that Narwhals knows; a lazy one is collected.

    Raises TypeError for what is not a frame.
    """
    frame = nw.to_native(frame, pass_through=True)
    if kinds.is_polars_lazyframe(frame):
        frame = frame.collect()
    elif kinds.is_duckdb_relation(frame):
        frame = frame.to_arrow_table()
    elif not _is_native(frame):
        held = asked_frame(frame)
        eager = held.collect() if isinstance(held, nw.LazyFrame) else held
        frame = eager.to_native() if _is_native(eager.to_native()) else eager.to_pandas()
    if isinstance(frame, pl.DataFrame):
        return HeldFrame(frame, frame.columns, frame.height, partial(_read_polars, frame))
    if isinstance(frame, pa.Table):
        return HeldFrame(frame, frame.column_names, frame.num_rows, partial(_read_arrow, frame))
    return HeldFrame(frame, [*frame.columns], len(frame), partial(_read_pandas, frame))


def keep_rows(held: HeldFrame, mask: Sequence[bool], frame: Any) -> Any:
    """Some rows of a frame, as a frame of the kind that the caller gave.

    frame: what the caller gave.
    """
    kept: Any
    if kinds.is_modin_dataframe(frame) or kinds.is_cudf_dataframe(frame):
        return nw.from_native(frame, eager_only=True).filter([*mask]).to_native()
    if isinstance(held.eager, pl.DataFrame):
        kept = held.eager.filter(pl.Series(mask, dtype=pl.Boolean))
        return kept.lazy() if isinstance(frame, pl.LazyFrame) else kept
    if isinstance(held.eager, pa.Table):
        kept = _keep_of_table(held.eager, mask)
        return relate(kept, frame) if kinds.is_duckdb_relation(frame) else kept
    return held.eager.loc[np.array(mask, np.bool_)]


def _keep_of_table(table: pa.Table, mask: Sequence[bool]) -> pa.Table:
    try:
        return table.filter(pa.array(mask, pa.bool_()))
    except pa.ArrowNotImplementedError:
        # Of some types Arrow picks no rows, but slices.
        edges = np.flatnonzero(np.diff([0, *mask, 0]))
        runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        return pa.concat_tables([table.slice(0, 0), *(table.slice(a, b - a) for a, b in runs)])


def _is_native(frame: Any) -> bool:
    return bool(
        kinds.is_polars_dataframe(frame)
        or kinds.is_pyarrow_table(frame)
        or kinds.is_pandas_dataframe(frame)
    )


def _is_name(label: Hashable, name: str) -> bool:
    return isinstance(label, str) and label == name


def _read_polars(frame: pl.DataFrame, place: int, column: Column) -> Stored:
    return column_of_series(frame.to_series(place), column)


def _read_arrow(table: pa.Table, place: int, column: Column) -> Stored:
    return column_of_arrow(table.column(place), column)


def _read_pandas(frame: Any, place: int, column: Column) -> Stored:
    return column_of_pandas(frame.iloc[:, place], column)
