"""Which acts of several raw passes are one act, told by where their triggers stand."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import Any, TypeAlias

from qantar.builders.raw_pass import RawAct, RawPass, Trigger

# The acts that are one, by coder; a coder who lacks the act is not in it.
Group: TypeAlias = dict[str, RawAct]
# Lower is nearer: whether words are shared, how much of them (less than none), else how far
# off they are, and where. Fractions, since a sum of floats depends on the order of coders.
_Rank: TypeAlias = tuple[int, Fraction, int, tuple[str, int]]
_Starts: TypeAlias = Mapping[str, Sequence[int]]
# The numbers of the acts in a group.
_Numbers: TypeAlias = tuple[int, ...]


def match_acts(passes: Sequence[RawPass], sentences: Iterable[Mapping[str, Any]]) -> list[Group]:
    """Group the acts of all passes, at most one act of each coder in a group.

    The acts whose triggers overlap most go together first: the share of their characters that
    both have (Dice's coefficient), of groups the mean over their acts. What is then left goes
    together within a sentence, the nearest triggers first, since a verb can serve two acts;
    of several, those with the earlier words. Two groups become one only where every act of
    the one is near every act of the other, so no chain of neighbours makes one act of two.
    Only where the words stand decides, none of the fields compared later. An act that no
    other coder has is a group alone.

    sentences: rows with article_id and char_start.
    """
    acts = [(raw.coder_id, act) for raw in passes for act in raw.acts.values()]
    near = _nearness(acts, _sentence_starts(sentences))
    waiting = [(rank, a, b) for a, others in near.items() for b, rank in others.items() if a < b]
    heapify(waiting)
    while waiting:
        _, one, other = heappop(waiting)
        if one in near and other in near:
            made = tuple(sorted(one + other))
            near[made] = _linked(near, one, other, acts)
            for third, rank in near[made].items():
                near[third][made] = rank
                heappush(waiting, (rank, min(third, made), max(third, made)))
            del near[one], near[other]
    return [dict(acts[number] for number in numbers) for numbers in sorted(near)]


def _linked(
    near: dict[_Numbers, dict[_Numbers, _Rank]],
    one: _Numbers,
    other: _Numbers,
    acts: Sequence[tuple[str, RawAct]],
) -> dict[_Numbers, _Rank]:
    """What is near two groups at once, with no coder of theirs."""
    coders = {acts[number][0] for number in one + other}
    return {
        third: _mean(near[one][third], len(one), near[other][third], len(other))
        for third in near[one].keys() & near[other].keys() & near.keys()
        if coders.isdisjoint(acts[number][0] for number in third)
    }


def _mean(here: _Rank, many: int, there: _Rank, more: int) -> _Rank:
    """How near two groups of so many acts, made one, are to a third: one far act makes it far."""
    overlap = (here[1] * many + there[1] * more) / (many + more)
    return max(here[0], there[0]), overlap, max(here[2], there[2]), min(here[3], there[3])


def _nearness(
    acts: Sequence[tuple[str, RawAct]], starts: _Starts
) -> dict[_Numbers, dict[_Numbers, _Rank]]:
    """Of each act, how near those of other coders are that stand in a sentence with it."""
    triggers = [act.triggers() for _, act in acts]
    together: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, places in enumerate(triggers):
        for sentence in (s for place in places for s in _sentences(place, starts)):
            together[sentence].add(number)
    near: dict[_Numbers, dict[_Numbers, _Rank]] = {(number,): {} for number in range(len(acts))}
    pairs = {pair for numbers in together.values() for pair in combinations(sorted(numbers), 2)}
    for one, other in pairs:
        if acts[one][0] != acts[other][0]:
            rank = _rank(triggers[one], triggers[other], starts)
            if rank is not None:
                near[one,][other,] = near[other,][one,] = rank
    return near


def _rank(here: list[Trigger], there: list[Trigger], starts: _Starts) -> _Rank | None:
    """The lower, the nearer two acts; None where they stand in different sentences."""
    shared = [
        (a.article_id, max(a.start, b.start), min(a.end, b.end))
        for a in here
        for b in there
        if a.article_id == b.article_id and max(a.start, b.start) < min(a.end, b.end)
    ]
    if shared:
        count = sum(end - start for _, start, end in shared)
        written = sum(trigger.end - trigger.start for trigger in (*here, *there))
        return 0, Fraction(-2 * count, written), 0, min(shared)[:2]
    gaps = [
        (max(a.start, b.start) - min(a.end, b.end), (a.article_id, min(a.start, b.start)))
        for a in here
        for b in there
        if _sentence(a, a.start, starts) == _sentence(b, b.start, starts)
    ]
    return (1, Fraction(0), *min(gaps)) if gaps else None


def _sentence_starts(sentences: Iterable[Mapping[str, Any]]) -> _Starts:
    starts: dict[str, list[int]] = defaultdict(list)
    for sentence in sentences:
        starts[sentence["article_id"]].append(sentence["char_start"])
    return {article_id: sorted(places) for article_id, places in starts.items()}


def _sentences(trigger: Trigger, starts: _Starts) -> Iterator[tuple[str, int]]:
    """The sentences over which a trigger reaches."""
    _, first = _sentence(trigger, trigger.start, starts)
    _, last = _sentence(trigger, max(trigger.start, trigger.end - 1), starts)
    return ((trigger.article_id, number) for number in range(first, last + 1))


def _sentence(trigger: Trigger, place: int, starts: _Starts) -> tuple[str, int]:
    return trigger.article_id, bisect_right(starts.get(trigger.article_id, []), place)
