"""Fire and seizures, and the measure behind the price of gas."""

from qantar.builders import defensible, event, link, mention, on, place, rejected, source

EVENTS = (
    event(
        "QTR-000032",
        "cameo:1712",
        actors=["kaz-some-people"],
        thing="cars",
        when=on(
            "[2022-01-01..2022-01-10]",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "Told as the turn to violence itself, of which the first article speaks by 10"
                " January."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=("Some people set cars on fire as the protests in Kazakhstan turn violent."),
        summary_vi=(
            "Một số người đốt xe hơi khi làn sóng phản đối ở Kazakhstan chuyển thành bạo lực."
        ),
        confidence="low",
        confidence_note=(
            "Record, root, parties and date: apart or part of the riot (14); opposition or people "
            "at large; by 10 January or later."
        ),
        version=3,
        mentions=[
            mention(
                15,
                leading=True,
                spans={
                    "trigger": (2191, 2194),
                    "actor": (2178, 2190),
                    "object": (2195, 2199),
                    "place": (2058, 2068),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000020", said_in=1),
        ],
        considered=[
            defensible(
                "date_latest",
                "2022-01-31",
                (
                    "The third coder's limit, as a part of what goes on may be later than its "
                    "beginning; but the act is told as the turn to violence itself."
                ),
            ),
            defensible(
                "actor_code",
                "KAZCVL",
                "The third coder's choice, for some people; but the protests are theirs.",
            ),
            defensible(
                "code_fit",
                "approximate",
                "For who holds the house rule on crowds to be a stretch; the gloss fits as it is.",
            ),
            defensible(
                "action_code",
                "cameo:145",
                (
                    "Part of the riot, whose code takes in arson. CAMEO's users keep root 17 for "
                    "those in power; that it holds for crowds too, where their act is named "
                    "apart, is a house rule of the manual."
                ),
            ),
            defensible(
                "place_name",
                "Almaty",
                (
                    "The city may hold for all three acts; it surely holds only for the airport, "
                    "so the country is taken."
                ),
            ),
            rejected("participants", "kaz-government as target", "Whose cars is not said."),
            defensible(
                "unit",
                "part of the riot (QTR-000020)",
                (
                    "The second coder counted the burning to the riot; kept, since it has a "
                    "code of its own, as the manual says of acts inside a riot."
                ),
            ),
        ],
    ),
    event(
        "QTR-000033",
        "cameo:1711",
        actors=["kaz-some-people"],
        targets=["kaz-government"],
        thing="government buildings",
        when=on(
            "[2022-01-01..2022-01-10]",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "Told as the turn to violence itself, of which the first article speaks by 10"
                " January."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=(
            "Some people seize government buildings as the protests in Kazakhstan turn violent."
        ),
        summary_vi=(
            "Một số người chiếm trụ sở cơ quan chính phủ khi làn sóng phản đối ở Kazakhstan "
            "chuyển thành bạo lực."
        ),
        confidence="low",
        confidence_note=(
            "Record, root, parties and date: one record with the airport or two; 17 or 14; "
            "opposition or people at large; by 10 January or later."
        ),
        mentions=[
            mention(
                15,
                leading=True,
                spans={
                    "trigger": (2203, 2212),
                    "actor": (2178, 2190),
                    "target": (2225, 2234),
                    "object": (2213, 2234),
                    "place": (2058, 2068),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000020", said_in=1),
        ],
        version=3,
        considered=[
            defensible(
                "date_latest",
                "2022-01-31",
                (
                    "The third coder's limit, as a part of what goes on may be later than its "
                    "beginning; but the act is told as the turn to violence itself."
                ),
            ),
            defensible(
                "actor_code",
                "KAZCVL",
                "The third coder's choice, for some people; but the protests are theirs.",
            ),
            defensible(
                "code_fit",
                "approximate",
                "For who holds the house rule on crowds to be a stretch; the gloss fits as it is.",
            ),
            defensible(
                "action_code",
                "cameo:145",
                (
                    "Part of the riot. CAMEO's users keep root 17 for those in power; that it "
                    "holds for crowds too, where their act is named apart, is a house rule of the "
                    "manual."
                ),
            ),
            rejected("action_code", "cameo:192", "Buildings, not territory, and no army."),
            defensible(
                "action_code",
                "cameo:171",
                (
                    "The first coder's choice; the parent code is for what is clearly neither "
                    "taking nor destroying, and the sub-code takes in every forcible taking, not "
                    "only that by authorities."
                ),
            ),
            defensible(
                "place_name",
                "Almaty",
                (
                    "The place phrase may cover the buildings too; a doubtful attachment takes "
                    "the coarser place."
                ),
            ),
        ],
    ),
    event(
        "QTR-000034",
        "cameo:1711",
        actors=["kaz-some-people"],
        thing="airport",
        when=on(
            "[2022-01-01..2022-01-10]",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "Told as the turn to violence itself, of which the first article speaks by 10"
                " January."
            ),
        ),
        where=place("Almaty airport", "KAZ", "site", (43.3521, 77.0405)),
        summary_en=("Some people seize the airport in Almaty as the protests turn violent."),
        summary_vi=(
            "Một số người chiếm sân bay ở Almaty khi làn sóng phản đối chuyển thành bạo lực."
        ),
        confidence="low",
        confidence_note=(
            "Record, root, parties and date: one record with the buildings or two; 17 or 14; "
            "opposition or people at large, with a target or without; by 10 January or later."
        ),
        mentions=[
            mention(
                15,
                leading=True,
                spans={
                    "trigger": (2203, 2212),
                    "actor": (2178, 2190),
                    "object": (2245, 2252),
                    "place": (2245, 2261),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000020", said_in=1),
        ],
        version=3,
        considered=[
            defensible(
                "date_latest",
                "2022-01-31",
                (
                    "The third coder's limit, as a part of what goes on may be later than its "
                    "beginning; but the act is told as the turn to violence itself."
                ),
            ),
            defensible(
                "actor_code",
                "KAZCVL",
                "The third coder's choice, for some people; but the protests are theirs.",
            ),
            defensible(
                "code_fit",
                "approximate",
                "For who holds the house rule on crowds to be a stretch; the gloss fits as it is.",
            ),
            defensible(
                "action_code",
                "cameo:145",
                (
                    "Part of the riot. CAMEO's users keep root 17 for those in power; that it "
                    "holds for crowds too, where their act is named apart, is a house rule of the "
                    "manual."
                ),
            ),
            defensible(
                "action_code",
                "cameo:192",
                (
                    "An airport held by a crowd comes nearer to occupying ground; still no armed "
                    "force."
                ),
            ),
            rejected(
                "action_code", "cameo:144", "Holding the airport is reported, not blocking traffic."
            ),
            defensible(
                "target_id",
                "kaz-government",
                (
                    "The third coder's choice, with the buildings; but the text does not say whose "
                    "the airport is."
                ),
            ),
            defensible(
                "unit",
                "one record with the government buildings",
                (
                    "So the third coder, with Almaty for both. Kept apart, since it is another "
                    "place: the airport is in Almaty, the buildings are not placed beyond doubt."
                ),
            ),
            defensible(
                "action_code",
                "cameo:171",
                (
                    "The first coder's choice; the parent code is for what is clearly neither "
                    "taking nor destroying, and the sub-code takes in every forcible taking, not "
                    "only that by authorities."
                ),
            ),
        ],
    ),
    event(
        "QTR-000035",
        "cameo:1621",
        fit="approximate",
        actors=["kaz-government"],
        targets=["kaz-consumers"],
        thing="subsidies for liquefied gas",
        when=on(
            "../2022-01-01?",
            "bounded",
            between=(None, "2022-01-01"),
            note=(
                "Gradual, without a stated beginning or end; as the cause of the price rise it "
                "had begun by New Year's Day."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=(
            "According to the SCMP, liquefied gas became dearer in Kazakhstan because the "
            "state was phasing out subsidies to consumers and leaving the price to the "
            "market."
        ),
        summary_vi=(
            "Theo SCMP, khí hóa lỏng ở Kazakhstan đắt lên vì nhà nước bỏ dần trợ giá cho người"
            " dùng, thả nổi giá theo thị trường."
        ),
        confidence="medium",
        confidence_note="Root: the code for aid that ends (16) is stretched to a subsidy at home.",
        version=3,
        mentions=[
            mention(
                16,
                leading=True,
                spans={
                    "trigger": (2358, 2386),
                    "actor": (2349, 2357),
                    "target": (2391, 2406),
                    "object": (2369, 2386),
                    "place": (2327, 2337),
                    "source": (2300, 2304),
                },
                sources=[source("scmp", "reports")],
            ),
        ],
        considered=[
            defensible(
                "disposition",
                "not coded (not_political)",
                (
                    "An economic measure at home; coded because a state withdraws aid from a "
                    "population and the text makes it the root of the unrest."
                ),
            ),
            defensible(
                "date_edtf",
                "[..2022-01-01]",
                "The third coder's choice, of one day; but a measure taken by degrees lasts.",
            ),
            defensible(
                "action_code",
                "cameo:162",
                "The parent code, for who keeps the subcode for aid between states.",
            ),
            defensible(
                "target_id",
                "no target",
                (
                    "For who wants no dyad of a measure at home; kept, as all three coders had it: "
                    "the words say from whom the aid was withdrawn. Dyads with both sides in one "
                    "country are told by their country codes."
                ),
            ),
            rejected(
                "action_code", "cameo:085", "Freeing a price is not the lifting of a sanction."
            ),
            defensible(
                "actor_id",
                "kazakhstan",
                "The text says 'the state'; the measure is the government's.",
            ),
            rejected(
                "unit",
                "a second record for leaving the price to the market",
                "No code fits, and it is the other face of the same measure.",
            ),
        ],
    ),
)
