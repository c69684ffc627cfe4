// Actors as dots, acts that occurred as arrows; the places were worked out when the page was made.
const MOST_PAIRS = 10;
const MOST_ARROWS = 120;

function drawNetwork() {
  const section = byId("network");
  section.hidden = !isThere("network");
  if (section.hidden) return;
  if (!section.firstChild) buildNetwork(section);
  const frame = frameFor(section.clientWidth);
  const arrows = gatherArrows();
  const between = arrowsIn(frame, arrows).length;
  const all = new Set(data.pairs.a.concat(data.pairs.t)).size;
  replace(byId("network-explain"), t("network.explain"), " ",
      all > frame.nodes.length && t("network.cut", { n: frame.nodes.length, all: formatNumber(all) }), " ",
      between > MOST_ARROWS && t("network.arrows", { n: MOST_ARROWS, all: formatNumber(between) }));
  const picture = networkPicture(frame, arrows);
  replace(byId("network-picture"), picture, strongestPairs(arrows));
  roveAmong(picture, ".node");
}

// The handles stay while the picture is drawn anew, or a drag would lose what it holds.
function buildNetwork(section) {
  replace(section,
    h("h2", {}, t("network.title")), h("p", { class: "explain", id: "network-explain" }),
    toneLegend(TONES.filter((tone) => tone > 0)),
    core && h("div", { class: "days" }, daySlider("network-window")),
    h("div", { class: "network", id: "network-picture" }));
  drawSliders();
}

function frameFor(width) {
  const { nodes, frames } = data.network;
  const { w, h: height, at } = frames[width < 560 ? "tall" : width < 900 ? "middle" : "wide"];
  return { w, h: height, nodes: nodes.map((node, place) => ({ ...node, x: at[place][0], y: at[place][1] })) };
}

function gatherArrows() {
  const wanted = new Set(selected);
  const found = new Map();
  data.pairs.e.forEach((place, index) => {
    if (!wanted.has(place)) return;
    const [actor, target, weight] = [data.pairs.a[index], data.pairs.t[index], data.pairs.w[index]];
    const key = `${actor} ${target} ${toneOf[place]}`;
    const arrow = found.get(key) || { actor, target, tone: toneOf[place], weight: 0, places: [] };
    arrow.weight += weight;
    arrow.places.push(place);
    found.set(key, arrow);
  });
  return [...found.values()].sort((one, other) => other.weight - one.weight);
}

function arrowsIn(frame, arrows) {
  const there = new Set(frame.nodes.map((node) => node.a));
  return arrows.filter(({ actor, target }) => there.has(actor) && there.has(target) && actor !== target);
}

function networkPicture(frame, arrows) {
  const places = new Map(frame.nodes.map((node) => [node.a, node]));
  const drawn = arrowsIn(frame, arrows).slice(0, MOST_ARROWS);
  const top = Math.max(1, ...drawn.map((arrow) => arrow.weight));
  const busy = new Set(drawn.flatMap((arrow) => [arrow.actor, arrow.target]));
  const between = new Map();
  const curves = drawn.map((arrow) => {
    const pair = `${arrow.actor} ${arrow.target}`;
    const turn = between.get(pair) || 0;
    between.set(pair, turn + 1);
    return arrowShape(places.get(arrow.actor), places.get(arrow.target), arrow, 1.2 + (5 * arrow.weight) / top, turn);
  });
  // Of the frame no more than is used, with room for names and for arrows that bend.
  const across = frame.nodes.map((node) => node.y);
  const [above, below] = [Math.max(0, Math.min(...across) - 70), Math.min(frame.h, Math.max(...across) + 70)];
  const picture = g("svg", { viewBox: `0 ${above} ${frame.w} ${below - above}`, role: "group", "aria-label": t("network.label") },
    g("g", { "aria-hidden": "true", class: drawn.length > 60 ? "arrows many" : "arrows" }, curves),
    frame.nodes.map((node) => nodeShape(node, busy.has(node.a))));
  return picture;
}

