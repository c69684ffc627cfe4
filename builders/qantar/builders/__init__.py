"""How records are made: the coding language, the sheets of the articles, the registry."""

from qantar.builders.calls import (
    count,
    defensible,
    event,
    link,
    mention,
    naming,
    on,
    place,
    rejected,
    source,
)
from qantar.builders.coding import CodingError
from qantar.builders.project import Project
from qantar.builders.sheet import Sheet

__all__ = [
    "CodingError",
    "Project",
    "Sheet",
    "count",
    "defensible",
    "event",
    "link",
    "mention",
    "naming",
    "on",
    "place",
    "rejected",
    "source",
]
