"""``qantar build``: the release from the coding sheets."""

from pathlib import Path

import click

from qantar.builders.coding import CodingError
from qantar.dataset.build import Build, build_release
from qantar.dataset.commands.option import articles_option, fail, progress, say
from qantar.dataset.commands.output import refuse_release
from qantar.dataset.commands.project import project_option, workplace
from qantar.dataset.error import ReleaseError


@click.command("build")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of releases; by default ./releases for a --project, else the project's own: "
    "releases/ in it, and in a checkout that of Qantar.",
)
@click.option("--version", "version", help="By default what project.toml of the project says.")
@click.option(
    "--keep-failed",
    is_flag=True,
    help="Leave a release that has faults in a temporary folder, and say in which.",
)
@articles_option
@project_option
def command(
    out: Path | None,
    version: str | None,
    keep_failed: bool,
    articles: Path | None,
    project: Path | None,
) -> None:
    """Compile the coding sheets, validate the records and write the release and its zip.

    Where there are faults nothing is written, and all are told with the sheet and the line.
    With the articles' texts every span is
    verified too; without them the digests are taken as they are.
    """
    if articles is not None and not articles.is_dir():
        fail(f"There is no folder {articles}; give the folder of the articles' texts.")
    place = workplace(project)
    folder = out or place.releases
    try:
        released = folder / (version or place.project.edition().version)
        refuse_release(released, place.project.folder, articles)
        build = build_release(
            place.project,
            folder,
            version,
            articles=articles,
            keep_failed=keep_failed,
            progress=progress(),
        )
    except (CodingError, ReleaseError) as error:
        fail(str(error), status=1)
    if build.warnings:
        click.echo(build.warnings, nl=False, err=True)
    for remark in build.remarks:
        click.echo(f"Note: {remark}.", err=True)
    say(_render(build))


def _render(build: Build) -> str:
    rows = build.corpus.tables()
    occurred = sum(event["occurred"] for event in rows["events"])
    spans = "verified against the texts" if build.texts_verified else "not verified: no texts given"
    counts = [
        ("articles", len(rows["articles"]), ""),
        ("sentences", len(rows["sentences"]), ""),
        ("events", len(rows["events"]), f"{occurred} occurred"),
        ("mentions", len(rows["mentions"]), ""),
        ("spans", len(rows["spans"]), spans),
        ("actors", len(rows["actors"]), ""),
        ("dyads", len(rows["dyads"]), "directed pairs"),
    ]
    lines = [f"{name:<10} {count:>6}  {note}".rstrip() for name, count, note in counts]
    return "\n".join([*lines, f"written to {build.folder}"])
