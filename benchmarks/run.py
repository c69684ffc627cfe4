"""Compare Qantar with its peers and with pure reading, in one run, on the same files.

Run as `python benchmarks/run.py`; `--rows 10000000` for ten million rows.
"""

import argparse
import multiprocessing
import os
import platform
import sys
import tempfile
import time
from importlib.metadata import version
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

import polars as pl
from made_events import write_parts, write_shaped
from nested_events import time_one_record, write_nested
from own import Found
from peers import CONTENDERS, Contender

# A nested record holds about as much as ten rows, its lists being tables of their own.
ROWS_PER_RECORD = 10
HEADINGS = (
    "file",
    "contender",
    "rows",
    "rows a second",
    "CPU s",
    "peak MB",
    "of the reader",
    "Qantar is",
)
# Who is also given the files whose values hardly ever come back, or always.
SHAPED = ("polars reads", "qantar", "pandera")
PACKAGES = (
    "polars",
    "pyarrow",
    "narwhals",
    "numpy",
    "duckdb",
    "pandera",
    "dataframely",
    "jsonschema-rs",
    "pydantic",
    "jsonschema",
    "frictionless",
)


def main() -> int:
    """Print the table; 1 where contenders differ on what is wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--folder", type=Path, help="where files are made, and kept")
    asked.add_argument("--only", nargs="*", help="names of contenders")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        paths = write_parts(folder, options.rows)
        # Frames are made of the file before the clock starts.
        paths["frame"] = paths["parquet"]
        shaped = write_shaped(folder, options.rows)
        paths |= {f"csv, {shape}": path for shape, path in shaped.items()}
        paths["nested"] = write_nested(folder, options.rows // ROWS_PER_RECORD)
        print(_machine(), end="\n\n")
        print(_told_of_one_record(), end="\n\n")
        print(f"| {' | '.join(HEADINGS)} |")
        print("|" + "---|" * len(HEADINGS))
        chosen = [c for c in CONTENDERS if not options.only or c.name in options.only]
        return max(
            _compare(kind, path, _asked(kind, chosen), _rows(kind, options.rows))
            for kind, path in paths.items()
        )


def _asked(kind: str, chosen: list[Contender]) -> list[Contender]:
    """Those of the chosen contenders that are given a file of the kind."""
    plain, _, shape = kind.partition(", ")
    return [c for c in chosen if c.kind == plain and (not shape or c.name in SHAPED)]


def _rows(kind: str, rows: int) -> int:
    return rows // ROWS_PER_RECORD if kind == "nested" else rows


def _told_of_one_record() -> str:
    ours, alone = time_one_record()
    return (
        f"One record, warm: {ours * 1e6:.0f} us, jsonschema-rs alone {alone * 1e6:.0f} us "
        f"({ours / alone:.1f} times)."
    )


def _compare(kind: str, path: Path, contenders: list[Contender], rows: int) -> int:
    speeds: dict[str, float] = {}
    costs: dict[str, tuple[float, float]] = {}
    answers: dict[Contender, tuple[int, Found]] = {}
    for contender in contenders:
        count = min(rows, contender.rows)
        file = path if count == rows else first_rows(path, count)
        seconds, *cost, found = _measure(contender, file)
        speeds[contender.name], costs[contender.name] = count / seconds, (cost[0], cost[1])
        if not contender.is_reader:
            answers[contender] = count, found
    fastest = max((speeds[c.name] for c in contenders if c.is_reader), default=float("nan"))
    ours = speeds.get("qantar", float("nan"))
    for contender in contenders:
        name = contender.name
        count = min(rows, contender.rows)
        cut = f"first {count:,}" if count < rows else f"{count:,}"
        times = (
            "" if contender.is_reader or name == "qantar" else f"{ours / speeds[name]:.1f} times"
        )
        print(
            f"| {kind} | {name} | {cut} | {speeds[name]:,.0f} | {costs[name][0]:.2f} "
            f"| {costs[name][1]:,.0f} | {speeds[name] / fastest:.3f} | {times} |",
            flush=True,
        )
    return _differences(kind, answers)


def _differences(kind: str, answers: dict[Contender, tuple[int, Found]]) -> int:
    ours = next((answer for c, answer in answers.items() if c.name == "qantar"), None)
    if ours is None:
        return 0
    differ = 0
    for contender, (count, found) in answers.items():
        last = min(ours[0], count)
        asked = {fault for fault in ours[1] if contender.has_registry or fault[1] != "actor_id"}
        here = {fault for fault in asked if fault[0] <= last}
        there = {fault for fault in found if fault[0] <= last}
        if here != there:
            differ = 1
            print(
                f"{kind}: {contender.name} differs: {len(here - there)} less, "
                f"{len(there - here)} more: {sorted(here ^ there)[:5]}",
                file=sys.stderr,
            )
    return differ


def first_rows(path: Path, rows: int) -> Path:
    """The same file cut to its first rows."""
    short = path.with_stem(f"{path.stem}-first-{rows}")
    if path.suffix == ".parquet":
        pl.scan_parquet(path).head(rows).sink_parquet(short)
        return short
    header = 1 if path.suffix == ".csv" else 0
    with path.open("rb") as lines, short.open("wb") as kept:
        kept.writelines(islice(lines, rows + header))
    return short


def _measure(contender: Contender, path: Path) -> tuple[float, float, float, Found]:
    """(seconds, CPU seconds of all threads, peak in MB, faults).

    Each runs in a process of its own that has read nothing before.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, CONTENDERS.index(contender), path))
    process.start()
    theirs.close()
    try:
        answer: tuple[float, float, float, Found] = ours.recv()
    finally:
        process.join()
    return answer


def _run(pipe: Connection, position: int, path: Path) -> None:
    held = CONTENDERS[position].hold(path)
    begun, spent = time.perf_counter(), time.process_time()
    found = CONTENDERS[position].run(held)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - spent
    pipe.send((seconds, cpu, _peak(), found))


def _peak() -> float:
    """Most memory this process has held, in MB; getrusage would count its parent's too."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def _machine() -> str:
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = os.getloadavg()[0]
    return (
        f"{cores} cores ({platform.machine()}), {memory:.0f} GB, Python "
        f"{platform.python_version()}; {packages}; load {load:.1f} at the start."
    )


if __name__ == "__main__":
    sys.exit(main())
