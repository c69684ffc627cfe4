"""Frames with the rows of another system, converted as files are."""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from qantar.dataset.conversion.account import Account
from qantar.dataset.conversion.frame_rows import convert_rows, layout_of_columns
from qantar.dataset.conversion.system import Given


@dataclass(frozen=True)
class ConvertedFrame:
    """The rows of a frame, converted.

    frame: a frame of the kind that was given, with our columns. rejected: a frame of the same
    kind with the row (from 1), the reason, and the row as JSON. account: of all rows.
    """

    frame: Any
    rejected: Any
    account: Account


def convert_frame(frame: Any, *, name: str = "frame", version: str | None = None) -> ConvertedFrame:
    """Convert a frame with the columns of a system's files, such as GDELT's or UCDP GED's.

    frame: of polars, pandas, pyarrow or whatever else narwhals reads into memory. name: goes into
    `source_file`. version: of the source's data. Cells are taken as the text that files have: read
    codes as text, since a leading zero that is lost is restored only where another column tells.

    Raises ConversionError where the columns are of no system that is known.
    """
    held = nw.from_native(frame, eager_only=True)
    layout = layout_of_columns(held.columns)
    rows = pl.from_arrow(held.to_arrow())
    assert isinstance(rows, pl.DataFrame)
    given = Given(layout, name, version)
    converted, rejected, account = convert_rows([rows.select(pl.all().cast(pl.String))], given)
    backend = held.implementation
    return ConvertedFrame(_as(converted, backend), _as(rejected, backend), account)


def _as(frame: pl.DataFrame, backend: Any) -> Any:
    """The frame as the library has it that the user's came from."""
    if backend.is_polars():
        return frame
    arrow = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    if backend.is_pyarrow():
        return arrow
    return nw.from_arrow(arrow, backend=backend).to_native()
