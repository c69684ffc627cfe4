"""Countries as other systems call them, as codes of ISO 3166-1 on the day of the event."""

from datetime import date
from functools import cache

import polars as pl

from qantar.dataset.conversion.text import looked_up
from qantar.schema.codebook import countries
from qantar.schema.country_code import country_of
from qantar.schema.other_codes import System, country_names, fold_name

# CAMEO's letters for countries where they are not those of ISO 3166-1; two parts of Palestine
# are coded apart.
CAMEO_LETTERS = {
    "ROM": "ROU",
    "TMP": "TLS",
    "IMY": "IMN",
    "MTN": "MNE",
    "WSB": "PSE",
    "GZS": "PSE",
}


def country_on(codes: pl.Series, days: pl.Series, system: System) -> pl.Series:
    """The country of each code on its day; absent where there is none or there are several.

    codes: as the system writes them. days: of the events, absent where they are not known.
    """
    asked = pl.DataFrame({"code": codes, "day": days})
    known = {code: _whenever(system, code) for code in codes.unique().drop_nulls().to_list()}
    settled = {code: found for code, found in known.items() if found != "?"}
    answer = looked_up(codes, settled)
    open_codes = [code for code, found in known.items() if found == "?"]
    if not open_codes:
        return answer
    pairs = asked.filter(pl.col("code").is_in(open_codes)).unique()
    found = [country_on_day(system, code, day) for code, day in pairs.iter_rows()]
    answers = pairs.with_columns(pl.Series("found", found, pl.String))
    joined = asked.join(
        answers, on=["code", "day"], how="left", nulls_equal=True, maintain_order="left"
    )
    return answer.fill_null(joined["found"])


@cache
def _whenever(system: System, code: str) -> str | None:
    """The country of a code that had one meaning ever, ``?`` where the day decides."""
    found = country_of(system, code)
    meant = {one.country_code for one in found}
    if len(meant) == 1 and all(one.valid_from is None and one.valid_to is None for one in found):
        return next(iter(meant)) if all(one.status != "withdrawn" for one in found) else "?"
    return "?" if meant else None


@cache
def country_on_day(system: System, code: str, day: date | None) -> str | None:
    """The country that a code means on a day; None where there is none or several."""
    meant = {one.country_code for one in country_of(system, code, day)}
    return next(iter(meant)) if len(meant) == 1 else None


def iso_country(codes: pl.Series, days: pl.Series) -> pl.Series:
    """Letters of ISO 3166-1 that were in use on the day; absent for what is no country."""
    today = looked_up(codes, {code: code for code in countries()})
    return today.fill_null(country_on(codes.set(today.is_not_null(), None), days, "iso_alpha3"))


def cameo_country(codes: pl.Series) -> pl.Series:
    """CAMEO's country letters as ISO 3166-1; absent for regions and what is no country."""
    table = {code: code for code in countries()} | CAMEO_LETTERS
    return looked_up(codes, table)


def country_by_name(names: pl.Series, further: dict[str, str] | None = None) -> pl.Series:
    """Countries by their names in English; further: names that a system alone has."""
    table = _by_name() | {fold_name(name): code for name, code in (further or {}).items()}
    found = {name: table.get(fold_name(name)) for name in names.unique().drop_nulls().to_list()}
    return looked_up(names, found)


@cache
def _by_name() -> dict[str, str]:
    """By the folded name the country, where it is one."""
    found: dict[str, set[str]] = {}
    for code, country in countries().items():
        for name in country.name.values():
            found.setdefault(fold_name(name), set()).add(code)
    for named in country_names():
        found.setdefault(fold_name(named.name), set()).add(named.country_code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
