"""The Secretary of State's concern over Moscow's role."""

from qantar.builders import defensible, event, mention, on

EVENTS = (
    event(
        "QTR-000014",
        "cameo:012",
        fit="approximate",
        actors=["blinken"],
        targets=["russia"],
        thing="Moscow's role in the situation in Kazakhstan",
        when=on(
            "[2022-01-01..2022-01-10]",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "Not dated; the unrest it speaks of began on or after 1 January 2022 (second "
                "article), and the text was published on 10 January 2022 at 01:11. Whether it"
                " was said in the exchange of 6 January is left open."
            ),
        ),
        summary_en=(
            "The US Secretary of State voices concern over Moscow's role in the events in "
            "Kazakhstan."
        ),
        summary_vi=(
            "Ông Blinken tỏ ý quan ngại trước vai trò của Nga trong diễn biến tại Kazakhstan."
        ),
        confidence="low",
        confidence_note=(
            "Root and date: a worry (01) or a disapproval (11); on 6 January or on a day not told."
        ),
        version=2,
        mentions=[
            mention(
                16,
                leading=True,
                status="opinion",
                quotation="indirect",
                spans={
                    "trigger": (1541, 1555),
                    "actor": (1525, 1540),
                    "target": (1571, 1577),
                    "object": (1559, 1608),
                },
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:110",
                (
                    "Concern over another state's role shades into disapproval of it; but the "
                    "words give a worry and neither question what Russia did nor fault it."
                ),
            ),
            defensible("action_code", "cameo:111", "Stronger still; no reproach is worded."),
            defensible(
                "date_edtf",
                "2022-01-06",
                (
                    "Stands right after the report of the exchange of 6 January and may belong to"
                    " it; but a new paragraph begins and the words speak of Kazakhstan's leaders "
                    "in the third person."
                ),
            ),
        ],
    ),
    event(
        "QTR-000016",
        "cameo:110",
        fit="approximate",
        actors=["blinken"],
        targets=["kaz-government"],
        thing="need for help from outside",
        when=on(
            "[2022-01-01..2022-01-10]",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "Not dated; the unrest it speaks of began on or after 1 January 2022 (second "
                "article), and the text was published on 10 January 2022 at 01:11. Whether it"
                " was said in the exchange of 6 January is left open."
            ),
        ),
        summary_en=(
            "Blinken says that Kazakhstan's authorities are fully able to deal with the protests "
            "properly, so that it is unclear why they need help from outside."
        ),
        summary_vi=(
            "Ông Blinken cho rằng nhà chức trách Kazakhstan hoàn toàn đủ sức xử lý thỏa đáng các "
            "cuộc biểu tình, nên không rõ vì sao họ cần bên ngoài trợ giúp."
        ),
        confidence="low",
        confidence_note=(
            "Record, root and date: one record with the trust in the authorities or two; doubt "
            "(01) or disapproval (11); on 6 January or on a day not told."
        ),
        version=3,
        mentions=[
            mention(
                17,
                leading=True,
                status="opinion",
                quotation="direct",
                spans={
                    "trigger": (1751, 1782),
                    "actor": [[(1525, 1540), (1610, 1613)]],
                    "target": [[(1625, 1667), (1768, 1770)]],
                    "object": (1783, 1807),
                },
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:012",
                (
                    "A doubt rather than disapproval, as the second coder held; but it questions "
                    "what the authorities do, not how matters will develop."
                ),
            ),
            defensible(
                "action_code", "cameo:010", "On the surface he only says that he does not know why."
            ),
            defensible(
                "action_code",
                "cameo:111",
                (
                    "For who hears open criticism of calling in Russia, as the third coder did; "
                    "no fault is worded."
                ),
            ),
            defensible(
                "unit",
                "a second record for the trust in the authorities",
                (
                    "The first coder made one (QTR-000015, 013); merged, as the second and the "
                    "third had it: the trust is conceded as the ground of the doubt, in the same "
                    "quotation."
                ),
            ),
            defensible(
                "target_id",
                "russia",
                (
                    "Russia's help is what is doubted, but the ones who are asked to justify "
                    "themselves are the Kazakh authorities."
                ),
            ),
        ],
    ),
)
