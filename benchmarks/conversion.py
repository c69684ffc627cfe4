"""Times the conversion of GDELT 2.0 to Parquet beside a plain read and pandas code of users.

Run: ``python benchmarks/conversion.py [--rows 1000000] [--folder DIR]``. The rows are made up
and seeded. Each contender runs in a process of its own; figures are medians.
"""

import argparse
import multiprocessing
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from qantar.dataset.conversion.convert import convert
from qantar.schema.codebook import actions, countries
from qantar.schema.other_codes import country_codes
from qantar.schema.systems import LAYOUTS

NAMES = next(layout.columns for layout in LAYOUTS if layout.key == "gdelt2")
COUNTRIES = tuple(countries())[:120]
FIPS = ("KZ", "RS", "CH", "US", "FR", "UP", "IN", "BR", "NI", "VM", "GM", "UK")
CODES = tuple(c.removeprefix("cameo:") for c in actions() if c.startswith("cameo:") and len(c) > 8)
PRECISION = {1: "country", 2: "region", 3: "city", 4: "city", 5: "region"}
ROUNDS = 3


def made_rows(path: Path, rows: int) -> None:
    """Write a file of GDELT 2.0 as its export has it: tabs, no header, 61 columns."""
    draw = random.Random(20220105)
    places = [
        (f"Place {n}, Region {n % 300}, Country {n % 90}", draw.choice(FIPS), f"R{n % 300:03}")
        for n in range(20_000)
    ]
    points = [(f"{draw.uniform(-60, 70):.4f}", f"{draw.uniform(-170, 170):.4f}") for _ in places]
    with path.open("w", encoding="utf-8", newline="") as file:
        for number in range(rows):
            file.write("\t".join(_row(draw, number, places, points)) + "\n")


def _row(
    draw: random.Random,
    number: int,
    places: list[tuple[str, str, str]],
    points: list[tuple[str, str]],
) -> list[str]:
    day = 1 + number * 28 // 1_000_000 % 28
    date = f"201902{day:02}"
    code = draw.choice(CODES)
    cells = [str(900_000_000 + number), date, date[:6], date[:4], f"2019.{100 + day}"]
    for _ in range(2):
        country = draw.choice(COUNTRIES)
        role = draw.choice(("", "GOV", "MIL", "BUS", ""))
        cells += [country + role, f"ACTOR {country}", country, "", "", "", "", role, "", ""]
    cells += [
        "1",
        code,
        code[:3],
        code[:2],
        "1",
        "3.4",
        "5",
        "1",
        "5",
        f"{draw.uniform(-9, 9):.13f}",
    ]
    for _ in range(3):
        place = draw.randrange(len(places))
        (name, fips, region), (latitude, longitude) = places[place], points[place]
        cells += ["4", name, fips, fips + region, "", latitude, longitude, str(-place)]
    return [*cells, f"{date}121500", f"https://news.example/{number // 5}/a-report-of-the-day"]


def polars_reads(path: Path, _: Path) -> None:
    pl.read_csv(path, separator="\t", has_header=False, quote_char=None, infer_schema_length=1000)


def qantar_converts(path: Path, out: Path) -> None:
    convert([path], out)


def pandas_converts(path: Path, out: Path) -> None:
    """As users write it: the same fields by maps and strings, without any account or check."""
    import pandas as pd

    text = {name: str for name in NAMES if name.endswith(("Code", "FeatureID", "FullName"))}
    frame = pd.read_csv(path, sep="\t", header=None, names=list(NAMES), dtype=text)
    frame = frame.drop_duplicates()
    frame["event_id"] = "GDELT-" + frame["GLOBALEVENTID"].astype(str).str.zfill(6)
    frame["action_code"] = "cameo:" + frame["EventCode"]
    letters = {code: code for code in countries()}
    frame["actor_country_code"] = frame["Actor1CountryCode"].map(letters)
    frame["target_country_code"] = frame["Actor2CountryCode"].map(letters)
    fips = {one.code: one.country_code for one in country_codes() if one.system == "fips"}
    frame["place_country_code"] = frame["ActionGeo_CountryCode"].map(fips)
    frame["place_precision"] = frame["ActionGeo_Type"].map(PRECISION)
    day = pd.to_datetime(frame["SQLDATE"], format="%Y%m%d")
    added = pd.to_datetime(frame["DATEADDED"].astype(str).str[:8], format="%Y%m%d")
    lag = (added - day).dt.days
    first, last = day.copy(), day.copy()
    for distance, before in ((7, 13), (30, 60)):
        is_at = lag == distance
        first[is_at] = added[is_at] - pd.Timedelta(days=before)
        last[is_at] = added[is_at] - pd.Timedelta(days=1)
    frame["date_earliest"] = first.dt.strftime("%Y-%m-%d")
    frame["date_latest"] = last.dt.strftime("%Y-%m-%d")
    frame.to_parquet(out, compression="zstd")


CONTENDERS: dict[str, Callable[[Path, Path], None]] = {
    "polars reads": polars_reads,
    "qantar converts": qantar_converts,
    "pandas code converts": pandas_converts,
}


def timed(name: str, path: Path, out: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak megabytes of one run in this process."""
    start, before = time.perf_counter(), sum(os.times()[:2])
    CONTENDERS[name](path, out)
    wall, cpu = time.perf_counter() - start, sum(os.times()[:2]) - before
    return wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: Path, folder: Path, rows: int, only: list[str]) -> None:
    """Run the contenders in turn and print the medians."""
    context = multiprocessing.get_context("spawn")
    held: dict[str, list[tuple[float, float, float]]] = {name: [] for name in only}
    for _ in range(ROUNDS):
        for name in only:
            with ProcessPoolExecutor(1, mp_context=context) as pool:
                held[name].append(pool.submit(timed, name, path, folder / "out.parquet").result())
    size = path.stat().st_size / 1e6
    print(f"{rows:,} rows, {size:,.0f} MB; load {os.getloadavg()[0]:.1f} at the end\n")
    print("| contender | seconds | CPU s | peak MB | rows a second | of the read |")
    print("|---|---|---|---|---|---|")
    base = statistics.median(one[0] for one in held[only[0]])
    for name, runs in held.items():
        wall, cpu, peak = (statistics.median(column) for column in zip(*runs, strict=True))
        told = f"{wall:.2f} | {cpu:.2f} | {peak:,.0f} | {rows / wall:,.0f} | {base / wall:.2f}"
        print(f"| {name} | {told} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", nargs="*", default=list(CONTENDERS))
    asked = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"gdelt2-{asked.rows}.export.CSV"
        if not path.exists():
            made_rows(path, asked.rows)
        measure(path, folder, asked.rows, asked.only)


if __name__ == "__main__":
    sys.exit(main())
