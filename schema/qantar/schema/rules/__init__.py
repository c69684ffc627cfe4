"""The rules of the record: every one once, as data, compiled in ``qantar.validation``."""

from functools import cache

from qantar.schema.rule import ForeignKey, Profile, Rule, Unique
from qantar.schema.rules.certainty import CERTAINTY_RULES
from qantar.schema.rules.counts import COUNT_RULES
from qantar.schema.rules.events import CODEBOOK_COLUMNS, EVENT_RULES, OCCURRED
from qantar.schema.rules.history import HISTORY_RULES
from qantar.schema.rules.mentions import MENTION_RULES
from qantar.schema.rules.observations import ANY, OBSERVATIONS
from qantar.schema.rules.places import PLACE_RULES
from qantar.schema.rules.sources import SOURCE_RULES
from qantar.schema.rules.traces import TRACE_RULES
from qantar.schema.tables import TABLES

__all__ = ["ANY", "CODEBOOK_COLUMNS", "OCCURRED", "rules", "rules_of"]


def _key_rules() -> tuple[Rule, ...]:
    keys: list[Rule] = []
    for table in TABLES.values():
        if table.primary_key:
            keys.append(
                Unique(
                    id="key-duplicate",
                    table=table.name,
                    columns=table.primary_key,
                    sentence="No two rows have the same key.",
                    mend="Remove the repeated row, or give it a key of its own.",
                )
            )
        keys.extend(
            ForeignKey(
                id="key-dangling",
                table=table.name,
                columns=reference.columns,
                other_table=reference.table,
                other_columns=reference.other_columns,
                sentence="What a row points to exists.",
                mend="Correct the id, or add the row it points to.",
            )
            for reference in table.references
        )
    return tuple(keys)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule; key rules and value rules share an id over several tables."""
    return (
        *EVENT_RULES,
        *CERTAINTY_RULES,
        *COUNT_RULES,
        *PLACE_RULES,
        *MENTION_RULES,
        *TRACE_RULES,
        *SOURCE_RULES,
        *HISTORY_RULES,
        *_key_rules(),
        *OBSERVATIONS,
    )


def rules_of(table: str, profile: Profile) -> tuple[Rule, ...]:
    """The rules of a table that are asked of a profile."""
    return tuple(rule for rule in rules() if rule.table == table and profile in rule.profiles)
