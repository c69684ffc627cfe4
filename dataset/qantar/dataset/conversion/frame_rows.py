"""Rows of a frame converted as a file's rows are, for frames of any kind."""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

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

REJECTED = {"row": pl.Int64(), "reason": pl.String(), "record": pl.String()}


@dataclass
class FrameRows:
    """Rows of a frame in the shape in which a file's rows are converted.

    before: how many rows of the same table came before.
    """

    frame: pl.DataFrame
    before: int = 0
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
        return self.before + 1 + np.arange(self.frame.height)

    def hashes(self) -> npt.NDArray[np.uint64]:
        """A number of each row that only the same cells have."""
        return self.frame.hash_rows().to_numpy()

    def source_row(self, index: int, reason: str) -> SourceRow:
        """A row as JSON: a frame has no text."""
        held = {n: v for n, v in self.frame.row(index, named=True).items() if v is not None}
        number = self.before + index + 1
        return SourceRow(number, number, json.dumps(held, ensure_ascii=False).encode(), reason)


@dataclass
class GatheredFrames:
    """Frames that a conversion gave."""

    frames: list[pl.DataFrame] = field(default_factory=list)

    def add(self, frame: pl.DataFrame) -> None:
        self.frames.append(frame)

    def close(self, metadata: dict[str, Any]) -> None:
        """Nothing is left to do."""


def layout_of_columns(columns: list[str]) -> Layout:
    """The layout whose columns these are; raises ConversionError where none is converted."""
    layout = layout_of_names(columns)
    if layout is None or (layout.system, layout.holds) not in CONVERTERS:
        told = ", ".join(columns[:8])
        raise ConversionError(f"The columns {told} … are of no system that can be converted.")
    return layout


def schema_of(layout: Layout, columns: Iterable[str]) -> dict[str, pl.DataType]:
    """The columns of what comes out of a frame with these columns."""
    kept = kept_names(layout, layout.named([*columns]))
    return output_schema({layout.system}, kept.values(), layout.holds)


def convert_rows(
    frames: Iterable[pl.DataFrame], given: Given
) -> tuple[pl.DataFrame, pl.DataFrame, Account]:
    """The converted rows, the rejected ones, and the account of frames that are one table.

    frames: with the columns of the layout, in any order and under any of their names, as text.
    """
    made, left = GatheredFrames(), io.BytesIO()
    account = FileAccount(given.file, given.layout.key, given.layout.system, given.layout.holds)
    whole = Account([account])
    run: Conversion | None = None
    for frame in frames:
        text = frame.rename(
            dict(zip(frame.columns, given.layout.named(frame.columns), strict=True))
        )
        if run is None:
            schema = schema_of(given.layout, frame.columns)
            whole.columns = {given.layout.holds: [*schema]}
            run = Conversion(given.layout.holds, schema, made, left, whole, given.version)
        run.take_chunk(
            FrameRows(text, account.rows), given, kept_names(given.layout, text.columns), account
        )
    lost = [json.loads(line) for line in left.getvalue().splitlines()]
    cells = [(one["row"], one["reason"], one["text"]) for one in lost]
    return pl.concat(made.frames), pl.DataFrame(cells, REJECTED, orient="row"), whole
