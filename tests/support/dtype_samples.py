"""A sample of every type that pandas, Polars, pyarrow and DuckDB document."""

import datetime
import decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from support.unknown_types import MadeUpArray, MadeUpType

DAY = datetime.date(2024, 3, 11)
MIDNIGHT = datetime.datetime(2024, 3, 11)
# What a sample holds, and by column what it is there; in all other columns it is told.
MEANINGS: dict[str, dict[str, Any]] = {
    "3": {"fatalities_best": 3, "latitude": 3},
    "text": {"place_name": "x"},
    "true": {"attributed": True},
    "day": {"date_latest": "2024-03-11", "date_edtf": "2024-03-11"},
    "told": {},
}
# A column's values, and what they mean: a key of `MEANINGS`.
Sample = tuple[Any, str]


def polars_samples() -> dict[str, Sample]:
    """By dtype a series, and what it means."""
    numbers = ["Int8", "Int16", "Int32", "Int64", "Int128", "UInt8", "UInt16", "UInt32", "UInt64"]
    named = [*numbers, "UInt128", "Float16", "Float32", "Float64"]
    samples: dict[str, Sample] = {
        name: (pl.Series([3, 3]).cast(getattr(pl, name)), "3")
        for name in named
        if hasattr(pl, name)
    }
    one = pl.Series([3, 3])
    samples |= {
        "Decimal": (pl.Series([decimal.Decimal("3.00")] * 2, dtype=pl.Decimal(5, 2)), "3"),
        "Boolean": (pl.Series([True, True]), "true"),
        "String": (pl.Series(["x", "x"]), "text"),
        "Utf8": (pl.Series(["x", "x"], dtype=pl.Utf8), "text"),
        "Categorical": (pl.Series(["x", "x"], dtype=pl.Categorical), "text"),
        "Enum": (pl.Series(["x", "x"], dtype=pl.Enum(["x"])), "text"),
        "Date": (pl.Series([DAY, DAY]), "day"),
        "Datetime": (pl.Series([MIDNIGHT, MIDNIGHT]), "day"),
        "Datetime in a zone": (
            pl.Series([MIDNIGHT, MIDNIGHT]).dt.replace_time_zone("Asia/Almaty"),
            "day",
        ),
        "Object": (pl.Series([object(), object()], dtype=pl.Object), "told"),
        "Time": (pl.Series([datetime.time(1)] * 2), "told"),
        "Duration": (pl.Series([datetime.timedelta(1)] * 2), "told"),
        "Binary": (pl.Series([b"x", b"x"]), "told"),
        "List": (pl.Series([[1], [1]]), "told"),
        "Array": (pl.Series([[1], [1]], dtype=pl.Array(pl.Int8, 1)), "told"),
        "Struct": (pl.Series([{"a": 1}] * 2), "told"),
    }
    if hasattr(pl, "Map"):
        held = pa.array([[("a", 1)]] * 2, pa.map_(pa.string(), pa.int64()))
        samples["Map"] = (pl.Series(held), "told")
    if hasattr(pl, "Extension"):
        samples["Extension"] = (one.ext.to(pl.Extension("made.up", pl.Int64)), "told")
    return samples


def arrow_samples() -> dict[str, Sample]:
    """By id of type an array, and what it means."""
    return {**_arrow_numbers(), **_arrow_texts(), **_arrow_times(), **_arrow_containers()}


def _arrow_numbers() -> dict[str, Sample]:
    kinds = {
        **{f"{s}int{n}".upper(): f"{s}int{n}" for s in ("", "u") for n in (8, 16, 32, 64)},
        **{"HALF_FLOAT": "float16", "FLOAT": "float32", "DOUBLE": "float64"},
    }
    three = [decimal.Decimal(3)] * 2
    samples: dict[str, Sample] = {
        **{name: (pa.array([3, 3], kind), "3") for name, kind in kinds.items()},
        "DECIMAL128": (pa.array(three, pa.decimal128(38, 0)), "3"),
        "DECIMAL256": (pa.array(three, pa.decimal256(50, 2)), "3"),
        "DICTIONARY of numbers": (pa.array([3, 3]).dictionary_encode(), "3"),
        "BOOL": (pa.array([True, True]), "true"),
        "an extension": (pa.ExtensionArray.from_storage(MadeUpType(), pa.array([3, 3])), "told"),
    }
    if hasattr(pa, "decimal32"):
        samples["DECIMAL32"] = (pa.array(three, pa.decimal32(5, 2)), "3")
        samples["DECIMAL64"] = (pa.array(three, pa.decimal64(10, 2)), "3")
    return samples


