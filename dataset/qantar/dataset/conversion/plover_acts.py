"""PLOVER's types of acts, and who does them: the rules of all systems that code in PLOVER."""

import polars as pl

from qantar.dataset.conversion.action import mapped

# Types of which the parties may all do the act alike.
_TOGETHER = ("agree", "consult", "cooperate")
# A visit has a host, a mediation somebody between: the row does not say who.
_ONE_SIDED = ("visit", "third-party")


def plover_acts(frame: pl.DataFrame) -> pl.DataFrame:
    """Code, match and direction of each row; no code where PLOVER has no such type.

    frame: `type` and `mode` in the source's words, and how many `actors` and `targets` there are.
    Several actors without a target do together what can be done together.
    """
    found = mapped(frame, "plover", "type")
    actors, targets = pl.col("actors").fill_null(0), pl.col("targets").fill_null(0)
    told = pl.col("direction")
    one_sided = pl.col("mode").str.to_lowercase().is_in(_ONE_SIDED).fill_null(False)
    together = pl.col("type").str.to_lowercase().is_in(_TOGETHER).fill_null(False)
    direction = (
        pl.when(actors + targets == 0)
        .then(None)
        .when(together & one_sided)
        .then(None)
        .when(together & (actors > 1) & (targets == 0))
        .then(pl.lit("symmetric"))
        .when(together & (actors + targets < 2))
        .then(None)
        .otherwise(told)
    )
    return frame.hstack(found).select("action_code", "action_match", direction.alias("direction"))
