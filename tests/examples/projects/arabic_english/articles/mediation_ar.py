"""The mediation in Arabic: the coding sheet of a made-up article."""

from qantar.builders import (
    Sheet,
    count,
    defensible,
    event,
    mention,
    on,
    place,
    source,
)

SHEET = Sheet(
    article_id="MED-A0001",
    title="هيئة الموانئ تتوسط بين مالطا وآيسلندا بشأن قارب خيالي",
    publisher="صحيفة المرفأ المتخيَّل",
    language_code="ar",
    text_license="CC0-1.0",
    published_local="printed الجمعة ١٤ يونيو ٢٠٢٤",
    published_earliest="2024-06-14",
    published_latest="2024-06-14",
    published_basis="stated",
    text_sha256="a7db0e093f88a0549f7a552cc89a896973cd6ea2e7940ae1923f3013d7a3f2dc",
    text_length=730,
)

SHEET.coded(1, "headline", 0, 53)
SHEET.not_codeable(
    2,
    "dateline",
    54,
    107,
    "furniture",
    "المكان والتاريخ والصحيفة.",
    note_en="Place, day and newspaper.",
)
SHEET.coded(3, "body", 108, 215)
SHEET.coded(4, "body", 216, 305)
SHEET.coded(5, "body", 306, 346)
SHEET.coded(6, "body", 347, 468)
SHEET.coded(7, "body", 469, 534)
SHEET.coded(8, "body", 535, 622)
SHEET.coded(9, "body", 623, 697)
SHEET.not_codeable(10, "body", 698, 729, "no_act", {"ar": "حال البحر.", "en": "The sea."})

