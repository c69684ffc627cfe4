"""``qantar validate``: faults of records, tables and packages."""

import sys
from pathlib import Path
from typing import get_args

import click

from qantar.dataset.commands.option import articles_option, fail
from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation.check import check_paths
from qantar.validation.report import Form, render


@click.command("validate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
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
@articles_option
def command(
    paths: tuple[Path, ...],
    form: Form,
    profile: str | None,
    table: str | None,
    articles: Path | None,
) -> None:
    """Check what lies at PATHS and report every fault.

    A path is a record or a list of records (.json, .jsonl), a table (.csv, .tsv, .parquet),
    or a package: the folder of a release, its csv or parquet folder, or a zip of it. With the
    articles' texts every span is checked against them.
    """
    if articles is not None and not articles.is_dir():
        fail(f"There is no folder {articles}; give the folder of the articles' texts.")
    report = check_paths(
        paths,
        profile=profile,
        table=table,
        articles=articles,
        progress=_tell if sys.stderr.isatty() else None,
    )
    click.echo(render(report, form), nl=False)
    sys.exit(report.exit_code)


def _tell(step: str) -> None:
    click.echo(f"… {step}", err=True)
