"""La huelga de los faroleros: la hoja de codificación de un artículo inventado."""

from qantar.builders import (
    Sheet,
    count,
    defensible,
    event,
    link,
    mention,
    naming,
    on,
    place,
    source,
)

SHEET = Sheet(
    article_id="FAR-A0001",
    title="Los faroleros de Puerto Bizcocho amenazan con apagar la ciudad",
    publisher="El Buñuelo Diario",
    language_code="es",
    source_kind="newspaper",
    digest_key="text",
    published_local="printed martes 12 de marzo de 2024",
    published_earliest="2024-03-12",
    published_latest="2024-03-12",
    published_basis="stated",
    text_sha256="16c06ee92ee244b2bb718595c038bb82b908caffff11edca9b004173d2071caf",
    text_length=1012,
)

SHEET.coded(1, "headline", 0, 62)
SHEET.not_codeable(2, "dateline", 63, 134, "furniture", "Lugar, fecha y periódico.")
SHEET.coded(3, "body", 135, 251)
SHEET.coded(4, "body", 252, 381)
SHEET.coded(5, "body", 382, 485)
SHEET.coded(6, "body", 486, 614)
SHEET.coded(7, "body", 615, 704)
SHEET.coded(8, "body", 705, 804)
SHEET.coded(9, "body", 805, 939)
SHEET.coded(10, "body", 940, 988)
SHEET.not_codeable(11, "body", 989, 1011, "no_act", "El tiempo.")

UNTIL_PRINTED = on(
    "[..2024-03-12]",
    "bounded",
    between=(None, "2024-03-12"),
    note="Sin fecha; no después del día del periódico.",
)
FORECAST = on(
    "[2024-03-12..]",
    "bounded",
    between=("2024-03-12", None),
    note="Un pronóstico: después del artículo que lo hace.",
)

