"""Kinds of acts: which two codes can stand for one act, and how well they agree.

Every code has a family and, where it says more, a kind. The taxonomy holds for CAMEO, with which
GDELT, ICEWS and Phoenix code and to which ACLED and UCDP are converted, and for the types and
modes of PLOVER, which POLECAT and NGEC have.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from qantar.schema.codebook import actions, stray_actions

SAME_CODE, SAME_KIND, GENERAL = 1.0, 0.95, 0.8
# By the beginning of a CAMEO code its family and kind; the longest beginning decides. What is
# not listed has the family of its root and the kind of its first three digits.
_BY_PREFIX = {
    "057": "agree:sign",
    "03": "agree:intend",
    "030": "agree:",
    "087": "yield:truce",
    "084": "yield:release",
    "0831": "yield:resign",
    "138": "threaten:force",
    "140": "protest:",
    "141": "protest:rally",
    "142": "protest:hunger",
    "143": "protest:strike",
    "144": "protest:obstruct",
    "145": "protest:riot",
    "170": "coerce:",
    "171": "coerce:property",
    "172": "coerce:restrict",
    "173": "coerce:arrest",
    "174": "coerce:expel",
    "175": "coerce:repress",
    "176": "coerce:cyber",
    "18": "force:",
    "181": "force:abduct",
    "182": "force:hurt",
    "1821": "force:sexual",
    "1822": "force:torture",
    "1823": "force:kill",
    "183": "force:bomb",
    "184": "force:shield",
    "185": "force:assassinate",
    "186": "force:assassinate",
    "19": "force:",
    "190": "force:fight",
    "191": "force:blockade",
    "192": "force:territory",
    "193": "force:gun",
    "194": "force:shell",
    "195": "force:air",
    "196": "force:breach",
    "20": "force:mass",
    "204": "force:poison",
}
_ROOTS = {
    "01": "state",
    "02": "appeal",
    "04": "consult",
    "05": "support",
    "06": "cooperate",
    "07": "aid",
    "08": "yield",
    "09": "accuse",
    "10": "demand",
    "11": "accuse",
    "12": "reject",
    "13": "threaten",
    "14": "protest",
    "15": "posture",
    "16": "reduce",
    "17": "coerce",
}
_TYPES = {
    "AGREE": "agree",
    "CONSULT": "consult",
    "SUPPORT": "support",
    "CONCEDE": "yield",
    "RETREAT": "yield",
    "COOPERATE": "cooperate",
    "AID": "aid",
    "REQUEST": "demand",
    "ACCUSE": "accuse",
    "REJECT": "reject",
    "THREATEN": "threaten",
    "PROTEST": "protest",
    "SANCTION": "reduce",
    "MOBILIZE": "posture",
    "COERCE": "coerce",
    "ASSAULT": "force",
}
# Modes of PLOVER that say what a kind says; others stay general.
_MODES = {
    ("CONSULT", "visit"): "consult:visit",
    ("CONSULT", "phone"): "consult:041",
    ("RETREAT", "ceasefire"): "yield:truce",
    ("RETREAT", "release"): "yield:release",
    ("RETREAT", "resign"): "yield:resign",
    ("ACCUSE", "disapprove"): "accuse:111",
    ("ACCUSE", "investigate"): "accuse:090",
    ("ACCUSE", "allege"): "accuse:112",
    ("THREATEN", "violence"): "threaten:force",
    ("PROTEST", "demo"): "protest:rally",
    ("PROTEST", "riot"): "protest:riot",
    ("PROTEST", "strike"): "protest:strike",
    ("PROTEST", "hunger"): "protest:hunger",
    ("PROTEST", "obstruct"): "protest:obstruct",
    ("COERCE", "seize"): "coerce:property",
    ("COERCE", "restrict"): "coerce:restrict",
    ("COERCE", "ban"): "coerce:restrict",
    ("COERCE", "censor"): "coerce:restrict",
    ("COERCE", "curfew"): "coerce:restrict",
    ("COERCE", "martial-law"): "coerce:restrict",
    ("COERCE", "arrest"): "coerce:arrest",
    ("COERCE", "deport"): "coerce:expel",
    ("COERCE", "cyber"): "coerce:cyber",
    ("ASSAULT", "abduct"): "force:abduct",
    ("ASSAULT", "beat"): "force:hurt",
    ("ASSAULT", "torture"): "force:torture",
    ("ASSAULT", "execute"): "force:kill",
    ("ASSAULT", "sexual"): "force:sexual",
    ("ASSAULT", "assassinate"): "force:assassinate",
    ("ASSAULT", "destroy"): "coerce:property",
    ("ASSAULT", "firearms"): "force:gun",
    ("ASSAULT", "explosives"): "force:bomb",
    ("ASSAULT", "suicide-attack"): "force:bomb",
    ("ASSAULT", "aerial"): "force:air",
    ("ASSAULT", "drone"): "force:air",
    ("ASSAULT", "heavy-weapons"): "force:shell",
    ("ASSAULT", "crowd-control"): "coerce:repress",
    ("ASSAULT", "massacre"): "force:mass",
    ("ASSAULT", "cleansing"): "force:mass",
}
# Kinds that are told of one act by different coders, and how well they agree. Those that are
# not listed, and no family with its own kind, never stand for one act.
_KIN = {
    ("force:fight", "force:gun"): 0.9,
    ("force:fight", "force:shell"): 0.6,
    ("force:fight", "force:air"): 0.5,
    ("force:fight", "force:bomb"): 0.5,
    ("force:fight", "force:territory"): 0.6,
    ("force:fight", "force:breach"): 0.8,
    ("force:fight", "force:mass"): 0.6,
    ("force:fight", "force:hurt"): 0.5,
    ("force:fight", "force:kill"): 0.6,
    ("force:fight", "force:assassinate"): 0.4,
    ("force:fight", "force:blockade"): 0.4,
    ("force:gun", "force:assassinate"): 0.7,
    ("force:gun", "force:kill"): 0.7,
    ("force:gun", "force:hurt"): 0.6,
    ("force:gun", "force:mass"): 0.6,
    ("force:gun", "force:breach"): 0.7,
    ("force:shell", "force:air"): 0.5,
    ("force:shell", "force:bomb"): 0.5,
    ("force:shell", "force:breach"): 0.7,
    ("force:air", "force:bomb"): 0.5,
    ("force:bomb", "force:assassinate"): 0.5,
    ("force:bomb", "force:mass"): 0.5,
    ("force:bomb", "coerce:property"): 0.4,
    ("force:kill", "force:assassinate"): 0.9,
    ("force:kill", "force:hurt"): 0.7,
    ("force:kill", "force:mass"): 0.7,
    ("force:hurt", "force:sexual"): 0.7,
    ("force:hurt", "force:torture"): 0.7,
    ("force:mass", "force:poison"): 0.6,
    ("protest:rally", "protest:riot"): 0.5,
    ("protest:rally", "protest:obstruct"): 0.6,
    ("protest:rally", "protest:strike"): 0.5,
    ("protest:strike", "protest:obstruct"): 0.6,
    ("protest:riot", "protest:obstruct"): 0.5,
    ("protest:riot", "force:"): 0.5,
    ("protest:riot", "force:hurt"): 0.5,
    ("protest:riot", "coerce:property"): 0.5,
    ("protest:obstruct", "force:blockade"): 0.6,
    ("coerce:arrest", "force:abduct"): 0.5,
    ("coerce:repress", "force:"): 0.5,
    ("coerce:repress", "force:hurt"): 0.6,
    ("coerce:property", "force:"): 0.5,
    ("coerce:", "force:"): 0.4,
    ("agree:sign", "yield:truce"): 0.7,
    ("consult:042", "consult:043"): 1.0,
    ("consult:visit", "consult:042"): 1.0,
    ("consult:visit", "consult:043"): 1.0,
    ("consult:visit", "consult:044"): 0.7,
    ("consult:visit", "consult:046"): 0.6,
    ("consult:042", "consult:044"): 0.7,
    ("consult:043", "consult:044"): 0.7,
    ("consult:042", "consult:046"): 0.6,
    ("consult:043", "consult:046"): 0.6,
    ("consult:044", "consult:046"): 0.6,
    ("consult:045", "consult:046"): 0.6,
    ("accuse:111", "accuse:112"): 0.6,
    ("accuse:111", "accuse:113"): 0.5,
    ("accuse:111", "accuse:114"): 0.5,
    ("accuse:112", "accuse:114"): 0.5,
    ("cooperate:", "aid:"): 0.5,
}
# Acts that both sides do: whoever is written first may stand second elsewhere.
_RECIPROCAL_FAMILIES = ("consult", "agree", "cooperate")
_RECIPROCAL = ("force:fight", "force:gun", "force:", "force:breach", "yield:truce")

# Acts that stand overnight: rows of several days can tell of one.
_LASTING = ("protest:strike", "protest:hunger", "protest:obstruct", "force:blockade")


def kind_of(code: str | None, mode: str | None = None) -> str | None:
    """The family and kind of a code, such as ``force:gun``; absent where there is no code.

    mode: PLOVER's, where the row has one. Codes of a family that say no more have no kind:
    ``force:``. A code that no list has stands for itself.

    >>> kind_of("cameo:193"), kind_of("plover:assault", "firearms"), kind_of("cameo:180")
    ('force:gun', 'force:gun', 'force:')
    """
    if code is None:
        return None
    scheme, _, local = code.partition(":")
    if scheme == "plover":
        plover_type = local.upper()
        known = _MODES.get((plover_type, mode or ""))
        return known or (f"{_TYPES[plover_type]}:" if plover_type in _TYPES else code)
    for length in range(len(local), 1, -1):
        if local[:length] in _BY_PREFIX:
            return _BY_PREFIX[local[:length]]
    family = _ROOTS.get(local[:2])
    if family is None:
        return code
    # Kinds of verbal acts are the three digits; a last 0 says "not specified below". Inquiries
    # and accusations are one family, since PLOVER has one type for them.
    is_general = len(local) < 3 or (local[2] == "0" and local[:2] != "09")
    return f"{family}:" if is_general else f"{family}:{local[:3]}"


@cache
def known_kinds() -> tuple[str, ...]:
    """Every kind that a code of the codebook or a mode has, in the order of the alphabet."""
    codes = (*actions(), *stray_actions())
    found = {kind_of(code) for code in codes} | {*_MODES.values()}
    return tuple(sorted(kind for kind in found if kind is not None))


def agreement(one: str | None, other: str | None) -> float:
    """How well two kinds agree, from 0 (never one act) to 1.

    >>> agreement("force:fight", "force:gun"), agreement("force:bomb", "consult:042")
    (0.9, 0.0)
    """
    if one is None or other is None:
        return 0.0
    if one == other:
        return GENERAL if one.endswith(":") else SAME_KIND
    kin = _KIN.get((one, other), _KIN.get((other, one)))
    if kin is not None:
        return kin
    is_above = one.partition(":")[0] == other.partition(":")[0] and ":" in (one[-1], other[-1])
    # A general word for violence does not tell of a kidnapping or a rape.
    rare = {"force:abduct", "force:sexual", "force:torture", "force:shield", "force:poison"}
    return (0.5 if {one, other} & rare else GENERAL - 0.05) if is_above else 0.0


@cache
def agreements() -> npt.NDArray[np.float32]:
    """The agreement of every two known kinds; rows and columns in the order of the kinds."""
    kinds = known_kinds()
    table = [[agreement(one, other) for other in kinds] for one in kinds]
    return np.array(table, dtype=np.float32)


def is_reciprocal(kind: str) -> bool:
    """Whether both sides do what the other does, so that no order of them is right."""
    return kind.partition(":")[0] in _RECIPROCAL_FAMILIES or kind in _RECIPROCAL


def is_lasting(kind: str) -> bool:
    """Whether an act of this kind goes on from one day to the next, as a strike does."""
    return kind in _LASTING
