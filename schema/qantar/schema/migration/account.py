"""The account of a migration: what was set how, as text and as JSON."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from qantar.schema.migration.setting import Setting, Surety
from qantar.schema.past import PAST_VERSIONS
from qantar.schema.safe_text import one_line
from qantar.schema.version import SCHEMA_VERSION

_WHAT = {
    "direction": "direction from symmetric",
    "date": "limits of a day as a set",
    "certainty": "certainty of what is foretold",
    "deaths": "deaths as a row of counts",
    "register": "Wikidata ids as CURIEs",
    "digests": "digests without a key",
    "weighed": "values weighed, in today's words",
    "coders": "coders that are compared",
    "derived": "derived columns anew",
    "files": "files of a package",
}


@dataclass
class Account:
    """What a migration set. rows: by table, how many rows or records were read."""

    settings: list[Setting] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    source: str = ""
    target: str = ""

    def add(self, table: str, settings: Iterable[Setting], *, rows: int = 1) -> None:
        """Take up what was set in further rows of a table."""
        self.settings += settings
        self.rows[table] += rows

    @property
    def to_check(self) -> list[Setting]:
        """What is to be looked at by hand."""
        return [one for one in self.settings if one.surety is not Surety.mechanical]

    def as_dict(self) -> dict[str, Any]:
        """The account as JSON holds it."""
        named = {"source": self.source, "target": self.target}
        return {
            **{name: value for name, value in named.items() if value},
            "from": " or ".join(PAST_VERSIONS),
            "to": SCHEMA_VERSION,
            "rows": dict(self.rows),
            "mechanical": len(self.settings) - len(self.to_check),
            "to_be_checked": len(self.to_check),
            "settings": [setting.as_dict() for setting in self.settings],
        }

    def as_json(self) -> str:
        """The account as JSON text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def as_text(self) -> str:
        """The account for people: how much was set by step, then what is to be checked."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterable[str]:
        rows = ", ".join(f"{count:,} {table}" for table, count in self.rows.items() if count)
        head = (
            f"{self.source or 'What was given'}: {' or '.join(PAST_VERSIONS)} -> {SCHEMA_VERSION}"
        )
        yield f"{head} ({rows or 'no rows'})"
        counted = Counter((s.step, s.surety) for s in self.settings)
        for (step, surety), count in counted.items():
            yield f"{count:>7,}  {_WHAT.get(step, step)}: {surety}"
        if not self.settings:
            yield "Nothing had to be set."
        if self.to_check:
            yield ""
            yield "To be checked by hand:"
        told: dict[tuple[str, str], list[Setting]] = {}
        for setting in self.to_check:
            told.setdefault((setting.step, setting.told), []).append(setting)
        for (_, reason), settings in told.items():
            yield f"  {reason}"
            yield from (one_line(f"    {_shown(setting)}") for setting in settings)


def _shown(setting: Setting) -> str:
    change = f"{_value(setting.before)} -> {_value(setting.after)}"
    if setting.before == setting.after:
        change = _value(setting.before)
    return f"{setting.key} {setting.column}: {change}"


def _value(value: Any) -> str:
    return "nothing" if value is None else str(value)
