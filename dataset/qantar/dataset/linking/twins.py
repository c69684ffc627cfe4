"""Rows of one source that are the same in all that a rule looks at: one of them stands for all.

A source that repeats a report a thousand times would else make half a million pairs of it.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from qantar.dataset.linking.party import Ints
from qantar.dataset.linking.rows import COLUMNS, Rows, taken
from qantar.dataset.linking.rule import LinkRule
from qantar.dataset.linking.score import compare, linkable


@dataclass(frozen=True)
class Twins:
    """Rows without those for which another stands.

    rows: what is left. numbers: of these among all rows. pairs: each row that is not left, and
    the one with the smallest id, which stands for it.
    """

    rows: Rows
    numbers: Ints
    pairs: pl.DataFrame

    def numbered(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Pairs of what is left with the numbers of all rows, and those of the twins."""
        named = (pl.Series(name, self.numbers[pairs[name].to_numpy()]) for name in ("one", "other"))
        return pl.concat([pairs.with_columns(*named), self.pairs]).sort("one", "other")

    def grouped(self, groups: Ints) -> Ints:
        """Groups of all rows, from those of what is left."""
        found = np.arange(len(self.numbers) + self.pairs.height)
        found[self.numbers] = self.numbers[groups]
        found[self.pairs["other"].to_numpy()] = found[self.pairs["one"].to_numpy()]
        return found


def without_twins(held: pl.DataFrame, rows: Rows, rule: LinkRule) -> Twins:
    """Let one row stand for its twins. held: the frame that the rows were made of."""
    asked = [name for name in COLUMNS if name != "event_id"]
    told = held.sort("event_id").select(asked).with_row_index("row")
    first = told.select(pl.col("row").min().over(asked)).to_series().to_numpy().astype(np.int64)
    is_twin = (first != np.arange(len(first))) & rows.is_firm(rule)
    others = np.flatnonzero(is_twin)
    pairs = linkable(compare(rows, rule, first[others], others))
    is_left = np.ones(len(rows), dtype=np.bool_)
    is_left[pairs["other"].to_numpy()] = False
    numbers = np.flatnonzero(is_left)
    return Twins(taken(rows, numbers), numbers, pairs)
