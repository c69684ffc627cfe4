"""The nearest valid word is offered only where it is likely to be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.schema.vocabulary import Factuality, SpanField
from qantar.validation.faults.suggestion import nearest

FACTUALITY = [member.value for member in Factuality]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Asserted", "asserted"), ("aserted", "asserted"), ("yes", None), ("x" * 10_000, None)],
)
def test_a_word_is_recognised_where_it_is_close(written: str, meant: str | None) -> None:
    assert nearest(written, FACTUALITY) == meant


@given(st.text())
def test_what_is_offered_is_one_of_the_list(text: str) -> None:
    candidates = [member.value for member in SpanField]
    assert nearest(text, candidates) in {*candidates, None}
