"""How a Russian expert reads China's and Russia's part."""

from qantar.builders import defensible, event, link, mention, on, place, rejected, source

EVENTS = (
    event(
        "QTR-000005",
        "cameo:019",
        fit="approximate",
        actors=["china"],
        targets=["russia"],
        thing="Russia's deployment of forces to Kazakhstan",
        when=on(
            "2022-01-01?/2022-01-10?",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "A standing position at the time of the comment, which belongs to the unrest and "
                "precedes publication; since when and until when it is held is not told."
            ),
        ),
        summary_en=(
            "In the view of the expert Danil Bochkov, China does not object to Russia's "
            "sending forces to help Kazakhstan keep the peace."
        ),
        summary_vi=(
            "Chuyên gia Danil Bochkov nhận định Bắc Kinh không phản đối việc Moskva đưa quân "
            "tới giúp Kazakhstan giữ hòa bình."
        ),
        confidence="medium",
        confidence_note=("Root: accord (01), or a disapproval that is negated (11)."),
        version=3,
        mentions=[
            mention(
                12,
                leading=True,
                factuality="judged",
                status="opinion",
                quotation="none",
                spans={
                    "trigger": (816, 830),
                    "actor": (805, 815),
                    "target": (836, 839),
                    "object": (836, 904),
                    "source": (731, 795),
                },
                sources=[source("bochkov", "judges")],
            ),
        ],
        links=[
            link("about", "QTR-000006", said_in=1),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:051",
                "Not objecting can be read as tacit endorsement, though it is weaker.",
            ),
            defensible(
                "action_code",
                "cameo:110",
                (
                    "As a negated disapproval, which the third coder chose, it says the same; but "
                    "a code for the acquiescence exists and is used affirmatively."
                ),
            ),
            rejected(
                "action_code",
                "cameo:010",
                "As a statement by the expert: the expert is the source, the stance is China's.",
            ),
            defensible(
                "date_edtf",
                "[2022-01-01..2022-01-10]",
                "One day between, if the moment of the comment is meant; but a stance lasts.",
            ),
            rejected(
                "factuality",
                "asserted",
                (
                    "The text reports an outsider's reading of China's stance, not a Chinese "
                    "statement on the deployment."
                ),
            ),
        ],
    ),
    event(
        "QTR-000006",
        "cameo:074",
        actors=["russia"],
        targets=["kazakhstan"],
        instruments=["russian-armed-forces"],
        when=on(
            "[2022-01-01..2022-01-10]",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "Not dated; cannot precede the unrest (from 1 January) and is taken for "
                "granted by 10 January, 01:11."
            ),
        ),
        where=place("Kazakhstan", "KAZ", "country", (48.0, 68.0)),
        summary_en=(
            "Russia deploys military forces to help Kazakhstan keep the peace during the riots."
        ),
        summary_vi=("Nga đưa quân tới giúp Kazakhstan duy trì hòa bình giữa lúc có bạo loạn."),
        confidence="high",
        version=2,
        mentions=[
            mention(
                12,
                leading=True,
                factuality="presupposed",
                spans={
                    "trigger": [[(840, 876), (888, 904)]],
                    "actor": (836, 839),
                    "target": (877, 887),
                    "instrument": (851, 868),
                    "source": (731, 795),
                },
                sources=[source("bochkov", "presupposes")],
            ),
            mention(
                24,
                factuality="presupposed",
                spans={"trigger": (2208, 2217), "actor": (2169, 2172), "place": (2238, 2248)},
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:072",
                "Military help to a government; but the stated purpose is keeping the peace.",
            ),
            defensible(
                "date_edtf",
                "2022-01-01?/2022-01-10?",
                (
                    "If the keeping of the peace is meant, which lasts; the words name the "
                    "sending, and how long the forces stayed neither text says."
                ),
            ),
            rejected(
                "action_code",
                "cameo:154",
                "The forces are lent to another state, not mobilised at home.",
            ),
            rejected("action_code", "cameo:190", "No fighting by Russian forces is reported."),
            rejected(
                "unit",
                "no mention in the expert's sentence",
                (
                    "It stands there within what China does not object to; but it is told in a "
                    "clause with a verb and a party of its own, not by a bare noun."
                ),
            ),
            rejected(
                "unit",
                "a further mention in the second article's forecast",
                (
                    "The words there name a country's manner, not the sending; two coders took "
                    "them for a mention, the third for a hint."
                ),
            ),
            defensible(
                "leading",
                "related-article teaser",
                (
                    "The teaser takes the intervention for granted in the publisher's own voice, "
                    "but a teaser ranks after the body and names no forces."
                ),
            ),
        ],
    ),
    event(
        "QTR-000007",
        "cameo:033",
        fit="approximate",
        actors=["china"],
        targets=["kaz-government"],
        thing="restoring stability and ensuring security in Kazakhstan",
        when=on(
            "[2022-01-01..2022-01-10]",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "Not dated; the unrest it speaks of began on or after 1 January 2022 (second "
                "article), and the text was published on 10 January 2022 at 01:11."
            ),
        ),
        summary_en=(
            "According to Bochkov, China has declared that it will help Kazakhstan's "
            "authorities restore stability and ensure security."
        ),
        summary_vi=(
            "Theo lời ông Bochkov, phía Trung Quốc đã tuyên bố sẽ giúp nhà chức trách "
            "Kazakhstan lấy lại sự ổn định và giữ an ninh."
        ),
        confidence="medium",
        confidence_note=(
            "Record: which declaration is meant is not said; it may be the message of 7 January."
        ),
        version=3,
        mentions=[
            mention(
                12,
                leading=True,
                status="pledged",
                quotation="indirect",
                spans={
                    "trigger": (918, 947),
                    "actor": (907, 917),
                    "target": (948, 970),
                    "object": (982, 1029),
                    "source": (731, 795),
                },
                sources=[source("bochkov", "states", verbatim=True)],
            ),
        ],
        links=[
            link("possibly_same_as", "QTR-000025", said_in=1),
        ],
        considered=[
            defensible("action_code", "cameo:030", "Neither material nor diplomatic is specified."),
            defensible(
                "action_code",
                "cameo:032",
                "If the declaration meant is one of political support, this is policy support.",
            ),
            rejected(
                "factuality",
                "judged",
                (
                    "The expert relates a declaration as a fact; only the non-objection before "
                    "the colon is his reading."
                ),
            ),
            rejected(
                "identity",
                "same event as the minister's pledge in the call of 10 January",
                (
                    "The comment stands in a text published at 01:11 on the day of that call and "
                    "puts the declaration in the past. The third coder left it open, as no time "
                    "zone is printed."
                ),
            ),
        ],
    ),
)
