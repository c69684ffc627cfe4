"""Where what a command writes cannot be written, it says so, and nothing is lost or left half."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from qantar.dataset.command import main

FULL = Path("/dev/full")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, [*arguments])


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    return monkeypatch


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_output_to_a_full_disk_ends_with_a_sentence_and_2() -> None:
    command = [sys.executable, "-m", "qantar.dataset.command", "explain"]
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "Error: The output cannot be read or written: no space left on device.\n"


def test_a_page_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, full_disk: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")
    failed = run("explore", "--no-open", "--out", str(page))
    assert (failed.exit_code, page.read_text()) == (2, "old")
    assert "no space left" in failed.output
    assert [*tmp_path.iterdir()] == [page]
    full_disk.undo()
    assert run("explore", "--no-open", "--out", str(page)).exit_code == 0
    assert page.read_text() != "old"


def test_a_template_that_cannot_be_written_can_be_written_later(
    tmp_path: Path, full_disk: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "events.csv"
    assert run("template", "csv", "--out", str(sheet)).exit_code == 2
    assert [*tmp_path.iterdir()] == []
    full_disk.undo()
    assert run("template", "csv", "--out", str(sheet)).exit_code == 0
    again = run("template", "csv", "--out", str(sheet))
    assert (again.exit_code, "is there already" in again.output) == (2, True)
