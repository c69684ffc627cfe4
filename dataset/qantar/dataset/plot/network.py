"""Who acts on whom."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from qantar.dataset.explorer.network import Node, lay_out
from qantar.dataset.explorer.party import Pair, Parties
from qantar.dataset.load import load
from qantar.dataset.plot.style import (
    INK,
    PAPER,
    QUAD_CLASSES,
    TEXT,
    finish,
    head,
    kind_of_act,
    legend,
    new_sheet,
    note,
)
from qantar.schema.tables import TABLES

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH, _HEIGHT = 1000, 640
_COOPERATION = {name for name, _ in (QUAD_CLASSES[1], QUAD_CLASSES[2])}
Arrow = tuple[int, int, tuple[str, str]]


def draw_network(
    dyads: "pandas.DataFrame | None" = None,
    actors: "pandas.DataFrame | None" = None,
    *,
    first: date | None = None,
    last: date | None = None,
) -> "Figure":
    """Draw actors as dots and what they did to each other as arrows.

    dyads: rows of the table `dyads`, by default of the latest release: acts that occurred.
    actors: rows of the table `actors`, for names, in the language that comes first there; by
    default names are those that dyads have, and ids serve where they have none. first, last:
    only acts that can have been on one of these days. An arrow is as thick as its weights add up
    to; one is drawn for each direction and quad class. Cooperation has open heads, conflict full
    ones.
    """
    table = load("dyads") if dyads is None else dyads
    if dyads is None and actors is None and "actor_name" not in table:
        # Releases of schema 0.1.0 name actors in their own table only.
        actors = load("actors")
    records: list[Any] = table.to_dict("records")
    rows = [row for row in records if _is_within(row, first, last)]
    names = _names_in(rows) | ({} if actors is None else _names_of(actors))
    places: dict[str, int] = {}
    for row in rows:
        for slot in ("actor_id", "target_id"):
            places.setdefault(row[slot], len(places))
    weights: Counter[Arrow] = Counter()
    for row in rows:
        arrow = (places[row["actor_id"]], places[row["target_id"]], kind_of_act(row["action_code"]))
        weights[arrow] += row["weight"]
    nodes = {node.actor: node for node in _lay_out(places, weights, names)}
    figure, axes = new_sheet(11, 7.6)
    _draw_arrows(axes, nodes, weights)
    _draw_nodes(axes, nodes.values())
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(_HEIGHT, 0)
    axes.set_axis_off()
    head(figure, "Who acts on whom")
    legend(figure, QUAD_CLASSES.values(), columns=2)
    note(figure, _told(len({row["event_id"] for row in rows}), len(places), len(nodes)))
    return finish(figure, above=0.45)


def _names_in(dyads: list[Any]) -> dict[str, str]:
    """Name by id, as far as dyads have names."""
    sides = ((row, side) for row in dyads for side in ("actor", "target"))
    named = ((row[f"{side}_id"], row.get(f"{side}_name")) for row, side in sides)
    return {key: name for key, name in named if isinstance(name, str)}


def _names_of(actors: "pandas.DataFrame") -> dict[str, str]:
    """Name by id in the first language of which the table has names."""
    columns = [name for name in actors.columns if TABLES["actors"].base_of(name) == "name"]
    return dict(zip(actors["actor_id"], actors[columns[0]], strict=True)) if columns else {}


def _is_within(row: dict[str, Any], first: date | None, last: date | None) -> bool:
    earliest, latest = _day(row["date_earliest"]), _day(row["date_latest"])
    after = last is not None and earliest is not None and earliest > last
    before = first is not None and latest is not None and latest < first
    return not (after or before)


def _day(value: Any) -> date | None:
    return None if value is None or value != value else date.fromisoformat(str(value)[:10])


def _lay_out(places: dict[str, int], weights: Counter[Arrow], names: dict[str, str]) -> list[Node]:
    actors = tuple({"key": key, "names": {"": names.get(key, key)}} for key in places)
    pairs = tuple(Pair(0, actor, target, weight) for (actor, target, _), weight in weights.items())
    return lay_out(Parties(actors, pairs), _WIDTH, _HEIGHT)


def _draw_arrows(axes: "Axes", nodes: dict[int, Node], weights: Counter[Arrow]) -> None:
    from matplotlib.patches import FancyArrowPatch

    drawn: Counter[tuple[int, int]] = Counter()
    for (actor, target, kind), weight in sorted(weights.items()):
        if actor == target or actor not in nodes or target not in nodes:
            continue
        bend = 0.14 + 0.08 * drawn[actor, target]
        drawn[actor, target] += 1
        arrow = FancyArrowPatch(
            (nodes[actor].x, nodes[actor].y),
            (nodes[target].x, nodes[target].y),
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="->" if kind[0] in _COOPERATION else "-|>",
            mutation_scale=11,
            shrinkA=4,
            shrinkB=6,
            linewidth=0.8 + 0.8 * weight,
            color=kind[1],
            gid=f"{kind[0]}: {actor} {target}",
        )
        axes.add_patch(arrow)


def _draw_nodes(axes: "Axes", nodes: Iterable[Node]) -> None:
    from matplotlib.patheffects import withStroke

    for node in nodes:
        axes.plot([node.x], [node.y], "o", color=INK, markersize=7, markeredgecolor=PAPER)
        axes.text(
            node.x,
            node.y + 11,
            "\n".join(node.names[""]),
            ha="center",
            va="top",
            fontsize=TEXT,
            color=INK,
            path_effects=[withStroke(linewidth=2.5, foreground=PAPER)],
        )


def _told(events: int, actors: int, drawn: int) -> str:
    told = f"{events} events that occurred, between {actors} actors. Open heads: cooperation; "
    told += "full heads: conflict. Thicker arrows stand for more acts."
    return told if drawn == actors else f"{told} Drawn are the {drawn} with most acts."
