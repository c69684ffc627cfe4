"""How well the parties of two rows agree, in the order told or with sides exchanged."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.dataset.linking.name import MOST_WORDS, PartyClass, traits

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

# What is not known speaks neither for nor against.
NEUTRAL = 0.5
# That sides are exchanged must be told by both of them.
_LEAST_TURNED = 0.3
_C = PartyClass
# How well two classes agree; those that are not listed contradict each other.
_KIN = {
    (_C.government, _C.government): 0.9,
    (_C.military, _C.military): 0.9,
    (_C.police, _C.police): 0.9,
    (_C.protesters, _C.protesters): 0.9,
    (_C.country, _C.country): 0.9,
    (_C.rebels, _C.rebels): 0.85,
    (_C.criminals, _C.criminals): 0.85,
    (_C.civilians, _C.civilians): 0.85,
    (_C.opposition, _C.opposition): 0.85,
    (_C.armed, _C.armed): 0.7,
    (_C.other, _C.other): 0.6,
    (_C.government, _C.military): 0.7,
    (_C.government, _C.police): 0.6,
    (_C.military, _C.police): 0.3,
    (_C.military, _C.armed): 0.2,
    (_C.armed, _C.rebels): 0.7,
    (_C.armed, _C.criminals): 0.6,
    (_C.armed, _C.other): 0.6,
    (_C.rebels, _C.criminals): 0.3,
    (_C.rebels, _C.opposition): 0.4,
    (_C.rebels, _C.other): 0.7,
    (_C.criminals, _C.other): 0.6,
    (_C.criminals, _C.civilians): 0.2,
    (_C.civilians, _C.protesters): 0.8,
    (_C.civilians, _C.opposition): 0.5,
    (_C.civilians, _C.other): 0.6,
    (_C.protesters, _C.opposition): 0.7,
    (_C.protesters, _C.other): 0.6,
    (_C.opposition, _C.other): 0.6,
    (_C.government, _C.other): 0.25,
    (_C.military, _C.other): 0.2,
    (_C.police, _C.other): 0.2,
    (_C.country, _C.government): 0.8,
    (_C.country, _C.military): 0.7,
    (_C.country, _C.police): 0.6,
}
# GDELT and Phoenix write the country alone for whomever of it.
_COUNTRY_AND_OTHERS = 0.35


def class_agreements() -> Floats:
    """The agreement of every two classes."""
    table = np.zeros((len(PartyClass), len(PartyClass)), dtype=np.float32)
    table[_C.country, :] = table[:, _C.country] = _COUNTRY_AND_OTHERS
    for (one, other), score in _KIN.items():
        table[one, other] = table[other, one] = score
    table[_C.unknown, :] = table[:, _C.unknown] = NEUTRAL
    return table


@dataclass(frozen=True)
class Parties:
    """The parties of all rows, each once; the first is the one of which nothing is known.

    words: ids of words, -1 where there are no more. country: an id, -1 where it is not known.
    """

    words: Ints
    counts: Ints
    kind: Ints
    country: Ints

    @property
    def is_known(self) -> Flags:
        found: Flags = (self.counts > 0) | (self.kind != _C.unknown)
        return found

    def agreement(self, one: Ints, other: Ints, is_strict: Flags) -> Floats:
        """How well pairs of parties agree, from 0 to 1.

        is_strict: where half of a name is not enough.
        """
        kinds = class_agreements()[self.kind[one], self.kind[other]]
        here, there = self.country[one], self.country[other]
        is_open = (here < 0) | (there < 0)
        by_class = kinds * np.where(is_open, 0.95, here == there).astype(np.float32)
        is_neutral = (self.kind[one] == _C.unknown) | (self.kind[other] == _C.unknown)
        by_class[is_neutral] = NEUTRAL
        fewest = np.minimum(self.counts[one], self.counts[other])
        named = np.flatnonzero(fewest > 0)
        if len(named):
            shared = self._shared(one[named], other[named]) / fewest[named]
            least = np.where(is_strict[named], 1.0, 0.5)
            by_name = np.where(shared >= least, 0.7 + 0.3 * shared, 0.0)
            by_class[named] = by_name.astype(np.float32)
        return by_class

    def _shared(self, one: Ints, other: Ints) -> Ints:
        """How many words pairs of parties share."""
        mine, theirs = self.words[one], self.words[other]
        found = np.zeros(len(one), dtype=np.int64)
        for place in range(MOST_WORDS):
            word = mine[:, place : place + 1]
            found += ((word == theirs) & (word >= 0)).any(axis=1)
        return found


def parties_of(frame: pl.DataFrame) -> tuple[Parties, Ints, Ints]:
    """The parties of rows, and for each row the number of its actor and of its target."""
    sides = [
        frame.select(
            pl.col(f"{side}_name").alias("name"),
            pl.col(f"{side}_code").alias("code"),
            pl.col(f"{side}_country_code").alias("country"),
        )
        for side in ("actor", "target")
    ]
    whole = pl.concat(sides)
    known = whole.unique(maintain_order=True).with_row_index("party", offset=1)
    told = [traits(*row) for row in known.select("name", "code", "country").iter_rows()]
    word_ids: dict[str, int] = {}
    country_ids: dict[str, int] = {}
    words = np.full((len(told) + 1, MOST_WORDS), -1, dtype=np.int64)
    kinds, lands = np.zeros(len(told) + 1, np.int64), np.full(len(told) + 1, -1, np.int64)
    for row, one in enumerate(told, start=1):
        for place, word in enumerate(one.words):
            words[row, place] = word_ids.setdefault(word, len(word_ids))
        kinds[row] = one.kind
        if one.country is not None:
            lands[row] = country_ids.setdefault(one.country, len(country_ids))
    keys = ["name", "code", "country"]
    found = whole.join(known, on=keys, how="left", nulls_equal=True, maintain_order="left")
    numbers = found["party"].to_numpy().astype(np.int64)
    counts = (words >= 0).sum(axis=1)
    parties = Parties(words, counts, kinds, lands)
    return parties, numbers[: frame.height], numbers[frame.height :]


@dataclass(frozen=True)
class PartyAgreement:
    """Of pairs of rows: the score, 0 where parties contradict, and whether sides are exchanged."""

    score: Floats
    is_mirrored: Flags


def dyad_agreement(
    parties: Parties,
    first: tuple[Ints, Ints],
    second: tuple[Ints, Ints],
    may_turn: Flags,
    is_strict: Flags,
) -> PartyAgreement:
    """How well the two sides of one row agree with those of another.

    first, second: actor and target of each row. may_turn: where the sides may be exchanged.
    is_strict: where half of a name is not enough.
    """
    table = {
        (mine, theirs): parties.agreement(first[mine], second[theirs], is_strict)
        for mine, theirs in product((0, 1), repeat=2)
    }
    straight = _both(table[0, 0], table[1, 1], 0)
    turned = _both(table[0, 1], table[1, 0], _LEAST_TURNED)
    turned[~may_turn] = 0
    return PartyAgreement(np.maximum(straight, turned), turned > straight)


def _both(one: Floats, other: Floats, least: float) -> Floats:
    """The mean of two agreements; 0 where one of them is not above the least."""
    is_told = np.minimum(one, other) > least
    mean: Floats = np.where(is_told, (one + other) / 2, 0).astype(np.float32)
    return mean
