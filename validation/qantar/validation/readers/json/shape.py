"""JSON that holds records in another shape: within an envelope, by columns, over several lines."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from qantar.schema.language import split_prose
from qantar.schema.shape import RECORD_TABLES
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault

SHAPE = "json-shape"
# What APIs call the list of their answers; a list of records is taken for one by any name.
_ENVELOPES = frozenset({"data", "results", "result", "events", "records", "items", "rows", "hits"})
# What tells by a key that a file is about data.
_ABOUT_DATA = {
    "$schema": "a JSON Schema, or a document that one describes",
    "@context": "metadata in JSON-LD, such as Croissant",
}
_KEYS_OF_RECORDS = frozenset({"event_id", "mention_id", "article_id", "actor_id", "action_code"})
# Columns of the format that an API's answer has, too.
_ORDINARY = frozenset({"status"})
# As much as is looked at to tell what a file is.
_LONGEST_LOOK = 2**20
_ENOUGH_DEPTH = 2
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def fault_of_shape(value: Any) -> Fault | None:
    """What a whole JSON text is instead of a record or a list of records."""
    told = _of_list(value) if isinstance(value, list) else _of_object(value)
    return Fault(SHAPE, told, line=1) if told else None


def fault_of_several(data: bytes) -> Fault | None:
    """Whether a text that is no JSON is several objects, one after the other."""
    text = data[:_LONGEST_LOOK].decode("utf-8", "replace")
    start = _skip(text, 0)
    end = _end_of_object(text, start)
    if end is None or not text.startswith("{", _skip(text, end)):
        return None
    between = text[end : _skip(text, end)]
    if "\n" not in text[start:end].strip() and "\n" in between:
        told = (
            "The file holds JSON Lines, one object a line, under the name of JSON: name it .jsonl, "
            "or say --kind jsonl."
        )
    else:
        told = (
            "The file holds several JSON objects one after the other: put them into one list, as "
            "`jq -s . FILE` does."
        )
    return Fault(SHAPE, told, line=1)


def look_at_lines(lines: Iterable[bytes]) -> tuple[Fault | None, Iterator[bytes]]:
    """What a file of JSON Lines is instead, and its lines from the first one on."""
    rest = iter(lines)
    taken: list[bytes] = []
    for line in rest:
        taken.append(line)
        if line.strip():
            break
    first = taken[-1].removeprefix(b"\xef\xbb\xbf").strip() if taken else b""
    fault = None
    if first[:1] in (b"{", b"["):
        value = _loaded(first)
        if value is not None:
            fault = _of_first_line(value)
        else:
            size = len(first)
            for line in rest:
                taken.append(line)
                size += len(line)
                if size > _LONGEST_LOOK:
                    break
            fault = _of_commas(taken) or _of_several_lines(
                b"".join(taken).removeprefix(b"\xef\xbb\xbf")
            )
    return fault, chain(taken, rest)


def _of_first_line(value: Any) -> Fault | None:
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        told = (
            "The file holds a JSON list under the name of JSON Lines: name it .json, or say --kind "
            "json."
        )
        return Fault(SHAPE, told, line=1)
    told = _of_object(value, in_lines=True)
    return Fault(SHAPE, told, line=1) if told else None


def _of_commas(lines: list[bytes]) -> Fault | None:
    """Whether lines are the items of a list, with commas between."""
    found = [line.strip() for line in lines if line.strip()][:2]
    if any(not line.endswith(b"},") or _loaded(line[:-1]) is None for line in found[:1]):
        return None
    if len(found) < 2 or not found[1].startswith(b"{"):
        return None
    told = (
        "Lines end with commas, as the items of a JSON list do: leave the commas out, or put "
        "[ before the first record and ] after the last, and name the file .json."
    )
    return Fault(SHAPE, told, line=1)


def _of_several_lines(data: bytes) -> Fault | None:
    """Whether the first record goes over several lines."""
    text = data.decode("utf-8", "replace")
    start = _skip(text, 0)
    is_list = text.startswith("[", start)
    end = _end_of_object(text, _skip(text, start + 1) if is_list else start)
    if end is None or (not is_list and "\n" not in text[start:end]):
        return None
    if is_list:
        told = (
            "The file holds a JSON list under the name of JSON Lines: name it .json, or say --kind "
            "json."
        )
        return Fault(SHAPE, told, line=1)
    value = _loaded(text[start:end].encode())
    if inner := _of_object(value, in_lines=True):
        return Fault(SHAPE, inner, line=1)
    told = (
        "Each record goes over several lines (pretty-printed), but JSON Lines have one record a "
        "line: write them so, as `jq -c . FILE` does."
    )
    return Fault(SHAPE, told, line=1)


def _of_list(value: list[Any]) -> str:
    if value and all(isinstance(item, list) for item in value):
        return (
            "The records are lists without the names of their columns: write each as an object; in "
            "pandas with to_json(orient='records')."
        )
    if value and all(_is_feature(item) for item in value):
        return _tell_features("[.[].properties]")
    return ""


def _of_object(value: Any, *, in_lines: bool = False) -> str:
    if not isinstance(value, dict) or not value:
        return ""
    about = next((told for key, told in _ABOUT_DATA.items() if key in value), None)
    if about and not value.keys() & _KEYS_OF_RECORDS:
        return f"The file holds {about}, and no records: give the files of data themselves."
    known = _known_in(value)
    if known:
        scalars = known - _lists()
        by_column = bool(scalars) and all(isinstance(value[n], dict | list) for n in scalars)
        return _tell_columns() if by_column else ""
    if value.get("type") == "FeatureCollection" and isinstance(value.get("features"), list):
        return _tell_features("[.features[].properties]")
    if _is_feature(value):
        return _tell_features("[.properties]")
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return _tell_columns()
    if len(value) > 1 and all(_has_fields(item) for item in value.values()):
        return (
            "The records stand under names or numbers instead of in a list: take them out, as "
            "`jq '[.[]]' FILE` does; in pandas write with to_json(orient='records')."
        )
    path = _path_to_records(value, _ENOUGH_DEPTH)
    if not path:
        return ""
    return (
        f"The records stand within something else, under {'.'.join(path)!r}, as an API answers: "
        f"take them out, as `{_command(value, path, in_lines=in_lines)}` does."
    )


def _command(value: Any, path: tuple[str, ...], *, in_lines: bool) -> str:
    """How jq takes out what stands under a path."""
    steps = "".join(
        f".{key}" if _PLAIN_KEY.fullmatch(key) else f"[{json.dumps(key, ensure_ascii=False)}]"
        for key in path
    )
    steps = steps if steps.startswith(".") else f".{steps}"
    if not in_lines:
        return f"jq '{steps}' FILE"
    for key in path:
        value = value[key]
    return f"jq -c '{steps}{'[]' if isinstance(value, list) else ''}' FILE"


def _path_to_records(value: dict[str, Any], depth: int) -> tuple[str, ...]:
    """The keys by which one comes to what holds records."""
    for name, item in value.items():
        if isinstance(item, list):
            is_named = name.lower() in _ENVELOPES and not item
            if is_named or any(isinstance(inner, dict) for inner in item):
                return (name,)
        elif _has_fields(item):
            return (name,)
    for name, item in value.items():
        if isinstance(item, dict) and depth > 1 and (inner := _path_to_records(item, depth - 1)):
            return (name, *inner)
    return ()


def _tell_columns() -> str:
    return (
        "The values stand column by column, as pandas' to_json writes them unless it is told "
        "otherwise: write records, with to_json(orient='records'), or CSV or Parquet."
    )


def _tell_features(path: str) -> str:
    return (
        f"The file is GeoJSON: take the properties out, as `jq '{path}' FILE` does, and give the "
        "coordinates as latitude and longitude."
    )


def _is_feature(value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") == "Feature" and "properties" in value


def _has_fields(value: Any) -> bool:
    return isinstance(value, dict) and bool(_known_in(value) - _lists())


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t\r\n":
        start += 1
    return start


def _end_of_object(text: str, start: int) -> int | None:
    if not text.startswith("{", start):
        return None
    try:
        return json.JSONDecoder().raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return None


def _loaded(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


@cache
def fields_of_records() -> frozenset[str]:
    """Every name that a record of the format, or a row in it, may have."""
    columns = {name for table in TABLES.values() for name in table.by_name}
    return frozenset((columns | _lists() | {"schema_version"}) - _ORDINARY)


@cache
def _prose() -> frozenset[str]:
    return frozenset(base for table in TABLES.values() for base in table.prose)


def _known_in(value: dict[str, Any]) -> set[str]:
    """The names of a record, prose in any language among them, that an object has."""
    fields, prose = fields_of_records(), _prose()
    return {name for name in value if name in fields or split_prose(name, prose)}


@cache
def _lists() -> frozenset[str]:
    return frozenset(RECORD_TABLES) - {"events"}
