const chosen = { search: "", tone: "", factuality: "", root: "", actor: "", place: "", article: "", from: null, to: null };
const NOTHING_CHOSEN = { ...chosen };
let selected = [];
let searchTexts = null;

// Which events an actor takes part in, in any slot.
const placesOfActor = new Map();
function noteActor(actor, place) {
  if (!placesOfActor.has(actor)) placesOfActor.set(actor, new Set());
  placesOfActor.get(actor).add(place);
}
for (let place = 0; place < tables.participants.size; place += 1) {
  const event = placeById.get(tables.participants.at("event_id", place));
  if (event !== undefined) noteActor(tables.participants.at("actor_id", place), event);
}
data.actors.forEach((actor, index) => { actor.index = index; });
data.pairs.e.forEach((place, index) => {
  noteActor(data.actors[data.pairs.a[index]].key, place);
  noteActor(data.actors[data.pairs.t[index]].key, place);
});

function textOf(place) {
  const parts = events.columns.filter((column) => column.kind === "s").map((column) => column.at(place));
  const id = events.at("event_id", place);
  for (const party of rowsOf("participants", "event_id", id)) {
    const actor = actorRows.get(party.actor_id);
    parts.push(party.actor_code, ...Object.entries(actor ?? {}).filter(([name]) => name.startsWith("name_")).map(([, name]) => name));
    for (const name of rowsOf("actor_names", "actor_id", party.actor_id)) parts.push(name.name);
  }
  const code = codeRows.get(events.at("action_code", place));
  for (const names of Object.values(data.names)) parts.push(names[events.at("action_code", place)]);
  parts.push(code?.gloss_en, code?.gloss_vi, ...rowsOf("contexts", "event_id", id).map((row) => row.context));
  return foldText(parts.filter(Boolean).join("\n"));
}

function isInTime(place) {
  if (chosen.from === null && chosen.to === null) return true;
  if (!Number.isFinite(firstDay[place]) && !Number.isFinite(lastDay[place])) return false;
  return firstDay[place] <= (chosen.to ?? Infinity) && lastDay[place] >= (chosen.from ?? -Infinity);
}

function makeTest() {
  const needles = foldText(chosen.search).split(/\s+/).filter(Boolean);
  if (needles.length && !searchTexts) searchTexts = Array.from({ length: events.size }, (_, place) => textOf(place));
  const actorPlaces = chosen.actor ? placesOfActor.get(chosen.actor) || new Set() : null;
  const inArticle = chosen.article
    ? new Set(rowsOf("mentions", "article_id", chosen.article).map((row) => placeById.get(row.event_id))) : null;
  const tone = chosen.tone === "" ? null : Number(chosen.tone);
  return (place) => isInTime(place) &&
    (tone === null || toneOf[place] === tone) &&
    (!chosen.factuality || events.at("factuality", place) === chosen.factuality) &&
    (!chosen.root || events.at("action_root_code", place) === chosen.root) &&
    (!actorPlaces || actorPlaces.has(place)) &&
    (!chosen.place || data.map.e[place] === Number(chosen.place)) &&
    (!inArticle || inArticle.has(place)) &&
    needles.every((needle) => searchTexts[place].includes(needle));
}

const isNarrowed = () => Object.keys(chosen).some((key) => chosen[key] !== NOTHING_CHOSEN[key]);

function select() {
  const passes = makeTest();
  selected = [];
  for (let place = 0; place < events.size; place += 1) if (passes(place)) selected.push(place);
}

function choose(changes) {
  Object.assign(chosen, changes);
  select();
  drawSelection();
  announce(t("selection.shown", { n: formatNumber(selected.length), all: formatNumber(events.size) }));
}
