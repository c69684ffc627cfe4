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

const inLanguage = (row, name) => row && (row[`${name}_${language}`] ?? row[`${name}_en`]);
const actorName = (id) => inLanguage(actorRows.get(id), "name") ?? id;
const countryName = (code) => inLanguage(countryRows.get(code), "name") ?? code;
const codeName = (code) => codeRows.get(code)?.action_name ?? code;
// The codebook's names are English; what is English says so, for voices that read aloud.
const english = (text) => text && h("span", { lang: "en" }, text);
const bareCode = (code) => code.replace(/^cameo:/, "");

function partyName(place, slot) {
  const id = events.at(`${slot}_id`, place);
  if (id !== undefined && actorRows.has(id)) return actorName(id);
  return events.at(`${slot}_name`, place) ?? id ?? events.at(`${slot}_code`, place) ??
    events.at(`${slot}_country_code`, place);
}

function summaryOf(place) {
  return events.at(`summary_${language}`, place) ?? events.at("summary_en", place) ??
    events.at("action_name", place) ?? events.at("action_code", place);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

function formatDay(iso, short) {
  const [year, month, day] = iso.split("-").map(Number);
  if (language === "vi") return short ? `${day}/${month}` : `${day}/${month}/${year}`;
  return short ? `${day} ${MONTHS[month - 1]}` : `${day} ${MONTHS[month - 1]} ${year}`;
}

function formatDates(place) {
  const earliest = events.at("date_earliest", place);
  const latest = events.at("date_latest", place);
  if (!earliest && !latest) return t("date.unknown");
  if (!latest) return t("date.from", { day: formatDay(earliest) });
  if (!earliest) return t("date.until", { day: formatDay(latest) });
  if (earliest === latest) return formatDay(earliest);
  if (earliest.slice(0, 7) === latest.slice(0, 7)) return `${Number(earliest.slice(8))}–${formatDay(latest)}`;
  const sameYear = earliest.slice(0, 4) === latest.slice(0, 4);
  if (sameYear && earliest.endsWith("-01-01") && latest.endsWith("-12-31")) return earliest.slice(0, 4);
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
