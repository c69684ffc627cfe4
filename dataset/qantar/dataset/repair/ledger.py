"""What a repair changed and what it left, cell by cell."""

from dataclasses import dataclass, field

import polars as pl

LEFT = "left"
COLUMNS = ("row", "line", "column", "old", "new", "kind", "why")
_ENTRY = {
    "place": pl.Int64(),
    "key": pl.String(),
    "old": pl.String(),
    "new": pl.String(),
    "kind": pl.String(),
    "why": pl.String(),
}
_TOLD = dict(zip(COLUMNS, (pl.Int64(), pl.Int64(), *[pl.String()] * 5), strict=True))


@dataclass(frozen=True)
class Verdict:
    """What becomes of a cell: its new text, or None where it is left, and why."""

    new: str | None
    kind: str
    why: str


def left(why: str) -> Verdict:
    """A cell that stays as it is, since nothing proves what stood there."""
    return Verdict(None, LEFT, why)


@dataclass
class Ledger:
    """Entries on cells by their place in the sheet, and notes on what has no place in it.

    A place is a row of the sheet from 0, and a key names a column. A note is of the whole file
    or of a line that is in no row of the sheet.
    """

    entries: list[pl.DataFrame] = field(default_factory=list)
    notes: list[tuple[int, int, str, str, str, str, str]] = field(default_factory=list)

    def add(self, entries: pl.DataFrame) -> None:
        """Take entries with the columns of `_ENTRY`."""
        self.entries.append(entries.select([*_ENTRY]).cast(_ENTRY))  # type: ignore[arg-type]

    def add_cell(self, place: int, key: str, old: str, verdict: Verdict) -> None:
        """Take one entry."""
        row = (place, key, old, verdict.new, verdict.kind, verdict.why)
        self.entries.append(pl.DataFrame([row], _ENTRY, orient="row"))

    def note(self, column: str, old: str, new: str, kind: str, why: str) -> None:
        """Take a change of the whole file; row and line 0 stand for it."""
        self.note_line(0, 0, (column, old, new, kind, why))

    def note_line(self, row: int, line: int, told: tuple[str, str, str, str, str]) -> None:
        """Take a change of a line; told: column, old, new, kind and why."""
        self.notes.append((row, line, *told))

    def told(self, names: dict[str, str], places: pl.DataFrame) -> pl.DataFrame:
        """All of it as a table: one line for each cell that changed, and for each that is left.

        names: columns by their keys. places: row and line of each place of the sheet.
        """
        notes = pl.DataFrame(self.notes, _TOLD, orient="row")
        entries = pl.concat([pl.DataFrame(schema=_ENTRY), *self.entries])
        column = pl.col("key").replace_strict(names, default=None, return_dtype=pl.String)
        order = pl.col("key").cast(pl.Int64)
        found = (
            pl.concat([_net(entries), _left(entries)])
            .with_columns(column.alias("column"))
            .join(places.with_row_index("place").cast({"place": pl.Int64}), on="place", how="left")
            .sort("place", order, pl.col("kind") == LEFT, maintain_order=True)
        )
        return pl.concat([notes, found.select([*COLUMNS]).cast(_TOLD)])  # type: ignore[arg-type]


def _net(entries: pl.DataFrame) -> pl.DataFrame:
    """One change for each cell: from what stood there to what comes out."""
    changed = entries.filter(pl.col("kind") != LEFT)
    net = changed.group_by("place", "key", maintain_order=True).agg(
        pl.col("old").first(),
        pl.col("new").last(),
        pl.col("kind").last(),
        pl.col("why").unique(maintain_order=True).str.join(" "),
    )
    return net.filter(pl.col("old") != pl.col("new"))


def _left(entries: pl.DataFrame) -> pl.DataFrame:
    """One line for each cell that is left in the end, with the first reason."""
    found = entries.filter((pl.col("kind") == LEFT).last().over("place", "key"))
    is_left = pl.col("kind") == LEFT
    return found.filter(is_left).unique(["place", "key"], keep="first", maintain_order=True)
