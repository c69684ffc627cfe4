// Few events: one line each, from the first to the last day it can have been. Many: columns by
// kind of act and time.
const MOST_LINES = 120;

function drawTimeline() {
  const section = byId("timeline");
  const few = selected.length <= MOST_LINES;
  replace(section,
    h("h2", {}, t("timeline.title")),
    h("p", { class: "explain" }, t(few ? "timeline.explain" : "timeline.many", { n: formatNumber(selected.length), most: MOST_LINES })), toneLegend(),
    few && extentLegend(),
    !core || !selected.length ? h("p", { class: "empty" }, t(core ? "nothing" : "timeline.undated"))
      : few ? lines() : columns());
  const list = section.querySelector(".lines");
  if (list) roveAmong(list, "a");
}

// Only of the forms that are there.
function extentLegend() {
  const there = new Set(selected.map(extentOf));
  const forms = ["day", "within", "span"].filter((extent) => there.has(extent));
  if (forms.length < 2) return null;
  return h("div", { class: "legend extents" }, forms.map((extent) => h("span", { class: "key" },
    h("span", { class: "track tone0 sample", "aria-hidden": "true" }, h("span", { class: extent === "day" ? "day" : `range ${extent}` })), label("date-extent", extent))));
}

const shareOf = (day) => (100 * (Math.min(Math.max(day, core[0]), core[1] + 1) - core[0])) / (core[1] + 1 - core[0]);

function ticks() {
  const span = core[1] - core[0] + 1;
  const width = document.documentElement.clientWidth;
  const room = (width < 704 ? width - 32 : Math.min(width - 40, 1050) * 0.45) / 76;
  const step = [1, 2, 5, 10, 30, 61, 122, 365, 730, 1826, 3652].find((days) => span / days <= room) || 7305;
  const found = [];
  for (let day = core[0]; day <= core[1]; day += step) found.push(day);
  return found;
}

function axis() {
  const long = core[1] - core[0] > 200;
  return h("div", { class: "axis", "aria-hidden": "true" }, h("span", {}),
    h("div", {}, ticks().map((day, place) => h("span", { style: { left: `${shareOf(day)}%` } },
      shareOf(day) < 93 && formatDay(isoOf(day), !long && place > 0)))));
}

function lines() {
  const ordered = [...selected].sort((one, other) =>
    (firstDay[one] - firstDay[other] || 0) || (lastDay[one] - lastDay[other] || 0) || one - other);
  return h("div", { class: "timeline" }, axis(),
    h("ol", { class: "lines" }, ordered.map((place) => {
      const id = events.at("event_id", place);
      return h("li", {}, h("a", { href: `#${id}`, class: "line" },
        wordsAbout(place),
        h("span", { class: "track" }, grid(), bar(place)),
        h("span", { class: "unseen" }, `${formatDates(place)}. ${toneLabel(toneOf[place])}.`)));
    })));
}

// A summary names the parties; rows converted from elsewhere have none.
function wordsAbout(place) {
  const { text, code } = summaryOf(place);
  if (hasSummary(place)) return passage("span", { class: "words" }, text, code);
  return h("span", { class: "words" }, h("b", {}, partiesNamed(place)), " ", said(text, code));
}

const grid = () => ticks().map((day) => h("i", { class: "grid", style: { left: `${shareOf(day)}%` } }));

const ARROWS = { directed: "→", symmetric: "↔", undirected: "–" };
const directionAt = (place) => events.at("direction", place) ?? (events.at("symmetric", place) ? "symmetric" : "directed");

function partiesNamed(place) {
  const names = [partyNamed(place, "actor"), partyNamed(place, "target")].filter(Boolean);
  return names.length === 2 ? [names[0], ` ${ARROWS[directionAt(place)]} `, names[1]] : names[0] || t("nobody");
}

function bar(place) {
  const tone = `tone${toneOf[place]}`;
  const [first, last] = [firstDay[place], lastDay[place]];
  if (!Number.isFinite(first) && !Number.isFinite(last)) return h("span", { class: "undated" }, t("date.unknown"));
  if (last < core[0]) return h("span", { class: `stray before ${tone}` }, `◂ ${formatDates(place)}`);
  if (first > core[1]) return h("span", { class: `stray after ${tone}` }, `${formatDates(place)} ▸`);
  const left = shareOf(first);
  const width = shareOf(last + 1) - left;
  if (first === last) return h("span", { class: `day ${tone}`, style: { left: `${left + width / 2}%` } });
  const open = (first < core[0] ? " openstart" : "") + (last > core[1] ? " openend" : "");
  const extent = extentOf(place) === "span" ? "span" : "within";
  return h("span", { class: `range ${extent} ${tone}${open}`, style: { left: `${left}%`, width: `${Math.max(width, 0.5)}%` } });
}

function columns() {
  const roots = new Map();
  const bins = Math.min(binCount, 60);
  const wide = Math.ceil(binCount / bins);
  for (const place of selected) {
    if (!Number.isFinite(firstDay[place])) continue;
    const bin = Math.floor(binOf(Math.min(Math.max(firstDay[place], core[0]), core[1])) / wide);
    const root = events.at("action_root_code", place) ?? events.at("action_code", place) ?? "";
    if (!roots.has(root)) roots.set(root, { tone: 0, counts: new Uint32Array(bins + 1), sum: 0 });
    const row = roots.get(root);
    row.tone = toneOf[place] || row.tone;
    row.counts[bin] += 1;
    row.sum += 1;
  }
  const rows = [...roots].sort(([one], [other]) => (one < other ? -1 : 1));
  return h("div", { class: "timeline" }, axis(),
    h("ol", { class: "lines many" }, rows.map(([root, row]) =>
      h("li", {}, h("a", { href: "#timeline", class: "line", on: { click: (event) => { event.preventDefault(); choose({ root }); focusHeading("timeline"); } } },
        h("span", { class: "words" }, h("b", {}, bareCode(root)), ` ${root ? codeName(root) : t("act.unknown")} · ${formatNumber(row.sum)}`),
        h("span", { class: "track" }, grid(), [...row.counts].map((number, bin) => number > 0 &&
          h("span", { class: `column tone${row.tone}`, title: formatNumber(number), style: {
            left: `${(100 * bin * wide) / binCount}%`, width: `${(92 * wide) / binCount}%`,
            height: `${Math.max(4, (96 * number) / Math.max(...row.counts))}%` } }))))))));
}
