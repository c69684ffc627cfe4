"""``python -m qantar.dataset.plot FIGURE FILE``: a figure of the latest release as a file."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qantar.dataset.plot import draw_agreement, draw_codes, draw_network, draw_timeline
from qantar.schema.replacement import replace_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURES: dict[str, Callable[[], "Figure"]] = {
    "agreement": draw_agreement,
    "codes": draw_codes,
    "network": draw_network,
    "timeline": draw_timeline,
}


def main(arguments: list[str]) -> None:
    """Draw a figure into a file; its suffix (.svg, .png, .pdf) says the format."""
    if len(arguments) != 2 or arguments[0] not in FIGURES:
        sys.exit(f"Usage: python -m qantar.dataset.plot {'|'.join(FIGURES)} FILE")
    try:
        import matplotlib as mpl
    except ImportError:
        sys.exit('The figures need matplotlib: pip install "qantar[plot]"')
    mpl.use("Agg")
    mpl.rcParams |= {"svg.hashsalt": "qantar", "svg.fonttype": "none"}
    target = Path(arguments[1])
    metadata = {"Date": None} if target.suffix == ".svg" else None
    try:
        picture = io.BytesIO()
        kind = target.suffix.removeprefix(".")
        FIGURES[arguments[0]]().savefig(picture, format=kind, dpi=150, metadata=metadata)
        replace_file(target, picture.getvalue())
    except (OSError, ValueError) as error:
        sys.exit(f"{target} cannot be written: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
