"""What an expert expects of China and of the SCO."""

from qantar.builders import defensible, event, mention, on, place, rejected, source

EVENTS = (
    event(
        "QTR-000029",
        "cameo:074",
        fit="approximate",
        actors=["china"],
        targets=["kazakhstan"],
        when=on(
            "[2022-01-10..]",
            "bounded",
            between=("2022-01-10", None),
            note=(
                "A forecast without a date; later than the article, which is no earlier than "
                "10 January."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=(
            "The researcher Raffaello Pantucci expects that China will not intervene in "
            "Kazakhstan the way Russia did."
        ),
        summary_vi=(
            "Theo dự đoán của ông Pantucci, Bắc Kinh sẽ không can thiệp vào Kazakhstan giống "
            "như Nga."
        ),
        confidence="high",
        mentions=[
            mention(
                12,
                leading=True,
                factuality="predicted",
                certainty="certain",
                polarity="negated",
                spans={
                    "trigger": [[(1780, 1789), (1803, 1820)]],
                    "negation": (1774, 1779),
                    "actor": (1760, 1770),
                    "target": (1792, 1802),
                    "place": (1792, 1802),
                    "source": (1667, 1758),
                },
                sources=[source("pantucci", "predicts")],
            ),
        ],
        version=3,
        considered=[
            rejected(
                "action_code",
                "cameo:154",
                "Forces lent to another state, as Russia's were, not mobilised at home.",
            ),
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
            rejected(
                "date_earliest",
                "2022-01-01",
                (
                    "The first coder counted from the unrest; a forecast is of the time after"
                    " the article that makes it."
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
            "[2022-01-10..]",
            "bounded",
            between=("2022-01-10", None),
            note=(
                "A forecast without a date; later than the article, which is no earlier than "
                "10 January."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=(
            "Pantucci holds that the SCO is unlikely to intervene in Kazakhstan in Russia's "
            "manner because Beijing lacks military experience."
        ),
        summary_vi=(
            "Theo ông Pantucci, SCO khó có khả năng can thiệp vào Kazakhstan giống như Nga, bởi "
            "Trung Quốc thiếu kinh nghiệm quân sự."
        ),
        confidence="high",
        mentions=[
            mention(
                12,
                leading=True,
                factuality="predicted",
                certainty="probable",
                polarity="negated",
                spans={
                    "trigger": [[(1780, 1789), (1803, 1820), (1868, 1879)]],
                    "negation": (1857, 1867),
                    "actor": (1824, 1856),
                    "target": (1792, 1802),
                    "place": (1792, 1802),
                    "source": (1667, 1758),
                },
                sources=[source("pantucci", "predicts")],
            ),
        ],
        version=3,
        considered=[
            rejected(
                "action_code",
                "cameo:154",
                "Forces lent to another state, as Russia's were, not mobilised at home.",
            ),
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
            rejected(
                "date_earliest",
                "2022-01-01",
                (
                    "The first coder counted from the unrest; a forecast is of the time after"
                    " the article that makes it."
                ),
            ),
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
            "[2022-01-10..]",
            "bounded",
            between=("2022-01-10", None),
            note=(
                "A forecast without a date; later than the article, which is no earlier than "
                "10 January."
            ),
        ),
        summary_en=(
            "The unrest may make China want to reassess the security situation in the region."
        ),
        summary_vi=("Trước cảnh bất ổn, Trung Quốc có thể muốn nhìn lại cục diện an ninh khu vực."),
        confidence="low",
        confidence_note=(
            "Record and root: whether a possible wish is an act; a code for weighing a course (01) "
            "is stretched."
        ),
        mentions=[
            mention(
                13,
                leading=True,
                factuality="predicted",
                certainty="possible",
                spans={
                    "trigger": (1966, 1983),
                    "actor": (1955, 1965),
                    "object": (1984, 2015),
                    "source": (1667, 1758),
                },
                sources=[source("pantucci", "predicts", implied=True)],
            ),
        ],
        version=3,
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
                (
                    "The second and the third coder left it out, as a possible wish is hardly an "
                    "act. But it is no wish that nobody utters: a named expert foretells what "
                    "China may want, and what an identified observer foretells of an identified "
                    "party is coded, with low confidence."
                ),
            ),
            rejected(
                "date_earliest",
                "2022-01-01",
                (
                    "The first coder counted from the unrest; a forecast is of the time after"
                    " the article that makes it."
                ),
            ),
        ],
    ),
)
