"""The codebook: actions with their glosses and scales, parts of actor codes, countries."""

from collections.abc import Iterator

from qantar.schema.codebook import (
    Action,
    ActorPart,
    actions,
    actor_parts,
    countries,
    stray_actions,
)
from qantar.schema.other_codes import System, country_codes, country_names, languages
from qantar.schema.reference.markdown import code, link, table

_INTRODUCTION = """\
{count} codes of CAMEO 1.1b3 with their standard names, glosses in our own English and Vietnamese
words, and what the field's scales and classes say of them. The same is the table `codes` of every
release and `schema/qantar/schema/codebook/actions.csv`. Codes are written as CURIEs, since a bare
`041` is read as the number 41 by most tools.

**Scales.** Three tables go under the name of Goldstein and differ: *GDELT*, *ICEWS*, *KEDS*. Of the
classes, *quad* is GDELT's as its rows have it (1 verbal cooperation, 2 material cooperation,
3 verbal conflict, 4 material conflict); `codes` also has `quad_class_common`, as most analysis
code maps it, and `penta_class_phoenix`. *PLOVER* is the type, with mode and context where there
are any."""
_STRAY = """\
Codes of other systems' files that CAMEO 1.1b3 does not have. Rows converted from elsewhere may hold
them; coded records may not."""
_PARTS = """\
An actor's code is built of three-letter parts, the country or body first and the role after it:
`KAZGOV` is the government of Kazakhstan. `cameo` parts are those of CAMEO 1.1b3, `qantar` parts
were added because CAMEO has none. The parts for countries are in
`schema/qantar/schema/codebook/actor_parts.csv`."""
_COUNTRIES = """\
ISO 3166-1 alpha-3, with the numbers of the Correlates of War (COW) and of Gleditsch and Ward (GW)
where they have one; the table `countries` of a release."""

_OTHER_COUNTRIES = """\
What other systems call a country, also those that are gone: the facts by which a check tells what
a value was meant to be. They are in `schema/qantar/schema/codebook/country_codes.csv`; {names}
further names, English and Vietnamese, are in `country_names.csv` beside it, and the {languages}
languages of ISO 639-1 in `languages.csv`. A star marks codes that are withdrawn. `XKX` and `XK` for
Kosovo are user-assigned: ISO 3166-1 has no code for it. What a country that changed its name was
called stands with the country of today (`ZAR` with `COD`); countries that no country of today
stands for have rows of their own, and their names are in `countries_further.csv`.

**Days.** `valid_from` and `valid_to` are the first and last day of a code. Of ISO they come from
the newsletters and from ISO 3166-3, of COW from the list of state system membership (version
2016), of Gleditsch and Ward from their list of independent states with its supplement of
microstates: there they are days of membership, and a state that was occupied has two rows. Where
a list tells no day, or only a year, the day is left out; so are all days of FIPS 10-4, three of
Gleditsch and Ward that contradict the day of independence (Maldives, Nauru, Rwanda), and most
days on which ISO 3166-1 added a country. COW's 345 and both lists' 365 run on through changes of
the state; here they are divided on 1 December 1918, 4 February 2003 and 5 June 2006 (Serbia,
Yugoslavia, Serbia and Montenegro, Serbia), and on 30 December 1922 and 26 December 1991 (Russia,
the Soviet Union, Russia).

The lists were compared with two public packages. With pycountry 26.2 all codes of ISO 3166-1
agree, and all codes and full days of ISO 3166-3. With countrycode 0.6, which has no days, the table
differs on purpose: that has 327, the Papal States until 1870, for the Vatican of today; it has one
number where there were two (Germany, Vietnam, Yemen), none for microstates in Gleditsch and Ward,
no COW number for Serbia (345), no FIPS codes for Curaçao, Saint Martin, Sint Maarten and South
Sudan, which came late, and one in place of two for Palestine and for Svalbard and Jan Mayen."""
_SYSTEMS: dict[System, str] = {
    "iso_alpha2": "alpha-2",
    "iso_numeric": "numeric",
    "iso_alpha3": "alpha-3",
    "fips": "FIPS 10-4",
    "cow": "COW",
    "cow_letters": "COW letters",
    "gw": "GW",
    "gw_letters": "GW letters",
    "ioc": "IOC",
}


