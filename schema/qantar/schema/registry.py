"""The registry of actors: who they are, how they are called, for whom they act and when."""

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.codebook import CountryCode
from qantar.schema.patterns import (
    ActorCode,
    ActorId,
    CalendarDate,
    Curie,
    LanguageCode,
    Name,
    ProseName,
)
from qantar.schema.vocabulary import ActorKind, CodeSource


class Actor(Record):
    """An actor, once, however many spellings it has."""

    actor_id: ActorId = Field(description="Stable id, readable but not to be parsed.")
    kind: ActorKind = Field(description="What sort of actor it is.")
    identified: bool = Field(
        description="Whether the actor is known by name rather than by description only."
    )
    name: ProseName = Field(description="Name or description.")
    country_code: CountryCode | None = Field(
        None, description="ISO 3166-1 alpha-3 code of the country it belongs to."
    )
    external_id: Curie | None = Field(
        None,
        description="The actor in a register, only where certain; a CURIE such as wikidata:Q232.",
    )


class ActorName(Record):
    """A name of an actor as it occurs in an article."""

    actor_id: ActorId = Field(description="The actor.")
    name: Name = Field(description="The name, letter by letter.")
    language_code: LanguageCode = Field(description="Tag of the language (BCP 47).")


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
    office: ProseName = Field(default_factory=dict, description="The office held.")
    valid_from: CalendarDate | None = Field(None, description="First day of the role, if known.")
    valid_to: CalendarDate | None = Field(None, description="Last day of the role, if known.")
