"""The project that a subcommand is given, or finds around the current folder."""

from pathlib import Path

import click

from qantar.dataset.commands.option import fail
from qantar.dataset.error import DatasetError
from qantar.dataset.workplace import Workplace, find_workplace

project_option = click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of a coding project; by default the one around the current folder.",
)


def workplace(named: Path | None) -> Workplace:
    """The project; where there is none, leave with a sentence."""
    try:
        return find_workplace(named)
    except DatasetError as error:
        fail(str(error))
