"""How far two coders agree: detection F1 and Krippendorff's alpha with bootstrap intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Value: TypeAlias = str | frozenset[str]
Distance: TypeAlias = Callable[[Value, Value], float]

RESAMPLES = 2_000
SEED = 20220110
INTERVAL = (2.5, 97.5)


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


def measure_alpha(pairs: Sequence[tuple[Value, Value]], distance: Distance = nominal) -> Figure:
    """Krippendorff's alpha of two coders' values, one pair a unit, none missing.

    Krippendorff, *Content Analysis* (2004), ch. 11: one less observed over expected
    disagreement. Where every value is the same there is nothing to disagree on, and alpha
    is given as 1. The interval is the percentile bootstrap over units, with a fixed seed.
    Raises ValueError without any unit.
    """
    if not pairs:
        raise ValueError("agreement cannot be measured without units")
    between = _distances(pairs, distance)
    n = len(pairs)
    alphas = _alphas(between, _times_drawn(n))
    return Figure(float(_alphas(between, np.ones((1, n)))[0]), *_interval(alphas), n)


def measure_f1(matched: int, only_first: int, only_second: int) -> Figure:
    """F1 of the acts found by two coders: both as often as either is taken for the truth.

    The interval is the percentile bootstrap over the acts found by either.
    """
    found = np.array([2] * matched + [0] * (only_first + only_second))
    weight = np.array([2] * matched + [1] * (only_first + only_second))
    if not len(found):
        raise ValueError("agreement cannot be measured without units")
    drawn = _times_drawn(len(found))
    scores = (drawn @ found) / (drawn @ weight)
    return Figure(float(found.sum() / weight.sum()), *_interval(scores), len(found))


def _distances(pairs: Sequence[tuple[Value, Value]], distance: Distance) -> NDArray[np.float64]:
    """Distance between any two of all values; those of unit n stand at 2n and 2n + 1."""
    values = [value for pair in pairs for value in pair]
    return np.array([[distance(one, other) for other in values] for one in values])


def _times_drawn(n: int) -> NDArray[np.float64]:
    """How often each of n units is in each resample; shape (RESAMPLES, n)."""
    draws = np.random.default_rng(SEED).integers(0, n, size=(RESAMPLES, n))
    return np.stack([np.bincount(draw, minlength=n) for draw in draws]).astype(float)


def _alphas(between: NDArray[np.float64], drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Alpha of each row of `drawn`, which says how often each unit is taken."""
    pair = between[::2, 1::2].diagonal()
    observed = drawn @ pair / drawn.sum(axis=1)
    values = drawn.repeat(2, axis=1)
    count = values.sum(axis=1)
    expected = np.einsum("ri,ij,rj->r", values, between, values) / (count * (count - 1))
    same = expected == 0
    return np.where(same, 1.0, 1 - observed / np.where(same, 1.0, expected))


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.percentile(values, INTERVAL)
    return float(low), float(high)
