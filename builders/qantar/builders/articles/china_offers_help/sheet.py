"""China offers Kazakhstan help: the article and the ledger of its sentences."""

from qantar.builders import Sheet

SHEET = Sheet(
    article_id="QTR-A0002",
    publisher="VTC News",
    language_code="vi",
    published_local="printed date 2022-01",
    published_earliest="2022-01-10",
    published_latest="2022-01-31",
    published_basis="bounded",
    published_note_en=(
        "Only the month is printed; the text tells of a call on 10 January, so it is no earlier."
    ),
    text_sha256="ce319aa58891c7af564578a5c092e9b456317fcfded392984e3ece43b3fe4aea",
    text_length=2871,
)

SHEET.not_codeable(
    1,
    "dateline",
    1,
    26,
    "furniture",
    "Month of publication and name of the outlet; reports no act.",
)
SHEET.coded(2, "body", 28, 283)
SHEET.coded(3, "body", 285, 679)
SHEET.coded(4, "caption", 681, 719)
SHEET.not_codeable(5, "caption", 720, 743, "furniture", "Credit of an illustrative photo.")
SHEET.coded(6, "body", 745, 964)
SHEET.coded(7, "body", 966, 1103)
SHEET.coded(8, "body", 1105, 1332)
SHEET.not_codeable(
    9,
    "body",
    1334,
    1415,
    "no_act",
    (
        "States how much Kazakhstan matters to a Chinese programme: a standing importance, "
        "nobody does anything."
    ),
)
SHEET.not_codeable(
    10,
    "body",
    1416,
    1524,
    "no_act",
    (
        "Says which projects exist in the country; neither building, agreeing nor paying is "
        "reported, so no economic cooperation is coded from mere existence."
    ),
)
SHEET.not_codeable(
    11,
    "body",
    1525,
    1652,
    "no_act",
    "A lasting worry that the article ascribes to a state: nobody utters it and nobody acts.",
)
SHEET.coded(12, "body", 1654, 1918)
SHEET.coded(13, "body", 1919, 2016)
SHEET.coded(14, "body", 2018, 2130)
SHEET.coded(15, "body", 2131, 2293)
SHEET.coded(16, "body", 2295, 2439)
SHEET.coded(17, "body", 2441, 2618)
SHEET.coded(18, "body", 2620, 2812)
SHEET.coded(19, "body", 2813, 2871)
