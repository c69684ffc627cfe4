// A record's page: what was coded, what was weighed, who says so, and what hangs on it.
function drawRecord(id) {
  const place = placeById.get(id);
  const event = events.row(place);
  const code = codeRows.get(event.action_code);
  const act = actTold(place);
  const { text: summary, code: summaryIn } = summaryOf(place);
  const others = data.languages.map(([name]) => name).filter((name) => name !== summaryIn && event[`summary_${name}`]);
  replace(byId("record"),
    neighbours(place),
    h("p", { class: "kicker" }, idTold(id), event.record_version && ` · ${t("version", { version: event.record_version })}`, " · ", formatDates(place)),
    passage("h1", { tabindex: "-1" }, summary, summaryIn),
    others.map((name) => passage("p", { class: "dek" }, event[`summary_${name}`], name)),
    h("p", { class: `tone-line tone${toneOf[place]}` }, h("i", { "aria-hidden": "true" }), toneLabel(toneOf[place])),
    h("p", { class: "permalink" }, h("label", {}, h("span", {}, t("permalink")), h("input", { readonly: true, id: "permalink", value: `${location.href.split("#")[0]}#${id}`, on: { focus: (e) => e.target.select() } })),
      h("button", { type: "button", on: { click: () => saveRecord(id) } }, t("save.record"))),
    h("div", { class: "record-grid" },
      part("record.who", partyTable(place, id)),
      part("record.act", facts([
        ["code", event.action_code && [h("b", { class: "code" }, event.action_code), " ", said(act.text, act.code)]],
        ["gloss", passageIn(code, "gloss")],
        ["root", event.action_root_code && [bareCode(event.action_root_code), " ", codeNamed(event.action_root_code)]],
        ["fit", event.code_fit && coded("code-fit", event.code_fit)],
        ["plover", event.plover_type], ["goldstein", event.goldstein_gdelt !== undefined && formatNumber(event.goldstein_gdelt)],
        ["object", passageIn(event, "object")],
        event.direction ? ["direction", coded("direction", event.direction)] : ["symmetric", event.symmetric && t("yes")],
        ["match", event.action_match && coded("action-match", event.action_match)],
        ["contexts", contextsOf(id)],
      ])),
      part("record.status", facts([
        ["occurred", event.occurred !== undefined && t(event.occurred ? "yes" : "no")],
        ["factuality", event.factuality && coded("factuality", event.factuality)],
        ["certainty", event.certainty && coded("certainty", event.certainty)],
        ["polarity", event.polarity && coded("polarity", event.polarity)],
        ["content", event.content_status && coded("content-status", event.content_status)],
        ["content_note", passageIn(event, "content_status_note")],
        ["condition", passageIn(event, "condition")],
        ["confidence", event.confidence && coded("confidence", event.confidence)], ["confidence_note", passageIn(event, "confidence_note")],
      ])),
      part("record.when", facts([
        ["date", formatDates(place)], ["edtf", event.date_edtf && h("code", {}, event.date_edtf)],
        ["extent", extentOf(place) && coded("date-extent", extentOf(place))],
        ["basis", event.date_basis && coded("date-basis", event.date_basis)],
        ["earliest_from", event.date_earliest_event_id && linkTo(event.date_earliest_event_id)],
        ["latest_from", event.date_latest_event_id && linkTo(event.date_latest_event_id)],
        ["anchor", event.date_anchor_event_id && linkTo(event.date_anchor_event_id)],
        ["date_note", passageIn(event, "date_note")],
        ["place", placeTold(event)],
        ["place_id", event.place_id && registered(event.place_id)],
        ["precision", event.place_precision && coded("place-precision", event.place_precision)],
        ["coordinates", hasPoint(event) && `${event.latitude}, ${event.longitude}`],
        ["deaths", hasDeaths(event) && deathsTold(event)],
      ])),
    ),
    countsBlock(event), sourceBlock(event), consideredBlock(id), mentionsBlock(id), relationsBlock(id), historyBlock(id),
    tables.articles.size > 0 && h("div", { id: "texts", class: "texts" }));
  drawTexts();
}

