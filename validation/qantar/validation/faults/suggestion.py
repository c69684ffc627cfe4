"""The valid value that was probably meant."""

from collections.abc import Collection
from difflib import get_close_matches

# Below this likeness a guess misleads more often than it helps.
LIKENESS = 0.75
LONGEST_GUESSED = 80
PREFIX = "cameo:"
_DIGITS_OF_A_ROOT = 2


def nearest(value: object, candidates: Collection[str]) -> str | None:
    """Return the candidate that ``value`` most likely stands for, or None.

    An action code that lost its prefix, its leading zero or both is recognised where only
    one candidate fits.

    >>> nearest("012", ["cameo:011", "cameo:012"])
    'cameo:012'
    >>> nearest("Asserted", ["asserted", "judged"])
    'asserted'
    """
    text = str(value).strip()
    if not text or len(text) > LONGEST_GUESSED:
        return None
    return (
        _same_but_for_case(text, candidates)
        or _bare_code(text, candidates)
        or _close(text, candidates)
    )


def _same_but_for_case(text: str, candidates: Collection[str]) -> str | None:
    folded = text.casefold()
    return next((c for c in candidates if c.casefold() == folded), None)


def _close(text: str, candidates: Collection[str]) -> str | None:
    # Codes of one system begin alike, which makes the rest of them no more alike.
    common = PREFIX if text.startswith(PREFIX) else ""
    endings = [c.removeprefix(common) for c in candidates if c.startswith(common)]
    found = get_close_matches(text.removeprefix(common), endings, 1, LIKENESS)
    return common + found[0] if found else None


def _bare_code(text: str, candidates: Collection[str]) -> str | None:
    digits = text.casefold().removeprefix(PREFIX).removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()):
        return None
    # 12 is what most readers make of 012, but 12 is a code of its own.
    spellings = (digits, "0" + digits) if len(digits) <= _DIGITS_OF_A_ROOT + 1 else (digits,)
    found = [PREFIX + digits for digits in spellings if PREFIX + digits in candidates]
    if text.startswith("0") or len(found) == 1:
        return found[0] if found else None
    return None
