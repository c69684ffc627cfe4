"""``qantar pin``: the digests of the characters that coding sheets point to."""

from pathlib import Path

import click

from qantar.builders.coding import CodingError
from qantar.builders.digest import SUFFIX
from qantar.dataset.commands.option import articles_option, fail, say
from qantar.dataset.commands.output import refuse_output
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
    for written in place.project.folder.glob(f"articles/**/*{SUFFIX}"):
        refuse_output(written, "The file of digests", articles.rglob("*.txt"))
    try:
        changed = place.project.pin(articles)
    except (CodingError, OSError, UnicodeDecodeError) as error:
        fail(str(error), status=1)
    for path in changed:
        say(f"wrote {path}")
    if not changed:
        say("All digests are up to date.")
