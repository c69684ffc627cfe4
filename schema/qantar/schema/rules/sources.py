"""What holds of the registry, of the articles and of the ledger of their sentences."""

from qantar.schema.rule import (
    Compare,
    Condition,
    Join,
    Profile,
    Requires,
    Rule,
    Sequence,
    Severity,
    Tally,
)
from qantar.schema.rules.placeholders import placeholder
from qantar.schema.vocabulary import Disposition, PublishedBasis

SOURCE_RULES: tuple[Rule, ...] = (
    Compare(
        id="role-reversed",
        table="actor_roles",
        left="valid_from",
        operator="<=",
        right="valid_to",
        sentence="A role does not end before it begins.",
        mend="Swap the two dates, or correct the wrong one.",
    ),
    *(placeholder("actor_roles", column) for column in ("valid_from", "valid_to")),
    Compare(
        id="published-reversed",
        table="articles",
        left="published_earliest",
        operator="<=",
        right="published_latest",
        sentence="The first day of publication is not after the last.",
        mend="Swap the two dates, or correct the wrong one.",
    ),
    Requires(
        id="published-unexplained",
        table="articles",
        profiles=(Profile.coded,),
        severity=Severity.warning,
        when=(Condition(column="published_basis", is_in=(PublishedBasis.bounded,)),),
        present=("published_note_en",),
        sentence="A day of publication that was worked out says how.",
        mend="Say in published_note_en what the days follow from.",
    ),
    Requires(
        id="wikidata-id-unexpected",
        table="actors",
        profiles=(Profile.coded,),
        when=(Condition(column="identified", is_in=(False,)),),
        absent=("wikidata_id",),
        sentence="An actor known by a description only has no Wikidata id.",
        mend="Set identified to true, or leave out wikidata_id.",
    ),
    Compare(
        id="sentence-reversed",
        table="sentences",
        left="char_start",
        operator="<",
        right="char_end",
        sentence="A sentence ends after it starts.",
        mend="Correct char_start or char_end.",
    ),
    Join(
        id="sentence-past-end",
        table="sentences",
        columns=("article_id",),
        other_table="articles",
        other_columns=("article_id",),
        left="char_end",
        operator="<=",
        right="text_length",
        sentence="A sentence does not reach past the end of its article.",
        mend="Correct the offsets, or the article's text_length.",
    ),
    Sequence(
        id="sentence-number-gap",
        table="sentences",
        column="sentence_no",
        within=("article_id",),
        sentence="The sentences of an article are counted from 1 without a gap.",
        mend="Renumber the sentences in the order of the text.",
    ),
    Requires(
        id="reason-missing",
        table="sentences",
        when=(
            Condition(
                column="disposition", is_in=(Disposition.not_codeable, Disposition.out_of_scope)
            ),
        ),
        present=("reason", "note_en"),
        sentence="A sentence that was not coded says why.",
        mend="Give a reason and a note.",
    ),
    Requires(
        id="reason-unexpected",
        table="sentences",
        when=(Condition(column="disposition", is_in=(Disposition.coded,)),),
        absent=("reason",),
        sentence="A sentence that was coded needs no reason for not being coded.",
        mend="Leave out the reason, or correct the disposition.",
    ),
    Tally(
        id="coded-sentence-without-mention",
        table="sentences",
        columns=("article_id", "sentence_no"),
        when=(Condition(column="disposition", is_in=(Disposition.coded,)),),
        other_table="mentions",
        other_columns=("article_id", "sentence_no"),
        minimum=1,
        sentence="A coded sentence has a mention.",
        mend="Add the mention, or correct the disposition.",
    ),
    Tally(
        id="uncoded-sentence-with-mention",
        table="sentences",
        columns=("article_id", "sentence_no"),
        when=(
            Condition(
                column="disposition", is_in=(Disposition.not_codeable, Disposition.out_of_scope)
            ),
        ),
        other_table="mentions",
        other_columns=("article_id", "sentence_no"),
        maximum=0,
        sentence="A sentence that was not coded has no mention.",
        mend="Correct the disposition, or remove the mention.",
    ),
)