def code_parts() -> Iterator[str]:
    """The parts of the page, in order."""
    yield _INTRODUCTION.format(count=len(actions()))
    roots: dict[str, list[Action]] = {}
    for action in actions().values():
        roots.setdefault(action.root_code, []).append(action)
    headings = {root: _heading(root) for root in roots}
    yield table(
        ("root", "name", "codes"),
        (
            (code(root), link(actions()[root].action_name, _anchor(headings[root])), len(below))
            for root, below in roots.items()
        ),
    )
    for root, below in roots.items():
        yield f"## {headings[root]}"
        yield table(
            ("code", "name and glosses", "PLOVER", "GDELT", "ICEWS", "KEDS", "quad"),
            map(_action_row, below),
        )
    yield "## Stray codes"
    yield _STRAY
    yield table(
        ("code", "name", "root", "note"),
        (
            (
                code(a.action_code),
                a.action_name,
                code(a.root_code) if a.root_code else "",
                a.note_en,
            )
            for a in stray_actions().values()
        ),
    )
    yield "## Parts of actor codes"
    yield _PARTS
    yield from _part_tables()
    yield from _country_parts()


def _country_parts() -> Iterator[str]:
    yield "## Countries"
    yield _COUNTRIES
    yield table(
        ("code", "English", "Vietnamese", "COW", "GW"),
        (
            (code(c.country_code), c.name.get("en"), c.name.get("vi"), c.cow_number, c.gw_number)
            for c in countries().values()
        ),
    )
    yield "## Countries in other systems"
    yield _OTHER_COUNTRIES.format(names=len(country_names()), languages=len(languages()))
    found: dict[str, dict[System, list[str]]] = {}
    held = [code for code in country_codes() if code.status != "withdrawn"]
    in_use = {(code.country_code, code.system, code.code) for code in held}
    for other in country_codes():
        key = other.country_code, other.system, other.code
        told = other.code + ("" if key in in_use else "*")
        codes = found.setdefault(other.country_code, {}).setdefault(other.system, [])
        if told not in codes:
            codes.append(told)
    yield table(
        ("country", *_SYSTEMS.values()),
        (
            (code(country), *(", ".join(codes.get(system, ())) for system in _SYSTEMS))
            for country, codes in found.items()
        ),
    )


def _heading(root: str) -> str:
    return f"{root.removeprefix('cameo:')} {actions()[root].action_name}"


def _anchor(heading: str) -> str:
    return "".join(c for c in heading if c.isalnum() or c in " -")


def _action_row(action: Action) -> tuple[object, ...]:
    plover = " / ".join(
        part
        for part in (action.plover_type, action.plover_mode, action.plover_context)
        if part is not None
    )
    return (
        code(action.action_code),
        f"**{action.action_name}**<br>{'<br>'.join(action.gloss.values())}",
        plover,
        *map(_number, (action.goldstein_gdelt, action.goldstein_icews, action.goldstein_keds)),
        action.quad_class_gdelt,
    )


def _number(scale: float | None) -> str | None:
    return None if scale is None else f"{scale:g}".replace("-", "\N{MINUS SIGN}")


def _part_tables() -> Iterator[str]:
    kinds: dict[str, list[ActorPart]] = {}
    for part in (part for parts in actor_parts().values() for part in parts):
        kinds.setdefault(part.kind, []).append(part)
    for kind, parts in kinds.items():
        if kind == "country":
            continue
        yield f"### {kind.replace('_', ' ').capitalize()}"
        yield table(
            ("part", "stands for", "source", "note"),
            ((code(p.part_code), p.title, code(p.code_source), p.note_en) for p in parts),
        )
