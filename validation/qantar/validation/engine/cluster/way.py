"""The first of two shuffles: rows that lack a rule's key meet those that know it, and go on.

What has no key of its own may belong to any row: it goes to every bucket of the second shuffle,
where the rule itself says what that leaves open.
"""

from collections.abc import Collection

import numpy as np
import polars as pl

from qantar.validation.engine.cluster.shred import (
    BUCKETS,
    SHREDS,
    Asked,
    PartRows,
    fill,
    in_buckets,
    recorded,
    shreds_of_side,
)
from qantar.validation.rules.link.side import Side
from qantar.validation.tables.cells import SOUND

# The side of the rows that are led on, and of those that lead them.
LED, LEADING = 1, 2
# No key is spelled so.
NO_KEY = ""


def shreds_on_way(part: PartRows, rules: Collection[Asked], place: int = 0) -> pl.DataFrame:
    """Shreds of the rows that meet before; of those without a key one for all, without a place."""
    found = [pl.DataFrame(schema=SHREDS)]
    for asked in rules:
        sides = asked.way if asked.link == asked.number else {}
        for number, side in sides.items():
            if side.table == part.table.name:
                lacks = pl.DataFrame({"link": [asked.link], "key": [NO_KEY], "cells": ["{}"]})
                keyless = fill(lacks if _lacks_key(part, number, side) else lacks.clear(), SHREDS)
                shreds = pl.concat([shreds_of_side(part, asked.link, side, place), keyless])
                found.append(shreds.with_columns(side=pl.lit(number, pl.Int32)))
    return pl.concat(found)


def lead_on(shreds: pl.DataFrame, rules: Collection[Asked]) -> pl.DataFrame:
    """The shreds that were led to the key of their rule, all shreds of a key being there."""
    asked_of = {asked.number: asked for asked in rules}
    found = [pl.DataFrame(schema=SHREDS)]
    for (link,), group in shreds.sort("place").group_by("link"):
        found.append(_to_every_bucket(group.filter(pl.col("place").is_null())))
        met = group.filter(pl.col("place").is_not_null())
        found.append(in_buckets(_led(met, asked_of[int(str(link))])))
    return pl.concat(found)


def _led(met: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    if asked.kind.sides(asked.rule)[0].key == asked.way[LED].key:
        return met.filter(pl.col("side") == LED)
    shreds, records = recorded(met, pl.col("side") == LED)
    # One without a sound key of the rule leads nowhere.
    is_leading = (pl.col("side") == LEADING) & pl.col("carried").is_not_null()
    leading, leaders = recorded(met, is_leading)
    rows, owners = asked.kind.lead(asked.rule, [records, leaders])
    return shreds[rows].with_columns(key=leading["carried"].gather(owners))


def _to_every_bucket(keyless: pl.DataFrame) -> pl.DataFrame:
    buckets = pl.DataFrame({"key": [str(number) for number in range(BUCKETS)]})
    one = keyless.unique("side").drop("key").join(buckets, how="cross")
    return one.select(*SHREDS)


def _lacks_key(part: PartRows, number: int, side: Side) -> bool:
    """Whether a row lacks what it is led by, or what it leads to."""
    names = side.key if number == LED else (*side.key, *side.carries)
    return part.height > 0 and not all(
        name in part.columns and bool(np.all(part.columns[name].marks == SOUND)) for name in names
    )
