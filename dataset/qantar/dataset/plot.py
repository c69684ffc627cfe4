"""Pictures of a release, drawn with matplotlib (the extra ``plot``).

``python -m qantar.dataset.plot timeline FILE`` draws the latest release.
"""

import sys
from datetime import date, timedelta
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from qantar.dataset.load import load

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# What GDELT's quad classes mean, and colours that colour-blind readers can tell apart.
QUAD_CLASSES = {
    1: ("verbal cooperation", "#0072b2"),
    2: ("material cooperation", "#009e73"),
    3: ("verbal conflict", "#e69f00"),
    4: ("material conflict", "#d55e00"),
}
NOT_OCCURRED = ("did not occur: supposed, judged, foretold", "#8a8a8a")
_LONGEST_NAME, _LONGEST_ACT = 28, 34
_INK, _PAPER, _GRID = "#222222", "#ffffff", "#dddddd"


def draw_timeline(
    events: "pandas.DataFrame | None" = None,
    *,
    first: date = date(2022, 1, 1),
    last: date = date(2022, 1, 31),
) -> "Figure":
    """Draw each event as the days on which it can have been, oldest on top.

    events: rows of the table `events`, by default of the latest release. first, last: the
    days drawn; events that lie wholly outside are counted below the picture, not drawn. A
    dot is a certain day, a bar an uncertain one, an arrow an interval without end.
    """
    import matplotlib.pyplot as plt

    table = load("events") if events is None else events
    records: list[Any] = table.to_dict("records")
    rows = [_as_bar(record, first, last) for record in records]
    drawn = sorted((row for row in rows if row), key=lambda bar: (bar["start"], bar["end"]))
    figure, axes = plt.subplots(figsize=(11, 1.6 + 0.2 * len(drawn)), facecolor=_PAPER)
    for place, bar in enumerate(drawn):
        _draw_bar(axes, place, bar)
    _dress(axes, drawn, first, last)
    left_out = len(rows) - len(drawn)
    note = "A dot is a certain day, a bar the days an act can have been on, an arrow an open end."
    if left_out:
        note += f" {left_out} events outside these days are not drawn."
    figure.text(0.01, 0.005, note, fontsize=7.5, color=_INK)
    figure.tight_layout(rect=(0, 0.02, 1, 0.95))
    return figure


def _as_bar(row: dict[str, Any], first: date, last: date) -> dict[str, Any] | None:
    start, end = _day(row["date_earliest"]), _day(row["date_latest"])
    if start is None and end is None:
        return None
    if (start or first) > last or (end or last) < first or (start is None and end == first):
        return None
    quad = row["quad_class_gdelt"]
    occurred = bool(row["occurred"])
    parties = " → ".join(
        shorten(row[name], _LONGEST_NAME, placeholder="…")
        for name in ("actor_name", "target_name")
        if isinstance(row[name], str)
    )
    act = row["action_name"].partition(",")[0].partition(" (")[0].lower()
    act = f"not {act}" if row["polarity"] == "negated" else act
    return {
        "start": max(start or first, first),
        "end": min(end or last, last),
        "open": end is None,
        "kind": QUAD_CLASSES[int(quad)] if occurred else NOT_OCCURRED,
        "label": f"{parties or 'Nobody named'}: {shorten(act, _LONGEST_ACT, placeholder='…')}",
    }


def _day(value: Any) -> date | None:
    return None if value is None or value != value else date.fromisoformat(str(value)[:10])


def _draw_bar(axes: "Axes", place: int, bar: dict[str, Any]) -> None:
    _, colour = bar["kind"]
    if bar["start"] == bar["end"]:
        axes.plot([bar["start"]], [place], "o", color=colour, markersize=6)
        return
    axes.hlines(place, bar["start"], bar["end"], color=colour, linewidth=4, alpha=0.55)
    if bar["open"]:
        axes.plot([bar["end"]], [place], ">", color=colour, markersize=6)


def _dress(axes: "Axes", drawn: list[dict[str, Any]], first: date, last: date) -> None:
    from matplotlib.dates import DateFormatter, DayLocator
    from matplotlib.lines import Line2D

    axes.set_yticks(range(len(drawn)), [bar["label"] for bar in drawn], fontsize=7.5)
    axes.set_ylim(len(drawn) - 0.4, -0.6)
    margin = timedelta(hours=18)
    axes.set_xlim(first - margin, last + margin)  # type: ignore[arg-type]
    axes.xaxis.set_major_locator(DayLocator(bymonthday=[1, 5, 10, 15, 20, 25, 31]))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%-d %b"))  # type: ignore[no-untyped-call]
    axes.xaxis.tick_top()
    axes.grid(axis="x", color=_GRID, linewidth=0.8)
    axes.tick_params(length=0, colors=_INK, labelsize=8)
    for side in axes.spines.values():
        side.set_visible(False)
    kinds = [*QUAD_CLASSES.values(), NOT_OCCURRED]
    handles = [Line2D([], [], color=colour, linewidth=4, label=name) for name, colour in kinds]
    figure = axes.get_figure()
    assert figure is not None
    figure.legend(handles=handles, fontsize=8, frameon=False, ncols=3, loc="upper right")
    figure.text(0.01, 0.985, "Who did what to whom,", fontsize=12, color=_INK, va="top")
    figure.text(0.01, 0.957, "and when it can have been", fontsize=12, color=_INK, va="top")


FIGURES = {"timeline": draw_timeline}


def main(arguments: list[str]) -> None:
    """Draw a figure into a file; its suffix (.svg, .png, .pdf) says the format."""
    import matplotlib as mpl

    if len(arguments) != 2 or arguments[0] not in FIGURES:
        sys.exit(f"Usage: python -m qantar.dataset.plot {'|'.join(FIGURES)} FILE")
    mpl.use("Agg")
    mpl.rcParams |= {"svg.hashsalt": "qantar", "svg.fonttype": "none"}
    target = Path(arguments[1])
    metadata = {"Date": None} if target.suffix == ".svg" else None
    FIGURES[arguments[0]]().savefig(target, dpi=150, metadata=metadata)


if __name__ == "__main__":
    main(sys.argv[1:])
