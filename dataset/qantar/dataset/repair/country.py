"""Codes of two letters where our tables have the three of ISO 3166-1."""

from functools import cache

import polars as pl

from qantar.dataset.repair.column_kind import ColumnKinds, Kind
from qantar.dataset.repair.ledger import Verdict, left
from qantar.dataset.repair.sheet import Sheet
from qantar.schema.codebook import admitted_countries
from qantar.schema.other_codes import SYSTEM_NAMES, country_codes
from qantar.validation.faults.meanings.country import name_of

_SYSTEMS = ("iso_alpha2", "fips")


def mend_countries(sheet: Sheet, kinds: ColumnKinds) -> None:
    """Write three letters where FIPS 10-4 and ISO 3166-1 lead to one country."""
    known = list(admitted_countries())
    for key in kinds.with_kind(Kind.country):
        sheet.mend(key, ~pl.col(key).is_in(known), _country)
    for key in kinds.with_kind(Kind.letters):
        sheet.mend(key, pl.col(key) == "NA", _country_or_word)


def _country(text: str) -> Verdict:
    if text.upper() == "NA":
        return left("It is Namibia (NAM) in ISO 3166-1 alpha-2, or the word for nothing.")
    if text.upper() in admitted_countries():
        return Verdict(text.upper(), "country-code", "Codes are written in capitals.")
    found = _codes().get(text.upper(), ())
    told = " and ".join(f"{name_of(code)} in {system}" for code, system, _ in found)
    if not found:
        return left("It is the code of no country.")
    countries = {code for code, _, _ in found}
    if len(countries) > 1 or not any(is_in_use for _, _, is_in_use in found):
        return left(f"It is {told}." if len(countries) > 1 else f"It is {told}, and gone.")
    return Verdict(countries.pop(), "country-code", f"It is {told}.")


def _country_or_word(_: str) -> Verdict:
    return left("It may be the word for nothing: in FIPS 10-4 NA is the code of no country.")


@cache
def _codes() -> dict[str, list[tuple[str, str, bool]]]:
    """By two letters the countries, the name of the list, and whether the code is in use."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for code in country_codes():
        if code.system in _SYSTEMS:
            told = (code.country_code, SYSTEM_NAMES[code.system], code.status != "withdrawn")
            found.setdefault(code.code, []).append(told)
    return found
