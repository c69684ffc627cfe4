"""A table of text in columns, with the rows and lines that its cells stood in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from qantar.dataset.repair.ledger import LEFT, Ledger, Verdict
from qantar.schema.systems import Layout, bare
from qantar.schema.table import Table

_PLACE = "place"


@dataclass(frozen=True)
class Aside:
    """A line that is no row of the table, and is written as it stood: its place and its cells."""

    place: int
    row: int
    line: int
    cells: tuple[str, ...]


@dataclass
class Sheet:
    """The rows of a file, column by column.

    names: by the key of each column, its name; a key is the column's place in the file, from 0,
    and stays when others go. cells: text by key, null where a row has no such cell. places: row
    (from 1 below the header) and line of each row. layout: of another system, absent where the
    table is one of ours.
    """

    names: dict[str, str]
    cells: pl.DataFrame
    places: pl.DataFrame
    separator: str
    layout: Layout | None = None
    table: Table | None = None
    asides: list[Aside] = field(default_factory=list)
    is_raw: bool = False
    ledger: Ledger = field(default_factory=Ledger)

    def key(self, name: str) -> str | None:
        """The key of a column by its name, whatever its case and signs."""
        return next((key for key, held in self.names.items() if bare(held) == bare(name)), None)

    def mend(
        self,
        key: str,
        where: pl.Expr,
        judge: Callable[..., Verdict | None],
        beside: Sequence[str | None] = (),
    ) -> None:
        """Judge the cells of a column, each distinct one once, and enter what comes of them.

        where: the cells that are asked about. judge: takes the cell's text and those of the
        columns `beside`, empty where there is none; None leaves the cell without a word.
        """
        asked = self._asked(key, where, beside)
        if asked.is_empty():
            return
        names = [name for name in asked.columns if name != _PLACE]
        known = asked.select(names).unique(maintain_order=True)
        told = [(*row, verdict) for row in known.iter_rows() if (verdict := judge(*row))]
        if not told:
            return
        verdicts = pl.DataFrame(
            [(*row, v.new, v.kind, v.why) for *row, v in told],
            schema={n: pl.String() for n in (*names, "new", "kind", "why")},
            orient="row",
        )
        found = asked.join(verdicts, on=names, maintain_order="left")
        self._enter(key, found.rename({names[0]: "old"}))

    def drop(self, key: str) -> None:
        """Take a column out."""
        del self.names[key]
        self.cells = self.cells.drop(key)

    def _asked(self, key: str, where: pl.Expr, beside: Sequence[str | None]) -> pl.DataFrame:
        keys = [key, *beside]
        cells = [pl.col(k).fill_null("") if k is not None else pl.lit("") for k in keys]
        lazy = self.cells.lazy().with_row_index(_PLACE).filter(where & (pl.col(key) != ""))
        named = [cell.alias(f"cell{n}") for n, cell in enumerate(cells)]
        return lazy.select(_PLACE, *named).collect()

    def _enter(self, key: str, found: pl.DataFrame) -> None:
        changed = found.filter(pl.col("kind") != LEFT)
        if len(changed):
            column = self.cells[key].scatter(changed[_PLACE], changed["new"])
            self.cells = self.cells.with_columns(column.alias(key))
        self.ledger.add(found.with_columns(pl.lit(key).alias("key")))
