"""What holds of numbers of people, claim by claim."""

from typing import Any

from qantar.schema.rule import Compare, Condition, Join, Profile, Requires, Rule, Sequence, Severity
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


def _below_part(claimant: tuple[str, ...], when: tuple[Condition, ...], **more: Any) -> Join:
    """A part is not above the figure of all that the same claimant gives."""
    key = ("event_id", "kind", *claimant)
    return Join(
        id="count-below-part",
        table="counts",
        columns=key,
        other_table="counts",
        other_columns=key,
        left="best",
        operator="<=",
        right="best",
        when=(_is("of_whom", *_PARTS), *when),
        other_when=(_is("of_whom", CountedSide.all), *when),
        sentence="The figure of a part is not above the figure of all by the same claimant.",
        mend="Correct the figure, its claimant or of_whom.",
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
    Requires(
        id="count-best-missing",
        table="counts",
        when=(_is("precision", CountPrecision.exact, CountPrecision.about),),
        present=("best",),
        sentence="An exact or approximate figure stands in best.",
        mend="Give best, or say at_least, at_most or vague.",
    ),
    Requires(
        id="count-at-least-differs",
        table="counts",
        when=(_is("precision", CountPrecision.at_least),),
        present=("low",),
        absent=("high",),
        sentence="At least so many stand in low, without a high.",
        mend="Give low and leave out high, or correct precision.",
    ),
    Requires(
        id="count-at-most-differs",
        table="counts",
        when=(_is("precision", CountPrecision.at_most),),
        present=("high",),
        absent=("low",),
        sentence="At most so many stand in high, without a low.",
        mend="Give high and leave out low, or correct precision.",
    ),
    Requires(
        id="count-vague-differs",
        table="counts",
        when=(_is("precision", CountPrecision.vague),),
        present=("low",),
        sentence="Of a word without a figure the manual gives the lowest number.",
        mend="Give low, or correct precision.",
    ),
    Requires(
        id="count-precision-missing",
        table="counts",
        profiles=(Profile.coded,),
        when=(),
        present=("precision",),
        sentence="A coded count says how the words give the number.",
        mend="Give precision.",
    ),
    *(
        _below_part(*which, profiles=(profile,), severity=severity)
        for which in ((("claimant_id",), ()), ((), _absent("claimant_id")))
        for profile, severity in _BY_PROFILE
    ),
)
