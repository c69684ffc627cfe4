"""A rule explained: what it says, where it applies, and what to do."""

from difflib import get_close_matches

from qantar.schema.past import PAST_VERSIONS, past_schema
from qantar.schema.rule import Profile, Rule
from qantar.schema.rules import ANY
from qantar.validation.rules.observation import rules_by_id

_CLOSE_ENOUGH = 0.5


def explain(rule_id: str) -> str:
    """The rule in a few lines; for an id that no rule has, the nearest ones."""
    declared = rules_by_id().get(rule_id)
    if declared:
        return _describe(declared)
    for version in PAST_VERSIONS:
        past = tuple(rule for rule in past_schema(version).rules if rule.id == rule_id)
        if past:
            return (
                f"{_describe(past)}\nThis is a rule of schema {version}, and no more of this one.\n"
            )
    return _suggest(rule_id)


def _describe(declared: tuple[Rule, ...]) -> str:
    rule = declared[0]
    profiles = [p for p in Profile if any(p in other.profiles for other in declared)]
    severities = {p: r.severity for r in declared for p in r.profiles}
    told = ", ".join(f"{severities[p]} in {p}" for p in profiles)
    severity = rule.severity if len({*severities.values()}) == 1 else told
    # A rule of several parts says what each part asks.
    asked = dict.fromkeys((other.sentence, other.mend) for other in declared)
    lines = [
        f"{rule.id} ({severity})",
        "",
        *(line for sentence, mend in asked for line in (sentence, f"What to do: {mend}", "")),
        f"Applies to: {'; '.join(_tell_places(declared))}",
        f"Profiles: {', '.join(profiles)}",
    ]
    return "\n".join(lines) + "\n"


def _tell_places(declared: tuple[Rule, ...]) -> list[str]:
    places = []
    for rule in declared:
        table = "every table and file" if rule.table == ANY else rule.table
        columns = ", ".join(rule.on)
        places.append(f"{table} ({columns})" if columns else table)
    return list(dict.fromkeys(places))


def _suggest(rule_id: str) -> str:
    known = rules_by_id()
    near = get_close_matches(rule_id, known, 3, _CLOSE_ENOUGH)
    near += [name for name in known if rule_id and rule_id in name and name not in near][:3]
    if near:
        return f"There is no rule {rule_id!r}. Did you mean {' or '.join(near)}?\n"
    return f"There is no rule {rule_id!r}. The rules are: {', '.join(sorted(known))}.\n"
