"""The code of an act that was meant, of those that differ by a zero, by what stands beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from qantar.schema.codebook import Action, actions, stray_actions
from qantar.schema.other_codes import fold_name

PREFIX = "cameo:"
_LONGEST_ZEROLESS = 3
_UNSPECIFIED = ", not specified below"
Scale = Callable[[Action], float | None]


@dataclass(frozen=True)
class Beside:
    """What stands beside a code in its row; each is empty where the row has none."""

    root: str = ""
    base: str = ""
    label: str = ""
    scale: str = ""


@dataclass(frozen=True)
class Choice:
    """The digits of the code that was meant, absent where several may be; why: in a sentence."""

    digits: str | None
    why: str


def candidates(digits: str) -> list[str]:
    """The codes of CAMEO with these digits, and with a zero before them.

    >>> candidates("10"), candidates("42"), candidates("112")
    (['10', '010'], ['042'], ['112'])
    """
    found = [digits] if PREFIX + digits in actions() else []
    is_short = len(digits) <= _LONGEST_ZEROLESS and not digits.startswith("0")
    if is_short and f"{PREFIX}0{digits}" in actions():
        found.append(f"0{digits}")
    return found


def chosen(digits: str, beside: Beside, scale: Scale) -> Choice:
    """The one code that fits the row.

    scale: which of a code's figures the row's scale is to be compared with.
    """
    found = candidates(digits)
    if not found:
        return Choice(None, "CAMEO has no such code, with or without a zero.")
    if found == [digits]:
        return Choice(digits, "")
    fit, proofs = found, []
    for told, fits in _proofs(beside):
        still = [code for code in fit if fits(code)]
        if not still:
            return Choice(None, f"It may be {_or(found)}, and {told}.")
        if len(still) < len(fit):
            proofs.append(told)
        fit = still
    by_scale = [code for code in found if _is_on(scale, code, beside.scale)]
    told = f"the scale, {beside.scale}, is that of {_or(by_scale)}"
    if len(fit) > 1 and len(by_scale) == 1:
        fit, proofs = by_scale, [told]
    elif len(fit) == 1 and by_scale and fit[0] not in by_scale:
        return Choice(None, f"{_sentence(proofs)[:-1]}, but {told}.")
    if len(fit) > 1:
        return Choice(None, f"It may be {_or(found)}, and nothing in the row tells which.")
    return Choice(fit[0], _sentence(proofs) if proofs else "It is a code only with its zero.")


def labelled(label: str) -> frozenset[str]:
    """The digits of the codes that have a label as their name."""
    return _by_label().get(fold_name(label), frozenset()) if label else frozenset()


def _proofs(beside: Beside) -> list[tuple[str, Callable[[str], bool]]]:
    """What the row says of its code, in words, and which codes that fits."""
    found: list[tuple[str, Callable[[str], bool]]] = []
    root, base = beside.root.removeprefix(PREFIX), beside.base.removeprefix(PREFIX)
    if root.isdigit() and len(root) <= 2:
        found.append((f"the root is {root}", lambda code: code.startswith(root.zfill(2))))
    if bases := candidates(base) if base.isdigit() else []:
        found.append((f"the base is {base}", lambda code: code.startswith(tuple(bases))))
    if labels := labelled(beside.label):
        told = f"the label is that of {_or(sorted(labels))}"
        found.append((told, lambda code: code in labels))
    return found


def _is_on(scale: Scale, code: str, figure: str) -> bool:
    try:
        return scale(actions()[PREFIX + code]) == float(figure)
    except ValueError:
        return False


@cache
def _by_label() -> dict[str, frozenset[str]]:
    """Digits of codes by the folded name, with and without "not specified below"."""
    found: dict[str, set[str]] = {}
    named = [(code, action.action_name) for code, action in actions().items()]
    named += [(code, a.action_name) for code, a in stray_actions().items() if "icews:" in code]
    for code, name in named:
        for spelled in (name, name.removesuffix(_UNSPECIFIED)):
            found.setdefault(fold_name(spelled), set()).add(code.partition(":")[2])
    return {name: frozenset(codes) for name, codes in found.items()}


def _or(codes: list[str]) -> str:
    return " or ".join(codes)


def _sentence(proofs: list[str]) -> str:
    told = " and ".join(proofs)
    return f"{told[:1].upper()}{told[1:]}."
