"""The closed lists of the record: each member carries the sentence that defines it."""

from enum import StrEnum
from typing import Any, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Term(StrEnum):
    """A word of a closed list that knows what it means."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        # Strict enums refuse the plain strings that every record holds; a literal
        # accepts exactly these strings and publishes as `enum`.
        return core_schema.no_info_after_validator_function(
            cls._missing_to_member, core_schema.literal_schema([m.value for m in cls])
        )

    @classmethod
    def _missing_to_member(cls, value: str) -> Self:
        return cls(value)

    @classmethod
    def _missing_(cls, value: object) -> None:
        known = ", ".join(cls)
        raise ValueError(f"{value!r} is not a valid {cls.__name__}; take one of {known}")


class Vocabulary(Term):
    """A code list of the record."""


class CodeFit(Vocabulary):
    exact = "exact", "The code's definition covers the act."
    approximate = "approximate", "The nearest code there is; the act goes beyond or beside it."


class Factuality(Vocabulary):
    asserted = "asserted", "The text, or a source it cites, says that the act took place."
    presupposed = "presupposed", "The act is taken for granted inside another clause."
    judged = "judged", "An outsider's view of somebody else's act or stance."
    predicted = "predicted", "The act is foretold; how certain it is, certainty says."
    hypothetical = "hypothetical", "The act stands in an if-clause or a question."


class Polarity(Vocabulary):
    affirmative = "affirmative", "The act is said to take place."
    negated = "negated", "The act is said not to take place."


class ContentStatus(Vocabulary):
    pledged = "pledged", "The words bind the speaker to do something."
    threatened = "threatened", "The words announce harm."
    authorised = "authorised", "The words permit or order somebody else to act."
    requested = "requested", "The words ask for something."
    alleged = "alleged", "The words claim that somebody did something."
    foretold = "foretold", "The words say what will or may come."
    opinion = "opinion", "The words say what the speaker thinks, wants or stands for."


class Slot(Vocabulary):
    actor = "actor", "Who acts."
    target = "target", "For or against whom the act is."
    addressee = "addressee", "Who is told, where that is not the target."
    instrument = "instrument", "Through whose hands the act is done."
    channel = "channel", "Through which body or procedure the act runs."
    product = "product", "What the act brings into being."
    other = "other", "Whose part is left open, as of those who intervene."


class Direction(Vocabulary):
    directed = "directed", "The act goes from the actor to the target."
    symmetric = "symmetric", "Actor and target do the act alike, as a call or a meeting."
    undirected = "undirected", "Who acts against whom is not said, as in a battle."


class Certainty(Vocabulary):
    certain = "certain", "The words leave no doubt, as in will."
    probable = "probable", "The words hold it likely, as in likely or expected to."
    possible = "possible", "The words hold it possible, as in may or could."


class Quotation(Vocabulary):
    direct = "direct", "The article gives the words between quotation marks."
    indirect = "indirect", "The article gives what was said in words of its own."
    none = "none", "No words of anybody are reported."


class CountKind(Vocabulary):
    deaths = "deaths", "People killed."
    injured = "injured", "People hurt."
    missing = "missing", "People of whom nothing is known."
    arrested = "arrested", "People taken into custody."
    abducted = "abducted", "People carried off."
    displaced = "displaced", "People who left their homes."
    gathered = "gathered", "People who came together."
    deployed = "deployed", "People sent out under orders."


class CountedSide(Vocabulary):
    actor_side = "actor_side", "Of the side that acts."
    target_side = "target_side", "Of the side against which the act is."
    civilians = "civilians", "Of people who take no part."
    unknown = "unknown", "Of whom, is not said."
    all = "all", "Of all together."


class CountPrecision(Vocabulary):
    exact = "exact", "The words give one figure."
    about = "about", "The words give one figure as approximate."
    at_least = "at_least", "The words give a figure that is reached or passed."
    at_most = "at_most", "The words give a figure that is not passed."
    vague = "vague", "The words give no figure, as in dozens; the manual says which to take."


class ActionMatch(Vocabulary):
    exact = "exact", "The code means what the source's code means."
    broader = "broader", "The code means more than the source's code does."
    narrower = "narrower", "The code means less than the source's code does."
    close = "close", "The code comes near; neither holds the other."


class SourceKind(Vocabulary):
    news_agency = "news_agency", "A news agency."
    newspaper = "newspaper", "A newspaper or magazine, printed or online."
    broadcaster = "broadcaster", "A radio or television station."
    official = "official", "A government, court or intergovernmental body."
    organisation = "organisation", "A party, union, company or association."
    social_media = "social_media", "A post by a person or group."
    other = "other", "Anything else."


class DigestKey(Vocabulary):
    none = "none", "Plain SHA-256, which anybody can try guesses against."
    text = "text", "Keyed by the text, so that only who holds it can verify or guess."


class DateExtent(Vocabulary):
    day = "day", "One day that is known."
    within = "within", "One day within several."
    span = "span", "All days from the first to the last."


class DateBasis(Vocabulary):
    stated = "stated", "The text prints the date."
    relative_to_publication = (
        "relative_to_publication",
        "The text counts from its own day, as in last week.",
    )
    relative_to_event = "relative_to_event", "The text counts from another event."
    bounded = "bounded", "Only limits follow from the text and its publication."
    none = "none", "The text does not place the act in time."


class PlacePrecision(Vocabulary):
    site = "site", "A building, square, airport or the like."
    city = "city", "A city, town or village."
    region = "region", "A province or another part of a country."
    country = "country", "A country as a whole."


class Confidence(Vocabulary):
    high = "high", "A second coder would agree on root, parties and date."
    medium = "medium", "A second coder might differ on one of root, parties and date."
    low = "low", "A second coder might well differ on several."


class Zone(Vocabulary):
    headline = "headline", "The title of the article."
    dateline = "dateline", "Section, date and agency lines."
    body = "body", "The running text."
    caption = "caption", "The words under a picture."
    teaser = "teaser", "A linked article's title or first words."
    sidebar = "sidebar", "Lists of other pages beside or below the article."
    boilerplate = "boilerplate", "Marks of the page's layout."


class SpanField(Vocabulary):
    trigger = "trigger", "The words that name the act."
    actor = "actor", "The words for an actor."
    target = "target", "The words for a target."
    addressee = "addressee", "The words for an addressee."
    instrument = "instrument", "The words for an instrument."
    channel = "channel", "The words for a channel."
    product = "product", "The words for what is brought into being."
    other = "other", "The words for who takes part without a side."
    object = "object", "The words for a thing acted upon."
    time = "time", "The words that place the act in time."
    place = "place", "The words that place the act in space."
    number = "number", "The words of a count."
    condition = "condition", "The words of a condition."
    negation = "negation", "The words that negate."
    source = "source", "The words for a source."


class SpeechAct(Vocabulary):
    reports = "reports", "Passes on what happened."
    states = "states", "Says it as a fact of its own knowledge."
    judges = "judges", "Says it as an assessment."
    predicts = "predicts", "Says that it will or may come."
    alleges = "alleges", "Says it as a charge."
    denies = "denies", "Says that it is not so."
    presupposes = "presupposes", "Takes it for granted."
    supposes = "supposes", "Puts it as a condition or a question."


class RelationType(Vocabulary):
    part_of = "part_of", "This event is a part of the other."
    precedes = "precedes", "This event came before the other."
    responds_to = "responds_to", "This event answers the other."
    caused_by = "caused_by", "The text says that the other event brought this one about."
    conditional_on = "conditional_on", "This event depends on the other taking place."
    about = "about", "The words of this event concern the other."
    contradicts = "contradicts", "Both cannot be true."
    possibly_same_as = "possibly_same_as", "Both records may be of one act."


class Standing(Vocabulary):
    defensible = "defensible", "A careful coder could have chosen it."
    rejected = "rejected", "Considered and found wrong."


class ActorKind(Vocabulary):
    state = "state", "A country as a whole."
    government_body = "government_body", "A government, ministry, court or agency."
    armed_force = "armed_force", "Military or police."
    intergovernmental = "intergovernmental", "An organisation whose members are states."
    organisation = "organisation", "A party, institute, company or association."
    media = "media", "A news agency, paper or broadcaster."
    person = "person", "A named person."
    armed_group = "armed_group", "People under arms outside the state's command."
    crowd = "crowd", "People gathered for an occasion."
    group = "group", "People sharing a trait or a cause."


class CodeSource(Vocabulary):
    cameo = "cameo", "The code is built from parts that CAMEO 1.1b3 lists."
    qantar = "qantar", "The code holds a part that CAMEO lacks and Qantar adds."


class PublishedBasis(Vocabulary):
    stated = "stated", "The text prints the day."
    bounded = "bounded", "The day lies within limits that follow from the text."


class Disposition(Vocabulary):
    coded = "coded", "At least one mention was read from the sentence."
    not_codeable = "not_codeable", "The sentence holds no codeable act."
    out_of_scope = "out_of_scope", "The sentence is not about what the dataset covers."


class UncodedReason(Vocabulary):
    no_act = "no_act", "A state of affairs, a quality or a plan, but no act."
    no_actor = "no_actor", "An act that nobody is said to do."
    generic_actor = "generic_actor", "The actor is people at large."
    attribution_only = "attribution_only", "The sentence only says who says something."
    truncated = "truncated", "The act is lost where the text breaks off."
    furniture = "furniture", "Layout, labels and marks."
    not_political = "not_political", "Nothing politically relevant."
    ordinary_crime = "ordinary_crime", "Crime without a political side."
    later_capture = "later_capture", "Added to the page after the article was published."


class CountedActs(Vocabulary):
    matched = "matched", "Only acts that at least two of the coders have."
    all = "all", "All acts; a coder who lacks one differs in it from each who has it."


class ChangeType(Vocabulary):
    created = "created", "The record is new."
    corrected = "corrected", "A value was wrong."
    refined = "refined", "A value was made more precise or added."
    recoded = "recoded", "The same words are coded otherwise."
    merged = "merged", "The record went into the other event."
    divided = "split", "The record was divided; the other event holds a part of it."
    retracted = "retracted", "The record should not have been."
    reinstated = "reinstated", "A record that was gone stands again."


TOMBSTONES = frozenset({ChangeType.merged, ChangeType.retracted})
