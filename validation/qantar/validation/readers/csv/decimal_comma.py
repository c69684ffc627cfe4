"""Numbers written with a decimal comma, where the user says that they are."""

from collections.abc import Sequence

import polars as pl

from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.text_line import SPOILT

_COMMA = {
    ColumnKind.number: r"^-?[0-9]{1,300},[0-9]+(?:[eE][+-]?[0-9]{1,3})?$",
    # Of a whole number only 7,0 is one; all else stays as it is, and is told as it stands.
    ColumnKind.integer: r"^-?[0-9]{1,15},0$",
}


def number_names(frame: pl.DataFrame, table: Table) -> list[str]:
    """The columns of a frame that hold numbers."""
    kinds = {name: table.by_name[name].kind for name in frame.columns if name in table.by_name}
    return [name for name, kind in kinds.items() if kind in _COMMA]


def has_points(frame: pl.DataFrame, table: Table) -> bool:
    """Whether a number may be written with a point."""
    return any(
        frame[name].str.contains(".", literal=True).any() for name in number_names(frame, table)
    )


def without_commas(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The frame, its numbers with a point instead of a comma."""
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(_COMMA[table.by_name[name].kind]))
        .then(pl.col(name).str.replace(",", ".", literal=True))
        .otherwise(pl.col(name))
        .alias(name)
        for name in number_names(frame, table)
    )


def refuse_points(
    frame: pl.DataFrame, table: Table, lines: Sequence[int]
) -> tuple[pl.DataFrame, list[Fault]]:
    """The frame without numbers that have a point, and a fault for each.

    1.500 is fifteen hundred where commas are decimal signs, and must not be read as 1.5.
    lines: of each row.
    """
    faults: list[Fault] = []
    for name in number_names(frame, table):
        pointed = frame[name].str.contains(r"^-?[0-9.]*\.[0-9.]*$").fill_null(False)
        for index in pointed.arg_true().to_list():
            found = shown(frame[name][index])
            told = f"{name} is a number with a decimal comma, as --decimal says, not {found!r}."
            place = {"line": lines[index], "row": index + 1, "column": name, "value": found}
            faults.append(Fault("value-type", told).at(**place))
        if pointed.any():
            spoilt = pl.when(pointed).then(pl.lit(SPOILT)).otherwise(pl.col(name))
            frame = frame.with_columns(spoilt.alias(name))
    return frame, faults
