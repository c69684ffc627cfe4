"""Codes of acts that lost a zero in the files of GDELT, ICEWS and Phoenix."""

import re
from dataclasses import dataclass
from functools import cache, partial

import polars as pl

from qantar.dataset.repair.code_choice import PREFIX, Beside, Scale, candidates, chosen, labelled
from qantar.dataset.repair.ledger import Verdict, left
from qantar.dataset.repair.sheet import Sheet
from qantar.schema.codebook import actions, stray_actions

ZERO = "leading-zero"
_SPOILT = re.compile(r"([0-9]{2,3})[a-z]")
_LOST_ROOT = r"^[1-9]$"


@dataclass(frozen=True)
class _Columns:
    """Names of the column with a code and of those that tell it, of which a file has one each."""

    code: tuple[str, ...]
    root: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    figure: tuple[str, ...] = ()
    scale: Scale = lambda _: None


_GDELT = _Columns(
    code=("EventCode",),
    root=("EventRootCode",),
    base=("EventBaseCode",),
    figure=("GoldsteinScale",),
    scale=lambda action: action.goldstein_gdelt,
)
_ICEWS = _Columns(
    code=("CAMEO Code",),
    label=("Event Text",),
    figure=("Intensity",),
    scale=lambda action: action.goldstein_icews,
)
# Which scale Phoenix has is not documented, so its figures prove nothing.
_PHOENIX = _Columns(
    code=("EventCode", "CAMEO", "code"), root=("EventRootCode", "RootCode", "root_code")
)
_OF_SYSTEM = {"gdelt1": _GDELT, "gdelt2": _GDELT, "icews": _ICEWS, "phoenix": _PHOENIX}


def mend_source_codes(sheet: Sheet) -> None:
    """Restore zeros by the row's root, base, label or scale."""
    columns = _OF_SYSTEM.get(sheet.layout.system) if sheet.layout else None
    code = _key(sheet, columns.code) if columns else None
    if columns is None or code is None:
        return
    root, base, label, figure = (
        _key(sheet, names) for names in (columns.root, columns.base, columns.label, columns.figure)
    )
    certain = [*_certain(), *(_own_of_icews() if columns is _ICEWS else ())]
    if base is not None:
        judge = partial(_base, columns.scale)
        sheet.mend(base, ~pl.col(base).is_in(certain), judge, (code, root, figure))
    judge = partial(_code, columns.scale)
    sheet.mend(code, ~pl.col(code).is_in(certain), judge, (root, base, label, figure))
    if root is not None:
        sheet.mend(root, pl.col(root).str.contains(_LOST_ROOT), _root)


def _key(sheet: Sheet, names: tuple[str, ...]) -> str | None:
    return next(filter(None, map(sheet.key, names)), None)


def _code(scale: Scale, text: str, root: str, base: str, label: str, figure: str) -> Verdict | None:
    if not _is_of_digits(text):
        return _by_label(text, label)
    choice = chosen(text, Beside(root, base, label, figure), scale)
    if choice.digits is None:
        return left(choice.why)
    return None if choice.digits == text else Verdict(choice.digits, ZERO, choice.why)


def _by_label(text: str, label: str) -> Verdict:
    """The code of a label, where a letter stands for the last digit of the code."""
    found = _SPOILT.fullmatch(text)
    codes = [code for code in labelled(label) if found and code.startswith(found[1])]
    if len(codes) == 1:
        return Verdict(codes[0], "code-from-label", f"It is the code of {label!r}.")
    return left("It is no code of CAMEO, and no label tells which was meant.")


def _base(scale: Scale, text: str, code: str, root: str, figure: str) -> Verdict | None:
    if not _is_of_digits(text):
        return None
    found = candidates(text)
    if not _is_of_digits(code):
        choice = chosen(text, Beside(root=root), scale)
    else:
        choice = chosen(code, Beside(root, text, scale=figure), scale)
        found = [base for base in found if (choice.digits or base).startswith(base)]
    if choice.digits is None and len(found) != 1:
        return left(choice.why)
    if len(found) != 1:
        found = [choice.digits or text]
    why = choice.why if choice.digits else "It is a code only with its zero."
    return None if found[0] == text else Verdict(found[0], ZERO, why or f"The code is {code}.")


def _root(text: str) -> Verdict:
    return Verdict(f"0{text}", ZERO, "A root has two digits.")


def _is_of_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


@cache
def _certain() -> tuple[str, ...]:
    """The digits that are one code only, with all their zeros."""
    digits = [code.removeprefix(PREFIX) for code in actions() if code.startswith(PREFIX)]
    return tuple(one for one in digits if candidates(one) == [one])


@cache
def _own_of_icews() -> tuple[str, ...]:
    return tuple(c.partition(":")[2] for c in stray_actions() if c.startswith("icews:"))
