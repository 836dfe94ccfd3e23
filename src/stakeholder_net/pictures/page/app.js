// @ts-check
// Puts the page together: data, state, renderer, panels.

import { byId, el } from "./dom.js";
import { updateFilters } from "./filters.js";
import { printsWell } from "./keep.js";
import { readModel, visible } from "./model.js";
import { buildControls, buildDetails, updateCounts } from "./panels.js";
import { fromHash, openFor, toHash } from "./state.js";
import { buildStory } from "./story.js";
import { buildTables } from "./tables.js";
import { placesIn } from "./views.js";
import { date, say } from "./words.js";

/** @type {any} */
const page = { dark: false, moved: false };

/** @param {(stage: HTMLElement, model: any, told: any) => any} renderer what draws the network */
export function start(renderer) {
  const data = JSON.parse(byId("data").textContent);
  const model = readModel(data);
  page.model = model;
  page.language = document.documentElement.lang === "en" ? "en" : "it";
  page.firstLanguage = page.language;
  page.dark = matchMedia("(prefers-color-scheme: dark)").matches;
  dress(location.hash);
  page.state = fromHash(model, location.hash);
  page.tell = (/** @type {string} */ text) => {
    byId("live").textContent = text;
  };
  page.select = select;
  page.toggle = toggle;
  page.go = go;
  page.words = words;
  page.refresh = refresh;
  page.seen = visible(model, page.state);
  page.renderer = renderer(byId("canvas"), model, { select: (/** @type {number} */ actor) => select(actor), open: toggle, hint, moved });
  theme();
  words();
  refresh();
  // the map ends where the window does, however high the title and the walk are
  const above = () => document.documentElement.style.setProperty("--above", `${Math.ceil(byId("stage").getBoundingClientRect().top + scrollY)}px`);
  for (const part of [document.querySelector("header"), byId("story")]) new ResizeObserver(above).observe(/** @type {Element} */ (part));
  above();
  home();
  // a frame in a notebook is laid out at size nothing first: fit again until the reader has moved the map
  new ResizeObserver(() => {
    if (!page.moved) page.renderer.fit();
  }).observe(byId("stage"));
  for (const event of ["wheel", "pointerdown"]) byId("canvas").addEventListener(event, () => (page.moved = true), { passive: true });
  byId("canvas").addEventListener("keydown", keys);
  printsWell(page);
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) !== page.written) go(location.hash);
  });
  /** @type {any} */ (globalThis).__map = { page, counts: () => page.renderer.counts(), labels: () => page.renderer.labels() };
  document.documentElement.dataset.ready = "true";
}

/** @param {string} address show what an address asks for */
function go(address) {
  page.state = fromHash(page.model, address);
  dress(address);
  theme();
  words();
  refresh();
  home();
}

