"""``qantar diff``: what changed between two releases."""

from pathlib import Path

import click

from qantar.dataset.commands.option import fail, folder_option, say
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.conversion.difference import compare_tables
from qantar.dataset.difference import render_difference
from qantar.dataset.error import DatasetError
from qantar.dataset.events_file import READABLE
from qantar.schema.replacement import replace_file


@click.command("diff")
@click.argument("old")
@click.argument("new")
@folder_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Of two tables: write every value that differs to this CSV file.",
)
def command(old: str, new: str, folder: Path | None, output: Path | None) -> None:
    """Show what changed from OLD to NEW, record by record and field by field.

    Each is a version, such as 0.1.0, or the folder of a release. Two tables of events, such as two
    releases of a source after `qantar convert`, are compared by the source's own ids: what was
    added, what is gone, and what changed by field. Exit status 0 whether there are differences or
    not.
    """
    try:
        if is_table(old) and is_table(new):
            _compare_tables(Path(old), Path(new), output)
            return
        if output is not None:
            fail("--output is for two tables: .csv, .parquet or .jsonl.")
        click.echo(render_difference(old, new, folder=folder), nl=False)
    except DatasetError as error:
        fail(str(error))


def is_table(name: str) -> bool:
    """Whether a name is that of a file of rows."""
    return Path(name).suffix.lower() in READABLE


def _compare_tables(old: Path, new: Path, output: Path | None) -> None:
    if output is not None:
        refuse_output(output, "--output", (old, new))
    found = compare_tables(old, new)
    for line in found.lines():
        say(line)
    if output is not None:
        replace_file(output, found.changed.write_csv().encode())
        say(f"Wrote {output}.")
