"""Any JSON value at all, and records in which anything may stand anywhere, as strategies."""

import copy
from typing import Any

from hypothesis import strategies as st

from qantar.schema.shape import RECORD_TABLES
from support import made_up
from support.mutations import HOSTILE_NUMBERS, HOSTILE_TEXTS, places
from support.told_tables import TOLD_TABLES

# What programs trip over in a key: pointers, numbers, other languages' objects, ends of texts.
ODD_KEYS = [
    "",
    " ",
    "/",
    "~",
    "~0",
    "~1",
    "//",
    "0",
    "-1",
    "1e5",
    "null",
    "__proto__",
    "constructor",
    "\0",
    "\n",
    "\r\n",
    "\x1b[2J",
    "\u202e",
    "\ufeff",
    "\U0010ffff",
    "e\u0301",
    "x" * 5_000,
    "$ref",
    "event_id ",
    "EVENT_ID",
    "schema_version",
    *RECORD_TABLES,
]
_NAMES = sorted(
    {*(name for table in RECORD_TABLES for name in TOLD_TABLES[table].by_name), *ODD_KEYS}
)
KEYS = st.sampled_from(_NAMES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
_TEXTS = st.sampled_from(HOSTILE_TEXTS) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=6
)
_NUMBERS = st.sampled_from([*HOSTILE_NUMBERS, 2**63, -(2**63) - 1, 10**30, 1e-320, -0.0])
SCALARS = st.none() | st.booleans() | _TEXTS | _NUMBERS
ANY_JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def shaken_records(draw: st.DrawFn) -> Any:
    """A made-up record in which one to four places hold anything, under any key."""
    record: Any = copy.deepcopy(draw(st.sampled_from(made_up.corpus().events)))
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from([(), *places(record)] if record else [()]))
        holder = record
        for step in path[:-1]:
            holder = holder[step]
        if not path:
            record = record | {draw(KEYS): draw(ANY_JSON)}
        elif draw(st.booleans()):
            holder[path[-1]] = draw(ANY_JSON)
        elif isinstance(holder, dict):
            holder[draw(KEYS)] = draw(ANY_JSON)
        else:
            holder.insert(path[-1], draw(ANY_JSON))
    return record


VALUES = st.one_of(ANY_JSON, shaken_records())
