// Digests travel as the Base64 of their bytes, a third shorter than their digits.
const digitsOf = (packed) =>
  Array.from(atob(packed), (letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");

function openColumn({ n: name, k: kind, d: distinct, v: values }) {
  if (kind === "x") (distinct ?? values).forEach((value, place, all) => { if (value !== null) all[place] = digitsOf(value); });
  const plain = (place) => {
    const value = values === undefined ? null : values[place];
    if (value === null) return undefined;
    if (distinct) return value < 0 ? undefined : distinct[value];
    return kind === "b" ? value === 1 : value;
  };
  return { name, kind, at: plain };
}

function openTable({ n: size, c: columns }) {
  const opened = columns.map(openColumn);
  const byName = new Map(opened.map((column) => [column.name, column]));
  let rows = null;
  return {
    size,
    columns: opened,
    at: (name, place) => byName.get(name)?.at(place),
    row: (place) => {
      const row = {};
      for (const column of opened) {
        const value = column.at(place);
        if (value !== undefined) row[column.name] = value;
      }
      return row;
    },
    rows() {
      rows ??= Array.from({ length: size }, (_, place) => this.row(place));
      return rows;
    },
  };
}

const tables = Object.fromEntries(
  Object.entries(data.tables).map(([name, table]) => [name, openTable(table)]));
const events = tables.events;
const grouped = {};

// The rows of a table that belong to a key, such as the mentions of an event.
function rowsOf(table, key, value) {
  grouped[`${table}.${key}`] ??= groupBy(tables[table].rows(), key);
  return grouped[`${table}.${key}`].get(value) || [];
}

const placeById = new Map();
for (let place = 0; place < events.size; place += 1) placeById.set(events.at("event_id", place), place);
