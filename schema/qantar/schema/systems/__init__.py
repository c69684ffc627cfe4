"""The layouts of other event data, and what becomes of their columns, as data."""

from qantar.schema.systems.crosswalk import Link, Relation, crosswalk
from qantar.schema.systems.layout import LAYOUTS, Layout, bare, layout_of_cells, layout_of_names
from qantar.schema.systems.source_action import SourceAction, source_actions
from qantar.schema.systems.source_country import SourceCountry, source_countries

__all__ = [
    "LAYOUTS",
    "Layout",
    "Link",
    "Relation",
    "SourceAction",
    "SourceCountry",
    "bare",
    "crosswalk",
    "layout_of_cells",
    "layout_of_names",
    "source_actions",
    "source_countries",
]
