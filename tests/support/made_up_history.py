"""Made-up corpora of several releases, each with the changes that explain it."""

from typing import Any

from qantar.schema.corpus import Corpus
from support.made_up import corpus

CALL, OFFER, SPLIT = "TST-000001", "TST-000002", "TST-000003"
DOCUMENTS = {"README.md": "# A made-up release\n", "LICENSE-DATA": b"CC BY 4.0\n"}


def change(
    event_id: str, record_version: int, kind: str, dataset_version: str, **rest: str
) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "record_version": record_version,
        "change": kind,
        **rest,
        "reason": "Made up.",
        "dataset_version": dataset_version,
    }


def event_of(made: Corpus, event_id: str) -> dict[str, Any]:
    return next(event for event in made.events if event["event_id"] == event_id)


def remove(made: Corpus, event_id: str) -> None:
    made.events = [event for event in made.events if event["event_id"] != event_id]


def recoded(made: Corpus, dataset_version: str) -> Corpus:
    """The offer as an offer of humanitarian aid, explained."""
    offer = event_of(made, OFFER)
    offer["action_code"] = "cameo:0333"
    offer["confidence"] = "low"
    offer["record_version"] += 1
    made.plain["changes"].append(
        change(
            OFFER,
            offer["record_version"],
            "recoded",
            dataset_version,
            fields="action_code; confidence",
        )
    )
    return made


def draft() -> Corpus:
    """Release 0.9.0."""
    return corpus()


def first() -> Corpus:
    """Release 1.0.0: one event recoded."""
    return recoded(draft(), "1.0.0")


def second() -> Corpus:
    """Release 1.1.0: a third event."""
    made = first()
    call = event_of(draft(), CALL) | {"event_id": SPLIT}
    call["mentions"] = [call["mentions"][0] | {"mention_id": f"{SPLIT}-M1"}]
    made.events.append(call)
    made.plain["changes"].append(change(SPLIT, 1, "created", "1.1.0"))
    return made


def third() -> Corpus:
    """Release 2.0.0: the third event merged into the first."""
    made = second()
    remove(made, SPLIT)
    made.plain["changes"].append(change(SPLIT, 2, "merged", "2.0.0", other_event_id=CALL))
    return made


RELEASES = {"0.9.0": draft, "1.0.0": first, "1.1.0": second, "2.0.0": third}
