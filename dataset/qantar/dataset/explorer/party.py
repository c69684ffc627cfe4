"""Who acts on whom, for the network: actors, and a pair for each directed act."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qantar.schema.shape import Row, Rows

_KEYS = ("id", "code", "name", "country_code")


@dataclass(frozen=True)
class Pair:
    """A directed act: places of the event and of the two actors, and its weight."""

    event: int
    actor: int
    target: int
    weight: float


@dataclass(frozen=True)
class Parties:
    """The actors by place, and the pairs between them.

    An actor has a ``key`` and ``names`` by language; a name whose language is not known stands
    under "".
    """

    actors: tuple[dict[str, Any], ...]
    pairs: tuple[Pair, ...]

    def weights(self) -> Counter[int]:
        """How much each actor does and is done to."""
        counted: Counter[int] = Counter()
        for pair in self.pairs:
            counted[pair.actor] += pair.weight  # type: ignore[assignment]
            counted[pair.target] += pair.weight  # type: ignore[assignment]
        return counted


def find_parties(rows: Rows) -> Parties:
    """From `dyads` where they are, else from actor and target of each event that occurred."""
    known = {actor["actor_id"]: actor for actor in rows["actors"]}
    place: dict[str, int] = {}
    actors: list[dict[str, Any]] = []

    def place_of(key: str, label: Mapping[str, Any]) -> int:
        if key not in place:
            place[key] = len(actors)
            actors.append({"key": key, **label})
        return place[key]

    pairs = [
        Pair(event, place_of(*actor), place_of(*target), weight)
        for event, actor, target, weight in _acts(rows, known)
    ]
    return Parties(tuple(actors), tuple(pairs))


def _acts(
    rows: Rows, known: Mapping[str, Row]
) -> Sequence[tuple[int, tuple[str, Row], tuple[str, Row], float]]:
    if rows["dyads"]:
        events = {event["event_id"]: index for index, event in enumerate(rows["events"])}
        return [
            (
                events[dyad["event_id"]],
                _named(dyad["actor_id"], known),
                _named(dyad["target_id"], known),
                dyad.get("weight", 1.0),
            )
            for dyad in rows["dyads"]
        ]
    found = []
    for index, event in enumerate(rows["events"]):
        actor, target = (_party(event, slot, known) for slot in ("actor", "target"))
        if actor and target and event.get("occurred") is not False:
            acts = [(actor, target)]
            if event.get("direction") in ("symmetric", "undirected"):
                acts.append((target, actor))
            found += [(index, one, other, 1 / len(acts)) for one, other in acts]
    return found


def _party(event: Row, slot: str, known: Mapping[str, Row]) -> tuple[str, Row] | None:
    values = [event.get(f"{slot}_{key}") for key in _KEYS]
    key = next((value for value in values if value), None)
    if key is None:
        return None
    if key in known:
        return _named(key, known)
    return key, {"names": {"": event.get(f"{slot}_name") or key}}


def _named(actor_id: str, known: Mapping[str, Row]) -> tuple[str, Row]:
    row = known.get(actor_id, {})
    names = {key.removeprefix("name_"): row[key] for key in row if key.startswith("name_")}
    return actor_id, {"names": names or {"": actor_id}}
