"""Null where a value is absent: read as absent, and told once for each file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qantar.schema import Profile
from qantar.schema.table import Column
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults
from qantar.validation.faults.untold import keep_untold
from qantar.validation.rules.value.rule import is_required, missing

NULL = "value-null"
_REMEDY = (
    "JSON has no null here: leave the key out where there is no value. pandas' to_json writes "
    "such nulls; `qantar explain value-null` tells how to avoid them."
)


def null_of(column: Column | None, name: str, profile: Profile) -> Fault:
    """The fault of a null: that the value is missing where it is needed, else that it is null."""
    if column and is_required(column, profile):
        return replace(missing(column), message=f"{name} is null, so it is missing.")
    return Fault(NULL, f"{name} is null. {_REMEDY}", column=name)


class NullCount:
    """Passes on the first null of each file and counts the others."""

    def __init__(self) -> None:
        self.counts: dict[str | None, int] = {}

    def passes(self, fault: Fault) -> bool:
        """Whether a fault is told: all but further nulls are."""
        if fault.rule != NULL:
            return True
        self.counts[fault.file] = self.counts.get(fault.file, 0) + 1
        return self.counts[fault.file] == 1

    def told(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Faults that passed, of which those of nulls say how many there are."""
        if all(count == 1 for count in self.counts.values()):
            return faults
        return gather_faults(self._counted(f) if f.rule == NULL else f for f in faults)

    def _counted(self, fault: Fault) -> Fault:
        more = self.counts[fault.file] - 1
        if not more:
            return fault
        values = "another value is" if more == 1 else f"{more:,} other values are"
        first, _, rest = fault.message.partition(" is null. ")
        return replace(fault, message=f"{first} is null, and {values}. {rest}")


def tell_nulls_once(faults: Iterable[Fault]) -> Sequence[Fault]:
    """The faults in their order, with one of all nulls of a file where the first one stands."""
    count = NullCount()
    return count.told(gather_faults(_passed(faults, count)))


def _passed(faults: Iterable[Fault], count: NullCount) -> Iterator[Fault]:
    for fault in faults:
        if count.passes(fault):
            yield fault
        else:
            keep_untold([fault])
