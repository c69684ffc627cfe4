"""``qantar why``: the account of a record."""

import difflib
from pathlib import Path

import click

from qantar.builders.account import give_account
from qantar.builders.text import texts_by_digest
from qantar.dataset.commands.option import articles_option, fail
from qantar.dataset.error import DatasetError
from qantar.dataset.restoration import as_of
from qantar.schema.corpus import Corpus


@click.command("why")
@click.argument("event_id", metavar="EVENT")
@click.option("--version", "version", help="A release; by default the latest.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of releases; by default those that came with the package.",
)
@articles_option
def command(event_id: str, version: str | None, folder: Path | None, articles: Path | None) -> None:
    """Show why the record EVENT is as it is: its codes, what was weighed and the reasons.

    With the articles' texts, the words behind every field are shown too.
    """
    try:
        corpus = as_of(version, folder=folder)
        texts = texts_by_digest(articles) if articles else {}
    except (DatasetError, OSError, UnicodeDecodeError) as error:
        fail(str(error))
    try:
        click.echo(give_account(corpus, event_id, texts), nl=False)
    except KeyError:
        near = _nearest(event_id, [event["event_id"] for event in corpus.events])
        hint = f" Did you mean {near}?" if near else ""
        gone = _tell_end(corpus, event_id)
        fail(gone or f"There is no event {event_id} in the release.{hint}", status=1)


def _nearest(event_id: str, known: list[str]) -> str | None:
    """The event that was probably meant; QTR-1 is QTR-000001."""
    prefix, _, number = event_id.upper().rpartition("-")
    padded = f"{prefix}-{number:0>6}"
    near = [padded] if padded in known else difflib.get_close_matches(event_id, known, n=1)
    return next(iter(near), None)


def _tell_end(corpus: Corpus, event_id: str) -> str:
    ends = [change for change in corpus.plain["changes"] if change["event_id"] == event_id]
    if not ends:
        return ""
    last = ends[-1]
    into = f" into {last['other_event_id']}" if "other_event_id" in last else ""
    return (
        f"{event_id} stands no more: {last['change']}{into} in {last['dataset_version']}. "
        f"{last['reason']}"
    )
