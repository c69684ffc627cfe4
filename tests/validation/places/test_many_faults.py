"""Hundreds of thousands of faults take bounded memory, whatever holds the data and tells them."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from support import made_up

# The command in a process of its own; the peak comes last. What `getrusage` tells begins with the
# peak of the process that started it.
MEASURED = """
import sys
from pathlib import Path
from qantar.dataset.command import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(status["VmHWM"].split()[0], file=sys.stderr)
"""
MEMORY = 700_000  # kilobytes
ROWS = 400_000
# Records without anything have some fourteen faults each.
RECORDS = 50_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a process"),
]
BAD: dict[str, str] = {
    "rows.csv": "event_id,date_earliest,action_code\n" + "x,y,z\n" * ROWS,
    "cells.csv": "event_id,date_earliest,action_code\n" + "x,y,z,q\n" * ROWS,
    "empty.tsv": "event_id\tdate_earliest\taction_code\n" + "\t\t\n" * ROWS,
    "numbers.jsonl": "1\n" * ROWS,
    "broken.jsonl": "{x\n" * ROWS,
    "flat.jsonl": '{"event_id":1}\n' * (ROWS // 4),
    "nested.jsonl": '{"mentions":[]}\n' * RECORDS,
    "empty.jsonl": "{}\n" * RECORDS,
    "objects.json": f"[{','.join(['{}'] * RECORDS)}]",
    "lists.json": f"[{','.join(['[]'] * ROWS)}]",
}


def peak_of(*arguments: str | Path) -> int:
    """The peak of memory of ``qantar validate``, in kilobytes."""
    run = [sys.executable, "-c", MEASURED, "validate", *map(str, arguments)]
    done = subprocess.run(
        run, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True
    )
    return int(done.stderr.split()[-1])


@pytest.mark.parametrize("name", BAD)
def test_a_small_file_of_very_many_faults_takes_bounded_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(BAD[name])
    assert peak_of(path, "--format", "sarif") < MEMORY


@pytest.mark.parametrize(
    ("form", "output"), [("sarif", "parquet"), ("junit", "csv"), ("json", "jsonl")]
)
def test_every_form_and_output_of_many_faults_takes_bounded_memory(
    form: str, output: str, tmp_path: Path
) -> None:
    row = made_up.corpus().tables()["events"][0]
    numbers = pl.int_range(200_000, eager=True).cast(pl.String)
    frame = pl.DataFrame([row]).select(
        ("TST-" + numbers.str.zfill(6)).alias("event_id"),
        *(pl.lit(v).alias(k) for k, v in row.items() if k not in ("event_id", "confidence")),
        ("sure" + numbers).alias("confidence"),
    )
    path, out = tmp_path / "events.csv", tmp_path / f"out.{output}"
    frame.write_csv(path)
    assert peak_of(path, "--format", form, "--output", out) < MEMORY
    assert out.stat().st_size > 200_000
