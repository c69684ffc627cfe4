"""Rows of files of other systems converted, told apart, accounted for."""

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.dataset.conversion.account import Account, FileAccount
from qantar.dataset.conversion.columns import kept_names
from qantar.dataset.conversion.converters import CONVERTERS
from qantar.dataset.conversion.event_id import SeenIds
from qantar.dataset.conversion.fit import UNFIT, UNFIT_TOLD, fit
from qantar.dataset.conversion.output import RowFile
from qantar.dataset.conversion.overlap import read_ahead
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import without_words
from qantar.schema.patterns import LONGEST_EVENT_ID
from qantar.validation.readers.byte_scan import Offsets
from qantar.validation.readers.system.chunks import SourceChunks, SourceRow
from qantar.validation.readers.system.json_chunks import JsonChunks
from qantar.validation.readers.system.start import Start

# A large file is told of after so many rows each time.
ROWS_TOLD = 1_000_000
Tell = Callable[[str], None]
NUL = "It holds the character NUL, which a table of text cannot have."
DUPLICATE = "It stands in the input before, byte by byte."
NO_ACT = "Its word for the act fits no field, and there is no code for it."
TOO_LONG = "Its id is too long for an event id."
NO_ROOM = "The id came before with another row, and has no room for a number after it."
REPEATED = "The id came before with another row: event_id has a number after it."


class Rows(Protocol):
    """Some rows of a source, as columns of text.

    rows: the number of each, from 1. notes: what its reader passed over, in how many rows.
    hashes: a number of each row that only the same row has.
    """

    @property
    def frame(self) -> pl.DataFrame: ...

    @property
    def rows(self) -> Offsets: ...

    @property
    def unread(self) -> Sequence[SourceRow]: ...

    @property
    def height(self) -> int: ...

    @property
    def notes(self) -> Mapping[str, int]: ...

    def hashes(self) -> npt.NDArray[np.uint64]: ...

    @property
    def holds_nul(self) -> bool: ...

    def source_row(self, index: int, reason: str) -> SourceRow: ...


