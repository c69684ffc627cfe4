"""What kinds of rules add to the function that looks at a whole nested record.

The function is written once for each profile, as Python, and compiled. It reads each value
once, walks the lists of the record, and stops where a rule may find a fault. It is given
records of sound structure only, so that a value is absent or sound.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qantar.schema import Profile
from qantar.schema.shape import INHERITED, LISTS, PARENTS, RECORD_TABLES
from qantar.schema.tables import TABLES
from qantar.validation.rules.record.schema import level_schemas
from qantar.validation.rules.value.rule import is_required

# Beyond so many arguments a memory is begun anew.
MOST_REMEMBERED = 100_000


class Memory(dict[Any, Any]):
    """What a function returns for an argument, asked once while it is remembered."""

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        super().__init__()
        self.ask = ask

    def __missing__(self, argument: Any) -> Any:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        answer = self[argument] = self.ask(argument)
        return answer


class _ProseReader:
    """By its base name each prose that a row of a table has, in whatever language."""

    def __init__(self, table: str) -> None:
        self.bases = Memory(TABLES[table].base_of)

    def __call__(self, row: Mapping[str, Any]) -> dict[str, Any]:
        bases = self.bases
        return {base: row[name] for name in row if (base := bases[name])}


@dataclass
class Level:
    """What is done with the rows of one table in the record.

    before, after: lines before and after the loop over the rows, in the row around them.
    first: lines at the start of each row. each: lines of each row, before its lists are
    walked. last: lines of each row, after that.
    """

    table: str
    code: "RecordCode"
    before: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    each: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    is_numbered: bool = False

    @property
    def parent(self) -> "Level":
        return self.code.levels[PARENTS[self.table]]

    @property
    def inherited(self) -> tuple[str, ...]:
        """The columns that the rows take over from the row around them."""
        return INHERITED.get(self.table, ())

    @property
    def row(self) -> str:
        """The name of a row."""
        return f"{self.table}_row"

    @property
    def items(self) -> str:
        """The name of the list of rows."""
        return f"{self.table}_items"

    @property
    def place(self) -> tuple[str, tuple[str, ...]]:
        """The JSON pointer of a row, with %d for each position in a list; those positions."""
        if self.table not in PARENTS:
            return "", ()
        self.is_numbered = True
        around, positions = self.parent.place
        return f"{around}/{self.table}/%d", (*positions, f"{self.table}_position")

    def value(self, column: str) -> str:
        """The name of a column's value; it is None where there is none."""
        if column in self.inherited:
            return self.parent.value(column)
        if column not in self.columns:
            self.columns.append(column)
        return f"{self.table}_{column}"

    def key(self, columns: Sequence[str]) -> str:
        """What rows with the same values in these columns share."""
        return _key([self.value(column) for column in columns])

    def key_before(self, columns: Sequence[str]) -> str:
        """The key of the row before, by the number in the last column."""
        *others, number = [self.value(column) for column in columns]
        return _key([*others, f"{number} - 1"])

    def keys(self, columns: Sequence[str]) -> str:
        """The name of the set of keys of all rows, whole after the loop."""
        name = "_".join((self.table, "keys", *columns))
        line = f"if {self.there(*columns)}: {name}.add({self.key(columns)})"
        if f"{name} = set()" not in self.before:
            self.before.append(f"{name} = set()")
            self.each.append(line)
        return name

    def keyless(self, columns: Sequence[str]) -> str:
        """The number of rows that lack a value in one of these columns."""
        if not self._tests(columns):
            return "0"
        return self.count(f"not ({self.there(*columns)})", "_".join(("keyless", *columns)))

    def count(self, test: str, name: str) -> str:
        """The name of the number of rows of which a test is true, whole after the loop."""
        number = self.code.new(f"{self.table}_{name}")
        self.before.append(f"{number} = 0")
        self.each.append(f"if {test}: {number} += 1")
        return number

    def is_within(self, table: str, columns: Sequence[str]) -> bool:
        """Whether these columns lead to the row around, which is of a table."""
        return PARENTS.get(self.table) == table and {*columns} <= {*self.inherited}

    def there(self, *columns: str) -> str:
        """Where all these columns have a value."""
        return " and ".join(self._tests(columns)) or "True"

    def _tests(self, columns: Sequence[str]) -> list[str]:
        """What is asked of those that may have none."""
        by_name = TABLES[self.table].declared
        optional = [c for c in columns if not is_required(by_name[c], self.code.profile)]
        return [f"{self.value(column)} is not None" for column in optional]


