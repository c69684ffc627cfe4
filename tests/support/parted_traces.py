"""Events, mentions and spans at random, cut into parts, and an engine of nothing but Polars."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

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
from support.told_tables import LANGUAGES

EVENTS = [f"TST-00000{number}" for number in range(1, 5)]
MENTIONS = [f"{event}-M{number}" for event in EVENTS for number in (1, 2)]
FIELDS = ["place", "time", "number", "actor", "target", "source", "condition"]
# Of a column of a language; the last is no sound text.
PROSE = [None, None, "rice", "\N{BEL}"]
WORKERS = 3
# What stands in few cells only, so that most rows say something.
ODD = [None, "no id", "TST-000009", "TST-000009-M9"]


@st.composite
def traced_tables(draw: st.DrawFn) -> tuple[str, Rows, dict[str, list[int]]]:
    """The name of a table with values to be traced, tables, and where each is cut."""
    name = draw(st.sampled_from(["events", "participants", "attributions"]))
    dice = random.Random(draw(st.integers(0, 1_000_000)))
    made = made_up.corpus().tables()
    key = "mention_id" if name == "attributions" else "event_id"
    judged, mentions, spans = made[name], made["mentions"], made["spans"]
    tables: Rows = {
        name: [
            {**dice.choice(judged), key: dice.choice(MENTIONS if key == "mention_id" else EVENTS)}
            for _ in range(dice.randint(1, 10))
        ],
        # One mention of each id in most cases, some twice and of another event.
        "mentions": [
            {**dice.choice(mentions), "mention_id": mention, "event_id": event}
            for mention in dice.choices(MENTIONS, k=3) + dice.sample(MENTIONS, dice.randint(0, 8))
            for event in [dice.choice([mention.partition("-M")[0], dice.choice(EVENTS)])]
        ],
        "spans": [
            {
                **dice.choice(spans),
                "mention_id": dice.choice(MENTIONS),
                "field": dice.choice(FIELDS),
                "ordinal": dice.choice([1, 1, 1, 2]),
            }
            for _ in range(dice.randint(0, 16))
        ],
    }
    for row in tables["events"] if name == "events" else ():
        for base in ("object", "condition"):
            prose = {f"{base}_{language}": dice.choice(PROSE) for language in LANGUAGES}
            row |= dice.choice([{}, prose])
    asked = [(name, key), ("mentions", "mention_id"), ("mentions", "event_id")]
    asked += [("spans", column) for column in ("mention_id", "mention_id", "field", "ordinal")]
    for _ in range(dice.choice([0, 0, 1, 2, 4])):
        table, column = dice.choice(asked)
        if tables[table]:
            odd = dice.choice([None, -1] if column == "ordinal" else ODD)
            dice.choice(tables[table])[column] = odd
    for rows in tables.values():
        dice.shuffle(rows)
    heights = {table: len(rows) for table, rows in tables.items()}
    return (
        name,
        tables,
        {
            table: sorted(dice.choices(range(height + 1), k=dice.randint(0, 3)))
            for table, height in heights.items()
        },
    )


def parts(name: str, rows: list[Row], cuts: list[int]) -> list[pl.DataFrame]:
    return parts_of(as_polars(name, rows), cuts)


@dataclass
class PolarsParts:
    """Parts of frames, judged in any order and shuffled at random."""

    seed: int = 0

    def judge(self, frame: list[pl.DataFrame], table: str, judge: Judge) -> pl.DataFrame:
        numbered = [*enumerate(frame)]
        random.Random(self.seed).shuffle(numbered)
        return pl.concat([judge(part, number * PLACES_PER_PART) for number, part in numbered])

    def meet(self, found: Sequence[pl.DataFrame], join: Join, schema: Schema) -> pl.DataFrame:
        brought = pl.concat(found).sample(fraction=1, shuffle=True, seed=self.seed)
        worker = pl.struct("link", "key").hash(seed=self.seed) % WORKERS
        shares = brought.with_columns(worker.alias("worker")).partition_by("worker")
        return pl.concat([pl.DataFrame(schema=schema), *map(join, shares)])
