"""``qantar pin``: the digests of the characters that coding sheets point to."""

from pathlib import Path

import click

from qantar.builders.coding import CodingError
from qantar.builders.project import Project
from qantar.dataset.commands.option import articles_option, fail, project_option, say


@click.command("pin")
@articles_option
@project_option
def command(articles: Path | None, project: Path | None) -> None:
    """Write the file of digests beside each coding sheet, from the articles' texts.

    Run it after offsets were changed; the release is built from the digests alone.
    """
    if articles is None:
        fail("The texts are needed: give their folder with --articles.")
    try:
        changed = (Project(project) if project else Project()).pin(articles)
    except (CodingError, OSError, UnicodeDecodeError) as error:
        fail(str(error), status=1)
    for path in changed:
        say(f"wrote {path}")
    if not changed:
        say("All digests are up to date.")
