"""Groups of rows that report one event, made of linked pairs.

Rows are numbered in the order of their ids, so that nothing depends on the order they came in.
A group of firm rows is whole: every two of its rows are linked. So no chain leads from a row to
one that it contradicts. Rows that are not firm join at the end, each one group.
"""

from dataclasses import dataclass, field
from heapq import nlargest

import numpy as np
import polars as pl

from qantar.dataset.linking.party import Flags, Floats, Ints

Neighbours = dict[int, dict[int, float]]


def grouped(size: int, pairs: pl.DataFrame, firm: Flags, own: Ints, margin: float) -> Ints:
    """For each row the smallest number of its group.

    size: of rows. pairs: linked ones. firm: of each row. own: of each row the number of a source
    that counts events itself, so that a group has one row of it; -1 where it does not.
    """
    found = np.arange(size)
    one, other = pairs["one"].to_numpy(), pairs["other"].to_numpy()
    if not len(one):
        return found
    part = _components(size, one, other)[one]
    order = np.argsort(part, kind="stable")
    one, other, part = one[order], other[order], part[order]
    scores = pairs["score"].to_numpy()[order]
    starts = np.flatnonzero(np.r_[True, part[1:] != part[:-1]])
    ends = np.r_[starts[1:], len(part)]
    is_lone = ends - starts == 1
    found[other[starts[is_lone]]] = one[starts[is_lone]]
    for start, end in zip(starts[~is_lone].tolist(), ends[~is_lone].tolist(), strict=True):
        web = _Web.of(one[start:end], other[start:end], scores[start:end])
        for row, group in web.groups(firm, own, margin).items():
            found[row] = group
    return found


def _components(size: int, one: Ints, other: Ints) -> Ints:
    """For each row the smallest number that links lead to, over others too."""
    label = np.arange(size)
    while True:
        before = label.copy()
        low = np.minimum(label[one], label[other])
        np.minimum.at(label, one, low)
        np.minimum.at(label, other, low)
        label = label[label]
        if (label == before).all():
            return label


@dataclass
class _Web:
    """Linked rows, and the groups so far.

    links: of each row its partners with their scores. group: of each row its group's number.
    members: of each group.
    """

    edges: list[tuple[float, int, int]]
    links: Neighbours
    group: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, one: Ints, other: Ints, scores: Floats) -> "_Web":
        links: Neighbours = {}
        # Scores are rounded, so that no difference of the last digit decides.
        triples = zip(scores.round(5).tolist(), one.tolist(), other.tolist(), strict=True)
        edges = sorted(triples, key=lambda edge: (-edge[0], edge[1], edge[2]))
        for score, first, second in edges:
            links.setdefault(first, {})[second] = score
            links.setdefault(second, {})[first] = score
        rows = sorted(links)
        return cls(edges, links, {row: row for row in rows}, {row: [row] for row in rows})

    def groups(self, firm: Flags, own: Ints, margin: float) -> dict[int, int]:
        """Of each row the smallest number of its group."""
        among = {row for row in self.links if firm[row]}
        self._join_all(among, margin)
        loose = [row for row in sorted(self.links) if row not in among]
        self._add_loose(loose, among, own, margin)
        return {row: min(self.members[group]) for row, group in self.group.items()}

    def _join_all(self, among: set[int], margin: float) -> None:
        """Make groups of some rows, the best pairs first."""
        for score, one, other in self.edges:
            if one in among and other in among:
                self._join(one, other, score - margin if margin >= 0 else None, among)

    def _join(self, one: int, other: int, least: float | None, among: set[int]) -> None:
        """Make one group of two, unless they contradict each other or another fits as well.

        least: the score from which another fits as well.
        """
        here, there = self.group[one], self.group[other]
        if here == there or not self._is_whole(self.members[here], self.members[there]):
            return
        if least is not None and (
            self._has_rival(here, there, least, among) or self._has_rival(there, here, least, among)
        ):
            return
        self._merge(here, there)

    def _merge(self, here: int, there: int) -> None:
        if len(self.members[here]) < len(self.members[there]):
            here, there = there, here
        for row in self.members[there]:
            self.group[row] = here
        self.members[here] += self.members.pop(there)

    def _is_whole(self, some: list[int], others: list[int]) -> bool:
        if len(some) > len(others):
            some, others = others, some
        return all(self.links[row].keys() >= {*others} for row in some)

    def _has_rival(self, group: int, chosen: int, least: float, among: set[int]) -> bool:
        """Whether a row contradicts the chosen group and fits this one about as well."""
        members, others = self.members[group], self.members[chosen]
        for row in members:
            for partner, score in self.links[row].items():
                if score < least:
                    break  # Partners come with the best first.
                theirs = self.group[partner]
                if partner not in among or theirs in (group, chosen):
                    continue
                contradicts = not self._is_whole([partner], others)
                if contradicts and self._is_whole(members, self.members[theirs]):
                    return True
        return False

    def _add_loose(self, loose: list[int], firm: set[int], own: Ints, margin: float) -> None:
        """Let each loose row join the group that fits it best, if one does.

        Loose rows that no firm row is linked to make groups of their own, as firm ones do.
        """
        joins: list[tuple[float, int, int]] = []
        lonely: set[int] = set()
        for row in loose:
            by_group: dict[int, float] = {}
            for partner, score in self.links[row].items():
                group = self.group[partner]
                if partner in firm and self._is_whole([row], self.members[group]):
                    by_group[group] = max(score, by_group.get(group, 0.0))
            best = _best(by_group, margin)
            if best is not None:
                joins.append((-by_group[best], row, best))
            elif not by_group:
                lonely.add(row)
        taken = {(group, own[row]) for row, group in self.group.items() if own[row] >= 0}
        for _, row, group in sorted(joins):
            if own[row] < 0 or (group, own[row]) not in taken:
                taken.add((group, own[row]))
                self._merge(group, self.group[row])
        self._join_all(lonely, margin)


def _best(scores: dict[int, float], margin: float) -> int | None:
    """The key of the best score, if no other comes near it."""
    ranked = nlargest(2, scores.items(), key=lambda pair: (pair[1], -pair[0]))
    if not ranked or (len(ranked) == 2 and ranked[0][1] - ranked[1][1] <= max(margin, 0)):
        return None
    return ranked[0][0]
