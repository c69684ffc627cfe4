"""What the figures share: colours, the kinds of acts, sheets of paper."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qantar.schema.codebook import actions

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Kind = tuple[str, str]
# What GDELT's quad classes mean, and colours that colour-blind readers can tell apart.
QUAD_CLASSES: dict[int, Kind] = {
    1: ("verbal cooperation", "#0072b2"),
    2: ("material cooperation", "#009e73"),
    3: ("verbal conflict", "#e69f00"),
    4: ("material conflict", "#d55e00"),
}
NOT_OCCURRED: Kind = (
    "does not count as having occurred: supposed, judged, foretold",
    "#8a8a8a",
)
UNCLASSED: Kind = ("without a class", "#555555")
INK, SOFT, PAPER, GRID = "#222222", "#5f5f5f", "#ffffff", "#dddddd"
TITLE, TEXT, NOTE = 12, 8, 7.5


def kind_of_act(action_code: str) -> Kind:
    """What a code's acts are called and their colour, by GDELT's quad class of the code."""
    action = actions().get(action_code)
    quad = action.quad_class_gdelt if action else None
    return QUAD_CLASSES.get(quad, UNCLASSED) if quad else UNCLASSED


def new_sheet(width: float, height: float) -> tuple["Figure", "Axes"]:
    """An empty figure in inches, without a frame around its axes."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(width, height), facecolor=PAPER)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, colors=INK, labelsize=TEXT)
    return figure, axes


def head(figure: "Figure", *lines: str) -> None:
    """The title at the top left."""
    from matplotlib.transforms import ScaledTranslation

    for number, line in enumerate(lines):
        down = ScaledTranslation(0, -(8 + 17 * number) / 72, figure.dpi_scale_trans)
        place = figure.transFigure + down
        figure.text(0.01, 1, line, fontsize=TITLE, color=INK, va="top", transform=place)


def note(figure: "Figure", text: str) -> None:
    """A remark at the foot."""
    figure.text(0.01, 0.005, text, fontsize=NOTE, color=SOFT)


def legend(figure: "Figure", kinds: Iterable[Kind], columns: int = 3) -> None:
    """What the colours mean, at the top right."""
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], color=colour, linewidth=4, label=name) for name, colour in kinds]
    figure.legend(handles=handles, fontsize=TEXT, frameon=False, ncols=columns, loc="upper right")


def finish(figure: "Figure", *, above: float) -> "Figure":
    """Fit the axes below so many inches of head, and let go of the figure.

    pyplot does not keep it: else a notebook would show it twice, and a loop fill memory.
    """
    import matplotlib.pyplot as plt

    height = figure.get_figheight()
    # Letters are wider at some resolutions than at that in which they are measured.
    figure.tight_layout(rect=(0.03, 0.22 / height, 1, 1 - above / height))
    plt.close(figure)
    return figure
