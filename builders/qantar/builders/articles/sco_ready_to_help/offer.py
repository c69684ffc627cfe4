"""What the SCO offers Kazakhstan, and on what condition."""

from qantar.builders import defensible, event, link, mention, on, rejected, source

EVENTS = (
    event(
        "QTR-000001",
        "cameo:033",
        fit="approximate",
        actors=["sco"],
        targets=["kazakhstan"],
        condition="Only if the competent bodies of Kazakhstan make such a request.",
        when=on(
            "[2022-01-01..2022-01-10]",
            "bounded",
            between=("2022-01-01", "2022-01-10"),
            note=(
                "Not dated; the unrest it speaks of began on or after 1 January 2022 (second "
                "article), and the text was published on 10 January 2022 at 01:11. Said to "
                "follow the US Secretary of State's warning, itself no later than 8 January, "
                "which gives no later lower bound."
            ),
        ),
        summary_en=(
            "The SCO says it is ready to help Kazakhstan and would step into the unrest only "
            "if the competent Kazakh bodies ask for it."
        ),
        summary_vi=(
            "SCO cho biết sẵn lòng trợ giúp Kazakhstan, nhưng chỉ vào cuộc một khi cơ quan "
            "hữu trách nước này lên tiếng đề nghị."
        ),
        confidence="high",
        version=3,
        mentions=[
            mention(
                3,
                status="pledged",
                quotation="indirect",
                spans={"trigger": (56, 80), "actor": (24, 55), "target": (81, 91)},
            ),
            mention(
                4,
                leading=True,
                status="pledged",
                conditional=True,
                quotation="direct",
                spans={
                    "trigger": (139, 155),
                    "actor": (112, 138),
                    "target": (179, 189),
                    "condition": (191, 254),
                    "source": (97, 110),
                },
                sources=[source("tass", "reports")],
            ),
            mention(
                9,
                status="pledged",
                conditional=True,
                quotation="direct",
                spans={
                    "trigger": (625, 652),
                    "actor": (592, 624),
                    "target": (657, 667),
                    "condition": (669, 685),
                },
            ),
            mention(
                13,
                status="pledged",
                quotation="none",
                spans={"trigger": [[(1032, 1039), (1048, 1059)]], "actor": (1044, 1047)},
            ),
        ],
        links=[
            link("conditional_on", "QTR-000002", said_in=2),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:030",
                (
                    "The kind of help is nowhere named; who holds that 'intervene' is not clearly"
                    " material aid falls back on the residual code."
                ),
            ),
            defensible(
                "action_code",
                "cameo:0334",
                (
                    "A security organisation offering to step into unrest on request comes close "
                    "to protection or peacekeeping, but neither forces nor peacekeeping is "
                    "mentioned."
                ),
            ),
            rejected("action_code", "cameo:0332", "Nothing military is promised."),
            rejected(
                "action_code",
                "cameo:138",
                (
                    "The readiness to intervene is an offer to the government and hangs on its "
                    "request; nobody is threatened."
                ),
            ),
            rejected(
                "unit",
                "a further record of China's backing of the SCO",
                (
                    "The headline names the body by who stands behind it; a lasting trait that "
                    "says who is meant, not an act."
                ),
            ),
            rejected(
                "factuality",
                "presupposed",
                "The background sentence merely takes up a pledge that the body has reported.",
            ),
        ],
    ),
    event(
        "QTR-000002",
        "cameo:023",
        fit="approximate",
        actors=["kaz-competent-bodies"],
        targets=["sco"],
        when=on(
            "[2022-01-01..]",
            "bounded",
            between=("2022-01-01", None),
            note="An if-clause; if ever, then after the unrest began.",
        ),
        summary_en=("Supposed only: the competent bodies of Kazakhstan ask the SCO to step in."),
        summary_vi=("Trường hợp giả định: cơ quan hữu trách của Kazakhstan nhờ SCO vào cuộc."),
        confidence="medium",
        confidence_note=("Date: two coders gave the supposed request no first day."),
        mentions=[
            mention(
                4,
                leading=True,
                factuality="hypothetical",
                status="requested",
                quotation="none",
                spans={
                    "trigger": (195, 215),
                    "actor": (219, 254),
                    "target": (112, 138),
                    "source": [(97, 110), (112, 138)],
                },
                sources=[
                    source("tass", "reports"),
                    source("sco", "supposes", verbatim=True),
                ],
            ),
            mention(
                9,
                factuality="hypothetical",
                status="requested",
                quotation="none",
                spans={"trigger": (673, 685), "target": (592, 624), "source": (592, 624)},
                sources=[source("sco", "supposes", verbatim=True)],
            ),
        ],
        version=3,
        considered=[
            defensible(
                "action_code",
                "cameo:0234",
                (
                    "What would be asked for is intervention in unrest, so an appeal for "
                    "protection or peacekeeping can be argued; it should then move together with "
                    "the offer's code."
                ),
            ),
            defensible(
                "action_code", "cameo:020", "The request is not described beyond 'corresponding'."
            ),
            rejected(
                "factuality",
                "asserted",
                (
                    "An if-clause: no such request to the SCO is reported. The request reported "
                    "in the second article goes to Russian forces through the CSTO."
                ),
            ),
            defensible(
                "date_earliest",
                "no first day",
                (
                    "The second and the third coder bounded it on neither side; kept, since it can "
                    "only follow the unrest."
                ),
            ),
        ],
    ),
    event(
        "QTR-000003",
        "cameo:032",
        actors=["sco"],
        targets=["kaz-government"],
        thing="decisions of the government of Kazakhstan",
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
            "The SCO affirms that it will support the decisions of Kazakhstan's government."
        ),
        summary_vi="SCO nói rõ sẽ ủng hộ quyết sách của chính phủ Kazakhstan.",
        confidence="high",
        version=3,
        mentions=[
            mention(
                5,
                leading=True,
                status="pledged",
                quotation="indirect",
                spans={
                    "trigger": (285, 305),
                    "actor": [[(112, 138), (268, 279)]],
                    "target": (321, 341),
                    "object": (306, 316),
                    "source": (97, 110),
                },
                sources=[source("tass", "reports", implied=True)],
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:051",
                (
                    "Support for a government's decisions may be read as endorsement; but it is "
                    "put as a promise of future support."
                ),
            ),
            rejected(
                "action_code",
                "cameo:033",
                "Support for decisions is policy support, not material aid.",
            ),
            rejected(
                "participants",
                "one record with the offer of help",
                "Another content and another code in its own sentence.",
            ),
        ],
    ),
    event(
        "QTR-000004",
        "cameo:013",
        actors=["zhang-ming"],
        targets=["kazakhstan"],
        thing="the situation in Kazakhstan becoming stable soon",
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
            "SCO Secretary-General Zhang Ming hopes that Kazakhstan will soon be stable again"
            " and calls its stability important for peace and security in the region."
        ),
        summary_vi=(
            "Tổng thư ký SCO Trương Minh mong Kazakhstan sớm yên ổn trở lại, coi sự ổn định ấy"
            " là hệ trọng đối với an ninh và hòa bình khu vực."
        ),
        confidence="high",
        version=3,
        mentions=[
            mention(
                6,
                leading=True,
                status="opinion",
                quotation="direct",
                spans={
                    "trigger": (381, 395),
                    "actor": (343, 379),
                    "object": (396, 435),
                    "target": (410, 420),
                },
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:010",
                (
                    "A hope is less than confidence; the strict reading of the optimistic code "
                    "leaves it a plain statement."
                ),
            ),
            defensible(
                "code_fit",
                "approximate",
                (
                    "A hope is weaker than the confidence that the code's name suggests; the "
                    "codebook's gloss, however, names hope."
                ),
            ),
            rejected(
                "unit",
                "a further record of the statement that stability matters to the region",
                "The quoted words are the ground of the hope, in one breath with it.",
            ),
            rejected("action_code", "cameo:018", "No condolence or sympathy is voiced."),
            rejected("action_code", "cameo:020", "Nobody is asked to do anything."),
            defensible(
                "attributions",
                "tass",
                (
                    "The paragraph may still rest on the agency named two sentences before; the "
                    "text does not say so."
                ),
            ),
        ],
    ),
)
