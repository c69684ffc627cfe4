"""Values traced to spans, within one block of nested records."""

import numpy as np
import polars as pl

from qantar.schema.rule import Traced
from qantar.validation.blocks.block import Rows
from qantar.validation.blocks.block_column import SOUND
from qantar.validation.blocks.key_hash import NONE, Hashes, hashes_of, joined_hashes
from qantar.validation.blocks.nested_link import JudgedBlock


def untraced(rule: Traced, block: JudgedBlock) -> Rows:
    """Rows of the rule's table with a value that no span may show."""
    columns = block.columns[rule.table]
    height = block.rows[rule.table].height
    fields = np.repeat(hashes_of([rule.field or ""]), height)
    asked = np.zeros(height, np.bool_)
    for name in rule.columns:
        is_first = ~asked & (columns[name].states == SOUND)
        if rule.field is None:
            fields = np.where(is_first, columns[name].hashes(), fields)
        asked |= is_first
    asked &= block.where(rule.table, rule.when)
    sought = _keys(block, rule.table, rule, fields)
    shown = _keys(block, "spans", rule, block.columns["spans"]["field"].hashes())
    places = np.flatnonzero(asked & (sought != NONE))
    is_shown = pl.Series(sought[places]).is_in(pl.Series(shown).implode()).to_numpy()
    missed: Rows = places[~is_shown]
    return missed


def _keys(block: JudgedBlock, table: str, rule: Traced, fields: Hashes) -> Hashes:
    """Of each row the mention or event around it, the field and, where asked, which value."""
    rows, columns = block.rows[table], block.columns[table]
    if rule.key == "event_id":
        around = rows.records
    else:
        around = np.arange(rows.height) if table == "mentions" else rows.parents
    present = np.ones(rows.height, np.bool_)
    hashes = [around.astype(np.uint64), fields]
    if rule.ordinal:
        ordinal = columns["ordinal" if table == "spans" else rule.ordinal]
        hashes.append(ordinal.hashes())
        present = ordinal.states == SOUND
    return joined_hashes(hashes, present)
