"""The coding project that a command works on: the one named, else the one it is run in."""

from dataclasses import dataclass
from pathlib import Path

from qantar.builders.project import OWN_PROJECT, Project
from qantar.dataset.error import DatasetError
from qantar.dataset.folder import checkout_around, checkout_releases

_OWN_PLACE = Path("builders", "qantar", "builders")
_SIGNS = ("articles", "registry")
_WANTED = "A project is a folder with articles/ and registry/ in it"


@dataclass(frozen=True)
class Workplace:
    """A coding project, and the folder where its releases go unless another is named."""

    project: Project
    releases: Path


def find_workplace(named: Path | None = None) -> Workplace:
    """The project in a folder, or the one around the current folder.

    named: a project, or a checkout of Qantar, which holds Qantar's own. The releases of a
    project that is named go to ``./releases``, those of one that is found into its folder,
    and Qantar's own into its checkout. Raises ``DatasetError`` where there is no project.
    """
    if named is not None:
        return _named(named)
    found = around(Path.cwd())
    if found is None:
        raise DatasetError(
            "There is no project here: give its folder with --project, or run the command in "
            f"that folder. {_WANTED}; Qantar's own is found in a checkout of the repository."
        )
    return found


def around(folder: Path) -> Workplace | None:
    """The nearest project at or above a folder; a checkout of Qantar holds Qantar's own."""
    for parent in (folder, *folder.parents):
        if _is_project(parent):
            return Workplace(Project(parent), _releases_of(parent) or parent / "releases")
        if own := _own_of(parent):
            return own
    return None


def is_own(project: Project) -> bool:
    """Whether the project is Qantar's own: the one that came with the package or a checkout's."""
    folder = project.folder.resolve()
    return folder == OWN_PROJECT.resolve() or _releases_of(folder) is not None


def _named(folder: Path) -> Workplace:
    if not folder.is_dir():
        raise DatasetError(f"There is no folder {folder}. {_WANTED}.")
    if own := _own_of(folder):
        return own
    if not any((folder / sign).is_dir() for sign in _SIGNS):
        raise DatasetError(f"{folder} is no project. {_WANTED}.")
    return Workplace(Project(folder), Path("releases"))


def _is_project(folder: Path) -> bool:
    return all((folder / sign).is_dir() for sign in _SIGNS)


def _own_of(folder: Path) -> Workplace | None:
    own = folder / _OWN_PLACE
    if checkout_around(folder) != folder or not own.is_dir():
        return None
    return Workplace(Project(own), checkout_releases(folder))


def _releases_of(folder: Path) -> Path | None:
    """Where a checkout keeps the releases of its own project, if the folder is that project."""
    top = folder.parents[len(_OWN_PLACE.parts) - 1 :]
    if not top or top[0] / _OWN_PLACE != folder or checkout_around(top[0]) != top[0]:
        return None
    return checkout_releases(top[0])
