"""Circles are found whatever their length and the order of the rows, and nothing else is."""

from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.rule import Acyclic
from qantar.validation.rules.link.acyclic import may_circle
from qantar.validation.rules.link.registry import faults_of_link_rule
from qantar.validation.rules.value.rule import BROKEN

RULE = Acyclic(
    id="x", table="relations", source="a", target="b", within="kind", sentence="S.", mend="M."
)
POINTERS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20)


def rows_of(pointers: list[tuple[Any, Any]], kind: str = "k") -> list[dict[str, Any]]:
    return [{"a": a, "b": b, "kind": kind} for a, b in pointers]


def faulty(rows: list[dict[str, Any]]) -> list[int]:
    return [index for index, _ in faults_of_link_rule(RULE, rows, [], Profile.coded)]


@given(POINTERS)
def test_a_fault_is_found_where_and_only_where_there_is_a_circle(
    pointers: list[tuple[int, int]],
) -> None:
    graph: dict[int, set[int]] = {}
    for a, b in pointers:
        if a != b:
            graph.setdefault(a, set()).add(b)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        assert faulty(rows_of(pointers))
    else:
        assert not faulty(rows_of(pointers))


@given(POINTERS)
def test_every_faulty_pointer_leads_back_to_where_it_began(pointers: list[tuple[int, int]]) -> None:
    for index in faulty(rows_of(pointers)):
        start, reached = pointers[index][0], {pointers[index][1]}
        while more := {b for a, b in pointers if a in reached} - reached:
            reached |= more
        assert start in reached


@given(POINTERS, st.randoms())
def test_the_order_of_rows_changes_nothing(pointers: list[tuple[int, int]], random: Any) -> None:
    mixed = random.sample(pointers, len(pointers))
    found = sorted(pointers[i] for i in faulty(rows_of(pointers)))
    assert found == sorted(mixed[i] for i in faulty(rows_of(mixed)))


def test_a_chain_as_long_as_a_table_is_followed() -> None:
    chain = [(n, n + 1) for n in range(10_000)]
    assert faulty(rows_of(chain)) == []
    assert len(faulty(rows_of([*chain, (10_000, 0)]))) == 10_001


def test_different_kinds_make_no_circle_together() -> None:
    assert faulty([*rows_of([(1, 2)]), *rows_of([(2, 1)], "other")]) == []


@given(POINTERS)
def test_what_is_peeled_off_is_part_of_no_circle(pointers: list[tuple[int, int]]) -> None:
    ends = np.array(pointers, np.uint64).reshape(-1, 2)
    held = np.flatnonzero(may_circle(ends[:, 0], ends[:, 1])).tolist()
    assert set(faulty(rows_of(pointers))) <= set(held)


def test_nearly_all_is_peeled_off_where_there_is_no_circle() -> None:
    stars = [(n, n // 10) for n in range(1, 10_000)]
    ends = np.array(stars, np.uint64)
    assert not may_circle(ends[:, 0], ends[:, 1]).any()


def test_a_cell_that_is_absent_or_faulty_points_nowhere() -> None:
    for value in (None, BROKEN):
        assert faulty([{"a": 1, "b": 2, "kind": "k"}, {"a": 2, "b": value, "kind": "k"}]) == []


def test_a_circle_may_go_by_rows_that_are_not_judged() -> None:
    known = rows_of([(2, 3), (3, 1), (4, 5), (5, 4)])
    found = faults_of_link_rule(RULE, rows_of([(1, 2)]), [known], Profile.coded)
    assert [index for index, _ in found] == [0]
