"""The acts of systems with codes of their own, and the codes that come nearest."""

from functools import cache
from pathlib import Path

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.codebook_file import read_lines

_FOLDER = Path(__file__).parent / "actions"


class SourceAction(Record):
    """An act as a system names it, the code of ours, and how the code stands to it.

    direction: absent where the parties decide it.
    """

    source_action: str = Field(description="The source's own code or label.")
    action_code: str | None = Field(None, description="Absent where no code fits.")
    action_match: str | None = Field(None, description="Read from the source to ours.")
    direction: str | None = Field(None, description="Whether the order of the parties says who.")
    note: str | None = Field(None, description="What is lost.")


@cache
def source_actions(system: str) -> dict[str, SourceAction]:
    """The acts of a system by the source's word; empty where it has CAMEO codes."""
    path = _FOLDER / f"{system}.csv"
    if not path.is_file():
        return {}
    return {line["source_action"]: SourceAction.model_validate(line) for line in read_lines(path)}
