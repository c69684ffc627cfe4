"""Which converter takes the rows of which system."""

from qantar.dataset.conversion import (
    acled,
    gdelt,
    gdelt_mentions,
    icews,
    ngec,
    phoenix,
    plover,
    polecat,
    ucdp,
)
from qantar.dataset.conversion.system import Converter

# By the system and by what its rows are.
CONVERTERS: dict[tuple[str, str], Converter] = {
    ("gdelt1", "events"): gdelt.convert,
    ("gdelt2", "events"): gdelt.convert,
    ("gdelt2", "mentions"): gdelt_mentions.convert,
    ("icews", "events"): icews.convert,
    ("ngec", "events"): ngec.convert,
    ("phoenix", "events"): phoenix.convert,
    ("plover", "events"): plover.convert,
    ("polecat", "events"): polecat.convert,
    ("ucdp-ged", "events"): ucdp.convert,
    ("acled", "events"): acled.convert,
}
SYSTEMS = tuple(dict.fromkeys(system for system, _ in CONVERTERS))