def _arrow_texts() -> dict[str, Sample]:
    texts, bytes_ = pa.array(["x", "x"]), pa.array([b"x", b"x"])
    samples: dict[str, Sample] = {
        "STRING": (texts, "text"),
        "LARGE_STRING": (texts.cast(pa.large_string()), "text"),
        "DICTIONARY": (texts.dictionary_encode(), "text"),
        "RUN_END_ENCODED": (pa.RunEndEncodedArray.from_arrays([2], ["x"]), "text"),
        "BINARY": (bytes_, "told"),
        "LARGE_BINARY": (bytes_.cast(pa.large_binary()), "told"),
        "FIXED_SIZE_BINARY": (bytes_.cast(pa.binary(1)), "told"),
    }
    if hasattr(pa, "string_view"):
        samples["STRING_VIEW"] = (texts.cast(pa.string_view()), "text")
        samples["BINARY_VIEW"] = (bytes_.cast(pa.binary_view()), "told")
    if hasattr(pa, "uuid"):
        held = pa.array([b"x" * 16] * 2, pa.binary(16))
        samples["a UUID"] = (pa.ExtensionArray.from_storage(pa.uuid(), held), "told")
    return samples


def _arrow_times() -> dict[str, Sample]:
    days, times = pa.array([DAY, DAY]), pa.array([MIDNIGHT, MIDNIGHT])
    ahead = pa.array([MIDNIGHT - datetime.timedelta(hours=5, minutes=30)] * 2)
    return {
        "DATE32": (days, "day"),
        "DATE64": (days.cast(pa.date64()), "day"),
        **{
            f"TIMESTAMP {unit} {zone}": (times.cast(pa.timestamp(unit)).cast(kind), "day")
            for unit in ("s", "ms", "us", "ns")
            for zone, kind in (("", pa.timestamp(unit)), ("UTC", pa.timestamp(unit, "UTC")))
        },
        "TIMESTAMP +05:30": (ahead.cast(pa.timestamp("us", "+05:30")), "day"),
        "TIMESTAMP nowhere": (times.cast(pa.timestamp("us", "Nowhere/Town")), "told"),
        "TIME32": (pa.array([1, 1], pa.time32("s")), "told"),
        "TIME64": (pa.array([1, 1], pa.time64("us")), "told"),
        "DURATION": (pa.array([1, 1], pa.duration("s")), "told"),
        "INTERVAL_MONTH_DAY_NANO": (
            pa.array([(1, 1, 1)] * 2, pa.month_day_nano_interval()),
            "told",
        ),
    }


def _arrow_containers() -> dict[str, Sample]:
    threes, kinds = [pa.array([3, 3])], pa.array([0, 0], pa.int8())
    places = pa.array([0, 1], pa.int32())
    return {
        "LIST": (pa.array([[1], [1]]), "told"),
        "LARGE_LIST": (pa.array([[1], [1]], pa.large_list(pa.int8())), "told"),
        "LIST_VIEW": (pa.array([[1], [1]], pa.list_view(pa.int8())), "told"),
        "LARGE_LIST_VIEW": (pa.array([[1], [1]], pa.large_list_view(pa.int8())), "told"),
        "FIXED_SIZE_LIST": (pa.array([[1], [1]], pa.list_(pa.int8(), 1)), "told"),
        "MAP": (pa.array([[("a", 1)]] * 2, pa.map_(pa.string(), pa.int64())), "told"),
        "STRUCT": (pa.array([{"a": 1}] * 2), "told"),
        "SPARSE_UNION": (pa.UnionArray.from_sparse(kinds, threes), "told"),
        "DENSE_UNION": (pa.UnionArray.from_dense(kinds, places, threes), "told"),
    }


