// Articles' texts that the reader holds: checked here, shown here, sent nowhere.
const texts = new Map();
let answers = [];
const LARGEST_TEXT = 5_000_000;
const COMMON_DAMAGE = [
  ["bom", (text) => text.replace(/^\uFEFF/, "")],
  ["crlf", (text) => text.replace(/\r\n?/g, "\n")],
  ["nfc", (text) => text.normalize("NFC")],
  ["end", (text) => text.replace(/\n+$/, "")],
  ["end", (text) => `${text.replace(/\n+$/, "")}\n`],
];

async function takeFiles(files) {
  const found = [];
  for (const file of files) found.push(await takeFile(file));
  // Only now: the reader may have gone to another record in the meantime.
  answers = found;
  drawCurrent();
  announce(answers.map((answer) => answer.text).join(" "));
  byId("text-file")?.focus();
}

// What became of a file: taken, or what is wrong with it.
async function takeFile(file) {
  const refuse = (key, values) => ({ good: false, text: `${file.name}: ${t(key, values)}` });
  if (file.size > LARGEST_TEXT) return refuse("text.large", { n: formatNumber(file.size) });
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("text.encoding");
  }
  const article = articleOfDigest(await digestOf(bytes));
  if (article) return { good: true, text: `${file.name}: ${await takeText(article, text)}` };
  const [key, values] = await findDamage(text);
  return refuse(key, values);
}

const articleOfDigest = (digest) => tables.articles.rows().find((row) => row.text_sha256 === digest);

async function takeText(article, text) {
  const points = Array.from(text);
  texts.set(article.article_id, points);
  const spans = rowsOf("spans", "article_id", article.article_id);
  const right = await countRight(points, spans, "span_sha256", await digesterOf(text, article.digest_key));
  return t("text.taken", { article: article.article_id, right: formatNumber(right), all: formatNumber(spans.length) });
}

async function countRight(points, rows, column, digest) {
  const checks = rows.map(async (row) => (await digest(points.slice(row.char_start, row.char_end).join(""))) === row[column]);
  return (await Promise.all(checks)).filter(Boolean).length;
}

// The reason why a text is not the one that was read: damage of a usual kind, else what differs.
async function findDamage(text) {
  let mended = text;
  const done = [];
  for (const [name, mend] of COMMON_DAMAGE) {
    const alone = articleOfDigest(await digestOfText(mend(text)));
    if (alone) return [`text.damage.${name}`, { article: alone.article_id }];
    if (mend(mended) !== mended) done.push(name);
    mended = mend(mended);
    const both = articleOfDigest(await digestOfText(mended));
    if (both) return ["text.damage.several", { article: both.article_id, what: [...new Set(done)].map((key) => t(`text.what.${key}`)).join("; ") }];
  }
  const points = Array.from(text);
  const near = await nearestArticle(points);
  const isKeyed = tables.articles.rows().some((row) => row.digest_key === "text");
  if (!near) return [isKeyed ? "text.foreign.keyed" : "text.foreign", { n: formatNumber(points.length), lengths: lengthsTold() }];
  return ["text.changed", near];
}

async function nearestArticle(points) {
  let best = null;
  // Under a key that the text gives, no sentence of a changed text can be compared.
  const comparable = tables.articles.rows().filter((row) => row.digest_key !== "text");
  for (const { article_id: id, text_length: length } of comparable) {
    const sentences = rowsOf("sentences", "article_id", id);
    const right = await countRight(points, sentences, "sentence_sha256", digestOfText);
    if (!right || (best && best.right >= right)) continue;
    let first = null;
    for (const row of sentences) {
      if (first === null && !(await countRight(points, [row], "sentence_sha256", digestOfText))) first = row.sentence_no;
    }
    best = { article: id, right, all: sentences.length, first: first ?? "–", n: formatNumber(points.length), length: formatNumber(length) };
  }
  return best;
}

const lengthsTold = () => tables.articles.rows().map((row) => `${row.article_id}: ${formatNumber(row.text_length)}`).join(", ");

function drawTexts() {
  const place = byId("texts");
  if (!place) return;
  replace(place,
    h("h2", {}, t("text.title")),
    h("p", {}, t("text.explain")),
    h("label", { class: "drop" }, h("span", {}, t("text.choose")),
      h("input", { type: "file", id: "text-file", multiple: true, accept: ".txt,text/plain", on: { change: (event) => takeFiles([...event.target.files]) } })),
    texts.size > 0 && h("p", { class: "good" }, t("text.held", { articles: [...texts.keys()].join(", ") })),
    answers.length > 0 && h("ul", { class: "answers", id: "answers" }, answers.map((answer) => h("li", { class: answer.good ? "good" : "bad" }, answer.text))));
}

function acceptDrops() {
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    takeFiles([...event.dataTransfer.files]);
  });
}
