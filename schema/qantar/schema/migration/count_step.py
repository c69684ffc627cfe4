"""The step on deaths: the columns of an event become a row of counts."""

from typing import Any

from qantar.schema.migration.setting import Setting, Surety
from qantar.schema.shape import Row
from qantar.schema.vocabulary import CountedSide, CountKind, CountPrecision

FIGURES = ("low", "best", "high")
FATALITIES = (*(f"fatalities_{name}" for name in FIGURES), "fatalities_claimant_id")


def count_deaths(event: Row) -> tuple[Row | None, list[Setting]]:
    """The claim that the columns ``fatalities_`` make, and what was set; None where there is none.

    The event stays as it is. Its span of a number has the ordinal 1, as the claim has.
    """
    figures = {
        name: event[c] for name, c in zip(FIGURES, FATALITIES, strict=False) if _is(event, c)
    }
    key = str(event.get("event_id", ""))
    claimant = event.get("fatalities_claimant_id")
    if not figures:
        if claimant is None:
            return None, []
        told = (
            "Who gives a number of deaths stands there without a number. Give it, or leave it out."
        )
        column = "fatalities_claimant_id"
        return None, [
            Setting("deaths", "events", key, column, claimant, claimant, Surety.left, told)
        ]
    kept, precision = _precise(figures)
    claim: Row = {
        "ordinal": 1,
        "kind": str(CountKind.deaths),
        "of_whom": str(CountedSide.all),
        **kept,
        "precision": str(precision),
    }
    if claimant is not None:
        claim["claimant_id"] = claimant
    before = ", ".join(f"{name} {value}" for name, value in figures.items())
    told = "The numbers of deaths are a row of counts, deaths of all."
    precise = (
        "How the words give the number is guessed from which figures there are. Read the words: "
        "they may say about, at least, at most, or dozens."
    )
    return claim, [
        Setting("deaths", "counts", key, "kind", before, "deaths", Surety.mechanical, told),
        Setting(
            "deaths", "counts", key, "precision", None, str(precision), Surety.to_check, precise
        ),
    ]


def without_deaths(event: Row) -> Row:
    """The event without the columns that follow from counts."""
    return {name: value for name, value in event.items() if name not in FATALITIES}


def _precise(figures: dict[str, Any]) -> tuple[dict[str, Any], CountPrecision]:
    """The figures to keep, and how exact they are by which of them there are."""
    if "best" in figures and len({*map(str, figures.values())}) == 1:
        return {"best": figures["best"]}, CountPrecision.exact
    if "best" in figures:
        return figures, CountPrecision.about
    if "high" not in figures:
        return figures, CountPrecision.at_least
    return figures, CountPrecision.at_most if "low" not in figures else CountPrecision.vague


def _is(event: Row, column: str) -> bool:
    return event.get(column) is not None
