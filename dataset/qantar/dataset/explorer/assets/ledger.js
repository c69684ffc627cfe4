// Every sentence of an article as a box, wider if longer: its part of the page, its fate.
const ZONES = ["headline", "dateline", "body", "caption", "teaser", "sidebar", "boilerplate"];
const DISPOSITIONS = ["coded", "not_codeable", "out_of_scope"];

function drawLedger() {
  const section = byId("ledger");
  section.hidden = !isThere("ledger");
  if (section.hidden) return;
  replace(section,
    h("h2", {}, t("ledger.title")),
    h("p", { class: "explain" }, t("ledger.explain")),
    h("div", { class: "legend" }, DISPOSITIONS.map((name) =>
      h("span", { class: `key ${name}` }, h("i", { "aria-hidden": "true" }), label("disposition", name))),
      ZONES.filter((zone) => valuesIn("sentences", "zone").has(zone)).map((zone) =>
        h("span", { class: "key" }, h("i", { class: `band zone-${zone}`, "aria-hidden": "true" }), label("zone", zone)))),
    tables.articles.rows().slice(0, 20).map((article) => h("div", { class: "strip-block" },
      h("h3", {}, h("a", { href: `#${article.article_id}` }, article.article_id), " ", said(article.title, article.language_code)),
      strip(article.article_id))),
    tables.articles.size > 20 && h("p", {}, t("ledger.cut", { n: 20, all: formatNumber(tables.articles.size) })),
    h("div", { id: "texts", class: "texts" }));
  drawTexts();
  section.querySelectorAll(".strip").forEach((each) => roveAmong(each, "button"));
}

const valuesIn = (table, column) => new Set(tables[table].rows().map((row) => row[column]));

function strip(article) {
  const sentences = rowsOf("sentences", "article_id", article);
  const detail = h("p", { class: "detail", "aria-live": "polite" }, tallyOf(sentences));
  const boxes = sentences.map((row) => h("button", {
    type: "button", class: `box ${row.disposition} zone-${row.zone}`, style: { "flex-grow": Math.sqrt(row.char_end - row.char_start) },
    "aria-label": sentenceTold(row),
    on: { click: () => visit(`${article}/${row.sentence_no}`),
      focus: () => replace(detail, sentenceDetail(row)), mouseenter: () => replace(detail, sentenceDetail(row)) },
  }));
  return h("div", {}, h("div", { class: "strip", role: "group", "aria-label": t("ledger.label", { article }) }, boxes),
    zoneBands(sentences), detail);
}

// Neighbouring sentences of one part of the page under one name.
function zoneBands(sentences) {
  const bands = [];
  for (const row of sentences) {
    const size = Math.sqrt(row.char_end - row.char_start);
    if (bands.at(-1)?.zone === row.zone) { bands.at(-1).size += size; bands.at(-1).n += 1; }
    else bands.push({ zone: row.zone, size, n: 1 });
  }
  const whole = bands.reduce((sum, band) => sum + band.size, 0);
  return h("div", { class: "bands", "aria-hidden": "true" }, bands.map(({ zone, size, n }) =>
    h("span", { class: `band zone-${zone}`, title: label("zone", zone), style: { "flex-grow": size } },
      (byId("main").clientWidth * size) / whole > 8 * label("zone", zone).length + 12 ? label("zone", zone) : "")));
}

function tallyOf(sentences) {
  const counts = DISPOSITIONS.map((name) => [name, sentences.filter((row) => row.disposition === name).length]).filter(([, n]) => n);
  return `${count("n.sentences", sentences.length)}: ${counts.map(([name, n]) => `${formatNumber(n)} ${label("disposition", name).toLowerCase()}`).join(", ")}`;
}

function sentenceTold(row) {
  const parts = [t("sentence", { n: row.sentence_no }), label("zone", row.zone), label("disposition", row.disposition)];
  if (row.reason) parts.push(label("uncoded-reason", row.reason));
  return parts.join(", ");
}

function eventsIn(row) {
  const mentions = rowsOf("mentions", "article_id", row.article_id).filter((mention) => mention.sentence_no === row.sentence_no);
  return [...new Set(mentions.map((mention) => mention.event_id))];
}

function sentenceDetail(row) {
  return [h("b", {}, t("sentence", { n: row.sentence_no })), ` ${label("zone", row.zone)} · ${label("disposition", row.disposition)}`,
    row.reason && ` · ${label("uncoded-reason", row.reason)}`,
    writtenAs(row, "note") && [" · ", saidIn(row, "note")],
    eventsIn(row).map((id) => [" ", h("a", { href: `#${id}` }, id)])];
}
