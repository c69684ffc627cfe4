"""The registry of actors: who they are, how they are called, for whom they act and when."""

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.codebook import CountryCode
from qantar.schema.patterns import (
    ActorCode,
    ActorId,
    CalendarDate,
    LanguageCode,
    Name,
    WikidataId,
)
from qantar.schema.vocabulary import ActorKind, CodeSource


class Actor(Record):
    """An actor, once, however many spellings it has."""

    actor_id: ActorId = Field(description="Stable id, readable but not to be parsed.")
    kind: ActorKind = Field(description="What sort of actor it is.")
    identified: bool = Field(
        description="Whether the actor is known by name rather than by description only."
    )
    name_en: Name = Field(description="Name or description in English.")
    name_vi: Name = Field(description="Name or description in Vietnamese.")
    country_code: CountryCode | None = Field(
        None, description="ISO 3166-1 alpha-3 code of the country it belongs to."
    )
    wikidata_id: WikidataId | None = Field(None, description="Wikidata item, only where certain.")


class ActorName(Record):
    """A name of an actor as it occurs in an article."""

    actor_id: ActorId = Field(description="The actor.")
    name: Name = Field(description="The name, letter by letter.")
    language_code: LanguageCode = Field(description="ISO 639 code of the language.")


class ActorRole(Record):
    """For whom an actor acts, in which office, and from when to when."""

    actor_id: ActorId = Field(description="The actor.")
    represents_id: ActorId = Field(
        description="The body for which it acts; itself, where it acts for itself."
    )
    actor_code: ActorCode = Field(description="CAMEO actor code of the role.")
    code_source: CodeSource = Field(description="Whose list the code is built from.")
    actor_country_code: CountryCode | None = Field(
        None, description="Country for which it acts; none for an intergovernmental body."
    )
    office_en: Name | None = Field(None, description="The office held, in English.")
    valid_from: CalendarDate | None = Field(None, description="First day of the role, if known.")
    valid_to: CalendarDate | None = Field(None, description="Last day of the role, if known.")
