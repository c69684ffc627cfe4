"""``qantar why``: the account of a record."""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from qantar.builders.account import give_account
from qantar.builders.coding import CodingError
from qantar.builders.text import tell_difference, texts_by_digest
from qantar.dataset.commands.option import articles_option, fail, folder_option, say
from qantar.dataset.commands.project import project_option, workplace
from qantar.dataset.error import DatasetError
from qantar.dataset.folder import release_folder
from qantar.dataset.restoration import read_release
from qantar.dataset.workplace import around, is_own
from qantar.schema.corpus import Corpus


@click.command("why")
@click.argument("event_id", metavar="EVENT")
@click.option("--version", "version", help="A release; by default the latest.")
@folder_option
@project_option
@articles_option
def command(
    event_id: str,
    version: str | None,
    folder: Path | None,
    project: Path | None,
    articles: Path | None,
) -> None:
    """Show why the record EVENT is as it is: its codes, what was weighed and the reasons.

    In the folder of a coding project, or with --project, the record is read from the coding
    sheets, else from a release. With the articles' texts, the words behind every field are
    shown too.
    """
    if project and (version or folder):
        fail("Give a --project or a release (--version, --folder), not both.")
    if articles is not None and not articles.is_dir():
        fail(f"There is no folder {articles}; give the folder of the articles' texts.")
    corpus, where = _read(version, folder, project)
    try:
        texts = texts_by_digest(articles) if articles else {}
    except OSError as error:
        fail(f"{articles} cannot be read: {(error.strerror or str(error)).lower()}.")
    if event_id not in {event["event_id"] for event in corpus.events}:
        fail(_tell_absence(corpus, event_id, where), status=1)
    click.echo(give_account(corpus, event_id, texts), nl=False)
    for told in _tell_wordless(corpus, event_id, texts, articles):
        say(told, error=True)


def _read(version: str | None, folder: Path | None, project: Path | None) -> tuple[Corpus, str]:
    """The corpus, and how it is called in a sentence."""
    place = None
    if not (version or folder):
        place = workplace(project) if project else around(Path.cwd())
    try:
        if place is not None and (project or not is_own(place.project)):
            return place.project.compile(), f"the project {place.project.folder}"
        release = release_folder(version, folder)
        whose = f"of {folder}" if folder else "that came with the package"
        return read_release(release), f"the release {release.name} {whose}"
    except CodingError as error:
        fail(str(error), status=1)
    except DatasetError as error:
        fail(str(error))


def _tell_wordless(
    corpus: Corpus, event_id: str, texts: Mapping[str, str], articles: Path | None
) -> Iterator[str]:
    """How to get the words of each article whose text is not here."""
    event = next(event for event in corpus.events if event["event_id"] == event_id)
    told = {mention["article_id"] for mention in event["mentions"]}
    for article in corpus.plain["articles"]:
        digest = article["text_sha256"]
        if article["article_id"] not in told or digest in texts:
            continue
        named = f"the text of {article['article_id']} (SHA-256 {digest})"
        if articles is None:
            yield (
                "Note: where its words stand is shown, not the words; give a folder that holds "
                f"{named} with --articles."
            )
        else:
            yield (
                f"Note: no .txt file in {articles} is {named}; {tell_difference(digest, texts)}."
            )


def _tell_absence(corpus: Corpus, event_id: str, where: str) -> str:
    if gone := _tell_end(corpus, event_id):
        return gone
    near = _nearest(event_id, [event["event_id"] for event in corpus.events])
    hint = f"Did you mean {near}?" if near else "For others give --project or --folder."
    return f"There is no event {event_id} in {where}. {hint}"


def _nearest(event_id: str, known: list[str]) -> str | None:
    """The event that was probably meant; QTR-1 is QTR-000001."""
    prefix, _, number = event_id.upper().rpartition("-")
    padded = f"{prefix}-{number:0>6}"
    alike = difflib.get_close_matches(event_id, known, n=1)
    # Of another project the prefix tells, however alike the numbers are.
    near = [padded] if padded in known else [n for n in alike if n.startswith(prefix)]
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
