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
