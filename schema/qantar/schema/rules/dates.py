"""What holds of the days of an event: its EDTF date, its bounds, and what they rest on."""

from collections.abc import Iterator

from qantar.schema.rule import (
    Acyclic,
    Compare,
    Computed,
    Condition,
    OrderedEdtf,
    Profile,
    Requires,
    Rule,
    WithinEdtf,
)
from qantar.schema.rules.placeholders import placeholder
from qantar.schema.vocabulary import DateBasis, Factuality, Polarity

CODED_ONLY = (Profile.coded,)
# What occurred; rows that say nothing of it are taken for acts that did.
_NOT_SAID_TO_BE_NO_FACT = (
    Condition(
        column="factuality",
        lacks=(Factuality.judged, Factuality.predicted, Factuality.hypothetical),
    ),
    Condition(column="polarity", lacks=(Polarity.negated,)),
    Condition(column="certainty", present=False),
)
# What an EDTF date holds that is open at its start, and at its end.
_OPEN_SIDES = {"date_earliest": ("../", "[.."), "date_latest": ("/..", "..]")}


def _bound_event_rules() -> Iterator[Rule]:
    """What holds of the event from which the first day follows, and of that of the last."""
    for bound in _OPEN_SIDES:
        column, name = f"{bound}_event_id", f"{bound.replace('_', '-')}-event"
        yield Compare(
            id=f"{name}-itself",
            table="events",
            left="event_id",
            operator="!=",
            right=column,
            sentence=f"The event that {bound} follows from is another one.",
            mend="Name the other event, or leave the column out where the text gives the day.",
        )
        yield Acyclic(
            id=f"{name}-cycle",
            table="events",
            source="event_id",
            target=column,
            sentence=f"No {bound} follows, by way of others, from itself.",
            mend="Let one day of the circle rest on something else than an event of the circle.",
        )
        yield Requires(
            id=f"{name}-unexpected",
            table="events",
            when=(
                Condition(column=bound, present=False),
                Condition(column="date_basis", lacks=(DateBasis.none,)),
            ),
            absent=(column,),
            sentence=f"An event that {bound} follows from stands beside that day.",
            mend=f"Give {bound}, or leave out {column}.",
        )


DATE_RULES: tuple[Rule, ...] = (
    Compare(
        id="date-reversed",
        table="events",
        left="date_earliest",
        operator="<=",
        right="date_latest",
        sentence="The first day an act can have been is not after the last.",
        mend="Swap the two dates, or correct the wrong one.",
    ),
    OrderedEdtf(
        id="date-edtf-reversed",
        table="events",
        column="date_edtf",
        sentence="An interval or a set of days in EDTF does not end before it begins.",
        mend="Swap the two ends, or correct the wrong one.",
    ),
    WithinEdtf(
        id="date-earliest-outside-edtf",
        table="events",
        edtf="date_edtf",
        column="date_earliest",
        sentence="The first day lies within what the EDTF date can mean.",
        mend="Correct the day or the EDTF date, or mark the latter as approximate with ~.",
    ),
    WithinEdtf(
        id="date-latest-outside-edtf",
        table="events",
        edtf="date_edtf",
        column="date_latest",
        sentence="The last day lies within what the EDTF date can mean.",
        mend="Correct the day or the EDTF date, or mark the latter as approximate with ~.",
    ),
    *(placeholder("events", column) for column in ("date_earliest", "date_latest")),
    *(
        Requires(
            id="date-bounds-missing",
            table="events",
            when=(
                *_NOT_SAID_TO_BE_NO_FACT,
                Condition(column="date_edtf", lacks=open_side),
                Condition(column="date_basis", lacks=(DateBasis.none,)),
            ),
            present=(bound,),
            sentence="An act that occurred has a first and a last day it can have been, "
            "unless date_edtf is open on that side or date_basis is none.",
            mend="Give both days as tight as text and publication date allow. Of an act that goes "
            "on write date_edtf with an open end, such as 2024-03-11/.., of one that can have been "
            "on any day since [2024-03-11..], and leave the day of the open side out.",
        )
        for bound, open_side in _OPEN_SIDES.items()
    ),
    Requires(
        id="date-edtf-missing",
        table="events",
        profiles=CODED_ONLY,
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
        present=("date_edtf",),
        sentence="A date that rests on the text is given in EDTF.",
        mend="Write the date as the text has it, for example 2022-01-XX.",
    ),
    Requires(
        id="date-edtf-unexpected",
        table="events",
        profiles=CODED_ONLY,
        when=(Condition(column="date_basis", is_in=(DateBasis.none,)),),
        absent=("date_edtf",),
        sentence="An act that the text does not place in time has no date.",
        mend="Say in date_basis what the date rests on, or leave out date_edtf.",
    ),
    Requires(
        id="date-anchor-missing",
        table="events",
        profiles=CODED_ONLY,
        when=(Condition(column="date_basis", is_in=(DateBasis.relative_to_event,)),),
        present=("date_anchor_event_id",),
        sentence="A date counted from another event names that event.",
        mend="Give date_anchor_event_id, or another date_basis.",
    ),
    Requires(
        id="date-anchor-unexpected",
        table="events",
        when=(
            Condition(
                column="date_basis",
                is_in=(DateBasis.stated, DateBasis.relative_to_publication, DateBasis.none),
            ),
        ),
        absent=("date_anchor_event_id",),
        sentence="Only a date that rests on another event has an anchor.",
        mend="Leave out date_anchor_event_id, or correct date_basis.",
    ),
    Compare(
        id="date-anchor-itself",
        table="events",
        left="event_id",
        operator="!=",
        right="date_anchor_event_id",
        sentence="An event is not the anchor of its own date.",
        mend="Name the event from which the text counts.",
    ),
    Acyclic(
        id="date-anchor-cycle",
        table="events",
        source="event_id",
        target="date_anchor_event_id",
        sentence="No date is counted, by way of others, from itself.",
        mend="Let one date of the circle rest on something else than an event of the circle.",
    ),
    Requires(
        id="date-unexplained",
        table="events",
        profiles=CODED_ONLY,
        when=(
            Condition(
                column="date_basis",
                is_in=(
                    DateBasis.relative_to_publication,
                    DateBasis.relative_to_event,
                    DateBasis.bounded,
                ),
            ),
        ),
        present=("date_note",),
        sentence="A date that was worked out says how.",
        mend="Say in a date_note, such as date_note_en, what it was counted from or bounded by.",
    ),
    *_bound_event_rules(),
    Requires(
        id="date-bound-event-unexpected",
        table="events",
        when=(Condition(column="date_basis", is_in=(DateBasis.none,)),),
        absent=("date_earliest_event_id", "date_latest_event_id"),
        sentence="No event bounds an act that the text does not place in time.",
        mend="Say in date_basis what the date rests on, or leave out the event.",
    ),
    Computed(
        id="date-extent-differs",
        table="events",
        column="date_extent",
        function="date-extent",
        argument="date_edtf",
        sentence="The extent says whether date_edtf is a day, a day within a range, or a span.",
        mend="Take the value that follows from date_edtf, or leave the column out.",
    ),
)
