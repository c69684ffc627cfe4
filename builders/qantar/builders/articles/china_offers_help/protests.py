"""The protests: how they began, grew and what they were about."""

from qantar.builders import defensible, event, link, mention, on, place, rejected, source

EVENTS = (
    event(
        "QTR-000017",
        "cameo:141",
        actors=["kaz-protesters"],
        targets=["kaz-government"],
        when=on(
            "2022-01-01?/2022-01-10?",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "From a day after the price rise of New Year's Day to one no earlier than the "
                "first article, which speaks of the protests as going on; neither day is told."
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
        confidence="high",
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
                    "The fuel price suggests a demand for other policy, but the text gives a "
                    "time, not a demand."
                ),
            ),
            defensible("action_code", "cameo:140", "Dissent in general."),
            rejected("action_code", "cameo:145", "Violence comes only in the next sentence."),
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
                "[2022-01-01..2022-01-10]",
                (
                    "One day between, if only the beginning is meant; but the record holds the "
                    "protests, of which others are parts."
                ),
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
            "2022-01-01?/2022-01-10?",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "From within a few days of the start of the protests on; spoken of as going on by "
                "10 January. Neither day is told."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=("Within days the anti-government protests in Kazakhstan turn violent."),
        summary_vi=(
            "Chỉ ít ngày sau khi bùng lên, làn sóng phản đối chính phủ ở Kazakhstan chuyển sang"
            " bạo lực."
        ),
        confidence="medium",
        confidence_note="The second coder named no target for the violence.",
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
            mention(
                18,
                factuality="presupposed",
                spans={"trigger": (2650, 2682), "actor": (2664, 2682), "source": (2620, 2640)},
                sources=[source("kaz-government", "presupposes")],
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
                "[2022-01-01..2022-01-10]",
                (
                    "One day between, if only the turn to violence is meant; but the fires and "
                    "seizures are parts of the record."
                ),
            ),
            rejected("action_code", "cameo:180", "The violence arises out of protests."),
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
        thing="poor working conditions and other grievances",
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
            "The protests quickly widen to other issues, among them poor working conditions."
        ),
        summary_vi=(
            "Làn sóng phản đối mau chóng lan sang những bức xúc khác như điều kiện lao động kém."
        ),
        confidence="medium",
        confidence_note=(
            "A stage of the same movement; whether it deserves its own record is a matter of taste."
        ),
        mentions=[
            mention(
                17,
                leading=True,
                spans={
                    "trigger": [[(2441, 2459), (2472, 2500)]],
                    "actor": (2441, 2459),
                    "target": (2046, 2055),
                    "object": (2510, 2535),
                    "place": (2058, 2068),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000017", said_in=1),
        ],
        version=2,
        considered=[
            defensible(
                "action_code",
                "cameo:1413",
                "Bad working conditions can be read as a demand for rights.",
            ),
            defensible("action_code", "cameo:1412", "Or as a demand for other policy."),
            defensible(
                "identity",
                "a further mention of the beginning of the protests",
                "One movement; but it is a later stage with other grievances and another date.",
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
            rejected(
                "target_id",
                "the former president's family beside the government",
                "The family is accused, which has a record of its own.",
            ),
        ],
    ),
    event(
        "QTR-000037",
        "cameo:1121",
        actors=["kaz-protesters"],
        targets=["nazarbayev-family"],
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
            "Accusations of corruption against the family of former President Nazarbayev "
            "become an issue of the protests."
        ),
        summary_vi=(
            "Người biểu tình nêu cả những cáo buộc tham nhũng nhằm vào gia đình cựu Tổng "
            "thống Nazarbayev."
        ),
        confidence="medium",
        confidence_note="Who accuses is inferred.",
        mentions=[
            mention(
                17,
                leading=True,
                factuality="presupposed",
                status="alleged",
                quotation="indirect",
                spans={"trigger": (2539, 2558), "actor": (2441, 2459), "target": (2573, 2617)},
            ),
        ],
        links=[
            link("part_of", "QTR-000036", said_in=1),
        ],
        version=3,
        considered=[
            defensible(
                "actor_id",
                "nobody named",
                (
                    "The accusations are given as an existing issue; that the protesters raise "
                    "them is inferred from the sentence's subject."
                ),
            ),
            rejected("action_code", "cameo:111", "The charge is named: corruption."),
            rejected(
                "target_id", "Nursultan Nazarbayev", "The family is named; he only identifies it."
            ),
            defensible(
                "unit",
                "a further grievance of the widening protests",
                (
                    "The second coder made no record of it; kept, since an accusation has a "
                    "code and a target of its own."
                ),
            ),
        ],
    ),
)
