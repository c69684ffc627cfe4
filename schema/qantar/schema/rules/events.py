"""What holds of an event's own values."""

from collections.abc import Iterator

from qantar.schema.rule import (
    Acyclic,
    Compare,
    Computed,
    Condition,
    Implies,
    Lookup,
    OrderedEdtf,
    Profile,
    Requires,
    Rule,
    Severity,
    WithinEdtf,
)
from qantar.schema.rules.placeholders import placeholder
from qantar.schema.vocabulary import Confidence, DateBasis, Direction, Factuality, Polarity

CODED_ONLY = (Profile.coded,)
OCCURRED = (
    Condition(column="factuality", is_in=(Factuality.asserted, Factuality.presupposed)),
    Condition(column="polarity", is_in=(Polarity.affirmative,)),
    # What is only probable or possible is not said to have taken place.
    Condition(column="certainty", present=False),
)
# The same, but that rows which say nothing of it are taken for acts that occurred.
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
# Columns of `events` that repeat the codebook: column, field of the codebook, condition.
CODEBOOK_COLUMNS: dict[str, tuple[str, tuple[Condition, ...]]] = {
    "action_name": ("action_name", ()),
    "action_root_code": ("root_code", ()),
    "plover_type": ("plover_type", ()),
    "goldstein_gdelt": ("goldstein_gdelt", (Condition(column="occurred", is_in=(True,)),)),
    "quad_class_gdelt": ("quad_class_gdelt", (Condition(column="occurred", is_in=(True,)),)),
}


def _present(column: str) -> Condition:
    return Condition(column=column, present=True)


_LOW, _BEST, _HIGH = (("low", "lowest"), ("best", "best attested"), ("high", "highest"))


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


EVENT_RULES: tuple[Rule, ...] = (
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
    Requires(
        id="condition-missing",
        table="events",
        when=(Condition(column="conditional", is_in=(True,)),),
        present=("condition",),
        sentence="A conditional act names its condition.",
        mend="Give the condition, in a column such as condition_en, or set conditional to false.",
    ),
    Requires(
        id="condition-unexpected",
        table="events",
        when=(Condition(column="conditional", is_in=(False,)),),
        absent=("condition",),
        sentence="Only a conditional act has a condition.",
        mend="Set conditional to true, or leave out the condition.",
    ),
    Lookup(
        id="content-status-unexplained",
        table="events",
        profiles=CODED_ONLY,
        key="action_code",
        column="content_status",
        field="content_status_default",
        unless="content_status_note",
        sentence="The content status is the default of the code, or a note says why not.",
        mend="Take the default, or give the reason in a column such as content_status_note_en.",
    ),
    Requires(
        id="longitude-missing",
        table="events",
        when=(_present("latitude"),),
        present=("longitude",),
        sentence="A latitude comes with a longitude.",
        mend="Give both coordinates or none.",
    ),
    Requires(
        id="latitude-missing",
        table="events",
        when=(_present("longitude"),),
        present=("latitude",),
        sentence="A longitude comes with a latitude.",
        mend="Give both coordinates or none.",
    ),
    Requires(
        id="place-precision-missing",
        table="events",
        profiles=CODED_ONLY,
        when=(_present("place_name"),),
        present=("place_precision", "place_country_code"),
        sentence="A place says how precise it is and in which country it lies.",
        mend="Give place_precision and place_country_code.",
    ),
    Requires(
        id="coordinates-unexplained",
        table="events",
        profiles=CODED_ONLY,
        severity=Severity.warning,
        when=(
            _present("latitude"),
            _present("longitude"),
            Condition(column="place_name", present=False),
        ),
        present=("place_precision",),
        sentence="Coordinates say what kind of place they stand for.",
        mend="Give place_precision and place_name, or leave out the coordinates.",
    ),
    Requires(
        id="place-name-missing",
        table="events",
        profiles=CODED_ONLY,
        when=(_present("place_precision"),),
        present=("place_name",),
        sentence="A precision belongs to a named place.",
        mend="Name the place, or leave out place_precision.",
    ),
    *(
        Compare(
            id=f"fatalities-{less}-above-{more}",
            table="events",
            profiles=(Profile.exchange,),
            # Sources that many cite have such rows; what they say is kept.
            severity=Severity.warning,
            left=f"fatalities_{less}",
            operator="<=",
            right=f"fatalities_{more}",
            sentence=f"The {words} number of deaths is not above the {others}.",
            mend="Put the numbers in order, or keep them where the source has them so.",
        )
        for (less, words), (more, others) in (
            (_LOW, _BEST),
            (_BEST, _HIGH),
            (_LOW, _HIGH),
        )
    ),
    Requires(
        id="action-code-missing",
        table="events",
        profiles=(Profile.exchange,),
        when=(Condition(column="source_action", present=False),),
        present=("action_code",),
        sentence="A row has a code of the act, or the source's own word for it.",
        mend="Give action_code, or source_action as the source has it.",
    ),
    Requires(
        id="action-match-unexpected",
        table="events",
        profiles=(Profile.exchange,),
        when=(Condition(column="source_action", present=False),),
        absent=("action_match",),
        sentence="Only beside the source's code it is said how the code stands to it.",
        mend="Give source_action, or leave out action_match.",
    ),
    Requires(
        id="action-match-unexpected",
        table="events",
        profiles=(Profile.exchange,),
        when=(Condition(column="action_code", present=False),),
        absent=("action_match",),
        sentence="Only of a code it is said how it stands to the source's.",
        mend="Give action_code, or leave out action_match.",
    ),
    Requires(
        id="place-id-unnamed",
        table="events",
        when=(_present("place_id"),),
        present=("place_name",),
        sentence="A place of a gazetteer is named, too.",
        mend="Give place_name, or leave out place_id.",
    ),
    Requires(
        id="confidence-unexplained",
        table="events",
        profiles=CODED_ONLY,
        severity=Severity.warning,
        when=(Condition(column="confidence", is_in=(Confidence.low,)),),
        present=("confidence_note",),
        sentence="Low confidence says on what a second coder might differ.",
        mend="Name what is doubtful, such as the root, a party or the date, in a column such as "
        "confidence_note_en.",
    ),
    Implies(
        id="occurred-differs",
        table="events",
        when=OCCURRED,
        column="occurred",
        value=True,
        otherwise=False,
        sentence="An act occurred where it is asserted or presupposed, affirmative, and neither "
        "only probable nor possible.",
        mend="Set occurred to what factuality, polarity and certainty say.",
    ),
    Implies(
        id="symmetric-differs",
        table="events",
        when=(Condition(column="direction", is_in=(Direction.symmetric,)),),
        column="symmetric",
        value=True,
        otherwise=False,
        sentence="An act is symmetric where its direction says so.",
        mend="Set symmetric to what direction says, or leave it out.",
    ),
    *(
        Lookup(
            id=f"{column.replace('_', '-')}-differs",
            table="events",
            key="action_code",
            column=column,
            field=field,
            when=when,
            sentence=f"The column {column} repeats the codebook"
            + (", and is empty where the act does not count as having occurred." if when else "."),
            mend="Take the value from the table codes, or leave the column out.",
        )
        for column, (field, when) in CODEBOOK_COLUMNS.items()
    ),
)
