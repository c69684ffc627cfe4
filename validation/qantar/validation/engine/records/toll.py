"""The toll that a converted record states, beside the claims of deaths that it holds."""

from collections.abc import Iterator, Sequence

from qantar.schema.derivation import derive_fatalities
from qantar.schema.rule import Severity
from qantar.schema.shape import Row
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.value.rule import BROKEN, name_value

# What counts tell where there are any.
TOLL = tuple(name for name in TABLES["events"].by_name if name.startswith("fatalities_"))
_NEEDED = ("ordinal", "kind", "of_whom")


def faults_of_toll(event: Row, counts: Sequence[Row]) -> Iterator[Fault]:
    """Where the toll is not what follows from the counts, as `derived-differs`; a warning.

    event, counts: marked rows of one record. Nothing where a count is faulty.
    """
    if any(BROKEN in row.values() or not {*_NEEDED} <= row.keys() for row in counts):
        return
    for name, expected in derive_fatalities(counts).items():
        found = event.get(name)
        if found is None or found is BROKEN or found == expected:
            continue
        told = f"{name} is {name_value(found)}, but {name_value(expected)} follows from counts."
        fault = fault_by("derived-differs", told, pointer=f"/{name}", value=found)
        yield fault.at(severity=Severity.warning, suggestion=shown(expected))


def doubt_toll(code: RecordCode) -> None:
    """Leave a record that has both a toll and counts to `faults_of_toll`."""
    level = code.levels["events"]
    stated = " or ".join(f"{level.value(name)} is not None" for name in TOLL)
    level.last.append(f"if {code.levels['counts'].items} and ({stated}): return None")
