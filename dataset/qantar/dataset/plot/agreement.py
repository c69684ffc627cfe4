"""How far independent codings agree."""

from typing import TYPE_CHECKING, Any, TypeAlias

from qantar.dataset.load import load
from qantar.dataset.plot.style import GRID, INK, SOFT, TEXT, finish, head, legend, new_sheet, note
from qantar.schema.vocabulary import CountedActs

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_Row: TypeAlias = dict[str, Any]
_KINDS = {
    CountedActs.matched: ("acts that coders have in common", "#0072b2"),
    CountedActs.all: ("all acts, or sentences", "#d55e00"),
}
_APART = 0.16
_NOTE = (
    "1 is full agreement; 0 is what chance would give, for F1 nothing in common. "
    "Lines are 95 % bootstrap intervals."
)
_MEASURES = {
    "detection_f1": "F1 of finding the same events",
    "alpha_nominal": "Krippendorff's alpha, nominal",
    "alpha_masi": "Krippendorff's alpha, MASI",
}


def draw_agreement(
    agreement: "pandas.DataFrame | None" = None, coders: str | None = None
) -> "Figure":
    """Draw each field's agreement with its interval, highest on top.

    agreement: rows of the table `agreement`, by default of the latest release. coders: whose
    figures, as the column has them (`coder-1;coder-2`); by default those of most coders
    together. Beside the figure of the acts that coders have in common stands that of all acts,
    in which an act that a coder lacks is disagreement. Measures of different kinds stand in
    one picture, each named; only values of the same measure can be compared. Raises
    ValueError where there are no such figures.
    """
    table = load("agreement") if agreement is None else agreement
    records: list[Any] = table.to_dict("records")
    chosen = _of_coders(records, coders)
    lines: dict[tuple[str, str], list[_Row]] = {}
    for row in sorted(chosen, key=lambda row: (_counted(row) is CountedActs.all, -row["value"])):
        lines.setdefault((row["field"], row["measure"]), []).append(row)
    ordered = sorted(lines.values(), key=lambda rows: (-rows[0]["value"], rows[0]["field"]))
    figure, axes = new_sheet(9, 1.7 + 0.36 * len(ordered))
    for place, rows in enumerate(ordered):
        _draw_line(axes, place, rows)
    axes.set_yticks(range(len(ordered)), [_label(rows[0]) for rows in ordered], fontsize=TEXT)
    axes.set_ylim(len(ordered) - 0.4, -0.6)
    axes.set_xlim(min([0.0, *(row["low"] for row in chosen)]), 1.0)
    axes.axvline(1, color=INK, linewidth=0.8)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", colors=SOFT)
    named = str(chosen[0].get("coders", "coder-1;coder-2")).replace(";", ", ")
    head(figure, f"How far codings agree: {named}")
    kinds = {_counted(row): _KINDS[_counted(row)] for row in chosen}
    legend(figure, [kind for counted, kind in _KINDS.items() if counted in kinds])
    note(figure, _NOTE)
    return finish(figure, above=0.35)


def _of_coders(rows: list[_Row], coders: str | None) -> list[_Row]:
    """The rows of these coders; releases before 0.3.0 have two coders and do not name them."""
    most = max((row.get("n_coders", 2) for row in rows), default=0)
    chosen = [
        row
        for row in rows
        if (row.get("coders") == coders if coders else row.get("n_coders", 2) == most)
    ]
    if not chosen:
        who = f" of {coders}" if coders else ""
        raise ValueError(f"there is no figure of agreement{who} to draw")
    return chosen


def _draw_line(axes: "Axes", place: int, rows: list[_Row]) -> None:
    for row in rows:
        colour = _KINDS[_counted(row)][1]
        shift = (_APART if _counted(row) is CountedActs.all else -_APART) if len(rows) > 1 else 0
        axes.hlines(place + shift, row["low"], row["high"], color=colour, linewidth=2.5, alpha=0.5)
        axes.plot([row["value"]], [place + shift], "o", color=colour, markersize=6, clip_on=False)
    values = " / ".join(f"{row['value']:.2f}" for row in rows)
    units = " / ".join(str(row["n"]) for row in rows)
    axes.text(1.03, place, f"{values}  (n = {units})", va="center", fontsize=TEXT)


def _counted(row: _Row) -> CountedActs:
    found = row.get("counted")
    return CountedActs(found) if isinstance(found, str) else CountedActs.matched


def _label(row: _Row) -> str:
    return f"{row['field']}: {_MEASURES.get(row['measure'], row['measure'])}"
