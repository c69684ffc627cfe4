"""The picture at the top of the README shows the latest release."""

import re
from pathlib import Path

import pytest

from qantar.dataset.plot import main

pytest.importorskip("matplotlib", reason="pictures need the extra plot")

PICTURE = Path(__file__).parents[2] / "docs" / "timeline.svg"


def words_of(picture):
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture.read_text(encoding="utf-8"))


def test_the_committed_picture_says_what_the_release_says(tmp_path):
    # Where lines fall depends on the fonts of the machine; what is written does not.
    main(["timeline", str(tmp_path / "timeline.svg")])
    drawn = words_of(tmp_path / "timeline.svg")
    assert len(drawn) > 30
    assert words_of(PICTURE) == drawn, (
        "run: python -m qantar.dataset.plot timeline docs/timeline.svg"
    )


@pytest.mark.parametrize("arguments", [[], ["timeline"], ["pie", "x.svg"]])
def test_an_unknown_picture_is_refused_with_the_usage(arguments):
    with pytest.raises(SystemExit, match=r"Usage: .* timeline FILE"):
        main(arguments)
