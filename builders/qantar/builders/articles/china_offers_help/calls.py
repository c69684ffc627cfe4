"""What China's leaders said to Kazakhstan's."""

from qantar.builders import defensible, event, link, mention, naming, on, rejected, source

EVENTS = (
    event(
        "QTR-000021",
        "cameo:041",
        direction="symmetric",
        actors=["wang-yi"],
        targets=["tileuberdi"],
        when=on(
            "2022-01-10",
            "stated",
            between=("2022-01-10", "2022-01-10"),
            note="Day and month stated; the year is that of publication.",
        ),
        summary_en=(
            "China's Foreign Minister Wang Yi and his Kazakh counterpart talk by telephone on"
            " 10 January."
        ),
        summary_vi="Ông Vương Nghị điện đàm ngày 10/1 với ngoại trưởng Kazakhstan.",
        confidence="high",
        mentions=[
            mention(
                2,
                factuality="presupposed",
                spans={
                    "trigger": (99, 112),
                    "actor": (61, 92),
                    "target": (117, 160),
                    "time": (161, 169),
                },
            ),
            mention(
                6,
                leading=True,
                spans={
                    "trigger": (745, 766),
                    "actor": (61, 92),
                    "target": (117, 160),
                    "time": (161, 169),
                },
            ),
        ],
        version=3,
        considered=[
            rejected("action_code", "cameo:040", "The medium is stated."),
            defensible(
                "leading",
                "opening sentence",
                (
                    "It names the parties and the day, but takes the call for granted; the later "
                    "sentence asserts that it took place."
                ),
            ),
            rejected(
                "date_edtf", "2022-10-01", "Day before month; and October lies after publication."
            ),
            defensible(
                "factuality",
                "presupposed",
                (
                    "The second and the third coder let the opening mention lead, which takes "
                    "the call for granted; kept, since a later main clause says that it took "
                    "place."
                ),
            ),
        ],
    ),
    event(
        "QTR-000022",
        "cameo:033",
        fit="approximate",
        actors=["wang-yi"],
        targets=["kaz-government"],
        addressees=["tileuberdi"],
        thing="fight against terrorism, separatism and religious extremism",
        when=on(
            "2022-01-10",
            "relative_to_event",
            between=("2022-01-10", "2022-01-10"),
            anchor="QTR-000021",
            note="Said in the call of 10 January.",
        ),
        summary_en=(
            "Wang Yi says that China will help Kazakhstan's government fight terrorism, "
            "separatism and religious extremism."
        ),
        summary_vi=(
            "Ông Vương Nghị nói Trung Quốc sẽ hỗ trợ chính phủ Kazakhstan chống khủng bố, ly khai "
            "và cực đoan tôn giáo."
        ),
        confidence="high",
        version=3,
        mentions=[
            mention(
                2,
                leading=True,
                status="pledged",
                quotation="indirect",
                spans={
                    "trigger": (171, 182),
                    "actor": (61, 92),
                    "target": (183, 203),
                    "addressee": (117, 160),
                    "object": (204, 282),
                    "time": (161, 169),
                    "source": (28, 52),
                },
                sources=[source("china-mfa", "reports")],
            ),
            mention(
                4,
                status="pledged",
                quotation="indirect",
                spans={
                    "trigger": (692, 707),
                    "actor": naming((681, 691), "china"),
                    "target": naming((708, 718), "kazakhstan"),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000021", said_in=1),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:0332",
                "Help against armed movements may be military; no military means are named.",
            ),
            rejected("action_code", "cameo:0334", "No forces or protection are offered."),
            defensible("action_code", "cameo:030", "The form of the help is open."),
            rejected(
                "action_code",
                "cameo:023",
                (
                    "The caption's verb means 'offer' here, not 'request': China is the one who "
                    "would help."
                ),
            ),
            rejected("actor_id", "china-mfa", "The ministry relates; the minister promises."),
        ],
    ),
    event(
        "QTR-000023",
        "cameo:031",
        actors=["wang-yi"],
        targets=["kazakhstan"],
        addressees=["tileuberdi"],
        thing="cooperation of security agencies; foreign interference and infiltration",
        when=on(
            "2022-01-10",
            "relative_to_event",
            between=("2022-01-10", "2022-01-10"),
            anchor="QTR-000021",
            note="Said in the call of 10 January.",
        ),
        summary_en=(
            "Wang Yi says China is ready for closer cooperation between the two countries' "
            "law-enforcement and security agencies, and against interference and infiltration "
            "by foreign forces."
        ),
        summary_vi=(
            "Ông Vương Nghị nói Trung Quốc sẵn sàng tăng cường phối hợp giữa các cơ quan an ninh "
            "và thực thi pháp luật hai nước, cùng chống thế lực nước ngoài can thiệp, xâm nhập."
        ),
        confidence="high",
        mentions=[
            mention(
                3,
                leading=True,
                status="pledged",
                quotation="direct",
                spans={
                    "trigger": [[(297, 321), (599, 616)]],
                    "actor": (439, 448),
                    "target": [[(193, 203), (373, 384)]],
                    "addressee": (117, 160),
                    "object": [(327, 368), (617, 677)],
                    "time": (161, 169),
                },
            ),
        ],
        links=[
            link("part_of", "QTR-000021", said_in=1),
        ],
        version=3,
        considered=[
            defensible(
                "action_code",
                "cameo:0313",
                (
                    "Law enforcement alone would be judicial cooperation; security agencies go "
                    "beyond it, hence the parent code."
                ),
            ),
            defensible(
                "action_code", "cameo:0314", "Security services may share intelligence; not said."
            ),
            defensible(
                "code_fit",
                "approximate",
                "If the parent code is held a makeshift; its gloss names a mixed field.",
            ),
            rejected("action_code", "cameo:0312", "No armed forces."),
            rejected("action_code", "cameo:063", "Readiness, not yet cooperation."),
            rejected("direction", "symmetric", "Only one side declares itself ready."),
            defensible(
                "attributions",
                "china-mfa",
                (
                    "The ministry is named in the paragraph before; a source carries on into the "
                    "next only where that takes it up, and this one names the minister alone."
                ),
            ),
            defensible(
                "unit",
                "a second record for joint action against foreign forces",
                (
                    "The first coder made one (QTR-000024); merged, since one quoted promise "
                    "by one speaker on one day names two fields of the same readiness, and "
                    "the second has no code of its own."
                ),
            ),
            rejected(
                "unit",
                "records for the purposes named in the quotation",
                (
                    "Protecting the political systems and countering attempts at colour "
                    "revolutions are what the cooperation is for, not acts."
                ),
            ),
        ],
    ),
    event(
        "QTR-000025",
        "cameo:051",
        actors=["xi-jinping"],
        targets=["kaz-government"],
        addressees=["tokayev"],
        thing="efforts to contain the unrest",
        when=on(
            "2022-01-07",
            "relative_to_event",
            between=("2022-01-07", "2022-01-07"),
            anchor="QTR-000021",
            note="Three days before the call of 10 January.",
        ),
        summary_en=(
            "In a message to President Tokayev on 7 January, Xi Jinping supports the Kazakh "
            "authorities' efforts to contain the unrest."
        ),
        summary_vi=(
            "Trong thông điệp gửi ông Tokayev ngày 7/1, ông Tập Cận Bình tán thành việc nhà "
            "chức trách Kazakhstan ra sức kiềm chế bất ổn."
        ),
        confidence="high",
        version=3,
        mentions=[
            mention(
                6,
                leading=True,
                factuality="presupposed",
                status="opinion",
                quotation="indirect",
                spans={
                    "trigger": [[(815, 829), (888, 894)]],
                    "actor": (782, 814),
                    "target": (910, 932),
                    "addressee": (834, 877),
                    "object": (895, 963),
                    "time": (767, 781),
                },
            ),
        ],
        links=[
            link("precedes", "QTR-000021", said_in=1),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:052",
                (
                    "Backing a government under pressure can count as defence; no attack on it is"
                    " answered."
                ),
            ),
            rejected(
                "action_code",
                "cameo:040",
                "Sending the message is only the vehicle of the support.",
            ),
            defensible("action_code", "cameo:032", "If present support is heard as a promise."),
            rejected(
                "unit",
                "a further record of the authorities' efforts against the unrest",
                (
                    "What they did is not said; coercion, talks and concessions are all efforts, "
                    "and no code holds for each."
                ),
            ),
            defensible(
                "factuality",
                "asserted",
                (
                    "The 'after' clause carries news of its own; grammatically it is taken for "
                    "granted."
                ),
            ),
        ],
    ),
)
