// The choices above all views: search, tone, actor, act, status, place, article, and the days.
const MOST_CHOICES = 300;

function drawSelection() {
  drawChoices();
  for (const draw of [drawDays, drawTimeline, drawNetwork, drawMap, drawList]) draw();
}

function buildSelection() {
  const search = h("input", {
    type: "search", id: "search", value: chosen.search, autocomplete: "off", spellcheck: "false",
    placeholder: t("filter.search.hint"), dir: "auto",
    on: { input: (event) => choose({ search: event.target.value }) },
  });
  replace(byId("selection"),
    h("h2", { class: "unseen" }, t("selection.title")),
    h("div", { class: "choices" },
      h("label", { class: "wide" }, h("span", {}, t("filter.search")), search),
      chooser("tone", TONES.filter((tone) => toneOf.includes(tone)).map((tone) => [String(tone), toneLabel(tone)])),
      chooser("actor", actorChoices()),
      chooser("root", rootChoices()),
      chooser("factuality", valuesOf("factuality").map((value) => [value, label("factuality", value)])),
      data.map && chooser("place", placeChoices()),
      tables.articles.size > 1 &&
        chooser("article", tables.articles.rows().map((row) => [row.article_id, row.article_id]))),
    core && h("div", { id: "days", class: "days" }),
    h("p", { class: "tally", id: "tally" }));
  if (core) buildDays();
}

function chooser(key, choices) {
  if (choices.length < 2) return null;
  const options = choices.slice(0, MOST_CHOICES).map(([value, name]) =>
    h("option", { value, selected: chosen[key] === value }, name));
  return h("label", {}, h("span", {}, t(`filter.${key}`)),
    h("select", { id: `choose-${key}`, on: { change: (event) => choose({ [key]: event.target.value }) } },
      h("option", { value: "" }, t("filter.any")), options));
}

function actorChoices() {
  return [...placesOfActor].sort((one, other) => other[1].size - one[1].size).slice(0, MOST_CHOICES)
    .map(([key, places]) => [key, `${isolate(nameOfActorKey(key))} (${formatNumber(places.size)})`]);
}

function nameOfActorKey(key) {
  if (actorRows.has(key)) return actorName(key);
  return data.actors.find((actor) => actor.key === key)?.name ?? key;
}

function placeChoices() {
  return data.map.p.map((place, where) => [String(where), place, eventsAt[where]])
    .sort((one, other) => other[2] - one[2]).slice(0, MOST_CHOICES)
    .map(([where, place, number]) => [where, `${isolate(placeName(place))} (${formatNumber(number)})`]);
}

function rootChoices() {
  return valuesOf("action_root_code").sort().map((code) => [code, `${bareCode(code)} ${codeName(code)}`]);
}

function valuesOf(column) {
  const found = new Set();
  for (let place = 0; place < events.size; place += 1) {
    const value = events.at(column, place);
    if (value !== undefined) found.add(value);
  }
  return [...found];
}

// What the colours mean, beside every picture that uses them.
function toneLegend(tones = TONES) {
  return h("div", { class: "legend" }, tones.filter((tone) => toneOf.includes(tone)).map((tone) =>
    h("span", { class: `key tone${tone}` }, h("i", { "aria-hidden": "true" }), toneLabel(tone))));
}

function drawChoices() {
  for (const key of ["tone", "actor", "root", "factuality", "place", "article"]) {
    const select = byId(`choose-${key}`);
    if (select && select.value !== chosen[key]) select.value = chosen[key];
  }
  const shown = t("selection.shown", { n: formatNumber(selected.length), all: formatNumber(events.size) });
  replace(byId("tally"),
    h("strong", {}, shown), " ",
    data.n_all > events.size && t("selection.cut", { n: formatNumber(events.size), all: formatNumber(data.n_all) }), " ",
    isNarrowed() && h("button", { type: "button", class: "plain", on: { click: reset } }, t("selection.reset")));
}

function reset() {
  Object.assign(chosen, NOTHING_CHOSEN);
  select();
  buildSelection();
  drawSelection();
  byId("search").focus();
}
