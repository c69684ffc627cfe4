"""The front page shows records as they are released, and counts what there is."""

import re
from pathlib import Path

from qantar.dataset import load
from qantar.schema.rules import rules

PAGE = (Path(__file__).parents[2] / "docs" / "index.md").read_text(encoding="utf-8")


def test_its_records_are_those_of_the_release():
    table = PAGE.split("## A report is not yet an event")[1].split("##")[0]
    lines = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")]
    head, rows = [cell.strip("`") for cell in lines[0]], lines[2:]
    events = load("events").set_index("event_id")
    assert len(rows) == 3
    for row in rows:
        record, told, *values = [cell.strip("`") for cell in row]
        event = events.loc[record]
        assert told == event["summary_en"]
        for column, value in zip(head[2:], values, strict=True):
            assert value.lower() == str(event[column]).lower(), (record, column)


def test_it_counts_the_rules():
    assert re.findall(r"same (\d+) rules", PAGE) == [str(len({rule.id for rule in rules()}))]
