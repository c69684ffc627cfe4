"""The step on dates: limits of one day become a set, and what lasts stays an interval.

Schema 0.1.0 wrote one day between A and B as ``A/B``, which by ISO 8601-2 lasts from A to B;
the set ``[A..B]`` is one day of these.
"""

import re
from typing import Any

from qantar.schema.migration.setting import Setting, Stepped, Surety
from qantar.schema.shape import Row

STEP = "date"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LIMITS = re.compile(f"({_DAY})/({_DAY})")
_OPEN = re.compile(rf"({_DAY}/[.][.]|[.][.]/{_DAY})")
_BOUNDED = "bounded"
# Acts made of words are over in a day; these roots of CAMEO are deeds, which may last.
_OF_WORDS = re.compile(r"cameo:(?:0[1-5]|09|1[0-3])[0-9]*")
_STANCE = "judged"


def date_as_set(row: Row, lasting: frozenset[str]) -> Stepped:
    """Limits of a day as a set, but of acts that are named as lasting."""
    text = row.get("date_edtf")
    if not isinstance(text, str) or "/" not in text:
        return row, []
    key = str(row.get("event_id", ""))
    if key in lasting:
        told = "The act is named as lasting, so the interval stays."
        return row, [_setting(key, text, text, Surety.mechanical, told)]
    new = set_of(text)
    if new is None:
        told = (
            "The interval cannot be a set, so it now says that the act lasts. See whether it does."
        )
        return row, [_setting(key, text, text, Surety.to_check, told)]
    if _OPEN.fullmatch(text) and row.get("date_basis") != _BOUNDED:
        told = "The interval is open and stays: the act goes on. See whether it is one day."
        return row, [_setting(key, text, text, Surety.to_check, told)]
    surety, told = _doubt(row, text)
    return row | {"date_edtf": new}, [_setting(key, text, new, surety, told)]


def set_of(text: str) -> str | None:
    """The set of the days between limits, the day where both are one; None for other dates.

    >>> set_of("2022-01-01/2022-01-10"), set_of("2022-01-01/.."), set_of("2022-01-XX/..")
    ('[2022-01-01..2022-01-10]', '[2022-01-01..]', None)
    """
    limits = _LIMITS.fullmatch(text)
    if limits:
        first, last = limits.groups()
        if first > last:
            return None
        return first if first == last else f"[{first}..{last}]"
    if _OPEN.fullmatch(text):
        first, _, last = text.partition("/")
        return f"[..{last}]" if first == ".." else f"[{first}..]"
    return None


def _doubt(row: Row, text: str) -> tuple[Surety, str]:
    """How sure it is that the act is of one day."""
    code: Any = row.get("action_code")
    if _OPEN.fullmatch(text):
        return (
            Surety.to_check,
            "The open interval is taken for a limit of one day. See whether it is.",
        )
    if row.get("factuality") == _STANCE:
        told = "A stance may last. If it does, migrate again with the event named as lasting."
        return Surety.to_check, told
    if isinstance(code, str) and _OF_WORDS.fullmatch(code):
        return Surety.mechanical, "The limits are those of one day."
    told = "A deed may last. If this one does, migrate again with the event named as lasting."
    return Surety.to_check, told


def _setting(key: str, before: str, new: str, surety: Surety, told: str) -> Setting:
    kept = Surety.left if before == new and surety is Surety.to_check else surety
    return Setting(STEP, "events", key, "date_edtf", before, new, kept, told)
