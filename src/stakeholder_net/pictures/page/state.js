// @ts-check
// What the reader has chosen, and its way into the address of the page and back.

import { viewsOf } from "./views.js";

/**
 * @typedef {{ layers: boolean[], groups: boolean[], ghosts: boolean, selected: number, from: number | null,
 *   to: number | null, town: string, least: number, near: boolean, view: string }} State
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
  if (state.selected >= 0) out.set("actor", model.actors.id[state.selected]);
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
  state.selected = model.actors.id.indexOf(asked.get("actor") ?? "");
  if (state.selected >= 0 && model.actors.place[state.selected] === 2) state.ghosts = true;
  return state;
}
