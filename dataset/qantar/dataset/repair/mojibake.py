"""Letters of UTF-8 that were read in another encoding, once or several times."""

import ftfy
import ftfy.fixes
import polars as pl

from qantar.dataset.repair.column_kind import ColumnKinds, Kind
from qantar.dataset.repair.ledger import Verdict, left
from qantar.dataset.repair.sheet import Sheet

_LOST = "\ufffd"
# Only encodings are mended. What was lost is told, and no sign is made plainer than it was.
_CONFIG = ftfy.TextFixerConfig(replace_lossy_sequences=False, normalization=None)
_UTF8 = "It is UTF-8 that was read in another encoding."
_BYTES = "It is cp1252 that was read as latin-1, which has no letters there."
_NOT_ASCII = r"[^\x00-\x7f]"


def mend_letters(sheet: Sheet, kinds: ColumnKinds) -> None:
    """Decode such letters anew; an address stays as it is."""
    for key in sheet.names:
        if kinds.of(key) is not Kind.address:
            sheet.mend(key, pl.col(key).str.contains(_NOT_ASCII), _decoded)


def _decoded(text: str) -> Verdict | None:
    if _LOST in text:
        return left("Letters are lost: U+FFFD stands where they were.")
    found = ftfy.fix_encoding(text, _CONFIG)
    if found == text or _LOST in found:
        return None
    is_single = ftfy.fixes.fix_c1_controls(text) == found
    return Verdict(found, "mojibake", _BYTES if is_single else _UTF8)
