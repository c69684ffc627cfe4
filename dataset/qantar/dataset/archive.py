"""A release as one zip file that is the same whoever makes it, and when."""

import io
import zipfile
from collections.abc import Mapping

# The earliest time a zip file can hold.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def write_zip(files: Mapping[str, bytes], top: str) -> bytes:
    """The files below one top folder, by path, stored without compression."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{top}/{path}", _NO_TIME)
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE
            archive.writestr(entry, files[path])
    return content.getvalue()