SHEET.event(
    event(
        "FAR-000001",
        "cameo:127",
        fit="approximate",
        actors=["sindicato-faroleros"],
        targets=["ayuntamiento"],
        thing="oferta salarial",
        when=on(
            "2024-03-11",
            "relative_to_publication",
            between=("2024-03-11", "2024-03-11"),
            note="El lunes antes del martes 12 de marzo.",
        ),
        summary="El sindicato de los faroleros no acepta el salario que ofrece el municipio.",
        confidence="high",
        mentions=[
            mention(
                3,
                leading=True,
                spans={
                    "trigger": (179, 186),
                    "actor": (135, 178),
                    "target": (219, 250),
                    "object": (196, 214),
                    "time": (187, 195),
                },
            ),
        ],
        considered=[defensible("action_code", "cameo:120", "Rechazo sin más.")],
    )
)
SHEET.event(
    event(
        "FAR-000002",
        "cameo:112",
        actors=["campanillas"],
        targets=["sindicato-faroleros"],
        when=UNTIL_PRINTED,
        summary="La alcaldesa culpa al sindicato de tener la noche como rehén.",
        confidence="high",
        mentions=[
            mention(
                4,
                leading=True,
                status="alleged",
                quotation="direct",
                spans={
                    "trigger": (288, 293),
                    "actor": (252, 286),
                    "target": (294, 306),
                },
            ),
        ],
    )
)
SHEET.event(
    event(
        "FAR-000003",
        "cameo:026",
        fit="approximate",
        actors=["campanillas"],
        targets=["sindicato-faroleros"],
        when=UNTIL_PRINTED,
        summary="La alcaldesa quiere que el sindicato negocie de nuevo.",
        confidence="medium",
        mentions=[
            mention(
                4,
                leading=True,
                status="requested",
                quotation="indirect",
                spans={
                    "trigger": (337, 380),
                    "actor": (252, 286),
                    "target": [[(294, 306), (334, 336)]],
                },
            ),
        ],
        considered=[defensible("action_code", "cameo:025", "Si volver es ceder.")],
    )
)
SHEET.event(
    event(
        "FAR-000004",
        "cameo:127",
        fit="approximate",
        actors=["mechero"],
        targets=["ayuntamiento"],
        condition="Mientras no se retire el recorte.",
        when=UNTIL_PRINTED,
        summary="El secretario general del sindicato descarta un acuerdo por el recorte.",
        confidence="medium",
        mentions=[
            mention(
                5,
                leading=True,
                conditional=True,
                quotation="direct",
                spans={
                    "trigger": (383, 401),
                    "actor": (439, 484),
                    "target": (219, 250),
                    "condition": (402, 426),
                },
            ),
        ],
        links=[link("responds_to", "FAR-000003", said_in=1)],
        considered=[defensible("action_code", "cameo:124", "Negarse a ceder.")],
    )
)
SHEET.event(
    event(
        "FAR-000005",
        "cameo:133",
        actors=["sindicato-faroleros"],
        targets=["ayuntamiento"],
        condition="Si el recorte no se retira antes del viernes.",
        when=UNTIL_PRINTED,
        summary="El sindicato avisa de una huelga si el recorte sigue el viernes.",
        confidence="high",
        mentions=[
            mention(
                6,
                leading=True,
                status="threatened",
                conditional=True,
                quotation="indirect",
                spans={
                    "trigger": (577, 585),
                    "actor": (604, 613),
                    "target": (489, 504),
                    "condition": (486, 543),
                },
            ),
            mention(
                1,
                status="threatened",
                quotation="indirect",
                spans={
                    "trigger": (33, 41),
                    "actor": naming((0, 13), "faroleros"),
                },
            ),
        ],
    )
)
SHEET.event(
    event(
        "FAR-000006",
        "cameo:141",
        actors=["faroleros"],
        when=on("2024-03-04/2024-03-08", "stated", between=("2024-03-04", "2024-03-08")),
        where=place("Casa Consistorial de Puerto Bizcocho", "ESP", "site"),
        counts=[count("gathered", low=20, of="actor_side", precision="vague")],
        summary="Muchos faroleros acampan cinco días delante del ayuntamiento.",
        confidence="high",
        mentions=[
            mention(
                7,
                leading=True,
                spans={
                    "trigger": (664, 673),
                    "actor": (654, 663),
                    "time": (615, 641),
                    "place": (674, 703),
                    "number": (643, 650),
                },
            ),
        ],
        considered=[defensible("action_code", "cameo:140", "Acampar sin más.")],
    )
)
SHEET.event(
    event(
        "FAR-000007",
        "cameo:173",
        actors=["policia-local"],
        targets=["faroleros"],
        when=on(
            "[2024-03-04..2024-03-12]",
            "bounded",
            between=("2024-03-04", "2024-03-12"),
            earliest_from="FAR-000006",
            note="Desde el comienzo de la acampada hasta el día del periódico.",
        ),
        where=place("Puerto Bizcocho", "ESP", "city"),
        counts=[
            count(
                "arrested",
                low=3,
                of="target_side",
                by="fuentes-municipales",
                precision="at_least",
            ),
            count("injured", best=0, by="fuentes-municipales", precision="exact"),
        ],
        summary="Según fuentes del municipio, la Policía Local detiene a tres faroleros o más.",
        confidence="high",
        mentions=[
            mention(
                8,
                leading=True,
                spans={
                    "trigger": (722, 728),
                    "actor": (705, 721),
                    "target": (748, 753),
                    "place": (235, 250),
                    "number": [(729, 744), (756, 776)],
                    "source": (784, 803),
                },
                sources=[source("fuentes-municipales", "states")],
            ),
        ],
    )
)
SHEET.event(
    event(
        "FAR-000008",
        "cameo:045",
        actors=["diputacion"],
        targets=["ayuntamiento", "sindicato-faroleros"],
        when=on(
            "2024-02-XX",
            "relative_to_publication",
            between=("2024-02-01", "2024-02-29"),
            note="El febrero antes del periódico.",
        ),
        summary="La Diputación Provincial intenta mediar en febrero y no lo logra.",
        confidence="medium",
        confidence_note="Entre quiénes media se sigue del conflicto.",
        mentions=[
            mention(
                9,
                leading=True,
                factuality="presupposed",
                spans={
                    "trigger": (835, 840),
                    "actor": (805, 829),
                    "target": [
                        (219, 250),
                        (135, 178),
                    ],
                    "time": (851, 861),
                    "source": (912, 938),
                },
                sources=[source("veleta", "presupposes")],
            ),
        ],
        considered=[defensible("attributions", "ninguna", "El inciso puede ser del periódico.")],
    )
)
SHEET.event(
    event(
        "FAR-000009",
        "cameo:045",
        fit="approximate",
        actors=["diputacion"],
        targets=["ayuntamiento", "sindicato-faroleros"],
        when=FORECAST,
        summary="Veleta cree probable que la Diputación llame a reunirse otra vez.",
        confidence="medium",
        mentions=[
            mention(
                9,
                leading=True,
                factuality="predicted",
                certainty="probable",
                spans={
                    "trigger": (863, 904),
                    "actor": (805, 829),
                    "target": [
                        (219, 250),
                        (135, 178),
                    ],
                    "source": (912, 938),
                },
                sources=[source("veleta", "predicts")],
            ),
        ],
        considered=[defensible("action_code", "cameo:026", "Si convocar es llamar a negociar.")],
    )
)
SHEET.event(
    event(
        "FAR-000010",
        "cameo:080",
        actors=["ayuntamiento"],
        targets=["sindicato-faroleros"],
        when=FORECAST,
        summary="Veleta no espera que el municipio dé su brazo a torcer.",
        confidence="medium",
        mentions=[
            mention(
                10,
                leading=True,
                factuality="predicted",
                certainty="probable",
                polarity="negated",
                spans={
                    "trigger": (975, 979),
                    "negation": (940, 942),
                    "actor": (959, 974),
                    "target": (135, 178),
                    "source": (912, 938),
                },
                sources=[source("veleta", "predicts", implied=True)],
            ),
        ],
    )
)
