"""The SCO says it is ready to help Kazakhstan: the article and the ledger of its sentences."""

from qantar.builders import Sheet

SHEET = Sheet(
    article_id="QTR-A0001",
    title="Tổ chức do Trung Quốc hậu thuẫn tuyên bố sẵn sàng hỗ trợ Kazakhstan",
    language_code="vi",
    published_local="printed 10/01/2022 01:11",
    published_earliest="2022-01-10",
    published_latest="2022-01-10",
    published_basis="stated",
    published_note_en="Day before month, as Vietnamese pages print it; no time zone is given.",
    text_sha256="9793ad3a414a7424d2e40869df921ed73f6c3a991f9d2a5402dd9b3036f00177",
    text_length=3072,
)

SHEET.not_codeable(
    1,
    "boilerplate",
    0,
    7,
    "furniture",
    "Name of the site's section above the article; reports nothing.",
)
SHEET.not_codeable(
    2,
    "dateline",
    8,
    24,
    "furniture",
    (
        "Printed publication date and hour (day before month); it anchors the dates but "
        "reports no act."
    ),
)
SHEET.coded(3, "headline", 24, 91)
SHEET.coded(4, "body", 92, 256)
SHEET.coded(5, "body", 257, 342)
SHEET.coded(6, "body", 343, 581)
SHEET.not_codeable(
    7, "boilerplate", 582, 589, "furniture", "Remains of an image tag and a table bar."
)
SHEET.not_codeable(
    8, "boilerplate", 590, 591, "furniture", "Table bar in front of the picture caption."
)
SHEET.coded(9, "caption", 592, 687)
SHEET.not_codeable(
    10, "caption", 688, 701, "furniture", "Photo credit (the agency's name is misspelt)."
)
SHEET.not_codeable(11, "boilerplate", 702, 703, "furniture", "Table bar after the picture caption.")
SHEET.coded(12, "body", 704, 1031)
SHEET.coded(13, "body", 1032, 1206)
SHEET.coded(14, "body", 1207, 1300)
SHEET.coded(15, "body", 1301, 1513)
SHEET.coded(16, "body", 1514, 1609)
SHEET.coded(17, "body", 1610, 1809)
SHEET.coded(18, "body", 1810, 1992)
SHEET.not_codeable(
    19,
    "boilerplate",
    1993,
    1994,
    "furniture",
    "Table bar in front of the first related-article teaser.",
)
SHEET.coded(20, "teaser", 1995, 2041)
SHEET.coded(21, "teaser", 2042, 2164)
SHEET.not_codeable(22, "boilerplate", 2165, 2166, "furniture", "Table bar after the first teaser.")
SHEET.not_codeable(
    23,
    "boilerplate",
    2167,
    2168,
    "furniture",
    "Table bar in front of the second related-article teaser.",
)
SHEET.coded(24, "teaser", 2169, 2248)
SHEET.not_codeable(
    25,
    "teaser",
    2249,
    2365,
    "generic_actor",
    (
        "A general judgement on unnamed outside agents and what they may or may not have "
        "begun; no party is identified. The part they are said to play is cut off by the "
        "teaser's dots, so that truncated fits as well; whole, it would still have no party."
    ),
)
SHEET.not_codeable(26, "boilerplate", 2366, 2367, "furniture", "Table bar after the second teaser.")
SHEET.out_of_scope(
    27,
    "sidebar",
    2368,
    2436,
    "later_capture",
    (
        "Health tip from the page's link list as captured years later; not part of the "
        "January 2022 article."
    ),
)
SHEET.out_of_scope(
    28,
    "sidebar",
    2437,
    2488,
    "later_capture",
    "Death of a football club's former director; a link of the later capture, and not political.",
)
SHEET.out_of_scope(
    29,
    "sidebar",
    2489,
    2568,
    "later_capture",
    "A US president's statement of the time of capture, years after the article's date.",
)
SHEET.out_of_scope(
    30,
    "sidebar",
    2569,
    2625,
    "later_capture",
    "Travel feature among the links of the later capture.",
)
SHEET.out_of_scope(
    31,
    "sidebar",
    2626,
    2692,
    "later_capture",
    (
        "Health advice among the links of the later capture; its relative hour counts from "
        "the capture."
    ),
)
SHEET.out_of_scope(
    32,
    "sidebar",
    2693,
    2774,
    "later_capture",
    (
        "Announced US-Ukraine talks belong to the year of the capture: the day and month "
        "carry no 2022 date."
    ),
)
SHEET.out_of_scope(
    33,
    "sidebar",
    2775,
    2841,
    "later_capture",
    "A street stabbing in the year of the capture; besides, an ordinary crime.",
)
SHEET.out_of_scope(
    34,
    "sidebar",
    2842,
    2911,
    "later_capture",
    "Arms purchase put as a question, in the year of the capture.",
)
SHEET.out_of_scope(
    35,
    "sidebar",
    2912,
    2983,
    "later_capture",
    "Gold price news among the links of the later capture.",
)
SHEET.out_of_scope(
    36,
    "sidebar",
    2984,
    3071,
    "later_capture",
    "Early-voting preparations in Vietnam in the year of the capture.",
)
