"""Files compressed with gzip or zstd, unpacked within limits that stop a bomb early."""

import gzip
import zlib
from pathlib import PurePath
from typing import IO, Any

import pyarrow as pa

from qantar.validation.tables.expansion import EXPANSION, HOW_TO_RAISE, Expansion, times_allowed

PACKINGS = {"gz": "gzip", "zst": "zstd", "zstd": "zstd"}
MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
# Small, so that little of what is whole is lost with what is damaged.
CHUNK = 1 << 16


class ExpansionError(Exception):
    """A file expands beyond what is allowed; the text says how far."""


def form_of(name: PurePath | str) -> tuple[str, str]:
    """The kind and the packing of a file by its suffixes: ("csv", "gzip") of ``x.csv.gz``."""
    path = PurePath(name)
    kind = _suffix(path)
    if kind not in PACKINGS:
        return kind, ""
    return _suffix(PurePath(path.stem)), PACKINGS[kind]


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
    try:
        stream = _stream(packed, packing)
    except (OSError, pa.ArrowException) as error:
        return _reason(error)
    while True:
        try:
            chunk = stream.read1(CHUNK) if packing == "gzip" else stream.read(CHUNK)
        except (OSError, EOFError, zlib.error, pa.ArrowException, MemoryError) as error:
            return _reason(error)
        if not chunk:
            return None if packed.tell() else "it is empty"
        unpacked += len(chunk)
        if not expansion.allows(unpacked, packed.tell()):
            raise ExpansionError(
                f"expands to more than {unpacked:,} bytes from {packed.tell():,}; "
                f"{times_allowed(expansion.times)} times its size and {expansion.most:,} bytes "
                f"are allowed. {HOW_TO_RAISE.rstrip('.')}"
            )
        into.write(chunk)


def _stream(packed: IO[bytes], packing: str) -> Any:
    if packing == "gzip":
        return gzip.GzipFile(fileobj=packed, mode="rb")
    return pa.CompressedInputStream(pa.PythonFile(packed, mode="r"), packing)


def _suffix(path: PurePath) -> str:
    return path.suffix.lower().removeprefix(".")


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
