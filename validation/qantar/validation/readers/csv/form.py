"""How a table in text is written: what separates cells, its encoding, its decimal sign."""

import codecs
from dataclasses import dataclass

DELIMITERS = {"csv": ",", "tsv": "\t"}
DECIMALS = (".", ",")
_SPELLED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " ", "bar": "|"}


@dataclass(frozen=True)
class CsvForm:
    """What is not as the format has it; encoding: None where the text is UTF-8."""

    separator: str | None = None
    encoding: str | None = None
    decimal: str = "."

    def delimiter(self, kind: str) -> str:
        """What separates the cells of a file of a kind."""
        return self.separator or DELIMITERS[kind]


PLAIN = CsvForm()


def csv_form(
    separator: str | None = None, encoding: str | None = None, decimal: str | None = None
) -> CsvForm:
    """The form that options name; raises ValueError with a sentence for what cannot be.

    >>> csv_form("tab").separator
    '\\t'
    """
    sign = _SPELLED.get(separator, separator) if separator is not None else None
    if sign is not None and (
        len(sign) != 1 or not sign.isascii() or sign.isalnum() or sign in '"\r\n\0.-'
    ):
        raise ValueError(
            f"The separator {separator!r} cannot be used: it is one sign, such as ';', '|' or tab."
        )
    point = "." if decimal is None else decimal
    if point not in DECIMALS:
        raise ValueError(f"The decimal sign {decimal!r} cannot be used: it is '.' or ','.")
    if sign == point:
        raise ValueError(f"The sign {point!r} cannot be both the separator and the decimal sign.")
    return CsvForm(sign, _codec(encoding), point)


def _codec(encoding: str | None) -> str | None:
    """The name of an encoding of text; None for UTF-8, which needs no other reading."""
    if encoding is None:
        return None
    try:
        found = codecs.lookup(encoding)
        # Some codecs of Python turn bytes into bytes, or refuse all text.
        "a,1\n".encode(encoding)
    except (LookupError, UnicodeError, ValueError):
        raise ValueError(
            f"There is no encoding {encoding!r}: name one such as cp1252, latin-1 or utf-16."
        ) from None
    return None if found.name in ("utf-8", "utf-8-sig") else found.name
