"""Prose in coding sheets: one text in the main language, or texts by language."""

import pytest

from qantar.builders.prose import read_prose


@pytest.mark.parametrize("value", [3, True, ["a text"]])
def test_what_is_no_text_is_told(value):
    with pytest.raises(ValueError, match="summary must be a text, or texts by language"):
        read_prose("summary", value)
