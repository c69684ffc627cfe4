"""Many faults told shortly: by rule with examples first, then by column."""

from collections import Counter
from collections.abc import Callable, Iterator

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
    by_rule: dict[str, list[Fault]] = {}
    for fault in report.faults:
        by_rule.setdefault(fault.rule, []).append(fault)
    counts = report.by_rule()
    order = list(Severity)
    ranked = sorted(by_rule, key=lambda rule: (order.index(_worst(by_rule[rule])), -counts[rule]))
    width = len(f"{max(counts.values(), default=0):,}")
    for rule in ranked:
        faults = by_rule[rule]
        yield f"{counts[rule]:>{width},}  {rule}{_columns(faults)}"
        for fault in faults[:EXAMPLES]:
            yield from (f"{' ' * width}    {line}" for line in describe(fault))
    columns = report.by_column()
    if columns:
        yield ""
        yield "By column or field:"
        for name, count in [*columns.items()][:MOST_COLUMNS]:
            yield f"{count:>{width},}  {one_line(name)}"
        if len(columns) > MOST_COLUMNS:
            yield f"{'':>{width}}  and {len(columns) - MOST_COLUMNS} more"


def _worst(faults: list[Fault]) -> Severity:
    order = list(Severity)
    return min((fault.severity for fault in faults), key=order.index)


def _columns(faults: list[Fault]) -> str:
    places = Counter(fault.column or field_of(fault.pointer) for fault in faults)
    del places[""]
    if not places:
        return ""
    told = [f"{one_line(name)} {count:,}" for name, count in places.most_common(COLUMNS_TOLD)]
    more = ", …" if len(places) > COLUMNS_TOLD else ""
    return f" ({', '.join(told)}{more})"