SHEET.event(
    event(
        "MED-000002",
        "cameo:046",
        direction="symmetric",
        actors=["malta-envoy"],
        targets=["iceland-envoy"],
        when=on("2024-06-12", "stated", between=("2024-06-12", "2024-06-12")),
        where=place("Valletta", "MLT", "city", (35.8989, 14.5146)),
        summary={
            "ar": "مبعوثا مالطا وآيسلندا يتباحثان في فاليتا.",
            "en": "The envoys of Malta and Iceland hold talks in Valletta.",
        },
        confidence="high",
        mentions=[
            mention(
                3,
                leading=True,
                spans={
                    "trigger": [[(108, 112), (135, 142)]],
                    "actor": (113, 125),
                    "target": [[(113, 119), (127, 134)]],
                    "place": (146, 152),
                    "time": (166, 179),
                },
            ),
        ],
    )
)
SHEET.event(
    event(
        "MED-000003",
        "cameo:0353",
        fit="approximate",
        direction="symmetric",
        actors=["malta"],
        targets=["iceland"],
        when=on(
            "[2024-06-12..2024-06-14]",
            "bounded",
            between=("2024-06-12", "2024-06-14"),
            earliest_from="MED-000002",
            note="من يوم المحادثات إلى يوم الصحيفة.",
            note_en="From the day of the talks to that of the newspaper.",
        ),
        summary={
            "ar": "مالطا وآيسلندا تتعهدان بتبادل أربعين صيادًا.",
            "en": "Malta and Iceland undertake to exchange forty fishermen.",
        },
        confidence="medium",
        mentions=[
            mention(
                4,
                leading=True,
                status="pledged",
                quotation="direct",
                spans={
                    "trigger": (270, 285),
                    "actor": [[(261, 268), (120, 125)]],
                    "target": [[(261, 268), (127, 134)]],
                    "source": (222, 256),
                },
                sources=[source("mirsat", "states", verbatim=True)],
            ),
        ],
        considered=[defensible("action_code", "cameo:057", "إن كان الاتفاق موقّعًا.")],
    )
)
SHEET.event(
    event(
        "MED-000005",
        "cameo:171",
        actors=["iceland-coast-guard"],
        targets=["malta"],
        thing={"ar": "قوارب", "en": "boats"},
        when=on("2024-06-10", "stated", between=("2024-06-10", "2024-06-10")),
        counts=[
            count("injured", best=1, of="target_side", by="ministry-of-seas", precision="exact"),
            count("injured", best=1, of="target_side", by="malta", precision="exact"),
        ],
        summary={
            "ar": "بحسب مالطا، خفر السواحل الآيسلندي يستولي على قوارب لها ويُصاب صياد.",
            "en": "Malta says that Iceland's coast guard took boats of hers; a fisherman was hurt.",
        },
        confidence="high",
        mentions=[
            mention(
                6,
                leading=True,
                spans={
                    "trigger": (361, 366),
                    "actor": (367, 388),
                    "target": (410, 416),
                    "object": (404, 416),
                    "time": (348, 359),
                    "number": (424, 433),
                    "source": (446, 467),
                },
                sources=[source("ministry-of-seas", "states")],
            ),
        ],
        considered=[defensible("action_code", "cameo:1711", "إن كان الحجز مصادرة.")],
    )
)
SHEET.event(
    event(
        "MED-000006",
        "cameo:131",
        fit="approximate",
        actors=["iceland"],
        targets=["malta"],
        condition={"ar": "إن لم تنجح الوساطة.", "en": "If the mediation does not succeed."},
        when=on(
            "[..2024-06-14]",
            "bounded",
            between=(None, "2024-06-14"),
            note={"ar": "بلا تاريخ، لا بعد الصحيفة.", "en": "Not dated; not after the newspaper."},
        ),
        summary={
            "ar": "آيسلندا تتوعد بمنع سفن مالطا من مياهها.",
            "en": "Iceland threatens to keep Malta's ships out of its waters.",
        },
        confidence="high",
        mentions=[
            mention(
                7,
                leading=True,
                status="threatened",
                conditional=True,
                quotation="indirect",
                spans={
                    "trigger": (470, 474),
                    "actor": (475, 482),
                    "target": (508, 516),
                    "condition": (517, 533),
                },
            ),
        ],
        considered=[defensible("action_code", "cameo:1312", "إن كان الإغلاق حظرًا.")],
    )
)
SHEET.event(
    event(
        "MED-000007",
        "cameo:046",
        direction="symmetric",
        actors=["malta"],
        targets=["iceland"],
        when=on("[2024-06-20..2024-06-22]", "stated", between=("2024-06-20", "2024-06-22")),
        where=place("Reykjavík", "ISL", "city", (64.1466, -21.9426)),
        summary={
            "ar": "المحلل ياقوت المنارة يرجّح لقاء آخر في ريكيافيك.",
            "en": "The analyst Yaqut Manara holds further talks in Reykjavík to be likely.",
        },
        confidence="medium",
        mentions=[
            mention(
                8,
                leading=True,
                factuality="predicted",
                certainty="probable",
                spans={
                    "trigger": (549, 565),
                    "actor": (475, 482),
                    "target": (310, 315),
                    "place": (569, 577),
                    "time": (578, 594),
                    "source": (601, 621),
                },
                sources=[source("manara", "predicts")],
            ),
        ],
        considered=[defensible("date_edtf", "2024-06-20/2024-06-22", "إن دامت الجولة ثلاثة أيام.")],
    )
)
SHEET.event(
    event(
        "MED-000008",
        "cameo:163",
        actors=["malta"],
        targets=["iceland"],
        when=on(
            "[2024-06-14..]",
            "bounded",
            between=("2024-06-14", None),
            note={"ar": "بعد المقالة.", "en": "After the article."},
        ),
        summary={
            "ar": "وزيرة خارجية مالطا تستبعد معاقبة آيسلندا.",
            "en": "Malta's foreign minister rules out sanctions on Iceland.",
        },
        confidence="high",
        mentions=[
            mention(
                9,
                leading=True,
                factuality="predicted",
                certainty="certain",
                polarity="negated",
                quotation="indirect",
                spans={
                    "trigger": [[(627, 631), (638, 644)]],
                    "negation": (624, 626),
                    "actor": (632, 637),
                    "target": (649, 656),
                    "source": (667, 696),
                },
                sources=[source("zarqa", "states")],
            ),
        ],
    )
)

SHEET.also(
    "MED-000001",
    mention(
        3,
        spans={
            "trigger": (180, 186),
            "actor": (187, 214),
            "target": [(120, 125), (127, 134)],
            "place": (146, 152),
            "time": (166, 179),
        },
    ),
)
SHEET.also(
    "MED-000001",
    mention(
        1,
        spans={
            "trigger": (13, 18),
            "actor": (0, 12),
            "target": [(23, 28), (30, 37)],
        },
    ),
)
SHEET.also(
    "MED-000004",
    mention(
        5,
        polarity="negated",
        spans={
            "trigger": (331, 336),
            "negation": (316, 319),
            "actor": (310, 315),
            "source": (310, 315),
        },
        sources=[source("malta", "denies")],
    ),
)
