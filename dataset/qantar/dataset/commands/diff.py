"""``qantar diff``: what changed between two releases."""

from pathlib import Path

import click

from qantar.dataset.commands.option import fail, folder_option
from qantar.dataset.difference import render_difference
from qantar.dataset.error import DatasetError


@click.command("diff")
@click.argument("old")
@click.argument("new")
@folder_option
def command(old: str, new: str, folder: Path | None) -> None:
    """Show what changed from OLD to NEW, record by record and field by field.

    Each is a version, such as 0.1.0, or the folder of a release. Exit status 0 whether
    there are differences or not.
    """
    try:
        click.echo(render_difference(old, new, folder=folder), nl=False)
    except DatasetError as error:
        fail(str(error))
