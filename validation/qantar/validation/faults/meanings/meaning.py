"""What a value probably means, and the valid value for it where that is certain."""

from dataclasses import dataclass

# Longer texts are neither codes nor days, and looking at them takes time.
LONGEST_READ = 120
# How many values that come back are remembered for each scheme.
MOST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is known of a value.

    told: sentences for people, empty where there is nothing to say. suggestion: the valid
    value that was meant, None where several may be or none is known. is_known: whether the
    value is one of a scheme that is known, so that likeness of letters has no say.
    """

    told: str = ""
    suggestion: str | None = None
    is_known: bool = False


UNKNOWN = Meaning()
