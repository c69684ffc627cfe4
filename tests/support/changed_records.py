"""Nested records with something dropped, replaced, repeated or shifted."""

import copy
import random
from collections.abc import Iterator
from typing import Any

from support.mutations import FITTING_TEXTS, HOSTILE_TEXTS

CODES = ["predicted", "negated", "judged", "trigger", "actor", "target"]
ODD = [None, 0, 1, 2, 3, True, False, 1.0, 2.5, -1, [], {}, [1], [None], float("nan"), (1,)]


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, item in items:
            yield from places_in(item, (*path, step))


def change(chosen: random.Random, record: dict[str, Any]) -> None:
    """Drop, replace, repeat or shift something somewhere in a record."""
    *outer, last = chosen.choice([path for path in places_in(record) if path])
    around: Any = record
    for step in outer:
        around = around[step]
    value, kind = around[last], chosen.random()
    if kind < 0.25:
        del around[last]
    elif kind < 0.6:
        around[last] = chosen.choice(FITTING_TEXTS + CODES)
    elif kind < 0.75:
        around[last] = copy.deepcopy(chosen.choice(ODD))
    elif kind < 0.85 and isinstance(value, list) and value:
        value.append(copy.deepcopy(chosen.choice(value)))
    elif kind < 0.95 and isinstance(value, int):
        around[last] = value + chosen.choice([-1, 1, 100])
    else:
        around[last] = chosen.choice([*HOSTILE_TEXTS, "\ud800"])


def exchange(chosen: random.Random, record: dict[str, Any], others: list[dict[str, Any]]) -> None:
    """Put a value that stands under the same name in some record in the place of one."""
    *outer, last = chosen.choice([path for path in places_in(record) if _is_field(path)])
    around: Any = record
    for step in outer:
        around = around[step]
    named = [value for other in others for value in _values(other, last)]
    around[last] = copy.deepcopy(chosen.choice(named))


def _is_field(path: tuple[Any, ...]) -> bool:
    return bool(path) and isinstance(path[-1], str)


def _values(record: Any, name: str) -> Iterator[Any]:
    for path in places_in(record):
        if path and path[-1] == name:
            value = record
            for step in path:
                value = value[step]
            yield value
