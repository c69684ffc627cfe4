"""The digests of a release, checked before it is loaded.

``qantar.schema.digest`` writes them. This stands apart from it, since loading a table must not
wait for the models that ``qantar.schema`` brings with it.
"""

import hashlib
import re

DIGESTS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def sha256(content: bytes) -> str:
    """The digest in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def parse_digests(content: bytes) -> dict[str, str]:
    """Digest by path; lines of another form are passed over."""
    matches = map(_LINE.fullmatch, content.decode("utf-8", "replace").splitlines())
    return {match[2]: match[1] for match in matches if match}
