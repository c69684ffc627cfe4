// An article: what is known of it, and its sentences; with the text, the words themselves.
function drawArticle(id) {
  const article = tables.articles.rows().find((row) => row.article_id === id);
  const place = byId("article");
  const points = texts.get(id);
  replace(place,
    h("p", { class: "back" }, h("a", { href: "#" }, t("back"))),
    h("p", { class: "kicker" }, id),
    h("h1", { tabindex: "-1", lang: article.language_code }, article.title ?? id),
    h("p", { class: "byline" }, [article.publisher, article.published_local].filter(Boolean).join(" · ")),
    facts([
      ["published", publishedTold(article)], ["length", `${formatNumber(article.text_length)} ${t("characters")}`],
      ["digest", h("code", { class: "long" }, article.text_sha256)],
    ]),
    strip(id),
    h("div", { id: "texts", class: "texts" }),
    h("h2", {}, t("article.sentences")),
    h("ol", { class: "sentences" }, rowsOf("sentences", "article_id", id).map((row) =>
      h("li", { id: `sentence-${row.sentence_no}`, class: row.disposition },
        h("p", { class: "sentence-head" }, sentenceDetail(row)),
        points && h("p", { class: "words", lang: article.language_code }, wordsOf(points, row, spansIn(row)))))));
  drawTexts();
  roveAmong(place.querySelector(".strip"), "button");
}

function publishedTold(article) {
  const days = [...new Set([article.published_earliest, article.published_latest].filter(Boolean))].map((day) => formatDay(day));
  return [days.join(" – "), article.published_note_en && [". ", h("span", { lang: "en" }, article.published_note_en)]];
}

function facts(pairs) {
  return h("dl", { class: "facts" }, pairs.filter(([, value]) => value !== undefined && value !== "" && value !== null && value !== false)
    .map(([key, value]) => h("div", {}, h("dt", {}, t(`fact.${key}`)), h("dd", {}, value))));
}

function spansIn(row) {
  return rowsOf("spans", "article_id", row.article_id)
    .filter((span) => span.char_start < row.char_end && span.char_end > row.char_start);
}

// The words of a sentence, cut wherever a span begins or ends; pieces tell which fields they are.
function wordsOf(points, { char_start: start, char_end: end }, spans) {
  const cuts = new Set([start, end]);
  for (const span of spans) {
    for (const cut of [span.char_start, span.char_end]) if (cut > start && cut < end) cuts.add(cut);
  }
  const places = [...cuts].sort((one, other) => one - other);
  return places.slice(0, -1).map((from, index) => {
    const words = points.slice(from, places[index + 1]).join("");
    // The narrowest span gives the colour: it says most about these words.
    const covering = spans.filter((span) => span.char_start <= from && span.char_end >= places[index + 1])
      .sort((one, other) => (one.char_end - one.char_start) - (other.char_end - other.char_start));
    const fields = [...new Set(covering.map((span) => span.field))];
    if (!fields.length) return words;
    const starting = spans.filter((span) => span.char_start === from).map((span) => label("span-field", span.field));
    return h("mark", { class: `field-${fields[0]}`, title: fields.map((field) => label("span-field", field)).join(", ") },
      starting.length > 0 && h("small", {}, [...new Set(starting)].join(" + ")), words);
  });
}