// Ids keep their capitals and small letters.
const idTold = (id) => h("span", { class: "id" }, id);

const part = (key, content) => content && h("section", {}, h("h2", {}, t(key)), content);
const coded = (vocabulary, value) => [h("b", {}, label(vocabulary, value)),
  meaning(vocabulary, value) && h("span", { class: "meaning" }, ` ${meaning(vocabulary, value)}`)];

function linkTo(id) {
  const place = placeById.get(id);
  if (place === undefined) return id;
  const { text, code } = summaryOf(place);
  return [h("a", { href: `#${id}` }, id), " ", said(text, code)];
}

function contextsOf(id) {
  const rows = rowsOf("contexts", "event_id", id);
  return rows.length > 0 && h("ul", { class: "terms" }, rows.map(({ context }) =>
    h("li", { lang: ownName(context) ? language : "en" }, ownName(context) ?? context.replaceAll("_", " "))));
}

// The middle that a source gives for a country as a whole is not where the act was.
const hasPoint = (event) => event.latitude !== undefined && event.longitude !== undefined && event.place_precision !== "country";

// From the narrowest to the widest, each once.
function placeTold(event) {
  const parts = [event.place_name && said(event.place_name), event.admin1_name && said(event.admin1_name),
    event.place_country_code && countryNamed(event.place_country_code)].filter(Boolean);
  if (!parts.length) return null;
  const texts = parts.map((node) => node.textContent ?? node);
  return parts.filter((_, index) => texts.indexOf(texts[index]) === index).flatMap((node, index) => (index ? [", ", node] : [node]));
}

function neighbours(place) {
  const around = selected.includes(place) ? selected : Array.from({ length: events.size }, (_, index) => index);
  const here = around.indexOf(place);
  const link = (step, key) => around[here + step] !== undefined &&
    h("a", { href: `#${events.at("event_id", around[here + step])}` }, t(key));
  return h("nav", { class: "back", "aria-label": t("record.nav") }, h("a", { href: "#" }, t("back")), link(-1, "previous"), link(1, "next"));
}

function consideredBlock(id) {
  const rows = rowsOf("alternatives", "event_id", id);
  if (!rows.length) return null;
  const told = (row) => (row.field === "action_code" ? [h("span", { class: "code" }, row.value), " ", codeNamed(row.value)] : said(label(row.field.replaceAll("_", "-"), row.value)));
  return part("record.considered", h("ul", { class: "considered" }, rows.map((row) => h("li", { class: row.standing },
    h("p", {}, h("span", { class: "tag" }, label("standing", row.standing)), " ", h("span", { class: "field" }, row.field), " = ", h("b", {}, told(row))),
    passage("p", { class: "reason" }, row.reason, mainLanguage())))));
}

function mentionsBlock(id) {
  const rows = rowsOf("mentions", "event_id", id);
  return rows.length > 0 && part("record.mentions", h("ol", { class: "mentions" }, rows.map(mentionBlock)));
}

function relationsBlock(id) {
  const out = rowsOf("relations", "event_id", id).map((row) => [label("relation-type", row.relation), row.other_event_id]);
  const back = rowsOf("relations", "other_event_id", id).map((row) => [t(`inverse.${row.relation}`), row.event_id]);
  if (!out.length && !back.length) return null;
  return part("record.related", h("ul", { class: "related" }, [...out, ...back].map(([how, other]) =>
    h("li", {}, h("span", { class: "how" }, how), " ", linkTo(other)))));
}

function historyBlock(id) {
  const rows = rowsOf("changes", "event_id", id);
  return rows.length > 0 && part("record.history", h("ol", { class: "history" }, rows.map((row) => h("li", {},
    h("b", {}, `${t("version", { version: row.record_version })}, ${label("change-type", row.change)}`), row.dataset_version && ` (${t("release", { version: row.dataset_version })})`, ": ",
    said(row.reason, mainLanguage()), row.other_event_id && [" ", linkTo(row.other_event_id)]))));
}
