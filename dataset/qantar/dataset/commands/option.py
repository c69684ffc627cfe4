"""What several subcommands share: options, and how they fail."""

import sys
from pathlib import Path
from typing import NoReturn

import click

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
    click.echo(f"Error: {message}", err=True)
    sys.exit(status)
