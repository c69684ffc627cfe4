"""Measures the rule that links rows of one event, and times it on a million made-up rows.

Run: ``python benchmarks/linking.py [--rows 1000000]``. The labelled set lies in
tests/dataset/linking/labelled. The rows that are timed are made up and seeded; each run is in a
process of its own. Exact duplicates are rows with the same act, days, place and parties.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import polars as pl

from qantar.dataset.linking.link import link_events
from qantar.dataset.linking.measure import measure
from qantar.dataset.linking.rule import PRESETS
from qantar.schema.codebook import actions

LABELLED = Path(__file__).parents[1] / "tests" / "dataset" / "linking" / "labelled"
DUPLICATE = (
    "action_code",
    "date_earliest",
    "date_latest",
    "latitude",
    "longitude",
    "actor_name",
    "target_name",
)
SOURCES = ("gdelt2", "icews", "polecat", "phoenix", "acled", "ucdp-ged")
CODES = tuple(code for code in actions() if len(code) > len("cameo:19"))
TOWNS = 5000


def exact_duplicates(events: pl.DataFrame) -> pl.DataFrame:
    """Groups of rows that are the same in what users compare."""
    first = pl.col("event_id").min().over([pl.col(name).fill_null("") for name in DUPLICATE])
    return events.select("event_id", first.alias("group_id"))


def print_measures() -> None:
    """Print precision, recall and B-cubed on the labelled set."""
    events, judged, truth = (
        pl.read_csv(LABELLED / f"{name}.csv", infer_schema=False)
        for name in ("events", "judgements", "groups")
    )
    print(f"{events.height} rows, {judged.height} judgements\n")
    print("| rule | precision | recall | F1 | B-cubed precision | B-cubed recall | B-cubed F1 |")
    print("|---|---|---|---|---|---|---|")
    found = {name: link_events(events, name).groups for name in PRESETS}
    for name, groups in (found | {"exact duplicates": exact_duplicates(events)}).items():
        one = measure(groups, judged, truth)
        told = (one.precision, one.recall, one.f1, one.b_precision, one.b_recall, one.b_cubed)
        print(f"| {name} | {' | '.join(f'{figure:.3f}' for figure in told)} |")


def made_events(rows: int, crowded: bool) -> pl.DataFrame:
    """Rows of every code in 5,000 towns.

    crowded: whether they lie within ten days, as a million rows of GDELT do, with one row of
    forty in one town, one of fifty in the next and so on; else within a year, evenly.
    """
    draw = np.random.default_rng(20220105)
    share = 1 / (np.arange(TOWNS) + 5.5) if crowded else np.ones(TOWNS)
    town = draw.choice(TOWNS, rows, p=share / share.sum())
    north, east = draw.uniform(-55, 65, TOWNS), draw.uniform(-170, 170, TOWNS)
    day = np.datetime64("2019-01-01") + draw.integers(0, 10 if crowded else 365, rows)
    last = day + np.where(draw.random(rows) < 0.05, draw.integers(1, 30, rows), 0)
    precision = np.where(draw.random(rows) < 0.2, "country", "city")
    groups = [f"Front {'abcdefghijklmnopqrst'[n % 20]}{n} Column" for n in range(2000)]
    sides = [draw.integers(0, 2000, rows) for _ in range(2)]
    return pl.DataFrame(
        {
            "event_id": [f"MADE-{number:07}" for number in range(rows)],
            "action_code": draw.choice(CODES, rows),
            "direction": draw.choice(("directed", "undirected"), rows),
            "date_earliest": day.astype(str),
            "date_latest": last.astype(str),
            "place_country_code": draw.choice(("BWA", "EST", "URY", "PRT"), TOWNS)[town],
            "place_precision": precision,
            "latitude": np.round(north[town], 4),
            "longitude": np.round(east[town], 4),
            "actor_name": [groups[n % 2000] if n % 3 else "Government" for n in sides[0]],
            "actor_country_code": draw.choice(("BWA", "EST", "URY", "PRT"), rows),
            "target_name": [groups[n % 2000] if n % 3 else "Civilians" for n in sides[1]],
            "source_system": draw.choice(SOURCES, rows),
        }
    )


def timed(rows: int, crowded: bool) -> tuple[float, float, int, int]:
    """Wall seconds, peak megabytes, pairs and groups of one run in this process."""
    events = made_events(rows, crowded)
    start = time.perf_counter()
    found = link_events(events)
    wall = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return wall, peak, found.links.height, found.groups["group_id"].n_unique()


def print_times(rows: int) -> None:
    context = multiprocessing.get_context("spawn")
    print("\n| rows | spread | seconds | peak MB | pairs | groups |")
    print("|---|---|---|---|---|---|")
    for count in (rows // 10, rows):
        for crowded in (False, True):
            with ProcessPoolExecutor(1, mp_context=context) as pool:
                wall, peak, pairs, groups = pool.submit(timed, count, crowded).result()
            told = "crowded" if crowded else "even"
            print(f"| {count:,} | {told} | {wall:.1f} | {peak:,.0f} | {pairs:,} | {groups:,} |")
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="0 measures only.")
    asked = parser.parse_args()
    print_measures()
    if asked.rows:
        print_times(asked.rows)


if __name__ == "__main__":
    sys.exit(main())
