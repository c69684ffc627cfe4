"""``qantar validate``: faults of records, tables and packages."""

import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, get_args

import click

from qantar.dataset.commands.option import articles_option, fail, say
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
from qantar.validation.places.row_split import split_rows
from qantar.validation.places.split_place import is_same_place
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
_OUTPUT = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class Outputs:
    """The files to write: all faults, and rows apart."""

    faults: Path | None
    good: Path | None
    bad: Path | None

    @property
    def rows(self) -> dict[str, Path]:
        """By option, where rows are to be written."""
        named = {"--good": self.good, "--bad": self.bad}
        return {option: place for option, place in named.items() if place is not None}


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
    type=_OUTPUT,
    help="Write all faults to a .parquet, .csv or .jsonl file.",
)
@click.option("--good", type=_OUTPUT, help="Write the rows without an error there, as they stand.")
@click.option("--bad", type=_OUTPUT, help="Write the rows with an error there, as they stand.")
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
    help="How many times its own size a file may expand, where you trust it; beyond 600, other "
    "limits of size are raised alike.",
)
@articles_option
def command(
    paths: tuple[str, ...],
    form: Form,
    max_faults: int | None,
    details: bool,
    output: Path | None,
    good: Path | None,
    bad: Path | None,
    engine: Engine,
    dialect: Dialect,
    columns: str | None,
    **asked: Any,
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

    With --good and --bad the rows of one file (.csv, .tsv, .jsonl, .json, .parquet) are written
    apart, untouched and in its format: those without an error, and those with one. Warnings leave
    a row good. An error that stands at no row, as of a missing column, makes all rows bad.
    """
    outputs = Outputs(output, good, bad)
    _refuse_engine(engine, outputs)
    if engine == "sql":
        told = _print_sql(dialect, paths, asked["table"], asked["profile"], columns)
        click.echo(told, nl=False)
        return
    if not paths:
        raise click.UsageError("Missing argument 'PATHS...'.")
    try:
        csv_form(asked["separator"], asked["encoding"], asked["decimal"])
    except ValueError as error:
        fail(str(error))
    _refuse_places(paths, asked["articles"], outputs)
    asked["progress"] = _tell if sys.stderr.isatty() else None
    if engine == "spark":
        report = _check_by_spark(paths, asked["table"], asked["profile"])
    elif outputs.rows:
        report = _split(paths, outputs, asked)
    else:
        report = check_paths(paths, **asked)
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


def _split(paths: tuple[str, ...], outputs: Outputs, asked: dict[str, Any]) -> Report:
    """The report on a file of which the rows are written apart."""
    if len(paths) > 1:
        fail(f"--good and --bad take the rows of one file, and {len(paths)} were named.")
    for option in ("first", "fail_fast"):
        if asked.pop(option):
            name = option.replace("_", "-")
            fail(f"--{name} leaves rows unread, so they cannot be written apart; leave it out.")
    try:
        split = split_rows(paths[0], good=outputs.good, bad=outputs.bad, **asked)
    except ValueError as error:
        fail(str(error))
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
    say(split.told(), error=True)
    return split.report


def _refuse_engine(engine: Engine, outputs: Outputs) -> None:
    if engine == "sql" and outputs.faults is not None:
        fail("--output takes faults, and --engine sql reads nothing; leave it out.")
    if engine != "local" and outputs.rows:
        fail(f"{' and '.join(outputs.rows)} need --engine local, which reads the rows.")


def _refuse_places(paths: tuple[str, ...], articles: Path | None, outputs: Outputs) -> None:
    if articles is not None and not articles.is_dir():
        fail(f"There is no folder {articles}; give the folder of the articles' texts.")
    read: list[Path | str] = [*paths, *([] if articles is None else [articles])]
    for option, place in outputs.rows.items():
        refuse_output(place, option, read)
    output = outputs.faults
    if output is None:
        return
    if output.suffix.lower().removeprefix(".") not in WRITERS:
        fail(f"{output} is none of .parquet, .csv and .jsonl.")
    refuse_output(output, "--output", read)
    for option, place in outputs.rows.items():
        if is_same_place(output, place):
            fail(f"--output and {option} name one file, {output}. Name two.")


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
