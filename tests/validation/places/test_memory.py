"""Tables of millions of rows are checked within a bound of memory, in one file or in parts."""

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

# Libraries reserve addresses as they begin, so the limit is set after a first, small check.
# Beyond it nothing more is given, so that a table held whole ends with a MemoryError.
LIMITED = """
import resource, sys
from pathlib import Path
from qantar.validation import check_path

def kilobytes(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))

small, large, more = sys.argv[1:]
check_path(small)
limit = (kilobytes("VmSize") + int(more)) * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
report = check_path(large)
print(sum(reading.rows for reading in report.read), report.by_rule(), kilobytes("VmHWM"))
"""
MORE_ADDRESSES, MEMORY = 700_000, 600_000  # kilobytes
# Every thread would reserve 64 MB of addresses and more, whatever it uses of them.
FEW_RESERVES = {"MALLOC_ARENA_MAX": "2", "ARROW_DEFAULT_MEMORY_POOL": "system"}
ROWS_PER_PIECE = 100_000


def part_of(start: int, rows: int) -> pl.DataFrame:
    """Rows of the table events, of which the first has the id of the very first."""
    numbers = pl.int_range(start, start + rows, eager=True).scatter(0, 0)
    day = pl.repeat("2022-01-05", rows, eager=True)
    return pl.DataFrame(
        {
            "event_id": "TST-" + numbers.cast(pl.String).str.zfill(9),
            "record_version": pl.repeat(1, rows, eager=True),
            "action_code": pl.repeat("cameo:041", rows, eager=True),
            "date_earliest": day,
            "date_latest": day,
        }
    )


def write(path: Path, starts: range) -> None:
    """A table piece by piece, so that the test itself needs no memory."""
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".csv":
        with path.open("wb") as file:
            for start in starts:
                rows = part_of(start, starts.step)
                rows.write_csv(file, include_header=start == starts.start)
        return
    with pq.ParquetWriter(path, part_of(0, 1).to_arrow().schema) as writer:
        for start in starts:
            writer.write_table(part_of(start, starts.step).to_arrow())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc, as on Linux")
@pytest.mark.parametrize(("parts", "rows"), [(1, 10_000_000), (3, 3_000_000)])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_millions_of_rows_take_bounded_memory(
    kind: str, parts: int, rows: int, tmp_path: Path
) -> None:
    write(tmp_path / "small" / f"a.{kind}", range(0, ROWS_PER_PIECE, ROWS_PER_PIECE))
    for number in range(parts):
        starts = range(number * rows // parts, (number + 1) * rows // parts, ROWS_PER_PIECE)
        write(tmp_path / "large" / f"{number}.{kind}", starts)
    folders = (tmp_path / "small", tmp_path / "large")
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, *folders, str(MORE_ADDRESSES)],
        capture_output=True,
        text=True,
        env=os.environ | FEW_RESERVES,
        check=False,
    )
    found, _, peak = told.stdout.strip().rpartition(" ")
    repeated = rows // ROWS_PER_PIECE - 1
    assert found == f"{rows} {{'key-duplicate': {repeated}}}", told.stderr
    assert int(peak) < MEMORY
