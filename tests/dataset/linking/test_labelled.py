"""The rule on the labelled set: it stays at least as good as it was measured."""

from pathlib import Path

import polars as pl
import pytest

from qantar.dataset.linking.link import link_events
from qantar.dataset.linking.measure import measure
from qantar.dataset.linking.rule import PRESETS

LABELLED = Path(__file__).parent / "labelled"


def read(name):
    return pl.read_csv(LABELLED / f"{name}.csv", infer_schema=False)


def measured(rule):
    return measure(link_events(read("events"), rule).groups, read("judgements"), read("groups"))


def test_the_set_is_what_its_page_says():
    judged = read("judgements")
    assert (read("events").height, judged.height) == (503, 549)
    assert judged["same"].value_counts().sort("same").rows() == [("no", 316), ("yes", 233)]


def test_the_rule_is_as_good_as_it_was():
    found = measured("qantar")
    assert found.precision >= 0.96
    assert found.recall >= 0.87
    assert found.b_precision >= 0.98
    assert found.b_recall >= 0.95


@pytest.mark.parametrize("preset", [name for name in PRESETS if name != "qantar"])
def test_the_rule_is_better_than_windows_alone(preset):
    ours, theirs = measured("qantar"), measured(preset)
    assert ours.f1 > theirs.f1
    assert ours.b_cubed > theirs.b_cubed
