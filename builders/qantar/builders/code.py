"""Codes that a coder writes, held against the codebook: a slip of a letter is told at once."""

import difflib
from collections.abc import Collection

from qantar.builders.coding import CodingError
from qantar.schema.codebook import actions, actor_parts, admitted_countries

PART_LENGTH = 3


def check_action_code(code: str) -> None:
    """Raise CodingError unless the code is one of CAMEO's, written as a CURIE."""
    if code not in actions():
        near = difflib.get_close_matches(f"cameo:{code.removeprefix('cameo:')}", actions(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "write one such as 'cameo:033'"
        raise CodingError(
            f"{code!r} is not a CAMEO code; {hint} What is to be said of it goes into the reason"
        )


def check_actor_code(code: str, further_parts: Collection[str] = ()) -> None:
    """Raise CodingError unless the code is made of countries and parts that are known.

    further_parts: parts that a project adds to those of the codebook.
    """
    known = {*admitted_countries(), *actor_parts(), *further_parts}
    parts = [code[n : n + PART_LENGTH] for n in range(0, len(code), PART_LENGTH)]
    unknown = [part for part in parts if part not in known]
    if unknown:
        hint = _hint(unknown[0], known)
        raise CodingError(
            f"the actor code {code!r} has the part {unknown[0]!r}, which is neither a country nor "
            f"in the codebook; {hint} A part that the project adds goes into actor_parts.csv of "
            "the registry"
        )


def _hint(part: str, known: Collection[str]) -> str:
    # Of three letters two that changed places are the likeliest slip, yet hardly alike.
    turned = [code for code in sorted(known) if sorted(code) == sorted(part)]
    near = turned or difflib.get_close_matches(part, sorted(known), n=1)
    return f"did you mean {near[0]!r}?" if near else "a code is made of three-letter parts."
