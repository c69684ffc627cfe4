"""Which values must have been read from words: each has a span that shows where."""

from typing import Any

from qantar.schema.rule import Condition, Profile, Rule, Severity, Traced
from qantar.schema.vocabulary import DateBasis, Polarity, SpanField


def _traced(table: str, *columns: str, **more: Any) -> Traced:
    # A warning, since a reader may rightly infer what no single word says.
    return Traced(
        id="span-missing",
        table=table,
        columns=columns,
        profiles=(Profile.coded,),
        severity=Severity.warning,
        sentence="A value that was read from the text has a span of the words it was read from.",
        mend="Add the span to the mention that says so (qantar quote prints it), or leave the "
        "value out where no words say it.",
        **more,
    )


TRACE_RULES: tuple[Rule, ...] = (
    _traced("participants", "slot", ordinal="ordinal"),
    _traced("events", "object", field=SpanField.object),
    _traced("events", "condition", field=SpanField.condition),
    _traced("events", "place_name", field=SpanField.place),
    _traced("counts", "best", "low", "high", field=SpanField.number, ordinal="ordinal"),
    _traced(
        "events",
        "date_edtf",
        field=SpanField.time,
        when=(
            Condition(
                column="date_basis",
                is_in=(
                    DateBasis.stated,
                    DateBasis.relative_to_publication,
                    DateBasis.relative_to_event,
                ),
            ),
        ),
    ),
    _traced(
        "events",
        "polarity",
        field=SpanField.negation,
        when=(Condition(column="polarity", is_in=(Polarity.negated,)),),
    ),
    _traced(
        "attributions",
        "actor_id",
        key="mention_id",
        field=SpanField.source,
        when=(Condition(column="implied", is_in=(False,)),),
    ),
)
