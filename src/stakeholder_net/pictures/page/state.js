// @ts-check
// What the reader has chosen, and its way into the address of the page and back.

import { crowdOf, firstScheme, MANY, schemeOf } from "./clusters.js";
import { startsSparse } from "./scene.js";
import { viewsOf } from "./views.js";

/**
 * @typedef {{ layers: boolean[], groups: boolean[], ghosts: boolean, selected: number, from: number | null,
 *   to: number | null, town: string, least: number, near: boolean, view: string, by: string, open: number[],
 *   sparse: boolean, hulls: boolean, first: boolean, marked: number[], step: number,
 *   at: { x: number, y: number, scale: number } | null }} State
 */

/** @param {any} model @returns {State} everything shown */
export const freshState = (model) => ({
  layers: model.layers.map(() => true),
  groups: model.groups.map(() => true),
  ghosts: false,
  selected: -1,
  from: null,
  to: null,
  town: "",
  least: 0,
  near: false,
  view: "relational",
  by: firstScheme(model),
  open: [],
  sparse: startsSparse(model),
  hulls: crowdOf(model) > MANY,
  first: Boolean(model.firm),
  marked: [],
  step: -1,
  at: null,
});

/** @param {number | null} day days since 1970 @returns {string} as a field for dates writes it */
export const isoDay = (day) => (day === null ? "" : new Date(day * 864e5).toISOString().slice(0, 10));

/** @param {string} text @returns {number | null} */
export function dayOf(text) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : Math.round(time / 864e5);
}

/** @param {any} page @returns {string} what to put behind the # of the address; nothing when everything is shown */
export function toHash(page) {
  const { model, state } = page;
  const out = new URLSearchParams();
  const off = (/** @type {boolean[]} */ flags, /** @type {any[]} */ named) =>
    flags.flatMap((on, i) => (on ? [] : [named[i].id])).join(" ");
  if (state.layers.includes(false)) out.set("layers-off", off(state.layers, model.layers));
  if (state.groups.includes(false)) out.set("kinds-off", off(state.groups, model.groups));
  if (state.ghosts) out.set("ghosts", "1");
  if (state.from !== null) out.set("from", isoDay(state.from));
  if (state.to !== null) out.set("to", isoDay(state.to));
  if (state.town) out.set("town", state.town);
  if (state.least) out.set("least", String(state.least));
  if (state.near) out.set("near", "1");
  if (state.view !== "relational") out.set("view", state.view);
  const fresh = freshState(model);
  if (state.by !== fresh.by) out.set("by", state.by || "no");
  if (state.open.length) out.set("open", state.open.join(" "));
  for (const key of /** @type {const} */ (["sparse", "hulls", "first"])) if (state[key] !== fresh[key]) out.set(key, state[key] ? "1" : "0");
  if (state.marked.length) out.set("mark", state.marked.map((i) => model.actors.id[i]).join(" "));
  if (state.step >= 0) out.set("step", String(state.step + 1));
  if (state.selected >= 0) out.set("actor", model.actors.id[state.selected]);
  const at = page.moved ? page.renderer.camera?.() : null;
  if (at) out.set("at", [at.x.toFixed(1), at.y.toFixed(1), at.scale.toPrecision(4)].join(" "));
  if (page.language !== page.firstLanguage) out.set("lang", page.language);
  if (page.themed) out.set("theme", page.dark ? "dark" : "light");
  return out.toString();
}

/** @param {any} model @param {string} hash @returns {State} what an address asks for; words that are not known are let be */
export function fromHash(model, hash) {
  const state = freshState(model);
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const off = (/** @type {string} */ key, /** @type {boolean[]} */ flags, /** @type {any[]} */ named) => {
    const ids = (asked.get(key) ?? "").split(" ");
    named.forEach((/** @type {any} */ one, /** @type {number} */ i) => {
      if (ids.includes(one.id)) flags[i] = false;
    });
  };
  off("layers-off", state.layers, model.layers);
  off("kinds-off", state.groups, model.groups);
  state.ghosts = asked.get("ghosts") === "1";
  state.from = dayOf(asked.get("from") ?? "");
  state.to = dayOf(asked.get("to") ?? "");
  const town = asked.get("town") ?? "";
  if (model.towns.includes(town)) state.town = town;
  const least = Number(asked.get("least"));
  if (least > 0 && least <= 100) state.least = Math.round(least);
  state.near = asked.get("near") === "1";
  if (viewsOf(model).includes(asked.get("view") ?? "")) state.view = asked.get("view") ?? "";
  const by = asked.get("by") ?? "";
  if (by === "no") state.by = "";
  else if (schemeOf(model, by)) state.by = by;
  const groups = schemeOf(model, state.by)?.names.length ?? 0;
  state.open = (asked.get("open") ?? "").split(" ").filter((word) => /^\d+$/.test(word) && Number(word) < groups).map(Number);
  for (const key of /** @type {const} */ (["sparse", "hulls"])) if (asked.has(key)) state[key] = asked.get(key) === "1";
  if (asked.get("first") === "0") state.first = false;
  const marked = new Set((asked.get("mark") ?? "").split(" "));
  state.marked = [...model.actors.id.keys()].filter((i) => marked.has(model.actors.id[i]));
  const step = Number(asked.get("step") ?? 0);
  if (step >= 1 && step <= (model.story ?? []).length) state.step = Math.floor(step) - 1;
  state.selected = model.actors.id.indexOf(asked.get("actor") ?? "");
  if (state.selected >= 0 && model.actors.place[state.selected] === 2) state.ghosts = true;
  openFor(model, state, state.selected);
  const [x, y, scale] = (asked.get("at") ?? "").split(" ").map(Number);
  if (Math.abs(x) < 1e6 && Math.abs(y) < 1e6 && scale >= 0.02 && scale <= 12) state.at = { x, y, scale };
  return state;
}

/** the group of a chosen actor is opened, so that it is seen @param {any} model @param {State} state @param {number} actor */
export function openFor(model, state, actor) {
  const cluster = actor < 0 ? undefined : schemeOf(model, state.by)?.of[actor];
  if (cluster !== undefined && cluster >= 0 && !state.open.includes(cluster)) state.open = [...state.open, cluster].sort((a, b) => a - b);
}
