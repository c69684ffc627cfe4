"""Made-up records and rows in JSON Lines, with much wrong: a seed makes the same file again."""

import copy
import json
import random
from typing import Any

from qantar.schema import TABLES
from support import made_up
from support.mutations import FITTING_TEXTS, HOSTILE_NUMBERS, HOSTILE_TEXTS, places
from support.told_tables import TOLD_TABLES

DAMAGES = [
    b'"',
    b"\n",
    b"\n\n",
    b",",
    b"\0",
    b"\r",
    b"\xff",
    "é".encode(),
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\",
    b"null",
    b"null,",
    b"}null{",
    b"{}",
    b'"x":1,',
    b'"event_id":',
    b" ",
    b"\t",
    b"5",
    b"NaN",
    b"\\ud800",
    b"\\u0000",
    b"\\n",
    b"\xef\xbb\xbf",
]
ODD_VALUES: list[Any] = [
    *HOSTILE_TEXTS,
    *HOSTILE_NUMBERS,
    True,
    False,
    None,
    [],
    {},
    [None],
    [1],
    ["a"],
    {"a": 1},
    {"a": "b"},
    [[]],
    2**60,
    "5",
    '":',
    "{",
    "[]",
    "a\\",
    'a"b',
    "\x7f",
]
SEPARATORS = [(",", ":"), (", ", ": "), (" , ", " : "), (",\t", ":\r")]
IDS = ("event_id", "mention_id", "other_event_id", "date_anchor_event_id")


def record_lines(seed: int, rows: int = 60) -> bytes:
    """Some rows of records; how much is wrong with them differs from seed to seed."""
    chosen = random.Random(seed)
    gentle, rude, odd_ids = (chosen.choice([0, 0.02, 0.1, 0.5]) for _ in range(3))
    records: list[Any] = []
    for number in range(rows):
        record = _renamed(copy.deepcopy(chosen.choice(made_up.corpus().events)), number)
        if chosen.random() < odd_ids:
            _change_id(record, chosen, number, rows)
        if records and isinstance(records[-1], dict) and chosen.random() < odd_ids:
            _lead(record, records[-1], chosen)
            _lead(records[-1], record, chosen)
        if chosen.random() < gentle:
            _change_gently(record, chosen)
        while chosen.random() < rude:
            record = _change_rudely(record, chosen)
        records.append(record)
    lines = [_line(record, chosen, seed) for record in records]
    return _damaged(lines, chosen)


def row_lines(table: str, seed: int, rows: int = 120) -> bytes:
    """Some flat rows of a table, their keys mostly made different."""
    chosen = random.Random(seed)
    stored = made_up.corpus().tables()[table]
    key = TABLES[table].primary_key[0]
    lines = []
    for number in range(rows):
        row = {k: v for k, v in chosen.choice(stored).items() if v is not None}
        if chosen.random() < 0.9:
            row[key] = f"{row[key].split('-')[0]}-{number:06d}"
        if chosen.random() < 0.04:
            row[chosen.choice([*row, "extra"])] = copy.deepcopy(chosen.choice(ODD_VALUES))
        lines.append(_line(row, chosen, seed))
    return _damaged(lines, chosen)


def _damaged(lines: list[str], chosen: random.Random) -> bytes:
    """The lines, with a few bytes put in, and sometimes with other line ends."""
    data = "".join(line + "\n" for line in lines).encode("utf-8", "surrogatepass")
    if chosen.random() < 0.2:
        data = data.replace(b"\n", b"\r\n")
    if chosen.random() < 0.2:
        data = data.rstrip()
    for _ in range(chosen.choice([0, 0, 1, 2, 4])):
        place = int(chosen.random() * len(data))
        data = data[:place] + chosen.choice(DAMAGES) + data[place + chosen.choice([0, 0, 1, 30]) :]
    return (b"\xef\xbb\xbf" if chosen.random() < 0.05 else b"") + data


