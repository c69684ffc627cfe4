"""What China is said to fear, and what an expert expects."""

from qantar.builders import defensible, event, mention, on, place, rejected, source

EVENTS = (
    event(
        "QTR-000028",
        "cameo:012",
        fit="approximate",
        actors=["china"],
        targets=["central-asian-neighbours"],
        status_note="The worry is about something that may come, not a mere opinion.",
        when=on(
            "../2022-01-31",
            "bounded",
            between=(None, "2022-01-31"),
            note="Long-standing, without a beginning; still held at publication.",
        ),
        summary_en=(
            "China has long worried that violence in its Central Asian neighbours could spill"
            " across its borders."
        ),
        summary_vi=(
            "Lâu nay Trung Quốc e ngại bạo lực tại các nước Trung Á kề bên lan sang đất mình."
        ),
        confidence="low",
        confidence_note=(
            "A stance ascribed by the article, coded because the record model allows judged "
            "stances; many would leave it out."
        ),
        mentions=[
            mention(
                11,
                leading=True,
                factuality="judged",
                status="foretold",
                spans={
                    "trigger": (1558, 1565),
                    "actor": (1542, 1552),
                    "target": (1581, 1608),
                    "object": (1571, 1651),
                    "time": (1535, 1541),
                },
            ),
        ],
        considered=[
            defensible(
                "disposition",
                "not coded (no_act)",
                "A lasting worry is a state of mind; no statement by China is reported.",
            ),
            rejected("action_code", "cameo:110", "The neighbours are not blamed."),
            rejected(
                "factuality", "asserted", "The article ascribes the worry; it reports no utterance."
            ),
            defensible(
                "target_id",
                "no target",
                (
                    "The neighbours are where the feared violence is, not clearly the ones "
                    "addressed."
                ),
            ),
        ],
    ),
    event(
        "QTR-000029",
        "cameo:074",
        fit="approximate",
        actors=["china"],
        targets=["kazakhstan"],
        when=on(
            "2022-01-01/..",
            "bounded",
            between=("2022-01-01", None),
            note="A forecast without a date; later than the unrest's beginning.",
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=(
            "The researcher Raffaello Pantucci expects that China will not intervene in "
            "Kazakhstan the way Russia did."
        ),
        summary_vi=(
            "Theo dự đoán của ông Pantucci, Bắc Kinh sẽ không nhúng tay kiểu Nga vào Kazakhstan."
        ),
        confidence="high",
        mentions=[
            mention(
                12,
                leading=True,
                factuality="predicted",
                polarity="negated",
                spans={
                    "trigger": (1780, 1789),
                    "negation": (1774, 1779),
                    "actor": (1760, 1770),
                    "target": (1792, 1802),
                    "place": (1792, 1802),
                    "source": (1667, 1758),
                },
                sources=[source("pantucci", "predicts")],
            ),
        ],
        considered=[
            rejected(
                "action_code",
                "cameo:190",
                (
                    "Russia's way, to which the text compares, is the sending of forces to keep "
                    "the peace, not war."
                ),
            ),
            rejected(
                "action_code",
                "cameo:1224",
                "No request to China is refused; the expert foretells an abstention.",
            ),
            rejected(
                "polarity",
                "affirmative",
                (
                    "The negation covers the intervening in Russia's manner, not the expert's "
                    "saying so."
                ),
            ),
        ],
    ),
    event(
        "QTR-000030",
        "cameo:074",
        fit="approximate",
        actors=["sco"],
        targets=["kazakhstan"],
        when=on(
            "2022-01-01/..",
            "bounded",
            between=("2022-01-01", None),
            note="A forecast without a date; later than the unrest's beginning.",
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=(
            "Pantucci holds that the SCO is unlikely to intervene in Kazakhstan in Russia's "
            "manner because Beijing lacks military experience."
        ),
        summary_vi=(
            "Ông Pantucci cho rằng khó có chuyện SCO can dự vào Kazakhstan như Nga, bởi Trung"
            " Quốc ít kinh nghiệm quân sự."
        ),
        confidence="high",
        mentions=[
            mention(
                12,
                leading=True,
                factuality="predicted",
                polarity="negated",
                spans={
                    "trigger": (1868, 1879),
                    "negation": (1857, 1867),
                    "actor": (1824, 1856),
                    "target": (1792, 1802),
                    "place": (1792, 1802),
                    "source": (1667, 1758),
                },
                sources=[source("pantucci", "predicts")],
            ),
        ],
        considered=[
            defensible(
                "polarity",
                "affirmative",
                "'Hardly' leaves a small chance; but the forecast amounts to a no.",
            ),
            rejected(
                "unit",
                "one record with China's abstention",
                "Another actor in another status: 'will not' there, 'hardly' here.",
            ),
            rejected("action_code", "cameo:190", "As for China's forecast."),
        ],
    ),
    event(
        "QTR-000031",
        "cameo:014",
        fit="approximate",
        actors=["china"],
        thing="security situation in the region",
        status_note=(
            "A reassessment is not an act made of words; the root's default does not fit."
        ),
        when=on(
            "2022-01-01/..",
            "bounded",
            between=("2022-01-01", None),
            note="A forecast without a date; later than the unrest's beginning.",
        ),
        summary_en=(
            "The unrest may make China want to reassess the security situation in the region."
        ),
        summary_vi=(
            "Những xáo trộn ấy có khả năng thúc đẩy Trung Quốc xem xét lại bức tranh an ninh "
            "của vùng."
        ),
        confidence="medium",
        confidence_note="Weak act; code and source are both inferred.",
        mentions=[
            mention(
                13,
                leading=True,
                factuality="predicted",
                spans={
                    "trigger": (1971, 1983),
                    "actor": (1955, 1965),
                    "object": (1984, 2015),
                    "source": (1667, 1758),
                },
                sources=[source("pantucci", "predicts", implied=True)],
            ),
        ],
        considered=[
            rejected("action_code", "cameo:090", "No inquiry into a matter or party."),
            defensible(
                "attributions",
                "the article's own voice",
                (
                    "The sentence names no source; it continues the researcher's reasoning with "
                    "'but'."
                ),
            ),
            defensible(
                "disposition",
                "not coded (no_act)",
                "A possible wish to reconsider is hardly an act.",
            ),
        ],
    ),
)
