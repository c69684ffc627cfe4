"""The layouts of other event data, told by the names or the cells of a file's first line.

Source of the layouts: the code books of GDELT 1.0, 2.0 and GKG 2.1, ICEWS, UCDP GED, ACLED,
POLECAT and Phoenix, and the headers of files that these projects publish.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

_DAY = r"[0-9]{8}"
_TIME = r"[0-9]{14}"
_NUMBER = r"[0-9]+"


@dataclass(frozen=True)
class Layout:
    """A layout of another system.

    marks: names, as `bare` makes them, that a header of it has at least. counts: how many
    columns files without a header have; cells: patterns of some of these, by index from 0.
    """

    name: str
    marks: frozenset[str]
    counts: tuple[int, ...] = ()
    cells: Mapping[int, str] = field(default_factory=dict)


LAYOUTS = (
    Layout(
        "GDELT 2.0 export",
        frozenset({"globaleventid", "sqldate", "eventcode", "actiongeoadm2code"}),
        (61,),
        {0: _NUMBER, 1: _DAY, 2: r"[0-9]{6}", 3: r"[0-9]{4}", 29: r"[1-4]", 59: _TIME},
    ),
    Layout(
        "GDELT 1.0 export",
        frozenset({"globaleventid", "sqldate", "eventcode"}),
        (57, 58),
        {0: _NUMBER, 1: _DAY, 2: r"[0-9]{6}", 3: r"[0-9]{4}", 29: r"[1-4]", 56: _DAY},
    ),
    # As spreadsheets spoil its header.
    Layout("GDELT 2.0 export", frozenset({"globaleventid", "sqldate", "eventcode"}), (61,)),
    Layout(
        "GDELT 2.0 mentions file",
        frozenset({"globaleventid", "mentiontimedate", "mentionidentifier"}),
        (16,),
        {0: _NUMBER, 1: _TIME, 2: _TIME, 3: r"[1-6]"},
    ),
    Layout(
        "GDELT Global Knowledge Graph (GKG 2.1) file",
        frozenset({"gkgrecordid"}),
        (27,),
        {0: r"[0-9]{14}-T?[0-9]+", 1: _TIME, 2: r"[1-6]"},
    ),
    Layout(
        "GDELT Global Knowledge Graph (GKG 1.0) file",
        frozenset({"numarts", "themes", "tone", "cameoeventids"}),
    ),
    Layout(
        "GDELT 1.0 reduced file",
        frozenset({"cameocode", "numevents", "numarts", "quadclass"}),
        (17,),
        {0: _DAY, 3: r"[0-9]{2,4}", 4: _NUMBER, 5: _NUMBER, 6: r"[1-4]"},
    ),
    Layout(
        "ICEWS file",
        frozenset({"eventid", "eventdate", "eventtext", "sourcename", "targetname"}),
        (20,),
        {0: _NUMBER, 1: r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}", 12: _NUMBER},
    ),
    Layout(
        "UCDP GED file",
        frozenset({"typeofviolence", "deathscivilians", "datestart", "whereprec"}),
        (49,),
        {0: _NUMBER, 2: r"[0-9]{4}", 5: r"[123]"},
    ),
    Layout("ACLED file", frozenset({"eventidcnty", "eventdate", "eventtype", "fatalities"})),
    Layout(
        "POLECAT file",
        frozenset({"eventid", "eventtype", "eventmode", "actorname", "recipientname"}),
        (40,),
        {1: r"[0-9]{4}-[0-9]{2}-[0-9]{2}", 5: r"(?i:(?:verbal|material) (?:conflict|cooperation))"},
    ),
    Layout("Phoenix file", frozenset({"gid", "cameo", "rootcode", "quadclass"})),
    Layout("Phoenix file", frozenset({"eid", "storydate", "rootcode", "quadclass"})),
    Layout(
        "Phoenix file",
        frozenset({"eventid", "sourceactorfull", "targetactorfull", "eventrootcode"}),
        (26,),
        {1: _DAY, 2: r"[0-9]{4}", 3: r"[0-9]{1,2}", 4: r"[0-9]{1,2}", 15: r"[0-4]"},
    ),
    Layout(
        "HDX HAPI file of conflict events",
        frozenset({"locationcode", "referenceperiodstart", "eventtype", "fatalities"}),
    ),
    Layout("Global Terrorism Database file", frozenset({"eventid", "iyear", "imonth", "iday"})),
)
_UNLIKE_DATA = re.compile(r"[^0-9a-z]+")


def bare(name: str) -> str:
    """A name in small letters and digits only, by which names are the same to people."""
    return _UNLIKE_DATA.sub("", name.removeprefix("ï»¿").casefold())


def layout_of_names(names: Collection[str]) -> Layout | None:
    """The layout whose header has these names, and so many where several have them."""
    held = {bare(name) for name in names}
    found = [layout for layout in LAYOUTS if layout.marks <= held]
    return next(
        (layout for layout in found if len(names) in layout.counts), next(iter(found), None)
    )


def layout_of_cells(cells: Sequence[str]) -> Layout | None:
    """The layout of which these cells are a row, where a file has no header."""
    return next((layout for layout in LAYOUTS if _is_row(layout, cells)), None)


def _is_row(layout: Layout, cells: Sequence[str]) -> bool:
    is_told = len(cells) in layout.counts and bool(layout.cells)
    return is_told and all(
        re.fullmatch(pattern, cells[index].strip()) for index, pattern in layout.cells.items()
    )
