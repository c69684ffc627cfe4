"""Tables of a release read into the frames that researchers use, digests checked first."""

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from qantar.dataset.digest import DIGESTS, parse_digests, sha256
from qantar.dataset.error import DatasetError
from qantar.dataset.folder import release_folder

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

Form = Literal["pandas", "arrow", "polars", "duckdb"]
DESCRIPTOR_PATH = "parquet/datapackage.json"


@overload
def load(
    table: str = "events",
    version: str | None = None,
    *,
    form: Literal["pandas"] = "pandas",
    folder: Path | str | None = None,
) -> "pandas.DataFrame": ...
@overload
def load(
    table: str = "events",
    version: str | None = None,
    *,
    form: Literal["arrow"],
    folder: Path | str | None = None,
) -> "pyarrow.Table": ...
@overload
def load(
    table: str = "events",
    version: str | None = None,
    *,
    form: Literal["polars"],
    folder: Path | str | None = None,
) -> "polars.DataFrame": ...
@overload
def load(
    table: str = "events",
    version: str | None = None,
    *,
    form: Literal["duckdb"],
    folder: Path | str | None = None,
) -> "duckdb.DuckDBPyRelation": ...
def load(
    table: str = "events",
    version: str | None = None,
    *,
    form: Form = "pandas",
    folder: Path | str | None = None,
) -> Any:
    """A table of a release, by default the events of the latest.

    Its columns are those that the release has, of whichever version of the schema that is.

    form: the kind of frame. In pandas text is the default string type, dates are
    ``datetime64``, whole numbers and booleans are ``int64`` and ``bool`` where every row
    has one, else ``Int64`` and ``boolean``; an absent value is missing, never a word or 0.
    folder: where releases lie; by default those that came with the package.

    Raises ``DatasetError`` where there is no such table or release, or where the file is
    not the one that was released, TypeError for a table that is not named by a text. Reads
    local files only.
    """
    if not isinstance(table, str):
        raise TypeError(f"table must be the name of a table, such as 'events'; got {table!r:.60}.")
    if form not in tuple(_FORMS):
        raise DatasetError(f"There is no form {form!r}; take one of {', '.join(_FORMS)}.")
    return _FORMS[form](_decode(table_content(release_folder(version, folder), table)))


def tables(version: str | None = None, *, folder: Path | str | None = None) -> list[str]:
    """The names of the tables of a release, by default of the latest."""
    return list(_resources(release_folder(version, folder)))


def table_content(release: Path, table: str) -> bytes:
    """The bytes of a table's Parquet file, once both digests of the release agree with them."""
    resources = _resources(release)
    if table not in resources:
        near = difflib.get_close_matches(table, resources, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(resources)}."
        raise DatasetError(f"There is no table {table!r} in release {release.name}; {hint}")
    path = f"parquet/{table}.parquet"
    content = checked_content(release, path)
    stated = str(resources[table].get("hash", "")).removeprefix("sha256:")
    if stated != sha256(content):
        raise _altered(release, path, stated or "none", sha256(content), DESCRIPTOR_PATH)
    return content


def checked_content(release: Path, path: str) -> bytes:
    """The bytes of a file of a release, once they agree with its list of digests."""
    expected = parse_digests(_read(release, DIGESTS)).get(path)
    content = _read(release, path)
    if expected != sha256(content):
        raise _altered(release, path, expected or "none", sha256(content), DIGESTS)
    return content


def released_facts(release: Path) -> dict[str, Any]:
    """What a release says of its tables, digest checked."""
    found: dict[str, Any] = json.loads(checked_content(release, DESCRIPTOR_PATH))
    return found


def _resources(release: Path) -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource for resource in released_facts(release)["resources"]}


def _read(release: Path, path: str) -> bytes:
    try:
        return (release / path).read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise DatasetError(
            f"{release / path} cannot be read: {reason}. Install the package again, or "
            "download the release again."
        ) from error


def _altered(release: Path, path: str, expected: str, found: str, said_by: str) -> DatasetError:
    return DatasetError(
        f"{release / path} is not the file that was released: its SHA-256 is {found}, and "
        f"{said_by} says {expected}. Install the package again, or download the release again; "
        f"'qantar validate {release}' tells whether only its line ends were changed, or whether "
        "it is a pointer of Git LFS."
    )


def _decode(content: bytes) -> Any:
    import pyarrow
    import pyarrow.parquet

    return pyarrow.parquet.read_table(
        pyarrow.BufferReader(content), page_checksum_verification=True
    )


def _as_arrow(arrow: Any) -> Any:
    return arrow


def _as_pandas(arrow: Any) -> Any:
    import pandas
    import pyarrow

    nullable = {pyarrow.int64(): pandas.Int64Dtype(), pyarrow.bool_(): pandas.BooleanDtype()}
    plain = {pyarrow.int64(): "int64", pyarrow.bool_(): "bool"}
    frame = arrow.to_pandas(types_mapper=nullable.get, date_as_object=False)
    return frame.astype(
        {f.name: plain[f.type] for f in arrow.schema if f.type in plain and not f.nullable}
    )


def _as_polars(arrow: Any) -> Any:
    import polars

    return polars.from_arrow(arrow)


def _as_duckdb(arrow: Any) -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise DatasetError(
            "DuckDB is not installed; install it with `pip install 'qantar[duckdb]'`."
        ) from error
    return duckdb.from_arrow(arrow)


_FORMS = {
    "pandas": _as_pandas,
    "arrow": _as_arrow,
    "polars": _as_polars,
    "duckdb": _as_duckdb,
}
