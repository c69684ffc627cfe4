// The mentions of a record: where, how surely, who says so, and from which words.
function mentionBlock(mention) {
  const article = tables.articles.rows().find((row) => row.article_id === mention.article_id);
  const spans = rowsOf("spans", "mention_id", mention.mention_id);
  const points = texts.get(mention.article_id);
  const status = [label("factuality", mention.factuality), mention.certainty && label("certainty", mention.certainty), mention.polarity === "negated" && label("polarity", "negated"),
    mention.content_status && label("content-status", mention.content_status), mention.conditional && t("conditional"),
    mention.quotation && label("quotation", mention.quotation)].filter(Boolean);
  return h("li", { class: mention.leading ? "mention leading" : "mention" },
    h("h3", {}, h("a", { href: `#${mention.article_id}/${mention.sentence_no}` }, `${mention.article_id}, ${t("sentence", { n: mention.sentence_no }).toLowerCase()}`), ` (${label("zone", mention.zone).toLowerCase()})`,
      mention.leading && h("span", { class: "tag" }, t("leading"))),
    h("p", {}, status.join(" · ")),
    chain(mention),
    points ? mentionWords(mention, article, points, spans) : h("p", { class: "spans" }, spanList(spans)));
}

function chain(mention) {
  const links = rowsOf("attributions", "mention_id", mention.mention_id);
  const steps = [h("li", {}, h("b", {}, t("chain.article", { article: mention.article_id })), links.length === 0 && ` ${t("chain.own")}`)];
  for (const link of links) {
    const manner = [link.verbatim && t("verbatim"), link.implied && t("implied")].filter(Boolean);
    steps.push(h("li", {}, h("b", {}, actorNamed(link.actor_id)), ` ${label("speech-act", link.speech_act)}`, manner.length > 0 && ` (${manner.join(", ")})`));
  }
  return h("ol", { class: "chain", "aria-label": t("chain.label") }, steps);
}

function spanList(spans) {
  return spans.map((span) => h("span", { class: `span field-${span.field}` }, h("small", {}, label("span-field", span.field)), ` ${span.char_start}–${span.char_end}`,
    span.actor_id && [" ", h("small", {}, withElement("span.names", actorNamed(span.actor_id)))]));
}

function mentionWords(mention, article, points, spans) {
  const sentences = rowsOf("sentences", "article_id", mention.article_id).filter((row) => row.sentence_no === mention.sentence_no ||
    spans.some((span) => span.char_start < row.char_end && span.char_end > row.char_start));
  const covered = (span) => sentences.some((row) => span.char_start >= row.char_start && span.char_end <= row.char_end);
  return [sentences.map((row) => h("blockquote", { dir: "auto", lang: article?.language_code }, wordsOf(points, row, spans))),
    spans.filter((span) => !covered(span)).length > 0 && h("p", { class: "spans" }, spanList(spans.filter((span) => !covered(span))))];
}
