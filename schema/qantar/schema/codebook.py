"""The codebook: CAMEO actions, the parts of actor codes, and countries, from CSV."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from qantar.schema.base import Record
from qantar.schema.codebook_file import read_glosses, read_lines
from qantar.schema.patterns import COUNTRY_PATTERN, Name, Prose, ProseName
from qantar.schema.vocabulary import ContentStatus

# The acts made of words, and what such words are unless a coder gives a reason. The
# longest prefix of the code decides, so an accusation is no mere opinion.
_CONTENT_STATUS_BY_PREFIX = {
    "cameo:01": ContentStatus.opinion,
    "cameo:02": ContentStatus.requested,
    "cameo:03": ContentStatus.pledged,
    "cameo:05": ContentStatus.opinion,
    "cameo:10": ContentStatus.requested,
    "cameo:11": ContentStatus.opinion,
    "cameo:112": ContentStatus.alleged,
    "cameo:13": ContentStatus.threatened,
}

ActionCurie = Annotated[str, Field(pattern="^cameo:[0-9]{2,4}$", max_length=10)]
CountryKey = Annotated[str, Field(pattern=COUNTRY_PATTERN, min_length=3, max_length=3)]
Scale = Annotated[float, Field(ge=-10, le=10)]
ClassNumber = Annotated[int, Field(ge=0, le=4)]


class Action(Record):
    """A CAMEO 1.1b3 code. The scales are named after their origin, since they differ."""

    action_code: ActionCurie = Field(description="The code as a CURIE.")
    action_name: Name = Field(description="Standard name in CAMEO 1.1b3.")
    parent_code: ActionCurie | None = Field(None, description="The next broader code.")
    root_code: ActionCurie = Field(description="The broadest code.")
    gloss: Prose = Field(
        default_factory=dict, description="What the code stands for, in our own words."
    )
    content_status_default: ContentStatus | None = Field(
        None, description="What the words of such an act are unless a reason is given."
    )
    plover_type: Name | None = Field(None, description="PLOVER event type; 01 and 02 have none.")
    plover_mode: Name | None = Field(None, description="PLOVER mode.")
    plover_context: Name | None = Field(None, description="PLOVER context.")
    goldstein_gdelt: Scale | None = Field(None, description="Goldstein scale in GDELT's table.")
    goldstein_icews: Scale | None = Field(None, description="Goldstein scale in ICEWS' table.")
    goldstein_keds: Scale | None = Field(
        None,
        description="Goldstein scale in KEDS' table, which follows an older numbering: some "
        "codes, such as 016 and 163, meant other acts there.",
    )
    quad_class_gdelt: ClassNumber | None = Field(
        None,
        description="GDELT's quad class as its rows have it: 1 verbal cooperation, 2 material "
        "cooperation, 3 verbal conflict, 4 material conflict.",
    )
    quad_class_common: ClassNumber | None = Field(
        None, description="Quad class as most analysis code maps it."
    )
    penta_class_phoenix: ClassNumber | None = Field(
        None, description="Phoenix' penta class: 0 statement, then as the quad classes."
    )


class StrayAction(Record):
    """A code seen in other systems' files that CAMEO 1.1b3 does not have.

    root_code: CAMEO's; absent for types of PLOVER, of which several have more than one root.
    """

    action_code: str
    action_name: str
    root_code: str | None = None
    plover_type: str | None = None
    goldstein_icews: float | None = None
    goldstein_keds: float | None = None
    note_en: str | None = None


class Country(Record):
    """A country with its numbers in the state systems of the field."""

    country_code: Annotated[str, Field(pattern=COUNTRY_PATTERN, min_length=3, max_length=3)] = (
        Field(description="ISO 3166-1 alpha-3.")
    )
    name: ProseName = Field(default_factory=dict, description="Short name.")
    cow_number: int | None = Field(None, description="Correlates of War state number.")
    gw_number: int | None = Field(None, description="Gleditsch and Ward state number.")


class FurtherCountry(Country):
    """A country that ISO 3166-1 does not have: one that is gone, or one with a code of users."""

    status: Literal["withdrawn", "user-assigned"] = Field(
        description="Whether ISO 3166-3 lists it as gone, or users assigned the code."
    )


class ActorPart(Record):
    """Three letters of which CAMEO actor codes are built."""

    part_code: str
    kind: str
    title: str
    full_code: str | None = None
    code_source: str
    note_en: str | None = None


@cache
def actions() -> dict[str, Action]:
    """The 316 codes of CAMEO 1.1b3 by CURIE, in code order."""
    rows = _glossed(read_rows("actions.csv", Action), "actions", "action_code", "gloss")
    return {row["action_code"]: Action(**_with_default_status(row)) for row in rows}


@cache
def stray_actions() -> dict[str, StrayAction]:
    """Codes of other systems by CURIE; exchange rows may hold them, coded records not."""
    rows = read_rows("actions_stray.csv", StrayAction)
    return {row["action_code"]: StrayAction(**row) for row in rows} | plover_actions()


@cache
def plover_actions() -> dict[str, StrayAction]:
    """A code for each type of PLOVER (`plover:assault`), for rows that have no CAMEO code."""
    return {
        row["action_code"]: StrayAction(**row)
        for row in read_rows("actions_plover.csv", StrayAction)
    }


@cache
def countries() -> dict[str, Country]:
    """Countries by ISO 3166-1 alpha-3 code."""
    rows = _glossed(read_rows("countries.csv", Country), "countries", "country_code", "name")
    return {row["country_code"]: Country(**row) for row in rows}


@cache
def gloss_languages(table: str) -> tuple[str, ...]:
    """The languages in which the codebook explains `codes`, or names `countries`."""
    texts = {
        "codes": [action.gloss for action in actions().values()],
        "countries": [country.name for country in countries().values()],
    }[table]
    return tuple(dict.fromkeys(language for by_language in texts for language in by_language))


@cache
def names_in_languages() -> dict[str, dict[str, str]]:
    """Short names of acts and of PLOVER's contexts by code, by language; English is their own."""
    return read_glosses("names")


