"""``qantar link``: rows that report one event, linked and grouped."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from qantar.dataset.commands.option import fail, say
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.error import DatasetError
from qantar.dataset.linking.files import outputs, read_events, write_links
from qantar.dataset.linking.link import LinkError, link_events
from qantar.dataset.linking.rule import PRESETS, rule_of


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose a rule and its parameters."""
    options = (
        click.option(
            "--preset",
            type=click.Choice([*PRESETS]),
            default="qantar",
            show_default=True,
            help="The rule; those of xSub and meltt have their windows.",
        ),
        click.option("--days", type=click.IntRange(0), help="The window of days."),
        click.option("--km", type=click.FloatRange(0, 20_000), help="The window of kilometres."),
        click.option(
            "--min-score", type=click.FloatRange(0, 1), help="The lowest score of a link."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("link")
@click.argument("paths", nargs=-1, required=True, metavar="IN...")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file of links to write: .parquet, .csv or .jsonl.",
)
@rule_options
def command(paths: tuple[str, ...], out: Path, **asked: Any) -> None:
    """Link the rows that report one event, within and between sources.

    IN are tables of events that `qantar convert` wrote, or folders with them. Nothing is deleted:
    --out has a row for each pair, with its score and the parts of it, runners-up too. Beside it
    stand NAME-groups, with the group of every row, and NAME.report.json, with rule and
    parameters. Count groups in place of rows.
    """
    try:
        for place in outputs(out):
            refuse_output(place, "--out", paths)
        read = read_events(paths)
        links = link_events(read.frame, rule_of(**asked))
    except (LinkError, DatasetError) as error:
        fail(str(error))
    write_links(links, out, read.counts)
    _, groups, report = outputs(out)
    say(links.as_text())
    say(f"Wrote {out}. The groups are in {groups}, the account is in {report}.")
