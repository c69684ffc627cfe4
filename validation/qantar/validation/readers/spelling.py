"""How other programs spell values in a table: what is read as meant, and what stands for nothing.

pandas, R and spreadsheets write true as True, TRUE or in their own language, and a column of
whole numbers with gaps as 1.0. That says the same, so it is read, and told once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import Profile, Severity
from qantar.schema.shape import Row
from qantar.schema.table import Column, Table
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults
from qantar.validation.faults.untold import keep_untold
from qantar.validation.rules.value.rule import SPELLINGS, judge_cell

# As Python and R write them, and Excel in English, German, French, Spanish, Italian,
# Portuguese, Dutch, Polish and Russian.
_TRUE = ("True", "TRUE", "WAHR", "VRAI", "VERDADERO", "VERO", "VERDADEIRO", "WAAR", "PRAWDA")
_FALSE = ("False", "FALSE", "FALSCH", "FAUX", "FALSO", "ONWAAR", "FAŁSZ")
BOOLEANS = (
    {"true": True, "false": False}
    | dict.fromkeys((*_TRUE, "ИСТИНА"), True)
    | dict.fromkeys((*_FALSE, "ЛОЖЬ"), False)
)
# pandas writes 7.0, and R 1e+05. 1.000 is not read: to some it is one, to others a thousand.
WHOLE_NUMBERS = r"^-?[0-9]{1,15}(?:\.0|e\+[0-9]{2})$"
# R, SQL, pandas, Excel, databases' dumps, SAS and people write an absent value so.
ABSENT_WORDS = (
    *("NA", "N/A", "n/a", "#N/A", "<NA>", "NULL", "Null", "null", "None", "none"),
    *("NaN", "nan", "NaT", "\\N", "-", ".", "N.A.", "n.a.", "(null)", "[NULL]", "nil"),
    *("NA_character_", "NA_integer_", "#NULL!", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!"),
)
LONGEST_ABSENT = max(len(word) for word in ABSENT_WORDS)
_LARGEST_WHOLE = 2.0**53
_COLUMNS_TOLD = 6
# What was weighed or coded in another column stands in these.
_ANY_VALUE = frozenset({"value"})


def booleans(text: pl.Series) -> pl.Series:
    """The truth values that texts spell; null where they spell none."""
    return text.replace_strict(BOOLEANS, default=None, return_dtype=pl.Boolean)


def whole_numbers(text: pl.Series) -> pl.Series:
    """The whole numbers that texts spell; null where they spell none."""
    plain = f"^(?:{SPELLINGS[ColumnKind.integer].pattern})$"
    values = _where(text, text.str.contains(plain)).cast(pl.Int64, strict=False)
    if values.null_count() == text.null_count():
        return values
    spelled = _where(text, text.str.contains(WHOLE_NUMBERS)).cast(pl.Float64, strict=False)
    safe = _where(spelled, (spelled.abs() <= _LARGEST_WHOLE) & (spelled == spelled.round()))
    return values.fill_null(safe.cast(pl.Int64, strict=False)).alias(text.name)


def respelled(text: pl.Series, kind: ColumnKind) -> set[str]:
    """The spellings of other programs among texts that were read; of numbers only how."""
    if kind is ColumnKind.boolean:
        return {*text.filter(text.is_in([*BOOLEANS][2:])).to_list()}
    if kind is not ColumnKind.integer:
        return set()
    # A literal search costs next to nothing where there is none.
    signs = [form for form in (".0", "e+") if text.str.contains(form, literal=True).any()]
    found = text.filter(text.str.contains(WHOLE_NUMBERS)) if signs else text.clear()
    return {form for form in signs if found.str.contains(form, literal=True).any()}


def note_of_spelling(by_column: Mapping[str, Iterable[str]]) -> Iterator[Fault]:
    """One note on all columns that another program's spellings were read in.

    by_column: spellings, as `respelled` gives them.
    """
    found = {name: {*spellings} for name, spellings in by_column.items() if spellings}
    if not found:
        return
    forms = {".0": "whole numbers with .0", "e+": "whole numbers with an exponent"}
    spellings = sorted({forms.get(s, s) for spellings in found.values() for s in spellings})
    column = next(iter(found)) if len(found) == 1 else None
    meant = _meant({s in forms for spellings in found.values() for s in spellings})
    is_one = len(spellings) == 1 and spellings[0] not in forms.values()
    told = (
        f"{', '.join(spellings)} in {_names([*found])} {'is' if is_one else 'are'} read as "
        f"{meant}: pandas, R and spreadsheets write it otherwise than this format."
    )
    yield Fault("value-type", told, Severity.note, line=1, column=column)


def _meant(are_numbers: set[bool]) -> str:
    numbers = "whole numbers such as 7"
    if are_numbers == {True}:
        return numbers
    return f"true, false and {numbers}" if True in are_numbers else "true or false"


@cache
def absent_words(column: Column, profile: Profile) -> tuple[str, ...]:
    """The words for an absent value that a text column would take for a value.

    Codes of a list mean what they say, and so they do in a column that holds values of others.
    """
    if column.kind is not ColumnKind.string or column.enum:
        return ()
    codes = _codes() if column.name in _ANY_VALUE else frozenset[str]()
    words = (word for word in ABSENT_WORDS if word not in codes)
    return tuple(word for word in words if judge_cell(column, word, profile) is None)


@cache
def _codes() -> frozenset[str]:
    """Every code of every list of the format."""
    columns = (column for table in TABLES.values() for column in table.columns)
    return frozenset(code for column in columns for code in column.enum or ())


def worded(text: pl.Series, words: Iterable[str]) -> pl.Series:
    """Where a text is one of these words."""
    short = text.str.len_bytes() <= LONGEST_ABSENT
    if not short.any():
        return short.fill_null(False)
    return (short & text.is_in([*words])).fill_null(False)


@dataclass
class Words:
    """Words for an absent value, found in the columns of a table.

    taken: of each column how often a word stands as text that is a value to every rule.
    """

    taken: dict[str, int] = field(default_factory=dict)
    spellings: set[str] = field(default_factory=set)

    def add(self, column: str, found: pl.Series) -> None:
        """Take note of the words of a column."""
        if len(found):
            self.taken[column] = self.taken.get(column, 0) + len(found)
            self.spellings |= {*found.to_list()}


def words_in(rows: Iterable[Row], table: Table, profile: Profile) -> Words:
    """The words for an absent value in rows of a table, where these have a sound text."""
    absent: dict[str, frozenset[str]] = {}
    found: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.items():
            if type(value) is not str:
                continue
            if name not in absent:
                # Prose stands under its base name, too, which is no column.
                column = table.by_name.get(name)
                absent[name] = frozenset(absent_words(column, profile) if column else ())
            if value in absent[name]:
                found.setdefault(name, []).append(value)
    words = Words()
    for name in (name for name in table.with_names(found).by_name if name in found):
        words.add(name, pl.Series(found[name]))
    return words


def taken_for_text(words: Words) -> Iterator[Fault]:
    """A warning of words for an absent value that are values to every rule, if there are any."""
    if words.taken:
        told = _tell_words({}, words.taken, sorted(words.spellings))
        column = next(iter(words.taken)) if len(words.taken) == 1 else None
        yield Fault("value-type", told, Severity.warning, column=column)


def without_words(faults: Sequence[Fault], words: Words) -> Sequence[Fault]:
    """The faults with one in place of all that come of words for an absent value.

    The first place is that of the first such fault. What a rule refuses is an error; where
    the words only stand as text it is a warning, since they may be meant.
    """
    refused: Counter[str] = Counter()
    spellings = {*words.spellings}
    first: Fault | None = None
    for fault in filter(_is_of_word, faults):
        keep_untold([fault])
        first = first or fault
        refused[fault.column or ""] += 1
        spellings.add(fault.value or "")
    if not refused and not words.taken:
        return faults
    if first is None:
        return gather_faults(taken_for_text(words), faults)
    told = _tell_words(refused, words.taken, sorted(spellings))
    is_single = refused.total() == 1 and not words.taken
    where = {} if is_single else {"row": None, "line": first.line and 1, "value": None}
    column = first.column if len({*refused, *words.taken}) == 1 else None
    whole = Fault("value-type", told, file=first.file, line=first.line, column=column)
    whole = whole.at(**{"row": first.row, "value": first.value} | where)
    keep_untold((), whole)
    if is_single:
        return gather_faults(whole if _is_of_word(fault) else fault for fault in faults)
    return gather_faults([whole], (fault for fault in faults if not _is_of_word(fault)))


def _is_of_word(fault: Fault) -> bool:
    by_value = fault.rule in ("value-type", "value-malformed", "value-unknown")
    # An error of a sheet's formula is to be mended in its cell.
    is_written = not fault.message.startswith("Cell ")
    return by_value and is_written and fault.row is not None and fault.value in ABSENT_WORDS


def _tell_words(refused: Mapping[str, int], taken: Mapping[str, int], spelled: list[str]) -> str:
    counts = {name: refused.get(name, 0) + taken.get(name, 0) for name in (*refused, *taken)}
    words = " and ".join(map(repr, spelled[:4])) + (" …" if len(spelled) > 4 else "")
    # The most frequent first, whatever the order in which the cells were judged.
    ordered = sorted(counts.items(), key=lambda told: (-told[1], told[0]))
    places = _names([f"{name} ({count:,})" for name, count in ordered])
    told = (
        f"{words} in {places} {'stands' if len(spelled) == 1 else 'stand'} for a value that is "
        "not there, as R, SQL, pandas and spreadsheets write it. Leave such cells empty: "
        "na = '' in R, na_rep='' in pandas."
    )
    return told + (f" In {_names([*taken])} it is taken for text." if taken else "")


def _names(names: list[str]) -> str:
    return ", ".join(names[:_COLUMNS_TOLD]) + (" …" if len(names) > _COLUMNS_TOLD else "")


def _where(values: pl.Series, mask: pl.Series) -> pl.Series:
    return pl.select(pl.when(mask).then(values).alias(values.name)).to_series()
