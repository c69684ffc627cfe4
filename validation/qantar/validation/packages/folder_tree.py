"""A folder on disk as a tree of entries; links in it are not followed."""

import stat
from pathlib import Path

from qantar.validation.packages.listing import Entry


class FolderTree:
    """A folder and all below it; the folder itself may be behind a link."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def entries(self, folder: str) -> list[Entry]:
        return [Entry(path.name, *_kind(path)) for path in sorted((self.root / folder).iterdir())]


def _kind(path: Path) -> tuple[int, bool]:
    """The mode, and whether it is a folder; what cannot be told is told when it is read."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return 0, False
    return mode, stat.S_ISDIR(mode)
