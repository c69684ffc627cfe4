"""Codes of acts: CAMEO's as sources write them, lost zeros restored, and those of a table."""

import polars as pl

from qantar.schema.codebook import actions
from qantar.schema.other_codes import fold_name
from qantar.schema.systems import source_actions


def cameo_code(code: pl.Expr, root: pl.Expr | None = None) -> pl.Expr:
    """A CAMEO code as a CURIE; absent where CAMEO 1.1b3 has no such code.

    root: the source's own root, by which a leading zero that was lost is known: 10 with root 1
    is 010, with root 10 it is 10. Without a root a code stays as it is.
    """
    if root is not None:
        wanted = root.str.strip_chars().str.zfill(2)
        lost = pl.format("0{}", code)
        is_lost = ~code.str.starts_with(wanted) & lost.str.starts_with(wanted)
        code = pl.when(is_lost.fill_null(False)).then(lost).otherwise(code)
    written = pl.format("cameo:{}", code)
    known = [one for one in actions() if one.startswith("cameo:")]
    return pl.when(written.is_in(known)).then(written)


def mapped(frame: pl.DataFrame, system: str, source: str) -> pl.DataFrame:
    """Code, match and direction of each row by its system's table of acts.

    source: the column with the source's word, compared without case, accents and signs.
    """
    table = {fold_name(word): one for word, one in source_actions(system).items()}
    words = frame[source].unique().drop_nulls().to_list()
    rows = [
        (word, found.action_code, found.action_match, found.direction)
        for word in words
        if (found := table.get(fold_name(word))) is not None
    ]
    names = ["action_code", "action_match", "direction"]
    schema = {name: pl.String() for name in (source, *names)}
    known = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.lit(True).alias("known")
    )
    return (
        frame.select(source)
        .join(known, on=source, how="left", maintain_order="left")
        .select(*names, pl.col("known").fill_null(False))
    )
