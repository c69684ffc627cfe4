"""``qantar convert``: event data of other systems brought into this format."""

from pathlib import Path

import click

from qantar.dataset.commands.option import fail, progress, say
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.conversion.convert import ConversionError, beside, convert
from qantar.dataset.conversion.converters import SYSTEMS


@click.command("convert")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write: .csv, .parquet or .jsonl.",
)
@click.option(
    "--from",
    "system",
    type=click.Choice(["auto", *SYSTEMS]),
    default="auto",
    show_default=True,
    help="The system that the files are of.",
)
@click.option("--source-version", metavar="TEXT", help="The version of the source's data.")
def command(paths: tuple[str, ...], out: Path, system: str, source_version: str | None) -> None:
    """Convert event data of other systems into a table of events.

    PATHS are files, folders, zips or - for standard input. What each file is, is told by its
    content. Beside --out stand NAME.report.json, with the account and every declared loss, and
    NAME.rejected.jsonl, with each row that was not converted, its reason and its text.
    """
    for place in (out, *beside(out)):
        refuse_output(place, "--out", paths)
    try:
        account = convert(
            paths,
            out,
            system=None if system == "auto" else system,
            version=source_version,
            tell=progress(),
        )
    except ConversionError as error:
        fail(str(error))
    say(account.as_text())
    report, rejected = beside(out)
    say(f"Wrote {out}. The account is in {report}, the rejected rows are in {rejected}.")
    if account.refused:
        fail("Some files were not converted; see above.")
