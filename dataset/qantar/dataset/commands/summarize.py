"""``qantar summarize``: tables of counts from events of any origin."""

from pathlib import Path

import click
import polars as pl

from qantar.dataset.commands.option import fail, say
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.conversion.output import FORMATS, row_file
from qantar.dataset.error import DatasetError
from qantar.dataset.events_file import read_events
from qantar.dataset.summary import Table, summarize
from qantar.dataset.views import Rule
from qantar.schema.replacement import replacements


@click.command("summarize")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The table.")
@click.option(
    "--by",
    type=click.Choice(["dyad-month", "country-month", "actor"]),
    default="dyad-month",
    show_default=True,
    help="What is counted: pairs of countries, countries of the place, or actors.",
)
@click.option(
    "--days",
    type=click.Choice(["uniform", "earliest"]),
    default="uniform",
    show_default=True,
    help="How an event of which the day is not certain is shared out over its days.",
)
@click.option(
    "--groups",
    type=click.Path(path_type=Path),
    help="Groups of rows that report one event, as qantar link writes them: count each once.",
)
@click.option("--all", "every_row", is_flag=True, help="Count acts that did not take place, too.")
def command(
    paths: tuple[Path, ...],
    out: Path,
    by: Table,
    days: Rule,
    groups: Path | None,
    every_row: bool,
) -> None:
    """Count the events of PATHS by dyad and month, country and month, or actor.

    PATHS are tables of events (.csv, .parquet, .jsonl), folders with such, or packages. Counts are
    weights: an event of two possible months counts half in each. Rows that say that the act did
    not take place are left out, and those that say nothing of it are counted. Of several actors or
    targets the first counts.
    """
    form = FORMATS.get(out.suffix.lower())
    if form is None:
        fail(f"{out} must end in .csv, .parquet or .jsonl.")
    refuse_output(out, "--out", paths)
    try:
        events = read_events(paths)
        linked = None if groups is None else _groups(groups)
        made = summarize(events, by, days=days, groups=linked, every_row=every_row)
    except (DatasetError, ValueError) as error:
        fail(str(error))
    schema = dict(made.counts.schema)
    with replacements(out) as (file,):
        written = row_file(file, form, schema, "qantar:summary")
        written.add(made.counts)
        written.close({"by": by, "days": days, "groups": groups is not None, "all": every_row})
    say(made.as_text())
    say(f"Wrote {out}.")


def _groups(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path, columns=["event_id", "group_id"])
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DatasetError(f"{path} cannot be read as groups of events: {error}") from error
