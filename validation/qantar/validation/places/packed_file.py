"""Files compressed with gzip, bzip2, xz or zstd, unpacked within limits that stop a bomb early."""

import bz2
import gzip
import lzma
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO, Any, cast

import pyarrow as pa

from qantar.validation.readers.expansion import (
    EXPANSION,
    HOW_TO_RAISE,
    Expansion,
    RowWatch,
    raised,
    times_allowed,
)
from qantar.validation.readers.table_file import kind_of

PACKINGS = {
    **{"gz": "gzip", "gzip": "gzip", "zst": "zstd", "zstd": "zstd"},
    **{"bz2": "bzip2", "xz": "xz"},
}
MAGIC = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
}
# Small, so that little of what is whole is lost with what is damaged.
CHUNK = 1 << 16


_DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError, pa.ArrowException, MemoryError)


class ExpansionError(Exception):
    """A file expands beyond what is allowed; the text says how far."""


def form_of(name: PurePath | str) -> tuple[str, str]:
    """The kind and the packing of a file by its suffixes: ("csv", "gzip") of ``x.csv.gz``."""
    path = PurePath(name)
    packing = PACKINGS.get(path.suffix.lower().removeprefix("."))
    return kind_of(path.stem if packing else path), packing or ""


def packing_of(start: bytes) -> str:
    """The packing that a file's first bytes tell, or an empty text."""
    return next((packing for magic, packing in MAGIC.items() if start.startswith(magic)), "")


def unpack(
    packed: IO[bytes], packing: str, into: IO[bytes], expansion: Expansion = EXPANSION
) -> str | None:
    """Unpack a file as far as it is whole; the answer says what stopped it, if anything did.

    Raises ExpansionError for a bomb, and OSError where `into` cannot be written.
    """
    unpacked = 0
    watch = RowWatch()
    try:
        stream = _stream(packed, packing)
    except (OSError, pa.ArrowException) as error:
        return _reason(error)
    while True:
        try:
            chunk = stream.read(CHUNK) if packing == "zstd" else stream.read1(CHUNK)
        except _DAMAGED as error:
            return _reason(error)
        if not chunk:
            return None if packed.tell() else "it is empty"
        unpacked += len(chunk)
        watch.take(chunk)
        refuse_bomb(unpacked, packed.tell(), watch, expansion)
        into.write(chunk)


def refuse_bomb(unpacked: int, packed: int, watch: RowWatch, expansion: Expansion) -> None:
    """Raise ExpansionError where so many bytes have come of so many, and that is no good file."""
    is_row = expansion.is_in_rows and not watch.is_endless
    if expansion.allows(unpacked, packed) or (is_row and unpacked <= raised(expansion.most)):
        return
    most = raised(expansion.most)
    told = f"expands to more than {unpacked:,} bytes from {packed:,}"
    if expansion.is_in_rows and unpacked <= most:
        told += f", of which the last {max(watch.line, watch.empty):,} are no row"
    raise ExpansionError(
        f"{told}; {times_allowed(expansion.times)} times its size and {most:,} bytes are allowed. "
        f"{HOW_TO_RAISE.rstrip('.')}"
    )


@contextmanager
def packer(into: IO[bytes], packing: str) -> Iterator[IO[bytes]]:
    """What takes plain bytes and writes them packed into a file, which stays open.

    packing: empty for none. Nothing of the time or the name goes into the file.
    """
    if packing == "gzip":
        with gzip.GzipFile(filename="", fileobj=into, mode="wb", mtime=0) as packed:
            yield cast(IO[bytes], packed)
    elif packing == "bzip2":
        with bz2.BZ2File(into, "wb") as plain:
            yield plain
    elif packing == "xz":
        with lzma.LZMAFile(into, "wb") as plain:
            yield plain
    elif packing:
        # Arrow closes what it was given.
        with os.fdopen(os.dup(into.fileno()), "wb") as own:
            stream = pa.PythonFile(own, mode="w")
            with pa.CompressedOutputStream(stream, packing) as plain:
                yield plain
    else:
        yield into


def _stream(packed: IO[bytes], packing: str) -> Any:
    if packing == "gzip":
        return gzip.GzipFile(fileobj=packed, mode="rb")
    if packing == "bzip2":
        return bz2.BZ2File(packed)
    if packing == "xz":
        return lzma.LZMAFile(packed)
    return pa.CompressedInputStream(pa.PythonFile(packed, mode="r"), packing)


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
