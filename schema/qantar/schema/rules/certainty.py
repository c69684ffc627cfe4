"""What holds of how certain an act is said to be, in the event and in each mention."""

from qantar.schema.rule import Condition, Profile, Requires, Rule
from qantar.schema.vocabulary import Certainty, Factuality


def _factuality(*values: Factuality) -> Condition:
    return Condition(column="factuality", is_in=values)


def _rules_of(table: str) -> tuple[Rule, ...]:
    return (
        Requires(
            id="certainty-missing",
            table=table,
            profiles=(Profile.coded,),
            when=(_factuality(Factuality.predicted),),
            present=("certainty",),
            sentence="An act that is foretold says how certain it is.",
            mend="Take certain for will, probable for likely, possible for may; unlikely is "
            "negated and probable.",
        ),
        Requires(
            id="certainty-unexpected",
            table=table,
            when=(_factuality(Factuality.presupposed, Factuality.hypothetical),),
            absent=("certainty",),
            sentence="What is taken for granted or only supposed has no certainty.",
            mend="Leave out certainty, or correct factuality.",
        ),
        Requires(
            id="certainty-unexpected",
            table=table,
            when=(
                _factuality(Factuality.asserted, Factuality.judged),
                Condition(column="certainty", is_in=(Certainty.certain,)),
            ),
            absent=("certainty",),
            sentence="What is said plainly is certain without a word: certainty names a doubt.",
            mend="Leave out certainty, or set it to probable or possible.",
        ),
    )


CERTAINTY_RULES: tuple[Rule, ...] = (*_rules_of("events"), *_rules_of("mentions"))
