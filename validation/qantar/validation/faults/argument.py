"""What callers hand to the public functions, checked before anything is judged.

A wrong file gives faults; a wrong call raises, and says what was expected.
"""

import os
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any, overload

import narwhals as nw
from pydantic import BaseModel

from qantar.schema.rule import Profile
from qantar.schema.shape import Row, Rows
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import shown
from qantar.validation.faults.suggestion import nearest

# Beyond so many names a message does not list them.
LONGEST_LISTED = 25


@overload
def asked_profile(profile: Profile | str) -> Profile: ...
@overload
def asked_profile(profile: Profile | str | None, *, optional: bool) -> Profile | None: ...
def asked_profile(profile: Profile | str | None, *, optional: bool = False) -> Profile | None:
    """The profile that is meant by itself or by its name; None only where it is optional.

    Raises ValueError for a name that no profile has, TypeError for what is no name.
    """
    if isinstance(profile, Profile) or (profile is None and optional):
        return profile
    return Profile(asked_name("profile", profile, tuple(Profile)))


@overload
def asked_table(table: str) -> str: ...
@overload
def asked_table(table: str | None, *, optional: bool) -> str | None: ...
def asked_table(table: str | None, *, optional: bool = False) -> str | None:
    """The name of a table of the format; None only where it is optional.

    Raises ValueError for a name that no table has, TypeError for what is no name.
    """
    return None if table is None and optional else asked_name("table", table, TABLES)


def asked_name(what: str, name: object, known: Collection[str]) -> str:
    """A name, if it is one of those known; raises ValueError or TypeError otherwise."""
    expected = ", ".join(known) if len(known) <= LONGEST_LISTED else f"{len(known)} names"
    if not isinstance(name, str):
        raise TypeError(f"{what} must be text, one of {expected}; got {_told(name)}.")
    if name in known:
        return str(name)
    guess = nearest(name, known)
    hint = f" Did you mean '{guess}'?" if guess else ""
    raise ValueError(f"There is no {what} {shown(name)!r}; take one of {expected}.{hint}")


def asked_records(records: Iterable[Any]) -> Iterable[Any]:
    """Several records; raises TypeError for one record, a path, a text or a frame."""
    if isinstance(records, list):
        return records
    if isinstance(records, Mapping | BaseModel):
        raise TypeError(
            f"records must be several records; got {_told(records)}. "
            "Put it into a list, or use check_record."
        )
    if isinstance(records, str | bytes | os.PathLike):
        raise TypeError(
            f"records must be several records, each a dict; got {_told(records)}. "
            "For a file use check_path; read JSON text with json.loads first."
        )
    if hasattr(records, "columns"):
        raise TypeError(
            f"records must be several records, each a dict; got {_told(records)}. "
            "For a frame use check_frame."
        )
    if not isinstance(records, Iterable):
        raise TypeError(f"records must be several records, each a dict; got {_told(records)}.")
    return records


def asked_rows(known: Mapping[str, Iterable[Row]] | None) -> Rows:
    """Rows by the name of their table, each a dict.

    Raises TypeError for what is not that, ValueError for a name that no table has.
    """
    if known is None:
        return {}
    if not isinstance(known, Mapping):
        raise TypeError(f"known must be lists of rows by table; got {_told(known)}.")
    rows: Rows = {}
    for name, given in known.items():
        table = asked_table(name)
        rows[table] = [*given] if isinstance(given, Iterable) else []
        is_list = isinstance(given, Iterable) and not isinstance(given, str | Mapping)
        if not is_list or not all(isinstance(row, Mapping) for row in rows[table]):
            raise TypeError(f"known[{name!r}] must be a list of rows, each a dict.")
        rows[table] = [_scalars(row) for row in rows[table]]
    return rows


def _scalars(row: Mapping[str, Any]) -> Row:
    """The row without what no cell holds, which could not be looked up either."""
    return {name: value for name, value in row.items() if isinstance(value, Hashable)}


def asked_path(path: os.PathLike[str] | str) -> str:
    """The text of one path; raises TypeError for what is none."""
    if isinstance(path, str):
        return path
    told = os.fspath(path) if isinstance(path, os.PathLike) else None
    if not isinstance(told, str):
        raise TypeError(f"A path must be text or a pathlib.Path; got {_told(path)}.")
    return told


def asked_paths(paths: Iterable[os.PathLike[str] | str]) -> list[str]:
    """The texts of several paths; raises TypeError for what is none, and for one alone."""
    if isinstance(paths, str | bytes | os.PathLike):
        raise TypeError(
            f"paths must be several paths; got {_told(paths)}. "
            "Put it into a list, or use check_path."
        )
    if not isinstance(paths, Iterable):
        raise TypeError(f"paths must be several paths; got {_told(paths)}.")
    return [asked_path(path) for path in paths]


def asked_count(what: str, count: int | None) -> int | None:
    """A whole number from 1, or None; raises ValueError or TypeError otherwise."""
    if count is None:
        return None
    if isinstance(count, bool) or not isinstance(count, int):
        raise TypeError(f"{what} must be a whole number from 1; got {_told(count)}.")
    if count < 1:
        raise ValueError(f"{what} must be a whole number from 1; got {count}.")
    return count


def asked_text(what: str, text: str | None) -> str | None:
    """A text, or None; raises TypeError otherwise."""
    if text is not None and not isinstance(text, str):
        raise TypeError(f"{what} must be text; got {_told(text)}.")
    return text


def asked_others(others: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Frames by the name of their table; raises ValueError or TypeError otherwise."""
    if others is None:
        return {}
    if not isinstance(others, Mapping):
        raise TypeError(f"others must be frames by the name of their table; got {_told(others)}.")
    for name in others:
        asked_table(name)
    return others


def asked_frame(frame: Any) -> Any:
    """The frame as Narwhals holds it; raises TypeError for what is not a frame."""
    try:
        return nw.from_native(frame)
    except TypeError as error:
        raise TypeError(
            f"A frame of pandas, Polars, pyarrow or DuckDB is expected; got {_told(frame)}. "
            "For a file use check_path, for nested records check_records."
        ) from error


def asked_columns(frame: Any, library: str) -> list[str]:
    """The columns of a frame of an engine; raises TypeError for what has none."""
    columns = getattr(frame, "columns", None)
    if columns is None:
        raise TypeError(f"A frame of {library} is expected; got {_told(frame)}.")
    return [*(columns() if callable(columns) else columns)]


def _told(value: object) -> str:
    """What a wrong argument is: its kind, and the start of it where it is a text or path."""
    kind = type(value).__name__
    is_short = isinstance(value, str | bytes | os.PathLike | int | float)
    return f"{kind} {(shown(value) or '')[:60]!r}" if is_short else f"a value of type {kind}"
