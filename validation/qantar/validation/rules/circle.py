"""Circles among pointers from row to row, which a rule forbids."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from qantar.schema.rule import Acyclic
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import holds
from qantar.validation.rules.row_fault import Row, fault_of, is_present

Graph: TypeAlias = dict[Any, list[Any]]
Nodes: TypeAlias = npt.NDArray[np.uint64]
Mask: TypeAlias = npt.NDArray[np.bool_]
MOST_TOLD = 5
# Where a layer leaves more of the pointers than this, peeling is no longer worth its time.
LEAST_PEELED = 0.9


def faults_of_circles(
    rule: Acyclic, rows: Sequence[Row], known: Sequence[Row] = ()
) -> Iterator[tuple[int, Fault]]:
    """(index of the row, fault) of every row whose pointer is part of a circle.

    known: further rows, by which a circle may go without being judged.

    A row that points to itself is another rule's concern.
    """
    needed = pointing_columns(rule)
    pointers: dict[Any, list[tuple[int, Any, Any]]] = defaultdict(list)
    for index, row in enumerate((*rows, *known)):
        if is_present(row, *needed) and holds(rule.when, row):
            within = row[rule.within] if rule.within else None
            pointers[within].append((index, row[rule.source], row[rule.target]))
    for placed in pointers.values():
        circle_of = circles((source, target) for _, source, target in placed)
        told = {circle: _tell(circle) for circle in set(circle_of.values())}
        for index, source, target in placed:
            circle = circle_of[source]
            if index < len(rows) and source != target and target in circle:
                found = f"{rule.target} {target} leads back to {source}, through {told[circle]}"
                yield index, fault_of(rule, rule.target, rows[index], found)


def pointing_columns(rule: Acyclic) -> tuple[str, ...]:
    """The columns without which a row points nowhere."""
    return tuple(name for name in (rule.source, rule.target, rule.within) if name)


def read_columns(rule: Acyclic) -> tuple[str, ...]:
    """Every column that the rule reads."""
    return tuple(dict.fromkeys((*pointing_columns(rule), *(c.column for c in rule.when))))


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
