"""The account of a conversion: every row in, converted or rejected, and what was lost."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from qantar.schema.systems import crosswalk
from qantar.schema.systems.crosswalk import unknown_fields
from qantar.schema.version import SCHEMA_VERSION

# So many values of a column are told; all are counted.
VALUES_TOLD = 100


@dataclass
class FileAccount:
    """The account of one file. refusal: why nothing of it was converted, in words."""

    name: str
    layout: str = ""
    system: str = ""
    table: str = ""
    rows: int = 0
    converted: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    refusal: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        held = {
            "file": self.name,
            "layout": self.layout,
            "system": self.system,
            "table": self.table,
            "rows": self.rows,
            "converted": self.converted,
            "rejected": self.rejected.total(),
            "reasons": dict(sorted(self.rejected.items())),
            "notes": dict(sorted(self.notes.items())),
            "refusal": self.refusal,
        }
        return {name: value for name, value in held.items() if value not in ("", {})}


@dataclass
class Account:
    """The account of a run.

    unmapped: by system and column, how often each value stood there. columns: of each table that
    was written.
    """

    files: list[FileAccount] = field(default_factory=list)
    unmapped: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def converted(self) -> int:
        return sum(file.converted for file in self.files)

    @property
    def rejected(self) -> int:
        return sum(file.rejected.total() for file in self.files)

    @property
    def refused(self) -> list[FileAccount]:
        return [file for file in self.files if file.refusal]

    def _systems_of(self, table: str) -> list[str]:
        return sorted({file.system for file in self.files if file.table == table})

    def plain(self) -> dict[str, Any]:
        """As JSON holds it: no time and no place of a machine but the names of files."""
        return {
            "schema_version": SCHEMA_VERSION,
            "rows": self.rows,
            "converted": self.converted,
            "rejected": self.rejected,
            "files": [file.plain() for file in self.files],
            "unmapped": {
                f"{system}: {column}": {
                    "rows": values.total(),
                    "values": dict(values.most_common(VALUES_TOLD)),
                }
                for (system, column), values in sorted(self.unmapped.items())
            },
            "crosswalk": {
                table: {system: declared(system, table) for system in self._systems_of(table)}
                for table in self.columns
            },
        }

    def as_text(self) -> str:
        """In a few lines, for people."""
        told = [f"{_counted(self.rows, 'row')} in {_counted(len(self.files), 'file')}: "]
        told[0] += f"{self.converted:,} converted, {self.rejected:,} rejected."
        for file in self.refused:
            told.append(f"Not converted: {file.name}. {file.refusal}")
        reasons = sum((file.rejected for file in self.files), Counter[str]())
        notes = sum((file.notes for file in self.files), Counter[str]())
        told += [f"Rejected {count:,}: {reason}" for reason, count in reasons.most_common()]
        told += [f"Noted {count:,}: {note}" for note, count in notes.most_common()]
        for (system, column), values in sorted(self.unmapped.items()):
            most = ", ".join(f"{value} ({count:,})" for value, count in values.most_common(5))
            more = " …" if len(values) > 5 else ""
            told.append(f"Without a counterpart, {system} {column}: {most}{more}.")
        return "\n".join(told)


def declared(system: str, table: str) -> dict[str, Any]:
    """What became of the source's columns, and where each column of ours comes from."""
    return {
        "columns": [link.plain() for link in crosswalk(system, table)],
        "unknown": unknown_fields(system, table),
    }


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
