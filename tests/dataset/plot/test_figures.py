"""What the figures show: labels, counts, order, and the colour of each class."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from qantar.dataset import load
from qantar.dataset.plot import draw_agreement, draw_codes, draw_network, draw_timeline
from qantar.dataset.plot.__main__ import FIGURES, main
from qantar.dataset.plot.style import NOT_OCCURRED, QUAD_CLASSES

pytest.importorskip("matplotlib", reason="pictures need the extra plot")

import matplotlib.colors
import matplotlib.figure
import matplotlib.patches
import matplotlib.pyplot as plt

ROOT = Path(__file__).parents[3]
COLOURS = {quad: colour for quad, (_, colour) in QUAD_CLASSES.items()}


@pytest.fixture(scope="module")
def events():
    return load("events")


def row(**changes):
    plain = {
        "event_id": "X-000001",
        "action_code": "cameo:190",
        "action_name": "Use conventional military force, not specified below",
        "actor_name": "Ada",
        "target_name": "Bob",
        "occurred": True,
        "polarity": "affirmative",
        "date_earliest": date(2022, 1, 3),
        "date_latest": date(2022, 1, 3),
    }
    return plain | changes


def labels(figure):
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def texts(figure):
    return [text.get_text() for text in (*figure.texts, *figure.axes[0].texts)]


def hexes(colours):
    return [matplotlib.colors.to_hex(colour) for colour in colours]


@pytest.fixture(scope="module")
def figures():
    return {name: draw() for name, draw in FIGURES.items()}


def test_they_are_figures_that_pyplot_does_not_keep(figures):
    assert all(isinstance(figure, matplotlib.figure.Figure) for figure in figures.values())
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", FIGURES)
def test_the_legend_and_the_title_are_there(figures, name):
    figure = figures[name]
    assert texts(figure)[0] == figure.texts[0].get_text() != ""
    if name != "agreement":
        shown = [text.get_text() for text in figure.legends[0].get_texts()]
        assert shown[:4] == [label for label, _ in QUAD_CLASSES.values()]


def test_the_timeline_has_a_dot_a_bar_and_an_arrow_oldest_on_top():
    rows = [
        row(date_earliest=date(2022, 1, 5), date_latest=None, occurred=False, actor_name=None),
        row(date_latest=date(2022, 1, 9), action_code="cameo:043", action_name="Host a visit"),
        row(),
    ]
    figure = draw_timeline(pd.DataFrame(rows))
    assert labels(figure) == [
        "Ada → Bob: use conventional military force",
        "Ada → Bob: host a visit",
        "Bob: use conventional military force",
    ]
    axes = figure.axes[0]
    dot, arrow = axes.lines
    assert (dot.get_marker(), dot.get_color()) == ("o", COLOURS[4])
    assert (arrow.get_marker(), arrow.get_color()) == (">", NOT_OCCURRED[1])
    bars = [hexes(bar.get_color())[0] for bar in axes.collections]
    assert bars == [COLOURS[1], NOT_OCCURRED[1]]


def test_the_timeline_counts_what_it_leaves_out(events):
    figure = draw_timeline(first=date(2022, 1, 6), last=date(2022, 1, 6))
    day = pd.Timestamp(2022, 1, 6)
    outside = ((events["date_earliest"] > day) | (events["date_latest"] < day)).sum()
    assert len(labels(figure)) == len(events) - outside
    assert f"{outside} events outside these days are not drawn." in texts(figure)[-1]


def test_a_negated_act_says_so():
    assert labels(draw_timeline(pd.DataFrame([row(polarity="negated")])))[0].startswith(
        "Ada → Bob: not use"
    )


@pytest.mark.parametrize("by", ["root", "code"])
def test_code_counts_are_those_of_the_table_in_the_order_of_codes(events, by):
    figure = draw_codes(events, by=by)
    column = "action_root_code" if by == "root" else "action_code"
    counts = events[column].value_counts().sort_index()
    assert [label.split()[-1] for label in labels(figure)] == [
        code.removeprefix("cameo:") for code in counts.index
    ]
    shown = [text.get_text().strip() for text in figure.axes[0].texts]
    assert shown == [str(count) for count in counts]
    done = events[events["occurred"]][column].value_counts()
    bars = figure.axes[0].patches
    assert [bar.get_width() for bar in bars[::2]] == [done.get(code, 0) for code in counts.index]
    assert set(hexes(bar.get_facecolor() for bar in bars[1::2])) == {NOT_OCCURRED[1]}


def test_a_root_has_the_colour_of_its_class(events):
    figure = draw_codes(events)
    quads = events.dropna(subset="quad_class_gdelt").groupby("action_root_code")
    wanted = {
        code.removeprefix("cameo:"): COLOURS[int(quad)]
        for code, quad in quads["quad_class_gdelt"].first().items()
    }
    bars = zip(labels(figure), figure.axes[0].patches[::2], strict=True)
    drawn = {label.split()[-1]: bar.get_facecolor() for label, bar in bars}
    for code, colour in wanted.items():
        assert matplotlib.colors.to_hex(drawn[code]) == colour


def test_agreement_stands_with_its_interval_highest_on_top():
    figures = [("code", "matched", 0.8), ("code", "all", 0.6), ("event", "all", 0.9)]
    rows = [figure_of("a;b;c", 3, *one) for one in figures]
    figure = draw_agreement(pd.DataFrame([*rows, figure_of("a;b", 2, "code", "all", 0.1)]))
    assert [label.split(":")[0] for label in labels(figure)] == ["event", "code"]
    points = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert points == [0.9, 0.8, 0.6]
    ends = [tuple(bar.get_segments()[0][:, 0]) for bar in figure.axes[0].collections]
    assert ends == [pytest.approx((value - 0.1, value + 0.1)) for value in points]
    counted = [text.get_text() for text in figure.axes[0].texts]
    assert counted == ["0.90  (n = 9)", "0.80 / 0.60  (n = 9 / 9)"]
    assert figure.texts[0].get_text() == "How far codings agree: a, b, c"


def figure_of(coders, n_coders, field, counted, value):
    return {
        "coders": coders,
        "n_coders": n_coders,
        "field": field,
        "measure": "alpha_nominal",
        "counted": counted,
        "value": value,
        "low": value - 0.1,
        "high": value + 0.1,
        "n": 9,
    }


def test_agreement_of_chosen_coders_and_of_releases_that_name_none():
    table = pd.DataFrame(
        [figure_of("a;b", 2, "code", "all", 0.1), figure_of("a;b;c", 3, "code", "all", 0.6)]
    )
    assert texts(draw_agreement(table, "a;b"))[0] == "How far codings agree: a, b"
    with pytest.raises(ValueError, match="no figure of agreement of a;z"):
        draw_agreement(table, "a;z")
    assert len(labels(draw_agreement(load("agreement", "0.2.0")))) == 9


def arrows(figure):
    return [p for p in figure.axes[0].patches if isinstance(p, matplotlib.patches.FancyArrowPatch)]


def dyad(actor, target, code, day="2022-01-03", weight=1.0):
    return {
        "event_id": f"X-{actor}{target}{code}",
        "actor_id": actor,
        "target_id": target,
        "action_code": code,
        "date_earliest": day,
        "date_latest": day,
        "weight": weight,
    }


def test_an_arrow_for_each_direction_and_class():
    dyads = load("dyads")
    quads = load("codes").set_index("action_code")["quad_class_gdelt"]
    wanted = Counter(
        COLOURS[quads[code]]
        for _, _, code in {
            (one, other, QUAD_CLASSES[quads[code]]): (one, other, code)
            for one, other, code in zip(
                dyads["actor_id"], dyads["target_id"], dyads["action_code"], strict=True
            )
            if one != other
        }.values()
    )
    assert Counter(hexes(arrow.get_edgecolor() for arrow in arrows(draw_network()))) == wanted


def test_arrows_run_from_actor_to_target_and_grow_with_weight():
    rows = [dyad("a", "b", "cameo:190", weight=3.0), dyad("b", "a", "cameo:043")]
    names = pd.DataFrame({"actor_id": ["a", "b"], "name_en": ["Ada", "Bob"]})
    figure = draw_network(pd.DataFrame(rows), names)
    places = {text.get_text(): text.get_position()[0] for text in figure.axes[0].texts}
    thick, thin = sorted(arrows(figure), key=lambda arrow: -arrow.get_linewidth())
    assert thick.get_linewidth() > thin.get_linewidth()
    assert hexes([thick.get_edgecolor(), thin.get_edgecolor()]) == [COLOURS[4], COLOURS[1]]
    assert [end[0] for end in thick._posA_posB] == [places["Ada"], places["Bob"]]
    assert [end[0] for end in thin._posA_posB] == [places["Bob"], places["Ada"]]
    # A full head has an inside, an open one has none.
    assert (thick.get_arrowstyle().fillend, thin.get_arrowstyle().fillend) == (True, False)


def test_the_network_of_a_time():
    rows = [dyad("a", "b", "cameo:190"), dyad("c", "d", "cameo:190", day="2022-02-01")]
    figure = draw_network(pd.DataFrame(rows), last=date(2022, 1, 31))
    assert sorted(text.get_text() for text in figure.axes[0].texts) == ["a", "b"]
    assert texts(figure)[1].startswith("1 events that occurred, between 2 actors.")


@pytest.mark.parametrize(
    ("name", "suffix", "start"),
    [
        ("agreement", "pdf", b"%PDF"),
        ("codes", "png", b"\x89PNG"),
        ("network", "svg", b"<?xml"),
    ],
)
def test_the_command_writes_what_the_suffix_says(name, suffix, start, tmp_path):
    path = tmp_path / f"figure.{suffix}"
    main([name, str(path)])
    assert path.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["map", "x.svg"], "agreement|codes|network|timeline FILE"),
        (["timeline"], "Usage"),
        ([], "Usage"),
        (["timeline", "nowhere/x.svg"], "nowhere/x.svg cannot be written"),
        (["timeline", "x.docx"], "x.docx cannot be written"),
    ],
)
def test_what_cannot_be_drawn_is_told(arguments, told):
    with pytest.raises(SystemExit, match=re.escape(told)):
        main(arguments)


def test_the_picture_of_the_readme_is_up_to_date(tmp_path):
    def words(path):
        return re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text(encoding="utf-8"))

    drawn, committed = tmp_path / "timeline.svg", ROOT / "docs" / "timeline.svg"
    main(["timeline", str(drawn)])
    # Where lines fall depends on the fonts of the machine; what is written does not.
    assert len(words(drawn)) > 30
    mend = "run: python -m qantar.dataset.plot timeline docs/timeline.svg"
    assert words(committed) == words(drawn), mend
