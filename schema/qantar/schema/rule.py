"""The closed vocabulary in which rules are declared: data, compiled elsewhere.

A rule judges only where it can: an operand that is absent, or not of its type, is
another rule's concern. That is why every kind needs a guard for absent values.
"""

from enum import StrEnum
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

Value: TypeAlias = str | bool | int | float
Operator: TypeAlias = Literal["<", "<=", "!=", "=="]


class Severity(StrEnum):
    error = "error"
    warning = "warning"
    note = "note"


class Profile(StrEnum):
    """What is asked of a record: everything (hand-coded) or a core (converted)."""

    coded = "coded"
    exchange = "exchange"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(_Part):
    """What must hold of one column; several conditions hold together.

    is_in: the value is one of these. present: whether there is a value. lacks: the text,
    where there is one, contains none of these.
    """

    column: str
    is_in: tuple[Value, ...] | None = None
    present: bool | None = None
    lacks: tuple[str, ...] | None = None

    def holds_of(self, value: Value | None) -> bool:
        """Whether it holds of a sound value; None where there is none."""
        there = value is not None
        if self.present is not None and there is not self.present:
            return False
        if self.is_in is not None and value not in self.is_in:
            return False
        return not (there and any(part in str(value) for part in self.lacks or ()))


class Rule(_Part):
    """A sentence that must hold, its name, and what to do where it does not."""

    id: str
    table: str
    sentence: str
    mend: str
    severity: Severity = Severity.error
    profiles: tuple[Profile, ...] = (Profile.coded, Profile.exchange)

    @property
    def on(self) -> tuple[str, ...]:
        """The columns judged, the one to point at first."""
        raise NotImplementedError


class Compare(Rule):
    """One column stands in an order to another."""

    kind: Literal["compare"] = "compare"
    left: str
    operator: Operator
    right: str

    @property
    def on(self) -> tuple[str, ...]:
        return (self.right, self.left)


class PrefixOf(Rule):
    """One column begins with what another holds."""

    kind: Literal["prefix-of"] = "prefix-of"
    prefix: str
    column: str
    separator: str = ""

    @property
    def on(self) -> tuple[str, ...]:
        return (self.column, self.prefix)


class WithinEdtf(Rule):
    """A day lies within what an EDTF date can mean, unless that is marked approximate."""

    kind: Literal["within-edtf"] = "within-edtf"
    edtf: str
    column: str

    @property
    def on(self) -> tuple[str, ...]:
        return (self.column, self.edtf)


class WithinCountry(Rule):
    """A point lies in the country of a code or near it, by the boxes of the codebook."""

    kind: Literal["within-country"] = "within-country"
    country: str
    latitude: str
    longitude: str

    @property
    def on(self) -> tuple[str, ...]:
        return (self.latitude, self.longitude, self.country)


class OrderedEdtf(Rule):
    """An EDTF date does not end before it begins."""

    kind: Literal["ordered-edtf"] = "ordered-edtf"
    column: str

    @property
    def on(self) -> tuple[str, ...]:
        return (self.column,)


class Computed(Rule):
    """Where both have a value, a column is what a named function makes of another.

    date-extent: how an EDTF date reaches over days, see `qantar.schema.edtf.date_extent`.
    """

    kind: Literal["computed"] = "computed"
    column: str
    function: Literal["date-extent"]
    argument: str

    @property
    def on(self) -> tuple[str, ...]:
        return (self.column, self.argument)


class Requires(Rule):
    """Where the conditions hold, columns must have a value or must have none."""

    kind: Literal["requires"] = "requires"
    when: tuple[Condition, ...]
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def on(self) -> tuple[str, ...]:
        return self.present + self.absent


class Implies(Rule):
    """Where the conditions hold, a column is one thing; otherwise it is another."""

    kind: Literal["implies"] = "implies"
    when: tuple[Condition, ...]
    column: str
    value: bool
    otherwise: bool

    @property
    def on(self) -> tuple[str, ...]:
        return (self.column,)


class Lookup(Rule):
    """A column holds what the codebook says of the code in another.

    Where `when` does not hold the column must be empty. `unless` names a column whose
    presence excuses a departure.
    """

    kind: Literal["lookup"] = "lookup"
    key: str
    column: str
    field: str
    when: tuple[Condition, ...] = ()
    unless: str | None = None

    @property
    def on(self) -> tuple[str, ...]:
        return (self.column, self.key)


