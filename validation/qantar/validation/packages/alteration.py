"""What common tools did to a file that is not the one its digest pins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qantar.schema.digest import sha256_of

_MARK = b"\xef\xbb\xbf"
_LONGEST_POINTER = 1_024
# Beyond this many bytes a file is not tried in other forms.
LARGEST_TRIED = 50_000_000
_LFS = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\r?\n(?:ext-[^\n]*\n)*oid sha256:[0-9a-f]{64}\b"
)
_ANNEX = re.compile(rb"(?:\.\./)*(?:\.git)?/?annex/objects/[^\0]*")


@dataclass(frozen=True)
class Alteration:
    """What became of a file. said: the end of a sentence that begins with it; mend: what to do."""

    said: str
    mend: str


EMPTY = Alteration("is empty", "Copy or download it again.")
LINE_ENDS = Alteration(
    "differs only by its line ends (CRLF and LF), as Git changes them with core.autocrlf",
    "Check it out again with 'git -c core.autocrlf=false', and put '* -text' into .gitattributes.",
)
LFS = Alteration(
    "holds a Git LFS pointer in place of its content",
    "Run 'git lfs pull' in the checkout, or download the release itself.",
)
ANNEX = Alteration(
    "holds a git-annex pointer in place of its content",
    "Run 'git annex get' or 'datalad get' on it.",
)
MARKED = Alteration(
    "differs only by a byte order mark at its beginning",
    "Restore the file; an editor put the mark there as it was saved.",
)
MARKED_ENDS = Alteration(
    "differs only by a byte order mark and its line ends (CRLF and LF)",
    "Restore the file; an editor or a spreadsheet saved it anew.",
)
LAST_END = Alteration(
    "differs only by a line end at its end", "Restore the file; an editor saved it anew."
)
# What is done to many files of a release at once.
COMMON = (LINE_ENDS, LFS, ANNEX, MARKED, MARKED_ENDS, LAST_END, EMPTY)


def alteration_of(content: bytes, expected: str, size: int | None = None) -> Alteration | None:
    """What was done to a file, as far as it can be told; None where it cannot.

    expected: the SHA-256 that it should have; size: the bytes it should have, where known.
    """
    if other := other_content(content):
        return other
    if len(content) <= LARGEST_TRIED:
        for tried, alteration in _forms(content):
            if tried != content and sha256_of(tried) == expected:
                return alteration
    if size is not None and len(content) < size:
        told = f"is cut short: it has {len(content):,} of {size:,} bytes"
        return Alteration(told, "Copy or download it again.")
    return None


def other_content(content: bytes) -> Alteration | None:
    """What a file holds in place of its content: nothing, or a pointer to it."""
    if not content:
        return EMPTY
    if len(content) <= _LONGEST_POINTER:
        if _LFS.match(content.removeprefix(_MARK)):
            return LFS
        if _ANNEX.fullmatch(content.strip()):
            return ANNEX
    return None


def _forms(content: bytes) -> Iterator[tuple[bytes, Alteration]]:
    """The file as it may have been before a tool changed it, and what that did."""
    plain = content.removeprefix(_MARK)
    yield plain, MARKED
    yield _MARK + content, MARKED
    lines = plain.replace(b"\r\n", b"\n")
    for form in (lines, lines.replace(b"\r", b"\n"), lines.replace(b"\n", b"\r\n")):
        yield form, LINE_ENDS if plain == content else MARKED_ENDS
    for form in (lines + b"\n", lines.rstrip(b"\n"), lines.rstrip(b"\n") + b"\n"):
        yield form, LAST_END if lines == content else LINE_ENDS
