"""Why two rows are linked, or are not: each part of the rule in a plain sentence."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from qantar.dataset.linking.link import LinkError, columns_of, link_events
from qantar.dataset.linking.rows import rows_of
from qantar.dataset.linking.rule import LinkRule
from qantar.dataset.linking.score import GATES, Comparison, compare

_FAILED = {
    "time": "Their days lie too far apart.",
    "act": "Their acts cannot be one.",
    "source": "They are of one source, which would not tell one event twice like this.",
    "place": "Their places lie too far apart, or in two countries.",
    "sum": "One stands for several events, and the other is no sum of the same days.",
    "deaths": "Their figures of deaths can hardly be one.",
    "parties": "Their parties contradict each other.",
}


def why_linked(frame: Any, one: str, other: str, rule: LinkRule) -> list[str]:
    """Say why two rows are linked or are not, in sentences.

    frame: all rows that were linked, since others decide with which of several a row goes. Raises
    LinkError where an id is not there.
    """
    held = columns_of(frame)
    if one == other:
        raise LinkError("Name two events: both ids are the same.")
    pair = held.filter(pl.col("event_id").is_in([one, other])).sort("event_id")
    for event_id in (one, other):
        if event_id not in pair["event_id"]:
            raise LinkError(f"There is no event {event_id} in the files.")
    rows = rows_of(pair, rule)
    if not rows.dated.all():
        return [f"{one} and {other} are not linked: one lacks a bound of its date."]
    compared = compare(rows, rule, np.array([0]), np.array([1]))
    failed = [name for name, gate in GATES.items() if not gate(compared)[0]]
    told = [*_parts(compared, pair), *(_FAILED[name] for name in failed)]
    links = link_events(held, rule)
    groups = dict(links.groups.filter(pl.col("event_id").is_in([one, other])).iter_rows())
    is_one = groups[one] == groups[other]
    head = f"{one} and {other} are {'' if is_one else 'not '}counted as one event."
    return [
        head,
        *told,
        *_outcome(compared, pair, is_one, not failed),
        *_size(links.groups, groups),
    ]


def _parts(pairs: Comparison, pair: pl.DataFrame) -> Iterator[str]:
    mine, theirs = pair.to_dicts()
    yield f"Time {pairs.time[0]:.2f}: {_days(pairs, 0)} and {_days(pairs, 1)}; {_apart(pairs)}."
    yield f"Place {pairs.place[0]:.2f}: {_distance(pairs)}."
    kinds = [pairs.rows.kinds[pairs.rows.kind[row]].rstrip(":").replace(":", "/") for row in (0, 1)]
    codes = [row["action_code"] or row["source_action"] or "no code" for row in (mine, theirs)]
    yield f"Act {pairs.act[0]:.2f}: {codes[0]} ({kinds[0]}) and {codes[1]} ({kinds[1]})."
    turned = ", with sides exchanged" if pairs.parties.is_mirrored[0] else ""
    dyads = [f"{_party(row, 'actor')} to {_party(row, 'target')}" for row in (mine, theirs)]
    yield f"Parties {pairs.parties.score[0]:.2f}: {dyads[0]}, and {dyads[1]}{turned}."
    told = (row["fatalities_best"] for row in (mine, theirs))
    figures = ["not told" if figure is None else f"{figure:.0f}" for figure in told]
    yield f"Deaths {pairs.deaths[0]:.2f}: {' and '.join(figures)}."
    weights = ", ".join(f"{name} {weight:g}" for name, weight in pairs.rule.weights.items())
    yield (
        f"Score {pairs.score[0]:.2f} by the weights {weights}; "
        f"the rule {pairs.rule.name} asks {pairs.rule.min_score:g}."
    )


def _outcome(pairs: Comparison, pair: pl.DataFrame, is_one: bool, is_open: bool) -> Iterator[str]:
    """What decided, beside the parts."""
    firm = pairs.rows.is_firm(pairs.rule)
    for event_id, is_firm in zip(pair["event_id"], firm, strict=True):
        if not is_firm:
            yield (
                f"{event_id} is vague (its place, its days or both parties): it joins one group at "
                "most, and only if one fits best."
            )
    if is_one and not is_open:
        yield "Both fit a third row of the group."
    elif is_open and not is_one:
        low = pairs.score[0] < pairs.rule.min_score
        yield (
            "The score is too low."
            if low
            else "They are runners-up: another row fits better or as well, or a row of one's group "
            "contradicts the other."
        )


def _size(table: pl.DataFrame, groups: dict[str, str]) -> Iterator[str]:
    for group in sorted({*groups.values()}):
        count = table.filter(pl.col("group_id") == group).height
        yield f"The group {group} has {count} row{'' if count == 1 else 's'}."


def _days(pairs: Comparison, row: int) -> str:
    first, last = (
        (date(1970, 1, 1) + timedelta(days=int(days[row]))).isoformat()
        for days in (pairs.rows.first, pairs.rows.last)
    )
    return first if first == last else f"{first} to {last}"


def _apart(pairs: Comparison) -> str:
    gap = int(pairs.gap[0])
    window = f"the window is {_counted(pairs.rule.days, 'day')}"
    return f"{_counted(gap, 'day')} apart, {window}" if gap else "they overlap"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _distance(pairs: Comparison) -> str:
    if np.isnan(pairs.km[0]):
        here, there = pairs.rows.country
        is_same = here >= 0 and here == there
        open_told = "a country is not known" if min(here, there) < 0 else "two countries"
        return f"one has no point; {'the country is the same' if is_same else open_told}"
    return f"{pairs.km[0]:.1f} km apart; {pairs.reach[0]:g} km are allowed"


def _party(row: dict[str, Any], side: str) -> str:
    for part in ("name", "code", "country_code"):
        if row[f"{side}_{part}"]:
            return str(row[f"{side}_{part}"])
    return "nobody named"
