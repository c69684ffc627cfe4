"""What holds of the versions of records."""

from qantar.schema.rule import Condition, ForeignKey, Profile, Requires, Rule, Sequence

CODED_ONLY = (Profile.coded,)

HISTORY_RULES: tuple[Rule, ...] = (
    Sequence(
        id="version-gap",
        table="changes",
        column="record_version",
        within=("event_id",),
        sentence="The versions of a record are counted from 1 without a gap.",
        mend="Renumber the versions, or add the missing change.",
    ),
    ForeignKey(
        id="version-unexplained",
        table="events",
        columns=("event_id", "record_version"),
        other_table="changes",
        other_columns=("event_id", "record_version"),
        profiles=CODED_ONLY,
        sentence="The table changes names each record's version.",
        mend="Add the change that made this version.",
    ),
    Requires(
        id="change-counterpart-missing",
        table="changes",
        when=(Condition(column="change", is_in=("merged", "split")),),
        present=("other_event_id",),
        sentence="A merger or a split names the other event.",
        mend="Give other_event_id.",
    ),
    Requires(
        id="change-fields-missing",
        table="changes",
        when=(Condition(column="change", is_in=("corrected", "refined", "recoded")),),
        present=("fields",),
        sentence="A change of values names the fields changed.",
        mend="List the fields, separated by semicolons.",
    ),
)