@cache
def further_countries() -> dict[str, FurtherCountry]:
    """Countries of ISO 3166-3 that no country of today stands for, and Kosovo (XKX), by code."""
    rows = read_rows("countries_further.csv", FurtherCountry)
    return {row["country_code"]: FurtherCountry(**row) for row in rows}


@cache
def admitted_countries() -> dict[str, Country]:
    """Every country that a record may name: those of ISO 3166-1, then the further ones."""
    return {**countries(), **further_countries()}


@cache
def actor_parts() -> dict[str, tuple[ActorPart, ...]]:
    """The parts of actor codes; a part may stand in several lists."""
    parts: dict[str, tuple[ActorPart, ...]] = {}
    for row in read_rows("actor_parts.csv", ActorPart):
        part = ActorPart(**row)
        parts[part.part_code] = (*parts.get(part.part_code, ()), part)
    return parts


def _glossed(
    rows: Iterator[dict[str, Any]], name: str, key: str, base: str
) -> Iterator[dict[str, Any]]:
    """The rows with what files of further languages say of them."""
    further = read_glosses(name)
    for row in rows:
        texts = {f"{base}_{language}": text.get(row[key]) for language, text in further.items()}
        yield row | {column: text for column, text in texts.items() if text}


def _with_default_status(row: dict[str, Any]) -> dict[str, Any]:
    code = row["action_code"]
    prefixes = [prefix for prefix in _CONTENT_STATUS_BY_PREFIX if code.startswith(prefix)]
    if prefixes:
        row["content_status_default"] = _CONTENT_STATUS_BY_PREFIX[max(prefixes, key=len)]
    return row


def read_rows(file_name: str, model: type[Record]) -> Iterator[dict[str, Any]]:
    """The rows of a file of the codebook with numbers as the model has them; no empty cells."""
    numbers = {
        name: int if "int" in str(field.annotation) else float
        for name, field in model.model_fields.items()
        if "int" in str(field.annotation) or "float" in str(field.annotation)
    }
    for line in read_lines(file_name):
        yield {name: numbers.get(name, str)(cell) for name, cell in line.items()}


def _known_action(code: str) -> str:
    if code not in actions():
        raise ValueError(f"{code!r} is not a CAMEO 1.1b3 code written as a CURIE")
    return code


ActionCode = Annotated[
    str,
    AfterValidator(_known_action),
    WithJsonSchema({"type": "string", "enum": list(actions())}),
]


def _known_country(code: str) -> str:
    if code not in admitted_countries():
        raise ValueError(f"{code!r} is not an ISO 3166-1 alpha-3 code, or one of ISO 3166-3 or XKX")
    return code


CountryCode = Annotated[
    str,
    AfterValidator(_known_country),
    WithJsonSchema({"type": "string", "enum": list(admitted_countries())}),
]
