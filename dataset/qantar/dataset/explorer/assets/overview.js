// The head of the page and its figures.
const SECTIONS = ["timeline", "network", "map", "list", "ledger"];

function buildMasthead() {
  const switches = LANGUAGES.map(([code, name]) =>
    h("button", { type: "button", lang: code, "aria-pressed": String(language === code),
      on: { click: () => { setLanguage(code); drawAll(); byId("masthead").querySelector(`[lang=${code}]`).focus(); } } }, name));
  replace(byId("masthead"),
    h("a", { href: "#", class: "brand" }, "Qantar"),
    h("nav", { "aria-label": t("nav.title") }, SECTIONS.filter(isThere).map((name) =>
      h("a", { href: `#${name}` }, t(`nav.${name}`)))),
    contentChooser(),
    h("div", { class: "switch", role: "group", "aria-label": t("language") }, switches));
  byId("skip").textContent = t("skip");
}

// In which language the project's words are shown, where it is written in several.
function contentChooser() {
  if (data.languages.length < 2) return null;
  return h("label", { class: "content" }, h("span", {}, t("content")),
    h("select", { id: "content", on: { change: (event) => { setContent(event.target.value); searchTexts = null; drawAll(); byId("content").focus(); } } },
      data.languages.map(([code, tag]) => h("option", { value: code, selected: code === contentLanguage() }, isolate(nameOfLanguage(tag))))));
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
    passage("h1", {}, title, mainLanguage()),
    passage("p", { class: "dek" }, summary, mainLanguage()),
    h("p", { class: "byline" }, [
      version && t("version", { version }), said(creator, mainLanguage()),
      licence && (url ? h("a", { href: url, rel: "noreferrer" }, licence) : licence),
    ].filter(Boolean).flatMap((part, place) => (place ? [" · ", part] : [part]))),
    h("dl", { class: "figures" }, figures.map(([number, key]) =>
      h("div", {}, h("dt", {}, t(key)), h("dd", {}, formatNumber(number))))),
    tables.articles.size > 0 && tables.articles.size < 30 && h("p", { class: "caution" }, t("caution")));
}
