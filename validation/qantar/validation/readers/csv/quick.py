"""CSV read fast, where its bytes show that the exact reader must read the same cells.

They must have quotes in pairs at the edges of cells, no NUL, no lone carriage return, the same
number of cells in every row, and valid UTF-8.
"""

from dataclasses import dataclass, field

import polars as pl

from qantar.schema.table import Table
from qantar.validation.readers.csv.decimal_comma import has_points, number_names, without_commas
from qantar.validation.readers.csv.layout import CsvLayout
from qantar.validation.readers.csv.piece import Piece
from qantar.validation.tables.chunk import Chunk, Coded, Stored, is_varied

# A column with more values than this is read as plain text from then on.
MOST_CODES = 50_000


@dataclass(frozen=True)
class Quick:
    """What the fast reader made of a piece: its columns, and where its rows stand."""

    columns: dict[str, Stored]
    layout: CsvLayout
    is_printable: bool

    def chunk(self, line: int) -> Chunk:
        """The rows as a chunk that begins on a line."""
        lines = self.layout.first_lines(line)
        return Chunk(self.layout.height, self.columns, lines, is_printable=self.is_printable)


@dataclass
class QuickReader:
    """The fast reader of one file.

    names: of all columns; header: of those that are read. is_told: it is known which columns
    have values that come back. types: of these, by which their values are coded. anchor: a
    frame of them, since Polars forgets codes of which no series is left.
    """

    names: tuple[str, ...]
    header: tuple[str, ...]
    delimiter: str
    table: Table
    decimal: str
    is_told: bool = False
    types: dict[str, pl.DataType] = field(default_factory=dict)
    anchor: pl.DataFrame = field(default_factory=pl.DataFrame)

    def read(self, piece: Piece) -> Quick | None:
        """The cells of a piece as text; None where that would not be exact."""
        layout = CsvLayout(piece.data, self.delimiter)
        if not (piece.whole and layout.is_regular()):
            return None
        coded = self.types
        types = dict.fromkeys(self.names, pl.String()) | coded
        try:
            frame = self._parse(piece.data, types, has_empty_quotes=layout.has_empty_quotes)
        except pl.exceptions.PolarsError:
            return None
        is_last_full = not frame.to_series(-1).has_nulls()
        if frame.height != layout.height or not layout.has_every_cell(
            len(self.names), is_last_full=is_last_full
        ):
            return None
        frame = frame.select(self.header)
        if self.decimal != ".":
            if has_points(frame, self.table):
                return None
            frame = without_commas(frame, self.table)
        if not self.is_told:
            self._tell_apart(frame)
            coded = self.types
            frame = frame.cast(pl.Schema(coded))
        codes = frame.select((pl.col([*coded]).to_physical() + 1).fill_null(0)) if coded else frame
        columns: dict[str, Stored] = {
            series.name: Coded(codes[series.name].to_numpy(), series)
            if series.name in coded
            else series
            for series in frame
        }
        self._let_go(columns)
        return Quick(columns, layout, layout.is_printable)

    def _parse(
        self, data: bytes, types: dict[str, pl.DataType], *, has_empty_quotes: bool
    ) -> pl.DataFrame:
        texts = dict.fromkeys(self.names, pl.String())
        read = pl.Schema(texts if has_empty_quotes else types)
        frame = pl.read_csv(data, has_header=False, schema=read, separator=self.delimiter)
        if has_empty_quotes:
            # What is empty in quotes is as absent as what is empty without.
            frame = frame.with_columns(pl.all().replace({"": None})).cast(pl.Schema(types))
        return frame

    def _tell_apart(self, frame: pl.DataFrame) -> None:
        """Decide by the first rows which columns have values that come back."""
        numbers = number_names(frame, self.table) if self.decimal != "." else ()
        self.types = {
            series.name: pl.Categorical(pl.Categories.random())
            for series in frame
            if series.name not in numbers and not is_varied(series.n_unique(), len(series))
        }
        self.anchor = pl.DataFrame(schema=pl.Schema(self.types))
        self.is_told = True

    def _let_go(self, columns: dict[str, Stored]) -> None:
        """Read columns that have come to have very many values as plain text from now on."""
        varied = {
            name
            for name, stored in columns.items()
            if isinstance(stored, Coded) and stored.codes.max(initial=0) > MOST_CODES
        }
        if varied:
            # Other threads read it, so it is replaced, not changed.
            self.types = {n: kind for n, kind in self.types.items() if n not in varied}
