"""The data files of a zip that is no package."""

from collections.abc import Iterator
from functools import partial
from typing import IO

from qantar.validation.packages.store import Archive, StoreError
from qantar.validation.paths.file_source import FileSource
from qantar.validation.paths.packed_file import form_of
from qantar.validation.paths.path_list import KINDS, is_checkable


def sources_in(archive: Archive) -> Iterator[FileSource]:
    """Each file of a zip that can be checked; it is unpacked when that is done."""
    for path in archive.paths():
        kind, packing = form_of(path)
        if kind in KINDS and is_checkable(path):
            name = f"{archive.name}/{path}"
            yield FileSource(name, kind, packing, open_it=partial(_open, archive, path))


def _open(archive: Archive, path: str) -> IO[bytes]:
    try:
        return archive.open(path)
    except StoreError as error:
        raise OSError(error.message.rstrip(".")) from error