class Unique(Rule):
    """No two rows hold the same values in these columns."""

    kind: Literal["unique"] = "unique"
    columns: tuple[str, ...]

    @property
    def on(self) -> tuple[str, ...]:
        return self.columns


class ForeignKey(Rule):
    """The values of these columns occur together in another table."""

    kind: Literal["foreign-key"] = "foreign-key"
    columns: tuple[str, ...]
    other_table: str
    other_columns: tuple[str, ...]

    @property
    def on(self) -> tuple[str, ...]:
        return self.columns


class Sequence(Rule):
    """Within a group, a column counts from 1 without a gap."""

    kind: Literal["sequence"] = "sequence"
    column: str
    within: tuple[str, ...]

    @property
    def on(self) -> tuple[str, ...]:
        return (self.column, *self.within)


class Tally(Rule):
    """To each row of this table belong so many rows of another.

    Counted are rows of `other_table` where `other_when` holds, by equal keys.
    """

    kind: Literal["tally"] = "tally"
    columns: tuple[str, ...]
    other_table: str
    other_columns: tuple[str, ...]
    when: tuple[Condition, ...] = ()
    other_when: tuple[Condition, ...] = ()
    minimum: int = 0
    maximum: int | None = None

    @property
    def on(self) -> tuple[str, ...]:
        return self.columns


class Join(Rule):
    """A column stands in an order to a column of the row that a key points to."""

    kind: Literal["join"] = "join"
    columns: tuple[str, ...]
    other_table: str
    other_columns: tuple[str, ...]
    left: str
    operator: Operator
    right: str
    when: tuple[Condition, ...] = ()

    @property
    def on(self) -> tuple[str, ...]:
        return (self.left, *self.columns)


class Total(Rule):
    """A column is not below the sum of a column over the rows that belong to its row.

    Summed are rows of `other_table` where `other_when` holds, by equal keys.
    """

    kind: Literal["total"] = "total"
    columns: tuple[str, ...]
    column: str
    other_table: str
    other_columns: tuple[str, ...]
    other_column: str
    when: tuple[Condition, ...] = ()
    other_when: tuple[Condition, ...] = ()

    @property
    def on(self) -> tuple[str, ...]:
        return (self.column, *self.columns)


class Acyclic(Rule):
    """Going from `source` to `target`, row after row, never leads back to the start.

    Where `within` names a column, only rows that hold the same in it are followed.
    """

    kind: Literal["acyclic"] = "acyclic"
    source: str
    target: str
    within: str | None = None
    when: tuple[Condition, ...] = ()

    @property
    def on(self) -> tuple[str, ...]:
        return (self.target, self.source)


class Traced(Rule):
    """Where one of the columns has a value, a span shows the words it was read from.

    key: `mention_id` for a span of that very mention, `event_id` for one of any mention of the
    event. The span has this `field`, or the one that the first column names where it is None,
    and the ordinal that the column `ordinal` holds, where there is such a column.
    """

    kind: Literal["traced"] = "traced"
    columns: tuple[str, ...]
    key: Literal["event_id", "mention_id"] = "event_id"
    field: str | None = None
    ordinal: str | None = None
    when: tuple[Condition, ...] = ()

    @property
    def on(self) -> tuple[str, ...]:
        return self.columns


class Observation(Rule):
    """A rule that needs more than tables: a file's bytes, a package, an article's text."""

    kind: Literal["observation"] = "observation"
    columns: tuple[str, ...] = ()

    @property
    def on(self) -> tuple[str, ...]:
        return self.columns


RowRule: TypeAlias = (
    Compare
    | PrefixOf
    | WithinEdtf
    | OrderedEdtf
    | WithinCountry
    | Computed
    | Requires
    | Implies
    | Lookup
)
# Judged key by key: the rows that share a key tell all.
TableRule: TypeAlias = Unique | ForeignKey | Sequence | Tally | Total | Join
# Judged over whole tables at once, where records or tables are checked together.
CorpusRule: TypeAlias = Acyclic | Traced
