"""The rule by which rows are linked: its windows, its weights, and the presets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

PARTS = ("time", "place", "act", "parties", "deaths")
# What each part weighs in the score. Who did it to whom tells acts apart best; the kind of act
# tells less, since machine coders err most in it; most rows tell of no deaths.
WEIGHTS = MappingProxyType(
    {"time": 0.225, "place": 0.225, "act": 0.18, "parties": 0.27, "deaths": 0.1}
)
_WEIGHTS_OF_WINDOWS = MappingProxyType(
    {"time": 0.25, "place": 0.25, "act": 0.2, "parties": 0.3, "deaths": 0.0}
)
# How far, in kilometres, an act can be from the point that its row gives. A city's point is its
# middle, a region's its middle or its capital; UCDP calls 25 km "near" a place.
IMPRECISION = MappingProxyType({"site": 1.0, "city": 5.0, "region": 75.0})
# Coders who count events themselves: two rows of one of these are never one event.
COUNTED = frozenset({"acled", "ucdp-ged"})


@dataclass(frozen=True)
class LinkRule:
    """A rule with its parameters.

    days, km: how far apart rows may lie beside what they say of their own imprecision.
    min_score: the lowest score of a link. uses_precision: whether the stated imprecision of
    places and days is added to the windows, and sums and deaths are looked at; if not, rows need
    a point and a first day, and these are taken as they stand. within_sources: whether rows of
    one source may be linked. margin: a candidate is best only if it is so much better than one
    that contradicts it; below 0 the best is taken whatever comes near it. wide_days: bounds that
    end more days than this after they begin are wide. weights: of the parts of the score.
    """

    name: str
    days: int
    km: float
    min_score: float
    uses_precision: bool = True
    within_sources: bool = True
    margin: float = 0.03
    wide_days: int = 7
    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))

    def __post_init__(self) -> None:
        if self.days < 0 or not 0 <= self.km < float("inf"):
            raise ValueError("The windows of days and kilometres cannot be below 0 or without end.")
        if not 0 <= self.min_score <= 1:
            raise ValueError("The lowest score of a link lies between 0 and 1.")

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        told = asdict(self)
        return told | ({"imprecision_km": dict(IMPRECISION)} if self.uses_precision else {})


def _windows(name: str, km: float, days: int) -> LinkRule:
    """A rule that looks at windows alone and asks for compatible acts and parties."""
    return LinkRule(
        name,
        days,
        km,
        0.0,
        uses_precision=False,
        within_sources=False,
        margin=-1.0,
        weights=dict(_WEIGHTS_OF_WINDOWS),
    )


# xSub merges with windows of 1 or 5 km and 1 or 2 days, 1 km and 1 day by default
# (https://search.r-project.org/CRAN/refmans/xSub/html/get_xSub_multi.html), and asks for the same
# kind of actors, acts and targets (https://cross-sub.org/about/how-to-use). meltt has no defaults
# (https://search.r-project.org/CRAN/refmans/meltt/html/meltt.html); its manual shows 3 km and
# 1 day (.../meltt-package.html), its README 4 km and 2 days (https://github.com/kdonnay/meltt).
PRESETS: Mapping[str, LinkRule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            LinkRule("qantar", days=1, km=5.0, min_score=0.63),
            _windows("xsub-1km-1d", 1.0, 1),
            _windows("xsub-1km-2d", 1.0, 2),
            _windows("xsub-5km-1d", 5.0, 1),
            _windows("xsub-5km-2d", 5.0, 2),
            _windows("meltt-3km-1d", 3.0, 1),
            _windows("meltt-4km-2d", 4.0, 2),
        )
    }
)


def rule_of(
    preset: str = "qantar",
    *,
    days: int | None = None,
    km: float | None = None,
    min_score: float | None = None,
) -> LinkRule:
    """A preset, with other parameters where they are given.

    Raises ValueError for a preset there is not and for parameters that cannot be.
    """
    if preset not in PRESETS:
        raise ValueError(f"There is no preset {preset!r}; take one of {', '.join(PRESETS)}.")
    given = {"days": days, "km": km, "min_score": min_score}
    changed: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return replace(PRESETS[preset], **changed)
