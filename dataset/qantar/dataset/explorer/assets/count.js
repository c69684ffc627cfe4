// How many people: each row is one claimant's claim, in the order of the record.
const COUNT_COLUMNS = ["kind", "of", "low", "best", "high", "precision", "by"];

function countsBlock(event) {
  const rows = rowsOf("counts", "event_id", event.event_id);
  if (!rows.length) return null;
  return part("record.counts", h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("record.counts") },
    h("table", { class: "counts" }, h("thead", {}, h("tr", {}, COUNT_COLUMNS.map((name) => h("th", { scope: "col" }, t(`count.${name}`))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, label("count-kind", row.kind)), countCells(row, event)))))));
}

function countCells(row, event) {
  const figure = (value) => h("td", { class: "figure" }, value === undefined ? "–" : formatNumber(value));
  return [h("td", {}, row.of_whom && label("counted-side", row.of_whom), row.of_actor_id && [row.of_whom && ": ", actorNamed(row.of_actor_id)]),
    figure(row.low), figure(row.best), figure(row.high),
    h("td", {}, row.precision ? h("span", { title: meaning("count-precision", row.precision) }, label("count-precision", row.precision)) : "–"),
    h("td", {}, claimantNamed(row, event))];
}

// Without a claimant the article says so itself; rows converted from elsewhere have no article.
function claimantNamed(row, event) {
  if (row.claimant_id) return actorNamed(row.claimant_id);
  return rowsOf("mentions", "event_id", event.event_id).length ? t("count.article") : "–";
}

function deathsTold(event) {
  const { fatalities_low: low, fatalities_best: best, fatalities_high: high } = event;
  const ends = [low, high].map((end) => (end === undefined ? "…" : formatNumber(end)));
  const range = low === undefined && high === undefined ? "" : `${ends[0]}–${ends[1]}`;
  const figure = best === undefined ? range : low === best && high === best ? formatNumber(best)
    : `${formatNumber(best)}${range && ` (${range})`}`;
  return event.fatalities_claimant_id
    ? [figure, ", ", withElement("according", actorNamed(event.fatalities_claimant_id))] : figure;
}

const hasDeaths = (event) => ["low", "best", "high"].some((name) => event[`fatalities_${name}`] !== undefined);

// A sentence of the page around an element, in the place of its only blank.
function withElement(key, element) {
  const [before, after] = t(key).split(/\{\w+\}/);
  return [before, element, after];
}

// Long names break after a stroke.
const breakable = (name) => name.split(/(?<=_)/).flatMap((piece) => [piece, h("wbr")]);

// What the row's source says in its own terms, for rows converted from elsewhere.
function sourceBlock(event) {
  const names = Object.keys(event).filter((name) => name.startsWith("source_"));
  if (!names.length) return null;
  const told = (name) => (name === "source_url" ? outward(event[name], event[name])
    : said(String(event[name])));
  return part("record.source", h("dl", { class: "facts source" }, names.map((name) => h("div", {},
    h("dt", {}, words[language][`fact.${name}`] ?? h("code", {}, breakable(name))), h("dd", {}, told(name))))));
}
