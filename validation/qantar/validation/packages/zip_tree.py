"""The names in a zip as a tree of entries, told as they are stored."""

import zipfile
from collections import defaultdict
from collections.abc import Iterable

from qantar.validation.packages.listing import Entry


class ZipTree:
    """The folders of a zip. members: by path, the first of several of one path."""

    def __init__(self, members: Iterable[zipfile.ZipInfo]) -> None:
        self.members: dict[str, zipfile.ZipInfo] = {}
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._folders: set[str] = set()
        for member in members:
            self._add(member)

    def entries(self, folder: str) -> list[Entry]:
        found = self._entries.get(folder, [])
        return sorted(found, key=lambda entry: (entry.name, entry.is_folder))

    def _add(self, member: zipfile.ZipInfo) -> None:
        # The name as stored: zipfile cuts it at a NUL and turns separators.
        path, mode = member.orig_filename, member.external_attr >> 16
        is_folder = path.endswith("/")
        path = path.removesuffix("/") if is_folder else path
        if path.startswith("/"):
            # It stands in no folder of the zip, and is told whole.
            self._entries[""].append(Entry(path, mode, is_folder))
            return
        folder, _, name = path.rpartition("/")
        self._add_folder(folder)
        if is_folder:
            self._add_folder(path, mode)
        else:
            self.members.setdefault(path, member)
            self._entries[folder].append(Entry(name, mode))

    def _add_folder(self, path: str, mode: int = 0) -> None:
        """Enter a folder and those above it, from the top down, each once."""
        steps = path.split("/") if path else []
        for number in range(1, len(steps) + 1):
            folder = "/".join(steps[:number])
            if folder not in self._folders:
                self._folders.add(folder)
                own = mode if number == len(steps) else 0
                self._entries["/".join(steps[: number - 1])].append(
                    Entry(steps[number - 1], own, is_folder=True)
                )
