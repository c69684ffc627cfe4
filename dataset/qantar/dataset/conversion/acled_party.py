"""Who acts against whom in ACLED's rows, and which way an act goes.

By ACLED's definition the order of actor 1 and actor 2 says nothing. The kinds of actors say
more: civilians are who violence against civilians is done to, protesters who protests.
"""

import polars as pl

from qantar.dataset.conversion.country import country_by_name
from qantar.dataset.conversion.text import trimmed, without_fraction
from qantar.schema.systems import source_countries

_CIVILIANS, _PROTESTERS = ("7", "civilians"), ("6", "protesters")
_IN_BRACKETS = r"\(([^()0-9]+)\)$"
_OF_STATE = r"(?i)\b(?:forces|government) of (.+?)(?: \([0-9]{4}.*)?$"


def parties(frame: pl.DataFrame, acts: pl.DataFrame) -> pl.DataFrame:
    """Actor, target and direction of each row, and what the notes tell.

    acts: of each row `action_code` and `direction` by the table of acts.
    """
    held = frame.select(
        trimmed("actor1").alias("first"),
        trimmed("actor2").alias("second"),
        trimmed("event_type").str.to_lowercase().alias("type"),
        *_kinds(),
        acts["action_code"],
        acts["direction"].alias("by_act"),
    )
    is_protest = (pl.col("type") == "protests") | (
        (pl.col("type") == "riots/protests") & (pl.col("protests_1") | pl.col("protests_2"))
    )
    is_against_civilians = pl.col("type") == "violence against civilians"
    turned = (is_protest & pl.col("protests_2") & ~pl.col("protests_1")) | (
        is_against_civilians & pl.col("civilians_1") & ~pl.col("civilians_2")
    )
    return (
        held.with_columns(
            is_protest.fill_null(False).alias("is_protest"), turned.fill_null(False).alias("turned")
        )
        .with_columns(
            pl.when("turned").then("second").otherwise("first").alias("actor_name"),
            pl.when("turned").then("first").otherwise("second").alias("other"),
        )
        .with_columns(pl.when(~pl.col("is_protest")).then(pl.col("other")).alias("target_name"))
        .with_columns(_direction().alias("direction"))
        .with_columns(
            (pl.col("is_protest") & pl.col("other").is_not_null()).alias("has_intervention")
        )
        .select("actor_name", "target_name", "direction", "turned", "has_intervention")
    )


def _kinds() -> list[pl.Expr]:
    """Whether actor 1 and actor 2 are civilians or protesters, by inter or by their names."""
    found = []
    for n in (1, 2):
        kind = without_fraction(f"inter{n}").str.to_lowercase()
        name = trimmed(f"actor{n}").str.to_lowercase()
        for words in (_CIVILIANS, _PROTESTERS):
            by_name = kind.is_null() & name.str.starts_with(words[1])
            alias = f"civilians_{n}" if words is _CIVILIANS else f"protests_{n}"
            found.append(
                (kind.is_in(words).fill_null(False) | by_name.fill_null(False)).alias(alias)
            )
    return found


def _direction() -> pl.Expr:
    """directed where an act or the parties say who acts, undirected where two stand in no order."""
    has_actor, has_target = pl.col("actor_name").is_not_null(), pl.col("target_name").is_not_null()
    has_both = has_actor & has_target
    # Acts that one party does, alone or to civilians.
    is_done = pl.col("action_code").is_not_null() | (pl.col("type") == "remote violence")
    by_parties = pl.when(is_done & has_actor & (pl.col("civilians_2") | ~has_target)).then(
        pl.lit("directed")
    )
    undirected = pl.when(has_both).then(pl.lit("undirected"))
    return (
        pl.when(pl.col("is_protest") | (pl.col("by_act") == "directed").fill_null(False))
        .then(pl.when(has_actor | has_target).then(pl.lit("directed")))
        .when(pl.col("by_act").is_not_null())
        .then(pl.when(has_both).then(pl.col("by_act")))
        .otherwise(pl.coalesce(by_parties, undirected))
    )


def country_of_party(names: pl.Series) -> pl.Series:
    """The country that ACLED's name of an actor ends with, or whose forces it is.

    Of groups that are unidentified the name tells where they were, and nothing of whose they are.
    """
    named = pl.DataFrame({"name": names}).select(
        pl.when(~pl.col("name").str.starts_with("Unidentified")).then(
            pl.coalesce(
                pl.col("name").str.extract(_IN_BRACKETS), pl.col("name").str.extract(_OF_STATE)
            )
        )
    )
    return country_by_name(named.to_series(), source_countries("acled"))
