"""Events, mentions and spans at random, cut into parts, and an engine of nothing but Polars."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from hypothesis import strategies as st

from qantar.schema.shape import Row, Rows
from qantar.validation.engine.cluster.parted_frame import (
    PLACES_PER_PART,
    Join,
    Judge,
    Schema,
)
from support import made_up
from support.held_frames import as_polars
from support.parted_tables import parts_of

EVENTS = [f"TST-00000{number}" for number in range(1, 5)]
MENTIONS = [f"{event}-M{number}" for event in EVENTS[:3] for number in (1, 2)]
FIELDS = ["place", "time", "number", "actor", "target", "source", "condition"]
# What stands in few cells only, so that most rows say something.
ODD: list[str | None] = [None, "no id", "TST-000009", "TST-000009-M9"]


@st.composite
def traced_tables(draw: st.DrawFn) -> tuple[str, Rows, dict[str, list[int]]]:
    """The name of a table with values to be traced, tables, and where each is cut."""
    made = made_up.corpus().tables()
    name = draw(st.sampled_from(["events", "participants", "attributions"]))
    key = "mention_id" if name == "attributions" else "event_id"
    ids = MENTIONS if name == "attributions" else EVENTS
    odd = ODD if draw(st.booleans()) else []
    tables: Rows = {
        name: draw(_rows(made[name], {key: [*ids, *odd]}, 1, 10)),
        "mentions": draw(
            _rows(made["mentions"], {"mention_id": MENTIONS * 2 + odd, "event_id": EVENTS * 2}, 0, 8)
        ),
        "spans": draw(
            _rows(
                made["spans"],
                {
                    "mention_id": MENTIONS * 2 + odd[:3],
                    "field": [*FIELDS, *odd[:2]],
                    "ordinal": [1, 1, 1, 2, *odd[:1]],
                },
                0,
                16,
            )
        ),
    }
    for row in tables["mentions"] if odd else ():
        row["event_id"] = draw(st.sampled_from([*[row["event_id"]] * 6, *ODD[:3]]))
    cuts = st.lists(st.integers(0, 10), max_size=3).map(sorted)
    return name, tables, {table: draw(cuts) for table in tables}


def _rows(
    made: list[Row], cells: dict[str, list[Any]], least: int, most: int
) -> st.SearchStrategy[list[Row]]:
    changed = st.fixed_dictionaries({k: st.sampled_from(values) for k, values in cells.items()})
    row = st.tuples(st.sampled_from(made), changed).map(lambda pair: {**pair[0], **pair[1]})
    return st.lists(row, min_size=least, max_size=most)


def parts(name: str, rows: list[Row], cuts: list[int]) -> list[pl.DataFrame]:
    frame = as_polars(name, rows)
    return parts_of(frame, [min(cut, frame.height) for cut in cuts])


@dataclass
class PolarsParts:
    """Parts of frames, judged in any order and shuffled at random.

    met: how many rows each shuffle brought together.
    """

    seed: int = 0
    met: list[int] = field(default_factory=list)

    def judge(self, frame: list[pl.DataFrame], table: str, judge: Judge) -> pl.DataFrame:
        numbered = [*enumerate(frame)]
        random.Random(self.seed).shuffle(numbered)
        return pl.concat([judge(part, number * PLACES_PER_PART) for number, part in numbered])

    def meet(self, found: Sequence[pl.DataFrame], join: Join, schema: Schema) -> pl.DataFrame:
        brought = pl.concat(found).sample(fraction=1, shuffle=True, seed=self.seed)
        self.met.append(brought.height)
        groups = brought.partition_by("link", "key")
        return pl.concat([pl.DataFrame(schema=schema), *map(join, groups)])
