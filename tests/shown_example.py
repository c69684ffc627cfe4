"""The examples that pages show, run: ``python tests/shown_example.py`` writes what they print anew.

Blocks of a page are run in their order in one scratch folder. A block with a caption is a file
that later blocks use. ``console`` holds commands behind a dollar sign and what they print;
``python``, ``sql`` (DuckDB) and ``r`` hold code, and the ``text`` block right after it is what it
prints. Blocks of any other language are only shown.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from click.testing import CliRunner

from qantar.dataset.command import main
from qantar.dataset.edition import OWN_EDITION

ROOT = Path(__file__).parents[1]
# What the commands on the pages find where the reader has cloned the repository.
LAID_OUT = (
    "builders/tutorial",
    "tests/examples/projects",
    "tests/examples/texts",
    "tests/dataset/conversion/fixtures/pages",
    f"dataset/qantar/dataset/releases/{OWN_EDITION.version}",
    "schema/qantar/schema/published",
)
RUN = ("console", "python", "sql", "r")
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<head>[^\n]*)\n(?P<options>(?::[\w-]+:[^\n]*\n)*)(?P<content>.*?)^(?P=fence)$",
    re.M | re.S,
)
# A command of our own, which runs in this process, and what it is piped to; anything else that
# is for the shell is left to it.
_OWN_COMMAND = re.compile(r"qantar ([^|<>&;$*?~(){}\[\]`#\\]*)(?:\| ([^|<>&;]*))?")
_SEPARATOR = "\x1e"
_FAILED = 2


@dataclass(frozen=True)
class Block:
    """A fenced block of a page; start and end are offsets of its content in the page."""

    language: str
    argument: str
    caption: str | None
    content: str
    start: int
    end: int


def pages() -> list[Path]:
    """The hand-written pages that show examples."""
    return sorted((ROOT / "docs").glob("*.md"))


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page in their order."""
    return list(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(text):
        head = re.fullmatch(r"(?:\{([\w-]+)\})?\s*(.*)", found["head"].strip())
        assert head is not None, found["head"]
        directive, argument = head.groups()
        language = argument if directive in (None, "code-block") else f"{{{directive}}}"
        caption = re.search(r"^:caption: (.+)$", found["options"], re.M)
        name = caption[1].strip("`") if caption else None
        yield Block(language, argument, name, found["content"], *found.span("content"))


def lay_out(folder: Path) -> None:
    """Fill a scratch folder with what the repository has where the commands look for it."""
    for path in LAID_OUT:
        shutil.copytree(ROOT / path, folder / path)


def run_page(text: str, folder: Path, languages: tuple[str, ...]) -> str:
    """The page with what its examples of these languages print now."""
    found = blocks(text)
    runner = _Runner(folder, [b.content for b in found if b.language == "r"], languages)
    changed: list[tuple[Block, str]] = []
    for block, following in zip(found, [*found[1:], None], strict=True):
        if block.caption is not None:
            runner.write(block)
        elif block.language == "console" and "console" in languages:
            changed.append((block, runner.run_console(block.content)))
        elif block.language in languages:
            printed = runner.run(block)
            if following and _shows_output(text, block, following):
                changed.append((following, printed))
    for block, content in reversed(changed):
        text = text[: block.start] + content + text[block.end :]
    return text


def _shows_output(text: str, block: Block, following: Block) -> bool:
    between = text[block.end : following.start]
    return following.language == "text" and re.fullmatch(r"`+\s+`+text\n", between) is not None


class _Runner:
    """One run of one page."""

    def __init__(self, folder: Path, r_code: list[str], languages: tuple[str, ...]) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__main__"}
        bin_folder = Path(sys.executable).parent
        self.environment = os.environ | {
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "80",
            "LC_ALL": "C.UTF-8",
        }
        self.r_printed = self._run_r(r_code) if "r" in languages and r_code else []

    def write(self, block: Block) -> None:
        assert block.caption is not None
        target = self.folder / block.caption
        target.parent.mkdir(parents=True, exist_ok=True)
        if block.language == "{literalinclude}":
            shutil.copyfile(ROOT / "docs" / block.argument, target)
        else:
            target.write_text(block.content, encoding="utf-8")

    def run(self, block: Block) -> str:
        if block.language == "r":
            return self.r_printed.pop(0)
        if block.language == "sql":
            with contextlib.chdir(self.folder):
                return _tidy(str(duckdb.sql(block.content)))
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            exec(compile(block.content, "example", "exec"), self.names)
        return _tidy(printed.getvalue())

    def run_console(self, content: str) -> str:
        commands = re.findall(r"^\$ ((?:[^\n]*\\\n)*[^\n]*)$", content, re.M)
        assert commands, f"no command behind a dollar sign in:\n{content}"
        return "".join(f"$ {command}\n{self._run_command(command)}" for command in commands)

    def _run_command(self, command: str) -> str:
        own = _OWN_COMMAND.fullmatch(command)
        if own is None:
            return self._run_in_shell(command)
        runner = CliRunner(env=self.environment)
        with contextlib.chdir(self.folder):
            done = runner.invoke(main, shlex.split(own[1]), prog_name="qantar")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        if done.exit_code >= _FAILED:
            raise AssertionError(f"{command}: exit status {done.exit_code}\n{done.output}")
        return self._run_in_shell(own[2], done.output) if own[2] else _shown(done.output)

    def _run_in_shell(self, command: str, piped: str = "") -> str:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            input=piped,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        # 1 says that there are faults, which pages show too.
        if done.returncode >= _FAILED:
            raise AssertionError(f"{command}: exit status {done.returncode}\n{done.stdout}")
        return _shown(done.stdout)

    def _run_r(self, code: list[str]) -> list[str]:
        whole = f'cat("{_SEPARATOR}")\n'.join(code)
        done = subprocess.run(
            ["Rscript", "--vanilla", "-e", whole],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return [_tidy(part) for part in done.stdout.split(_SEPARATOR)]


def _shown(printed: str) -> str:
    return _tidy(printed) if printed else ""


def _tidy(printed: str) -> str:
    """What was printed, without blanks at the ends of lines and empty lines at its end."""
    lines = [line.rstrip() for line in printed.splitlines()]
    return "\n".join(lines).rstrip("\n") + "\n"


def rerun(page: Path, languages: tuple[str, ...]) -> str:
    """The page as it would be if its examples were run now, in a scratch folder of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        lay_out(Path(scratch))
        return run_page(page.read_text(encoding="utf-8"), Path(scratch), languages)


if __name__ == "__main__":
    runnable = RUN if shutil.which("Rscript") else tuple(lang for lang in RUN if lang != "r")
    if runnable != RUN:
        print("Rscript is not here: what R prints is left as it stands.")
    for page in [Path(name) for name in sys.argv[1:]] or pages():
        fresh = rerun(page, runnable)
        if fresh != page.read_text(encoding="utf-8"):
            page.write_text(fresh, encoding="utf-8")
            print(f"{page.name} shows what its examples print now")
