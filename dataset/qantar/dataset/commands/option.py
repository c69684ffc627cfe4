"""What several subcommands share: options, and how they fail."""

import sys
from pathlib import Path
from typing import NoReturn

import click

project_option = click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of a coding project; by default the project's own two articles.",
)
articles_option = click.option(
    "--articles",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="QANTAR_ARTICLES",
    help="Folder with the articles' texts (.txt), found by their digests.",
)


def fail(message: str, *, status: int = 2) -> NoReturn:
    """Print an error and leave with its status."""
    click.echo(f"Error: {message}", err=True)
    sys.exit(status)