class RecordCode:
    """The function that looks at a record, as it is written.

    It returns None in doubt. Otherwise it returns what leads out of the record, as (way,
    value, positions), and the events to which its own points.

    leads_to: the tables of which ids are looked up. keeps: by table, the columns of which each
    row is kept. With these the function is given objects with the fields of the rows in place
    of dicts, the record's number and, for every table, what takes that number and the values of
    a row; it returns how many keys the record has. languages: those of the prose that such
    objects have fields for.
    """

    def __init__(
        self,
        profile: Profile,
        leads_to: Sequence[str] = (),
        keeps: Mapping[str, Sequence[str]] | None = None,
        languages: tuple[str, ...] = (),
    ) -> None:
        self.profile = profile
        self.leads_to = leads_to
        self.keeps = keeps
        self.levels = {table: Level(table, self) for table in RECORD_TABLES}
        self.schemas = level_schemas(profile, languages)
        self._bound: dict[str, Any] = {}
        self._names: set[str] = set()

    def owner(self, key: str) -> Level:
        """The level of which this is the key."""
        return next(level for t, level in self.levels.items() if TABLES[t].primary_key == (key,))

    def bind(self, value: Any) -> str:
        """The name of a value that the function reads."""
        for name, held in self._bound.items():
            if held is value:
                return name
        name = f"bound_{len(self._bound)}"
        self._bound[name] = value
        return name

    def new(self, name: str) -> str:
        """A name that nothing has yet."""
        while name in self._names:
            name += "_"
        self._names.add(name)
        return name

    def compile(self) -> Callable[..., Any]:
        """The function."""
        code = compile(self.text(), f"<look at a record, {self.profile}>", "exec")
        scope = dict(self._bound)
        exec(code, scope)
        look: Callable[..., Any] = scope["look"]
        return look

    def text(self) -> str:
        """The function as Python."""
        lines = [f" {line}" for line in self._row("events")]
        if self.keeps is None:
            begin = ["def look(events_row):", " ends = []", " targets = set()"]
            return "\n".join([*begin, *lines, " return ends, targets", ""])
        takers = ", ".join(f"keep_{table}" for table in self.keeps)
        keys = len(self.schemas["events"].required)
        begin = [f"def look(events_row, number, {takers}):", f" keys = {keys}"]
        return "\n".join([*begin, *lines, " return keys", ""])

    def _row(self, table: str) -> Iterator[str]:
        level = self.levels[table]
        # What stands further in may read values of this row.
        inner = [line for name in LISTS[table] for line in self._list(name)]
        kept = [*self._kept(level)]
        if self.keeps is None and TABLES[table].prose & {*level.columns}:
            yield f"{table}_prose = {self.bind(_ProseReader(table))}({level.row})"
        for column in level.columns:
            yield f"{level.value(column)} = {self._held(level, column)}"
        yield from (*level.first, *level.each, *inner, *level.last, *kept)

    def _held(self, level: Level, name: str) -> str:
        """What a row holds under a name; None where it has no such field."""
        table = TABLES[level.table]
        if name in table.prose:
            if self.keeps is None:
                return f'{level.table}_prose.get("{name}")'
            fields = self.schemas[level.table].scalars
            texts = (f"{level.row}.{text}" for text in fields if table.base_of(text) == name)
            return " or ".join(texts) or "None"
        if self.keeps is not None:
            return f"{level.row}.{name}"
        is_there = name in self.schemas[level.table].required
        return f'{level.row}["{name}"]' if is_there else f'{level.row}.get("{name}")'

    def _kept(self, level: Level) -> Iterator[str]:
        """Count the keys of a row, and keep what is asked of it."""
        if self.keeps is not None:
            held = (self._held(level, name) for name in self.schemas[level.table].optional)
            counts = [f"({value} is not None)" for value in held]
            if counts:
                yield f"keys += {' + '.join(counts)}"
            values = "".join(f"{level.value(name)}, " for name in self.keeps[level.table])
            yield f"keep_{level.table}((number, {values}))"

    def _list(self, table: str) -> Iterator[str]:
        level = self.levels[table]
        yield f"{level.items} = {self._held(level.parent, table)} or ()"
        if self.keeps is not None:
            yield f"keys += {len(self.schemas[table].required)} * len({level.items})"
        body = [f" {line}" for line in self._row(table)]
        yield from level.before
        if body:
            rows = level.items
            if level.is_numbered:
                yield f"for {table}_position, {table}_row in enumerate({rows}):"
            else:
                yield f"for {table}_row in {rows}:"
            yield from body
        yield from level.after


def _key(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"({', '.join(values)})"
