"""``qantar explore``: a page on which a package can be read, searched and checked."""

import sys
import webbrowser
from pathlib import Path

import click

from qantar.dataset.commands.option import fail
from qantar.dataset.error import DatasetError
from qantar.dataset.explorer.page import PAGE, write_page
from qantar.dataset.explorer.source import read_release_source, read_source
from qantar.dataset.folder import release_folder
from qantar.dataset.swap import replace_file


@click.command("explore")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--release", "version", help="A release, by its version; by default the latest.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of releases; by default those that came with the package.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(PAGE),
    show_default=True,
    help="The file to write.",
)
@click.option("--no-open", is_flag=True, help="Write the page without opening it.")
def command(
    path: Path | None, version: str | None, folder: Path | None, out: Path, no_open: bool
) -> None:
    """Write one HTML page of a release, or of what lies at PATH, and open it in the browser.

    PATH is anything valid that holds events: a package, its zip, a table or records, also
    converted ones. The page needs no network and sends nothing.
    """
    if path is not None and (version or folder):
        fail("Give a PATH or a release, not both.")
    progress = _tell if sys.stderr.isatty() else None
    try:
        if path is None:
            rows, heading = read_release_source(release_folder(version, folder))
        else:
            rows, heading = read_source(path, progress)
    except DatasetError as error:
        fail(str(error), status=1)
    content = write_page(rows, heading)
    try:
        replace_file(out, content, out.with_name(f".{out.name}.new"))
    except OSError as error:
        fail(f"{out} cannot be written: {(error.strerror or str(error)).lower()}.")
    click.echo(f"wrote {out} ({len(content):,} bytes, {len(rows['events']):,} events)")
    if not no_open:
        webbrowser.open(out.resolve().as_uri())


def _tell(step: str) -> None:
    click.echo(f"… {step}", err=True)
