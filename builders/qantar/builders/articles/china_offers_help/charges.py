"""What Kazakhstan's leaders charged and promised."""

from qantar.builders import defensible, event, link, mention, on, rejected

EVENTS = (
    event(
        "QTR-000038",
        "cameo:1121",
        fit="approximate",
        actors=["kaz-government"],
        targets=["foreign-trained-terrorists", "islamist-extremists"],
        thing="violence in the protests",
        when=on(
            "2022-01-XX",
            "bounded",
            between=("2022-01-01", "2022-01-31"),
            note=(
                "Not dated; after the unrest began (New Year's Day at the earliest) and "
                "within the month of publication."
            ),
        ),
        summary_en=(
            "Kazakhstan's government says that terrorist groups trained and coordinated abroad "
            "and unidentified Islamist extremist groups drove the violence in the protests."
        ),
        summary_vi=(
            "Chính phủ Kazakhstan quy trách nhiệm gây bạo lực cho các nhóm khủng bố được huấn"
            " luyện, điều phối từ nước ngoài và những nhóm Hồi giáo cực đoan chưa rõ danh tính."
        ),
        confidence="high",
        version=3,
        mentions=[
            mention(
                18,
                leading=True,
                status="alleged",
                quotation="direct",
                spans={
                    "trigger": [[(2641, 2649), (2683, 2700)]],
                    "actor": (2620, 2640),
                    "target": [(2702, 2763), (2769, 2795)],
                    "object": (2650, 2682),
                },
            ),
        ],
        links=[
            link("about", "QTR-000020", said_in=1),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:112",
                (
                    "The first coder's choice, as the charge is of driving violence and no crime "
                    "is named; but whoever is called terrorist while blamed for violence is "
                    "charged with terrorism, which the sub-code's gloss names."
                ),
            ),
            defensible(
                "code_fit",
                "exact",
                (
                    "The gloss names terrorism; but what is charged in words is violence, and only "
                    "one of the groups is called terrorist."
                ),
            ),
            defensible(
                "action_code", "cameo:1123", "If groups steered from abroad are held aggressors."
            ),
            rejected(
                "action_code",
                "cameo:1125",
                (
                    "Trained and steered abroad, but no foreign power is named that they would "
                    "work for; the third coder held it defensible."
                ),
            ),
            rejected("unit", "two accusations", "One accusation with two targets."),
            rejected(
                "unit",
                "a record of the alleged instigation",
                "What is alleged did not thereby occur; the accusation holds it.",
            ),
            defensible(
                "target_code",
                "KAZREB",
                (
                    "For the terrorist groups, as armed opponents at home; their nationality is "
                    "not stated, and they are said to be trained and steered abroad."
                ),
            ),
        ],
    ),
    event(
        "QTR-000039",
        "cameo:035",
        fit="approximate",
        actors=["kaz-government"],
        targets=["kaz-peaceful-protesters"],
        when=on(
            "2022-01-XX",
            "bounded",
            between=("2022-01-01", "2022-01-31"),
            note=(
                "Not dated; after the unrest began (New Year's Day at the earliest) and "
                "within the month of publication."
            ),
        ),
        summary_en=("Kazakhstan's government says it will not prosecute peaceful protesters."),
        summary_vi=("Chính phủ Kazakhstan nói những ai biểu tình ôn hòa sẽ không bị truy tố."),
        confidence="high",
        version=3,
        mentions=[
            mention(
                19,
                leading=True,
                status="pledged",
                quotation="indirect",
                spans={
                    "trigger": (2816, 2841),
                    "actor": [[(2620, 2640), (2813, 2815)]],
                    "target": (2842, 2870),
                },
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:0351",
                (
                    "Abstaining from prosecution as an easing of sanctions; but no sanction is in"
                    " force yet."
                ),
            ),
            rejected(
                "action_code",
                "cameo:0352",
                "That code is the protesters' own promise to end dissent.",
            ),
            rejected("action_code", "cameo:0353", "Nobody is said to be held."),
            rejected(
                "action_code",
                "cameo:056",
                "No wrong is pardoned: who protests peacefully is not said to have done one.",
            ),
            rejected(
                "action_code",
                "cameo:173",
                "A negated arrest loses the promise, for which a code exists.",
            ),
            rejected(
                "action_code",
                "cameo:137",
                "That only peaceful protesters are spared is no threat in words.",
            ),
        ],
    ),
)
