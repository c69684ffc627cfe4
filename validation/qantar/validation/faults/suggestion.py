"""The valid word that was probably meant, by likeness of letters."""

import re
from collections.abc import Collection
from difflib import get_close_matches

# Below this likeness a guess misleads more often than it helps.
LIKENESS = 0.75
LONGEST_GUESSED = 80
_SIGNS = re.compile(r"[\W_]+")


def nearest(value: object, candidates: Collection[str]) -> str | None:
    """Return the candidate that ``value`` most likely stands for, or None.

    Meant for words. Codes are as like each other as they are short, which says nothing of
    what they stand for: `meanings` reads them.

    >>> nearest("Asserted", ["asserted", "judged"])
    'asserted'
    >>> nearest("aserted", ["asserted", "judged"])
    'asserted'
    """
    text = str(value).strip()
    if not text or len(text) > LONGEST_GUESSED:
        return None
    folded = text.casefold()
    bare = _SIGNS.sub("", folded)
    same = next((c for c in candidates if c.casefold() == folded), None)
    if same is None and bare:
        same = next((c for c in candidates if _SIGNS.sub("", c.casefold()) == bare), None)
    if same is not None:
        return same
    found = get_close_matches(text, candidates, 1, LIKENESS)
    return found[0] if found else None
