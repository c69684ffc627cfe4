"""How well groups of rows agree with what people judged."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Measures:
    """precision, recall: of judged pairs. b_precision, b_recall: B-cubed, of rows."""

    precision: float
    recall: float
    b_precision: float
    b_recall: float

    @property
    def f1(self) -> float:
        return _harmonic(self.precision, self.recall)

    @property
    def b_cubed(self) -> float:
        return _harmonic(self.b_precision, self.b_recall)


def measure(groups: pl.DataFrame, judgements: pl.DataFrame, truth: pl.DataFrame) -> Measures:
    """Compare groups with a labelled set.

    groups: `event_id` and `group_id`. judgements: `a`, `b` and `same` (yes or no). truth:
    `event_id` and `true_event`. B-cubed gives each row the share of its group that is of its true
    event (precision), and the share of its true event that is in its group (recall), and takes
    the mean over rows (Bagga and Baldwin 1998).

    >>> ids = ["A-1", "B-1", "C-1"]
    >>> groups = pl.DataFrame({"event_id": ids, "group_id": ["G", "G", "H"]})
    >>> truth = pl.DataFrame({"event_id": ids, "true_event": ["T", "T", "T"]})
    >>> judged = pl.DataFrame({"a": ["A-1", "A-1"], "b": ["B-1", "C-1"], "same": ["yes", "yes"]})
    >>> found = measure(groups, judged, truth)
    >>> found.precision, found.recall, found.b_precision, round(found.b_recall, 2)
    (1.0, 0.5, 1.0, 0.56)
    """
    for side in ("a", "b"):
        named = groups.select(pl.col("event_id").alias(side), pl.col("group_id").alias(f"g_{side}"))
        judgements = judgements.join(named, on=side, how="left", maintain_order="left")
    said = judgements["g_a"] == judgements["g_b"]
    same = judgements["same"] == "yes"
    hits = int((said & same).sum())
    whole = truth.join(groups, on="event_id")
    shared = pl.len().over("group_id", "true_event")
    means = whole.select(
        (shared / pl.len().over("group_id")).mean().alias("precision"),
        (shared / pl.len().over("true_event")).mean().alias("recall"),
    ).row(0)
    return Measures(_share(hits, int(said.sum())), _share(hits, int(same.sum())), *means)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
