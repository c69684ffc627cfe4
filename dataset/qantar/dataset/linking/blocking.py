"""Candidate pairs, without a look at all pairs: rows of near cells, near days and related acts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from qantar.dataset.linking.name import PartyClass
from qantar.dataset.linking.party import Flags, Ints
from qantar.dataset.linking.rows import EARTH_KM, Rows, act_agreements
from qantar.dataset.linking.rule import IMPRECISION, LinkRule

# A row that could be one of more than so many is told of none of them.
MOST_CANDIDATES = 500
_CHUNK = 1 << 20
_CELLS = 1 << 11
_SMALLEST_CELL = 2.0 / (_CELLS - 4)
_STEPS = (-1, 0, 1)
_OFFSETS = tuple((x, y, z) for x, y, z in product(_STEPS, _STEPS, _STEPS))
_HALF = tuple(offset for offset in _OFFSETS if offset > (0, 0, 0))
_HERE = (0, 0, 0)
_CLASSES = len(PartyClass)
_OF_STATE = (PartyClass.military, PartyClass.police, PartyClass.country)
Pairs = Iterator[tuple[Ints, Ints]]


@dataclass
class Blocking:
    """The candidate pairs of some rows.

    crowded: how many rows had too many candidates of which nothing tells the right one.
    """

    rows: Rows
    rule: LinkRule
    crowded: int = 0
    block: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.block = related_acts(self.rows)[self.rows.kind]

    def pairs(self) -> Pairs:
        """Pairs of rows, the first with the smaller number, in chunks; some come twice."""
        rows = self.rows
        is_placed = rows.is_placed if self.rule.uses_precision else rows.has_point
        placed = rows.dated & is_placed
        single = np.flatnonzero(placed & (rows.width == 0))
        wider = np.flatnonzero(placed & (rows.width > 0))
        vague = np.flatnonzero(rows.dated & ~placed)
        chunks = [self._of_days(single), self._of_bounds(wider, single)]
        if self.rule.uses_precision:
            chunks.append(self._of_parties(vague))
        for chunk in chunks:
            for one, other in chunk:
                yield np.minimum(one, other), np.maximum(one, other)

    def _of_days(self, single: Ints) -> Pairs:
        """Pairs of rows that are placed and have one day."""
        days = self.rule.days
        grid = self._grid(single)
        at, day = grid.rows, self.rows.first[grid.rows]
        after = np.arange(1, len(at) + 1)
        _, end = grid.ranges(at, _HERE, day, day + days)
        yield from _expanded(at, after, np.maximum(end, after), grid.rows)
        for offset in _HALF:
            yield from _expanded(at, *grid.ranges(at, offset, day - days, day + days), grid.rows)

    def _of_bounds(self, wider: Ints, single: Ints) -> Pairs:
        """Pairs of which one row or both have bounds of more than a day."""
        if not len(wider):
            return
        first, last = self.rows.first[wider], self.rows.last[wider] + self.rule.days
        days = self._grid(single)
        found = [days.ranges(wider, o, first - self.rule.days, last) for o in _OFFSETS]
        others = self._grid(wider)
        # Of two rows that overlap, the one that begins first finds the other.
        found_wide = [others.ranges(wider, o, first, last) for o in _OFFSETS]
        counts = sum(end - begin for begin, end in (*found, *found_wide))
        is_left = (self.rows.width[wider] <= self.rule.wide_days) | (counts <= MOST_CANDIDATES)
        self.crowded += int((~is_left).sum())
        for begin, end in found:
            yield from _expanded(wider[is_left], begin[is_left], end[is_left], days.rows)
        for begin, end in found_wide:
            kept = _expanded(wider[is_left], begin[is_left], end[is_left], others.rows)
            for one, other in kept:
                is_once = (self.rows.first[one] < self.rows.first[other]) | (one < other)
                yield one[is_once], other[is_once]

    def _of_parties(self, vague: Ints) -> Pairs:
        """Pairs of a row that is placed in a region, a country or nowhere with any other."""
        if not len(vague):
            return
        rows, rule = self.rows, self.rule
        dated = np.flatnonzero(rows.dated)
        keys, owners = self._party_keys(dated)
        is_asked = np.zeros(len(rows), dtype=np.bool_)
        is_asked[vague] = True
        asked = np.unique(keys[is_asked[owners]])
        is_met = np.isin(keys, asked)
        keys, owners = keys[is_met], owners[is_met]
        table = _Sorted(np.searchsorted(asked, keys), rows.first[owners], owners)
        mine = is_asked[owners]
        seekers, wanted = owners[mine], np.searchsorted(asked, keys[mine])
        begin, end = table.ranges(
            wanted, rows.first[seekers] - rule.days - rule.wide_days, rows.last[seekers] + rule.days
        )
        is_left = end - begin <= MOST_CANDIDATES
        self.crowded += len(np.unique(seekers[~is_left]))
        for one, other in _expanded(seekers[is_left], begin[is_left], end[is_left], table.rows):
            differ = one != other
            yield one[differ], other[differ]

    def _party_keys(self, numbers: Ints) -> tuple[Ints, Ints]:
        """What parties can be found by: each word of their names, and class with country."""
        parties = self.rows.parties
        keys, owners = [], []
        most = int(parties.words.max(initial=0)) + 1
        spread = most + _CLASSES * (int(parties.country.max(initial=0)) + 1)
        for side in (self.rows.actor[numbers], self.rows.target[numbers]):
            block = self.block[numbers] * spread
            for place in range(parties.words.shape[1]):
                word = parties.words[side, place]
                held = word >= 0
                keys.append(block[held] + word[held])
                owners.append(numbers[held])
            kind, country = parties.kind[side], parties.country[side]
            held = (kind != PartyClass.unknown) & (kind != PartyClass.other) & (country >= 0)
            keys.append(block[held] + most + country[held] * _CLASSES + kind[held])
            owners.append(numbers[held])
            # A state's parts can be one party: all are found by its government, too.
            held &= np.isin(kind, _OF_STATE)
            keys.append(block[held] + most + country[held] * _CLASSES + PartyClass.government)
            owners.append(numbers[held])
        return np.concatenate(keys), np.concatenate(owners)

    def _grid(self, numbers: Ints) -> "_Grid":
        near = self.rule.km + (2 * IMPRECISION["city"] if self.rule.uses_precision else 0.0)
        side = max(near / EARTH_KM, _SMALLEST_CELL)
        cells = np.floor((self.rows.xyz + 1) / side).astype(np.int64) + 1
        return _Grid(self.rows, numbers, cells, self.block)


def related_acts(rows: Rows) -> Ints:
    """For each kind of act a number that all kinds have which can be linked, over others too."""
    table = act_agreements(rows.kinds) > 0
    label = np.arange(len(table))
    while True:
        lowest = np.where(table, label[None, :], len(label)).min(axis=1, initial=len(label))
        lowest = np.minimum(lowest, label)
        if (lowest == label).all():
            return label
        label = lowest


class _Sorted:
    """Rows sorted by a key and a day, to be asked for ranges of days."""

    def __init__(self, keys: Ints, days: Ints, rows: Ints) -> None:
        order = np.lexsort((rows, days, keys))
        self.rows = rows[order]
        self._first = int(days.min(initial=0))
        self._span = int(days.max(initial=0)) - self._first + 2
        self._keys = keys[order] * self._span + (days[order] - self._first)

    def ranges(self, keys: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """From where to where rows of each key and of these days stand; none for keys below 0."""
        begin, end = (
            np.searchsorted(
                self._keys, keys * self._span + np.clip(day - self._first, 0, self._span - 1)
            )
            for day in (first, last + 1)
        )
        is_none = keys < 0
        begin[is_none] = end[is_none] = 0
        return begin, np.maximum(begin, end)


class _Grid:
    """Rows sorted by related acts, cell of the globe and day."""

    def __init__(self, rows: Rows, numbers: Ints, cells: Ints, block: Ints) -> None:
        self._cells, self._block = cells, block
        keys = self._keys(numbers, _HERE)
        self._known = np.unique(keys)
        place = np.searchsorted(self._known, keys)
        self._table = _Sorted(place, rows.first[numbers], numbers)
        self.rows = self._table.rows

    def ranges(
        self, numbers: Ints, offset: tuple[int, int, int], first: Ints, last: Ints
    ) -> tuple[Ints, Ints]:
        """From where to where rows stand that lie in a neighbouring cell on these days."""
        keys = self._keys(numbers, offset)
        place = np.searchsorted(self._known, keys)
        if len(self._known):
            is_there = self._known[np.minimum(place, len(self._known) - 1)] == keys
        else:
            is_there = np.zeros(len(keys), dtype=np.bool_)
        return self._table.ranges(np.where(is_there, place, -1), first, last)

    def _keys(self, numbers: Ints, offset: tuple[int, int, int]) -> Ints:
        x, y, z = (self._cells[numbers, axis] + offset[axis] for axis in range(3))
        found: Ints = ((self._block[numbers] * _CELLS + x) * _CELLS + y) * _CELLS + z
        return found


def _expanded(seekers: Ints, begin: Ints, end: Ints, rows: Ints) -> Pairs:
    """Each seeker with the rows of its range, in chunks of bounded size."""
    counts = end - begin
    held: Flags = counts > 0
    seekers, begin, counts = seekers[held], begin[held], counts[held]
    total = np.cumsum(counts)
    start = 0
    while start < len(seekers):
        done = int(total[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(total, done + _CHUNK, side="right")))
        some = counts[start:stop]
        one = np.repeat(seekers[start:stop], some)
        steps = np.arange(len(one)) - np.repeat(np.cumsum(some) - some, some)
        yield one, rows[np.repeat(begin[start:stop], some) + steps]
        start = stop
