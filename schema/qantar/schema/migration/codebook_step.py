"""What tables repeat of the codebook, in the words that it has now."""

from collections.abc import Sequence

from qantar.schema.codebook import actions, admitted_countries
from qantar.schema.migration.setting import Setting, Surety
from qantar.schema.shape import Row

_STEP = "codebook"
_TOLD = "The codebook says it in other words now."
# By table, its key and where its prose begins.
REPEATED = {"codes": ("action_code", "gloss_"), "countries": ("country_code", "name_")}


def reword(table: str, rows: Sequence[Row]) -> tuple[list[Row], list[Setting]]:
    """The rows of `codes` or `countries` with glosses and names as the codebook has them now.

    Columns that a row lacks are not added; a code that the codebook lacks stays as it is.
    """
    key, prose = REPEATED[table]
    made, settings = [], []
    for row in rows:
        code = row.get(key)
        now = _of_codebook(table, code) if isinstance(code, str) else {}
        new = {
            name: now[name]
            for name, value in row.items()
            if name.startswith(prose) and name in now and value not in (None, now[name])
        }
        made.append(row | new)
        settings += [
            Setting(_STEP, table, str(code), name, row[name], text, Surety.mechanical, _TOLD)
            for name, text in new.items()
        ]
    return made, settings


def _of_codebook(table: str, code: str) -> Row:
    found = actions().get(code) if table == "codes" else admitted_countries().get(code)
    return found.plain() if found else {}
