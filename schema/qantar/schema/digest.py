"""SHA-256 digests, and the list of them that lies beside files (the form of GNU sha256sum)."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

DIGESTS = "SHA256SUMS"
_LINE = re.compile("([0-9a-f]{64})  ([^\r\n]+)\n")


class DigestLine(NamedTuple):
    """A line of the list by its number, from 1; digest and path are None where it is malformed."""

    number: int
    digest: str | None
    path: str | None


def sha256_of(content: bytes | str) -> str:
    """The digest in hexadecimal; of a text that of its UTF-8 bytes.

    Half characters, which JSON can smuggle into a text, are digested as they are.
    """
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()


def list_digests(files: Mapping[str, bytes | str]) -> str:
    """The list of the digests of files, by path."""
    return "".join(f"{sha256_of(files[path])}  {path}\n" for path in sorted(files))


def read_digest_lines(content: bytes) -> Iterator[DigestLine]:
    """Every line of a list, also those that are malformed."""
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(True), start=1):
        matched = _LINE.fullmatch(line)
        digest, path = matched.groups() if matched else (None, None)
        yield DigestLine(number, digest, path)
