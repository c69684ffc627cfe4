"""The nearest valid value is offered only where it is likely to be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.schema.codebook import actions
from qantar.schema.vocabulary import Factuality, SpanField
from qantar.validation.faults.suggestion import nearest

CODES = list(actions())
FACTUALITY = [member.value for member in Factuality]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("012", "cameo:012"),
        ("0231", "cameo:0231"),
        ("231", "cameo:0231"),
        (41, "cameo:041"),
        (41.0, "cameo:041"),
        ("CAMEO:012", "cameo:012"),
        ("Cameo:012", "cameo:012"),
        ("cameo:12x", "cameo:12"),
        ("cameo:33", "cameo:033"),
        (" cameo:012 ", "cameo:012"),
        # 012 read as a number, or the root 12: nobody knows.
        (12, None),
        ("999", None),
        ("cameo:9999", None),
        ("cameo:0243x", "cameo:0243"),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_a_code_in_other_spelling_is_recognised(written: object, meant: str | None) -> None:
    assert nearest(written, CODES) == meant


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
