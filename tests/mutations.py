"""Made-up records with one to three places changed, as Hypothesis strategies."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

import made_up
from qantar.schema import TABLES

HOSTILE_TEXTS = [
    "",
    " ",
    "\n",
    "=1+1",
    "-1",
    "@x",
    "NaN",
    "null",
    "true",
    "1",
    "1e5",
    "012",
    "cameo:012",
    "cameo:999",
    "asserted",
    "ASSERTED",
    "asserted\n",
    "2021-05-03",
    "2021-05-03\n",
    "2021-02-29",
    "2020-02-29",
    "2021-05-XX",
    "2021-05-03~",
    "2021-05-04/..",
    "../2021-05-01",
    "2021-05",
    "ISL",
    "IS",
    "ISL\n",
    "TST-000001",
    "TST-000002",
    "TST-1",
    "TST-000001-M1",
    "TST-000001-M1\n",
    "Việt",
    "🐎" * 400,
    "x" * 2001,
    "a\u2028b",
    "０１２",
]
HOSTILE_NUMBERS: list[Any] = [0, 1, -1, 2, 90, 91, -180.5, 1.5, 1e300, 2**53 - 1, 10_000, 1.0]
SCALARS = st.sampled_from([*HOSTILE_TEXTS, *HOSTILE_NUMBERS, True, False, None])
OTHERS = st.sampled_from([[], {}, [1], {"a": 1}, [[]]])


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value of a record but the record itself."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, item in items:
        yield (*path, step)
        if isinstance(item, dict | list):
            yield from places(item, (*path, step))


@st.composite
def mutated_records(draw: st.DrawFn) -> dict[str, Any]:
    """A made-up record in which values were changed, removed or added."""
    record: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(made_up.corpus().events)))
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(list(places(record))))
        holder = _holder(record, path)
        what = draw(st.sampled_from(["change", "change", "remove", "add"]))
        if what == "change":
            holder[path[-1]] = draw(SCALARS | OTHERS)
        elif what == "remove":
            del holder[path[-1]]
        elif isinstance(holder, dict):
            table = str(next((s for s in reversed(path[:-1]) if s in TABLES), "events"))
            names = sorted(TABLES[table].by_name)
            holder[draw(st.sampled_from(names))] = draw(SCALARS)
        if not record:
            break
    return record


def _holder(record: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        record = record[step]
    return record
