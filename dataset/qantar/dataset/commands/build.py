"""``qantar build``: the release from the coding sheets."""

from pathlib import Path

import click

from qantar.builders.coding import CodingError
from qantar.builders.project import Project
from qantar.dataset.build import Build, build_release
from qantar.dataset.commands.option import articles_option, fail, progress, project_option, say
from qantar.dataset.commands.output import refuse_release
from qantar.dataset.error import ReleaseError
from qantar.dataset.folder import default_folder


@click.command("build")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of releases; by default the checkout's, else, and for other projects, ./releases.",
)
@click.option("--version", "version", help="By default what project.toml of the project says.")
@articles_option
@project_option
def command(
    out: Path | None, version: str | None, articles: Path | None, project: Path | None
) -> None:
    """Compile the coding sheets, validate the records and write the release.

    Nothing is written where there are faults. With the articles' texts every span is
    verified too; without them the digests are taken as they are.
    """
    if articles is not None and not articles.is_dir():
        fail(f"There is no folder {articles}; give the folder of the articles' texts.")
    chosen = Project(project) if project else Project()
    folder = out or (Path("releases") if project else default_folder())
    try:
        place = folder / (version or chosen.edition().version)
        refuse_release(place, chosen.folder, articles)
        build = build_release(
            chosen,
            folder,
            version,
            articles=articles,
            progress=progress(),
        )
    except (CodingError, ReleaseError) as error:
        fail(str(error), status=1)
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
