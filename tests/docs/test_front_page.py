"""The front page shows records as they are released, and counts what there is."""

import re
from pathlib import Path

from qantar.dataset import load
from qantar.schema.rules import rules

PAGE = (Path(__file__).parents[2] / "docs" / "index.md").read_text(encoding="utf-8")


def test_its_records_are_those_of_the_release():
    shown = re.findall(
        r"^- (.+)\\\n  `(QTR-\d+)`: `(cameo:\d+)`, (\w+), (\w+)(, conditional)?; \*\*(.+)\*\*$",
        PAGE,
        re.M,
    )
    events = load("events").set_index("event_id")
    assert len(shown) == 3
    for told, record, *values in shown:
        event = events.loc[record]
        assert told == event["summary_en"]
        assert values == [
            event["action_code"],
            event["factuality"],
            event["polarity"],
            ", conditional" if event["conditional"] else "",
            "occurred" if event["occurred"] else "does not count as having occurred",
        ]


def test_it_counts_the_rules():
    assert re.findall(r"same (\d+) rules", PAGE) == [str(len({rule.id for rule in rules()}))]
