"""Values traced to spans, within one chunk of nested records."""

import numpy as np
import polars as pl

from qantar.schema.rule import Traced
from qantar.validation.engine.nested.nested_link import JudgedChunk
from qantar.validation.readers.nested.level_rows import Mask
from qantar.validation.tables.cells import SOUND
from qantar.validation.tables.chunk import Rows
from qantar.validation.tables.key_hash import NONE, Hashes, hashes_of, joined_hashes


def untraced(rule: Traced, chunk: JudgedChunk) -> Rows:
    """Rows of the rule's table with a value that no span may show."""
    columns = chunk.columns[rule.table]
    fields = np.zeros(chunk.rows[rule.table].height, np.uint64)
    asked = np.zeros(len(fields), np.bool_)
    for name in rule.columns:
        is_first = ~asked & (columns[name].states == SOUND)
        if rule.field is None:
            fields[is_first] = columns[name].hashes()[is_first]
        asked |= is_first
    asked &= chunk.where(rule.table, rule.when)
    if rule.field is not None:
        if rule.ordinal is None:
            return np.flatnonzero(asked & ~_is_shown(rule.field, rule, chunk))
        fields[:] = hashes_of([rule.field])
    sought = _keys(chunk, rule.table, rule, fields)
    shown = _keys(chunk, "spans", rule, chunk.columns["spans"]["field"].hashes())
    places = np.flatnonzero(asked & (sought != NONE))
    is_shown = pl.Series(sought[places]).is_in(pl.Series(shown).implode()).to_numpy()
    missed: Rows = places[~is_shown]
    return missed


def _is_shown(field: str, rule: Traced, chunk: JudgedChunk) -> Mask:
    """Where there is a span with the field."""
    spans = chunk.columns["spans"]["field"]
    has_field = (spans.states == SOUND) & (spans.hashes() == hashes_of([field])[0])
    owner = "events" if rule.key == "event_id" else "mentions"
    shown = np.zeros(chunk.rows[owner].height, np.bool_)
    shown[_around(chunk, "spans", rule)[has_field]] = True
    mask: Mask = shown[_around(chunk, rule.table, rule)]
    return mask


def _around(chunk: JudgedChunk, table: str, rule: Traced) -> Rows:
    """The mention or event around each row, by its number in the chunk."""
    rows = chunk.rows[table]
    if rule.key == "event_id":
        return rows.records
    return np.arange(rows.height) if table == "mentions" else rows.parents


def _keys(chunk: JudgedChunk, table: str, rule: Traced, fields: Hashes) -> Hashes:
    """Of each row the mention or event around it, the field and, where asked, which value."""
    columns = chunk.columns[table]
    present = np.ones(len(fields), np.bool_)
    hashes = [_around(chunk, table, rule).astype(np.uint64), fields]
    if rule.ordinal:
        ordinal = columns["ordinal" if table == "spans" else rule.ordinal]
        hashes.append(ordinal.hashes())
        present = ordinal.states == SOUND
    return joined_hashes(hashes, present)
