"""The rule catalogue: what is asked of records, rule by rule, and what to do about a fault."""

from collections.abc import Iterator

from qantar.schema.condition import expressible_rules
from qantar.schema.reference.markdown import code, link, table
from qantar.schema.rule import Profile, Rule, Severity
from qantar.schema.rules import ANY, rules
from qantar.schema.version import SCHEMA_VERSION

_SEVERAL = "Several tables"
_EVERYWHERE = "Every table and file"
_INTRODUCTION = """\
{count} rules of schema {version}, each with the sentence that must hold and what to do where it
does not; `qantar explain RULE` prints the same. An *error* makes the exit status 1; a *warning* or
a *note* does not. Where a rule is asked of coded records only, rows converted from other sources
are not held to it. The rules as data are in
`schema/qantar/schema/published/{version}/rules.json`."""


def rule_parts() -> Iterator[str]:
    """The parts of the page, in order."""
    declared: dict[str, list[Rule]] = {}
    for rule in rules():
        declared.setdefault(rule.id, []).append(rule)
    places: dict[str, list[str]] = {}
    for rule_id, same in declared.items():
        places.setdefault(_place(same), []).append(rule_id)
    yield _INTRODUCTION.format(count=len(declared), version=SCHEMA_VERSION)
    yield table(
        ("on", "rules"),
        (
            (link(place, place), ", ".join(link(code(i), i) for i in ids))
            for place, ids in places.items()
        ),
    )
    for place, ids in places.items():
        yield f"## {place}"
        for rule_id in ids:
            yield f"### {rule_id}"
            yield _describe(declared[rule_id])


def _place(same: list[Rule]) -> str:
    tables = {rule.table for rule in same}
    if tables == {ANY}:
        return _EVERYWHERE
    return tables.pop() if len(tables) == 1 else _SEVERAL


def _describe(same: list[Rule]) -> str:
    # A rule of several parts says what each part asks.
    asked = dict.fromkeys((rule.sentence, rule.mend) for rule in same)
    lines = [f"{sentence}\n\n**What to do:** {mend}" for sentence, mend in asked]
    return "\n\n".join([*lines, f"{'. '.join(_facts(same))}."])


def _facts(same: list[Rule]) -> Iterator[str]:
    severities = {p: _SEVERITIES[r.severity] for r in same for p in r.profiles}
    if len({*severities.values()}) == 1:
        yield _SEVERITIES[same[0].severity]
    else:
        coded, converted = severities[Profile.coded], severities[Profile.exchange]
        yield f"{coded} of coded records, {converted.lower()} of converted rows"
    if not any(Profile.exchange in rule.profiles for rule in same):
        yield "Of coded records only"
    if not any(Profile.coded in rule.profiles for rule in same):
        yield "Of converted rows only"
    columns = list(dict.fromkeys(name for rule in same for name in rule.on))
    if columns and len({rule.table for rule in same}) == 1:
        yield "Looks at " + ", ".join(map(code, columns))
    if same[0].id in {rule.id for rule in expressible_rules(Profile.coded)}:
        yield "Also in the JSON Schema"


_SEVERITIES = {
    Severity.error: "An error",
    Severity.warning: "A warning",
    Severity.note: "A note",
}