/** the language and the theme that an address asks for @param {string} address */
function dress(address) {
  const asked = new URLSearchParams(address.replace(/^#/, ""));
  const [language, look] = [asked.get("lang") ?? "", asked.get("theme") ?? ""];
  if (["it", "en"].includes(language)) page.language = language;
  if (["dark", "light"].includes(look)) [page.dark, page.themed] = [look === "dark", true];
}

/** the whole map, or the part of it that the address asks for */
function home() {
  const { at } = page.state;
  page.renderer.fit();
  page.moved = Boolean(at && page.renderer.look);
  if (page.moved) page.renderer.look(at);
  page.state.at = null;
  remember();
}

/** the reader moves the map: the address follows at rest */
function moved() {
  clearTimeout(page.resting);
  page.resting = setTimeout(remember, 250);
}

/** @param {number} cluster open a group, or take its actors together again */
function toggle(cluster) {
  const { state } = page;
  const open = !state.open.includes(cluster);
  state.open = open ? [...state.open, cluster].sort((/** @type {number} */ a, /** @type {number} */ b) => a - b) : state.open.filter((/** @type {number} */ one) => one !== cluster);
  const said = byId(`open-${cluster}`);
  if (said) said.checked = open;
  refresh();
}

function refresh() {
  page.seen = visible(page.model, page.state);
  if (page.state.selected >= 0 && !page.seen.actors[page.state.selected]) {
    page.state.selected = -1;
    page.seen = visible(page.model, page.state);
  }
  const moved = stand();
  page.renderer.update(page.state, page.seen, page.dark);
  if (moved) page.renderer.fit();
  updateCounts(page);
  updateFilters(page);
  buildDetails(page);
  buildTables(page);
  buildStory(page);
  caption();
  remember();
}

/** the address says what is seen; a page inside another may not change its own */
function remember() {
  page.written = toHash(page);
  if (page.written === location.hash.slice(1)) return;
  try {
    history.replaceState(null, "", page.written ? `#${page.written}` : "#");
  } catch (refused) {
    if (!(refused instanceof DOMException)) throw refused;
  }
}

/** put the actors where the view wants them; whether they have moved */
function stand() {
  if (!page.renderer.plan) Object.assign(page.state, { view: "relational", by: "" }); // what pyvis draws stands still
  if (page.standing === page.state.view) return false;
  const first = page.standing === undefined;
  page.standing = page.state.view;
  Object.assign(page.model.actors, placesIn(page.model, page.state.view));
  return !(first && page.state.view === "relational");
}

function caption() {
  const { model, seen, language } = page;
  const { state } = page;
  const period = model.period && [state.from ?? model.period[0], state.to ?? model.period[1]];
  const when = period ? (period[0] === period[1] ? date(language, period[0]) : `${date(language, period[0])} – ${date(language, period[1])}`) : say(language, "noDates");
  const parts = [
    say(language, "nActors", { n: seen.nActors, total: model.n }),
    say(language, "nTies", { n: seen.ties.length, total: model.nTies }),
    when,
    ...drawnWords(),
  ];
  const text = parts.filter(Boolean).join(" · ");
  if (byId("caption").textContent && byId("caption").textContent !== text) page.tell(text);
  byId("caption").textContent = text;
}

/** @returns {string[]} what of the visible is not drawn one by one */
function drawnWords() {
  const scene = page.renderer.scene?.();
  if (!scene) return [];
  const out = [];
  if (scene.drawn + scene.inside < page.seen.ties.length) out.push(say(page.language, "drawn", { n: scene.drawn }));
  if (scene.inside) out.push(say(page.language, "inside_", { n: scene.inside }));
  return out;
}

/** @param {number} actor @param {{ move?: boolean, focus?: boolean }} [how] */
function select(actor, how = {}) {
  const { model, language, state } = page;
  if (actor >= 0 && model.actors.place[actor] === 2 && !state.ghosts) {
    state.ghosts = true;
    byId("ghosts").checked = true;
  }
  if (actor >= 0 && !state.groups[model.group[actor]]) {
    state.groups[model.group[actor]] = true;
    byId(`group-${model.group[actor]}`).checked = true;
  }
  if (actor >= 0 && state.town && model.actors.town[actor] !== state.town) {
    state.town = "";
    byId("town").value = "";
  }
  state.selected = actor;
  openFor(model, state, actor);
  refresh();
  if (actor >= 0 && how.move) page.renderer.show(actor);
  if (how.focus) byId("details").focus();
  page.tell(actor < 0 ? say(language, "deselected") : say(language, "selected", { name: model.actors.name[actor], n: page.seen.degree[actor] }));
}

/** @param {number} actor @param {number} x @param {number} y */
function hint(actor, x, y) {
  const box = byId("hint");
  box.style.display = actor < 0 ? "none" : "block";
  if (actor < 0) return;
  const { model, language } = page;
  const parts = [model.actors.name[actor], model.kinds[model.actors.kind[actor]][language], model.actors.town[actor]];
  box.textContent = parts.filter(Boolean).join(" · ");
  box.style.left = `${Math.min(x + 14, byId("stage").clientWidth - 310)}px`;
  box.style.top = `${y + 14}px`;
}

/** @param {KeyboardEvent} event */
function keys(event) {
  const step = 60;
  /** @type {Record<string, () => void>} */
  const deeds = {
    ArrowLeft: () => page.renderer.pan(-step, 0),
    ArrowRight: () => page.renderer.pan(step, 0),
    ArrowUp: () => page.renderer.pan(0, -step),
    ArrowDown: () => page.renderer.pan(0, step),
    "+": () => page.renderer.zoom(1.25),
    "=": () => page.renderer.zoom(1.25),
    "-": () => page.renderer.zoom(0.8),
    0: whole,
    n: () => next(1),
    N: () => next(event.shiftKey ? -1 : 1),
    Enter: () => byId("details").focus(),
    Escape: () => select(-1),
  };
  if (event.ctrlKey || event.metaKey || event.altKey || !deeds[event.key]) return;
  event.preventDefault();
  page.moved = true;
  deeds[event.key]();
}

function whole() {
  page.moved = false;
  page.renderer.fit();
  remember();
}

/** @param {number} step the next visible actor by number of ties */
function next(step) {
  const order = [...page.seen.actors.keys()]
    .filter((i) => page.seen.actors[i])
    .sort((a, b) => page.seen.degree[b] - page.seen.degree[a] || a - b);
  if (!order.length) return;
  const at = order.indexOf(page.state.selected);
  select(order[(at + step + order.length) % order.length], { move: true });
}

/** everything that is written in one language */
function words() {
  const { model, language } = page;
  document.documentElement.lang = language;
  document.title = model.title[language];
  byId("title").textContent = model.title[language];
  byId("subtitle").textContent = model.source ? say(language, "source", { name: model.source }) : "";
  byId("foot").textContent = say(language, "inside");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = say(language, node.getAttribute("data-t") ?? "");
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", say(language, node.getAttribute("data-t-label") ?? ""));
  const button = (/** @type {string} */ id, /** @type {string} */ text, /** @type {() => void} */ click) => el("button", { type: "button", id, text, on: { click } });
  byId("actions").replaceChildren(
    button("language", say(language, "language"), () => {
      page.language = language === "it" ? "en" : "it";
      words();
      refresh();
      byId("language").focus();
    }),
    button("theme", say(language, page.dark ? "themeLight" : "theme"), () => {
      page.dark = !page.dark;
      page.themed = true;
      theme();
      words();
      refresh();
      byId("theme").focus();
    }),
  );
  byId("language").lang = language === "it" ? "en" : "it";
  const small = (/** @type {string} */ text, /** @type {string} */ key, /** @type {() => void} */ click) =>
    el("button", { type: "button", text, "aria-label": say(language, key), on: { click: () => { page.moved = true; click(); } } });
  byId("zoom").replaceChildren(
    small("+", "zoomIn", () => page.renderer.zoom(1.25)),
    small("−", "zoomOut", () => page.renderer.zoom(0.8)),
    small("⤢", "fit", whole),
  );
  buildControls(page);
}

function theme() {
  document.documentElement.dataset.theme = page.dark ? "dark" : "light";
}
