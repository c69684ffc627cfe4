"""How far two independent codings agree."""

from typing import TYPE_CHECKING, Any

from qantar.dataset.load import load
from qantar.dataset.plot.style import GRID, INK, SOFT, TEXT, finish, head, new_sheet, note

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

_COLOUR = "#0072b2"
_NOTE = (
    "1 is full agreement; 0 is what chance would give, for F1 nothing in common. "
    "Lines are 95 % bootstrap intervals."
)
_MEASURES = {
    "detection_f1": "F1 of finding the same events",
    "alpha_nominal": "Krippendorff's alpha, nominal",
    "alpha_masi": "Krippendorff's alpha, MASI",
}


def draw_agreement(agreement: "pandas.DataFrame | None" = None) -> "Figure":
    """Draw each field's agreement with its interval, highest on top.

    agreement: rows of the table `agreement` (field, measure, value, low, high, n), by
    default of the latest release. Measures of different kinds stand in one picture, each
    named; only values of the same measure can be compared.
    """
    table = load("agreement") if agreement is None else agreement
    records: list[Any] = table.to_dict("records")
    rows = sorted(records, key=lambda row: (-row["value"], row["field"]))
    figure, axes = new_sheet(9, 1.5 + 0.3 * len(rows))
    for place, row in enumerate(rows):
        axes.hlines(place, row["low"], row["high"], color=_COLOUR, linewidth=2.5, alpha=0.5)
        axes.plot([row["value"]], [place], "o", color=_COLOUR, markersize=7, clip_on=False)
        axes.text(1.03, place, f"{row['value']:.2f}  (n = {row['n']})", va="center", fontsize=TEXT)
    axes.set_yticks(range(len(rows)), [_label(row) for row in rows], fontsize=TEXT)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(min([0.0, *(row["low"] for row in rows)]), 1.0)
    axes.axvline(1, color=INK, linewidth=0.8)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", colors=SOFT)
    head(figure, "How far two codings agree")
    note(figure, _NOTE)
    return finish(figure, above=0.35)


def _label(row: dict[str, Any]) -> str:
    return f"{row['field']}: {_MEASURES.get(row['measure'], row['measure'])}"
