"""``qantar path``: where a release lies."""

from pathlib import Path

import click

from qantar.dataset.commands.option import fail, folder_option
from qantar.dataset.error import DatasetError
from qantar.dataset.folder import FORMATS, Format, path


@click.command("path")
@click.argument("version", required=False)
@click.option("--table", help="The file of one table, such as events.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="Of the file, by default parquet; without --table the folder of all tables in it.",
)
@folder_option
def command(
    version: str | None, table: str | None, format_: Format | None, folder: Path | None
) -> None:
    """Print the folder of the release VERSION, by default of the latest, or a file in it.

    The releases came with the package, so no clone is needed. In a shell, quote it:
    duckdb -c "FROM '$(qantar path --table events)'"
    """
    try:
        click.echo(path(version, table=table, format=format_, folder=folder))
    except DatasetError as error:
        fail(str(error))
