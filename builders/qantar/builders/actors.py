"""The registry of actors, kept as CSV tables that any coder can open."""

import csv
import difflib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from qantar.builders.code import check_actor_code
from qantar.builders.coding import CodingError
from qantar.schema.base import Record
from qantar.schema.codebook import ActorPart
from qantar.schema.registry import Actor, ActorName, ActorRole
from qantar.schema.shape import Row


@dataclass(frozen=True)
class Registry:
    """Actors, their names and their roles, and parts of codes beside those of the codebook."""

    actors: tuple[Actor, ...]
    names: tuple[ActorName, ...]
    roles: tuple[ActorRole, ...]
    further_parts: frozenset[str] = frozenset()

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


def read_registry(folder: Path) -> Registry:
    """Read actors.csv, actor_names.csv and actor_roles.csv.

    CAMEO has some six hundred codes of ethnic and religious groups that the codebook leaves
    out; a project that needs one lists it in actor_parts.csv, with the codebook's columns.
    Raises CodingError naming file, line and column of what is wrong.
    """
    added = folder / "actor_parts.csv"
    registry = Registry(
        tuple(Actor(**row) for row in read_rows(folder / "actors.csv", Actor)),
        tuple(ActorName(**row) for row in read_rows(folder / "actor_names.csv", ActorName)),
        tuple(ActorRole(**row) for row in read_rows(folder / "actor_roles.csv", ActorRole)),
        frozenset(
            row["part_code"] for row in (read_rows(added, ActorPart) if added.exists() else [])
        ),
    )
    for role in registry.roles:
        try:
            check_actor_code(role.actor_code, registry.further_parts)
        except CodingError as error:
            raise CodingError(f"actor_roles.csv, actor {role.actor_id}: {error}") from error
    return registry


def read_rows(path: Path, model: type[Record]) -> list[dict[str, Any]]:
    """Rows of a hand-kept CSV file, typed and checked by their model; empty is absent.

    Raises CodingError naming file, line and column of what is wrong.
    """
    rows = []
    for line, cells in read_cells(path):
        row = {name: _typed(cell) for name, cell in cells.items() if cell}
        try:
            model.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            column = ".".join(str(part) for part in first["loc"])
            raise CodingError(
                f"{path.name}, line {line}, column {column}: {first['msg']}"
            ) from error
        rows.append(row)
    return rows


def read_cells(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The cells of a hand-kept CSV file by column, each row with the line it ends on.

    Raises CodingError where the file cannot be read or a row is not as wide as the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            rows = [(reader.line_num, row) for row in reader if row]
    except OSError as error:
        raise CodingError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CodingError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except csv.Error as error:
        raise CodingError(f"{path.name} is not well-formed CSV: {error}") from error
    for line, row in rows:
        if len(row) != len(header):
            raise CodingError(
                f"{path.name}, line {line}: {len(row)} cells, but the header has {len(header)}; "
                "quote cells that hold commas"
            )
    return [(line, dict(zip(header, row, strict=True))) for line, row in rows]


def _typed(cell: str) -> Any:
    if cell in ("true", "false"):
        return cell == "true"
    return int(cell) if cell.isdecimal() else cell


def _holds(role: ActorRole, day: date) -> bool:
    begins = date.fromisoformat(role.valid_from) if role.valid_from else date.min
    ends = date.fromisoformat(role.valid_to) if role.valid_to else date.max
    return begins <= day <= ends
