"""The list of digests that a release carries, held against its files before any is read."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from qantar.schema.digest import DIGESTS, read_digest_lines, sha256_of
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults
from qantar.validation.packages.alteration import (
    COMMON,
    LARGEST_TRIED,
    LINE_ENDS,
    MARKED,
    MARKED_ENDS,
    Alteration,
    alteration_of,
    other_content,
)
from qantar.validation.packages.safe_path import path_problem
from qantar.validation.rules.observation import fault_by

_FILES_TOLD = 5


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


def plain_list(content: bytes) -> tuple[bytes | None, Fault | None]:
    """The list as it was before common tools changed it, and what they did; None: it is none."""
    if other := other_content(content):
        told = f"The file {other.said}, so no file can be held against it. {other.mend}"
        return None, fault_by("file-unreadable", told)
    plain = content.removeprefix(b"\xef\xbb\xbf")
    if 0 < plain.count(b"\n") == plain.count(b"\r\n"):
        changed = LINE_ENDS if plain == content else MARKED_ENDS
        plain = plain.replace(b"\r\n", b"\n")
    elif plain != content:
        changed = MARKED
    else:
        return content, None
    return plain, fault_by("digest-differs", f"{_begin(changed)} {changed.mend}")


def told_once(faults: Sequence[Fault]) -> Sequence[Fault]:
    """The faults, of which those are one that say the same of many files."""
    found = faults
    for alteration in COMMON:
        begin = _begin(alteration)
        places = [n for n, fault in enumerate(found) if fault.message.startswith(begin)]
        same = [found[place] for place in places]
        if len(same) > 1:
            names = [fault.file or "" for fault in same[1:]]
            more = f" and {len(names) - _FILES_TOLD:,} more" if len(names) > _FILES_TOLD else ""
            told = f"{same[0].message} So it is with {', '.join(names[:_FILES_TOLD])}{more}."
            first, rest = places[0], {*places[1:]}
            found = gather_faults(
                replace(fault, message=told) if place == first else fault
                for place, fault in enumerate(found)
                if place not in rest
            )
    return found


def _begin(alteration: Alteration) -> str:
    return f"The file {alteration.said}."


def unlisted(paths: list[str], digests: dict[str, str]) -> Iterator[tuple[str, Fault]]:
    """(path, fault) of each file that the list does not vouch for."""
    for path in paths:
        if path not in digests and path != DIGESTS:
            told = f"{path} is not in {DIGESTS}, so nothing vouches for it."
            yield path, fault_by("digest-differs", told)


def digest_fault(
    content: bytes | Path, expected: str, said_by: str, size: int | None = None
) -> Fault | None:
    """A fault where the bytes, or those of a file, are not those that a digest pins.

    size: the bytes it should have, where known. Raises OSError where the file cannot be read.
    """
    found = _digest(content)
    if found == expected:
        return None
    is_held = isinstance(content, bytes) or content.stat().st_size <= LARGEST_TRIED
    held = content if isinstance(content, bytes) else content.read_bytes() if is_held else None
    altered = alteration_of(held, expected, size) if held is not None else None
    told = f"The file's SHA-256 is {found}, but {said_by} says {expected}."
    if altered is not None:
        told = f"{_begin(altered)} {altered.mend} {told}"
    return fault_by("digest-differs", told, value=found)


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return sha256_of(content)
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
