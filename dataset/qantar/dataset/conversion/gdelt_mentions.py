"""GDELT 2.0's mentions: a report of an event in a document, as rows of mentions.

Source: GDELT event codebook 2.0, mentions table.
"""

import polars as pl

from qantar.dataset.conversion.event_id import event_ids
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import trimmed


def convert(frame: pl.DataFrame, _: Given) -> Converted:
    """The rows of a chunk; see `crosswalks/gdelt2-mentions.csv` for each field."""
    ids = frame.select(trimmed("GLOBALEVENTID")).to_series()
    document = trimmed("MentionIdentifier")
    fields = frame.select(
        event_ids("GDELT", ids).alias("event_id"),
        pl.when(document.str.contains("^https?://")).then(document).alias("source_url"),
    )
    return Converted(fields, rejects={"It has no GLOBALEVENTID.": ids.is_null()})
