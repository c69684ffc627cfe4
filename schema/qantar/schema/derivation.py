"""The columns that follow from others, computed in one place for release and check."""

from collections.abc import Iterable, Mapping
from typing import Any

from qantar.schema.codebook import actions
from qantar.schema.rules import CODEBOOK_COLUMNS
from qantar.schema.shape import Row
from qantar.schema.vocabulary import Factuality, Polarity, Slot

_HAPPENED = (Factuality.asserted, Factuality.presupposed)


def has_occurred(event: Mapping[str, Any]) -> bool:
    """Whether the act took place: asserted or presupposed, and affirmative."""
    return event.get("factuality") in _HAPPENED and event.get("polarity") == Polarity.affirmative


def derive_event_columns(event: Mapping[str, Any], actor_names: Mapping[str, str]) -> Row:
    """The derived columns of `events` for a nested record; absent ones are left out.

    actor_names: English name by actor_id. A code that CAMEO lacks gives no names or scales.
    """
    occurred = has_occurred(event)
    mentions = event.get("mentions", [])
    row: Row = {
        "occurred": occurred,
        "attributed": any(m["leading"] and m.get("attributions") for m in mentions),
        "n_mentions": len(mentions),
        "n_articles": len({mention["article_id"] for mention in mentions}),
    }
    action = actions().get(event["action_code"])
    for column, (field, when) in CODEBOOK_COLUMNS.items():
        value = getattr(action, field, None)
        if value is not None and (occurred or not when):
            row[column] = value
    for slot in (Slot.actor, Slot.target):
        row |= _first_party(event, slot, actor_names)
    return row


def derive_dyads(event: Mapping[str, Any]) -> list[Row]:
    """The directed pairs of an event that occurred; their weights add up to one.

    A symmetric act gives each ordered pair of its parties. An event without an actor or
    without a target gives none.
    """
    actors, targets = (_in_slot(event, slot) for slot in (Slot.actor, Slot.target))
    if not (has_occurred(event) and actors and targets):
        return []
    parties = [*actors, *targets]
    pairs = (
        [(one, other) for one in parties for other in parties if one is not other]
        if event.get("symmetric")
        else [(actor, target) for actor in actors for target in targets]
    )
    rows = []
    for actor, target in pairs:
        row = {
            "event_id": event["event_id"],
            "actor_id": actor["actor_id"],
            "target_id": target["actor_id"],
            "actor_code": actor.get("actor_code"),
            "target_code": target.get("actor_code"),
            "action_code": event["action_code"],
            "date_earliest": event.get("date_earliest"),
            "date_latest": event.get("date_latest"),
            "weight": 1 / len(pairs),
        }
        rows.append({name: value for name, value in row.items() if value is not None})
    return rows


def name_by_actor(actors: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """English name by actor_id, from rows of `actors`."""
    return {row["actor_id"]: row["name_en"] for row in actors}


def _in_slot(event: Mapping[str, Any], slot: Slot) -> list[Row]:
    inside = [p for p in event.get("participants", []) if p["slot"] == slot]
    return sorted(inside, key=lambda participant: participant["ordinal"])


def _first_party(event: Mapping[str, Any], slot: Slot, actor_names: Mapping[str, str]) -> Row:
    parties = _in_slot(event, slot)
    if not parties:
        return {}
    first = parties[0]
    row = {
        f"{slot}_id": first["actor_id"],
        f"{slot}_name": actor_names.get(first["actor_id"]),
        f"{slot}_code": first.get("actor_code"),
        f"{slot}_country_code": first.get("actor_country_code"),
    }
    return {name: value for name, value in row.items() if value is not None}
