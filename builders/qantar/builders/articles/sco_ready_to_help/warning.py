"""The warning of the United States' Secretary of State, and his exchange of 6 January."""

from qantar.builders import defensible, event, link, mention, on, rejected

EVENTS = (
    event(
        "QTR-000008",
        "cameo:012",
        fit="approximate",
        actors=["blinken"],
        targets=["kazakhstan"],
        condition="If Kazakhstan turns to the Russian army for help.",
        thing="Moscow's influence on Kazakhstan",
        status_note=("The words foretell a consequence; they do not merely hold an opinion."),
        when=on(
            "[2022-01-01..2022-01-08]",
            "bounded",
            between=("2022-01-01", "2022-01-08"),
            latest_from="QTR-000019",
            note=(
                "Not dated; Russia's dated retort of 8 January is the latest possible day, "
                "the start of the unrest the earliest."
            ),
        ),
        summary_en=(
            "US Secretary of State Antony Blinken warns that Kazakhstan will find it hard to "
            "escape Moscow's influence if it turns to the Russian army for help."
        ),
        summary_vi=(
            "Ngoại trưởng Blinken cảnh báo một khi trông cậy vào quân đội Nga, Kazakhstan khó"
            " lòng dứt ra khỏi vòng ảnh hưởng của Moskva."
        ),
        confidence="high",
        version=3,
        mentions=[
            mention(
                13,
                leading=True,
                factuality="presupposed",
                status="foretold",
                conditional=True,
                quotation="indirect",
                spans={
                    "trigger": (1099, 1107),
                    "actor": (1068, 1098),
                    "target": (1113, 1123),
                    "condition": (1162, 1205),
                    "object": (1127, 1161),
                },
            ),
            mention(
                20,
                factuality="presupposed",
                status="foretold",
                quotation="none",
                spans={"trigger": (2012, 2021), "actor": (2026, 2041)},
            ),
            mention(
                21,
                factuality="presupposed",
                status="foretold",
                quotation="indirect",
                spans={
                    "trigger": (2084, 2093),
                    "actor": (2098, 2113),
                    "target": (2119, 2129),
                    "object": (2119, 2160),
                },
            ),
        ],
        links=[
            link("precedes", "QTR-000001", said_in=1),
            link("conditional_on", "QTR-000040", said_in=1),
        ],
        considered=[
            rejected(
                "action_code",
                "cameo:130",
                (
                    "The harm foretold would come from Russia's influence, not from the United "
                    "States: a caution, not a threat."
                ),
            ),
            defensible(
                "action_code",
                "cameo:111",
                (
                    "The caution also finds fault with Russia's role; the text's verb, however, "
                    "warns Kazakhstan."
                ),
            ),
            defensible(
                "action_code",
                "cameo:010",
                "A plain statement, if a warning about a third party is not held pessimistic.",
            ),
            defensible(
                "target_id",
                "russia",
                "Russia is the one spoken ill of; the party cautioned is Kazakhstan.",
            ),
            defensible(
                "identity",
                "the remark of the teaser as an event of its own",
                (
                    "The teaser breaks off before it says what would be hard for Kazakhstan; "
                    "speaker, party and tenor are those of the warning, so one event. If two, "
                    "Russia's retort of 8 January bounds only the remark, and the warning is "
                    "bounded by publication."
                ),
            ),
            rejected(
                "unit",
                "no mention in the title of the teaser",
                (
                    "A noun within the words of Russia's anger; but it brings its own party, "
                    "whose remark it was."
                ),
            ),
            defensible(
                "factuality",
                "asserted",
                (
                    "The clause after 'after' may be read as news of its own; grammatically it "
                    "takes the warning for granted."
                ),
            ),
        ],
    ),
    event(
        "QTR-000010",
        "cameo:040",
        direction="symmetric",
        actors=["blinken"],
        targets=["tileuberdi"],
        when=on(
            "2022-01-06",
            "stated",
            between=("2022-01-06", "2022-01-06"),
            note="Day and month stated; the year is that of publication.",
        ),
        summary_en=(
            "US Secretary of State Blinken and Kazakhstan's Foreign Minister Tileuberdi "
            "confer on 6 January."
        ),
        summary_vi=(
            "Ngày 6/1, Ngoại trưởng Mỹ Blinken trao đổi với Ngoại trưởng Kazakhstan Tileuberdi."
        ),
        confidence="high",
        version=2,
        mentions=[
            mention(
                14,
                leading=True,
                spans={
                    "trigger": (1228, 1244),
                    "actor": (1216, 1227),
                    "target": (1249, 1299),
                    "time": (1207, 1214),
                },
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:041",
                "Very likely a telephone call, but the text names no medium.",
            ),
            rejected("action_code", "cameo:046", "Nothing is negotiated."),
            rejected("action_code", "cameo:042", "No visit is reported."),
            rejected(
                "date_edtf",
                "2022-06-01",
                "Vietnamese order puts the day first; and June lies after publication.",
            ),
        ],
    ),
    event(
        "QTR-000011",
        "cameo:051",
        actors=["blinken"],
        targets=["kazakhstan"],
        addressees=["tileuberdi"],
        thing="constitutional institutions and media freedom of Kazakhstan",
        when=on(
            "2022-01-06",
            "relative_to_event",
            between=("2022-01-06", "2022-01-06"),
            anchor="QTR-000010",
            note="'There' refers to the exchange of 6 January.",
        ),
        summary_en=(
            "Blinken affirms full US support for Kazakhstan's constitutional institutions and"
            " media freedom."
        ),
        summary_vi=(
            "Ông Blinken khẳng định Mỹ ủng hộ trọn vẹn các thể chế hiến định cùng quyền tự do "
            "truyền thông ở Kazakhstan."
        ),
        confidence="high",
        version=3,
        mentions=[
            mention(
                15,
                leading=True,
                status="opinion",
                quotation="indirect",
                spans={
                    "trigger": (1314, 1344),
                    "actor": [[(1216, 1227), (1310, 1313)]],
                    "target": (1393, 1403),
                    "addressee": (1249, 1299),
                    "object": (1345, 1388),
                    "time": (1207, 1214),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000010", said_in=1),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:032",
                (
                    "Could be read as a promise of policy support; the words voice present "
                    "support, no undertaking."
                ),
            ),
            defensible("action_code", "cameo:050", "Residual diplomatic cooperation."),
            rejected(
                "action_code", "cameo:0243", "Media freedom is supported here, not asked for."
            ),
        ],
    ),
    event(
        "QTR-000012",
        "cameo:027",
        fit="approximate",
        actors=["blinken"],
        targets=["kazakhstan"],
        addressees=["tileuberdi"],
        when=on(
            "2022-01-06",
            "relative_to_event",
            between=("2022-01-06", "2022-01-06"),
            anchor="QTR-000010",
            note="'There' refers to the exchange of 6 January.",
        ),
        summary_en=(
            "Blinken says he would like Kazakhstan to stabilise the situation by peaceful means."
        ),
        summary_vi=(
            "Ông Blinken mong Kazakhstan đưa đất nước trở lại yên ổn theo con đường hòa bình."
        ),
        confidence="low",
        confidence_note=(
            "Record and root: one wish or two, as the last phrase attaches; appeal (02) or mere "
            "wish (01)."
        ),
        version=3,
        mentions=[
            mention(
                15,
                leading=True,
                status="requested",
                quotation="indirect",
                spans={
                    "trigger": [[(1415, 1424), (1438, 1479)]],
                    "actor": [[(1216, 1227), (1310, 1313)]],
                    "target": [[(1393, 1403), (1425, 1437)]],
                    "addressee": (1249, 1299),
                    "time": (1207, 1214),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000010", said_in=1),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:020",
                "A wish for peaceful stabilisation fits no sub-code well.",
            ),
            defensible(
                "action_code",
                "cameo:0256",
                (
                    "Peaceful means imply restraint towards the crowd; but no fighting is asked "
                    "to stop."
                ),
            ),
            defensible("action_code", "cameo:010", "A mere wish rather than an appeal."),
            defensible(
                "unit",
                "one record for peaceful means and respect for rights",
                (
                    "The closing words can also be read as one wish for a peaceful and "
                    "rights-respecting solution, and the third coder made one record of it, under "
                    "the code of the second wish."
                ),
            ),
        ],
    ),
    event(
        "QTR-000013",
        "cameo:0243",
        actors=["blinken"],
        targets=["kazakhstan"],
        addressees=["tileuberdi"],
        thing="rights of the people of Kazakhstan",
        when=on(
            "2022-01-06",
            "relative_to_event",
            between=("2022-01-06", "2022-01-06"),
            anchor="QTR-000010",
            note="'There' refers to the exchange of 6 January.",
        ),
        summary_en=("Blinken says he would like Kazakhstan to respect the rights of its people."),
        summary_vi="Ông Blinken mong Kazakhstan tôn trọng các quyền của người dân.",
        confidence="medium",
        confidence_note="Record: one wish or two, as the last phrase attaches.",
        version=3,
        mentions=[
            mention(
                15,
                leading=True,
                status="requested",
                quotation="indirect",
                spans={
                    "trigger": [[(1415, 1424), (1483, 1512)]],
                    "actor": [[(1216, 1227), (1310, 1313)]],
                    "target": [[(1393, 1403), (1425, 1437)]],
                    "addressee": (1249, 1299),
                    "object": (1493, 1512),
                    "time": (1207, 1214),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000010", said_in=1),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:020",
                "A bare wish, if the rights are held to be only the manner of the solution.",
            ),
            rejected("action_code", "cameo:1043", "Far too forceful for a wish."),
            rejected("action_code", "cameo:1122", "No violation is alleged."),
            defensible(
                "unit",
                "merged into the wish for a peaceful settlement",
                "See the other wish of this sentence.",
            ),
        ],
    ),
)
