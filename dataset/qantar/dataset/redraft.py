"""Earlier drafts made anew from their own records, under schema and codebook as they are now.

``python -m qantar.dataset.redraft`` rewrites those that changed; a test compares what is
committed. The latest draft is made by ``qantar build``, from the coding sheets.
"""

from pathlib import Path

from qantar.dataset.digest import DIGESTS
from qantar.dataset.explorer.page import PAGE
from qantar.dataset.folder import PACKAGED, is_frozen_version, versions
from qantar.dataset.release import CROISSANT, EVENT_SCHEMA, publish_release, release_files
from qantar.dataset.restoration import RECORDS, read_release

# Files at the top of a release that are not documents.
MADE = frozenset({DIGESTS, EVENT_SCHEMA, PAGE, RECORDS, CROISSANT})


def earlier_drafts(folder: Path = PACKAGED) -> list[Path]:
    """The releases before the latest that may still be rebuilt in place."""
    return [folder / name for name in versions(folder)[:-1] if not is_frozen_version(name)]


def redraft(release: Path) -> dict[str, bytes]:
    """Every file of a draft by path, made of its records, its raw codings and its documents."""
    corpus = read_release(release)
    documents = {
        path.name: path.read_bytes()
        for path in release.iterdir()
        if path.is_file() and path.name not in MADE
    }
    return release_files(corpus, release.name, documents=documents)


def is_up_to_date(release: Path, files: dict[str, bytes]) -> bool:
    """Whether the files of a release are these and no others."""
    there = {p.relative_to(release).as_posix(): p for p in release.rglob("*") if p.is_file()}
    return there.keys() == files.keys() and all(
        there[path].read_bytes() == content for path, content in files.items()
    )


if __name__ == "__main__":
    for draft in earlier_drafts():
        made = redraft(draft)
        if not is_up_to_date(draft, made):
            publish_release(PACKAGED, draft.name, made)
            print(draft)