def _renamed(record: dict[str, Any], number: int) -> dict[str, Any]:
    text = json.dumps(record).replace(record["event_id"], f"NEW-{number:06d}")
    renamed: dict[str, Any] = json.loads(text)
    return renamed


def _change_id(record: dict[str, Any], chosen: random.Random, number: int, rows: int) -> None:
    """Let a record share an id, or point somewhere, often to one beside it."""
    holders = [record, *record["mentions"], *record["relations"]]
    holder = chosen.choice(holders)
    name = chosen.choice([n for n in IDS if n in holder] or ["date_anchor_event_id"])
    near, far = chosen.choice([-1, 0, 1]) + number, chosen.randrange(rows + 5)
    other = f"NEW-{max(0, chosen.choice([near, near, far])):06d}"
    if chosen.random() < 0.5 and name == "event_id":
        holder.update(_renamed(record, int(other[4:])))
    else:
        holder[name] = f"{other}-M{chosen.randint(1, 3)}" if name == "mention_id" else other


def _lead(here: dict[str, Any], there: dict[str, Any], chosen: random.Random) -> None:
    """Mostly let a record point to another, so that circles come about."""
    target = there.get("event_id")
    if chosen.random() < 0.5:
        here["date_anchor_event_id"] = target
    elif chosen.random() < 0.8:
        kind = chosen.choice(["part_of", "caused_by"])
        here["relations"] = [{"relation": kind, "other_event_id": target}]


def _change_gently(record: dict[str, Any], chosen: random.Random) -> None:
    """Another value of the declared kind, or none, somewhere in a record."""
    paths = [(), *(p for p in places(record) if isinstance(_at(record, p), dict))]
    path = chosen.choice(paths)
    holder = _at(record, path)
    table = TOLD_TABLES[str(next((step for step in reversed(path) if step in TABLES), "events"))]
    column = chosen.choice(table.stored)
    if column.name in holder and chosen.random() < 0.4:
        del holder[column.name]
    elif column.enum:
        holder[column.name] = chosen.choice(column.enum)
    elif column.kind == "boolean":
        holder[column.name] = chosen.random() < 0.5
    elif column.kind in ("integer", "number"):
        holder[column.name] = chosen.choice([1, 2, 3, 1.0])
    else:
        holder[column.name] = chosen.choice(FITTING_TEXTS)


def _change_rudely(record: Any, chosen: random.Random) -> Any:
    """Something changed, removed, added or doubled anywhere in a record."""
    paths = [*places(record)] if isinstance(record, dict | list) else []
    if not paths or chosen.random() < 0.02:
        return copy.deepcopy(chosen.choice(ODD_VALUES))
    path = chosen.choice(paths)
    holder = _at(record, path[:-1])
    what = chosen.choice(["change", "change", "remove", "add"])
    if what == "change":
        holder[path[-1]] = copy.deepcopy(chosen.choice(ODD_VALUES))
    elif what == "remove":
        del holder[path[-1]]
    elif isinstance(holder, dict):
        name = chosen.choice(["extra", "event_id", "ordinal", "actor_id", "spans", "Field"])
        holder[name] = copy.deepcopy(chosen.choice(ODD_VALUES))
    else:
        holder.insert(0, copy.deepcopy(chosen.choice([*ODD_VALUES, holder[0]])))
    return record


def _line(record: Any, chosen: random.Random, seed: int) -> str:
    separators = SEPARATORS[0] if seed % 3 else chosen.choice(SEPARATORS)
    line = json.dumps(record, ensure_ascii=chosen.random() < 0.1, separators=separators)
    if chosen.random() < 0.01:
        # A key that stands twice, at the top or deeper.
        place = chosen.choice([n for n, letter in enumerate(line) if letter == "{"] or [0])
        line = line[: place + 1] + '"event_id":"NEW-000001",' + line[place + 1 :]
    return chosen.choice([" ", "\t", ""]) + line if chosen.random() < 0.01 else line


def _at(record: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        record = record[step]
    return record
