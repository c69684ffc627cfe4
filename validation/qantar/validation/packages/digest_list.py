"""The list of digests that a release carries, held against its files before any is read."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from qantar.schema.digest import DIGESTS, read_digest_lines, sha256_of
from qantar.validation.faults.fault import Fault
from qantar.validation.packages.safe_path import path_problem
from qantar.validation.rules.observation import fault_by


def read_digests(content: bytes) -> tuple[dict[str, str], list[Fault]]:
    """Digest by path, and what is wrong with the lines; unsafe paths are left out."""
    digests: dict[str, str] = {}
    faults: list[Fault] = []
    for number, digest, path in read_digest_lines(content):
        if digest is None or path is None:
            told = "A line is 64 small hexadecimal digits, two spaces, a path and a line end."
            faults.append(fault_by("descriptor-malformed", told, line=number))
            continue
        problem = path_problem(path)
        if problem:
            faults.append(fault_by("path-unsafe", f"The path {path!r} {problem}.", line=number))
        elif path in digests:
            told = f"{path} is named twice."
            faults.append(fault_by("descriptor-malformed", told, line=number))
        else:
            digests[path] = digest
    return digests, faults


def unlisted(paths: list[str], digests: dict[str, str]) -> Iterator[tuple[str, Fault]]:
    """(path, fault) of each file that the list does not vouch for."""
    for path in paths:
        if path not in digests and path != DIGESTS:
            told = f"{path} is not in {DIGESTS}, so nothing vouches for it."
            yield path, fault_by("digest-differs", told)


def digest_fault(content: bytes | Path, expected: str, said_by: str) -> Fault | None:
    """A fault where the bytes, or those of a file, are not those that a digest pins.

    Raises OSError where the file cannot be read.
    """
    found = _digest(content)
    if found == expected:
        return None
    told = f"The file's SHA-256 is {found}, but {said_by} says {expected}."
    return fault_by("digest-differs", told, value=found)


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return sha256_of(content)
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