def pandas_samples() -> dict[str, Sample]:
    """By dtype a Series, and what it means."""
    numbers = [f"{s}{n}" for s in ("int", "uint", "Int", "UInt") for n in (8, 16, 32, 64)]
    numbers += ["float16", "float32", "float64", "Float32", "Float64", ">i4", ">f8", "longdouble"]
    day = pd.Series(pd.to_datetime(["2024-03-11"] * 2))
    fixed = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    return {
        **{name: (pd.Series([3, 3], dtype=name), "3") for name in numbers},
        "bool": (pd.Series([True, True]), "true"),
        "Boolean": (pd.Series([True, True], dtype="boolean"), "true"),
        "String": (pd.Series(["x", "x"], dtype="string"), "text"),
        "String of Python": (pd.Series(["x", "x"], dtype="string[python]"), "text"),
        "str": (pd.Series(["x", "x"], dtype="str"), "text"),
        "Categorical": (pd.Series(["x", "x"], dtype="category"), "text"),
        "Categorical of numbers": (pd.Series([3, 3], dtype="category"), "3"),
        "Categorical of days": (day.astype("category"), "day"),
        "Categorical of intervals": (pd.cut(pd.Series([1, 1]), 2), "told"),
        "Sparse": (pd.Series([3, 3], dtype="Sparse[int]"), "3"),
        **{
            f"datetime64[{unit}]": (day.astype(f"datetime64[{unit}]"), "day")
            for unit in ("s", "ms", "us", "ns")
        },
        "DatetimeTZ": (day.dt.tz_localize("Asia/Almaty"), "day"),
        "DatetimeTZ of an offset": (day.dt.tz_localize(fixed), "day"),
        "timedelta64": (pd.Series(pd.to_timedelta([1, 1])), "told"),
        "complex": (pd.Series([3j, 3j]), "told"),
        "Interval": (pd.Series(pd.interval_range(0, 2)), "told"),
        "Period": (pd.Series(pd.period_range("2024-03-11", periods=2)), "told"),
        "Arrow": (pd.Series([3, 3], dtype="int8[pyarrow]"), "3"),
        "Arrow of durations": (pd.Series([1, 1], dtype=pd.ArrowDtype(pa.duration("s"))), "told"),
        "made up": (pd.Series(MadeUpArray(np.array([3, 3]))), "told"),
        **_object_samples(),
    }


def _object_samples() -> dict[str, Sample]:
    """Columns of objects, by what they hold."""
    values: dict[str, tuple[Any, str]] = {
        "int": (3, "3"),
        "float": (3.0, "3"),
        "numpy's int8": (np.int8(3), "3"),
        "numpy's float16": (np.float16(3), "3"),
        "Decimal": (decimal.Decimal("3.00"), "3"),
        "bool": (True, "true"),
        "numpy's bool": (np.bool_(True), "true"),
        "str": ("x", "text"),
        "numpy's str": (np.str_("x"), "text"),
        "date": (DAY, "day"),
        "datetime": (MIDNIGHT, "day"),
        "Timestamp": (pd.Timestamp(MIDNIGHT), "day"),
        "Timestamp in a zone": (pd.Timestamp(MIDNIGHT, tz="Asia/Almaty"), "day"),
        "numpy's datetime64": (np.datetime64("2024-03-11T00:00"), "day"),
        "bytes": (b"x", "told"),
        "list": ([1], "told"),
        "tuple": ((1,), "told"),
        "dict": ({"a": 1}, "told"),
        "time": (datetime.time(1), "told"),
        "timedelta": (datetime.timedelta(1), "told"),
        "array": (np.array([3]), "told"),
        "complex": (3j, "told"),
        "object": (object(), "told"),
        "type": (int, "told"),
    }
    samples: dict[str, Sample] = {}
    for name, (value, meaning) in values.items():
        series = pd.Series([None, None], dtype=object)
        series[0] = series[1] = value
        samples[f"object: {name}"] = (series, meaning)
    return samples


# By logical type of DuckDB an expression, and what it means.
DUCKDB: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL", "FLOAT", "DOUBLE"),
        ("3::NAME", "3"),
    ),
    **dict.fromkeys(
        ("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
        ("3::NAME", "3"),
    ),
    "BIGNUM": ("3::BIGNUM", "told"),
    "BOOLEAN": ("true", "true"),
    "VARCHAR": ("'x'", "text"),
    "ENUM": ("'x'::ENUM('x')", "text"),
    "DATE": ("DATE '2024-03-11'", "day"),
    **dict.fromkeys(
        ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"),
        ("'2024-03-11'::NAME", "day"),
    ),
    "TIMESTAMP WITH TIME ZONE": ("TIMESTAMPTZ '2024-03-11'", "day"),
    "TIME": ("TIME '10:00'", "told"),
    "TIME_NS": ("'10:00'::TIME_NS", "told"),
    "TIME WITH TIME ZONE": ("'10:00:00+05'::TIMETZ", "told"),
    "INTERVAL": ("INTERVAL 1 DAY", "told"),
    "BLOB": ("'x'::BLOB", "told"),
    "BIT": ("'101'::BIT", "told"),
    "LIST": ("[1]", "told"),
    "ARRAY": ("[1]::INT[1]", "told"),
    "STRUCT": ("{'a': 1}", "told"),
    "MAP": ("MAP {'a': 1}", "told"),
    "UNION": ("union_value(a := 1)", "told"),
}
