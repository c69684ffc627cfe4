// What the project wrote: in the language chosen where it is written in that, and so set that its
// direction does not run into what stands beside it.
let chosenContent = "";
try {
  chosenContent = localStorage.getItem("qantar.content") ?? "";
} catch { /* as with the language of the page */ }

const tagOf = (code) => data.languages.find(([written]) => written === code)?.[1] ?? code;
const writtenIn = (code) => data.languages.some(([written]) => written === code);
const mainLanguage = () => data.languages[0]?.[0];

// Until one is chosen, content follows the language of the page.
function contentLanguage() {
  return [chosenContent, language].find(writtenIn) ?? mainLanguage() ?? language;
}

function setContent(code) {
  chosenContent = code;
  try {
    localStorage.setItem("qantar.content", code);
  } catch { /* it lasts until the page is closed */ }
}

// The language's name in itself.
function nameOfLanguage(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

// A field of prose as its text and the language it is in, best the one chosen.
function writtenAs(row, base) {
  if (!row) return null;
  const order = [contentLanguage(), language, ...data.languages.map(([code]) => code), "en"];
  const code = order.find((candidate) => row[`${base}_${candidate}`] !== undefined);
  return code === undefined ? null : { text: row[`${base}_${code}`], code };
}

const textIn = (row, base) => writtenAs(row, base)?.text;

// A few words among others, with the language they are in, where that is known.
const said = (text, code) => (text ? h("bdi", { lang: code && tagOf(code) }, text) : null);
const saidIn = (row, base) => {
  const found = writtenAs(row, base);
  return found && said(found.text, found.code);
};

// A passage that stands by itself and begins on the side where its writing begins.
const passage = (tag, attributes, text, code) => (text
  ? h(tag, { ...attributes, dir: "auto", lang: code && tagOf(code) }, text) : null);
const passageIn = (row, base) => {
  const found = writtenAs(row, base);
  return found && passage("span", { class: "prose" }, found.text, found.code);
};
// Reasons have no language of their own; they are in the main one.
const inMain = (text) => passage("span", { class: "prose" }, text, mainLanguage());

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const TURNS = /[\u202a-\u202e\u2066-\u2069]/;

// For labels and options, which hold no elements: the text between marks that isolate it.
const isolate = (text) => (text && (RIGHT_TO_LEFT.test(text) || TURNS.test(text)) ? `\u2068${text}\u2069` : text);

// In pictures nothing works out the direction: that of the first letter that has one.
function directionOf(text) {
  const first = /\p{L}/u.exec(text ?? "");
  return first && RIGHT_TO_LEFT.test(first[0]) ? "rtl" : "ltr";
}
const drawText = (attributes, text, code) => g("text", {
  ...attributes, direction: directionOf(text), lang: code && tagOf(code), "unicode-bidi": "isolate" }, text);

// Writing whose letters join: where a mark begins within a word, they are to join across it.
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}]\p{M}*$/u;
const joins = (before, after) => JOINED.test(before) && /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}]/u.test(after);

// Identifiers of other registers, as links to them.
const REGISTERS = { wikidata: "https://www.wikidata.org/wiki/", geonames: "https://www.geonames.org/" };
function registered(curie) {
  const [register, key] = [curie.slice(0, curie.indexOf(":")), curie.slice(curie.indexOf(":") + 1)];
  if (!(register in REGISTERS)) return h("code", {}, curie);
  return outward(`${REGISTERS[register]}${encodeURIComponent(key)}`, curie);
}
const outward = (url, text) => h("a", { href: url, rel: "noreferrer", target: "_blank", class: "outward" }, text);
