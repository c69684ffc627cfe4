"""Made-up exchange rows in the shape of GDELT's: many, with long tails, gaps and the globe."""

import random
from datetime import date, timedelta

from qantar.schema.codebook import actions
from qantar.schema.country_box import country_boxes
from qantar.schema.shape import Row
from support.made_up_package import Files, csv_package, redescribe

_ROLES = ("GOV", "MIL", "OPP", "COP", "CVL", "MED", "")
_FIRST_DAY = date(2020, 1, 1)
_DAYS = 1_000


def exchange_events(number: int, seed: int = 1) -> list[Row]:
    """So many valid rows of `events`, the same for every run.

    As in GDELT a third of them lacks an actor or a target, a few actors and places have
    most events, and every date is one day.
    """
    dice = random.Random(seed)
    codes = sorted(actions())
    states = sorted(country_boxes())[:120]
    actors = [(f"{state} {role}".strip(), state, role) for role in _ROLES for state in states]
    dice.shuffle(actors)
    places = [_place(n, dice.choice(states), dice) for n in range(1_500)]
    return [_event(n, codes, actors, places, dice) for n in range(number)]


def exchange_package(number: int, seed: int = 1) -> Files:
    """A valid CSV package of so many exchange rows."""
    package = csv_package({"events": exchange_events(number, seed)})
    return redescribe(package, lambda facts: facts.update({"qantar:profile": "exchange"}))


def _place(number: int, country: str, dice: random.Random) -> Row:
    box = country_boxes()[country][0]
    longitude = box.west + dice.random() * (box.unwrapped_east - box.west)
    precision = dice.choices(("city", "region", "country"), (6, 2, 1))[0]
    return {
        "place_name": country if precision == "country" else f"Town {number}, {country}",
        "place_country_code": country,
        "latitude": round(box.south + dice.random() * (box.north - box.south), 4),
        "longitude": round((longitude + 180) % 360 - 180, 4),
        "place_precision": precision,
    }


def _event(
    number: int,
    codes: list[str],
    actors: list[tuple[str, str, str]],
    places: list[Row],
    dice: random.Random,
) -> Row:
    day = (_FIRST_DAY + timedelta(days=dice.randrange(_DAYS))).isoformat()
    event: Row = {
        "event_id": f"GDELT-{number:09}",
        "record_version": 1,
        "action_code": codes[_early(len(codes), dice)],
        "date_earliest": day,
        "date_latest": day,
    }
    for slot in ("actor", "target"):
        if dice.random() < 0.83:
            name, state, role = actors[_early(len(actors), dice)]
            event |= {
                f"{slot}_name": name,
                f"{slot}_code": f"{state}{role}",
                f"{slot}_country_code": state,
            }
    if dice.random() < 0.9:
        event |= places[_early(len(places), dice)]
    return event


def _early(size: int, dice: random.Random) -> int:
    """A place in a list, the first ones most often."""
    return int(size * dice.random() ** 3)
