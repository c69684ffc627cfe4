"""Mentions of events that the other article tells more fully."""

from qantar.builders import mention, source

FURTHER = (
    (
        "QTR-000006",
        mention(
            12,
            factuality="presupposed",
            spans={
                "trigger": (1808, 1820),
                "actor": (1817, 1820),
                "place": (1792, 1802),
                "source": (1667, 1758),
            },
            sources=[source("pantucci", "presupposes")],
        ),
    ),
)
