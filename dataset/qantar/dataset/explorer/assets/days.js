// How many events each day has, and the window of days that narrows every view.
const MOST_BINS = 120;

// Days are drawn one by one, or in bins of as many days as keep the bars apart.
const binSize = core ? Math.max(1, Math.ceil((core[1] - core[0] + 1) / MOST_BINS)) : 1;
const binCount = core ? Math.floor((core[1] - core[0]) / binSize) + 1 : 0;
const binOf = (day) => Math.floor((day - core[0]) / binSize);

function countDays(places) {
  const certain = Array.from({ length: binCount }, () => [0, 0, 0, 0, 0]);
  const possible = new Float64Array(binCount);
  for (const place of places) {
    const from = binOf(Math.max(firstDay[place], core[0]));
    const to = binOf(Math.min(lastDay[place], core[1]));
    const lasts = extentOf(place) === "span" && Number.isFinite(firstDay[place]) && Number.isFinite(lastDay[place]);
    const isSure = lasts || (firstDay[place] === lastDay[place] && from === to);
    if (isSure) for (let bin = Math.max(from, 0); bin <= to && bin < binCount; bin += 1) certain[bin][toneOf[place]] += 1;
    for (let bin = Math.max(from, 0); bin <= to && bin < binCount; bin += 1) possible[bin] += 1;
  }
  return { certain, possible };
}

function buildDays() {
  replace(byId("days"),
    h("div", { class: "bars", "aria-hidden": "true", id: "bars" }), daySlider("window"),
    h("p", { class: "note", id: "days-note" }));
}

// Two handles for the first and the last day; wherever they stand, they move one window.
function daySlider(name) {
  const handle = (bound) => h("input", {
    type: "range", id: `${name}-${bound}`, "data-bound": bound, min: 0, max: binCount - 1, step: 1,
    "aria-label": t(`window.${bound}`),
    on: { input: (event) => moveWindow(bound, Number(event.target.value)) },
  });
  return [h("div", { class: "slider" }, handle("from"), handle("to")),
    h("p", { class: "ends", "aria-hidden": "true" }, h("span", { "data-day": "from" }), h("span", { "data-day": "to" }))];
}

function windowBins() {
  return [
    chosen.from === null ? 0 : Math.max(0, binOf(chosen.from)),
    chosen.to === null ? binCount - 1 : Math.min(binCount - 1, binOf(chosen.to)),
  ];
}

function moveWindow(bound, bin) {
  const [from, to] = windowBins();
  const start = bound === "from" ? Math.min(bin, to) : from;
  const end = bound === "to" ? Math.max(bin, from) : to;
  choose({
    from: start === 0 ? null : core[0] + start * binSize,
    to: end === binCount - 1 ? null : core[0] + (end + 1) * binSize - 1,
  });
}

function drawDays() {
  if (!core) return;
  const { certain, possible } = countDays(selected);
  const top = Math.max(...possible);
  const [from, to] = windowBins();
  replace(byId("bars"), certain.map((tones, bin) => {
    const parts = TONES.map((tone) => tones[tone] > 0 &&
      h("i", { class: `tone${tone}`, style: { height: `${(100 * tones[tone]) / top}%` } }));
    return h("span", { class: bin < from || bin > to ? "out" : "" },
      h("b", { style: { height: `${(100 * possible[bin]) / Math.max(top, 1)}%` } }), h("em", {}, parts));
  }));
  byId("days-note").textContent = t("window.note", { top: count("n.events", top) });
  drawSliders();
}

function drawSliders() {
  if (!core) return;
  const [from, to] = windowBins();
  const bins = { from, to };
  const days = {
    from: formatDay(isoOf(core[0] + from * binSize)),
    to: formatDay(isoOf(Math.min(core[1], core[0] + (to + 1) * binSize - 1))),
  };
  for (const handle of document.querySelectorAll("[data-bound]")) {
    handle.value = bins[handle.dataset.bound];
    handle.setAttribute("aria-valuetext", days[handle.dataset.bound]);
  }
  for (const place of document.querySelectorAll("[data-day]")) place.textContent = days[place.dataset.day];
}
