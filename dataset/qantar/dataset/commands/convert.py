"""``qantar convert``: event data of other systems brought into this format."""

from pathlib import Path

import click

from qantar.dataset.commands.option import fail, progress, say
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.conversion.convert import convert
from qantar.dataset.conversion.converters import SYSTEMS
from qantar.dataset.conversion.destination import PARTITIONS, ConversionError, beside, inside
from qantar.dataset.conversion.gdelt_sql import bigquery_sql
from qantar.dataset.conversion.output import Format


@click.command("convert")
@click.argument("paths", nargs=-1)
@click.option(
    "-o",
    "--out",
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
@click.option(
    "--partition",
    type=click.Choice([*PARTITIONS]),
    help="Write a folder with a file for each year or country of the events.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "jsonl"]),
    help="The format of partitions; parquet by default.",
)
@click.option(
    "--sql",
    type=click.Choice(["bigquery"]),
    help="Print the conversion of GDELT 2.0's public table as a query instead.",
)
@click.option("--encoding", help="The encoding of the files, such as cp1252; UTF-8 by default.")
@click.option("--source-version", metavar="TEXT", help="The version of the source's data.")
def command(
    paths: tuple[str, ...],
    out: Path | None,
    system: str,
    sql: str | None,
    partition: str | None,
    form: Format | None,
    encoding: str | None,
    source_version: str | None,
) -> None:
    """Convert event data of other systems into a table of events.

    PATHS are files, folders, zips or - for standard input. What each file is, is told by its
    content. Beside --out stand NAME.report.json, with the account and every declared loss, and
    NAME.rejected.jsonl, with each row that was not converted, its reason and its text. With
    --partition they stand in the folder, as _report.json and _rejected.jsonl.
    """
    if sql is not None:
        say(bigquery_sql().rstrip("\n"))
        return
    if not paths or out is None:
        fail("Name the files to convert, and with --out the file to write.")
    if form is not None and partition is None:
        fail("--format is for --partition; the suffix of --out tells the format of a file.")
    report, rejected = beside(out) if partition is None else inside(out)
    for place in (out,) if partition else (out, report, rejected):
        refuse_output(place, "--out", paths, is_folder=partition is not None)
    asked = None if system == "auto" else system
    try:
        account = convert(
            paths,
            out,
            system=asked,
            version=source_version,
            partition=partition,
            form=form,
            encoding=encoding,
            tell=progress(),
        )
    except ConversionError as error:
        fail(str(error))
    say(account.as_text())
    say(f"Wrote {out}. The account is in {report}, the rejected rows are in {rejected}.")
    if account.refused:
        fail("Some files were not converted; see above.")
