"""Codes of acts in our tables that lost their prefix or a zero."""

import re

import polars as pl

from qantar.dataset.repair.code_choice import PREFIX, Beside, candidates, chosen
from qantar.dataset.repair.column_kind import ColumnKinds, Kind
from qantar.dataset.repair.ledger import Verdict, left
from qantar.dataset.repair.sheet import Sheet
from qantar.dataset.repair.source_code import ZERO
from qantar.schema.codebook import Action, actions, stray_actions

_PREFIX_LOST = "code-prefix"
_WRITTEN = re.compile(r"(cameo:)?([0-9]{1,4})(?:[.]0+)?")
_ROOTS = re.compile(r"(?:cameo:)?([0-9]{1,2})(?:[.]0+)?")
_NO_CODE = "It is the code of no act."
_OF_DIGITS = r"^(?:cameo:)?[0-9]+(?:\.0+)?$"


def mend_own_codes(sheet: Sheet, kinds: ColumnKinds) -> None:
    """Write codes as our tables have them; root, name and scale tell those that lost a zero."""
    if sheet.table is None:
        return
    certain = sorted(set(actions()) - _doubtful())
    for key in kinds.with_kind(Kind.action):
        where = pl.col(key).str.contains(_OF_DIGITS) & ~pl.col(key).is_in(certain)
        if sheet.names[key] == "action_root_code":
            sheet.mend(key, where, _root)
            continue
        names = ("action_root_code", "action_name", "goldstein_gdelt")
        is_of_event = sheet.names[key] == "action_code"
        sheet.mend(key, where, _code, [sheet.key(name) if is_of_event else None for name in names])


def _code(text: str, root: str, label: str, figure: str) -> Verdict | None:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return left(_NO_CODE)
    prefix, digits = found[1], found[2]
    if not candidates(digits):
        return left(_NO_CODE) if prefix else _of_icews(digits)
    choice = chosen(digits, Beside(root=root, label=label, scale=figure), _scale)
    if choice.digits is None:
        # With its prefix it is a code as it stands.
        return None if prefix else left(choice.why)
    code = PREFIX + choice.digits
    if code == text:
        return None
    if choice.digits == digits:
        return Verdict(code, _PREFIX_LOST, choice.why or f"It is a code of CAMEO: {_name(code)}.")
    return Verdict(code, ZERO, choice.why)


def _root(text: str) -> Verdict:
    found = _ROOTS.fullmatch(text)
    code = f"{PREFIX}{found[1]:0>2}" if found else ""
    if not found or code not in actions():
        return left(_NO_CODE)
    kind = ZERO if len(found[1]) == 1 else _PREFIX_LOST
    return Verdict(code, kind, "A root has two digits and a prefix.")


def _of_icews(digits: str) -> Verdict:
    """A code that ICEWS alone has."""
    found = [code for code in stray_actions() if code.partition(":")[2] == digits]
    if len(found) != 1 or not found[0].startswith("icews:"):
        return left(_NO_CODE)
    return Verdict(found[0], _PREFIX_LOST, "Of all lists only that of ICEWS has it.")


def _scale(action: Action) -> float | None:
    return action.goldstein_gdelt


def _name(code: str) -> str:
    return actions()[code].action_name


def _doubtful() -> set[str]:
    """Codes that are another code with a zero before them."""
    return {code for code in actions() if len(candidates(code.removeprefix(PREFIX))) > 1}
