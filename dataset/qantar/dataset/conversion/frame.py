"""Frames with the rows of another system, converted as files are."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.dataset.conversion.account import Account, FileAccount
from qantar.dataset.conversion.columns import kept_names, output_schema
from qantar.dataset.conversion.converters import CONVERTERS
from qantar.dataset.conversion.destination import ConversionError
from qantar.dataset.conversion.run import Conversion
from qantar.dataset.conversion.system import Given
from qantar.schema.systems import Layout, layout_of_names
from qantar.validation.readers.byte_scan import Offsets
from qantar.validation.readers.system.chunks import SourceRow


@dataclass(frozen=True)
class ConvertedFrame:
    """The rows of a frame, converted.

    frame: a frame of the kind that was given, with our columns. rejected: a frame of the same
    kind with the row (from 1), the reason, and the row as JSON. account: of all rows.
    """

    frame: Any
    rejected: Any
    account: Account


@dataclass
class _Rows:
    """Rows of a frame in the shape in which a file's rows are converted."""

    frame: pl.DataFrame
    unread: tuple[SourceRow, ...] = ()
    notes: Mapping[str, int] = field(default_factory=dict)

    @property
    def height(self) -> int:
        return self.frame.height

    @property
    def holds_nul(self) -> bool:
        """Whether a row may hold the character NUL, which nothing tells before."""
        return True

    @property
    def rows(self) -> Offsets:
        return 1 + np.arange(self.frame.height)

    def hashes(self) -> npt.NDArray[np.uint64]:
        """A number of each row that only the same cells have."""
        return self.frame.hash_rows().to_numpy()

    def source_row(self, index: int, reason: str) -> SourceRow:
        """A row as JSON: a frame has no text."""
        held = {n: v for n, v in self.frame.row(index, named=True).items() if v is not None}
        return SourceRow(
            index + 1, index + 1, json.dumps(held, ensure_ascii=False).encode(), reason
        )


@dataclass
class _Gathered:
    """Frames that a conversion gave."""

    frames: list[pl.DataFrame] = field(default_factory=list)

    def add(self, frame: pl.DataFrame) -> None:
        self.frames.append(frame)

    def close(self, metadata: dict[str, Any]) -> None:
        """Nothing is left to do."""


def convert_frame(frame: Any, *, name: str = "frame", version: str | None = None) -> ConvertedFrame:
    """Convert a frame with the columns of a system's files, such as GDELT's or UCDP GED's.

    frame: of polars, pandas, pyarrow or whatever else narwhals reads into memory. name: goes into
    `source_file`. version: of the source's data. Cells are taken as the text that files have: read
    codes as text, since a leading zero that is lost is restored only where another column tells.

    Raises ConversionError where the columns are of no system that is known.
    """
    held = nw.from_native(frame, eager_only=True)
    layout = _layout(held.columns)
    rows = pl.from_arrow(held.to_arrow())
    assert isinstance(rows, pl.DataFrame)
    text = rows.select(pl.all().cast(pl.String))
    text.columns = list(layout.named(text.columns))
    schema = output_schema({layout.system}, kept_names(layout, text.columns).values(), layout.holds)
    account = FileAccount(name, layout.key, layout.system, layout.holds)
    whole = Account([account], columns={layout.holds: [*schema]})
    made, left = _Gathered(), io.BytesIO()
    run = Conversion(layout.holds, schema, made, left, whole, version)
    run.take_chunk(
        _Rows(text), Given(layout, name, version), kept_names(layout, text.columns), account
    )
    backend = held.implementation
    lost = [json.loads(line) for line in left.getvalue().splitlines()]
    rejected = pl.DataFrame(
        [(one["row"], one["reason"], one["text"]) for one in lost],
        schema={"row": pl.Int64, "reason": pl.String, "record": pl.String},
        orient="row",
    )
    (converted,) = made.frames
    return ConvertedFrame(_as(converted, backend), _as(rejected, backend), whole)


def _layout(columns: list[str]) -> Layout:
    layout = layout_of_names(columns)
    if layout is None or (layout.system, layout.holds) not in CONVERTERS:
        told = ", ".join(columns[:8])
        raise ConversionError(f"The columns {told} … are of no system that can be converted.")
    return layout


def _as(frame: pl.DataFrame, backend: Any) -> Any:
    """The frame as the library has it that the user's came from."""
    if backend.is_polars():
        return frame
    arrow = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    if backend.is_pyarrow():
        return arrow
    return nw.from_arrow(arrow, backend=backend).to_native()
