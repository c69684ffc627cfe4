"""``qantar validate``: faults of records, tables and packages."""

import shutil
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import NoReturn, get_args

import click

from qantar.dataset.commands.option import articles_option, fail
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.process import is_utf8
from qantar.schema.rule import Profile
from qantar.schema.safe_text import ascii_json, ascii_xml, one_line
from qantar.schema.tables import TABLES
from qantar.validation.engine.sql.script import DIALECTS, Dialect
from qantar.validation.faults.fault_file import WRITERS, write_faults
from qantar.validation.faults.report import Report
from qantar.validation.places.check import check_paths
from qantar.validation.places.engine import Engine, check_by_spark, print_sql
from qantar.validation.places.path_list import KINDS
from qantar.validation.readers.csv.form import csv_form
from qantar.validation.reports.report import NOT_WHOLE, Form, render_pieces

# What other programs read as UTF-8, whatever the encoding of the output is.
_IN_ASCII: dict[Form, Callable[[str], str]] = {
    "json": ascii_json,
    "jsonl": ascii_json,
    "sarif": ascii_json,
    "junit": ascii_xml,
}
_PIECES_AT_ONCE = 1_000


@click.command("validate")
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(get_args(Form)), default="text")
@click.option(
    "--profile",
    type=click.Choice([str(profile) for profile in Profile]),
    help="What is asked; by default what the columns or the package promise.",
)
@click.option(
    "--table",
    type=click.Choice(list(TABLES)),
    help="Which table a file is; by default told by its columns.",
)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    help="What standard input (-), a pipe, or a file of another name holds.",
)
@click.option("--separator", help="Between the cells of CSV and TSV: ';', '|', tab.")
@click.option("--encoding", help="Of text, such as cp1252; by default UTF-8.")
@click.option("--decimal", help="The sign in the numbers of CSV and TSV: '.' or ','.")
@click.option("--first", type=click.IntRange(1), help="Read only the first rows of each file.")
@click.option("--fail-fast", is_flag=True, help="Stop after the first error.")
@click.option("--max-faults", type=click.IntRange(0), help="Show so many; the count stays exact.")
@click.option("--details", is_flag=True, help="List every fault, also where they are many.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all faults to a .parquet, .csv or .jsonl file.",
)
@click.option(
    "--engine",
    type=click.Choice(get_args(Engine)),
    default="local",
    help="What judges: this program, Spark, or a warehouse by the SQL that is printed.",
)
@click.option("--dialect", type=click.Choice(DIALECTS), default="duckdb", help="Of the SQL.")
@click.option(
    "--columns", help="For SQL: those that the table has, separated by commas; by default all."
)
@click.option(
    "--max-expansion",
    type=click.IntRange(1),
    envvar="QANTAR_MAX_EXPANSION",
    help="How many times its own size a compressed file may expand, where you trust it.",
)
@articles_option
def command(
    paths: tuple[str, ...],
    form: Form,
    profile: str | None,
    table: str | None,
    kind: str | None,
    separator: str | None,
    encoding: str | None,
    decimal: str | None,
    first: int | None,
    fail_fast: bool,
    max_faults: int | None,
    details: bool,
    output: Path | None,
    engine: Engine,
    dialect: Dialect,
    columns: str | None,
    articles: Path | None,
    max_expansion: int | None,
) -> None:
    """Check what lies at PATHS and report every fault.

    A path is a record or a list of records (.json, .jsonl), a table (.csv, .tsv, .parquet,
    .xlsx), or a package: the folder of a release, its csv or parquet folder, or a zip of it.
    Text may be compressed (.gz, .bz2, .xz, .zst). Any other folder is checked file by file; a
    pattern in quotes ('**/*.csv'), standard input (-) and, with the extra "remote", URLs (https://,
    s3://) will do too. With the articles' texts every span is checked against them.

    With --engine spark PATHS are tables that Spark reads. With --engine sql nothing is read:
    PATHS are names of tables in a warehouse, and the query that lists their faults is printed;
    --columns says which columns they have.
    """
    if engine == "sql":
        if output is not None:
            fail("--output takes faults, and --engine sql reads nothing; leave it out.")
        click.echo(_print_sql(dialect, paths, table, profile, columns), nl=False)
        return
    if not paths:
        raise click.UsageError("Missing argument 'PATHS...'.")
    try:
        csv_form(separator, encoding, decimal)
    except ValueError as error:
        fail(str(error))
    _refuse_places(paths, articles, output)
    if engine == "spark":
        report = _check_by_spark(paths, table, profile)
    else:
        report = check_paths(
            paths,
            profile=profile,
            table=table,
            articles=articles,
            progress=_tell if sys.stderr.isatty() else None,
            kind=kind,
            first=first,
            fail_fast=fail_fast,
            max_expansion=max_expansion,
            separator=separator,
            encoding=encoding,
            decimal=decimal,
        )
    _tell_report(report, form, output, most=max_faults, details=details)


def _tell_report(
    report: Report, form: Form, output: Path | None, *, most: int | None, details: bool
) -> NoReturn:
    """Print and write a report, and leave with its status."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
    if output is not None:
        _write(report, output)
    _print(render_pieces(report, form, most=most, details=details), form)
    if not report.whole and form != "text":
        # Text says so itself; what reads the other forms may not look for it.
        click.echo(NOT_WHOLE, err=True)
    sys.exit(report.exit_code)


def _refuse_places(paths: tuple[str, ...], articles: Path | None, output: Path | None) -> None:
    if articles is not None and not articles.is_dir():
        fail(f"There is no folder {articles}; give the folder of the articles' texts.")
    if output is None:
        return
    if output.suffix.lower().removeprefix(".") not in WRITERS:
        fail(f"{output} is none of .parquet, .csv and .jsonl.")
    refuse_output(output, "--output", [*paths, *([] if articles is None else [articles])])


def _print(pieces: Iterable[str], form: Form) -> None:
    """Print a report as it is made, some thousands of pieces at once."""
    spelled = _IN_ASCII.get(form) if not is_utf8(sys.stdout.encoding) else None
    left = iter(pieces)
    while told := "".join(islice(left, _PIECES_AT_ONCE)):
        click.echo(spelled(told) if spelled else told, nl=False)


def _check_by_spark(paths: tuple[str, ...], table: str | None, profile: str | None) -> Report:
    try:
        return check_by_spark(paths, profile=Profile(profile) if profile else None, table=table)
    except ImportError:
        fail('Spark needs PySpark: pip install "qantar[spark]", and Java.')
    except ValueError as error:
        fail(str(error))


def _print_sql(
    dialect: Dialect,
    names: tuple[str, ...],
    table: str | None,
    profile: str | None,
    columns: str | None,
) -> str:
    held = [name.strip() for name in columns.split(",")] if columns else None
    try:
        return print_sql(dialect, names, table, profile, held)
    except ImportError:
        fail('SQL needs sqlglot: pip install "qantar[sql]".')
    except ValueError as error:
        fail(str(error))


def _write(report: Report, output: Path) -> None:
    try:
        write_faults(report, output)
    except OSError as error:
        fail(f"{output} could not be written: {error.strerror or error}.")


def _tell(step: str) -> None:
    """Show a step in the place of the one before."""
    shown = one_line(f"… {step}")
    click.echo(f"\r\x1b[2K{shown[: shutil.get_terminal_size().columns - 1]}", nl=False, err=True)
