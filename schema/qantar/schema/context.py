"""What an event is about: the 37 contexts of PLOVER."""

from qantar.schema.vocabulary import Vocabulary


class Context(Vocabulary):
    """A context in the spelling with underscores; POLECAT's files also have hyphens."""

    military = "military", "Armed forces and military aid."
    intelligence = "intelligence", "Spying and secret services."
    executive = "executive", "The government and its head."
    legislative = "legislative", "Parliaments and the making of laws."
    election = "election", "Elections and campaigns."
    political_institutions = "political_institutions", "The rules and bodies of a political order."
    pro_democracy = "pro_democracy", "Moves towards democracy."
    pro_autocracy = "pro_autocracy", "Moves towards autocracy."
    economic = "economic", "Trade, finance and development."
    legal = "legal", "Law and courts, national and international."
    reparations = "reparations", "Amends for past wrongs."
    human_rights = "human_rights", "Human rights, where they are named."
    rights_freedoms = "rights_freedoms", "Political rights and freedoms."
    repression = "repression", "Repression by those in power."
    human_security = "human_security", "Water, food, housing, energy, land."
    gender = "gender", "Women, men and equality between them."
    lgbt = "lgbt", "Sexual orientation and gender identity."
    religion_ethnicity = "religion_ethnicity", "Religions and ethnic groups."
    inequality = "inequality", "Inequality between groups or classes."
    diplomatic = "diplomatic", "Diplomacy."
    territory = "territory", "Land and borders in dispute."
    peacekeeping = "peacekeeping", "Peacekeeping missions."
    health = "health", "Health and disease."
    asylum = "asylum", "Asylum."
    migration = "migration", "Migrants, refugees and displaced people."
    disasters = "disasters", "Natural and other disasters."
    natural_resources = "natural_resources", "Oil, minerals, water and the like."
    environment = "environment", "Environment and climate."
    technology = "technology", "Technology."
    terrorism = "terrorism", "Terrorism."
    cbrn = "cbrn", "Chemical, biological, radiological or nuclear matters."
    cyber = "cyber", "Computers and networks."
    misinformation = "misinformation", "False or misleading information."
    crime = "crime", "Crime."
    corruption = "corruption", "Office used for private gain."
    illegal_drugs = "illegal_drugs", "Illegal drugs."
    trafficking = "trafficking", "Trafficking in people or goods."


def context_of(text: str) -> Context | None:
    """The context that a text spells, with hyphens, blanks or underscores, in any case.

    >>> context_of("pro-democracy"), context_of("LGBT"), context_of("weather")
    (<Context.pro_democracy: 'pro_democracy'>, <Context.lgbt: 'lgbt'>, None)
    """
    spelled = "_".join(text.replace("-", " ").replace("_", " ").lower().split())
    return Context(spelled) if spelled in Context.__members__ else None
