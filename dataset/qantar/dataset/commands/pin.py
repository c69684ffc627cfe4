"""``qantar pin``: the digests of the characters that coding sheets point to."""

from pathlib import Path

import click

from qantar.builders.coding import CodingError
from qantar.builders.digest import SUFFIX
from qantar.builders.project import Project
from qantar.dataset.commands.option import articles_option, fail, project_option, say
from qantar.dataset.commands.output import refuse_output


@click.command("pin")
@articles_option
@project_option
def command(articles: Path | None, project: Path | None) -> None:
    """Write the file of digests beside each coding sheet, from the articles' texts.

    Run it after offsets were changed; the release is built from the digests alone.
    """
    if articles is None:
        fail("The texts are needed: give their folder with --articles.")
    chosen = Project(project) if project else Project()
    for written in chosen.folder.glob(f"articles/**/*{SUFFIX}"):
        refuse_output(written, "The file of digests", articles.rglob("*.txt"))
    try:
        changed = chosen.pin(articles)
    except (CodingError, OSError, UnicodeDecodeError) as error:
        fail(str(error), status=1)
    for path in changed:
        say(f"wrote {path}")
    if not changed:
        say("All digests are up to date.")
