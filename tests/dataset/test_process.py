"""The command as a process: its streams, its encodings, and its end by signals and pipes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

from qantar.builders.project import OWN_PROJECT

QANTAR = (sys.executable, "-m", "qantar.dataset.command")
HEADER = "event_id,record_version,action_code,date_earliest,date_latest\n"
SOUND = f"{HEADER}AB-000001,1,cameo:042,2024-03-11,2024-03-11\n"
BAD = f"{HEADER}AB-000001,1,cameo:042,2024-03-11,2024-03-10\n"
NAME = "Trương-😀.csv"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and streams of POSIX")


def run(*arguments: str, **named: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*QANTAR, *arguments], capture_output=True, **named)


def shell(line: str, folder: Path) -> int:
    """The exit status of the first command of a pipeline in which ``Q`` is the command."""
    script = f"Q() {{ '{sys.executable}' -m qantar.dataset.command \"$@\"; }}\n{line}\n"
    script += "exit ${PIPESTATUS[0]}"
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True)
    assert "Traceback" not in done.stderr + done.stdout
    assert "ignored" not in done.stderr
    return done.returncode


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in {"sound.csv": SOUND, "bad.csv": BAD, NAME: BAD}.items():
        (tmp_path / name).write_text(content)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Q validate bad.csv 2>&-", 1),
        ("Q validate sound.csv 2>&-", 0),
        ("Q validate bad.csv >&-", 1),
        pytest.param("Q validate sound.csv --output o.csv <&- >&- 2>&-", 0, id="all closed"),
        pytest.param("Q validate nowhere.csv >&- 2>&-", 2, marks=pytest.mark.slow),
        pytest.param("Q validate - --kind csv <&-", 2, marks=pytest.mark.slow),
        pytest.param("Q explain 2>&-", 0, marks=pytest.mark.slow),
    ],
)
def test_closed_streams_change_no_verdict(line: str, status: int, folder: Path) -> None:
    assert shell(line, folder) == status
    if "o.csv" in line:
        assert (folder / "o.csv").read_text().startswith("rule,")


@pytest.mark.parametrize(
    "line",
    [
        "Q explain | true",
        pytest.param("Q --help | true", marks=pytest.mark.slow),
        pytest.param("Q validate bad.csv --format json | true", marks=pytest.mark.slow),
        pytest.param("Q nonsense 2>&1 | true", marks=pytest.mark.slow),
        pytest.param("Q template json | true", marks=pytest.mark.slow),
    ],
)
def test_a_reader_that_leaves_ends_the_command_quietly(line: str, folder: Path) -> None:
    # Where the reader is slow to leave, all was written and the status is the usual one.
    assert shell(line, folder) in (0, 1, 2, 141)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_what_the_output_cannot_hold_is_escaped(encoding: str) -> None:
    done = run("why", "QTR-000004", env=os.environ | {"PYTHONIOENCODING": encoding})
    assert done.returncode == 0
    assert "T\\u1ed5ng" in done.stdout.decode(encoding)


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONIOENCODING": "cp437"},
        {"PYTHONIOENCODING": "utf-16"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
)
def test_other_encodings_end_with_the_usual_status(settings: dict[str, str]) -> None:
    assert run("why", "QTR-000004", env=os.environ | settings).returncode == 0
    assert run("explain", "Trương", env=os.environ | settings).returncode == 2


@pytest.mark.parametrize(
    "form",
    [
        "json",
        "junit",
        *(
            pytest.param(form, marks=pytest.mark.slow)
            for form in ("text", "jsonl", "github", "sarif")
        ),
    ],
)
def test_every_report_can_be_read_whatever_the_encoding(form: str, folder: Path) -> None:
    settings = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "1"}
    done = run("validate", NAME, "--format", form, cwd=folder, env=settings)
    assert (done.returncode, done.stderr) == (1, b"")
    told = done.stdout.decode("utf-8")
    if form in ("json", "jsonl"):
        document = json.loads(told)
        assert document.get("faults", [document])[0]["file"] == NAME
    elif form == "junit":
        suite = ElementTree.fromstring(done.stdout)[0]
        assert suite.get("name") == NAME
    elif form == "sarif":
        json.loads(told)


@pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 elsewhere")
@pytest.mark.parametrize(
    "form",
    [
        "sarif",
        *(
            pytest.param(form, marks=pytest.mark.slow)
            for form in ("text", "json", "jsonl", "github", "junit")
        ),
    ],
)
def test_a_name_that_is_not_utf8_can_be_told(form: str, folder: Path) -> None:
    name = os.fsencode(folder) + b"/b\xff\x1b\xe2\x80\xae\n::x%.csv"
    Path(os.fsdecode(name)).write_text(BAD)
    command = [*map(os.fsencode, QANTAR), b"validate", name, b"--format", form.encode()]
    done = subprocess.run(command, capture_output=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
    assert done.returncode == 1
    told = done.stdout.decode("utf-8")
    assert told.replace("\n", "").isprintable()
    assert not [line for line in told.splitlines() if line.startswith("::x")]
    if form == "sarif":
        place = json.loads(told)["runs"][0]["results"][0]["locations"][0]
        assert place["physicalLocation"]["artifactLocation"]["uri"].endswith(
            "b%FF%1B%E2%80%AE%0A%3A%3Ax%25.csv"
        )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_faults_of_such_a_file_are_written(kind: str, folder: Path) -> None:
    name = os.fsencode(folder) + b"/b\xff.csv"
    Path(os.fsdecode(name)).write_text(BAD)
    output = folder / f"faults.{kind}"
    command = [*map(os.fsencode, (*QANTAR, "validate")), name, b"--output", os.fsencode(output)]
    assert subprocess.run(command, capture_output=True).returncode == 1
    # In Parquet the text is compressed.
    held = pl.read_parquet(output)["file"][0].encode() if kind == "parquet" else output.read_bytes()
    assert b"udcff.csv" in held


class Running:
    """A command that runs until it is ended, with a folder of its own for temporary files."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.process = subprocess.Popen(
            [*QANTAR, *arguments],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"TMPDIR": str(self.temporary)},
        )

    def wait_for(self, pattern: str, folder: Path) -> None:
        """Wait until the command has made something there."""
        for _ in range(600):
            if any(folder.glob(pattern)):
                return
            time.sleep(0.05)
        raise AssertionError(f"no {pattern} in {folder}")

    def end(self, number: int) -> tuple[int, bytes]:
        """The status after a signal, and what was told; it ends within seconds or not at all."""
        self.process.send_signal(number)
        _, told = self.process.communicate(timeout=10)
        return self.process.returncode, told


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path, "validate", "-", "--kind", "csv")
    running.wait_for("qantar-*", running.temporary)
    yield running
    running.process.kill()


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGINT, 130),
        pytest.param(signal.SIGTERM, 143, marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, 129, marks=pytest.mark.slow),
    ],
)
def test_a_signal_ends_a_command_that_waits_for_input(
    number: int, status: int, idle: Running
) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("the signal is ignored here, as under nohup, and so in every process started")
    assert idle.end(number) == (status, b"")
    assert not [*idle.temporary.iterdir()]


