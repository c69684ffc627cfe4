"""``qantar template``: an empty sheet to code in."""

import sys
from pathlib import Path

import click

from qantar.dataset.commands.option import fail, say
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.process import is_utf8
from qantar.dataset.template import TEMPLATE_TABLES, csv_template, json_template
from qantar.dataset.template_workbook import workbook_template
from qantar.schema.replacement import is_stream, replace_file
from qantar.schema.safe_text import ascii_json

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
def command(form: str, table: str, out: Path | None) -> None:
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
    try:
        content = _MAKERS[form](TEMPLATE_TABLES[table])
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
