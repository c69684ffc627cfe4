// The table: sorted by any column, a page at a time.
const PAGE_SIZE = 25;
const COLUMNS = [
  ["date", (place) => formatDates(place), (place) => firstDay[place]],
  ["actor", (place) => partyNamed(place, "actor"), (place) => partyName(place, "actor")],
  ["act", actLink, (place) => events.at("action_code", place)],
  ["target", (place) => partyNamed(place, "target"), (place) => partyName(place, "target")],
  ["place", placeNamedAt, (place) => events.at("place_name", place) ?? countryName(events.at("place_country_code", place))],
  ["status", (place) => statusOf(place)],
  ["confidence", (place) => events.at("confidence", place) && label("confidence", events.at("confidence", place))],
  ["record", (place) => events.at("event_id", place),
    (place) => events.at("event_id", place)],
];

function actLink(place) {
  const { text, code } = actTold(place);
  const link = h("a", { class: "act", lang: code, href: `#${events.at("event_id", place)}` }, text);
  const number = events.at("action_code", place);
  return number === undefined ? link : [h("span", { class: "code" }, bareCode(number)), " ", link];
}

function placeNamedAt(place) {
  const [name, country] = [events.at("place_name", place), events.at("place_country_code", place)];
  return name ? said(name) : country && countryNamed(country);
}
let order = { column: "date", down: false };
let pageNumber = 0;

function statusOf(place) {
  const parts = [];
  const factuality = events.at("factuality", place);
  if (factuality) parts.push(label("factuality", factuality));
  if (events.at("certainty", place)) parts.push(label("certainty", events.at("certainty", place)));
  if (events.at("polarity", place) === "negated") parts.push(label("polarity", "negated"));
  if (events.at("conditional", place)) parts.push(t("conditional"));
  return parts.join(", ");
}

function sortSelected() {
  const [, show, key] = COLUMNS.find(([name]) => name === order.column);
  const keys = new Map(selected.map((place) => [place, key ? key(place) : show(place)]));
  const collator = new Intl.Collator(language);
  const sign = order.down ? -1 : 1;
  // What has no value stands last, whichever way the column is sorted.
  return [...selected].sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    if (a === b) return one - other;
    if (a === undefined || a === "" || a === -Infinity) return 1;
    if (b === undefined || b === "" || b === -Infinity) return -1;
    return sign * (typeof a === "number" ? a - b : collator.compare(a, b)) || one - other;
  });
}

function drawList(keep) {
  if (!keep) pageNumber = 0;
  const rows = sortSelected();
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_SIZE));
  const shown = rows.slice(pageNumber * PAGE_SIZE, (pageNumber + 1) * PAGE_SIZE);
  replace(byId("list"),
    h("h2", {}, t("list.title")),
    h("div", { class: "tools" },
      h("p", { class: "explain" }, t("list.explain", { n: formatNumber(rows.length) })),
      h("button", { type: "button", id: "save-csv", on: { click: saveCsv } }, t("save.csv")),
      h("button", { type: "button", id: "save-json", on: { click: saveJson } }, t("save.json"))),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("list.title") },
      h("table", {}, h("thead", {}, h("tr", {}, COLUMNS.map(heading))), h("tbody", {}, shown.map(rowOf)))),
    rows.length === 0 && h("p", { class: "empty" }, t("nothing")),
    pages > 1 && pager(pages));
}

function heading([name]) {
  const sorted = order.column === name ? (order.down ? "descending" : "ascending") : "none";
  return h("th", { scope: "col", class: `c-${name}`, "aria-sort": sorted },
    h("button", { type: "button", "data-sort": name, on: { click: () => {
      order = { column: name, down: order.column === name && !order.down };
      drawList();
      byId("list").querySelector(`[data-sort=${name}]`).focus();
    } } }, t(`column.${name}`), h("span", { "aria-hidden": "true" }, { ascending: " ↑", descending: " ↓", none: "" }[sorted])));
}

function rowOf(place) {
  return h("tr", { class: `tone${toneOf[place]}` }, COLUMNS.map(([name, show]) => h("td", { class: `c-${name}` }, show(place) || "–")));
}

// At the last page there is no way on; the focus stays with the way back.
function focusPager(step) {
  const [way, back] = step < 0 ? ["page-back", "page-on"] : ["page-on", "page-back"];
  byId(byId(way).disabled ? back : way).focus();
}

function pager(pages) {
  const turn = (step) => h("button", {
    type: "button", id: step < 0 ? "page-back" : "page-on", disabled: pageNumber + step < 0 || pageNumber + step >= pages,
    on: { click: () => { pageNumber += step; drawList(true); focusPager(step); announce(t("page", { n: pageNumber + 1, all: pages })); } },
  }, t(step < 0 ? "page.back" : "page.on"));
  return h("div", { class: "pager" }, turn(-1), h("span", {}, t("page", { n: formatNumber(pageNumber + 1), all: formatNumber(pages) })), turn(1));
}