def test_the_thread_that_waits_for_signals_is_not_woken_after_the_end() -> None:
    """Woken while the interpreter is taken down, it aborted the process now and then."""
    script = """
import gc, os, signal
from qantar.dataset.process import ended_by_signals
with ended_by_signals():
    pass
gc.collect()
os.fstat(signal.set_wakeup_fd(-1))
"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.slow
def test_an_interrupt_ends_threads_and_leaves_no_folder(tmp_path: Path) -> None:
    rows = "".join(f"AB-{n:07},1,cameo:042,2024-03-11,2024-03-1{n % 2}\n" for n in range(800_000))
    (tmp_path / "large.csv").write_text(HEADER + rows)
    subprocess.run(["gzip", "large.csv"], cwd=tmp_path, check=True)
    (tmp_path / "o.csv").write_text("old")
    running = Running(tmp_path, "validate", "large.csv.gz", "--output", "o.csv")
    running.wait_for("qantar-*/unpacked", running.temporary)
    time.sleep(0.3)
    assert running.end(signal.SIGINT) == (130, b"")
    assert not [*running.temporary.iterdir()]
    assert (tmp_path / "o.csv").read_text() == "old"
    assert not [*tmp_path.glob(".qantar*")]


def test_an_interrupt_leaves_no_rows_that_were_written_apart(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(BAD, encoding="cp1252")
    os.mkfifo(tmp_path / "bad.csv")
    (tmp_path / "good.csv").write_text("old")
    rows = ("--good", "good.csv", "--bad", "bad.csv", "--encoding", "cp1252")
    running = Running(tmp_path, "validate", "x.csv", *rows)
    # Nobody reads the pipe, so the command waits with what is good aside.
    running.wait_for(".qantar-*", tmp_path)
    assert running.end(signal.SIGINT)[0] == 130
    assert not [*running.temporary.iterdir()]
    assert (tmp_path / "good.csv").read_text() == "old"
    assert not [*tmp_path.glob(".qantar*")]


@pytest.mark.slow
def test_a_stopped_explore_leaves_nothing_aside(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "page")
    running = Running(tmp_path, "explore", "--no-open", "--out", "page")
    # Nobody reads the pipe, so the command waits.
    time.sleep(4)
    assert running.end(signal.SIGTERM)[0] == 143
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page", "temporary"]


@pytest.mark.slow
def test_a_build_that_is_told_to_end_leaves_nothing(tmp_path: Path) -> None:
    arguments = ("build", "--project", str(OWN_PROJECT), "--out", "releases")
    begun = time.monotonic()
    subprocess.run([*QANTAR, *arguments], cwd=tmp_path, capture_output=True, check=True)
    whole = time.monotonic() - begun
    # Most of the time goes by before the first file is written, and the last steps are short.
    for share in (0.5, 0.8, 0.9, 0.94, 0.97, 1.0):
        out = tmp_path / str(share)
        out.mkdir()
        running = Running(out, *arguments)
        time.sleep(share * whole)
        status, _ = running.end(signal.SIGTERM)
        # Before the command is loaded, Python ends as it does.
        assert status in (0, 143, -signal.SIGTERM)
        made = {path.name for path in out.glob("releases/*")}
        assert not [name for name in made if name.startswith(".")]
        assert len(made) in (0, 2)
        assert not [*running.temporary.iterdir()]
