"""What becomes of the columns of other systems, as tables within pages that people write.

``python -m qantar.schema.reference.column_list docs`` makes every table of these pages anew.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from qantar.schema.reference.markdown import code, table
from qantar.schema.replacement import replace_text
from qantar.schema.systems import LAYOUTS, Link, Relation, bare, crosswalk
from qantar.schema.systems.crosswalk import unknown_fields
from qantar.schema.tables import TABLES

COMMAND = "python -m qantar.schema.reference.column_list docs"
# A part of a page that is made: `columns of gdelt2, events`, or the list of relations.
_PART = re.compile(
    r"^<!-- (?:columns of (?P<system>[a-z0-9-]+), (?P<table>[a-z]+)|relations);[^\n]*-->\n"
    r"(?P<content>.*?)^<!-- end -->$",
    re.M | re.S,
)


def filled(page: str) -> str:
    """A page with its made parts as they are now.

    Raises KeyError for a system or table that has no crosswalk.
    """
    return _PART.sub(_filled_part, page)


def tables_shown(page: str) -> set[tuple[str, str]]:
    """Of which systems and tables a page shows the columns."""
    return {(part["system"], part["table"]) for part in _PART.finditer(page) if part["system"]}


def column_parts(system: str, name: str) -> Iterator[str]:
    """The list of columns of a system that go to a table of ours, in its parts."""
    links = crosswalk(system, name)
    yield table(
        ("column", "field", "how", "note"),
        (_row(link) for link in links if link.column is not None),
    )
    left = _left(system, name, links)
    if left:
        yield f"Every other column is kept: {_listed(left)}."
    yield "The conversion itself adds:"
    yield table(
        ("field", "note"),
        ((code(link.field), link.note) for link in links if link.column is None),
    )
    unknown = unknown_fields(system, name)
    derived = [field for field in unknown if TABLES[name].by_name[field].derived]
    silent = [field for field in unknown if field not in derived]
    yield f"The source says nothing of: {_listed(silent)}."
    if derived:
        yield f"Absent, since releases of coded records alone derive it: {_listed(derived)}."


def relation_parts() -> Iterator[str]:
    """What the words of the column *how* mean."""
    yield table(("how", "means"), ((one.value, one.meaning) for one in Relation))


def _row(link: Link) -> tuple[object, ...]:
    field = code(link.field) if link.field else None
    kept = f"Kept as {code(link.kept_as)}." if link.kept_as else ""
    return code(link.column), field, link.relation.value, f"{link.note or ''} {kept}".strip()


def _left(system: str, name: str, links: tuple[Link, ...]) -> list[str]:
    """The columns of a system's layouts of which the crosswalk says nothing."""
    said = {bare(link.column) for link in links if link.column}
    found: dict[str, str] = {}
    for layout in LAYOUTS:
        if (layout.system, layout.holds) == (system, name):
            for column in layout.columns:
                found.setdefault(bare(column), column)
    return [column for key, column in found.items() if key not in said]


def _listed(names: list[str]) -> str:
    return ", ".join(map(code, names))


def _filled_part(part: re.Match[str]) -> str:
    head = part[0].split("\n", 1)[0]
    made = column_parts(part["system"], part["table"]) if part["system"] else relation_parts()
    content = "\n\n".join(made)
    return f"{head}\n\n{content}\n\n<!-- end -->"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"Name the folder: {COMMAND}")
    for path in sorted(Path(sys.argv[1]).glob("*.md")):
        if replace_text(path, filled(path.read_text(encoding="utf-8"))):
            print(path.name)