@dataclass
class Conversion:
    """One run over files whose rows go into one table.

    table: events or mentions. schema: the columns of the output. rejected: where rejected rows
    go, a JSON object a line. version: of the source's data.
    """

    table: str
    schema: Mapping[str, pl.DataType]
    target: RowFile
    rejected: IO[bytes]
    account: Account
    version: str | None = None
    seen: SeenIds = field(default_factory=SeenIds)

    def take(self, path: Path, start: Start, account: FileAccount, tell: Tell) -> None:
        """Convert the rows of a file. tell: told how many there are so far, now and then."""
        told = 0
        given = Given(start.layout, Path(account.name).name, self.version)
        kept = kept_names(start.layout, start.names)
        is_text = start.kind == "text"
        chunks: Iterable[Rows] = (SourceChunks if is_text else JsonChunks)(path, start)
        for chunk in read_ahead(chunks):
            self.take_chunk(chunk, given, kept, account)
            if account.rows - told >= ROWS_TOLD:
                told = account.rows
                tell(f"{account.name}: {told:,} rows")
        tell(f"{account.name}: {account.rows:,} rows")

    def take_chunk(
        self, chunk: Rows, given: Given, kept: Mapping[str, str], account: FileAccount
    ) -> None:
        """Convert some rows. kept: by the source's column the name of what is kept of it."""
        frame = without_words(_with_absent(chunk.frame, given), given.layout.blanks)
        made = CONVERTERS[given.layout.system, self.table](frame, given)
        without_id = np.flatnonzero(made.fields["event_id"].is_null().to_numpy())
        reasons = dict.fromkeys(without_id.tolist(), TOO_LONG) | _reasons(made)
        if chunk.holds_nul:
            reasons |= dict.fromkeys(_with_nul(frame), NUL)
        fields = made.fields.with_columns(
            pl.lit(1, pl.Int64).alias("record_version"),
            pl.lit(given.layout.system).alias("source_system"),
            pl.lit(given.file).alias("source_file"),
            pl.Series("source_row", chunk.rows, pl.Int64),
        )
        hashes = chunk.hashes()
        ordinals = self._ordinals(fields, hashes, reasons)
        fields = fit(self._told_apart(fields, ordinals, hashes, reasons), self.table)
        if self.table == "events":
            reasons = dict.fromkeys(_without_act(fields), NO_ACT) | reasons
        is_left = np.ones(frame.height, np.bool_)
        is_left[[*reasons]] = False
        repeated = int(np.count_nonzero(ordinals[is_left]))
        if repeated and self.table == "events":
            account.notes[REPEATED] += repeated
        mask = pl.Series(is_left, dtype=pl.Boolean)
        notes = {**made.notes, UNFIT_TOLD: fields[UNFIT].is_not_null()}
        self._count(replace(made, notes=notes), mask, given, account)
        whole = fields.hstack(frame.select(pl.col(n).alias(name) for n, name in kept.items()))
        self.target.add(self._shaped(whole if mask.all() else whole.filter(mask)))
        rejected = [*chunk.unread, *(chunk.source_row(n, why) for n, why in reasons.items())]
        for row in sorted(rejected, key=lambda one: one.row):
            self._reject(row, account)
        account.notes.update(chunk.notes)
        account.rows += chunk.height
        account.converted += int(is_left.sum())

    def _ordinals(
        self, fields: pl.DataFrame, rows: npt.NDArray[np.uint64], reasons: dict[int, str]
    ) -> npt.NDArray[np.int64]:
        """How often the id of each row came before; rows that came themselves get a reason."""
        is_left = np.ones(fields.height, np.bool_)
        is_left[[*reasons]] = False
        numbers = np.flatnonzero(is_left)
        ids = fields["event_id"].hash().to_numpy()
        found, twice = self.seen.take(ids[numbers], rows[numbers])
        reasons |= dict.fromkeys(numbers[twice].tolist(), DUPLICATE)
        ordinals = np.zeros(fields.height, np.int64)
        ordinals[numbers] = found
        return ordinals

    def _told_apart(
        self,
        fields: pl.DataFrame,
        ordinals: npt.NDArray[np.int64],
        rows: npt.NDArray[np.uint64],
        reasons: dict[int, str],
    ) -> pl.DataFrame:
        """The rows with ids that no others have; where that becomes too long, they get a reason."""
        if self.table == "mentions":
            place = pl.Series(ordinals + 1)
            return fields.with_columns(pl.format("{}-M{}", "event_id", place).alias("mention_id"))
        later = np.flatnonzero(ordinals)
        if not len(later):
            return fields
        ids = fields["event_id"]
        numbered = self.seen.numbered(ids[later], ordinals[later], rows[later])
        too_long = (numbered.str.len_chars() > LONGEST_EVENT_ID).to_numpy()
        reasons |= dict.fromkeys(later[too_long].tolist(), NO_ROOM)
        return fields.with_columns(ids.scatter(later, numbered))

    def _count(self, made: Converted, mask: pl.Series, given: Given, account: FileAccount) -> None:
        for note, held in made.notes.items():
            count = int((held.fill_null(False) & mask).sum())
            if count:
                account.notes[note] += count
        for column, values in made.unmapped.items():
            counted = values.filter(mask).drop_nulls().value_counts()
            if counted.height:
                key = given.layout.system, column
                self.account.unmapped.setdefault(key, Counter()).update(dict(counted.iter_rows()))

    def _shaped(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with the columns of the output in their order."""
        held = {*frame.columns}
        return frame.select(
            pl.col(name).cast(kind) if name in held else pl.lit(None, kind).alias(name)
            for name, kind in self.schema.items()
        )

    def _reject(self, row: SourceRow, account: FileAccount) -> None:
        account.rejected[row.reason] += 1
        told: dict[str, Any] = {
            "file": account.name,
            "row": row.row,
            "line": row.line,
            "reason": row.reason,
        }
        try:
            told["text"] = row.text.decode()
        except UnicodeDecodeError:
            told["base64"] = base64.b64encode(row.text).decode()
        self.rejected.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")


def _with_nul(frame: pl.DataFrame) -> list[int]:
    """The rows with a character that no table in text can hold."""
    text = pl.all().str.contains("\0", literal=True)
    return frame.select(pl.any_horizontal(text).fill_null(False)).to_series().arg_true().to_list()


def _reasons(made: Converted) -> dict[int, str]:
    """By the index of a row the first reason for which it is rejected."""
    found: dict[int, str] = {}
    for reason, mask in made.rejects.items():
        for index in np.flatnonzero(mask.fill_null(False).to_numpy()).tolist():
            found.setdefault(index, reason)
    return found


def _without_act(fields: pl.DataFrame) -> list[int]:
    """The indexes of rows that have neither a code nor the source's own word."""
    is_bare = pl.col("action_code").is_null() & pl.col("source_action").is_null()
    found: list[int] = fields.select(is_bare).to_series().arg_true().to_list()
    return found


def _with_absent(frame: pl.DataFrame, given: Given) -> pl.DataFrame:
    absent = [name for name in given.layout.columns if name not in frame.columns]
    return frame.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
