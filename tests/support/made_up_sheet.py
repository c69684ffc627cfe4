"""A made-up coding sheet, on the made-up article."""

from qantar.builders import (
    Sheet,
    count,
    defensible,
    event,
    link,
    mention,
    on,
    place,
    rejected,
    source,
)
from qantar.builders.actors import Registry
from qantar.builders.compilation import compile_corpus
from qantar.builders.digest import Digests
from qantar.builders.span_range import ranges_of
from qantar.schema import Actor, ActorRole
from support import made_up

ROLES = [
    {"actor_id": "arna", "actor_code": "ISLOPP", "valid_to": "2020-12-31"},
    {"actor_id": "arna", "actor_code": "ISLGOV", "valid_from": "2021-01-01"},
    {"actor_id": "borg", "actor_code": "MLTGOV"},
    {"actor_id": "malta", "actor_code": "MLT", "actor_country_code": "MLT"},
]
REGISTRY = Registry(
    actors=tuple(Actor(**row) for row in made_up.corpus().plain["actors"]),
    names=(),
    roles=tuple(
        ActorRole(**{"represents_id": row["actor_id"], "code_source": "cameo", **row})
        for row in ROLES
    ),
)
TRIGGER = (made_up.TEXT.index("offered aid"), made_up.TEXT.index("offered aid") + 11)
LANGUAGES = ("en", "vi")
CONDITION = made_up.TEXT.index("if Malta")


def sheet():
    made = Sheet(
        article_id=made_up.ARTICLE,
        language_code="en",
        text_sha256=made_up.sha256(made_up.TEXT),
        text_length=len(made_up.TEXT),
        published_earliest="2021-05-04",
        published_latest="2021-05-04",
        published_basis="stated",
    )
    for row in made_up.corpus().plain["sentences"]:
        line = (row["sentence_no"], row["zone"], row["char_start"], row["char_end"])
        if row["disposition"] == "coded":
            made.coded(*line)
        else:
            made.not_codeable(*line, row["reason"], row["note_en"])
    return made


def offer(**changes):
    coding = {
        "when": on("2021-05-03", "stated", between=("2021-05-03", "2021-05-03")),
        "actors": ["arna"],
        "targets": ["malta", "borg"],
        "condition": "Malta asks for aid.",
        "where": place("Valletta", "MLT", "city", (35.9, 14.5)),
        "counts": [count("deaths", low=0, best=1, high=2, by="borg", precision="about")],
        "summary": "Iceland offers aid.",
        "summary_vi": "Iceland đề nghị viện trợ.",
        "confidence": "high",
        "mentions": [
            mention(
                3,
                leading=True,
                status="pledged",
                conditional=True,
                spans={
                    "trigger": [[TRIGGER, (CONDITION, CONDITION + 2)]],
                    "target": [None, (CONDITION + 3, CONDITION + 8)],
                },
                sources=[source("borg", "reports", verbatim=True)],
            )
        ],
        "links": [link("part_of", "TST-000001", said_in=1)],
        "considered": [
            defensible("action_code", "cameo:0331", "Perhaps."),
            rejected("action_code", "cameo:07", "No."),
        ],
    } | changes
    return event("TST-000002", "cameo:033", **coding)


def compile_sheet(made, *, digests=None, registry=REGISTRY, languages=LANGUAGES):
    return compile_corpus([(made, digests or pinned(made))], registry, [], languages)


def compile_one(coding, **how):
    made = sheet()
    made.event(coding)
    return compile_sheet(made, **how)


def pinned(made):
    words = {
        (start, end): made_up.sha256(made_up.TEXT[start:end]) for start, end in ranges_of(made)
    }
    return Digests(made.article_id, words)
