"""A run of rows out of a file, column by column, as the batch engine takes them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from qantar.validation.faults.fault import Fault
from qantar.validation.tables.array import LineNumbers, Mask, RowNumbers
from qantar.validation.tables.dictionary_place import places_of

# A column with more distinct values than both is not worth a dictionary.
MOST_DISTINCT = 0.25
FEWEST_DISTINCT = 1_000
# Whole numbers that lie so near each other are their own places.
LARGEST_SPAN = 1_000
_LARGEST_NUMBER = 2**62


def is_varied(distinct: int, rows: int) -> bool:
    """Whether too few values come back for a dictionary."""
    return distinct > max(FEWEST_DISTINCT, MOST_DISTINCT * rows)


def may_be_listed(dtype: pl.DataType) -> bool:
    """Whether values of a type, texts aside, are told apart by what Python has for them."""
    return dtype in (pl.Boolean, pl.Date) or dtype.is_integer() or dtype.is_float()


@dataclass(frozen=True)
class Coded:
    """A column whose values come back.

    codes: of each row a number that stands for its value in every chunk of the file, 0 where
    it has none. values: the same rows, categorical.
    """

    codes: npt.NDArray[np.uint32]
    values: pl.Series

    def texts(self, rows: RowNumbers) -> list[str]:
        """The values of some rows."""
        return [str(value) for value in self.values[rows].cast(pl.String)]

    def only(self, rows: RowNumbers) -> "Coded":
        """Some of the rows."""
        return Coded(self.codes[rows], self.values[rows])


@dataclass(frozen=True)
class Listed:
    """A column as places in a list of its values, which may be another in the next chunk.

    values: the list, which may hold more than the rows do. places: of each row its value's, or
    the list's length where it has none.
    """

    values: pa.Array
    places: npt.NDArray[np.int32]

    @classmethod
    def of(cls, array: pa.Array) -> "Listed":
        """The values of an array, which may be a dictionary already."""
        held = array if isinstance(array, pa.DictionaryArray) else pc.dictionary_encode(array)
        return cls(held.dictionary, places_of(held))

    @classmethod
    def of_series(cls, series: pl.Series) -> "Listed":
        """The values of a series; nothing is looked up where they tell their own places."""
        if series.dtype == pl.Boolean:
            values = pl.Series(series.name, [False, True])
            places = series.cast(pl.Int32)
        elif series.dtype.is_integer() and (span := _span(series)):
            values = pl.Series(series.name, span, pl.Int64).cast(series.dtype)
            places = (series.cast(pl.Int64) - span.start).cast(pl.Int32)
        else:
            return cls.of(series.to_arrow())
        return cls(values.to_arrow(), places.fill_null(len(values)).to_numpy())

    def spelled(self) -> pl.Series:
        """The value of each row."""
        values: pl.Series = pl.Series(self.values).append(pl.Series([None]))
        return values.gather(self.places)

    def only(self, rows: RowNumbers) -> "Listed":
        """Some of the rows."""
        return Listed(self.values, self.places[rows])


@dataclass(frozen=True)
class Mixed:
    """A column of values of several types.

    values: those that its kind can have, null elsewhere. odd: the others, by row.
    """

    values: pl.Series
    odd: Mapping[int, Any]

    def only(self, rows: RowNumbers) -> "Mixed":
        """Some of the rows."""
        numbered = enumerate(rows.tolist())
        odd = {place: self.odd[row] for place, row in numbered if row in self.odd}
        return Mixed(self.values[rows], odd)


@dataclass(frozen=True)
class Foreign:
    """A column of which no table can have the values.

    held: what they are called. there: of each row whether it has one. first: the first of them,
    where it is known. fault: what is wrong with the column, where that is not their type.
    """

    held: str
    there: Mask
    first: Any = None
    fault: Fault | None = None

    def only(self, rows: RowNumbers) -> "Foreign":
        """Some of the rows."""
        return replace(self, there=self.there[rows])


# What a file or a frame has in a column of a chunk.
Stored: TypeAlias = pl.Series | Coded | Listed | Mixed | Foreign


@dataclass
class Chunk:
    """Some rows that follow each other, before anything was judged.

    height: how many. columns: by name, as stored: a series, or codes or places where
    values come back. lines: the physical line of each row, where the file has lines. unread:
    (index in the chunk, column) of cells that could not be told apart; faults: why, with
    rows from 1 within the chunk. is_printable: it is known that no text holds control characters.
    """

    height: int
    columns: dict[str, Stored]
    lines: Sequence[int] | LineNumbers | None = None
    unread: set[tuple[int, str]] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    is_printable: bool = False

    def only(self, rows: RowNumbers) -> "Chunk":
        """Some of the rows, without faults."""
        places = {row: place for place, row in enumerate(rows.tolist())}
        columns = {name: _only(stored, rows) for name, stored in self.columns.items()}
        unread = {(places[row], name) for row, name in self.unread if row in places}
        lines = None if self.lines is None else [self.lines[row] for row in rows.tolist()]
        return Chunk(len(rows), columns, lines, unread)


def _span(numbers: pl.Series) -> range | None:
    """From the least to the largest of whole numbers, where these lie near each other."""
    least, largest = numbers.min(), numbers.max()
    if not (isinstance(least, int) and isinstance(largest, int)):
        return None
    is_safe = abs(least) < _LARGEST_NUMBER and abs(largest) < _LARGEST_NUMBER
    return range(least, largest + 1) if is_safe and largest - least < LARGEST_SPAN else None


def _only(stored: Stored, rows: RowNumbers) -> Stored:
    return stored[rows] if isinstance(stored, pl.Series) else stored.only(rows)
