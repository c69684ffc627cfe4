"""``qantar pin``: the digests of the characters that coding sheets point to."""

from pathlib import Path

import click

from qantar.builders.coding import CodingError
from qantar.dataset.commands.option import articles_option, fail
from qantar.dataset.commands.project import project_option, workplace


@click.command("pin")
@articles_option
@project_option
def command(articles: Path | None, project: Path | None) -> None:
    """Write the file of digests beside each coding sheet, from the articles' texts.

    Run it after offsets were changed; the release is built from the digests alone.
    """
    place = workplace(project)
    if articles is None:
        fail("The texts are needed: give their folder with --articles.")
    if not articles.is_dir():
        fail(f"There is no folder {articles}; give the folder of the articles' texts.")
    try:
        changed = place.project.pin(articles)
    except (CodingError, OSError, UnicodeDecodeError) as error:
        fail(str(error), status=1)
    for path in changed:
        click.echo(f"wrote {path}")
    if not changed:
        click.echo("All digests are up to date.")
