"""Codes of acts as ICEWS has them: damaged, without their zeros, or told by a label alone."""

from dataclasses import dataclass
from functools import cache

import polars as pl

from qantar.schema.codebook import actions, stray_actions
from qantar.schema.other_codes import fold_name

FILLED = "CAMEO Code is absent or no code: the code is that of Event Text."
DIFFERING = "CAMEO Code and Event Text name different acts: the code was taken."
ZERO = "CAMEO Code has lost a zero: it was restored from Event Text or Intensity."
OPEN = "CAMEO Code may have lost a zero, and nothing tells: there is no code."
OFF_SCALE = "CAMEO Code was restored from Event Text, and Intensity is that of another code."
_NOT_BELOW = ", not specified below"
# Labels that are not the names of CAMEO 1.1b3.
_OWN_LABELS = {"Carry out car bombing": "cameo:1832"}


@dataclass(frozen=True)
class Told:
    """What a code, its label and its figure tell together."""

    action_code: str | None = None
    note: str | None = None


def coded(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns `action_code` and `note` of rows with `code`, `label` and `intensity`."""
    asked = frame.select("code", "label", "intensity")
    known = asked.unique()
    told = [_told(*row) for row in known.iter_rows()]
    answers = known.with_columns(
        pl.Series("action_code", [one.action_code for one in told], pl.String),
        pl.Series("note", [one.note for one in told], pl.String),
    )
    joined = asked.join(
        answers, on=asked.columns, how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.select("action_code", "note")


def _told(code: str | None, label: str | None, intensity: float | None) -> Told:
    """The code that is meant.

    >>> _told("13y", "Threaten with repression", -7.0).action_code
    'cameo:137'
    >>> _told("20", None, 3.0).action_code, _told("20", None, None).action_code
    ('cameo:020', None)
    """
    by_label = labels().get(fold_name(label)) if label else None
    written = [one for one in (_known(code), _known(f"0{code}")) if one]
    if by_label is None:
        return _by_scale(code, written, intensity)
    if by_label in written:
        return Told(by_label, None if by_label == _known(code) else ZERO)
    if _known(code) is None:
        is_off = intensity is not None and intensity != _intensity(by_label)
        return Told(by_label, OFF_SCALE if is_off else FILLED)
    return Told(_known(code), None if by_label.startswith(f"cameo:{code}") else DIFFERING)


def _by_scale(code: str | None, written: list[str], intensity: float | None) -> Told:
    """The one code of two that differ by a zero to which the figure belongs."""
    fit = written
    if len(written) > 1:
        fit = [one for one in written if intensity is not None and intensity == _intensity(one)]
    if len(fit) != 1:
        return Told(note=OPEN if written else None)
    return Told(fit[0], None if fit[0] == _known(code) else ZERO)


def _known(code: str | None) -> str | None:
    found = f"cameo:{code}", f"icews:{code}"
    if found[0] in actions():
        return found[0]
    return found[1] if found[1] in stray_actions() else None


def _intensity(action_code: str) -> float | None:
    table = actions() if action_code.startswith("cameo:") else stray_actions()
    return table[action_code].goldstein_icews


@cache
def labels() -> dict[str, str]:
    """Codes by the folded label; a root and its own "not specified below" share one."""
    roots = {fold_name(a.action_name): code for code, a in actions().items() if _is_root(code)}
    others = {
        fold_name(a.action_name.removesuffix(_NOT_BELOW)): code
        for code, a in actions().items()
        if not _is_root(code)
    }
    stray = {
        fold_name(a.action_name): code
        for code, a in stray_actions().items()
        if code.startswith("icews:")
    }
    return roots | others | stray | {fold_name(name): code for name, code in _OWN_LABELS.items()}


def _is_root(action_code: str) -> bool:
    return len(action_code) == len("cameo:01")
