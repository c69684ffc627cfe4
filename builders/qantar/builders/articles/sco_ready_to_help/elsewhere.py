"""A mention of an event that the other article tells more fully."""

from qantar.builders import mention

FURTHER = (
    (
        "QTR-000020",
        mention(
            24, factuality="presupposed", spans={"trigger": (2222, 2235), "place": (2238, 2248)}
        ),
    ),
)
