"""The score of pairs: what keeps rows apart, and how well time, place, act and parties agree."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from qantar.dataset.linking.party import (
    NEUTRAL,
    Flags,
    Floats,
    Ints,
    PartyAgreement,
    dyad_agreement,
)
from qantar.dataset.linking.rows import EARTH_KM, Doubles, Rows, act_agreements
from qantar.dataset.linking.rule import IMPRECISION, PARTS, LinkRule

# One source dates an act in one way and finds a town in one place: its own rows are linked only
# where they agree in both, but for acts that go on overnight.
_OWN_KM = 1.0
# Two figures of deaths that can hardly be one: far apart in share and in number.
_DEATHS_SHARE, _DEATHS_APART = 0.2, 10
# Below this both sides only could be each other, as a named group could be of the government.
LEAST_PARTIES = 0.3
# How well a place agrees where one row has none, or only a country, or a region.
_SAME_COUNTRY, _OPEN_COUNTRY, _REGION = 0.4, 0.3, 0.7
# What is lost at the end of the window of days, and of that of kilometres.
_LATE, _FAR = 0.4, 0.5
# A row's pairs beyond so many are dropped, unless they are among the best of the other row.
MOST_PARTNERS = 50
_MOST_HELD = 4_000_000
PAIR_SCHEMA = {
    "one": pl.Int64,
    "other": pl.Int64,
    "score": pl.Float32,
    **dict.fromkeys(PARTS, pl.Float32),
    "days_apart": pl.Int32,
    "km_apart": pl.Float32,
    "mirrored": pl.Boolean,
}


@dataclass(frozen=True)
class Comparison:
    """Pairs of rows, compared. one, other: their numbers. acts: how well kinds agree."""

    rows: Rows
    rule: LinkRule
    one: Ints
    other: Ints
    acts: Floats

    @cached_property
    def act(self) -> Floats:
        rows = self.rows
        by_kind = self.acts[rows.kind[self.one], rows.kind[self.other]]
        code, there = rows.code[self.one], rows.code[self.other]
        is_same = (code == there) & (code >= 0) & (by_kind > 0)
        found: Floats = np.where(is_same, np.maximum(by_kind, 0.95), by_kind).astype(np.float32)
        return found

    @cached_property
    def gap(self) -> Ints:
        """Days between the bounds of a pair; 0 where they overlap."""
        rows = self.rows
        begin = np.maximum(rows.first[self.one], rows.first[self.other])
        end = np.minimum(rows.last[self.one], rows.last[self.other])
        found: Ints = np.maximum(begin - end, 0)
        return found

    @cached_property
    def is_one_source(self) -> Flags:
        found: Flags = self.rows.source[self.one] == self.rows.source[self.other]
        return found

    @cached_property
    def km(self) -> Doubles:
        """Kilometres between the points of a pair; not a number where one has none."""
        rows = self.rows
        chord = np.linalg.norm(rows.xyz[self.one] - rows.xyz[self.other], axis=1)
        apart = 2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1))
        return np.where(rows.has_point[self.one] & rows.has_point[self.other], apart, np.nan)

    @cached_property
    def reach(self) -> Doubles:
        """How many kilometres a pair may lie apart: the window and both imprecisions."""
        rows = self.rows
        return self.rule.km + rows.imprecision[self.one] + rows.imprecision[self.other]

    @cached_property
    def parties(self) -> PartyAgreement:
        rows, one, other = self.rows, self.one, self.other
        may_turn = rows.may_turn[one] | rows.may_turn[other]
        first, second = (rows.actor[one], rows.target[one]), (rows.actor[other], rows.target[other])
        # One source writes a name in one way; half of it is another's.
        return dyad_agreement(rows.parties, first, second, may_turn, self.is_one_source)

    @cached_property
    def time(self) -> Floats:
        """One where both have the same day; less for days between, and for wide bounds."""
        width = np.maximum(self.rows.width[self.one], self.rows.width[self.other])
        late = 1 - _LATE * self.gap / max(self.rule.days, 1)
        found: Floats = (late / (1 + np.log2(1.0 + width) / 3)).astype(np.float32)
        return found

    @cached_property
    def place(self) -> Floats:
        rows = self.rows
        near = 1 - _FAR * self.km / np.maximum(self.reach, 1e-9)
        vague = np.maximum(rows.imprecision[self.one], rows.imprecision[self.other])
        near = np.where(vague >= IMPRECISION["region"], _REGION * near, near)
        here, there = rows.country[self.one], rows.country[self.other]
        by_country = np.where((here >= 0) & (here == there), _SAME_COUNTRY, _OPEN_COUNTRY)
        found: Floats = np.where(np.isnan(self.km), by_country, near).astype(np.float32)
        return found

    @cached_property
    def deaths(self) -> Floats:
        """One where both tell of the same figure, 0 where one is below half of the other."""
        here, there = self.rows.deaths[self.one], self.rows.deaths[self.other]
        low, high = np.minimum(here, there), np.maximum(here, there)
        by_figure = np.where(low == high, 1.0, np.where(2 * low < high, 0.0, NEUTRAL))
        found: Floats = np.where(low > 0, by_figure, NEUTRAL).astype(np.float32)
        return found

    @cached_property
    def parts(self) -> dict[str, Floats]:
        """The parts of the score, each from 0 to 1."""
        held = (self.time, self.place, self.act, self.parties.score, self.deaths)
        return dict(zip(PARTS, held, strict=True))

    @cached_property
    def score(self) -> Floats:
        total = sum(self.rule.weights[name] * part for name, part in self.parts.items())
        found: Floats = np.asarray(total, dtype=np.float32)
        return found

    def kept(self, mask: Flags) -> "Comparison":
        return Comparison(self.rows, self.rule, self.one[mask], self.other[mask], self.acts)

    def frame(self) -> pl.DataFrame:
        """The pairs with their scores and the parts of these."""
        held = {
            "one": self.one,
            "other": self.other,
            "score": self.score,
            **self.parts,
            "days_apart": self.gap.astype(np.int32),
            "km_apart": pl.Series(self.km.astype(np.float32)).fill_nan(None),
            "mirrored": self.parties.is_mirrored,
        }
        return pl.DataFrame(held, schema=PAIR_SCHEMA)


def _has_related_acts(pairs: Comparison) -> Flags:
    return pairs.act > 0


def _is_in_time(pairs: Comparison) -> Flags:
    return pairs.gap <= pairs.rule.days


def _may_share_source(pairs: Comparison) -> Flags:
    if not pairs.rule.within_sources:
        return ~pairs.is_one_source
    rows, one, other = pairs.rows, pairs.one, pairs.other
    counted = rows.is_counted[one]
    lasts = rows.is_lasting[one] | rows.is_lasting[other]
    # NaN, where there is no point, is not far.
    is_apart = ((pairs.gap > 0) & ~lasts) | (pairs.km > _OWN_KM)
    found: Flags = ~(pairs.is_one_source & (counted | is_apart))
    return found


def _is_near(pairs: Comparison) -> Flags:
    here, there = pairs.rows.country[pairs.one], pairs.rows.country[pairs.other]
    is_abroad = (here >= 0) & (there >= 0) & (here != there)
    found: Flags = np.where(np.isnan(pairs.km), ~is_abroad, pairs.km <= pairs.reach)
    return found


def _is_no_part(pairs: Comparison) -> Flags:
    """A sum is no part of itself: it is linked only with a row that has about its bounds."""
    rows, one, other = pairs.rows, pairs.one, pairs.other
    begin = np.maximum(rows.first[one], rows.first[other])
    end = np.minimum(rows.last[one], rows.last[other])
    longest = np.maximum(rows.width[one], rows.width[other]) + 1
    is_alike = 2 * (end - begin + 1) >= longest
    is_wide = (rows.width[one] > 0) & (rows.width[other] > 0)
    may_be_sum = (rows.is_sum[one] | rows.is_sum[other]) & pairs.rule.uses_precision
    found: Flags = ~may_be_sum | (is_alike & is_wide)
    return found


def _has_like_deaths(pairs: Comparison) -> Flags:
    here, there = pairs.rows.deaths[pairs.one], pairs.rows.deaths[pairs.other]
    low, high = np.minimum(here, there), np.maximum(here, there)
    if not pairs.rule.uses_precision:
        return np.ones(len(low), dtype=np.bool_)
    found: Flags = (low < 0) | (low >= _DEATHS_SHARE * high) | (high - low < _DEATHS_APART)
    return found


def _has_like_parties(pairs: Comparison) -> Flags:
    found: Flags = pairs.parties.score >= LEAST_PARTIES
    return found


# What every pair must pass, by what a failure is called; the quickest come first.
GATES: dict[str, Callable[[Comparison], Flags]] = {
    "time": _is_in_time,
    "act": _has_related_acts,
    "source": _may_share_source,
    "place": _is_near,
    "sum": _is_no_part,
    "deaths": _has_like_deaths,
    "parties": _has_like_parties,
}


def compare(rows: Rows, rule: LinkRule, one: Ints, other: Ints) -> Comparison:
    """Pairs of rows side by side, whether they can be linked or not."""
    return Comparison(rows, rule, one, other, act_agreements(rows.kinds))


def linkable(pairs: Comparison) -> pl.DataFrame:
    """The pairs that pass every gate and reach the lowest score, with its parts."""
    for name, gate in GATES.items():
        # Parties take longest, and are asked again for the score.
        if name != "parties":
            pairs = pairs.kept(gate(pairs))
    is_linked = (pl.col("parties") >= LEAST_PARTIES) & (pl.col("score") >= pairs.rule.min_score)
    return pairs.frame().filter(is_linked)


def best_pairs(chunks: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The pairs that are among the best of one of their rows, each once and in order.

    A pair that is too far down stays so, whatever comes later; so chunks decide nothing.
    """
    held = [pl.DataFrame(schema=PAIR_SCHEMA)]
    count = 0
    for chunk in chunks:
        held.append(chunk)
        count += chunk.height
        if count > _MOST_HELD:
            held, count = [_pruned(pl.concat(held))], 0
    return _pruned(pl.concat(held)).sort("one", "other")


def _pruned(pairs: pl.DataFrame) -> pl.DataFrame:
    whole = pairs.unique(["one", "other"], maintain_order=False).with_row_index("pair")
    sides = (
        whole.select(pl.col(row).alias("row"), pl.col(partner).alias("partner"), "score", "pair")
        for row, partner in (("one", "other"), ("other", "one"))
    )
    ranked = pl.concat(sides).sort("row", "score", "partner", descending=[False, True, False])
    place = pl.int_range(pl.len()).over("row")
    kept = ranked.filter(place < MOST_PARTNERS)["pair"].unique()
    return whole[kept.sort()].drop("pair")
