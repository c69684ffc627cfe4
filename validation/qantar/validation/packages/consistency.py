"""What must hold across tables beyond keys: roles, tombstones, dates, sources, derived values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qantar.schema.derivation import has_occurred
from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.schema.vocabulary import TOMBSTONES, Slot
from qantar.validation.packages.ledger import observe_ledger
from qantar.validation.rules.derived_value import observe_derived
from qantar.validation.rules.observation import Observed, Tables, fault_by, sound, value_of

Row = Mapping[str, Any]


def observe_consistency(
    tables: Tables, profile: Profile = Profile.coded, languages: Sequence[str] = ()
) -> Iterator[Observed]:
    """What is wrong across the tables of a package.

    tables: marked rows by table. languages: of the package, the main one first. A rule that
    needs a table that is not there, or a cell that is faulty, is not judged.
    """
    yield from observe_derived(tables, profile, languages)
    yield from observe_facts(tables)


def observe_facts(tables: Tables) -> Iterator[Observed]:
    """The same, but for derived values."""
    yield from _roles(tables)
    yield from _tombstones(tables)
    yield from observe_ledger(tables)
    yield from _dates(tables)
    yield from _sources(tables)


def _roles(tables: Tables) -> Iterator[Observed]:
    if "actor_roles" not in tables:
        return
    events = _by_key(tables, "events", "event_id")
    roles = _grouped(tables, "actor_roles", "actor_id")
    for index, row in enumerate(tables.get("participants", ())):
        event = events.get(row.get("event_id"), {})
        code, country = row.get("actor_code"), row.get("actor_country_code")
        if not sound(row, "actor_id") or (code is None and country is None):
            continue
        held = [role for role in roles[row["actor_id"]] if _is_held(role, event)]
        if not any(_fits(role, code, country) for role in held):
            told = " or ".join(sorted({_tell_role(role) for role in held})) or "no role"
            message = (
                f"{row['actor_id']} acts as {_tell_codes(code, country)}, but has {told} "
                f"{_tell_dates(event)}."
            )
            fault = fault_by(
                "role-unknown", message, column="actor_code", value=value_of(row, "actor_code")
            )
            yield Observed("participants", index, fault)


def _is_held(role: Row, event: Row) -> bool:
    """Whether the role can have been held on a day the event can have been."""
    begins, ends = value_of(role, "valid_from"), value_of(role, "valid_to")
    first, last = value_of(event, "date_earliest"), value_of(event, "date_latest")
    begins_later = begins is not None and last is not None and begins > last
    ended_before = ends is not None and first is not None and ends < first
    return not (begins_later or ended_before)


def _fits(role: Row, code: Any, country: Any) -> bool:
    # A faulty cell on either side may well be the right one.
    pairs = ((role.get("actor_code"), code), (role.get("actor_country_code"), country))
    return all(a == b or not (_is_plain(a) and _is_plain(b)) for a, b in pairs)


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _tell_role(role: Row) -> str:
    return _tell_codes(value_of(role, "actor_code"), value_of(role, "actor_country_code"))


def _tell_codes(code: Any, country: Any) -> str:
    return f"{code or 'no code'} ({country or 'no country'})"


def _tell_dates(event: Row) -> str:
    first, last = value_of(event, "date_earliest"), value_of(event, "date_latest")
    if first and last:
        return f"on {first}" if first == last else f"from {first} to {last}"
    return f"from {first} on" if first else f"until {last}" if last else "at any time"


def _tombstones(tables: Tables) -> Iterator[Observed]:
    latest: dict[str, Row] = {}
    for row in tables.get("changes", ()):
        if sound(row, "event_id", "record_version", "change"):
            known = latest.get(row["event_id"])
            if known is None or known["record_version"] < row["record_version"]:
                latest[row["event_id"]] = row
    for index, event in enumerate(tables.get("events", ())):
        last = latest.get(event.get("event_id", ""))
        if last is not None and last["change"] in TOMBSTONES:
            message = (
                f"{event['event_id']} stands among the events, but version "
                f"{last['record_version']} of it was {last['change']}."
            )
            fault = fault_by(
                "tombstone-standing", message, column="event_id", value=event["event_id"]
            )
            yield Observed("events", index, fault)


def _dates(tables: Tables) -> Iterator[Observed]:
    articles = _by_key(tables, "articles", "article_id")
    mentions = _grouped(tables, "mentions", "event_id")
    for index, event in enumerate(tables.get("events", ())):
        if not (sound(event, "event_id", "date_earliest") and has_occurred(event)):
            continue
        # An article may foretell what another reports, so only reports set a limit.
        reports = [m for m in mentions[event["event_id"]] if has_occurred(m)]
        known = [articles[m["article_id"]] for m in reports if m.get("article_id") in articles]
        late = [
            a for a in known if (value_of(a, "published_latest") or "9") < event["date_earliest"]
        ]
        if late:
            message = (
                f"date_earliest is {event['date_earliest']}, but {late[0]['article_id']}, which "
                f"reports the act, was published by {late[0]['published_latest']}."
            )
            fault = fault_by(
                "date-after-publication",
                message,
                column="date_earliest",
                value=event["date_earliest"],
            )
            yield Observed("events", index, fault)


def _sources(tables: Tables) -> Iterator[Observed]:
    events = _by_key(tables, "events", "event_id")
    mentions = _by_key(tables, "mentions", "mention_id")
    articles = _by_key(tables, "articles", "article_id")
    speakers = _speakers(tables, events)
    names = _names(tables)
    for index, link in enumerate(tables.get("attributions", ())):
        mention = mentions.get(link.get("mention_id"), {})
        source = value_of(link, "actor_id")
        if source is None:
            continue
        article = articles.get(mention.get("article_id"), {})
        publisher = value_of(article, "publisher")
        said = None
        if source in speakers.get(mention.get("event_id"), ()):
            said = f"{source} is the actor of this act of words, or the body that acts through it"
        elif publisher and publisher.casefold() in names[source]:
            said = f"{source} is the publisher of {article['article_id']}"
        if said:
            message = f"{said}, and so no link of the chain."
            fault = fault_by("source-is-actor", message, column="actor_id", value=source)
            yield Observed("attributions", index, fault)


def _speakers(tables: Tables, events: Mapping[Any, Row]) -> dict[Any, set[str]]:
    """Actors, and the bodies they act for, of each act that is made of words."""
    roles = _grouped(tables, "actor_roles", "actor_id")
    found: dict[Any, set[str]] = defaultdict(set)
    for row in tables.get("participants", ()):
        event = events.get(row.get("event_id"), {})
        if row.get("slot") != Slot.actor or not sound(row, "actor_id"):
            continue
        if value_of(event, "content_status") is None:
            continue
        held = [role for role in roles[row["actor_id"]] if _is_held(role, event)]
        bodies = {role["represents_id"] for role in held if sound(role, "represents_id")}
        found[row["event_id"]] |= {row["actor_id"], *bodies}
    return found


def _names(tables: Tables) -> dict[str, set[str]]:
    """Every name of each actor, for comparison without regard to case."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in ("actors", "actor_names"):
        for row in tables.get(table, ()):
            for column in (n for n in row if n == "name" or TABLES["actors"].base_of(n) == "name"):
                if sound(row, "actor_id", column):
                    found[row["actor_id"]].add(row[column].casefold())
    return found


def _by_key(tables: Tables, table: str, key: str) -> dict[Any, Row]:
    return {row[key]: row for row in tables.get(table, ()) if sound(row, key)}


def _grouped(tables: Tables, table: str, key: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in tables.get(table, ()):
        if sound(row, key):
            groups[row[key]].append(row)
    return groups
