"""What the pages show is what their examples print."""

import ast
import importlib
import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from qantar.dataset.command import main
from qantar.dataset.edition import OWN_EDITION
from shown_example import ROOT, blocks, pages, rerun, run_page

MEND = "run: python tests/shown_example.py"
# Every language a block may have: what is run, and what is only shown.
SHOWN_ONLY = {"text", "sh", "py", "json", "yaml", "toml", "{toctree}", "{include}", "{raw}"}
EXECUTED = {"console", "python", "sql", "r"}
WITH_EXAMPLES = [
    page
    for page in pages()
    if EXECUTED & {b.language for b in blocks(page.read_text(encoding="utf-8"))}
]
WITH_R = [
    page
    for page in pages()
    if "r" in {b.language for b in blocks(page.read_text(encoding="utf-8"))}
]


def named(page: Path) -> str:
    return page.name


def all_blocks(*languages):
    found = [
        (page, block) for page in pages() for block in blocks(page.read_text(encoding="utf-8"))
    ]
    return [pair for pair in found if not languages or pair[1].language in languages]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=named)
def test_the_page_shows_what_its_examples_print(page):
    shown = page.read_text(encoding="utf-8")
    assert shown == rerun(page, ("console", "python", "sql")), f"{MEND} docs/{page.name}"


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here")
@pytest.mark.parametrize("page", WITH_R, ids=named)
def test_the_page_shows_what_r_prints(page):
    shown = page.read_text(encoding="utf-8")
    assert shown == rerun(page, ("r",)), f"{MEND} docs/{page.name}"


def test_there_are_examples_for_every_tool():
    assert {block.language for _, block in all_blocks()} >= EXECUTED


def test_a_block_is_run_or_known_to_be_only_shown():
    for page, block in all_blocks():
        known = EXECUTED | SHOWN_ONLY | {"{eval-rst}", "{literalinclude}"}
        assert block.language in known, (page.name, block.language)


def test_commands_that_are_only_shown_are_commands():
    others = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "builders/CODING.md")]
    shown = [b for page in [*pages(), *others] for b in blocks(page.read_text(encoding="utf-8"))]
    lines = [line for b in shown if b.language == "sh" for line in b.content.splitlines()]
    calls = [line.split("qantar ", 1)[1] for line in lines if "qantar " in line]
    assert len(calls) > 15
    for call in calls:
        name, *arguments = shlex.split(call, comments=True)
        command = main.get_command(click.Context(main), name)
        assert command is not None, call
        command.make_context(name, arguments).close()


def test_code_that_is_only_shown_imports_what_there_is():
    shown = all_blocks("py")
    assert shown
    for _, block in shown:
        for node in ast.walk(ast.parse(block.content)):
            if isinstance(node, ast.ImportFrom):
                module = importlib.import_module(node.module)
                assert all(hasattr(module, name.name) for name in node.names)


def test_pages_name_the_release_that_there_is():
    for page in pages():
        text = page.read_text(encoding="utf-8")
        for version in re.findall(r"dataset/releases/(\d[\d.]*\d)", text):
            assert version == OWN_EDITION.version, f"{page.name} names release {version}"


def test_what_is_printed_takes_the_place_of_what_was_shown(tmp_path):
    page = (
        "```{code-block} text\n:caption: in/words.txt\nthree words here\n```\n"
        "\n```console\n$ wc -w < in/words.txt\nstale\n```\n"
        "\n```python\nnumber = 2\nprint(open('in/words.txt').read() * number)\n```\n"
        "\n```text\nstale\n```\n"
        "\n```python\nnumber += 1\n```\n"
        "\nProse between.\n\n```text\nkept\n```\n"
    )
    fresh = run_page(page, tmp_path, ("console", "python"))
    assert "$ wc -w < in/words.txt\n3\n```" in fresh
    assert "```text\nthree words here\nthree words here\n```" in fresh
    assert "stale" not in fresh
    assert "```text\nkept\n```" in fresh
    assert run_page(fresh, tmp_path, ("console", "python")) == fresh


def test_a_command_that_does_not_work_is_no_example(tmp_path):
    with pytest.raises(AssertionError, match="exit status 2"):
        run_page("```console\n$ qantar validate --no-such-option\n```\n", tmp_path, ("console",))
