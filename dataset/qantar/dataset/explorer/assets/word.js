const words = JSON.parse(byId("words").textContent);
const data = JSON.parse(byId("data").textContent);
// The page speaks these; in which languages the project is written is another matter.
const LANGUAGES = [["en", "English"], ["vi", "Tiếng Việt"]];
const isWritten = (code) => data.languages.length === 0 || data.languages.some(([written]) => written === code);
let language = (navigator.language || "").startsWith("vi") && isWritten("vi") ? "vi" : "en";
try {
  // Where storage is closed to a page without a server, the browser's language has to do.
  if (localStorage.getItem("qantar.language") in words) language = localStorage.getItem("qantar.language");
} catch { /* as it is */ }

function t(key, values) {
  const text = words[language][key] ?? words.en[key] ?? key;
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole) : text;
}

// A count with its noun; English tells one from many, Vietnamese does not.
function count(key, number) {
  const one = number === 1 && words[language][`${key}.one`];
  return (one || t(key)).replace("{n}", formatNumber(number));
}

function formatNumber(number) {
  const [whole, rest] = String(number).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === "vi" ? "." : ",");
  return rest ? `${grouped}${language === "vi" ? "," : "."}${rest}` : grouped;
}

function label(vocabulary, value) {
  return words[language][`${vocabulary}.${value}`] ?? value;
}

function meaning(vocabulary, value) {
  return words[language][`meaning.${vocabulary}.${value}`];
}

function setLanguage(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem("qantar.language", chosen);
  } catch { /* it lasts until the page is closed */ }
}
