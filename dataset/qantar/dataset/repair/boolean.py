"""True and false in other spellings."""

import polars as pl

from qantar.dataset.repair.column_kind import ColumnKinds, Kind
from qantar.dataset.repair.ledger import Verdict, left
from qantar.dataset.repair.sheet import Sheet

_SPELLED = {
    **dict.fromkeys(("true", "t", "yes", "y", "1", "1.0"), "true"),
    **dict.fromkeys(("false", "f", "no", "n", "0", "0.0"), "false"),
}


def mend_booleans(sheet: Sheet, kinds: ColumnKinds) -> None:
    """Write true and false as our tables have them."""
    for key in kinds.with_kind(Kind.boolean):
        sheet.mend(key, ~pl.col(key).is_in(["true", "false"]), _spelled)


def _spelled(text: str) -> Verdict:
    found = _SPELLED.get(text.lower())
    if found is None:
        return left("It is neither true nor false.")
    return Verdict(found, "boolean", "Our tables write true and false.")
