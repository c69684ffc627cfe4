"""Which paths a package may name, and which names may stand in any folder or zip."""

import re
import unicodedata

LONGEST_PATH = 240
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_DRIVE = re.compile("[A-Za-z]:")
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def path_problem(path: object) -> str | None:
    """Why a path is unsafe, as the end of a sentence that begins with it; None if it is not.

    Only the text is judged; whether the file is a link is for who opens it.
    """
    if not isinstance(path, str) or not path:
        return "is not a text that names a file"
    if "\\" in path:
        return "has a backslash, which some systems take for a separator"
    if not path.isprintable():
        return "has a character that cannot be seen"
    if _REMOTE.match(path) or ":" in path:
        return "is remote, or names a drive"
    if path.startswith(("/", "~")):
        return "is absolute"
    if len(path) > LONGEST_PATH:
        return "is longer than some systems allow"
    if not unicodedata.is_normalized("NFC", path):
        return "is not in the normal form NFC of Unicode; rename the file"
    if re.search(r'[*?"<>|]|%[0-9A-Fa-f]{2}', path):
        return "has a character that some systems read as something else"
    for part in path.split("/"):
        problem = _part_problem(part)
        if problem:
            return problem
    return None


def name_problem(path: str) -> str | None:
    """Why a path in a folder or zip that is no package leads out of it, as `path_problem` does.

    Names that only some systems cannot have are no matter there: nothing is published.
    """
    if "\\" in path:
        return "has a backslash, which some systems take for a separator"
    if any(unicodedata.category(letter) == "Cc" for letter in path):
        return "has a character that cannot be seen"
    steps = path.split("/")
    if any(_DRIVE.match(step) for step in steps):
        return "names a drive"
    if path.startswith("/"):
        return "is absolute"
    if ".." in steps:
        return "leads out of its folder"
    return "has an empty step" if {"", "."} & {*steps} else None


def _part_problem(part: str) -> str | None:
    if part == "..":
        return "leads out of the package"
    if part in ("", "."):
        return "has an empty step"
    if part.startswith("."):
        return "is hidden"
    if part != part.strip() or part.endswith("."):
        return "has a name that begins or ends with a space or ends with a dot"
    if _RESERVED.fullmatch(part):
        return "has a name that some systems keep for devices"
    return None
