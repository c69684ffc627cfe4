"""How far coders agree: detection F1 and Krippendorff's alpha with bootstrap intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Value: TypeAlias = str | frozenset[str]
Distance: TypeAlias = Callable[[Value, Value], float]
_Floats: TypeAlias = NDArray[np.float64]

RESAMPLES = 2_000
SEED = 20220110
INTERVAL = (2.5, 97.5)
# One value alone agrees or differs with none.
_FEWEST = 2


@dataclass(frozen=True)
class Figure:
    """A measure, the ends of its 95 % bootstrap interval, and the number of units."""

    value: float
    low: float | None
    high: float | None
    n: int


def nominal(one: Value, other: Value) -> float:
    """0 where the values are the same, else 1."""
    return float(one != other)


def masi(one: Value, other: Value) -> float:
    """Distance of two sets by Passonneau's MASI (LREC 2006): 1 - Jaccard times monotonicity.

    Monotonicity is 1 for equal sets, 2/3 where one holds the other, 1/3 where they merely
    overlap, 0 where they share nothing.
    """
    left, right = frozenset(one), frozenset(other)
    if left == right:
        return 0.0
    common = len(left & right)
    contained = left <= right or right <= left
    monotonicity = 2 / 3 if contained and common else 1 / 3 if common else 0.0
    return 1 - common / len(left | right) * monotonicity


def measure_alpha(units: Sequence[Sequence[Value]], distance: Distance = nominal) -> Figure:
    """Krippendorff's alpha of any number of coders.

    units: of each unit the values of those who gave one, in any order; units with fewer than
    two values have nothing to compare and do not count.

    Krippendorff, *Content Analysis* (2004), ch. 11: one less observed over expected
    disagreement. Where every value is the same there is nothing to disagree on, and alpha
    is given as 1. The interval is the percentile bootstrap over units, with a fixed seed.
    Raises ValueError without any unit.
    """
    paired = [unit for unit in units if len(unit) >= _FEWEST]
    if not paired:
        raise ValueError("agreement cannot be measured without units")
    n = len(paired)
    counts, between = _counted(paired, distance)
    alphas = _alphas(counts, between, _times_drawn(n))
    return Figure(float(_alphas(counts, between, np.ones((1, n)))[0]), *_interval(alphas), n)


def measure_f1(finders: Sequence[int], coders: int = _FEWEST) -> Figure:
    """F1 of the acts that coders found: how often one coder's act was found by another.

    finders: of each act, how many of the coders found it. Of two coders it is F1 with either
    taken for the truth; of more, that of all pairs of coders together. The interval is the
    percentile bootstrap over acts. Raises ValueError without any act.
    """
    if not finders:
        raise ValueError("agreement cannot be measured without units")
    found = np.array(finders, dtype=float)
    agreed, sought = found * (found - 1), found * (coders - 1)
    drawn = _times_drawn(len(found))
    scores = (drawn @ agreed) / (drawn @ sought)
    return Figure(float(agreed.sum() / sought.sum()), *_interval(scores), len(found))


def _counted(units: Sequence[Sequence[Value]], distance: Distance) -> tuple[_Floats, _Floats]:
    """How often each unit has each value, and the distance between any two values."""
    values = list(dict.fromkeys(value for unit in units for value in unit))
    place = {value: number for number, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)))
    for number, unit in enumerate(units):
        for value in unit:
            counts[number, place[value]] += 1
    between = [[distance(one, other) for other in values] for one in values]
    return counts, np.array(between)


@lru_cache(maxsize=4)
def _times_drawn(n: int) -> _Floats:
    """How often each of n units is in each resample; shape (RESAMPLES, n)."""
    draws = np.random.default_rng(SEED).integers(0, n, size=(RESAMPLES, n))
    return np.stack([np.bincount(draw, minlength=n) for draw in draws]).astype(float)


def _alphas(counts: _Floats, between: _Floats, drawn: _Floats) -> _Floats:
    """Alpha of each row of `drawn`, which says how often each unit is taken."""
    size = counts.sum(axis=1)
    within = np.einsum("ui,ij,uj->u", counts, between, counts) / (size - 1)
    held = drawn @ size
    observed = drawn @ within / held
    values = drawn @ counts
    expected = np.einsum("ri,ij,rj->r", values, between, values) / (held * (held - 1))
    same = expected == 0
    return np.where(same, 1.0, 1 - observed / np.where(same, 1.0, expected))


def _interval(values: _Floats) -> tuple[float, float]:
    low, high = np.percentile(values, INTERVAL)
    return float(low), float(high)
