"""Ids of other systems as event ids, and back: nothing is lost and no two are one.

An id that is a number in plain decimal is padded to six digits. Any other keeps letters, digits,
dots and underscores; every other byte of its UTF-8 is written as ``~`` and two capital
hexadecimal digits. What would then look like a number has its first digit written so.
"""

import re

from qantar.schema.patterns import EXCHANGE_EVENT_ID_PATTERN, LONGEST_EVENT_ID

_PREFIX = re.compile("[A-Z][A-Z0-9]*")
_DECIMAL = re.compile("0|[1-9][0-9]*")
_DIGITS = re.compile("[0-9]+")
_FORM = re.compile(EXCHANGE_EVENT_ID_PATTERN)
_ESCAPED = re.compile(b"~([0-9A-F]{2})")
_KEPT = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._")
_WIDTH = 6


def event_id_of(prefix: str, source_id: str) -> str:
    """The event id of a row of another system.

    prefix: capitals and digits that name the system, such as GED. Raises ValueError for an
    empty id, and for one that becomes longer than 80 characters.

    >>> event_id_of("GED", "0"), event_id_of("ACLED", "1ALG"), event_id_of("GED", "007")
    ('GED-000000', 'ACLED-1ALG', 'GED-~3007')
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} is no prefix of ids; write capitals and digits, such as GED")
    if not source_id:
        raise ValueError("the id is empty, and no event can be told by it")
    found = f"{prefix}-{_written(source_id)}"
    if len(found) > LONGEST_EVENT_ID:
        raise ValueError(
            f"{source_id!r} makes an id of {len(found)} characters, above {LONGEST_EVENT_ID}; "
            "take a shorter id, such as the row's number"
        )
    return found


def source_id_of(event_id: str) -> str:
    """The id that the other system has. Raises ValueError for what is no event id.

    >>> source_id_of("GED-000000"), source_id_of("GED-~3007")
    ('0', '007')
    """
    if not _FORM.fullmatch(event_id):
        raise ValueError(f"{event_id!r} is no event id")
    written = event_id.partition("-")[2]
    if _DIGITS.fullmatch(written):
        return written.lstrip("0") or "0"
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), written.encode()).decode()


def _written(source_id: str) -> str:
    if _DECIMAL.fullmatch(source_id):
        return source_id.zfill(_WIDTH)
    kept = "".join(chr(byte) if byte in _KEPT else f"~{byte:02X}" for byte in source_id.encode())
    return f"~{ord(kept[0]):02X}{kept[1:]}" if _DIGITS.fullmatch(kept) else kept
