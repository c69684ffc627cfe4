"""Going from row to row never leads back to the start."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from qantar.schema import Profile
from qantar.schema.rule import Acyclic
from qantar.schema.rules import rules_of
from qantar.validation.rules.condition import holds, met_in
from qantar.validation.rules.link.kind import Found, LinkKind
from qantar.validation.rules.link.side import Side
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import CellsByName
from qantar.validation.tables.growing_array import GrowingArray
from qantar.validation.tables.key_hash import NONE
from qantar.validation.tables.key_record import NO_VALUE, OPEN_VALUE, Records

Graph: TypeAlias = dict[Any, list[Any]]
Nodes: TypeAlias = npt.NDArray[np.uint64]
MOST_TOLD = 5
# Where a layer leaves more of the pointers than this, peeling is no longer worth its time.
LEAST_PEELED = 0.9


@dataclass
class PointerStore:
    """Where rows point from and to, for those that do: 24 bytes each.

    height: how many rows were taken.
    """

    rule: Acyclic
    rows: GrowingArray = field(default_factory=lambda: GrowingArray(np.int64))
    sources: GrowingArray = field(default_factory=GrowingArray)
    targets: GrowingArray = field(default_factory=lambda: GrowingArray(np.int64))
    height: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        return KIND.sides(self.rule)[0].columns

    def take(self, columns: CellsByName, height: int) -> None:
        (side,) = KIND.sides(self.rule)
        sources, targets = side.records(columns, height)
        there = np.flatnonzero((sources != NONE) & ~np.isin(targets, (NO_VALUE, OPEN_VALUE)))
        self.rows.add(there + self.height)
        self.sources.add(sources[there])
        self.targets.add(targets[there])
        self.height += height

    def append(self, later: "PointerStore") -> None:
        self.rows.add(later.rows.whole() + self.height)
        self.sources.add(later.sources.whole())
        self.targets.add(later.targets.whole())
        self.height += later.height

    def suspects(self) -> RowNumbers:
        circling = may_circle(self.sources.whole(), self.targets.whole().view(np.uint64))
        return np.asarray(self.rows.whole()[circling], np.int64)


class AcyclicKind(LinkKind[Acyclic]):
    """A row that points to itself is another rule's concern."""

    may_be_mended = False

    def sides(self, rule: Acyclic) -> tuple[Side, ...]:
        """From a node to a node, within what the rule says."""
        within = (rule.within,) if rule.within else ()
        source, target = (rule.source, *within), (rule.target, *within)
        return (Side(rule.table, source, rule.when, target, is_judged=True),)

    def grouping(self, rule: Acyclic) -> tuple[str, ...]:
        return (rule.within,) if rule.within else ()

    def reads(self, rule: Acyclic) -> tuple[str, ...]:
        return (rule.table,)

    def needs(self, rule: Acyclic) -> tuple[str, ...]:
        return ()

    def targets(
        self, rule: Acyclic, own: Sequence[Row], known: Sequence[Row], *, is_judged: bool
    ) -> Sequence[Row]:
        """Further rows, by which a circle may go without being judged."""
        return known

    def suspects(self, rule: Acyclic, records: Sequence[Records], profile: Profile) -> Mask:
        (rows,) = records
        return may_circle(rows["hash"], rows["number"].view(np.uint64))

    def index(self, rule: Acyclic, others: Sequence[Sequence[Row]]) -> Sequence[Row]:
        return others[0] if others else ()

    def faults(self, rule: Acyclic, rows: Sequence[Row], index: Any, profile: Profile) -> Found:
        """The rows whose pointer is part of a circle; index: further rows, not judged."""
        needed = tuple(name for name in (rule.source, rule.target, rule.within) if name)
        pointers: dict[Any, list[tuple[int, Any, Any]]] = defaultdict(list)
        for place, row in enumerate((*rows, *index)):
            if is_present(row, *needed) and holds(rule.when, row):
                within = row[rule.within] if rule.within else None
                pointers[within].append((place, row[rule.source], row[rule.target]))
        for placed in pointers.values():
            circle_of = circles((source, target) for _, source, target in placed)
            told = {circle: _tell(circle) for circle in set(circle_of.values())}
            for place, source, target in placed:
                circle = circle_of[source]
                if place < len(rows) and source != target and target in circle:
                    found = f"{rule.target} {target} leads back to {source}, through {told[circle]}"
                    yield place, fault_of(rule, rule.target, rows[place], found)

    def begin(self, rule: Acyclic, most: int) -> PointerStore:
        return PointerStore(rule)

    def in_record(self, rule: Acyclic, code: RecordCode) -> None:
        """One record is no circle, but it says to which others its event points."""
        if not code.leads_to:
            return
        level = code.levels[rule.table]
        target, met = level.value(rule.target), met_in(rule.when, level)
        level.each.append(f"if {level.there(rule.target)} and {met}: targets.add({target})")


KIND = AcyclicKind()


def acyclic_rules(table: str, profile: Profile) -> tuple[Acyclic, ...]:
    """The rules against circles among the rows of a table."""
    return tuple(rule for rule in rules_of(table, profile) if isinstance(rule, Acyclic))


def may_circle(sources: Nodes, targets: Nodes) -> Mask:
    """Which pointers may be part of a circle: the others are peeled off, layer by layer.

    A pointer that nothing leads to, or that leads nowhere further, is part of none. Long
    chains would be peeled off link by link: they are left to `circles`.
    """
    held: Mask = sources != targets
    while True:
        before = np.count_nonzero(held)
        held = held & np.isin(targets, sources[held]) & np.isin(sources, targets[held])
        if np.count_nonzero(held) >= before * LEAST_PEELED:
            return held


def circles(pointers: Iterable[tuple[Any, Any]]) -> dict[Any, frozenset[Any]]:
    """By what points: everything from which it is reached and which it reaches, itself included.

    Kosaraju's algorithm, without recursion, since a chain may be as long as a table.
    """
    onward: Graph = defaultdict(list)
    backward: Graph = defaultdict(list)
    for source, target in pointers:
        onward[source].append(target)
        backward[target].append(source)
    found: dict[Any, frozenset[Any]] = {}
    seen: set[Any] = set()
    for start in reversed(list(_finished(onward, [*onward], set()))):
        members = frozenset(_finished(backward, [start], seen))
        found.update(dict.fromkeys(members, members))
    return found


def _finished(graph: Graph, starts: Iterable[Any], seen: set[Any]) -> Iterator[Any]:
    """What is reached from the starts and was not seen, each after all that it leads to."""
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        path: list[tuple[Any, Iterator[Any]]] = [(start, iter(graph.get(start, ())))]
        while path:
            here, onward = path[-1]
            following = next((node for node in onward if node not in seen), None)
            if following is None:
                path.pop()
                yield here
            else:
                seen.add(following)
                path.append((following, iter(graph.get(following, ()))))


def _tell(circle: frozenset[Any]) -> str:
    names = nsmallest(MOST_TOLD, map(str, circle))
    more = f" and {len(circle) - MOST_TOLD} more" if len(circle) > MOST_TOLD else ""
    return ", ".join(names) + more
