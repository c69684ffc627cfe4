"""Rows of events as arrays: all that a rule asks of them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.dataset.linking.act import agreements, is_lasting, is_reciprocal, kind_of, known_kinds
from qantar.dataset.linking.party import Flags, Floats, Ints, Parties, parties_of
from qantar.dataset.linking.rule import COUNTED, IMPRECISION, LinkRule

Doubles = npt.NDArray[np.float64]

# The columns of the exchange format that are asked; all but the first may be absent.
COLUMNS: dict[str, Any] = {
    "event_id": pl.String,
    "action_code": pl.String,
    "source_action": pl.String,
    "source_event_mode": pl.String,
    "direction": pl.String,
    "date_earliest": pl.String,
    "date_latest": pl.String,
    "place_country_code": pl.String,
    "place_precision": pl.String,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
    "actor_name": pl.String,
    "actor_code": pl.String,
    "actor_country_code": pl.String,
    "target_name": pl.String,
    "target_code": pl.String,
    "target_country_code": pl.String,
    "fatalities_best": pl.Float64,
    "source_system": pl.String,
    "source_event_clarity": pl.String,
}
EARTH_KM = 6371.0088
_OPEN = np.iinfo(np.int64).min
# UCDP's word for several events; programs write it as a fraction, too.
_SUM = r"^2(?:\.0*)?$"


@dataclass(frozen=True)
class Rows:
    """Rows as arrays of one length, in the order of their ids.

    first, last: days since 1970; dated: whether both are known and in order. xyz: the point on a
    globe of radius 1, for rows that have one. imprecision: kilometres, without end where the row
    is placed in a country or nowhere. kind: index of the kind of act. may_turn: whether sides may
    be exchanged. is_lasting: whether the act goes on overnight. is_counted: whether the source
    counts events itself. is_sum: whether the row stands for several events. deaths: -1 where no
    figure above 0 is told.
    """

    ids: pl.Series
    first: Ints
    last: Ints
    dated: Flags
    xyz: Doubles
    has_point: Flags
    imprecision: Doubles
    country: Ints
    kind: Ints
    kinds: tuple[str, ...]
    code: Ints
    may_turn: Flags
    is_lasting: Flags
    actor: Ints
    target: Ints
    parties: Parties
    source: Ints
    is_counted: Flags
    is_sum: Flags
    deaths: Doubles

    def __len__(self) -> int:
        return len(self.first)

    @property
    def width(self) -> Ints:
        """Days that the bounds hold beside the first."""
        return self.last - self.first

    @property
    def is_placed(self) -> Flags:
        """Whether a row has a point of a place within a region."""
        found: Flags = self.has_point & (self.imprecision <= IMPRECISION["city"])
        return found

    def is_firm(self, rule: LinkRule) -> Flags:
        """Whether rows are placed, dated within few days, and tell of at least one party.

        Others could be one of many events: they join a group at the end, and never lead on.
        """
        if not rule.uses_precision:
            return self.dated & self.has_point
        known = self.parties.is_known
        tells = known[self.actor] | known[self.target]
        found: Flags = self.dated & self.is_placed & (self.width <= rule.wide_days) & tells
        return found


def rows_of(frame: pl.DataFrame, rule: LinkRule) -> Rows:
    """The rows of a frame with the columns of COLUMNS, in the order of their ids."""
    held = frame.sort("event_id")
    first, last = _days(held["date_earliest"]), _days(held["date_latest"])
    if not rule.uses_precision:
        last = first
    dated = (first != _OPEN) & (last != _OPEN) & (first <= last)
    kinds, kind = _kinds(held)
    precision = held["place_precision"]
    imprecision = precision.replace_strict(
        {**IMPRECISION, "country": np.inf}, default=IMPRECISION["city"], return_dtype=pl.Float64
    ).to_numpy()
    has_point = (held["latitude"].is_not_null() & held["longitude"].is_not_null()).to_numpy()
    if rule.uses_precision:
        has_point &= np.isfinite(imprecision)
    else:
        imprecision = np.zeros(len(first))
    parties, actor, target = parties_of(held)
    reciprocal = np.array([is_reciprocal(one) for one in kinds], dtype=np.bool_)
    deaths = held["fatalities_best"].fill_null(-1).to_numpy()
    return Rows(
        ids=held["event_id"],
        first=np.where(dated, first, 0),
        last=np.where(dated, last, 0),
        dated=dated,
        xyz=_on_globe(held),
        has_point=has_point,
        imprecision=np.where(has_point, imprecision, np.inf),
        country=_numbered(held["place_country_code"]),
        kind=kind,
        kinds=kinds,
        code=_numbered(held["action_code"]),
        may_turn=reciprocal[kind] | held["direction"].ne_missing("directed").to_numpy(),
        is_lasting=np.array([is_lasting(one) for one in kinds], dtype=np.bool_)[kind],
        actor=actor,
        target=target,
        parties=parties,
        source=_numbered(held["source_system"]),
        is_counted=held["source_system"].is_in([*COUNTED]).fill_null(False).to_numpy(),
        is_sum=held["source_event_clarity"].str.contains(_SUM).fill_null(False).to_numpy(),
        deaths=np.where(deaths > 0, deaths, -1.0),
    )


def taken(rows: Rows, numbers: Ints) -> Rows:
    """Some of the rows, in the order that is given."""
    whole = {"kinds", "parties"}
    held = {one.name: getattr(rows, one.name) for one in fields(rows)}
    return Rows(**{n: value if n in whole else value[numbers] for n, value in held.items()})


def act_agreements(kinds: tuple[str, ...]) -> Floats:
    """How well every two kinds agree; what has no code agrees with its own word alone."""
    known = len(known_kinds())
    table = np.zeros((len(kinds), len(kinds)), dtype=np.float32)
    table[:known, :known] = agreements()
    further = np.arange(known, len(kinds))
    table[further, further] = 0.8
    return table


def _kinds(held: pl.DataFrame) -> tuple[tuple[str, ...], Ints]:
    """The kinds there can be, those of acts without a code last, and the kind of each row."""
    keys = ["action_code", "source_event_mode", "source_action"]
    asked = held.select(*keys).with_columns(
        pl.when(pl.col("action_code").is_null()).then(pl.col("source_action"))
    )
    unique = asked.unique(maintain_order=True)
    found = [
        kind_of(code, _first(mode)) or f"word:{word}" for code, mode, word in unique.iter_rows()
    ]
    known = known_kinds()
    further = sorted({*found} - {*known})
    kinds = (*known, *further)
    numbers = {kind: number for number, kind in enumerate(kinds)}
    table = unique.with_columns(pl.Series("kind", [numbers[one] for one in found], pl.Int64))
    joined = asked.join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return kinds, joined["kind"].to_numpy()


def _first(modes: str | None) -> str | None:
    """The first of a row's modes, which are told apart by a semicolon."""
    return None if modes is None else modes.split(";")[0].strip()


def _days(column: pl.Series) -> Ints:
    """Days since 1970; a lowest number where there is none."""
    days = column.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    found: Ints = days.to_physical().cast(pl.Int64).fill_null(_OPEN).to_numpy()
    return found


def _numbered(column: pl.Series) -> Ints:
    """A number for each value, -1 where there is none."""
    ranks = column.rank("dense").cast(pl.Int64)
    found: Ints = ranks.fill_null(-1).to_numpy()
    return found


def _on_globe(held: pl.DataFrame) -> Doubles:
    north, east = (
        np.radians(held[name].fill_null(0).to_numpy()) for name in ("latitude", "longitude")
    )
    columns: Iterable[Any] = (np.cos(north) * np.cos(east), np.cos(north) * np.sin(east))
    return np.stack([*columns, np.sin(north)], axis=1)
