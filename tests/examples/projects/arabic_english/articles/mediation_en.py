"""The mediation in English: the coding sheet of a made-up article."""

from qantar.builders import Sheet, event, mention, naming, on, place, source

SHEET = Sheet(
    article_id="MED-A0002",
    title="Harbour body mediates between Malta and Iceland over an imaginary boat",
    publisher="The Imagined Quay",
    language_code="en",
    text_license="CC0-1.0",
    published_local="printed Saturday 15 June 2024",
    published_earliest="2024-06-15",
    published_latest="2024-06-15",
    published_basis="stated",
    text_sha256="7ffd9aa1f8ec2aee80c319d038a26adc64f153f7bc0b79b1faf8637cef34456e",
    text_length=913,
)

SHEET.coded(1, "headline", 0, 70)
SHEET.not_codeable(2, "dateline", 71, 123, "furniture", "المكان والتاريخ والصحيفة.")
SHEET.coded(3, "body", 124, 239)
SHEET.coded(4, "body", 240, 338)
SHEET.coded(5, "body", 339, 433)
SHEET.coded(6, "body", 434, 541)
SHEET.coded(7, "body", 542, 654)
SHEET.coded(8, "body", 655, 748)
SHEET.coded(9, "body", 749, 845)
SHEET.coded(10, "body", 846, 881)
SHEET.not_codeable(11, "body", 882, 912, "no_act", "حال الناس.")

SHEET.event(
    event(
        "MED-000001",
        "cameo:045",
        actors=["quiet-harbours"],
        targets=["malta", "iceland"],
        when=on("2024-06-12", "stated", between=("2024-06-12", "2024-06-12")),
        where=place("Valletta", "MLT", "city", (35.8989, 14.5146)),
        summary={
            "ar": "منظمة الموانئ الهادئة تتوسط بين مالطا وآيسلندا في فاليتا.",
            "en": "The Organisation of Quiet Harbours lets Malta and Iceland talk in Valletta.",
        },
        confidence="high",
        mentions=[
            mention(
                3,
                leading=True,
                spans={
                    "trigger": (165, 173),
                    "actor": (124, 164),
                    "target": [(198, 203), (208, 215)],
                    "place": (219, 227),
                    "time": (231, 238),
                },
            ),
            mention(
                1,
                spans={
                    "trigger": (13, 21),
                    "actor": (0, 12),
                    "target": [(30, 35), (40, 47)],
                },
            ),
        ],
    )
)
SHEET.event(
    event(
        "MED-000004",
        "cameo:057",
        actors=["malta"],
        status_note={
            "ar": "التوقيع ليس فعلًا من كلام.",
            "en": "Signing is not an act made of words.",
        },
        when=on(
            "[..2024-06-14]",
            "bounded",
            between=(None, "2024-06-14"),
            note={"ar": "قبل النفي يوم الجمعة.", "en": "Before the denial on Friday."},
        ),
        summary={
            "ar": "مالطا تقول إنها لم توقّع اتفاقًا.",
            "en": "Malta did not sign an agreement, its foreign minister says.",
        },
        confidence="high",
        mentions=[
            mention(
                5,
                leading=True,
                polarity="negated",
                spans={
                    "trigger": (412, 418),
                    "negation": (380, 386),
                    "actor": (402, 407),
                    "source": (339, 378),
                },
                sources=[source("zarqa", "denies")],
            ),
        ],
    )
)
SHEET.event(
    event(
        "MED-000009",
        "cameo:0841",
        actors=["iceland"],
        targets=["malta"],
        when=on(
            "2024-06-15",
            "relative_to_publication",
            between=("2024-06-15", "2024-06-15"),
            note={"ar": "صباح يوم الصحيفة.", "en": "The morning of the newspaper's day."},
        ),
        summary={
            "ar": "آيسلندا تسلّم اثني عشر من الصيادين.",
            "en": "Iceland hands over twelve of the fishermen.",
        },
        confidence="high",
        mentions=[
            mention(
                6,
                leading=True,
                quotation="direct",
                spans={
                    "trigger": (438, 446),
                    "actor": (435, 437),
                    "target": (339, 344),
                    "time": (468, 480),
                    "source": (483, 512),
                },
                sources=[source("vitason", "states", verbatim=True)],
            ),
        ],
    )
)
SHEET.event(
    event(
        "MED-000010",
        "cameo:028",
        actors=["zarqa"],
        targets=["quiet-harbours"],
        when=on(
            "[..2024-06-15]",
            "bounded",
            between=(None, "2024-06-15"),
            note={"ar": "بلا تاريخ، لا بعد الصحيفة.", "en": "Not dated; not after the newspaper."},
        ),
        summary={
            "ar": "الزرقاء تطلب من المنظمة مواصلة الوساطة.",
            "en": "Zarqa asks the organisation to continue as a go-between.",
        },
        confidence="high",
        mentions=[
            mention(
                10,
                leading=True,
                status="requested",
                quotation="indirect",
                spans={
                    "trigger": (852, 857),
                    "actor": (846, 851),
                    "target": (858, 861),
                },
            ),
        ],
    )
)

SHEET.also(
    "MED-000002",
    mention(
        3,
        factuality="presupposed",
        spans={
            "trigger": (174, 179),
            "actor": [[(188, 194), (198, 203)]],
            "target": [[(188, 194), (208, 215)]],
        },
    ),
)
SHEET.also(
    "MED-000003",
    mention(
        4,
        status="pledged",
        quotation="indirect",
        spans={
            "trigger": (254, 272),
            "actor": (240, 253),
            "target": (240, 253),
            "source": (296, 331),
        },
        sources=[source("mirsat", "states")],
    ),
)
SHEET.also(
    "MED-000005",
    mention(
        7,
        spans={
            "trigger": (575, 581),
            "actor": (553, 574),
            "target": (597, 604),
            "object": (597, 610),
            "time": (542, 552),
            "number": [None, (620, 633)],
            "source": (648, 653),
        },
        sources=[source("malta", "states")],
    ),
)
SHEET.also(
    "MED-000006",
    mention(
        8,
        status="threatened",
        conditional=True,
        quotation="indirect",
        spans={
            "trigger": (741, 747),
            "actor": naming((725, 740), "iceland-coast-guard"),
            "target": (687, 694),
            "condition": (701, 723),
        },
    ),
)
SHEET.also(
    "MED-000007",
    mention(
        9,
        factuality="predicted",
        certainty="probable",
        spans={
            "trigger": (749, 763),
            "place": (767, 776),
            "time": (787, 809),
            "source": (811, 835),
        },
        sources=[source("manara", "predicts")],
    ),
)
