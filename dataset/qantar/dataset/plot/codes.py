"""How often each kind of act was coded."""

from collections import Counter
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Literal

from qantar.dataset.load import load
from qantar.dataset.plot.style import (
    INK,
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
from qantar.schema.codebook import actions

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

_LONGEST_NAME = 52


def draw_codes(
    events: "pandas.DataFrame | None" = None, *, by: Literal["root", "code"] = "root"
) -> "Figure":
    """Draw how many events each code has, from cooperation (01) down to violence (20).

    events: rows of the table `events`, by default of the latest release. by: root codes, or
    the codes themselves. Coloured are acts that occurred, grey those that did not.
    """
    table = load("events") if events is None else events
    records: list[Any] = table.to_dict("records")
    # Converted rows may have no code of CAMEO.
    records = [record for record in records if isinstance(record["action_code"], str)]
    keys = [_key(record["action_code"], by) for record in records]
    done = [record.get("occurred", True) is not False for record in records]
    all_events = Counter(keys)
    occurred = Counter(key for key, is_done in zip(keys, done, strict=True) if is_done)
    codes = sorted(all_events)
    figure, axes = new_sheet(9, 1.5 + 0.26 * len(codes))
    for place, code in enumerate(codes):
        axes.barh(place, occurred[code], color=kind_of_act(code)[1], height=0.7)
        rest = all_events[code] - occurred[code]
        axes.barh(place, rest, left=occurred[code], color=NOT_OCCURRED[1], height=0.7)
        axes.text(all_events[code], place, f" {all_events[code]}", va="center", fontsize=TEXT)
    axes.set_yticks(range(len(codes)), [_label(code) for code in codes], fontsize=TEXT)
    axes.set_ylim(len(codes) - 0.4, -0.6)
    axes.set_xticks([])
    axes.axvline(0, color=INK, linewidth=0.8)
    head(figure, "What was coded")
    legend(figure, [*QUAD_CLASSES.values(), NOT_OCCURRED])
    note(figure, f"{len(records)} events, by {'root code' if by == 'root' else 'code'} (CAMEO).")
    return finish(figure, above=0.55)


def _key(code: str, by: str) -> str:
    action = actions().get(code)
    return action.root_code if action and by == "root" else code


def _label(code: str) -> str:
    action = actions().get(code)
    name = shorten(action.action_name, _LONGEST_NAME, placeholder="…") if action else ""
    return f"{name}  {code.partition(':')[2]}"
