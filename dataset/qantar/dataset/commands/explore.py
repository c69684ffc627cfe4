"""``qantar explore``: a page on which a package can be read, searched and checked."""

import webbrowser
from pathlib import Path

import click

from qantar.dataset.commands.option import fail, progress, say
from qantar.dataset.commands.output import refuse_output
from qantar.dataset.error import DatasetError
from qantar.dataset.explorer.page import PAGE, write_page
from qantar.dataset.explorer.source import read_release_source, read_source
from qantar.dataset.folder import release_folder, versions
from qantar.schema.replacement import is_stream, replace_file


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
    try:
        source = release_folder(version, folder) if path is None else path
        read = [path] if path else [source.parent / other for other in versions(folder)]
        refuse_output(out, "--out", read)
        if path is None:
            rows, heading = read_release_source(source)
        else:
            rows, heading = read_source(path, progress())
    except DatasetError as error:
        fail(str(error), status=1)
    content = write_page(rows, heading)
    try:
        replace_file(out, content)
    except OSError as error:
        fail(f"{out} cannot be written: {(error.strerror or str(error)).lower()}.")
    told = f"wrote {out} ({len(content):,} bytes, {len(rows['events']):,} events)"
    say(told, error=is_stream(out))
    if not no_open and not is_stream(out):
        webbrowser.open(out.resolve().as_uri())
