"""ICEWS: codes from damaged codes, labels and figures."""

import polars as pl
import pytest

from qantar.dataset.conversion.icews_code import (
    DIFFERING,
    FILLED,
    OFF_SCALE,
    OPEN,
    ZERO,
    coded,
    labels,
)
from qantar.schema.codebook import actions


@pytest.mark.parametrize(
    ("code", "label", "intensity", "told"),
    [
        ("042", "Make a visit", 1.9, ("cameo:042", None)),
        ("42", "Make a visit", 1.9, ("cameo:042", ZERO)),
        ("42", None, None, ("cameo:042", ZERO)),
        ("20", "Make an appeal or request", 3.0, ("cameo:020", ZERO)),
        ("20", None, 3.0, ("cameo:020", ZERO)),
        ("20", None, -10.0, ("cameo:20", None)),
        ("20", None, None, (None, OPEN)),
        ("20", "No such act", 7.7, (None, OPEN)),
        ("211", None, None, ("cameo:0211", ZERO)),
        ("13y", "Threaten with repression", -7.0, ("cameo:137", FILLED)),
        ("13y", "Threaten with repression", 1.0, ("cameo:137", OFF_SCALE)),
        ("13y", None, None, (None, None)),
        (None, "fight with small arms and light weapons", -10.0, ("cameo:193", FILLED)),
        (None, "Carry out car bombing", None, ("cameo:1832", FILLED)),
        (None, "Meet at a 'third' location", None, ("cameo:044", FILLED)),
        (None, "Reject", None, ("cameo:120", FILLED)),
        (None, None, 3.0, (None, None)),
        ("1213", "Reject judicial cooperation", -4.0, ("icews:1213", None)),
        ("1214", None, None, ("icews:1214", None)),
        ("111", "Make a visit", -2.0, ("cameo:111", DIFFERING)),
        ("12", "Reject", -4.0, ("cameo:12", None)),
    ],
)
def test_what_a_code_a_label_and_a_figure_tell(
    code: str | None, label: str | None, intensity: float | None, told: tuple[str | None, ...]
) -> None:
    frame = pl.DataFrame(
        [(code, label, intensity)],
        schema={"code": pl.String, "label": pl.String, "intensity": pl.Float64},
        orient="row",
    )
    assert coded(frame).row(0) == told


def test_rows_stay_in_their_order() -> None:
    frame = pl.DataFrame({"code": ["111", "042"] * 50, "label": [None] * 100}).with_columns(
        pl.col("label").cast(pl.String), pl.lit(None, pl.Float64).alias("intensity")
    )
    assert coded(frame)["action_code"].to_list() == ["cameo:111", "cameo:042"] * 50


def test_every_code_but_the_roots_has_a_label_of_its_own() -> None:
    told = set(labels().values())
    assert {code for code in actions() if len(code) > len("cameo:01")} <= told
