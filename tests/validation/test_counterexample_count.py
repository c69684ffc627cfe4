"""No rule goes without counterexamples: two at least, as data, each found where it says."""

import json
from collections import Counter
from pathlib import Path

from qantar.schema.rules import rules

TESTS = Path(__file__).parents[1]
FOLDERS = ("counterexamples", "counterexamples/files", "observations")
FEWEST = 2


def counted() -> Counter[str]:
    """How many cases have a fault of each rule."""
    found: Counter[str] = Counter()
    for path in (path for folder in FOLDERS for path in (TESTS / folder).glob("*.json")):
        for case in json.loads(path.read_text("utf-8"))["cases"]:
            found.update({fault["rule"] for fault in case["faults"]})
    return found


def test_every_rule_has_at_least_two_counterexamples() -> None:
    found = counted()
    assert {rule.id for rule in rules() if found[rule.id] < FEWEST} == set()


def test_no_counterexample_is_of_a_rule_that_there_is_not() -> None:
    assert set(counted()) <= {rule.id for rule in rules()}