function arrowShape(from, to, arrow, width, turn) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const bend = Math.min(60, 12 + length * 0.1) + turn * 16;
  const [mx, my] = [(from.x + to.x) / 2 - (dy / length) * bend, (from.y + to.y) / 2 + (dx / length) * bend];
  const [ex, ey] = [to.x - mx, to.y - my];
  const last = Math.hypot(ex, ey) || 1;
  const head = 6 + width * 1.2;
  const [ux, uy] = [ex / last, ey / last];
  const tip = [to.x - ux * 8, to.y - uy * 8];
  const base = [tip[0] - ux * head, tip[1] - uy * head];
  const half = head * 0.5;
  const end = arrow.tone === 1 || arrow.tone === 2 ? tip : base;
  const n = (number) => number.toFixed(1);
  return g("g", { class: `arrow tone${arrow.tone}`, "data-actor": arrow.actor, "data-target": arrow.target },
    g("path", { class: "shaft", d: `M${n(from.x)} ${n(from.y)}Q${n(mx)} ${n(my)} ${n(end[0])} ${n(end[1])}`, "stroke-width": n(width) }),
    g("path", { class: "head", d: headShape(arrow.tone, tip, [base[0] - uy * half, base[1] + ux * half], [base[0] + uy * half, base[1] - ux * half]) }));
}

// Conflict has full heads and cooperation open ones, for eyes that do not part the colours.
function headShape(tone, tip, left, right) {
  const at = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return tone === 1 || tone === 2 ? `M${at(left)}L${at(tip)}L${at(right)}` : `M${at(tip)}L${at(left)}L${at(right)}Z`;
}

function nodeShape(node, isBusy) {
  const actor = data.actors[node.a];
  const name = nameOfActorKey(actor.key);
  const size = placesOfActor.get(actor.key).size;
  const light = (on) => () => {
    for (const arrow of byId("network").querySelectorAll(".arrow")) {
      arrow.classList.toggle("dim", on && ![arrow.dataset.actor, arrow.dataset.target].includes(String(node.a)));
    }
  };
  return g("g", {
    class: `node${isBusy ? "" : " idle"}${chosen.actor === actor.key ? " on" : ""}`, role: "button",
    "aria-pressed": String(chosen.actor === actor.key), "aria-label": `${isolate(name)}, ${count("n.events", size)}`,
    on: {
      click: () => { choose({ actor: chosen.actor === actor.key ? "" : actor.key }); focusNode(node.a); },
      mouseenter: light(true), mouseleave: light(false), focus: light(true), blur: light(false),
    }, "data-node": node.a,
  },
  g("circle", { cx: node.x, cy: node.y, r: 7 }),
  node.l[codeOfLines(node)].map((text, line) => drawText({ x: node.x, y: node.y + 21 + line * 14, "text-anchor": "middle" }, text, codeOfLines(node))));
}

function codeOfLines(node) {
  const order = [contentLanguage(), ...data.languages.map(([code]) => code), ...Object.keys(node.l)];
  return order.find((code) => code in node.l);
}

function focusNode(actor) {
  byId("network").querySelector(`[data-node="${actor}"]`)?.focus();
}

const keyNamed = (key) => (actorRows.has(key) ? actorNamed(key) : said(nameOfActorKey(key)));

function strongestPairs(arrows) {
  const pairs = new Map();
  for (const arrow of arrows) {
    const key = `${arrow.actor} ${arrow.target}`;
    const pair = pairs.get(key) || { ...arrow, weight: 0, tones: [] };
    pair.weight += arrow.weight;
    pair.tones.push(arrow);
    pairs.set(key, pair);
  }
  const heaviest = [...pairs.values()].sort((one, other) => other.weight - one.weight);
  if (!heaviest.length) return h("p", { class: "empty" }, t("nothing"));
  const top = heaviest[0].weight;
  return h("div", { class: "pairs" }, h("h3", {}, t("network.pairs", { n: Math.min(MOST_PAIRS, heaviest.length) })),
    h("ol", {}, heaviest.slice(0, MOST_PAIRS).map((pair) => h("li", {},
      h("span", {}, keyNamed(data.actors[pair.actor].key), " → ", keyNamed(data.actors[pair.target].key)),
      h("span", { class: "weights" }, pair.tones.map((part) =>
        h("i", { class: `tone${part.tone}`, style: { width: `${(90 * part.weight) / top}px` } })),
      h("b", {}, formatNumber(Math.round(pair.weight * 100) / 100)),
      h("span", { class: "unseen" }, pair.tones.map((part) => toneLabel(part.tone)).join(", ")))))));
}
