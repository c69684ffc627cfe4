// A record's page: what was coded, what was weighed, who says so, and what hangs on it.
function drawRecord(id) {
  const place = placeById.get(id);
  const event = events.row(place);
  const code = codeRows.get(event.action_code);
  const other = language === "en" ? "vi" : "en";
  replace(byId("record"),
    neighbours(place),
    h("p", { class: "kicker" }, id, event.record_version && ` · ${t("version", { version: event.record_version })}`, " · ", formatDates(place)),
    h("h1", { tabindex: "-1" }, summaryOf(place)),
    event[`summary_${other}`] && h("p", { class: "dek", lang: other }, event[`summary_${other}`]),
    h("p", { class: `tone-line tone${toneOf[place]}` }, h("i", { "aria-hidden": "true" }), toneLabel(toneOf[place])),
    h("p", { class: "permalink" }, h("label", {}, h("span", {}, t("permalink")), h("input", { readonly: true, id: "permalink", value: `${location.href.split("#")[0]}#${id}`, on: { focus: (e) => e.target.select() } })),
      h("button", { type: "button", on: { click: () => saveRecord(id) } }, t("save.record"))),
    h("div", { class: "record-grid" },
      part("record.who", partyTable(place, id)),
      part("record.act", facts([
        ["code", [h("b", { class: "code" }, event.action_code), " ", english(event.action_name)]],
        ["gloss", inLanguage(code, "gloss")],
        ["root", event.action_root_code && [bareCode(event.action_root_code), " ", english(codeName(event.action_root_code))]],
        ["fit", event.code_fit && coded("code-fit", event.code_fit)],
        ["plover", event.plover_type], ["goldstein", event.goldstein_gdelt !== undefined && formatNumber(event.goldstein_gdelt)],
        ["object", english(event.object_en)],
        ["symmetric", event.symmetric && t("yes")],
      ])),
      part("record.status", facts([
        ["occurred", event.occurred !== undefined && t(event.occurred ? "yes" : "no")],
        ["factuality", event.factuality && coded("factuality", event.factuality)],
        ["polarity", event.polarity && coded("polarity", event.polarity)],
        ["content", event.content_status && coded("content-status", event.content_status)],
        ["content_note", english(event.content_status_note_en)],
        ["condition", english(event.condition_en)],
        ["confidence", event.confidence && coded("confidence", event.confidence)], ["confidence_note", english(event.confidence_note_en)],
      ])),
      part("record.when", facts([
        ["date", formatDates(place)], ["edtf", event.date_edtf && h("code", {}, event.date_edtf)],
        ["basis", event.date_basis && coded("date-basis", event.date_basis)],
        ["anchor", event.date_anchor_event_id && linkTo(event.date_anchor_event_id)],
        ["date_note", english(event.date_note_en)],
        ["place", event.place_name ?? (event.place_country_code && countryName(event.place_country_code))],
        ["precision", event.place_precision && coded("place-precision", event.place_precision)],
        ["coordinates", event.latitude !== undefined && `${event.latitude}, ${event.longitude}`],
        ["deaths", event.fatalities_best !== undefined && deathsTold(event)],
      ])),
    ),
    consideredBlock(id), mentionsBlock(id), relationsBlock(id), historyBlock(id),
    tables.articles.size > 0 && h("div", { id: "texts", class: "texts" }));
  drawTexts();
}

const part = (key, ...content) => h("section", {}, h("h2", {}, t(key)), content);
const coded = (vocabulary, value) => [h("b", {}, label(vocabulary, value)),
  meaning(vocabulary, value) && h("span", { class: "meaning" }, ` ${meaning(vocabulary, value)}`)];

function linkTo(id) {
  const place = placeById.get(id);
  return place === undefined ? id : [h("a", { href: `#${id}` }, id), ` ${summaryOf(place)}`];
}

function neighbours(place) {
  const around = selected.includes(place) ? selected : Array.from({ length: events.size }, (_, index) => index);
  const here = around.indexOf(place);
  const link = (step, key) => around[here + step] !== undefined &&
    h("a", { href: `#${events.at("event_id", around[here + step])}` }, t(key));
  return h("nav", { class: "back", "aria-label": t("record.nav") }, h("a", { href: "#" }, t("back")), link(-1, "previous"), link(1, "next"));
}

function partyTable(place, id) {
  let parties = rowsOf("participants", "event_id", id);
  if (!parties.length) {
    parties = ["actor", "target"].filter((slot) => partyName(place, slot)).map((slot) => ({ slot, name: partyName(place, slot),
      actor_code: events.at(`${slot}_code`, place), actor_country_code: events.at(`${slot}_country_code`, place) }));
  }
  if (!parties.length) return h("p", {}, t("nobody"));
  return h("dl", { class: "facts" }, parties.map((party) => h("div", {},
    h("dt", {}, label("slot", party.slot)),
    h("dd", {}, h("b", {}, party.name ?? actorName(party.actor_id)),
      party.actor_code && [" ", h("span", { class: "code" }, party.actor_code)],
      party.actor_country_code && ` · ${countryName(party.actor_country_code)}`,
      actorRows.get(party.actor_id)?.identified === false && ` · ${t("unnamed")}`))));
}

function deathsTold(event) {
  const { fatalities_low: low, fatalities_best: best, fatalities_high: high } = event;
  const range = low === high ? formatNumber(best) : `${formatNumber(best)} (${formatNumber(low)}–${formatNumber(high)})`;
  return event.fatalities_claimant_id ? `${range}, ${t("according", { who: actorName(event.fatalities_claimant_id) })}` : range;
}

function consideredBlock(id) {
  const rows = rowsOf("alternatives", "event_id", id);
  if (!rows.length) return null;
  const told = (row) => (row.field === "action_code" ? [h("span", { class: "code" }, row.value), " ", english(codeName(row.value))] : row.value);
  return part("record.considered", h("ul", { class: "considered" }, rows.map((row) => h("li", { class: row.standing },
    h("p", {}, h("span", { class: "tag" }, label("standing", row.standing)), " ", h("span", { class: "field" }, row.field), " = ", h("b", {}, told(row))),
    h("p", { class: "reason", lang: "en" }, row.reason)))));
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
    h("span", { lang: "en" }, row.reason), row.other_event_id && [" ", linkTo(row.other_event_id)]))));
}
