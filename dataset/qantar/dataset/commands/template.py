"""``qantar template``: an empty sheet to code in."""

import sys
from pathlib import Path

import click

from qantar.builders.coding import CodingError
from qantar.dataset.commands.option import fail, say
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.process import is_utf8
from qantar.dataset.template import TEMPLATE_TABLES, csv_template, json_template, template_table
from qantar.dataset.template_workbook import workbook_template
from qantar.dataset.workplace import around
from qantar.schema.language import is_language, suffix_of
from qantar.schema.replacement import is_stream, replace_file
from qantar.schema.safe_text import ascii_json

# Where nothing says in which language, that of the dictionary.
_FALLBACK = ("en",)
_MAKERS = {"csv": csv_template, "json": json_template, "xlsx": workbook_template}


@click.command("template")
@click.argument("form", type=click.Choice(list(_MAKERS)))
@click.option(
    "--table", type=click.Choice(list(TEMPLATE_TABLES)), default="events", show_default=True
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it; by default it is printed, and a workbook is named by its table.",
)
@click.option(
    "--languages",
    metavar="TAGS",
    help="Languages of summaries, names and notes, the main one first, such as es or en,vi; by "
    "default those of the project around the current folder, elsewhere English.",
)
def command(form: str, table: str, out: Path | None, languages: str | None) -> None:
    """Write an empty sheet in FORM; once filled in, `qantar validate` accepts it.

    It asks for no column that a release derives. A sheet of events has columns for the first
    actor and target; the others go into a sheet of participants. A workbook (.xlsx) has
    drop-down lists for codes, a second sheet with their labels, and headers that explain
    themselves in comments; it needs the extra "excel".
    """
    if out is None and form == "xlsx":
        out = Path(f"{table}.xlsx")
    if out is not None:
        if out.exists() and not is_stream(out):
            fail(f"{out} is there already; nothing was written.")
        refuse_output(out, "--out", [])
    asked = _read_languages(languages) if languages else _project_languages()
    try:
        content = _MAKERS[form](template_table(table, asked or _FALLBACK))
    except ModuleNotFoundError:
        fail("Workbooks need the extra 'excel': pip install 'qantar[excel]'.")
    if out is None:
        text = content.decode()
        whole = form != "json" or is_utf8(sys.stdout.encoding)
        click.echo(text if whole else ascii_json(text), nl=False)
        return
    try:
        replace_file(out, content)
    except OSError as error:
        fail(f"{out} could not be written: {error.strerror or error}.")
    say(f"Wrote {out}.", error=True)


def _read_languages(tags: str) -> tuple[str, ...]:
    """The suffixes of the tags in a list with commas."""
    suffixes = [suffix_of(tag.strip()) for tag in tags.split(",")]
    for suffix in suffixes:
        if not is_language(suffix):
            fail(f"{suffix!r} is no language; write tags such as es, vi or pt-BR, with commas.")
    return tuple(dict.fromkeys(suffixes))


def _project_languages() -> tuple[str, ...]:
    """Those of the project around the current folder; empty where there is none."""
    place = around(Path.cwd())
    try:
        return place.project.edition().languages if place else ()
    except CodingError as error:
        fail(str(error))
