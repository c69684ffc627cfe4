// Elements are made from names and text alone, never from markup, so that no value can act.
const SVG = "http://www.w3.org/2000/svg";
const SAFE_LINK = /^(#|https?:\/\/|blob:)/;

function fillElement(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "style") {
      for (const [key, setting] of Object.entries(value)) element.style.setProperty(key, setting);
    } else if (name === "href" && !SAFE_LINK.test(value)) {
      continue;
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

const h = (tag, attributes, ...children) =>
  fillElement(document.createElement(tag), attributes, children);
const g = (tag, attributes, ...children) =>
  fillElement(document.createElementNS(SVG, tag), attributes, children);
const byId = (id) => document.getElementById(id);

function replace(target, ...children) {
  target.replaceChildren();
  return fillElement(target, {}, children);
}

const plural = (list, count) => list[count === 1 ? 0 : 1];

function foldText(text) {
  return text.normalize("NFD").replace(/\p{M}+/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

function groupBy(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const name = row[key];
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return groups;
}

function announce(text) {
  byId("live").textContent = text;
}

// One stop of the tab key for many things; the arrow keys move among them.
function roveAmong(container, selector) {
  const items = () => [...container.querySelectorAll(selector)];
  items().forEach((item, place) => item.setAttribute("tabindex", place === 0 ? "0" : "-1"));
  const go = (item) => {
    for (const other of items()) other.setAttribute("tabindex", other === item ? "0" : "-1");
    item.focus();
  };
  container.onkeydown = (event) => {
    const all = items();
    const here = all.indexOf(event.target.closest(selector));
    if (here < 0) return;
    const last = all.length - 1;
    const places = {
      ArrowDown: Math.min(here + 1, last), ArrowRight: Math.min(here + 1, last),
      ArrowUp: Math.max(here - 1, 0), ArrowLeft: Math.max(here - 1, 0), Home: 0, End: last,
    };
    if (event.key in places && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      go(all[places[event.key]]);
    } else if (event.key === " " || event.key === "Enter") {
      if (event.target.tagName.toLowerCase() !== "a" && event.target.tagName !== "BUTTON") {
        event.preventDefault();
        event.target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      }
    }
  };
}
