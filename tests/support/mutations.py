"""Made-up records with one to three places changed, as Hypothesis strategies."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from qantar.schema import SCHEMA_VERSION, TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import INHERITED
from qantar.schema.table import Column
from qantar.validation.rules.value.rule import judge_cell
from support import made_up
from support.told_tables import TOLD_TABLES

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
    "[2021-05-04..2021-05-01]",
    "[2021-05-XX..]",
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
FITTING_TEXTS = [
    SCHEMA_VERSION,
    "TST-000001",
    "TST-000002",
    "TST-000003",
    "TST-000001-M1",
    "TST-000002-M1",
    "TST-000002-M2",
    "TST-A0001",
    "arna",
    "malta",
    "ISL",
    "MLTGOV",
    "2021-05-02",
    "2021-05-03",
    "2021-05-04",
    "2021-05-XX",
    "2021-05-03~",
    "2021-05-03/..",
    "../2021-05-03",
    "[2021-05-02..2021-05-04]",
    "[2021-05-03..]",
    "[..2021-05-03]",
    "0" * 64,
    "action_code",
    "Việt Nam.",
    "wikidata:Q233",
    "https://example.org/a",
    "acled",
]
HOSTILE_NUMBERS: list[Any] = [0, 1, -1, 2, 90, 91, -180.5, 1.5, 1e300, 2**53 - 1, 10_000, 1.0]
SCALAR_VALUES = [*HOSTILE_TEXTS, *HOSTILE_NUMBERS, True, False, None]
SCALARS = st.sampled_from(SCALAR_VALUES)
OTHERS = st.sampled_from([[], {}, [1], {"a": 1}, [[]]])


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value of a record but the record itself."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, item in items:
        yield (*path, step)
        if isinstance(item, dict | list):
            yield from places(item, (*path, step))


def fitting(column: Column) -> st.SearchStrategy[Any]:
    """Values that the column takes, though perhaps not beside the others of its row."""
    if column.enum:
        return st.sampled_from(column.enum)
    if column.kind is ColumnKind.boolean:
        return st.booleans()
    if column.kind in (ColumnKind.integer, ColumnKind.number):
        return st.sampled_from([1, 2, 3])
    texts = [text for text in FITTING_TEXTS if not judge_cell(column, text, Profile.coded)]
    return st.sampled_from(texts)


@st.composite
def mutated_records(draw: st.DrawFn) -> dict[str, Any]:
    """A made-up record in which values were changed, removed or added.

    Half of them keep to what each field takes, so that rules between fields are reached.
    """
    record: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(made_up.corpus().events)))
    change = _change_gently if draw(st.booleans()) else _change_rudely
    for _ in range(draw(st.integers(0, 3))):
        if record:
            change(draw, record)
    return record


def _change_gently(draw: st.DrawFn, record: dict[str, Any]) -> None:
    holders = [((), record), *((p, _at(record, p)) for p in places(record))]
    path, holder = draw(st.sampled_from([(p, h) for p, h in holders if isinstance(h, dict)]))
    table = TOLD_TABLES[_table_of(path)]
    free = [c for c in table.stored if c.name not in INHERITED.get(table.name, ())]
    column = draw(st.sampled_from(free))
    if column.name in holder and not column.required and draw(st.booleans()):
        del holder[column.name]
    else:
        holder[column.name] = draw(fitting(column))


def _change_rudely(draw: st.DrawFn, record: dict[str, Any]) -> None:
    path = draw(st.sampled_from(list(places(record))))
    holder = _at(record, path[:-1])
    what = draw(st.sampled_from(["change", "change", "remove", "add"]))
    if what == "change":
        # Copied, since a later change may reach into it.
        holder[path[-1]] = copy.deepcopy(draw(SCALARS | OTHERS))
    elif what == "remove":
        del holder[path[-1]]
    elif isinstance(holder, dict):
        names = sorted(TOLD_TABLES[_table_of(path[:-1])].by_name)
        holder[draw(st.sampled_from(names))] = draw(SCALARS)


def _table_of(path: tuple[Any, ...]) -> str:
    return str(next((step for step in reversed(path) if step in TABLES), "events"))


def _at(record: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        record = record[step]
    return record
