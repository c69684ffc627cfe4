"""``qantar migrate``: what is of schema 0.1.0 brought to 0.2.0, beside the original."""

from pathlib import Path

import click

from qantar.dataset.commands.option import fail, say
from qantar.dataset.migration.run import migrate
from qantar.schema.migration import MigrationError
from qantar.schema.tables import TABLES


@click.command("migrate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="Where to write: a file, a folder for a package, and for several PATHS a folder.",
)
@click.option(
    "--lasting",
    multiple=True,
    metavar="EVENT_ID",
    help="An event that lasts from its first day to its last; its date stays an interval.",
)
@click.option(
    "--table",
    type=click.Choice(list(TABLES)),
    help="Which table a file is; by default told by its columns.",
)
def command(
    paths: tuple[Path, ...], out: Path, lasting: tuple[str, ...], table: str | None
) -> None:
    """Bring PATHS from schema 0.1.0 to 0.2.0.

    A path is a record or a list of records (.json, .jsonl), a table (.csv, .tsv, .parquet), or a
    package: the folder of a release, its csv or parquet folder, or a zip of it. Nothing is written
    over: the outcome goes to --out. What was set, and what is to be checked by hand, is printed and
    written beside it.
    """
    ids = tuple(one.strip() for given in lasting for one in given.split(",") if one.strip())
    for path, target in _targets(paths, out):
        try:
            done = migrate(path, target, lasting=ids, table=table)
        except MigrationError as error:
            fail(str(error))
        except OSError as error:
            fail(f"{error.filename or path} cannot be read or written: {error.strerror or error}.")
        say(done.account.as_text().rstrip("\n"))
        say(f"Wrote {done.target}; the report is in {done.reports[0]} and {done.reports[1]}.")


def _targets(paths: tuple[Path, ...], out: Path) -> list[tuple[Path, Path]]:
    """Each path with the place that it is written to."""
    if len(paths) == 1 and not (out.is_dir() and paths[0].is_file() and paths[0].suffix != ".zip"):
        return [(paths[0], out)]
    names = [path.absolute().name for path in paths]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        fail(f"Two of the paths are named {twice!r}; migrate them one by one.")
    if out.exists() and not out.is_dir():
        fail(f"{out} is a file; for several paths name a folder.")
    out.mkdir(parents=True, exist_ok=True)
    return [(path, out / name) for path, name in zip(paths, names, strict=True)]
