"""SHA-256 digests, and the list of them that lies beside files (the form of GNU sha256sum)."""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from qantar.schema.vocabulary import DigestKey

DIGESTS = "SHA256SUMS"
# What the key of an article's digests is derived from its text by; the number is of the scheme.
SPAN_KEY = b"qantar span 1"
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


def digester_of(text: str, digest_key: str) -> Callable[[str], str]:
    """The function that digests spans and sentences of a text, in hexadecimal.

    digest_key: `none` for plain SHA-256. `text` for HMAC-SHA256 (RFC 2104) under a key that is
    itself the HMAC of the words "qantar span 1" under the text: a span of a few words can be
    guessed, and so keyed only by who holds the whole text. Raises ValueError for another key.

    >>> digester_of("", "none")("a") == sha256_of("a")
    True
    """
    if DigestKey(digest_key) is DigestKey.none:
        return sha256_of
    key = hmac.digest(text.encode("utf-8", "surrogatepass"), SPAN_KEY, "sha256")

    def digest(span: str) -> str:
        return hmac.new(key, span.encode("utf-8", "surrogatepass"), "sha256").hexdigest()

    return digest


def list_digests(files: Mapping[str, bytes | str]) -> str:
    """The list of the digests of files, by path."""
    return "".join(f"{sha256_of(files[path])}  {path}\n" for path in sorted(files))


def read_digest_lines(content: bytes) -> Iterator[DigestLine]:
    """Every line of a list, also those that are malformed."""
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(True), start=1):
        matched = _LINE.fullmatch(line)
        digest, path = matched.groups() if matched else (None, None)
        yield DigestLine(number, digest, path)
