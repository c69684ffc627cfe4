// Which page the address names, and the first drawing of everything.
const articleIds = new Set(tables.articles.rows().map((row) => row.article_id));
const goneIds = new Set(tables.changes.rows().map((row) => row.event_id).filter((id) => !placeById.has(id)));
let drawnWidth = 0;

// The name of a record, an article or a part of the page, and after a stroke of a sentence.
function addressed() {
  try { return decodeURIComponent(location.hash.slice(1)).split("/"); } catch { return [""]; }
}

function visit(name) {
  if (location.hash === `#${name}`) follow();
  else location.hash = name;
}

function drawCurrent() {
  const [name] = addressed();
  const kind = placeById.has(name) ? "record" : articleIds.has(name) ? "article" : goneIds.has(name) ? "gone" : "overview";
  // What is not shown is not kept, so that an id names one thing.
  for (const place of document.querySelectorAll("#overview > section, #record, #article")) place.replaceChildren();
  for (const id of ["overview", "record", "article"]) byId(id).hidden = id !== (kind === "gone" ? "record" : kind);
  if (kind === "record") drawRecord(name);
  if (kind === "article") drawArticle(name);
  if (kind === "gone") drawGone(name);
  if (kind === "overview") drawOverview();
  document.title = kind === "overview" ? data.heading.title : `${name} · ${data.heading.title}`;
  return kind;
}

function drawGone(id) {
  replace(byId("record"), h("p", { class: "back" }, h("a", { href: "#" }, t("back"))), h("p", { class: "kicker" }, idTold(id)),
    h("h1", { tabindex: "-1" }, t("gone")), historyBlock(id));
}

function drawOverview() {
  buildOpening();
  buildSelection();
  drawSelection();
  drawLedger();
  drawnWidth = document.documentElement.clientWidth;
}

function drawFoot() {
  replace(byId("foot"),
    h("p", {}, t("foot.alone")), data.map && h("p", {}, t("foot.map")),
    h("p", {}, t("foot.read", { release: data.heading.version || "–", schema: data.schema_version })));
}

function drawAll() {
  document.documentElement.lang = language;
  buildMasthead();
  drawFoot();
  return drawCurrent();
}

function focusHeading(section) {
  const heading = byId(section).querySelector("h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function follow() {
  answers = [];
  const kind = drawCurrent();
  const [name, sentence] = addressed();
  if (kind === "overview") {
    if (SECTIONS.includes(name) && isThere(name)) {
      byId(name).scrollIntoView();
      focusHeading(name);
    } else {
      scrollTo(0, 0);
    }
    return;
  }
  const wanted = kind === "article" && byId(`sentence-${sentence}`);
  if (wanted) {
    wanted.tabIndex = -1;
    wanted.focus({ preventScroll: true });
    wanted.scrollIntoView({ block: "center" });
    return;
  }
  scrollTo(0, 0);
  byId(kind === "article" ? "article" : "record").querySelector("h1").focus({ preventScroll: true });
}

addEventListener("hashchange", follow);
addEventListener("resize", () => {
  const width = document.documentElement.clientWidth;
  if (width === drawnWidth || byId("overview").hidden) return;
  drawnWidth = width;
  drawNetwork();
  drawMap();
});
acceptDrops();
select();
if (drawAll() !== "overview" || location.hash) follow();
