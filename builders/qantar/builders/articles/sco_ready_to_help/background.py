"""The founding of the SCO, and the dated teaser of a related article."""

from qantar.builders import defensible, event, link, mention, on, rejected

EVENTS = (
    event(
        "QTR-000018",
        "cameo:050",
        fit="approximate",
        actors=["china", "russia", "kazakhstan", "kyrgyzstan", "tajikistan", "uzbekistan"],
        products=["sco"],
        status_note=(
            "Founding an organisation is not an act made of words; the root's default does not fit."
        ),
        when=on(
            "2001-XX-XX",
            "stated",
            between=("2001-01-01", "2001-12-31"),
            note="Only the year is stated.",
        ),
        summary_en=(
            "The leaders of China, Russia, Kazakhstan, Kyrgyzstan, Tajikistan and Uzbekistan "
            "found the SCO in 2001."
        ),
        summary_vi=(
            "Năm 2001, lãnh đạo Nga, Trung Quốc, Kazakhstan, Uzbekistan, Kyrgyzstan và Tajikistan "
            "lập ra SCO."
        ),
        confidence="medium",
        confidence_note=(
            "Parties: the six states, or their governments, as the third coder had it."
        ),
        version=3,
        mentions=[
            mention(
                18,
                leading=True,
                spans={
                    "trigger": (1875, 1889),
                    "product": (1810, 1836),
                    "time": (1890, 1898),
                    "actor": [
                        (1926, 1936),
                        (1938, 1941),
                        (1943, 1953),
                        (1955, 1965),
                        (1967, 1977),
                        (1981, 1991),
                    ],
                },
            ),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:057",
                "A founding goes with a signed document, of which the text says nothing.",
            ),
            defensible(
                "action_code",
                "cameo:062",
                (
                    "The body is a security organisation; but founding it is not yet military "
                    "cooperation."
                ),
            ),
            defensible(
                "actor_code",
                "CHNGOV",
                (
                    "The founders are the countries' leaders, so the governments' codes for all "
                    "six; but they are unnamed and the list is one of states."
                ),
            ),
            defensible(
                "direction",
                "symmetric",
                (
                    "The six act with one another; but no target is named and they act jointly on"
                    " something else."
                ),
            ),
        ],
    ),
    event(
        "QTR-000019",
        "cameo:110",
        actors=["russia"],
        targets=["blinken"],
        when=on(
            "2022-01-08",
            "stated",
            between=("2022-01-08", "2022-01-08"),
            note=("Day and month stated in the teaser; the year is that of publication."),
        ),
        summary_en=(
            "Russia responds angrily on 8 January to the US Secretary of State's remark on "
            "Kazakhstan."
        ),
        summary_vi="Ngày 8/1, Nga nổi giận đáp trả bình luận của ông Blinken về Kazakhstan.",
        confidence="high",
        version=3,
        mentions=[
            mention(
                20,
                status="opinion",
                quotation="none",
                spans={"trigger": (1999, 2007), "actor": (1995, 1998), "target": (2026, 2041)},
            ),
            mention(
                21,
                leading=True,
                status="opinion",
                quotation="none",
                spans={
                    "trigger": (2055, 2079),
                    "actor": (2051, 2054),
                    "target": (2098, 2113),
                    "time": (2042, 2049),
                },
            ),
        ],
        links=[
            link("responds_to", "QTR-000008", said_in=2),
        ],
        considered=[
            defensible(
                "action_code",
                "cameo:111",
                (
                    "Two coders' choice, as who retorts in anger mostly finds fault; but none is "
                    "told, and anger is the displeasure that the gloss of 110 names."
                ),
            ),
            rejected("action_code", "cameo:120", "No proposal or demand is rejected."),
            defensible(
                "target_id",
                "usa-government",
                "The retort goes to the government through its minister.",
            ),
        ],
    ),
)
