"""Which of several files has the id of an event or a mention first."""

from dataclasses import dataclass, field, replace

from qantar.schema import Profile
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.json.text import Entry
from qantar.validation.rules.link.unique import repeated_key, unique_rule


@dataclass
class FirstHolders:
    """The files whose records were shown, in their order; places: by id, (file, line)."""

    profile: Profile
    places: dict[str, tuple[str, int]] = field(default_factory=dict)

    def add(self, entry: Entry, file: str) -> None:
        """The next record."""
        record = entry.record if isinstance(entry.record, dict) else {}
        mentions = record.get("mentions")
        rows = [record, *(mentions if isinstance(mentions, list) else ())]
        for row, key in zip(rows, ["event_id", *["mention_id"] * (len(rows) - 1)], strict=True):
            value = row.get(key) if isinstance(row, dict) else None
            if isinstance(value, str):
                self.places.setdefault(value, (file, entry.first_line))

    def naming(self, fault: Fault, file: str) -> Fault:
        """A repeated key's fault with the other file named where it stands in one first."""
        holder, line = self.places.get(fault.value or "", (file, 0))
        if holder == file:
            return fault
        key = (fault.pointer or "").rpartition("/")[2]
        for table in ("events", "mentions"):
            rule = unique_rule(table, self.profile, fault.rule, (key,))
            if rule is not None:
                told = repeated_key(rule, {key: fault.value}, f"{holder}, line {line}")
                return replace(fault, message=told.message)
        return fault
