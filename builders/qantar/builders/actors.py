"""The registry of actors, kept as CSV tables that any coder can open."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from qantar.builders.code import check_actor_code
from qantar.builders.coding import CodingError
from qantar.builders.gathering import Gathering
from qantar.builders.hand_kept_file import PlacedRow, read_rows
from qantar.builders.origin import Place
from qantar.schema.base import Record
from qantar.schema.codebook import ActorPart
from qantar.schema.registry import Actor, ActorName, ActorRole
from qantar.schema.shape import Row

_TABLES: dict[str, type[Record]] = {
    "actors": Actor,
    "actor_names": ActorName,
    "actor_roles": ActorRole,
}
_PARTS = "actor_parts"


@dataclass(frozen=True)
class Registry:
    """Actors, their names and their roles, and parts of codes beside those of the codebook.

    places: where the rows of each table stand, in their order.
    """

    actors: tuple[Actor, ...]
    names: tuple[ActorName, ...]
    roles: tuple[ActorRole, ...]
    further_parts: frozenset[str] = frozenset()
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def role(self, actor_id: str, day: str | None) -> ActorRole:
        """The first role of the actor that holds on the day; any, where the day is unknown.

        Raises CodingError for an actor or a day without a role.
        """
        held = [role for role in self.roles if role.actor_id == actor_id]
        for role in held:
            if day is None or _holds(role, date.fromisoformat(day)):
                return role
        if all(actor.actor_id != actor_id for actor in self.actors):
            near = difflib.get_close_matches(actor_id, [a.actor_id for a in self.actors], n=1)
            hint = f"did you mean {near[0]!r}?" if near else "add it to actors.csv of the registry"
            raise CodingError(f"there is no actor {actor_id!r}; {hint}")
        reason = f"no role on {day}" if held else "no role at all"
        raise CodingError(
            f"the actor {actor_id!r} has {reason}; add one to actor_roles.csv of the registry"
        )

    def rows(self) -> dict[str, list[Row]]:
        """The registry as rows of the tables of the release."""
        return {
            "actors": [actor.plain() for actor in self.actors],
            "actor_names": [name.plain() for name in self.names],
            "actor_roles": [role.plain() for role in self.roles],
        }


def read_registry(folder: Path, languages: Sequence[str]) -> Registry:
    """Read actors.csv, actor_names.csv and actor_roles.csv.

    languages: those of the project, the main one first; every actor has a name in each.
    CAMEO has some six hundred codes of ethnic and religious groups that the codebook leaves
    out; a project that needs one lists it in actor_parts.csv, with the codebook's columns.
    Raises CodingError naming file, line and column of all that is wrong.
    """
    faults = Gathering()
    rows: dict[str, list[PlacedRow]] = {}
    added = folder / f"{_PARTS}.csv"
    wanted = _TABLES | ({_PARTS: ActorPart} if added.exists() else {})
    for name, model in wanted.items():
        with faults.catching():
            rows[name] = read_rows(folder / f"{name}.csv", model, languages)
    further = frozenset(placed.cells["part_code"] for placed in rows.get(_PARTS, ()))
    # Without its parts a code cannot be judged.
    roles = rows.get("actor_roles", []) if _PARTS in rows or not added.exists() else []
    for placed in roles:
        role = placed.cells
        try:
            check_actor_code(role["actor_code"], further)
        except CodingError as error:
            told = f"{placed.place}, column actor_code, actor {role['actor_id']}: {error}"
            faults.add(CodingError(told))
    faults.raise_any()
    return Registry(
        tuple(Actor(**placed.cells) for placed in rows["actors"]),
        tuple(ActorName(**placed.cells) for placed in rows["actor_names"]),
        tuple(ActorRole(**placed.cells) for placed in rows["actor_roles"]),
        further,
        {name: tuple(placed.place for placed in rows[name]) for name in _TABLES},
    )


def _holds(role: ActorRole, day: date) -> bool:
    begins = date.fromisoformat(role.valid_from) if role.valid_from else date.min
    ends = date.fromisoformat(role.valid_to) if role.valid_to else date.max
    return begins <= day <= ends
