// The head of the page, its figures, and the days with the window laid over them.
const SECTIONS = ["timeline", "network", "map", "list", "ledger"];
const MOST_BINS = 120;

function buildMasthead() {
  const switches = LANGUAGES.map(([code, name]) =>
    h("button", { type: "button", lang: code, "aria-pressed": String(language === code),
      on: { click: () => { setLanguage(code); drawAll(); byId("masthead").querySelector(`[lang=${code}]`).focus(); } } }, name));
  replace(byId("masthead"),
    h("a", { href: "#", class: "brand" }, "Qantar"),
    h("nav", { "aria-label": t("nav.title") }, SECTIONS.filter(isThere).map((name) =>
      h("a", { href: `#${name}` }, t(`nav.${name}`)))),
    h("div", { class: "switch", role: "group", "aria-label": t("language") }, switches));
  byId("skip").textContent = t("skip");
}

function isThere(name) {
  if (name === "map") return data.map !== null;
  if (name === "network") return data.actors.length > 0;
  if (name === "ledger") return tables.sentences.size > 0;
  return true;
}

function buildOpening() {
  const occurred = Array.from(toneOf).filter((_, place) => events.at("occurred", place)).length;
  const coded = tables.sentences.rows().filter((row) => row.disposition === "coded").length;
  const figures = [
    [events.size, "figure.events"], [occurred, "figure.occurred"],
    [placesOfActor.size, "figure.actors"], [tables.articles.size, "figure.articles"],
    [tables.sentences.size, "figure.sentences"], [coded, "figure.coded"], [tables.spans.size, "figure.spans"],
  ].filter(([number]) => number > 0);
  const { title, summary, version, creator, licence, licence_url: url } = data.heading;
  replace(byId("opening"),
    h("p", { class: "kicker" }, t("kicker")),
    h("h1", { lang: "en" }, title),
    summary && h("p", { class: "dek", lang: "en" }, summary),
    h("p", { class: "byline" }, [
      version && t("version", { version }), creator,
      licence && (url ? h("a", { href: url, rel: "noreferrer" }, licence) : licence),
    ].filter(Boolean).flatMap((part, place) => (place ? [" · ", part] : [part]))),
    h("dl", { class: "figures" }, figures.map(([number, key]) =>
      h("div", {}, h("dt", {}, t(key)), h("dd", {}, formatNumber(number))))),
    tables.articles.size > 0 && tables.articles.size < 30 && h("p", { class: "caution" }, t("caution")));
}

// Days are drawn one by one, or in bins of as many days as keep the bars apart.
const binSize = core ? Math.max(1, Math.ceil((core[1] - core[0] + 1) / MOST_BINS)) : 1;
const binCount = core ? Math.floor((core[1] - core[0]) / binSize) + 1 : 0;
const binOf = (day) => Math.floor((day - core[0]) / binSize);

function countDays(places) {
  const certain = Array.from({ length: binCount }, () => [0, 0, 0, 0, 0]);
  const possible = new Float64Array(binCount);
  for (const place of places) {
    const from = binOf(Math.max(firstDay[place], core[0]));
    const to = binOf(Math.min(lastDay[place], core[1]));
    if (firstDay[place] === lastDay[place] && from === to && certain[from]) certain[from][toneOf[place]] += 1;
    for (let bin = Math.max(from, 0); bin <= to && bin < binCount; bin += 1) possible[bin] += 1;
  }
  return { certain, possible };
}

function buildDays() {
  const bound = (key, name, value) => h("input", {
    type: "range", id: `window-${key}`, min: 0, max: binCount - 1, step: 1, value, "aria-label": t(name),
    on: { input: (event) => moveWindow(key, Number(event.target.value)) },
  });
  const [from, to] = windowBins();
  replace(byId("days"),
    h("div", { class: "bars", "aria-hidden": "true", id: "bars" }),
    h("div", { class: "slider" }, bound("from", "window.from", from), bound("to", "window.to", to)),
    h("p", { class: "ends" }, h("span", { id: "window-start" }), h("span", {}, t("window.note")), h("span", { id: "window-end" })));
}

function windowBins() {
  return [
    chosen.from === null ? 0 : Math.max(0, binOf(chosen.from)),
    chosen.to === null ? binCount - 1 : Math.min(binCount - 1, binOf(chosen.to)),
  ];
}

function moveWindow(key, bin) {
  const [from, to] = windowBins();
  const start = key === "from" ? Math.min(bin, to) : from;
  const end = key === "to" ? Math.max(bin, from) : to;
  byId(`window-${key}`).value = key === "from" ? start : end;
  choose({
    from: start === 0 ? null : core[0] + start * binSize,
    to: end === binCount - 1 ? null : core[0] + (end + 1) * binSize - 1,
  });
}

function drawDays() {
  if (!core) return;
  const { certain, possible } = countDays(selected);
  const top = Math.max(1, ...possible);
  const [from, to] = windowBins();
  replace(byId("bars"), certain.map((tones, bin) => {
    const parts = TONES.map((tone) => tones[tone] > 0 &&
      h("i", { class: `tone${tone}`, style: { height: `${(100 * tones[tone]) / top}%` } }));
    return h("span", { class: bin < from || bin > to ? "out" : "" },
      h("b", { style: { height: `${(100 * possible[bin]) / top}%` } }), h("em", {}, parts));
  }));
  const start = isoOf(core[0] + from * binSize);
  const end = isoOf(Math.min(core[1], core[0] + (to + 1) * binSize - 1));
  byId("window-start").textContent = formatDay(start);
  byId("window-end").textContent = formatDay(end);
  byId("window-from").setAttribute("aria-valuetext", formatDay(start));
  byId("window-to").setAttribute("aria-valuetext", formatDay(end));
  byId("window-from").value = from;
  byId("window-to").value = to;
}
