"""What is said of a table that says nowhere of which schema it is."""

from collections.abc import Collection

from qantar.schema.past import PAST_VERSIONS, shows_past
from qantar.schema.version import SCHEMA_VERSION
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.observation import fault_by


def past_hint(table: str | None, names: Collection[str], file: str | None = None) -> Fault | None:
    """A note on a table that says nowhere of which schema it is, but has columns of an earlier."""
    if not shows_past(table, names):
        return None
    told = (
        f"The columns are those of schema {PAST_VERSIONS[-1]}, and the table was judged by "
        f"{SCHEMA_VERSION}; `qantar migrate` brings it there."
    )
    return fault_by("schema-version-past", told, file=file)
