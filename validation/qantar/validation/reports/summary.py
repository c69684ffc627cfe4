"""Many faults told shortly: by rule with examples first, then by column."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from qantar.schema.rule import Severity
from qantar.schema.safe_text import one_line
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.report import Report, field_of

EXAMPLES = 3
COLUMNS_TOLD = 4
MOST_COLUMNS = 12


def summarise(report: Report, describe: Callable[[Fault], Iterator[str]]) -> Iterator[str]:
    """Lines on each rule that was broken, the worst and most frequent first, and the columns.

    describe: gives the lines of a single fault.
    """
    rules: dict[str, _Broken] = {}
    for fault in report:
        rules.setdefault(fault.rule, _Broken()).add(fault)
    order = list(Severity)
    ranked = sorted(rules, key=lambda rule: (order.index(rules[rule].worst), -rules[rule].count))
    width = len(f"{max((broken.count for broken in rules.values()), default=0):,}")
    for rule in ranked:
        broken = rules[rule]
        yield f"{broken.count:>{width},}  {rule}{_columns(broken.places)}"
        for fault in broken.examples:
            yield from (f"{' ' * width}    {line}" for line in describe(fault))
    columns = report.by_column()
    if columns:
        yield ""
        yield "By column or field:"
        for name, count in [*columns.items()][:MOST_COLUMNS]:
            yield f"{count:>{width},}  {one_line(name)}"
        if len(columns) > MOST_COLUMNS:
            yield f"{'':>{width}}  and {len(columns) - MOST_COLUMNS} more"


@dataclass
class _Broken:
    """What a summary tells of one rule. places: how often a fault stands in each column."""

    count: int = 0
    worst: Severity = Severity.note
    examples: list[Fault] = field(default_factory=list)
    places: Counter[str] = field(default_factory=Counter)

    def add(self, fault: Fault) -> None:
        order = list(Severity)
        self.worst = min(self.worst, fault.severity, key=order.index)
        if self.count < EXAMPLES:
            self.examples.append(fault)
        self.count += 1
        self.places[fault.column or field_of(fault.pointer)] += 1


def _columns(places: Counter[str]) -> str:
    named = Counter({name: count for name, count in places.items() if name})
    if not named:
        return ""
    told = [f"{one_line(name)} {count:,}" for name, count in named.most_common(COLUMNS_TOLD)]
    more = ", …" if len(named) > COLUMNS_TOLD else ""
    return f" ({', '.join(told)}{more})"
