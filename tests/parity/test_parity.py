"""Today's verdicts are those that were frozen, but for the mends that are listed."""

from collections import Counter

import pytest

from parity.inputs import GROUPS
from parity.oracle import (
    COMMAND,
    Mend,
    differences,
    frozen_lines,
    inputs,
    lines_of,
    mended,
    mends,
    read_verdict,
)
from parity.representations import REPRESENTATIONS, Told

SHOWN = 10
ADVICE = f"mend the code, or list the difference in tests/parity/mends.json; new inputs: {COMMAND}"


def compared(group: str, *, is_quick: bool) -> None:
    found = [line for i in inputs(group) if i.is_quick is is_quick for line in differences(i)]
    assert not found, "\n".join([f"{len(found)} differences: {ADVICE}", *found[:SHOWN]])


@pytest.mark.parametrize("group", GROUPS)
def test_verdicts_are_as_frozen(group: str) -> None:
    compared(group, is_quick=True)


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_verdicts_of_all_inputs_are_as_frozen(group: str) -> None:
    compared(group, is_quick=False)


def test_every_input_is_frozen_and_nothing_else() -> None:
    assert {*frozen_lines()} == {given.name for given in inputs()}, f"run {COMMAND}"


def test_a_verdict_is_read_as_it_was_written() -> None:
    for given in inputs("counterexamples"):
        lines = frozen_lines()[given.name]
        assert [*lines_of(given, read_verdict(lines))] == lines


def test_every_mend_is_named_and_explained_once_and_changes_something() -> None:
    assert len({mend.name for mend in mends()}) == len(mends())
    assert all(mend.reason.endswith(".") for mend in mends())
    frozen = {name: read_verdict(lines) for name, lines in frozen_lines().items()}
    for mend in mends():
        pairs = ((n, held, told) for n, v in frozen.items() for held, told in v.items())
        assert any(mend.meets(n, held) and mend.applied(told) != told for n, held, told in pairs), (
            f"{mend.name} changes nothing"
        )


FAULT = Told("events", 3, "latitude", "value-type", "error", "one", "latitude, not 'one'.", None)


def mend(**parts: object) -> Mend:
    told = {"before": {}, "after": {}, "inputs": ("*",), "representations": ("csv*",)} | parts
    return Mend(name="a mend", reason="It is right.", **told)  # type: ignore[arg-type]


def test_a_mend_changes_the_fields_that_it_names() -> None:
    worded = mend(
        before={"rule": "value-type", "message": r"(\w+), not '(.*)'\."},
        after={"message": r"\1 is \2."},
    )
    other = FAULT._replace(rule="value-missing")
    told = Counter([FAULT, FAULT, other])
    assert worded.applied(told) == Counter(
        [FAULT._replace(message="latitude is one.")] * 2 + [other]
    )


def test_a_mend_takes_a_fault_away_or_adds_one() -> None:
    told = Counter([FAULT])
    assert mend(before={"row": "3"}, after=None).applied(told) == Counter()
    assert mend(before={"row": "30"}, after=None).applied(told) == told
    assert mend(before=None, after=FAULT._asdict()).applied(Counter()) == told


def test_a_mend_is_about_the_inputs_and_representations_that_it_names() -> None:
    worded = mend(inputs=("table events*", "records*"))
    assert worded.meets("table events, 1", "csv in blocks")
    assert not worded.meets("table actors, 1", "csv")
    assert not worded.meets("records, 1", "json")


def test_a_verdict_without_mends_stays_as_it_is() -> None:
    verdict = {name: Counter([FAULT]) for name in REPRESENTATIONS["tables"]}
    assert mended("an input that no mend names", verdict) == verdict
