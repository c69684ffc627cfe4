"""Values traced to spans, within one block of nested records."""

import numpy as np
import polars as pl

from qantar.schema.rule import Traced
from qantar.validation.blocks.block import Rows
from qantar.validation.blocks.block_column import SOUND
from qantar.validation.blocks.key_hash import NONE, Hashes, hashes_of, joined_hashes
from qantar.validation.blocks.nested_level import Mask
from qantar.validation.blocks.nested_link import JudgedBlock


def untraced(rule: Traced, block: JudgedBlock) -> Rows:
    """Rows of the rule's table with a value that no span may show."""
    columns = block.columns[rule.table]
    fields = np.zeros(block.rows[rule.table].height, np.uint64)
    asked = np.zeros(len(fields), np.bool_)
    for name in rule.columns:
        is_first = ~asked & (columns[name].states == SOUND)
        if rule.field is None:
            fields[is_first] = columns[name].hashes()[is_first]
        asked |= is_first
    asked &= block.where(rule.table, rule.when)
    if rule.field is not None:
        if rule.ordinal is None:
            return np.flatnonzero(asked & ~_is_shown(rule.field, rule, block))
        fields[:] = hashes_of([rule.field])
    sought = _keys(block, rule.table, rule, fields)
    shown = _keys(block, "spans", rule, block.columns["spans"]["field"].hashes())
    places = np.flatnonzero(asked & (sought != NONE))
    is_shown = pl.Series(sought[places]).is_in(pl.Series(shown).implode()).to_numpy()
    missed: Rows = places[~is_shown]
    return missed


def _is_shown(field: str, rule: Traced, block: JudgedBlock) -> Mask:
    """Where there is a span with the field."""
    spans = block.columns["spans"]["field"]
    has_field = (spans.states == SOUND) & (spans.hashes() == hashes_of([field])[0])
    owner = "events" if rule.key == "event_id" else "mentions"
    shown = np.zeros(block.rows[owner].height, np.bool_)
    shown[_around(block, "spans", rule)[has_field]] = True
    mask: Mask = shown[_around(block, rule.table, rule)]
    return mask


def _around(block: JudgedBlock, table: str, rule: Traced) -> Rows:
    """The mention or event around each row, by its number in the block."""
    rows = block.rows[table]
    if rule.key == "event_id":
        return rows.records
    return np.arange(rows.height) if table == "mentions" else rows.parents


def _keys(block: JudgedBlock, table: str, rule: Traced, fields: Hashes) -> Hashes:
    """Of each row the mention or event around it, the field and, where asked, which value."""
    columns = block.columns[table]
    present = np.ones(len(fields), np.bool_)
    hashes = [_around(block, table, rule).astype(np.uint64), fields]
    if rule.ordinal:
        ordinal = columns["ordinal" if table == "spans" else rule.ordinal]
        hashes.append(ordinal.hashes())
        present = ordinal.states == SOUND
    return joined_hashes(hashes, present)
