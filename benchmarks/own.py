"""Qantar itself, on files and on frames of the kinds that people hold."""

from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
from made_events import registry_of

from qantar.validation import check_frame, check_paths

Found = set[tuple[int, str]]


def qantar(path: Path) -> Found:
    """All rules; the answer is cut to values and keys, which all contenders judge."""
    report = check_paths([registry_of(path), path])
    return {
        (fault.row or 0, fault.column or (fault.pointer or "").strip("/"))
        for fault in report.faults
        if fault.rule.startswith(("value-", "key-")) and fault.file == str(path)
    }


def qantar_of_frame(frame: Any) -> Found:
    """All rules that need no other table; the answer is cut to values and keys."""
    return {
        (fault.row or 0, fault.column or "")
        for fault in check_frame(frame)
        if fault.rule.startswith(("value-", "key-"))
    }


def as_pandas_on_arrow(path: Path) -> pd.DataFrame:
    return pl.read_parquet(path).to_arrow().to_pandas(types_mapper=pd.ArrowDtype)


def as_pandas_of_objects(path: Path) -> pd.DataFrame:
    columns = pl.read_parquet(path).get_columns()
    return pd.DataFrame({held.name: pd.Series(held.to_list(), dtype=object) for held in columns})
