// A dot is a place, a ring a town, a broken ring a region; a country as a whole is hatched and has
// no point.
const eventsAt = data.map ? data.map.p.map(() => 0) : [];
if (data.map) for (const where of data.map.e) if (where >= 0) eventsAt[where] += 1;

function drawMap() {
  const section = byId("map");
  section.hidden = data.map === null;
  if (section.hidden) return;
  const { p: places, e: placeOf } = data.map;
  const tally = places.map(() => ({ n: 0, tones: [0, 0, 0, 0, 0] }));
  let without = 0;
  for (const place of selected) {
    const where = placeOf[place];
    if (where < 0) without += 1;
    else { tally[where].n += 1; tally[where].tones[toneOf[place]] += 1; }
  }
  replace(section,
    h("h2", {}, t("map.title")),
    h("p", { class: "explain" }, t("map.explain"), " ",
      without > 0 && h("strong", {}, t("map.without", { n: formatNumber(without), all: formatNumber(selected.length) }))), toneLegend(),
    mapPicture(section.clientWidth, places, tally), mapList(places, tally));
  roveAmong(section.querySelector("svg"), ".place");
  roveAmong(section.querySelector(".map-list"), "button");
}

function mapPicture(width, places, tally) {
  const { w, h: height, land, labels } = data.map;
  const crop = width < 700 ? 0.62 : 1;
  const unit = (w * crop) / Math.max(width, 300);
  const hatched = new Set(places.filter((place, where) => isCountry(place) && tally[where].n).map((place) => place.c));
  const shown = places.map((place, where) => [place, where]).filter(([place, where]) => tally[where].n && isDrawn(place))
    .sort((one, other) => isCountry(other[0]) - isCountry(one[0]) || tally[other[1]].n - tally[one[1]].n);
  const names = Object.entries(labels).filter(([code, at]) => !hatched.has(code) && !isCovered(at, shown, unit)).map(([code, [x, y]]) =>
    drawText({ class: "land-name", x, y, "font-size": 12 * unit }, countryName(code)));
  const named = placesNamed(shown.map(([place]) => place), unit);
  const most = Math.max(1, ...shown.map(([, where]) => tally[where].n));
  return g("svg", {
    class: "map", viewBox: `${(w * (1 - crop)) / 2} 0 ${w * crop} ${height}`, role: "group", "aria-label": t("map.label"),
    style: { "--unit": unit },
  },
  g("defs", {}, g("pattern", { id: "hatch", width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    g("rect", { class: "hatch-ground", width: 9, height: 9 }), g("line", { class: "hatch", x1: 0, y1: 0, x2: 0, y2: 9 }))),
  g("g", { "aria-hidden": "true" },
    land.map(([code, path]) => g("path", { class: hatched.has(code) ? "land hatched" : "land", d: path, "data-country": code })), names),
  shown.map(([place, where]) => (isCountry(place) ? countryShape : placeShape)(place, where, tally[where], unit, most, named.has(place))));
}

// The places whose names lie on no other's; those of most events come first. The rest have their
// names in the labels and in the list.
function placesNamed(places, unit) {
  const boxes = [];
  const ordered = [...places.filter((place) => !isCountry(place)), ...places.filter(isCountry)];
  return new Set(ordered.filter((place) => {
    if (place.x === undefined) return false;
    const [half, middle] = [(placeName(place).length + (isCountry(place) ? 4 : 0)) * 4 * unit, place.y + (isCountry(place) ? 0 : 26 * unit)];
    const isFree = boxes.every((box) => Math.abs(box.x - place.x) > box.half + half || Math.abs(box.y - middle) > 15 * unit);
    if (isFree) boxes.push({ x: place.x, y: middle, half });
    return isFree;
  }));
}

// A country's name gives way to the name of a place.
function isCovered([x, y], shown, unit) {
  return shown.some(([place]) => Math.abs(place.x - x) < 95 * unit && y > place.y - 30 * unit && y < place.y + 60 * unit);
}

const isCountry = (place) => place.k === "country" && Boolean(place.c);
const outlineOf = (place) => data.map.land.find(([code]) => code === place.c)?.[1];
const isDrawn = (place) => (isCountry(place) ? Boolean(outlineOf(place)) : place.x !== undefined);
const placeNamed = (place) => (place.n ? said(place.n) : place.c && countryNamed(place.c));

// The whole country is the mark: nothing nearer is known, and its middle would be a place.
function countryShape(place, where, { n, tones }, unit, most, isNamed) {
  return g("g", markOf(place, where, n, tones), g("title", {}, markTold(place, n)),
    g("path", { class: "whole", d: outlineOf(place) }),
    isNamed && drawText({ class: "place-name", x: place.x, y: place.y, "font-size": 13 * unit, "text-anchor": "middle" },
      `${isolate(placeName(place))} · ${formatNumber(n)}`));
}

const markTold = (place, n) => `${isolate(placeName(place))}, ${precisionName(place)}: ${count("n.events", n)}`;

function markOf(place, where, n, tones) {
  const tone = TONES.reduce((best, candidate) => (tones[candidate] > tones[best] ? candidate : best), 1);
  const crowded = data.map.p.length > 60 ? "crowded " : "";
  return { class: `place ${crowded}${place.k ?? "unknown"} tone${tone}`, role: "button", "aria-label": markTold(place, n),
    "aria-pressed": String(chosen.place === String(where)), "data-place": where,
    on: { click: () => choosePlace(where) } };
}

const placeName = (place) => place.n ?? countryName(place.c) ?? "";
const precisionName = (place) => (place.k ? label("place-precision", place.k) : t("map.unknown"));

function placeShape(place, where, { n, tones }, unit, top, isNamed) {
  const crowded = data.map.p.length > 60;
  const radius = unit * (crowded ? 1.5 + 8 * Math.sqrt(n / top) : Math.min(26, 5 + 2.4 * Math.sqrt(n)));
  return g("g", markOf(place, where, n, tones), g("title", {}, markTold(place, n)),
  place.k === "site" && g("path", { class: "cross", d: `M${place.x - 2 * radius} ${place.y}h${4 * radius}M${place.x} ${place.y - 2 * radius}v${4 * radius}` }),
  g("circle", { cx: place.x, cy: place.y, r: radius }),
  !crowded && g("text", { class: "number", x: place.x, y: place.y + 4 * unit, "font-size": 12 * unit, "text-anchor": "middle" }, formatNumber(n)),
  !crowded && isNamed && drawText({ class: "place-name", x: place.x, y: place.y + radius + 16 * unit, "font-size": 13 * unit, "text-anchor": "middle" }, placeName(place)));
}

function choosePlace(where, inList) {
  choose({ place: chosen.place === String(where) ? "" : String(where) });
  const mark = `[data-place="${where}"]`;
  byId("map").querySelector(inList ? `button${mark}` : `svg ${mark}`)?.focus();
}

function mapList(places, tally) {
  const shown = places.map((place, where) => [place, tally[where].n, where]).filter(([, n]) => n).sort((one, other) => other[1] - one[1]);
  return h("ul", { class: "map-list" }, shown.slice(0, 12).map(([place, n, where]) =>
    h("li", {}, h("button", { type: "button", class: "plain", "data-place": where, "aria-pressed": String(chosen.place === String(where)),
      on: { click: () => choosePlace(where, true) } }, placeNamed(place)), ` ${precisionName(place)} · ${count("n.events", n)}`)));
}
