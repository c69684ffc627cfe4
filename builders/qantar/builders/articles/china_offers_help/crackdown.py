"""What Kazakhstan's leaders asked and ordered, and the toll."""

from qantar.builders import count, defensible, event, link, mention, on, place, rejected, source

EVENTS = (
    event(
        "QTR-000009",
        "cameo:0234",
        actors=["tokayev"],
        targets=["russian-armed-forces"],
        channels=["csto"],
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
            "President Tokayev asks Russian forces to help restore order through a CSTO mechanism."
        ),
        summary_vi=(
            "Tổng thống Tokayev nhờ quân Nga góp sức khôi phục trật tự trong khuôn khổ CSTO."
        ),
        confidence="medium",
        confidence_note=(
            "Date: by 10 January, if the deployment of the first article answers the request."
        ),
        version=3,
        mentions=[
            mention(
                8,
                leading=True,
                status="requested",
                quotation="indirect",
                spans={
                    "trigger": [[(1180, 1187), (1206, 1226)]],
                    "actor": (1105, 1116),
                    "target": (1188, 1205),
                    "channel": (1254, 1293),
                },
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:0232",
                (
                    "Military help in general; order-keeping by foreign forces is nearer to "
                    "protection."
                ),
            ),
            rejected(
                "action_code",
                "cameo:1034",
                (
                    "The Vietnamese verb covers both requesting and demanding; a president cannot"
                    " command another state's forces, so a request."
                ),
            ),
            defensible(
                "target_id",
                "russia",
                "The request necessarily goes to the Russian state; the words name its forces.",
            ),
            rejected(
                "unit",
                "a further mention in the first article's if-clause",
                "What is only supposed is a record of its own (QTR-000040).",
            ),
            rejected("target_id", "csto", "The CSTO is the way by which, not the one asked."),
            defensible(
                "date_edtf",
                "[2022-01-01..2022-01-10]",
                (
                    "If the deployment presupposed in the first article answers this request, it "
                    "is no later than 10 January, as the third coder had it. Neither text says "
                    "so: help to a government does not presuppose that it asked, and only what "
                    "is told bounds a date."
                ),
            ),
        ],
    ),
    event(
        "QTR-000026",
        "cameo:190",
        fit="approximate",
        direction="undirected",
        when=on(
            "[2022-01-03..2022-01-30]",
            "relative_to_publication",
            between=("2022-01-03", "2022-01-30"),
            note=(
                "'Last week' counted from a publication between 10 January (a Monday, day of "
                "the call) and 31 January: from the week of 3 January to that of 24 January. These "
                "are limits; that the clashes lasted so long is not said."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        counts=[count("deaths", best=164, by="kaz-government", precision="exact")],
        summary_en=(
            "The authorities say that 164 people died in clashes in Kazakhstan that were the "
            "most violent in 30 years."
        ),
        summary_vi=(
            "Theo nhà chức trách, 164 người thiệt mạng trong các vụ đụng độ tại Kazakhstan, "
            "dữ dội nhất trong ba thập niên qua."
        ),
        confidence="low",
        confidence_note=(
            "Record, root and date: the riot or another event; 19, 14 or 18, as no side is named; "
            "which week, as the day of publication is unknown."
        ),
        mentions=[
            mention(
                7,
                leading=True,
                spans={
                    "trigger": (1039, 1068),
                    "number": (994, 1017),
                    "time": (1018, 1032),
                    "place": (1092, 1102),
                    "source": (966, 984),
                },
                sources=[source("kaz-government", "states")],
            ),
        ],
        version=3,
        links=[
            link("possibly_same_as", "QTR-000020"),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:145",
                (
                    "The context is violent protest, and the second coder chose it; but the "
                    "sentence names no protest, and a clash has two sides."
                ),
            ),
            defensible(
                "action_code",
                "cameo:180",
                (
                    "It claims least: the chosen code's gloss asks for regular armed force, which "
                    "nobody names. But that gloss has a clash, of two fighting sides, without a "
                    "protest; this one has an attack. By the manual's rule 190, approximate."
                ),
            ),
            rejected(
                "action_code", "cameo:175", "The sentence does not say that the state killed."
            ),
            rejected(
                "participants",
                "protesters against government forces",
                "Neither side is named in the sentence.",
            ),
            defensible(
                "date_edtf",
                "[2022-01-03..2022-01-09]",
                (
                    "The week before 10 January, if the article appeared in the week of the call,"
                    " as is likely; its day of publication is not printed."
                ),
            ),
            rejected(
                "date_edtf",
                "2022-01-03?/2022-01-30?",
                (
                    "Clashes in the plural lasted for some of one week; the four weeks come of the "
                    "unknown day of publication."
                ),
            ),
            defensible(
                "fatalities_claimant_id",
                "authorities of an unnamed country",
                (
                    "The sentence does not say whose authorities; those of the country where the "
                    "people died are meant, as the context has no others."
                ),
            ),
            defensible(
                "identity",
                "same event as the protests turning violent",
                "Clashes and riots overlap, but the text keeps them apart.",
            ),
        ],
    ),
    event(
        "QTR-000027",
        "cameo:137",
        fit="approximate",
        actors=["tokayev"],
        targets=["kaz-rioters"],
        addressees=["kaz-armed-forces"],
        status_note=("The act gives the army leave to shoot; it does not itself threaten anyone."),
        when=on(
            "2022-01-XX",
            "bounded",
            between=("2022-01-01", "2022-01-31"),
            note=(
                "Not dated; after the unrest began (New Year's Day at the earliest) and "
                "within the month of publication."
            ),
        ),
        summary_en=("President Tokayev authorises the army to open fire and kill rioters."),
        summary_vi=("Tổng thống Tokayev cho quân đội quyền nổ súng, tiêu diệt người gây bạo loạn."),
        confidence="high",
        version=3,
        mentions=[
            mention(
                8,
                leading=True,
                status="authorised",
                quotation="indirect",
                spans={
                    "trigger": [[(1117, 1128), (1138, 1155)]],
                    "actor": (1105, 1116),
                    "target": (1156, 1176),
                    "addressee": (1129, 1137),
                },
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:138",
                (
                    "CAMEO has no code for leave to use force; the threats are nearest. Military "
                    "force is what is allowed; but it is aimed at the state's own people, hence "
                    "repression."
                ),
            ),
            defensible(
                "action_code",
                "cameo:150",
                "An exhibition of readiness to use force; no movement of forces is reported.",
            ),
            rejected(
                "action_code",
                "cameo:175",
                (
                    "Leave to shoot is not yet shooting; the text does not say that the army "
                    "fired. Two coders hold it defensible."
                ),
            ),
            rejected("action_code", "cameo:193", "As before: no firing is reported."),
            rejected(
                "content_status",
                "threatened",
                "The words give leave to the army; no warning to the rioters is reported.",
            ),
        ],
    ),
)
