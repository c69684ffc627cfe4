// An article: what is known of it, and its sentences; with the text, the words themselves.
function drawArticle(id) {
  const article = tables.articles.rows().find((row) => row.article_id === id);
  const place = byId("article");
  const points = texts.get(id);
  replace(place,
    h("p", { class: "back" }, h("a", { href: "#" }, t("back"))),
    h("p", { class: "kicker" }, idTold(id)),
    passage("h1", { tabindex: "-1" }, article.title ?? id, article.title && article.language_code),
    h("p", { class: "byline" }, [article.publisher, article.published_local].filter(Boolean)
      .flatMap((text, index) => [index > 0 && " · ", said(text, article.language_code)])),
    facts([
      ["published", publishedTold(article)], ["published_note", passageIn(article, "published_note")],
      ["source_kind", article.source_kind && label("source-kind", article.source_kind)],
      ["url", article.url && outward(article.url, article.url)],
      ["retrieved", article.retrieved_on && formatDay(article.retrieved_on)],
      ["text_license", article.text_license && licenceTold(article.text_license)],
      ["length", `${formatNumber(article.text_length)} ${t("characters")}`],
      ["digest", h("code", { class: "long" }, article.text_sha256)],
      ["digest_key", article.digest_key && coded("digest-key", article.digest_key)],
    ]),
    strip(id),
    h("div", { id: "texts", class: "texts" }),
    h("h2", {}, t("article.sentences")),
    h("ol", { class: "sentences" }, rowsOf("sentences", "article_id", id).map((row) =>
      h("li", { id: `sentence-${row.sentence_no}`, class: row.disposition },
        h("p", { class: "sentence-head" }, sentenceDetail(row)),
        points && h("p", { class: "words", dir: "auto", lang: article.language_code }, wordsOf(points, row, spansIn(row)))))));
  drawTexts();
  roveAmong(place.querySelector(".strip"), "button");
}

function publishedTold(article) {
  return [...new Set([article.published_earliest, article.published_latest].filter(Boolean))].map((day) => formatDay(day)).join(" – ");
}

const licenceTold = (text) => (/^https?:/.test(text) ? outward(text, text) : said(text));

function facts(pairs) {
  const known = pairs.filter(([, value]) => value !== undefined && value !== "" && value !== null && value !== false);
  return known.length > 0 && h("dl", { class: "facts" }, known.map(([key, value]) => h("div", {}, h("dt", {}, t(`fact.${key}`)), h("dd", {}, value))));
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
    const [before, after] = [points[from - 1], points[places[index + 1]]];
    const joined = `${from > start && joins(before, points[from]) ? " joins-before" : ""}${places[index + 1] < end && joins(points[places[index + 1] - 1], after) ? " joins-after" : ""}`;
    if (!fields.length) return joined ? h("span", { class: joined.trim() }, words) : words;
    const starting = spans.filter((span) => span.char_start === from).map(spanLabel);
    return h("mark", { class: `field-${fields[0]}${joined}`, title: covering.map(spanLabel).filter((one, at, all) => all.indexOf(one) === at).join(", ") },
      starting.length > 0 && h("small", { dir: "ltr" }, [...new Set(starting)].join(" + ")), words);
  });
}

// The field, and whom the words name where that is another than who takes part.
const spanLabel = (span) => label("span-field", span.field) + (span.actor_id ? ` (${t("span.names", { who: isolate(actorName(span.actor_id)) })})` : "");
