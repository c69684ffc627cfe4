"""What tells parties apart: the words of their names, their class and their country."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from qantar.schema.codebook import actor_parts, countries
from qantar.schema.other_codes import country_names, fold_name

MOST_WORDS = 6
_LONG_WORD = 6


class PartyClass(IntEnum):
    """What a party is, as far as code or name say it. other: named, or of no class here."""

    unknown = 0
    government = 1
    military = 2
    police = 3
    armed = 4
    rebels = 5
    criminals = 6
    civilians = 7
    protesters = 8
    opposition = 9
    other = 10
    country = 11


@dataclass(frozen=True)
class PartyTraits:
    """words: of the name, without those that say what sort of party it is."""

    words: tuple[str, ...] = ()
    kind: PartyClass = PartyClass.unknown
    country: str | None = None

    @property
    def is_known(self) -> bool:
        return bool(self.words) or self.kind is not PartyClass.unknown


_CODE_PARTS = {
    PartyClass.government: "GOV LEG JUD SPY ELI UIS",
    PartyClass.military: "MIL PKO",
    PartyClass.police: "COP",
    PartyClass.armed: "UAF",
    PartyClass.rebels: "REB INS SEP RAD IMG",
    PartyClass.criminals: "CRM",
    PartyClass.civilians: "CVL LAB EDU AGR REF SET HLH HRI ENV DEV",
    PartyClass.opposition: "OPP PTY",
}
_CLASS_OF_PART = {part: kind for kind, parts in _CODE_PARTS.items() for part in parts.split()}
# Words that say what sort of party it is. The first of these classes that a name has a word of
# is its class.
_CLASS_WORDS = {
    PartyClass.police: "police policeman policemen gendarmerie constabulary",
    PartyClass.protesters: "protester protesters protestor protestors demonstrator demonstrators "
    "rioter rioters marchers",
    PartyClass.opposition: "opposition dissident dissidents",
    PartyClass.rebels: "rebel rebels insurgent insurgents guerrilla guerrillas separatist "
    "separatists",
    PartyClass.criminals: "criminal criminals gang gangs smuggler smugglers thief thieves",
    PartyClass.civilians: "civilian civilians citizen citizens villager villagers resident "
    "residents population people student students worker workers labor labour employee employees "
    "farmer farmers women youth children",
    PartyClass.armed: "gunman gunmen militant militants attacker attackers assailant assailants "
    "bomber bombers men unidentified unknown perpetrator perpetrators",
    PartyClass.military: "military army armed forces force troops soldier soldiers navy air "
    "battalion brigade regiment division infantry",
    PartyClass.government: "government governments governmental state cabinet president "
    "presidential prime minister ministers ministry authorities authority administration "
    "parliament senate court judiciary embassy ambassador official officials",
}
_CLASS_OF_WORD = {word: kind for kind, words in _CLASS_WORDS.items() for word in words.split()}
_OFFICES = (
    "police gendarmerie constabulary government ministry minister president cabinet parliament "
    "senate embassy ambassador"
)
_EMPTY = (
    "of the and a an in for de la el los las del da do dos e y et le les des al group groups "
    "member members supporter supporters faction communal militia one two three four five six "
    "several some"
)
# A name with a word of an office is of a state, whatever else it says.
_OFFICE_WORDS, _EMPTY_WORDS = frozenset(_OFFICES.split()), frozenset(_EMPTY.split())


def traits(name: str | None, code: str | None, country: str | None) -> PartyTraits:
    """What a party's name, CAMEO code and country tell of it.

    >>> traits("Military Forces of Iceland (2017-)", None, None)
    PartyTraits(words=(), kind=<PartyClass.military: 2>, country='ISL')
    >>> traits("Fog Riders", None, None).words
    ('fog', 'rdrs')
    """
    role, of_code = _role(code) if code else (None, None)
    folded, named = _without_countries(fold_name(name)) if name else ("", None)
    words = [word for word in folded.split() if not any(letter.isdigit() for letter in word)]
    told = [kind for word in words if (kind := _CLASS_OF_WORD.get(word)) is not None]
    own = [word for word in words if word not in _CLASS_OF_WORD and word not in _EMPTY_WORDS]
    country = country or of_code or named
    if role is not None and len(own) == 1 and len(words) == 1:
        # CAMEO's dictionaries name a role with one word, such as COMPANY or LAWYER.
        own = []
    kind = role
    if kind is None and told and (not own or _OFFICE_WORDS & {*words}):
        kind = min(told, key=[*_CLASS_WORDS].index)
    if kind is None:
        is_country = not own and country is not None and bool(name or code)
        kind = PartyClass.country if is_country else None
    if kind is None:
        kind = PartyClass.other if own else PartyClass.unknown
    kept = tuple(dict.fromkeys(skeleton(word) for word in own))[:MOST_WORDS]
    return PartyTraits(kept, kind, country)


def skeleton(word: str) -> str:
    """A long word without what spellings differ in: vowels, doubled letters, a plural's s.

    >>> skeleton("choibalsan") == skeleton("choybalsan"), skeleton("red")
    (True, 'red')
    """
    if len(word) < _LONG_WORD:
        return word
    # Transliterations write one letter as kh and as h.
    hard = word.replace("kh", "h").translate(str.maketrans("cqzvj", "kksfi"))
    bare = hard[0] + re.sub("[aeiouyhw]", "", hard[1:])
    short = re.sub(r"(.)\1+", r"\1", bare)
    return short[:-1] if short.endswith("s") and len(short) > 4 else short


@cache
def _role(code: str) -> tuple[PartyClass | None, str | None]:
    """The class and the country that a CAMEO code tells."""
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    country = parts[0] if parts[0] in countries() else None
    roles = [_CLASS_OF_PART[part] for part in parts if part in _CLASS_OF_PART]
    if roles:
        return roles[0], country
    further = parts[1:] if country else parts
    if country and not further:
        return PartyClass.country, country
    return (PartyClass.other if any(p in actor_parts() for p in further) else None), country


@cache
def _country_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    known = {fold_name(one.name["en"]): key for key, one in countries().items() if "en" in one.name}
    known |= {
        fold_name(one.name): one.country_code
        for one in country_names()
        if one.language_code == "en"
    }
    longest = sorted(known, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})n?\b"), known


def _without_countries(folded: str) -> tuple[str, str | None]:
    """A folded name without names of countries, and the first of these countries."""
    pattern, known = _country_pattern()
    found = pattern.search(folded)
    if found is None:
        return folded, None
    name = found[0] if found[0] in known else found[0].removesuffix("n")
    return pattern.sub(" ", folded), known.get(name)
