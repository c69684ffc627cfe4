"""Pictures of a release for notebooks and papers, drawn with matplotlib (the extra ``plot``).

Each function takes frames or loads the latest release, and returns a matplotlib ``Figure``:
in a notebook the last line of a cell shows it, `savefig` writes it.
``python -m qantar.dataset.plot timeline FILE`` draws from the command line.
"""

from qantar.dataset.plot.agreement import draw_agreement
from qantar.dataset.plot.codes import draw_codes
from qantar.dataset.plot.network import draw_network
from qantar.dataset.plot.timeline import draw_timeline

__all__ = ["draw_agreement", "draw_codes", "draw_network", "draw_timeline"]
