"""Tables that studies count with: dyads by month, countries by month, actors.

A row whose day is not certain is shared out over its days by a named rule, so that the counts
of all months add up to the number of events. What a source does not say is not filled in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from qantar.dataset.views import Rule, reported, spread_over_days
from qantar.schema.codebook import actions

Table = Literal["dyad-month", "country-month", "actor"]
CLASSES = {
    1: "verbal_cooperation",
    2: "material_cooperation",
    3: "verbal_conflict",
    4: "material_conflict",
}
_WEIGHT, _CLASS = "_weight", "_class"
_ACTOR = ("actor_country_code", "actor_name")
_TARGET = ("target_country_code", "target_name")


@dataclass(frozen=True)
class Summary:
    """A table of counts, and what is not in it.

    counts: one row for each dyad, country or actor. events: how many events there are, groups
    counted once. unreported: rows that do not say that the act took place. unplaced: events, by
    their weight, that lack what the table is by.
    """

    counts: pl.DataFrame
    events: float
    unreported: int
    unplaced: float

    def as_text(self) -> str:
        """In a sentence or two, for people."""
        told = [f"{self.counts.height:,} rows count {self.events - self.unplaced:,.1f} events."]
        if self.unplaced:
            told.append(f"{self.unplaced:,.1f} events lack a country or a name and are left out.")
        if self.unreported:
            told.append(
                f"{self.unreported:,} rows do not say that the act took place and are left out; "
                "--all counts them."
            )
        return " ".join(told)


def summarize(
    events: pl.DataFrame,
    by: Table,
    *,
    days: Rule = "uniform",
    groups: pl.DataFrame | None = None,
    every_row: bool = False,
) -> Summary:
    """Count events by dyad and month, by country and month, or by actor.

    events: rows of the table `events`, coded or converted. days: how an event whose day is not
    certain is shared out, as `spread_over_days` has it; months only. groups: event_id and
    group_id, as `qantar link` writes them: the rows of a group share the weight of one event.
    every_row: whether to count rows that do not say that the act took place, too.

    Of several actors or targets the first counts, which the table `events` has; a release's
    table `dyads` has all pairs. Months are those of the act, absent where it is open. Counts by
    quad class follow the code of the act; an act without a CAMEO code is counted in `events` only.
    Raises ValueError for a column that is lacking.
    """
    lacking = {"event_id", "action_code"} - {*events.columns}
    if lacking:
        raise ValueError(f"The events lack {', '.join(sorted(lacking))}.")
    kept = events if every_row else reported(events)
    weighted = _with_class(_with_weight(kept, groups))
    whole = float(weighted[_WEIGHT].sum())
    counts = _TABLES[by](weighted, days)
    placed = float(counts["events"].sum())
    if by == "actor":
        placed = float(weighted.filter(_is_named(_ACTOR) | _is_named(_TARGET))[_WEIGHT].sum())
    return Summary(counts, whole, events.height - kept.height, max(0.0, round(whole - placed, 9)))


def _with_weight(events: pl.DataFrame, groups: pl.DataFrame | None) -> pl.DataFrame:
    if groups is None:
        return events.with_columns(pl.lit(1.0).alias(_WEIGHT))
    known = groups.select("event_id", "group_id").unique("event_id", keep="first")
    joined = events.join(known, on="event_id", how="left", maintain_order="left")
    size = pl.len().over(pl.coalesce("group_id", "event_id"))
    return joined.with_columns((1.0 / size).alias(_WEIGHT))


def _with_class(events: pl.DataFrame) -> pl.DataFrame:
    told = {code: action.quad_class_gdelt for code, action in actions().items()}
    classes = {code: CLASSES[number] for code, number in told.items() if number}
    named = pl.col("action_code").cast(pl.String)
    found = named.replace_strict(list(classes), list(classes.values()), default=None)
    return events.with_columns(found.alias(_CLASS))


def _by_month(events: pl.DataFrame, days: Rule) -> pl.DataFrame:
    if days == "every_day":
        raise ValueError("every_day counts days and not events; take uniform or earliest.")
    columns = [c for c in ("day", "day_weight", "open_bound") if c in events.columns]
    spread = spread_over_days(events.drop(columns), days)
    return spread.with_columns(
        pl.col("day").cast(pl.String).str.slice(0, 7).alias("month"),
        (pl.col(_WEIGHT) * pl.col("day_weight")).alias(_WEIGHT),
    )


def _counted(events: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    weight = pl.col(_WEIGHT)
    classes = (weight.filter(pl.col(_CLASS) == name).sum().alias(name) for name in CLASSES.values())
    counts = events.group_by(keys).agg(weight.sum().alias("events"), *classes)
    # Weights of days add up to one but for the last digit of a double.
    return counts.with_columns(pl.selectors.float().round(9)).sort(keys, nulls_last=True)


def _dyad_month(events: pl.DataFrame, days: Rule) -> pl.DataFrame:
    keys = ("actor_country_code", "target_country_code")
    held = _with_columns(events, keys).drop_nulls(keys)
    return _counted(_by_month(held, days), ["month", *keys])


def _country_month(events: pl.DataFrame, days: Rule) -> pl.DataFrame:
    held = _with_columns(events, ["place_country_code"]).drop_nulls("place_country_code")
    return _counted(_by_month(held, days), ["month", "place_country_code"])


def _actors(events: pl.DataFrame, _: Rule) -> pl.DataFrame:
    held = _with_columns(events, (*_ACTOR, *_TARGET))
    keys = ["country_code", "name", "part"]
    sides = [
        held.filter(_is_named(side)).with_columns(
            pl.col(side[0]).alias("country_code"),
            pl.col(side[1]).alias("name"),
            pl.lit(part).alias("part"),
        )
        for side, part in ((_ACTOR, "actor"), (_TARGET, "target"))
    ]
    return _counted(pl.concat(sides), keys)


def _is_named(side: tuple[str, str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(*side).is_not_null())


def _with_columns(events: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    lacking = [name for name in names if name not in events.columns]
    return events.with_columns(pl.lit(None, pl.String).alias(name) for name in lacking)


_TABLES: dict[Table, Callable[[pl.DataFrame, Rule], pl.DataFrame]] = {
    "dyad-month": _dyad_month,
    "country-month": _country_month,
    "actor": _actors,
}
