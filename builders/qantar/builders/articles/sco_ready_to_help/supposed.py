"""What the warning only supposes."""

from qantar.builders import defensible, event, link, mention, on, source

EVENTS = (
    event(
        "QTR-000040",
        "cameo:0234",
        fit="approximate",
        actors=["kazakhstan"],
        targets=["russian-armed-forces"],
        when=on(
            "[2022-01-01..]",
            "bounded",
            between=("2022-01-01", None),
            note="An if-clause; if ever, then after the unrest began.",
        ),
        summary_en="Supposed only: Kazakhstan turns to the Russian army for help.",
        summary_vi="Trường hợp giả định: Kazakhstan nhờ quân đội Nga giúp sức.",
        confidence="medium",
        confidence_note=(
            "Record: all coders took it for a mention of the request that the second article "
            "reports."
        ),
        mentions=[
            mention(
                13,
                leading=True,
                factuality="hypothetical",
                status="requested",
                quotation="none",
                spans={
                    "trigger": (1170, 1188),
                    "actor": (1113, 1123),
                    "target": (1193, 1205),
                    "source": (1068, 1098),
                },
                sources=[source("blinken", "supposes")],
            ),
        ],
        links=[
            link("possibly_same_as", "QTR-000009"),
        ],
        considered=[
            defensible(
                "action_code", "cameo:0232", "What the army would do is not said; military help."
            ),
            defensible("action_code", "cameo:023", "Help of a kind that is not said."),
            defensible(
                "identity",
                "a hypothetical mention of the request that the second article reports",
                (
                    "So all three coders, and release 0.2.0; but what is only supposed is no "
                    "report, and would have counted as the second article that tells of it."
                ),
            ),
        ],
    ),
)
