"""Rows of events linked and grouped: the call behind the command, for frames."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from qantar.dataset.linking.blocking import Blocking
from qantar.dataset.linking.groups import grouped
from qantar.dataset.linking.party import Ints
from qantar.dataset.linking.rows import COLUMNS, Rows, rows_of
from qantar.dataset.linking.rule import PARTS, LinkRule, rule_of
from qantar.dataset.linking.score import best_pairs, compare, linkable
from qantar.dataset.linking.twins import without_twins

GROUP_PREFIX = "G-"


class LinkError(ValueError):
    """Rows that cannot be linked; the message says what to do."""


@dataclass(frozen=True)
class Links:
    """What a rule found.

    links: a row a pair: `a`, `b` (event ids, the smaller first), `score`, its parts `time`,
    `place`, `act`, `parties` and `deaths`, `days_apart`, `km_apart`, `mirrored` (whether sides
    are exchanged), `rank` (1 where no better pair has one of the two) and `chosen` (whether both
    are in one group; else the pair is a runner-up). groups: `event_id` and `group_id` of every
    row. undated: rows that lack a bound and were not compared. crowded: rows that had too many
    candidates to tell one.
    """

    rule: LinkRule
    links: pl.DataFrame
    groups: pl.DataFrame
    undated: int = 0
    crowded: int = 0

    def plain(self) -> dict[str, Any]:
        """The account, as JSON holds it."""
        sizes = self.groups["group_id"].value_counts()["count"]
        chosen = int(self.links["chosen"].sum())
        return {
            "rule": self.rule.plain(),
            "rows": self.groups.height,
            "groups": sizes.len(),
            "groups_by_size": {
                str(size): count for size, count in sorted(Counter(sizes.to_list()).items())
            },
            "links": self.links.height,
            "chosen": chosen,
            "runners_up": self.links.height - chosen,
            "mirrored": int((self.links["chosen"] & self.links["mirrored"]).sum()),
            "rows_without_bounds": self.undated,
            "rows_with_too_many_candidates": self.crowded,
        }

    def as_text(self) -> str:
        """The account in a few lines, for people."""
        told = self.plain()
        lines = [
            f"{_counted(told['rows'], 'row')} in {_counted(told['groups'], 'group')}, each one "
            f"event by the rule {self.rule.name}.",
            f"{_counted(told['chosen'], 'pair')} chosen, {told['mirrored']:,} with sides "
            f"exchanged; {_counted(told['runners_up'], 'runner-up', 'runners-up')}.",
        ]
        if self.undated:
            lines.append(f"Without a bound of the date, and so alone: {self.undated:,}.")
        if self.crowded:
            lines.append(f"Not tried, since each could be one of too many: {self.crowded:,}.")
        return "\n".join(lines)


def link_events(frame: Any, rule: LinkRule | str = "qantar") -> Links:
    """Link the rows that report one event, and give every row the id of its group.

    frame: rows of the table `events` in the exchange profile, of one or several sources, held in
    memory: polars, pandas, Arrow or whatever else narwhals reads. rule: a preset's name, or a
    rule, such as ``rule_of("qantar", days=2)``. Nothing depends on the order of the rows; a
    group's id is ``G-`` and the smallest id of its events.

    Raises LinkError where ids are absent or come twice, ValueError for a rule there is not.

    >>> import polars
    >>> shared = {"action_code": "cameo:190", "date_earliest": "2022-03-05",
    ...           "date_latest": "2022-03-05", "latitude": -19.98, "longitude": 23.42,
    ...           "place_precision": "city", "place_country_code": "BWA"}
    >>> events = polars.DataFrame([
    ...     {"event_id": "A-1", "source_system": "icews", "actor_name": "Salt Road Column",
    ...      "target_name": "Military (Botswana)", **shared},
    ...     {"event_id": "B-1", "source_system": "acled", "target_name": "Salt Road Column",
    ...      "actor_name": "Military Forces of Botswana (2017-)", **shared},
    ... ])
    >>> found = link_events(events)
    >>> found.groups["group_id"].to_list(), found.links["mirrored"].to_list()
    (['G-A-1', 'G-A-1'], [True])
    """
    asked = rule_of(rule) if isinstance(rule, str) else rule
    held = columns_of(frame)
    rows = rows_of(held, asked)
    twins = without_twins(held, rows, asked)
    left = twins.rows
    blocking = Blocking(left, asked)
    pairs = best_pairs(
        linkable(compare(left, asked, one, other)) for one, other in blocking.pairs()
    )
    own = np.where(left.is_counted, left.source, -1)
    groups = twins.grouped(grouped(len(left), pairs, left.is_firm(asked), own, asked.margin))
    return Links(
        asked,
        _told(twins.numbered(pairs), rows, groups),
        pl.DataFrame({"event_id": rows.ids, "group_id": GROUP_PREFIX + rows.ids[groups]}),
        int((~rows.dated).sum()),
        blocking.crowded,
    )


def columns_of(frame: Any) -> pl.DataFrame:
    """The columns that a rule asks, from a frame of any library; raises LinkError."""
    held = nw.from_native(frame, eager_only=True)
    if "event_id" not in held.columns:
        raise LinkError("The rows have no column event_id; convert them with `qantar convert`.")
    asked = held.select(name for name in COLUMNS if name in held.columns)
    table = pl.from_arrow(asked.to_arrow())
    assert isinstance(table, pl.DataFrame)
    whole = table.select(
        pl.col(name).cast(kind, strict=False)
        if name in table.columns
        else pl.lit(None, kind).alias(name)
        for name, kind in COLUMNS.items()
    ).with_columns(
        pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name)
        for name in ("latitude", "longitude", "fatalities_best")
    )
    ids = whole["event_id"]
    if ids.null_count():
        raise LinkError("Some rows have no event_id; give each row one of its own.")
    if twice := ids.filter(ids.is_duplicated()).sort().head(1).to_list():
        raise LinkError(
            f"The event_id {twice[0]} comes more than once; give each row one of its own, and "
            "each file once."
        )
    return whole


def _told(pairs: pl.DataFrame, rows: Rows, groups: Ints) -> pl.DataFrame:
    """The pairs as users read them."""
    one, other = pairs["one"].to_numpy(), pairs["other"].to_numpy()
    sides = (pairs.select(pl.col(name).alias("row"), "score") for name in ("one", "other"))
    ranks = pl.concat(sides).select(
        pl.col("score").rank("min", descending=True).over("row").cast(pl.Int32)
    )
    here, there = ranks[: pairs.height], ranks[pairs.height :]
    rank = pl.select(pl.min_horizontal(here["score"], there["score"])).to_series()
    return pairs.select(
        rows.ids[one].alias("a"),
        rows.ids[other].alias("b"),
        "score",
        *PARTS,
        "days_apart",
        "km_apart",
        "mirrored",
        rank.alias("rank"),
        pl.Series("chosen", groups[one] == groups[other], pl.Boolean),
    )


def _counted(count: int, noun: str, nouns: str = "") -> str:
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
