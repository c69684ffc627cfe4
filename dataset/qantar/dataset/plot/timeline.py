"""Each event as the days on which it can have been."""

from datetime import date, timedelta
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from qantar.dataset.load import load
from qantar.dataset.plot.style import (
    GRID,
    NOT_OCCURRED,
    QUAD_CLASSES,
    TEXT,
    finish,
    head,
    kind_of_act,
    legend,
    new_sheet,
    note,
)

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

JANUARY = (date(2022, 1, 1), date(2022, 1, 31))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# In days.
_MARGIN = 0.75
_LONGEST_NAME, _LONGEST_ACT = 28, 34


def draw_timeline(
    events: "pandas.DataFrame | None" = None,
    *,
    first: date | None = None,
    last: date | None = None,
) -> "Figure":
    """Draw each event as the days on which it can have been, oldest on top.

    events: rows of the table `events`, by default of the latest release. first, last: the
    days drawn, by default January 2022 for that release and else all days of the rows;
    events that lie wholly outside are counted below the picture, not drawn. A dot is a
    certain day, a bar an uncertain one, an arrow an interval without end.
    """
    table = load("events") if events is None else events
    records: list[Any] = table.to_dict("records")
    whole = JANUARY if events is None else _days_of(records)
    days = (first or whole[0], last or whole[1])
    rows = [_as_bar(record, *days) for record in records]
    drawn = sorted((row for row in rows if row), key=lambda bar: (bar["start"], bar["end"]))
    figure, axes = new_sheet(11, 1.6 + 0.2 * len(drawn))
    for place, bar in enumerate(drawn):
        _draw_bar(axes, place, bar)
    _dress(axes, drawn, *days)
    head(figure, "Who did what to whom,", "and when it can have been")
    legend(figure, [*QUAD_CLASSES.values(), NOT_OCCURRED])
    told = "A dot is a certain day, a bar the days an act can have been on, an arrow an open end."
    left_out = len(rows) - len(drawn)
    if left_out:
        told += f" {left_out} events outside these days are not drawn."
    note(figure, told)
    return finish(figure, above=0.45)


def _days_of(records: list[Any]) -> tuple[date, date]:
    ends = [_day(record[name]) for record in records for name in ("date_earliest", "date_latest")]
    known = [day for day in ends if day]
    return (min(known), max(known)) if known else JANUARY


def _as_bar(row: dict[str, Any], first: date, last: date) -> dict[str, Any] | None:
    start, end = _day(row["date_earliest"]), _day(row["date_latest"])
    if start is None and end is None:
        return None
    if (start or first) > last or (end or last) < first or (start is None and end == first):
        return None
    parties = " → ".join(
        shorten(row[name], _LONGEST_NAME, placeholder="…")
        for name in ("actor_name", "target_name")
        if isinstance(row.get(name), str)
    )
    act = _act_of(row).partition(",")[0].partition(" (")[0].lower()
    act = f"not {act}" if row.get("polarity") == "negated" else act
    return {
        "start": max(start or first, first),
        "end": min(end or last, last),
        "open": end is None,
        "kind": kind_of_act(_code_of(row)) if row.get("occurred", True) else NOT_OCCURRED,
        "label": f"{parties or 'Nobody named'}: {shorten(act, _LONGEST_ACT, placeholder='…')}",
    }


def _code_of(row: dict[str, Any]) -> str:
    """The code; empty where a converted row has none."""
    code = row.get("action_code")
    return code if isinstance(code, str) else ""


def _act_of(row: dict[str, Any]) -> str:
    """What is done, in the words of CAMEO, else in those of the source."""
    words = (row.get(name) for name in ("action_name", "source_action"))
    return next((word for word in words if isinstance(word, str)), "act without a code")


def _day(value: Any) -> date | None:
    return None if value is None or value != value else date.fromisoformat(str(value)[:10])


def _draw_bar(axes: "Axes", place: int, bar: dict[str, Any]) -> None:
    _, colour = bar["kind"]
    if bar["start"] == bar["end"] and not bar["open"]:
        axes.plot([bar["start"]], [place], "o", color=colour, markersize=6)
        return
    axes.hlines(place, bar["start"], bar["end"], color=colour, linewidth=4, alpha=0.75)
    if bar["open"]:
        axes.plot([bar["end"]], [place], ">", color=colour, markersize=6, clip_on=False)


def _dress(axes: "Axes", drawn: list[dict[str, Any]], first: date, last: date) -> None:
    from matplotlib.dates import AutoDateLocator, DayLocator, date2num, num2date

    axes.set_yticks(range(len(drawn)), [bar["label"] for bar in drawn], fontsize=TEXT)
    axes.set_ylim(len(drawn) - 0.4, -0.6)
    start, end = date2num([first, last])  # type: ignore[no-untyped-call]
    axes.set_xlim(start - _MARGIN, end + _MARGIN)
    is_month = last - first < timedelta(days=35)
    locator = DayLocator([1, 5, 10, 15, 20, 25, 31]) if is_month else AutoDateLocator()  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)

    def name_day(number: float, _: float) -> str:
        day = num2date(number)  # type: ignore[no-untyped-call]
        return f"{day.day} {_MONTHS[day.month - 1]}" + ("" if is_month else f" {day.year}")

    # Not by strftime, which writes months in the language of the machine.
    axes.xaxis.set_major_formatter(name_day)
    axes.xaxis.tick_top()
    axes.grid(axis="x", color=GRID, linewidth=0.8)
