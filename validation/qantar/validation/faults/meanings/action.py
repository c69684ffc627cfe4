"""Codes and names of acts in other spellings and systems, read as CAMEO codes."""

import re
from collections.abc import Collection
from functools import cache, lru_cache

from qantar.schema.codebook import actions, stray_actions
from qantar.schema.other_codes import fold_name
from qantar.validation.faults.meanings.meaning import MOST_REMEMBERED, Meaning
from qantar.validation.faults.meanings.spelling import plain, tell_blanks

PREFIX = "cameo:"
# Systems whose files hold plain CAMEO codes.
_WRITTEN = re.compile(
    r"(?:(?:cameo|gdelt|icews|phoenix|keds|tabari|petrarch)[\s:_.#-]*)?([0-9]{1,4})(?:[.]0+)?",
    re.IGNORECASE,
)
_LONGEST_ZEROLESS = 3
_MOST_NAMED = 4


@lru_cache(MOST_REMEMBERED)
def action_of(value: str, *, takes_stray: bool = False) -> Meaning:
    """What a text or number is that is no code of the list.

    takes_stray: whether the column may hold codes of other systems that CAMEO lacks.
    """
    text = plain(value)
    codes = _codes(takes_stray)
    meaning = _same_but_for_case(text, codes) or _of_digits(text, codes) or _of_words(text)
    if meaning is None:
        return Meaning(tell_blanks(value))
    told = " ".join(filter(None, (tell_blanks(value), meaning.told)))
    return Meaning(told, meaning.suggestion, is_known=True)


@cache
def _codes(takes_stray: bool) -> frozenset[str]:
    return frozenset(actions().keys() | (stray_actions().keys() if takes_stray else set()))


def _same_but_for_case(text: str, codes: Collection[str]) -> Meaning | None:
    return Meaning("", text.lower()) if text.lower() in codes else None


def _of_digits(text: str, codes: Collection[str]) -> Meaning | None:
    written = _WRITTEN.fullmatch(text)
    if written is None:
        # A letter after the code is a slip; two codes in one cell are not.
        runs = re.findall("[0-9]+", text) if text.lower().startswith(PREFIX) else []
        code = f"{PREFIX}{runs[0]}" if len(runs) == 1 else ""
        return Meaning("", code) if code in codes else None
    digits = written[1]
    found = [PREFIX + digits] if PREFIX + digits in codes else []
    zeroless = f"{PREFIX}0{digits}"
    if not digits.startswith("0") and len(digits) <= _LONGEST_ZEROLESS and zeroless in codes:
        # 12 is what most readers make of 012, but 12 is a code of its own.
        found.append(zeroless)
    elsewhere = [code for code in stray_actions() if code.partition(":")[2] == digits]
    if len(found) == 2:
        told = " or ".join(f"{code} ({_name(code)})" for code in found)
        return Meaning(f"It may be {told}, of which readers of numbers drop the zero.")
    if found and not elsewhere:
        return Meaning("", found[0])
    told = " and ".join(f"{code} ({stray_actions()[code].action_name})" for code in elsewhere)
    if not told:
        return None
    taken = elsewhere[0] if len(elsewhere) == 1 and elsewhere[0] in codes else None
    return Meaning(f"CAMEO 1.1b3 has no such code; {digits} is {told}.", taken)


def _of_words(text: str) -> Meaning | None:
    code = _by_name().get(fold_name(text))
    roots = _by_plover().get(text.casefold())
    # Where a type of PLOVER has the name of a code, it may be either, unless they agree.
    if code and (not roots or roots == [code]):
        return Meaning("", code)
    if not roots:
        return None
    named = ", ".join(f"{code} ({_name(code)})" for code in roots[:_MOST_NAMED])
    return Meaning(
        f"{text} is a type of PLOVER, which is wider than a code of CAMEO; acts of that type are "
        f"below {named}."
    )


def _name(code: str) -> str:
    return actions()[code].action_name


@cache
def _by_name() -> dict[str, str]:
    """Codes by the name of the act, where only one has it."""
    found: dict[str, set[str]] = {}
    pairs = [(code, action.action_name) for code, action in actions().items()]
    pairs += [(code, action.action_name) for code, action in stray_actions().items()]
    for code, name in pairs:
        found.setdefault(fold_name(name), set()).add(code)
    only = {name: min(codes) for name, codes in found.items() if len(codes) == 1}
    return {name: code for name, code in only.items() if code in actions()}


@cache
def _by_plover() -> dict[str, list[str]]:
    """The roots of the codes that PLOVER has in a type."""
    found: dict[str, list[str]] = {}
    for action in actions().values():
        roots = found.setdefault((action.plover_type or "").casefold(), [])
        if action.root_code not in roots:
            roots.append(action.root_code)
    found.pop("", None)
    return found
