"""The network's layout keeps actors in the frame and their names apart."""

import random
from itertools import pairwise

import pytest

from qantar.dataset.explorer.data import FRAMES
from qantar.dataset.explorer.network import MOST_ACTORS, break_name, lay_out
from qantar.dataset.explorer.party import Pair, Parties, find_parties
from qantar.dataset.explorer.source import complete
from qantar.dataset.restoration import as_of

WIDTH, HEIGHT = 1060, 640


def parties(actors, pairs):
    names = tuple(
        {"key": f"a{n}", "names": {"en": f"Actor number {n}", "vi": f"Số {n}"}}
        for n in range(actors)
    )
    return Parties(names, tuple(Pair(0, one, other, 1.0) for one, other in pairs))


def random_parties(actors, seed):
    dice = random.Random(seed)
    pairs = [(n, dice.randrange(actors)) for n in range(actors) for _ in range(2)]
    return parties(actors, pairs)


@pytest.mark.parametrize("size", [1, 2, 5, 26, 40, 200])
def test_nobody_is_outside_and_no_dots_meet(size):
    nodes = lay_out(random_parties(size, 1), WIDTH, HEIGHT)
    assert len(nodes) == min(size, MOST_ACTORS)
    for index, node in enumerate(nodes):
        assert 0 <= node.x <= WIDTH
        assert 0 <= node.y <= HEIGHT
        for other in nodes[:index]:
            assert abs(node.x - other.x) + abs(node.y - other.y) > 12


@pytest.mark.parametrize("frame", FRAMES)
def test_no_names_of_the_release_lie_on_each_other(frame):
    found = find_parties(complete(as_of().tables()))
    nodes = lay_out(found, *FRAMES[frame])
    boxes = []
    for node in nodes:
        half = max(len(line) for line in node.names["en"]) * 3.2
        low = node.y + 10 + 14 * len(node.names["en"])
        boxes.append((node.x - half, node.y - 7, node.x + half, low))
    for index, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:index]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


def test_parts_without_a_link_do_not_drift_off():
    apart = parties(12, [(n, n + 1) for n in range(8)] + [(9, 10), (10, 11)])
    nodes = lay_out(apart, WIDTH, HEIGHT)
    across = sorted(node.x for node in nodes)
    assert max(after - before for before, after in pairwise(across)) < WIDTH / 3


def test_the_same_parties_stand_in_the_same_places():
    assert lay_out(random_parties(30, 2), 360, 980) == lay_out(random_parties(30, 2), 360, 980)


def test_parties_come_from_dyads_and_else_from_the_events():
    tables = as_of().tables()
    from_dyads = find_parties(complete(tables))
    assert len(from_dyads.pairs) == len(tables["dyads"])
    bare = [
        {
            "event_id": "X-000001",
            "action_code": "cameo:010",
            "actor_code": "USA",
            "target_name": "Y",
        }
    ]
    assert [a["key"] for a in find_parties(complete({"events": bare})).actors] == ["USA", "Y"]


def test_long_names_are_broken_and_cut():
    assert break_name("Shanghai Cooperation Organisation") == [
        "Shanghai",
        "Cooperation",
        "Organisation",
    ]
    assert len(break_name("one two three four five six seven eight nine ten eleven twelve")) == 3
    assert break_name("x" * 90)[0].endswith("…")
