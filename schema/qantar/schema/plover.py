"""PLOVER's types, modes and contexts, with glosses in our own words.

The names are those of the types, modes and contexts that POLECAT's files hold, as the package
rpolecat lists them: 16 types, 73 modes, 37 contexts. The CAMEO codes of the codebook carry some
modes and contexts of an older draft of PLOVER, which are not among them.
"""

from functools import cache
from typing import Annotated

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.codebook import read_rows
from qantar.schema.context import Context
from qantar.schema.patterns import Text


class PloverType(Record):
    """One of the 16 types. quad_class: 1 verbal cooperation to 4 material conflict."""

    plover_type: str
    quad_class: Annotated[int, Field(ge=1, le=4)]
    gloss_en: Text
    gloss_vi: Text


class PloverMode(Record):
    """A mode of a type; a mode may belong to several. No gloss where its meaning is not told."""

    plover_type: str
    plover_mode: str
    gloss_en: Text | None = None
    gloss_vi: Text | None = None


class PloverContext(Record):
    """A context with its glosses."""

    context: Context
    gloss_en: Text
    gloss_vi: Text


@cache
def plover_types() -> dict[str, PloverType]:
    """The types by name, in the order of the quad classes."""
    return {
        row["plover_type"]: PloverType(**row) for row in read_rows("plover_types.csv", PloverType)
    }


@cache
def plover_modes() -> dict[tuple[str, str], PloverMode]:
    """The modes by type and name."""
    rows = read_rows("plover_modes.csv", PloverMode)
    return {(row["plover_type"], row["plover_mode"]): PloverMode(**row) for row in rows}


@cache
def plover_contexts() -> dict[Context, PloverContext]:
    """The contexts, in PLOVER's order."""
    rows = read_rows("plover_contexts.csv", PloverContext)
    return {Context(row["context"]): PloverContext(**row) for row in rows}
