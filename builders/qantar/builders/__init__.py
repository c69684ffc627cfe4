"""How records are made: the coding language, the sheets of the articles, the registry."""

from qantar.builders.coding import (
    CodingError,
    Sheet,
    defensible,
    event,
    link,
    mention,
    on,
    place,
    rejected,
    source,
)
from qantar.builders.project import Project

__all__ = [
    "CodingError",
    "Project",
    "Sheet",
    "defensible",
    "event",
    "link",
    "mention",
    "on",
    "place",
    "rejected",
    "source",
]
