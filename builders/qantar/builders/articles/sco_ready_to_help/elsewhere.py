"""Mentions of events that the other article tells more fully."""

from qantar.builders import mention, naming, source

FURTHER = (
    (
        "QTR-000009",
        mention(
            13,
            factuality="hypothetical",
            status="requested",
            quotation="none",
            spans={
                "trigger": (1170, 1188),
                "actor": naming((1113, 1123), "kazakhstan"),
                "target": (1193, 1205),
                "source": (1068, 1098),
            },
            sources=[source("blinken", "supposes")],
        ),
    ),
    (
        "QTR-000017",
        mention(
            17,
            factuality="presupposed",
            spans={
                "trigger": (1707, 1725),
                "actor": (1707, 1725),
                "source": [[(1525, 1540), (1610, 1613)]],
            },
            sources=[source("blinken", "presupposes", verbatim=True)],
        ),
    ),
    (
        "QTR-000020",
        mention(
            24, factuality="presupposed", spans={"trigger": (2222, 2235), "place": (2238, 2248)}
        ),
    ),
)
