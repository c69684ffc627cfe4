// The selection as the tables of the release write it.
function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function cellOf(column, place) {
  const value = column.at(place);
  if (value === undefined) return "";
  if (column.kind === "b" || column.kind === "i") return String(value);
  if (column.kind === "n") return Number.isInteger(value) ? `${value}.0` : String(value);
  // No valid package holds such text; spreadsheets would run it.
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function csvOf(places) {
  const lines = [events.columns.map((column) => column.name).join(",")];
  for (const place of places) lines.push(events.columns.map((column) => cellOf(column, place)).join(","));
  return `${lines.join("\n")}\n`;
}

const saveCsv = () => save("events.csv", "text/csv;charset=utf-8", csvOf(selected));
const saveJson = () => save("events.json", "application/json", `${JSON.stringify(selected.map(events.row), null, 1)}\n`);

function without(row, ...names) {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

// The nested record, as events.jsonl of a release has it.
function nestRecord(id) {
  const row = events.row(placeById.get(id));
  // A converted record has the deaths that its source gives; a coded one has them from its counts.
  const isStored = (name) => !data.derived.includes(name) || (row.factuality === undefined && name.startsWith("fatalities_"));
  const event = Object.fromEntries(Object.entries(row).filter(([name]) => isStored(name)));
  const list = (table) => rowsOf(table, "event_id", id).map((row) => without(row, "event_id"));
  const mentions = list("mentions").map((mention) => ({
    ...mention,
    spans: rowsOf("spans", "mention_id", mention.mention_id).map((row) => without(row, "mention_id", "article_id")),
    attributions: rowsOf("attributions", "mention_id", mention.mention_id).map((row) => without(row, "mention_id")),
  }));
  return { schema_version: data.schema_version, ...event, participants: list("participants"), mentions,
    ...Object.fromEntries(data.lists.map((name) => [name, list(name)])),
    relations: list("relations"), alternatives: list("alternatives") };
}

const saveRecord = (id) => save(`${id}.json`, "application/json", `${JSON.stringify(nestRecord(id), null, 1)}\n`);
