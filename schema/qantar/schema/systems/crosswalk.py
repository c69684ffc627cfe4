"""What becomes of each column of another system, and where each of our fields comes from."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.codebook_file import read_lines
from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.schema.vocabulary import Term

_FOLDER = Path(__file__).parent / "crosswalks"


class Relation(Term):
    renamed = "renamed", "The field has the value as it stood, without blanks at its ends."
    widened = "widened", "The field says less: a longer time, a larger place, a broader act."
    narrowed = "narrowed", "The field has what can be told for sure, and is absent elsewhere."
    kept = "kept", "No field says it; it stays as it stood under source_ and its name."
    dropped = "dropped", "It is not in the output."


class Link(Record):
    """One line of a crosswalk: a column of the source, and a field of ours that comes of it.

    A column without a field is kept or dropped; a field without a column is made by the
    conversion itself. What is not renamed or dropped is kept as it stood, too.
    """

    column: str | None = Field(None, description="The source's column.")
    field: str | None = Field(None, description="The column of our table.")
    relation: Relation = Field(description="How the field stands to the column.")
    note: str | None = Field(None, description="What is done, and what is lost.")
    kept_as: str | None = Field(
        None,
        description="Under which name the column stays, where that is not source_ and its own.",
    )


@cache
def crosswalk(system: str, table: str = "events") -> tuple[Link, ...]:
    """The crosswalk of a system to a table of ours; raises KeyError where there is none.

    system: as `source_system` names it.
    """
    path = _FOLDER / f"{system}{'' if table == 'events' else f'-{table}'}.csv"
    if not path.is_file():
        raise KeyError(system)
    return tuple(_links(path))


def unknown_fields(system: str, table: str = "events") -> list[str]:
    """The columns of a table of ours that a system says nothing of."""
    given = {link.field for link in crosswalk(system, table)}
    columns = TABLES[table].of(Profile.exchange).columns
    return [c.name for c in columns if c.name not in given and not c.by_language]


def crosswalks() -> list[tuple[str, str]]:
    """Each system and table of ours that there is a crosswalk between."""
    found = (path.stem for path in sorted(_FOLDER.glob("*.csv")))
    ends = {f"-{table}": table for table in TABLES}
    return [
        next(
            ((stem.removesuffix(end), table) for end, table in ends.items() if stem.endswith(end)),
            (stem, "events"),
        )
        for stem in found
    ]


def _links(path: Path) -> Iterator[Link]:
    for line in read_lines(path):
        yield Link.model_validate(line | {"relation": Relation(line["relation"])})
