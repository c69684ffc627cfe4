"""Iceland offers Malta engineers: the coding sheet of the tutorial's made-up article."""

from qantar.builders import Sheet, defensible, event, link, mention, on, place, rejected, source

SHEET = Sheet(
    article_id="TUT-A0001",
    title="Iceland ready to help Malta",
    publisher="The Gazette",
    language_code="en",
    source_kind="newspaper",
    published_local="printed Reykjavik, 4 May 2021",
    published_earliest="2021-05-04",
    published_latest="2021-05-04",
    published_basis="stated",
    text_sha256="979283e3bec85c729d949d94b5f7017b6ec1bae4bd80b294317460b135c3e46f",
    text_length=328,
)

SHEET.coded(1, "headline", 0, 27)
SHEET.not_codeable(2, "dateline", 28, 49, "furniture", "Place and day of publication.")
SHEET.coded(3, "body", 50, 130)
SHEET.coded(4, "body", 131, 198)
SHEET.coded(5, "body", 199, 309)
SHEET.out_of_scope(6, "body", 310, 327, "not_political", "Weather.")

SHEET.event(
    event(
        "TUT-000001",
        "cameo:041",
        direction="symmetric",
        actors=["arna"],
        targets=["borg"],
        when=on("2021-05-03", "stated", between=("2021-05-03", "2021-05-03")),
        summary="Iceland's foreign minister calls her Maltese colleague.",
        confidence="high",
        mentions=[
            mention(
                3,
                leading=True,
                spans={
                    "trigger": (92, 102),
                    "actor": (60, 91),
                    "target": (103, 129),
                    "time": (50, 58),
                },
            ),
        ],
    )
)
SHEET.event(
    event(
        "TUT-000002",
        "cameo:033",
        fit="approximate",
        actors=["arna"],
        targets=["malta"],
        thing="engineers",
        condition="Malta asks for them.",
        when=on(
            "2021-05-03",
            "relative_to_event",
            between=("2021-05-03", "2021-05-03"),
            anchor="TUT-000001",
            note="Said in the call.",
        ),
        summary="Iceland's foreign minister promises Malta engineers, should it ask for them.",
        confidence="high",
        mentions=[
            mention(
                4,
                leading=True,
                status="pledged",
                conditional=True,
                quotation="indirect",
                spans={
                    "trigger": (135, 163),
                    "actor": (131, 134),
                    "target": (177, 182),
                    "object": (164, 173),
                    "condition": (174, 197),
                    "time": (50, 58),
                },
            ),
            mention(
                1,
                status="pledged",
                quotation="indirect",
                spans={"trigger": (8, 21), "actor": (0, 7), "target": (22, 27)},
            ),
        ],
        links=[
            link("part_of", "TUT-000001"),
            link("conditional_on", "TUT-000003", said_in=1),
        ],
        considered=[
            defensible("action_code", "cameo:0331", "Engineers may be economic aid; not said."),
            rejected("factuality", "predicted", "The promise was uttered, whatever comes of it."),
        ],
    )
)
SHEET.event(
    event(
        "TUT-000003",
        "cameo:023",
        fit="approximate",
        actors=["malta"],
        targets=["iceland"],
        when=on(
            "[2021-05-03..]",
            "bounded",
            between=("2021-05-03", None),
            earliest_from="TUT-000002",
            note="If ever, then after the offer.",
        ),
        summary="Supposed only: Malta asks Iceland for engineers.",
        confidence="medium",
        mentions=[
            mention(
                4,
                leading=True,
                factuality="hypothetical",
                status="requested",
                quotation="none",
                spans={"trigger": (183, 188), "actor": (177, 182), "target": (145, 152)},
            ),
        ],
        considered=[
            defensible("action_code", "cameo:0231", "Engineers may be economic aid; not said."),
        ],
    )
)
SHEET.event(
    event(
        "TUT-000004",
        "cameo:1041",
        actors=["protesters"],
        targets=["borg"],
        when=on(
            "[2021-04-26..2021-05-02]",
            "relative_to_event",
            between=("2021-04-26", "2021-05-02"),
            anchor="TUT-000001",
            note="The week before 3 May, a Monday: from 26 April to 2 May.",
        ),
        where=place("Valletta", "MLT", "city", (35.9, 14.5)),
        summary="Protesters in Valletta demand that the minister resign.",
        confidence="medium",
        mentions=[
            mention(
                5,
                leading=True,
                status="requested",
                quotation="indirect",
                spans={
                    "trigger": (257, 265),
                    "actor": (230, 240),
                    "target": (266, 292),
                    "time": (293, 308),
                    "place": (244, 252),
                    "source": (212, 228),
                },
                sources=[source("harbour-post", "reports")],
            ),
        ],
        considered=[
            defensible("action_code", "cameo:1411", "If the demand was made by demonstrating."),
        ],
    )
)
