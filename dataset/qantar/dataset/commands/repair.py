"""``qantar repair``: a damaged table mended where the row proves what stood there."""

from pathlib import Path

import click

from qantar.dataset.commands.option import fail, say
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.repair.run import RepairError, changes_beside, repair


@click.command("repair")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; PATH itself is never written to.",
)
@click.option("--encoding", help="The encoding of the file, such as cp1250; else it is found out.")
def command(path: Path, out: Path, encoding: str | None) -> None:
    """Mend what spreadsheets and other programs did to a table, and report each change.

    PATH is a table of ours or a file that `qantar convert` takes, as text in columns. Beside --out
    stands NAME.changes.csv: row, line, column, old, new, kind, why. What only may be wrong stays
    as it is and is in that list with the kind left. A second run changes nothing.
    """
    if not path.is_file():
        fail(f"{path} is no file." if path.exists() else f"{path} does not exist.")
    for place in (out, changes_beside(out)):
        refuse_output(place, "--out", [path])
    try:
        account = repair(path, out, encoding)
    except RepairError as error:
        fail(f"{path} was not mended. {error}")
    say(account.as_text())
    say(f"Wrote {out}. Each change is in {changes_beside(out)}.")
