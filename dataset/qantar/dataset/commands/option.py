"""What several subcommands share: options, and how they fail."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from qantar.schema.safe_text import safe_lines

folder_option = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of releases; by default those that came with the package.",
)
articles_option = click.option(
    "--articles",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="QANTAR_ARTICLES",
    help="Folder with the articles' texts (.txt), found by their digests.",
)


def fail(message: str, *, status: int = 2) -> NoReturn:
    """Print an error and leave with its status."""
    say(f"Error: {message}", error=True)
    sys.exit(status)


def say(text: str, *, error: bool = False) -> None:
    """Print lines of text; nothing in them steers the terminal."""
    click.echo(safe_lines(text), err=error)


def progress() -> Callable[[str], None] | None:
    """What tells each step on a terminal; nothing elsewhere."""
    return _tell if sys.stderr.isatty() else None


def _tell(step: str) -> None:
    say(f"… {step}", error=True)
