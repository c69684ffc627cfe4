"""Remote paths such as ``https://`` and ``s3://``, opened only where a user gives one."""

import re
from typing import IO, Any
from urllib.parse import urlsplit

from qantar.validation.places.file_source import FileSource
from qantar.validation.places.packed_file import form_of
from qantar.validation.places.path_list import is_checkable

_REMOTE = re.compile("^[A-Za-z][A-Za-z0-9+.-]*://")
_WEB = ("http", "https")


def is_remote(path: str) -> bool:
    """Whether a path names a scheme, as ``s3://bucket/x.csv`` does."""
    return _REMOTE.match(path) is not None


def remote_sources(path: str, kind: str | None = None) -> list[FileSource]:
    """The files that a remote path stands for: one, those of a folder, or of a pattern.

    Each is fetched whole before it is checked. Raises OSError with a sentence where the
    place cannot be reached or its library is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise OSError(
            "remote paths need the extra 'remote': pip install 'qantar[remote]'"
        ) from None
    try:
        system, place = url_to_fs(path)
        if urlsplit(path).scheme in _WEB:
            return [_source(system, place, path, kind)]
        if system.isdir(place):
            found = [name for name in sorted(system.find(place)) if is_checkable(name)]
        elif set("*?[") & set(place):
            found = sorted(system.glob(place))
        else:
            return [_source(system, place, path, kind)]
        scheme = urlsplit(path).scheme
        return [_source(system, name, f"{scheme}://{name.lstrip('/')}", kind) for name in found]
    except OSError:
        raise
    # Each kind of place has a library with errors of its own.
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def without_secrets(path: str) -> str:
    """A remote path as reports may show it: no user, password, signed query or fragment."""
    parts = urlsplit(path)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _source(system: Any, place: str, path: str, kind: str | None) -> FileSource:
    told_kind, packing = form_of(urlsplit(path).path)

    def open_it() -> IO[bytes]:
        stream: IO[bytes] = system.open(place, "rb")
        return stream

    return FileSource(without_secrets(path), kind or told_kind, packing, open_it=open_it)
