"""SHA-256 digests and the list of them that a release carries."""

import hashlib
import re
from collections.abc import Mapping

DIGESTS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def sha256(content: bytes) -> str:
    """The digest in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def list_digests(files: Mapping[str, bytes]) -> bytes:
    """The list in the format of GNU sha256sum, by path."""
    lines = (f"{sha256(content)}  {path}\n" for path, content in sorted(files.items()))
    return "".join(lines).encode()


def parse_digests(content: bytes) -> dict[str, str]:
    """Digest by path; lines of another form are passed over."""
    matches = map(_LINE.fullmatch, content.decode("utf-8", "replace").splitlines())
    return {match[2]: match[1] for match in matches if match}
