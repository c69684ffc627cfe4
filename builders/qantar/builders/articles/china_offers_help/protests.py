"""The protests: how they began, grew and what they were about."""

from qantar.builders import defensible, event, link, mention, on, place, rejected

EVENTS = (
    event(
        "QTR-000017",
        "cameo:141",
        actors=["kaz-protesters"],
        targets=["kaz-government"],
        when=on(
            "[2022-01-01..2022-01-06]",
            "bounded",
            between=("2022-01-01", "2022-01-06"),
            latest_from="QTR-000012",
            note=(
                "The day on which they began: after the price rise of New Year's Day, and no later "
                "than the wish of 6 January that the situation be stabilised, which takes the "
                "unrest for granted that began with them. How long they lasted is not told."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=(
            "Anti-government protests begin in Kazakhstan after fuel prices rise on New Year's Day."
        ),
        summary_vi=(
            "Tại Kazakhstan nổ ra biểu tình chống chính phủ sau khi nhiên liệu tăng giá vào "
            "ngày đầu năm."
        ),
        confidence="medium",
        confidence_note=(
            "Date: by 6, 7 or 10 January, as one holds which act takes the protests for granted."
        ),
        version=3,
        mentions=[
            mention(
                14,
                leading=True,
                spans={
                    "trigger": [[(2018, 2045), (2069, 2076)]],
                    "actor": (2018, 2036),
                    "target": (2046, 2055),
                    "place": (2058, 2068),
                    "time": (2077, 2129),
                },
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:1412",
                (
                    "The fuel price suggests a demand for other policy, and the second coder "
                    "chose it; but the text gives a time, not a demand."
                ),
            ),
            defensible("action_code", "cameo:140", "Dissent in general."),
            rejected("action_code", "cameo:145", "Violence comes only in the next sentence."),
            rejected(
                "unit",
                "a further mention in the Secretary of State's words on the protests",
                "A bare noun within the words of another record (QTR-000016).",
            ),
            defensible(
                "actor_id",
                "nobody named",
                (
                    "The third coder's choice, as only the act is named; kept, since protests have "
                    "protesters, whom the text describes by them."
                ),
            ),
            defensible(
                "actor_code",
                "KAZCVL",
                (
                    "Ordinary people rather than opposition; opposition is chosen because the "
                    "protests are called anti-government."
                ),
            ),
            defensible(
                "date_edtf",
                "2022-01-01?/2022-01-10?",
                (
                    "If all of the protests is meant, which the first article speaks of on 10 "
                    "January; but the leading words tell that they began."
                ),
            ),
            defensible(
                "date_latest",
                "2022-01-07",
                (
                    "The message of 7 January names unrest in so many words; the wish of 6 "
                    "January names a situation to be stabilised, which is the same."
                ),
            ),
            rejected(
                "date_latest",
                "2022-01-10",
                "Loose: acts of 6 and 7 January already take the unrest for granted.",
            ),
            rejected(
                "date_edtf",
                "2022-01-01",
                "New Year's Day dates the price rise, not the protests, which come after it.",
            ),
        ],
    ),
    event(
        "QTR-000020",
        "cameo:145",
        actors=["kaz-protesters"],
        targets=["kaz-government"],
        when=on(
            "[2022-01-01..2022-01-10]",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "The day on which they turned violent: within a few days of the start of the "
                "protests, which gives no limit; the first article speaks of a riot by 10 January."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=("Within days the anti-government protests in Kazakhstan turn violent."),
        summary_vi=(
            "Chỉ ít ngày sau khi bùng lên, biểu tình chống chính phủ tại Kazakhstan chuyển sang "
            "bạo lực."
        ),
        confidence="medium",
        confidence_note="Parties: one coder named no target for the violence, another no actor.",
        mentions=[
            mention(
                15,
                leading=True,
                spans={
                    "trigger": (2131, 2156),
                    "actor": (2131, 2140),
                    "target": (2046, 2055),
                    "time": (2157, 2176),
                    "place": (2058, 2068),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000017", said_in=1),
        ],
        version=3,
        considered=[
            defensible("action_code", "cameo:1452", "If the price rise is taken for the aim."),
            defensible(
                "date_edtf",
                "2022-01-01?/2022-01-10?",
                (
                    "If all of the violence is meant, of which the fires and seizures are parts; "
                    "but the leading words tell the turn."
                ),
            ),
            rejected("action_code", "cameo:180", "The violence arises out of protests."),
            rejected(
                "unit",
                "a further mention in the government's accusation",
                (
                    "A bare noun within the words of another record (QTR-000038); the riot of the "
                    "teaser has a place of its own."
                ),
            ),
            defensible(
                "actor_id",
                "nobody named",
                "The third coder's choice; kept, as for the protests that turned violent.",
            ),
            rejected(
                "place_name",
                "Almaty",
                (
                    "The city is named with the airport; the phrase is too far away to be "
                    "attached to the violence as a whole."
                ),
            ),
            defensible(
                "target_id",
                "no target",
                (
                    "The second coder named none for the violence; kept, since it grows out "
                    "of protests that the text calls directed at the government."
                ),
            ),
        ],
    ),
    event(
        "QTR-000036",
        "cameo:141",
        actors=["kaz-protesters"],
        targets=["kaz-government"],
        thing=(
            "terrible working conditions, and corruption of which the family of former President "
            "Nazarbayev is accused"
        ),
        when=on(
            "2022-01-XX",
            "bounded",
            between=("2022-01-01", "2022-01-31"),
            note=(
                "Not dated; after the unrest began (New Year's Day at the earliest) and "
                "within the month of publication."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=(
            "The protests quickly widen to other issues, among them terrible working conditions "
            "and accusations of corruption that concern former President Nazarbayev's family."
        ),
        summary_vi=(
            "Biểu tình mau chóng lan sang những vấn đề khác, trong đó có điều kiện lao động tồi "
            "tệ và chuyện gia đình cựu Tổng thống Nazarbayev bị cáo buộc tham nhũng."
        ),
        confidence="low",
        confidence_note=(
            "Record and parties: a stage of the same movement, which the third coder did not part; "
            "no target, the government, or the former president's family too."
        ),
        mentions=[
            mention(
                17,
                leading=True,
                spans={
                    "trigger": [[(2441, 2459), (2472, 2500)]],
                    "actor": (2441, 2459),
                    "target": (2046, 2055),
                    "object": [[(2510, 2535), (2539, 2617)]],
                    "place": (2058, 2068),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000017", said_in=1),
        ],
        version=3,
        considered=[
            defensible(
                "action_code",
                "cameo:1413",
                "Bad working conditions can be read as a demand for rights; no right is named.",
            ),
            defensible(
                "action_code",
                "cameo:1412",
                (
                    "Or as a demand for other policy; but with corruption beside them the "
                    "grievances are mixed."
                ),
            ),
            defensible(
                "identity",
                "a further mention of the beginning of the protests",
                (
                    "One movement, and the third coder made one record of it; but it is a later "
                    "stage with other grievances and another date."
                ),
            ),
            defensible(
                "target_id",
                "no target",
                (
                    "The first coder named none, since the sentence directs the new grievances at "
                    "nobody; the second carried the government over, as the riot's record does: "
                    "they are the same protests, which the text calls anti-government."
                ),
            ),
            defensible(
                "target_id",
                "the former president's family beside the government",
                (
                    "The second coder's choice; but the text does not say that the protests were "
                    "against the family, nor who accuses it."
                ),
            ),
            defensible(
                "unit",
                "a record of the accusation of corruption (1121)",
                (
                    "The first coder made one (QTR-000037), with the protesters as accusers; "
                    "merged, as the second and the third had it: nobody is said to accuse, and "
                    "the accusations are what the protests took up."
                ),
            ),
        ],
    ),
)
