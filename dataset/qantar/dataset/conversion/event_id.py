"""Ids of events: made of the source's own, told apart where one comes twice."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.dataset.conversion.text import looked_up
from qantar.schema.source_id import event_id_of

# Ids that become event ids letter by letter: no number, nothing to spell out, and short.
_KEPT = "^[0-9A-Za-z._]{0,30}[A-Za-z._][0-9A-Za-z._]{0,30}$"
Hashes = npt.NDArray[np.uint64]


def event_ids(prefix: str, ids: pl.Series) -> pl.Series:
    """The event id of each source's id; absent where there is none or it is too long."""
    plain = ids.str.contains("^(?:0|[1-9][0-9]{0,17})$").fill_null(False)
    kept = ids.str.contains(_KEPT).fill_null(False)
    written = pl.select(
        pl.when(plain)
        .then(pl.lit(prefix + "-") + ids.str.zfill(6))
        .when(kept)
        .then(pl.lit(prefix + "-") + ids)
    ).to_series()
    odd = ids.filter(~(plain | kept)).unique().drop_nulls()
    if odd.is_empty():
        return written
    return written.fill_null(looked_up(ids, {one: _event_id(prefix, one) for one in odd}))


def _event_id(prefix: str, source_id: str) -> str | None:
    try:
        return event_id_of(prefix, source_id)
    except ValueError:
        return None


@dataclass
class SeenIds:
    """The ids of all rows so far, and what rows had them; 16 bytes a row.

    levels: sorted ids with the hash of the first row that had each, few and ever larger. again:
    of ids that came twice, the hashes of their rows.
    """

    levels: list[tuple[Hashes, Hashes]] = field(default_factory=list)
    again: dict[int, list[int]] = field(default_factory=dict)

    def take(
        self, ids: Hashes, rows: Hashes
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """How often each row's id came before with another row, and whether the same row did."""
        order = np.argsort(ids, kind="stable")
        held, is_first = ids[order], np.ones(len(ids), np.bool_)
        is_first[1:] = held[1:] != held[:-1]
        known = np.zeros(len(ids), np.bool_)
        for level, _ in self.levels:
            known |= _is_in(held, level)
        is_new = is_first & ~known
        ordinals, twice = np.zeros(len(ids), np.int64), np.zeros(len(ids), np.bool_)
        suspects = order[~is_new]
        new = order[is_new]
        firsts = (ids[new], rows[new])
        for index in np.sort(suspects).tolist():
            seen = self._rows_of(int(ids[index]), firsts)
            if int(rows[index]) in seen:
                twice[index] = True
                continue
            ordinals[index] = len(seen)
            seen.append(int(rows[index]))
        if len(new):
            self._keep(firsts)
        return ordinals, twice

    def numbered(self, ids: pl.Series, ordinals: npt.NDArray[np.int64], rows: Hashes) -> pl.Series:
        """Ids with a number after each, which no other row has.

        ordinals: how often each came before. rows: the hashes of the rows.
        """
        names = ids + "_" + pl.Series(ordinals + 1).cast(pl.String)
        again, _ = self.take(names.hash().to_numpy(), rows)
        taken = np.flatnonzero(again)
        if len(taken):
            further = self.numbered(names[taken], again[taken], rows[taken])
            names = names.scatter(taken, further)
        return names

    def _rows_of(self, one: int, firsts: tuple[Hashes, Hashes]) -> list[int]:
        if one not in self.again:
            for ids, rows in (firsts, *self.levels):
                place = int(np.searchsorted(ids, np.uint64(one)))
                if place < len(ids) and int(ids[place]) == one:
                    self.again[one] = [int(rows[place])]
                    break
        return self.again[one]

    def _keep(self, firsts: tuple[Hashes, Hashes]) -> None:
        self.levels.append(firsts)
        while len(self.levels) > 1 and 2 * len(self.levels[-1][0]) > len(self.levels[-2][0]):
            (ids, rows), (more, its_rows) = self.levels.pop(), self.levels.pop()
            together, held = np.concatenate([ids, more]), np.concatenate([rows, its_rows])
            order = np.argsort(together, kind="stable")
            self.levels.append((together[order], held[order]))


def _is_in(sought: Hashes, level: Hashes) -> npt.NDArray[np.bool_]:
    if not len(level):
        return np.zeros(len(sought), np.bool_)
    places = np.searchsorted(level, sought)
    found: npt.NDArray[np.bool_] = level[np.minimum(places, len(level) - 1)] == sought
    return found
