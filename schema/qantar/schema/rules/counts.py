"""What holds of numbers of people, claim by claim."""

from typing import Any

from qantar.schema.rule import (
    Compare,
    Condition,
    Profile,
    Requires,
    Rule,
    Sequence,
    Severity,
    Total,
)
from qantar.schema.vocabulary import CountedSide, CountPrecision

_PARTS = (
    CountedSide.actor_side,
    CountedSide.target_side,
    CountedSide.civilians,
    CountedSide.unknown,
)
_BY_PROFILE = ((Profile.coded, Severity.error), (Profile.exchange, Severity.warning))


def _is(column: str, *values: str) -> Condition:
    return Condition(column=column, is_in=values)


def _absent(*columns: str) -> tuple[Condition, ...]:
    return tuple(Condition(column=column, present=False) for column in columns)


def _below_parts(
    figures: tuple[str, str], claimant: tuple[str, ...], when: tuple[Condition, ...], **more: Any
) -> Total:
    """A figure of all is not below those of the parts that the same claimant gives."""
    key = ("event_id", "kind", *claimant)
    return Total(
        id="count-all-below-parts",
        table="counts",
        columns=key,
        column=figures[0],
        other_table="counts",
        other_columns=key,
        other_column=figures[1],
        when=(_is("of_whom", CountedSide.all), *when),
        other_when=(_is("of_whom", *_PARTS), *when),
        sentence="The figure of all is not below those of its parts by the same claimant together.",
        mend="Correct the figures, their claimants or of_whom.",
        **more,
    )


COUNT_RULES: tuple[Rule, ...] = (
    Sequence(
        id="count-ordinal-gap",
        table="counts",
        column="ordinal",
        within=("event_id",),
        sentence="The counts of an event are numbered from 1 without a gap.",
        mend="Renumber the counts, the best attested of a kind first.",
    ),
    Requires(
        id="count-figure-missing",
        table="counts",
        when=_absent("low", "high"),
        present=("best",),
        sentence="A count has at least one figure.",
        mend="Give best, low or high, or remove the count.",
    ),
    *(
        Compare(
            id=f"count-{less}-above-{more}",
            table="counts",
            profiles=(profile,),
            severity=severity,
            left=less,
            operator="<=",
            right=more,
            sentence=f"The figures of a count are in order: {less} is not above {more}.",
            mend="Put the figures in order.",
        )
        for less, more in (("low", "best"), ("best", "high"), ("low", "high"))
        for profile, severity in _BY_PROFILE
    ),
    *(
        Requires(
            id="count-figure-missing",
            table="counts",
            when=(_is("precision", *precisions),),
            present=(figure,),
            sentence="A count has the figure that its precision asks for.",
            mend="Exact and about ask for best, at_least and vague for low, at_most for high.",
        )
        for figure, precisions in (
            ("best", (CountPrecision.exact, CountPrecision.about)),
            ("low", (CountPrecision.at_least, CountPrecision.vague)),
            ("high", (CountPrecision.at_most,)),
        )
    ),
    *(
        Requires(
            id="count-figure-unexpected",
            table="counts",
            when=(_is("precision", precision),),
            absent=(figure,),
            sentence="What is at least so many has no highest number, at most so many no lowest.",
            mend="Leave the figure out, or correct precision.",
        )
        for figure, precision in (
            ("high", CountPrecision.at_least),
            ("low", CountPrecision.at_most),
        )
    ),
    *(
        _below_parts(figures, *which, profiles=(profile,), severity=severity)
        for figures in (("best", "best"), ("high", "low"))
        for which in ((("claimant_id",), ()), ((), _absent("claimant_id")))
        for profile, severity in _BY_PROFILE
    ),
)
