"""What a converter of a system gives: our columns, and what is to be counted of its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from qantar.schema.systems import Layout


@dataclass(frozen=True)
class Given:
    """What a row's file says of all its rows."""

    layout: Layout
    file: str
    version: str | None = None


@dataclass(frozen=True)
class Converted:
    """Rows of a chunk, converted.

    fields: our columns. rejects: by the reason in words, which rows cannot be converted. notes:
    by the note in words, of which rows it holds. unmapped: by the source's column, values of rows
    that no list of ours has, absent elsewhere.
    """

    fields: pl.DataFrame
    rejects: Mapping[str, pl.Series] = field(default_factory=dict)
    notes: Mapping[str, pl.Series] = field(default_factory=dict)
    unmapped: Mapping[str, pl.Series] = field(default_factory=dict)


# The frame holds every column of the layout as text, absent where the file lacks it.
Converter = Callable[[pl.DataFrame, Given], Converted]
