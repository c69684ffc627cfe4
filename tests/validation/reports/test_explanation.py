"""Every rule can be explained, and a mistyped one is guessed."""

import pytest

from qantar.schema.rules import rules
from qantar.validation.reports.explanation import explain


@pytest.mark.parametrize("rule_id", sorted({rule.id for rule in rules()}))
def test_every_rule_is_explained(rule_id: str) -> None:
    same = [rule for rule in rules() if rule.id == rule_id]
    text = explain(rule_id)
    assert text.startswith(f"{rule_id} (")
    for rule in same:
        assert str(rule.severity) in text.splitlines()[0]
        assert rule.sentence in text
        assert rule.mend in text
    assert "Applies to: " in text
    assert "Profiles: " in text


def test_tables_and_columns_are_named() -> None:
    assert "events (date_latest, date_earliest)" in explain("date-reversed")
    assert "participants (event_id, slot, ordinal)" in explain("key-duplicate")
    assert explain("date-unexplained").endswith("Profiles: coded\n")


@pytest.mark.parametrize(
    ("written", "meant"), [("date-revresed", "date-reversed"), ("dangling", "key-dangling")]
)
def test_a_mistyped_rule_is_guessed(written: str, meant: str) -> None:
    assert meant in explain(written)


def test_a_rule_like_no_other_gets_the_whole_list() -> None:
    assert "value-type" in explain("zzzzzzzzzzzz")
    assert "value-type" in explain("")


def test_a_rule_of_an_earlier_schema_is_explained_as_one() -> None:
    text = explain("fatalities-claimant-missing")
    assert text.startswith("fatalities-claimant-missing (error)\n")
    assert text.endswith("This is a rule of schema 0.1.0, and no more of this one.\n")
