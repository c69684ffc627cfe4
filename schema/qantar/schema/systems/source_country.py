"""Names of countries that one system alone has, and the countries that they are."""

from functools import cache
from pathlib import Path

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.codebook import CountryKey
from qantar.schema.codebook_file import read_lines

_FOLDER = Path(__file__).parent / "countries"


class SourceCountry(Record):
    """A name of a country as a system has it, where no list of names has it so."""

    name: str = Field(description="The source's own name.")
    country_code: CountryKey = Field(description="ISO 3166-1 alpha-3, ISO 3166-3, or XKX.")
    note: str | None = Field(None, description="Why it is that country.")


@cache
def source_countries(system: str) -> dict[str, str]:
    """Country codes by the system's own names; empty where it has none of its own."""
    path = _FOLDER / f"{system}.csv"
    if not path.is_file():
        return {}
    found = [SourceCountry.model_validate(line) for line in read_lines(path)]
    return {one.name: one.country_code for one in found}
