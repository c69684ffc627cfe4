"""The columns that follow from others, computed in one place for release and check."""

from collections.abc import Iterable, Mapping
from typing import Any

from qantar.schema.codebook import actions, admitted_countries
from qantar.schema.edtf import date_extent
from qantar.schema.rules import CODEBOOK_COLUMNS
from qantar.schema.shape import Row
from qantar.schema.vocabulary import (
    CountedSide,
    CountKind,
    Direction,
    Factuality,
    Polarity,
    Slot,
)

_HAPPENED = (Factuality.asserted, Factuality.presupposed)


def has_occurred(event: Mapping[str, Any]) -> bool:
    """Whether the act took place: asserted or presupposed, affirmative, and without a doubt."""
    return (
        event.get("factuality") in _HAPPENED
        and event.get("polarity") == Polarity.affirmative
        and event.get("certainty") is None
    )


def is_reported(event: Mapping[str, Any]) -> bool:
    """Whether a row tells of an act as a fact, or does not say that it is none.

    Rows converted from other sources say nothing of factuality; they are taken as reports.
    """
    said = event.get("factuality") is not None or event.get("polarity") is not None
    return has_occurred(event) if said else event.get("certainty") is None


def derive_event_columns(event: Mapping[str, Any], actor_names: Mapping[str, str]) -> Row:
    """The derived columns of `events` for a nested record; absent ones are left out.

    actor_names: name in the main language by actor_id. A code that CAMEO lacks gives no names or
    scales.
    """
    occurred = has_occurred(event)
    mentions = event.get("mentions", [])
    row: Row = {
        "occurred": occurred,
        "attributed": any(m["leading"] and m.get("attributions") for m in mentions),
        "n_mentions": len(mentions),
        "n_articles": len({mention["article_id"] for mention in mentions}),
    }
    if "direction" in event:
        row["symmetric"] = event["direction"] == Direction.symmetric
    if "date_edtf" in event:
        row["date_extent"] = date_extent(event["date_edtf"])
    row |= derive_fatalities(event.get("counts", ()))
    action = actions().get(event.get("action_code", ""))
    for column, (field, when) in CODEBOOK_COLUMNS.items():
        value = getattr(action, field, None)
        if value is not None and (occurred or not when):
            row[column] = value
    for slot in (Slot.actor, Slot.target):
        row |= _first_party(event, slot, actor_names)
    return row


def derive_fatalities(counts: Iterable[Mapping[str, Any]]) -> Row:
    """The columns `fatalities_` of an event from its claims of deaths of all.

    The best figure and its claimant are those of the first claim; low and high hold for all
    claims. Nothing where there is no such claim.
    """
    claims = sorted(
        (c for c in counts if (c["kind"], c["of_whom"]) == (CountKind.deaths, CountedSide.all)),
        key=lambda claim: claim["ordinal"],
    )
    if not claims:
        return {}
    lows = [low for claim in claims if (low := claim.get("low", claim.get("best"))) is not None]
    highs = [high for claim in claims if (high := claim.get("high", claim.get("best"))) is not None]
    row = {
        "fatalities_low": min(lows, default=None),
        "fatalities_best": claims[0].get("best"),
        "fatalities_high": max(highs, default=None),
        "fatalities_claimant_id": claims[0].get("claimant_id"),
    }
    return {name: value for name, value in row.items() if value is not None}


def derive_dyads(event: Mapping[str, Any], actor_names: Mapping[str, str]) -> list[Row]:
    """The directed pairs of an event that occurred; their weights add up to one.

    A symmetric or undirected act gives each ordered pair of its parties. An event without an
    actor or without a target gives none, and who is only named beside stands in none.
    actor_names: name in the main language by actor_id.
    """
    actors, targets = (
        [p for p in _in_slot(event, slot) if not p.get("associated")]
        for slot in (Slot.actor, Slot.target)
    )
    if not (has_occurred(event) and actors and targets):
        return []
    parties = [*actors, *targets]
    both_ways = event.get("direction") in (Direction.symmetric, Direction.undirected)
    pairs = (
        [(one, other) for one in parties for other in parties if one is not other]
        if both_ways
        else [(actor, target) for actor in actors for target in targets]
    )
    action = actions().get(event.get("action_code", ""))
    return [
        _present(
            event_id=event["event_id"],
            actor_id=actor["actor_id"],
            target_id=target["actor_id"],
            **_side(actor, Slot.actor, actor_names),
            **_side(target, Slot.target, actor_names),
            action_code=event.get("action_code"),
            action_root_code=action and action.root_code,
            quad_class_gdelt=action and action.quad_class_gdelt,
            date_earliest=event.get("date_earliest"),
            date_latest=event.get("date_latest"),
            weight=1 / len(pairs),
        )
        for actor, target in pairs
    ]


def _side(party: Mapping[str, Any], slot: Slot, actor_names: Mapping[str, str]) -> Row:
    country = admitted_countries().get(party.get("actor_country_code", ""))
    return {
        f"{slot}_name": actor_names.get(party["actor_id"]),
        f"{slot}_code": party.get("actor_code"),
        f"{slot}_country_code": party.get("actor_country_code"),
        f"{slot}_cow_number": country and country.cow_number,
    }


def _present(**cells: Any) -> Row:
    return {name: value for name, value in cells.items() if value is not None}


def name_by_actor(actors: Iterable[Mapping[str, Any]], languages: Iterable[str]) -> dict[str, str]:
    """Name by actor_id, from rows of `actors`: in the first of the languages that has one."""
    keys = [f"name_{language}" for language in languages]
    names = ((row["actor_id"], [row[key] for key in keys if key in row]) for row in actors)
    return {actor_id: found[0] for actor_id, found in names if found}


def _in_slot(event: Mapping[str, Any], slot: Slot) -> list[Row]:
    inside = [p for p in event.get("participants", []) if p["slot"] == slot]
    return sorted(inside, key=lambda participant: participant["ordinal"])


def _first_party(event: Mapping[str, Any], slot: Slot, actor_names: Mapping[str, str]) -> Row:
    parties = _in_slot(event, slot)
    if not parties:
        return {}
    first = parties[0]
    return _present(
        **{
            f"{slot}_id": first["actor_id"],
            f"{slot}_name": actor_names.get(first["actor_id"]),
            f"{slot}_code": first.get("actor_code"),
            f"{slot}_country_code": first.get("actor_country_code"),
        }
    )
