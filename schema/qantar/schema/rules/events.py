"""What holds of an event's own values; of its days see `dates`."""

from qantar.schema.rule import (
    Compare,
    Condition,
    Implies,
    Lookup,
    Profile,
    Requires,
    Rule,
    Severity,
)
from qantar.schema.rules.dates import DATE_RULES
from qantar.schema.vocabulary import Confidence, Direction, Factuality, Polarity

CODED_ONLY = (Profile.coded,)
OCCURRED = (
    Condition(column="factuality", is_in=(Factuality.asserted, Factuality.presupposed)),
    Condition(column="polarity", is_in=(Polarity.affirmative,)),
    # What is only probable or possible is not said to have taken place.
    Condition(column="certainty", present=False),
)
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


EVENT_RULES: tuple[Rule, ...] = (
    *DATE_RULES,
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
