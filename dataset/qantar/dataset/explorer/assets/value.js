const DAY = 86400000;
const dayOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

// Days of all events once, since every view asks for them; open ends are infinite.
const firstDay = new Float64Array(events.size);
const lastDay = new Float64Array(events.size);
const toneOf = new Uint8Array(events.size);
const quadByCode = new Map(tables.codes.rows().map((code) => [code.action_code, code.quad_class_gdelt]));
for (let place = 0; place < events.size; place += 1) {
  const earliest = events.at("date_earliest", place);
  const latest = events.at("date_latest", place);
  firstDay[place] = earliest ? dayOf(earliest) : -Infinity;
  lastDay[place] = latest ? dayOf(latest) : Infinity;
  const quad = events.at("quad_class_gdelt", place) ?? quadByCode.get(events.at("action_code", place));
  toneOf[place] = events.at("occurred", place) === false ? 0 : quad || 0;
}
const TONES = [1, 2, 3, 4, 0];

const actorRows = new Map(tables.actors.rows().map((row) => [row.actor_id, row]));
const codeRows = new Map(tables.codes.rows().map((row) => [row.action_code, row]));
const countryRows = new Map(tables.countries.rows().map((row) => [row.country_code, row]));

const actorName = (id) => textIn(actorRows.get(id), "name") ?? id;
const actorNamed = (id) => saidIn(actorRows.get(id), "name") ?? said(id);
const countryName = (code) => textIn(countryRows.get(code), "name") ?? code;
const countryNamed = (code) => saidIn(countryRows.get(code), "name") ?? code;
// Standard names are English; a page in another language prefers its own. Each says which it is,
// for voices that read aloud.
const ownName = (code) => data.names[language]?.[code];
const codeName = (code) => ownName(code) ?? codeRows.get(code)?.action_name ?? code;
const codeNamed = (code) => said(codeName(code), ownName(code) ? language : "en");
const bareCode = (code) => (code ?? "").replace(/^cameo:/, "");

// Rows converted from elsewhere may have no code of ours, but what their source says.
function actTold(place) {
  const number = events.at("action_code", place);
  if (ownName(number) !== undefined) return { text: ownName(number), code: language };
  const name = events.at("action_name", place) ?? (number ? codeName(number) : undefined);
  if (name !== undefined) return { text: name, code: "en" };
  return { text: events.at("source_action", place) ?? t("act.unknown") };
}

function partyName(place, slot) {
  const id = events.at(`${slot}_id`, place);
  if (id !== undefined && actorRows.has(id)) return actorName(id);
  return events.at(`${slot}_name`, place) ?? id ?? events.at(`${slot}_code`, place) ??
    events.at(`${slot}_country_code`, place);
}

function partyNamed(place, slot) {
  const id = events.at(`${slot}_id`, place);
  if (id !== undefined && actorRows.has(id)) return actorNamed(id);
  return said(partyName(place, slot), events.at(`${slot}_name`, place) && mainLanguage());
}

const hasSummary = (place) => data.languages.some(([code]) => events.at(`summary_${code}`, place));
// The summary, or else the act's name, as text and language.
function summaryOf(place) {
  const order = [contentLanguage(), ...data.languages.map(([code]) => code)];
  const code = order.find((candidate) => events.at(`summary_${candidate}`, place) !== undefined);
  return code === undefined ? actTold(place) : { text: events.at(`summary_${code}`, place), code };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

function formatDay(iso, short) {
  const [year, month, day] = iso.split("-").map(Number);
  if (language === "vi") return short ? `${day}/${month}` : `${day}/${month}/${year}`;
  return short ? `${day} ${MONTHS[month - 1]}` : `${day} ${MONTHS[month - 1]} ${year}`;
}

// A day, one day within several, or all days from the first to the last.
function extentOf(place) {
  const said = events.at("date_extent", place);
  if (said) return said;
  if (firstDay[place] === lastDay[place]) return "day";
  // The first schema wrote both alike.
  if (events.at("occurred", place) !== undefined) return "";
  return (events.at("date_edtf", place) ?? "").includes("/") ? "span" : "within";
}

function formatDates(place) {
  const earliest = events.at("date_earliest", place);
  const latest = events.at("date_latest", place);
  if (!earliest && !latest) return t("date.unknown");
  if (earliest === latest) return formatDay(earliest);
  const within = extentOf(place) === "within";
  if (!latest) return t(within ? "date.since" : "date.from", { day: formatDay(earliest) });
  if (!earliest) return t(within ? "date.by" : "date.until", { day: formatDay(latest) });
  const days = formatRange(earliest, latest);
  return within ? t("date.within", { days }) : days;
}

function formatRange(earliest, latest) {
  if (earliest.slice(0, 7) === latest.slice(0, 7)) return `${Number(earliest.slice(8))}–${formatDay(latest)}`;
  const sameYear = earliest.slice(0, 4) === latest.slice(0, 4);
  if (sameYear && earliest.endsWith("-01-01") && latest.endsWith("-12-31")) return t("date.year", { year: earliest.slice(0, 4) });
  return `${formatDay(earliest, sameYear)} – ${formatDay(latest)}`;
}

const toneLabel = (tone) => t(`tone.${tone}`);
const tonesIn = (places) => TONES.filter((tone) => places.some((place) => toneOf[place] === tone));

function quantile(values, share) {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))];
}

// The days that are drawn: all, unless a few strays would squeeze the rest together.
function coreDays() {
  const starts = firstDay.filter(Number.isFinite).sort();
  const ends = lastDay.filter(Number.isFinite).sort();
  if (!starts.length && !ends.length) return null;
  const all = [...(starts.length ? [starts[0], starts.at(-1)] : []), ...(ends.length ? [ends[0], ends.at(-1)] : [])];
  const whole = [Math.min(...all), Math.max(...all)];
  const from = starts.length ? quantile(starts, 0.08) : whole[0];
  const core = [from, Math.max(ends.length ? quantile(ends, 0.98) : whole[1], from)];
  return whole[1] - whole[0] <= 1.6 * (core[1] - core[0]) + 7 ? whole : core;
}
const core = coreDays();
