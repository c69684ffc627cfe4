"""Where the actors of the network stand, so that neighbours are near and names do not collide.

Plain arithmetic in a fixed order: the same package gives the same picture on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from qantar.dataset.explorer.party import Parties

MOST_ACTORS = 40
_ROUNDS = 400
_LETTER, _LINE, _DOT = 6.4, 15.0, 12.0
_LONGEST_LINE = 19


@dataclass
class Node:
    """An actor's place, the lines of its name in each language, and the room they need."""

    actor: int
    names: dict[str, list[str]]
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0


def lay_out(parties: Parties, width: int, height: int) -> list[Node]:
    """The heaviest actors with their places in a frame of that size, in pixels."""
    weights = parties.weights()
    heaviest = sorted(weights, key=lambda actor: (-weights[actor], actor))[:MOST_ACTORS]
    nodes = [_node(actor, parties) for actor in heaviest]
    places = {node.actor: index for index, node in enumerate(nodes)}
    links = sorted(
        {
            (min(places[p.actor], places[p.target]), max(places[p.actor], places[p.target]))
            for p in parties.pairs
            if p.actor in places and p.target in places and p.actor != p.target
        }
    )
    _start_on_spiral(nodes, width, height)
    _spring(nodes, links, width, height)
    _close_gaps(nodes)
    _fill(nodes, width, height)
    _part(nodes, width, height)
    return nodes


def break_name(name: str, longest: int = _LONGEST_LINE) -> list[str]:
    """A name in lines of about that many letters, at most three."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > longest:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    kept = [line if len(line) <= longest + 3 else f"{line[: longest + 2]}…" for line in lines[:3]]
    if len(lines) > len(kept):
        kept[-1] = f"{kept[-1][: longest - 1]}…"
    return kept


def _node(actor: int, parties: Parties) -> Node:
    names = {key: break_name(name) for key, name in parties.actors[actor]["names"].items()}
    longest = max(len(line) for lines in names.values() for line in lines)
    deepest = max(len(lines) for lines in names.values())
    return Node(actor, names, longest * _LETTER + 10, deepest * _LINE + 2 * _DOT)


def _start_on_spiral(nodes: Sequence[Node], width: int, height: int) -> None:
    # A turn by the golden angle needs no sine: multiply by a fixed complex number.
    turn, point = complex(-0.7373688, 0.6754903), complex(1, 0)
    for index, node in enumerate(nodes):
        radius = sqrt((index + 0.5) / len(nodes)) / 2
        node.x = width / 2 + point.real * radius * width
        node.y = height / 2 + point.imag * radius * height
        point *= turn


def _spring(
    nodes: Sequence[Node], links: Sequence[tuple[int, int]], width: int, height: int
) -> None:
    """Fruchterman and Reingold's layout: all repel, linked ones attract, all drift inwards."""
    ideal = 0.75 * sqrt(width * height / max(len(nodes), 1))
    for step in range(_ROUNDS):
        push = [[0.0, 0.0] for _ in nodes]
        for i, one in enumerate(nodes):
            for j in range(i):
                dx, dy = one.x - nodes[j].x, one.y - nodes[j].y
                near = max(dx * dx + dy * dy, 1.0)
                # Who is far away no longer repels, or parts without a link would drift off.
                force = ideal * ideal / near if near < 6 * ideal * ideal else 0.0
                _add(push, i, j, dx * force, dy * force)
        for i, j in links:
            dx, dy = nodes[i].x - nodes[j].x, nodes[i].y - nodes[j].y
            force = -sqrt(dx * dx + dy * dy) / ideal
            _add(push, i, j, dx * force, dy * force)
        limit = 0.12 * width * (1 - step / _ROUNDS) + 0.5
        for node, (dx, dy) in zip(nodes, push, strict=True):
            dx += (width / 2 - node.x) * 0.35
            dy += (height / 2 - node.y) * 0.35 * width / height
            length = max(sqrt(dx * dx + dy * dy), 1e-9)
            node.x += dx / length * min(length, limit)
            node.y += dy / length * min(length, limit)


def _add(push: list[list[float]], i: int, j: int, dx: float, dy: float) -> None:
    push[i][0] += dx
    push[i][1] += dy
    push[j][0] -= dx
    push[j][1] -= dy


def _close_gaps(nodes: Sequence[Node]) -> None:
    """Bring parts without a link between them nearer: no gap wider than thrice the mean."""
    for axis in ("x", "y"):
        ordered = sorted(nodes, key=lambda node: (getattr(node, axis), node.actor))
        places = [getattr(node, axis) for node in ordered]
        widest = 3 * (places[-1] - places[0]) / max(len(nodes) - 1, 1) if nodes else 0.0
        shift = 0.0
        for node, (before, here) in zip(ordered[1:], pairwise(places), strict=True):
            shift += max(here - before - widest, 0.0)
            setattr(node, axis, here - shift)


def _fill(nodes: Sequence[Node], width: int, height: int) -> None:
    """Stretch the picture to the frame."""
    if len(nodes) < 2:
        return
    left, right = min(n.x for n in nodes), max(n.x for n in nodes)
    top, bottom = min(n.y for n in nodes), max(n.y for n in nodes)
    for node in nodes:
        node.x = 80 + (node.x - left) / max(right - left, 1) * (width - 160)
        node.y = 30 + (node.y - top) / max(bottom - top, 1) * (height - 90)


def _part(nodes: Sequence[Node], width: int, height: int) -> None:
    """Move nodes apart until no name lies on another, inside the frame."""
    for _ in range(_ROUNDS):
        moved = False
        for i, one in enumerate(nodes):
            for other in nodes[:i]:
                dx, dy = one.x - other.x, _middle(one) - _middle(other)
                across = (one.width + other.width) / 2 - abs(dx)
                along = (one.height + other.height) / 2 - abs(dy)
                if across <= 0 or along <= 0:
                    continue
                moved = True
                if across * height < along * width:
                    shift = (across / 2 + 0.5) * (1 if dx >= 0 else -1)
                    one.x, other.x = one.x + shift, other.x - shift
                else:
                    shift = (along / 2 + 0.5) * (1 if dy >= 0 else -1)
                    one.y, other.y = one.y + shift, other.y - shift
        for node in nodes:
            half = min(node.width / 2, width / 2)
            node.x = min(max(node.x, half), width - half)
            node.y = min(max(node.y, _DOT), height - node.height + _DOT)
        if not moved:
            return


def _middle(node: Node) -> float:
    """The middle of dot and name, which stands below the dot."""
    return node.y + node.height / 2 - _DOT
