// @ts-check
// Actors taken together as one mark: by the groups that the ties form, by municipality, by kind.

import { say } from "./words.js";

export const MANY = 300; // above it the strongest ties of each actor are drawn, and groups are shown as areas
export const CROWD = 1500; // above it the page opens with groups in the place of actors
const FEW = 2; // groups of fewer actors are not taken together
const ROOM = 15; // radius of a group of one actor; the area grows with the actors, as the room that they take

/**
 * @typedef {{ id: string, of: number[], names: { it: string, en: string }[], groups: number[] | null }} Scheme
 */

/** @param {any} model @returns {number} actors that were seen at least once */
export const crowdOf = (model) => model.n - model.nGhosts;

/** @param {any} model @returns {Scheme[]} the ways of taking actors together that these data allow */
export function schemesOf(model) {
  if (model.schemes) return model.schemes;
  /** @type {Scheme[]} */
  const out = [];
  const given = model.communities;
  if (given) out.push({ id: "community", of: given.of, names: given.names, groups: null });
  const both = (/** @type {string} */ text) => ({ it: text, en: text });
  if (model.towns.length >= FEW) {
    const place = new Map(model.towns.map((/** @type {string} */ town, /** @type {number} */ i) => [town, i]));
    const unknown = { it: say("it", "noTown"), en: say("en", "noTown") };
    out.push({
      id: "town",
      of: model.actors.town.map((/** @type {string} */ town) => place.get(town) ?? model.towns.length),
      names: [...model.towns.map(both), unknown],
      groups: null,
    });
  }
  out.push({ id: "kind", of: model.group, names: model.groups.map((/** @type {any} */ group) => ({ it: group.it, en: group.en })), groups: [...model.groups.keys()] });
  return (model.schemes = out);
}

/** @param {any} model @param {string} id @returns {Scheme | undefined} */
export const schemeOf = (model, id) => schemesOf(model).find((scheme) => scheme.id === id);

/** @param {any} model @returns {string} how a page begins: actors one by one, unless there are too many to be read */
export const firstScheme = (model) => (crowdOf(model) > CROWD ? schemesOf(model)[0].id : "");

/**
 * The groups that are shown as one mark, in the middle of their actors and pushed apart.
 * @param {any} model @param {any} state @param {any} seen
 * @returns {{ x: number, y: number, r: number, cluster: number, members: number }[]}
 */
export function closedClusters(model, state, seen) {
  const scheme = state.view === "concentric" ? undefined : schemeOf(model, state.by);
  if (!scheme) return [];
  const open = new Set(state.open);
  const sums = scheme.names.map((_, cluster) => ({ x: 0, y: 0, r: 0, cluster, members: 0 }));
  for (let i = 0; i < model.n; i++) {
    if (!seen.actors[i]) continue;
    const sum = sums[scheme.of[i]];
    if (!sum || open.has(sum.cluster)) continue;
    sum.x += model.actors.x[i];
    sum.y += model.actors.y[i];
    sum.members++;
  }
  const out = sums.filter((sum) => sum.members >= FEW);
  for (const sum of out) {
    sum.x /= sum.members;
    sum.y /= sum.members;
    sum.r = ROOM * Math.sqrt(sum.members);
  }
  if (state.view !== "geographic") apart(out);
  return out;
}

/** @param {{ x: number, y: number, r: number }[]} marks pushed until none covers another; the same input gives the same places */
function apart(marks) {
  for (let round = 0; round < 200; round++) {
    let touching = false;
    for (let i = 0; i < marks.length; i++)
      for (let j = i + 1; j < marks.length; j++) {
        const [one, other] = [marks[i], marks[j]];
        const wish = (one.r + other.r) * 1.15;
        let [dx, dy] = [other.x - one.x, other.y - one.y];
        let far = Math.hypot(dx, dy);
        if (far >= wish) continue;
        touching = true;
        if (far < 1e-6) [dx, dy, far] = [Math.cos(i + j), Math.sin(i + j), 1];
        const push = ((wish - far) / far) * 0.5;
        one.x -= dx * push;
        one.y -= dy * push;
        other.x += dx * push;
        other.y += dy * push;
      }
    if (!touching) return;
  }
}

/**
 * The areas of the groups behind their actors.
 * @param {any} model @param {any} state @param {any} seen @returns {{ cluster: number, points: number[][] }[]}
 */
export function hullsOf(model, state, seen) {
  const scheme = schemeOf(model, "community");
  if (!scheme || !state.hulls || state.by || state.view !== "relational") return [];
  /** @type {number[][][]} */
  const points = scheme.names.map(() => []);
  for (let i = 0; i < model.n; i++) if (seen.actors[i] && scheme.of[i] >= 0) points[scheme.of[i]].push([model.actors.x[i], model.actors.y[i]]);
  return points.flatMap((list, cluster) => (list.length < 3 ? [] : [{ cluster, points: hull(list) }]));
}

/** @param {number[][]} points @returns {number[][]} the corners of the least area that holds them */
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (/** @type {number[]} */ o, /** @type {number[]} */ a, /** @type {number[]} */ b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (/** @type {number[][]} */ list) => {
    /** @type {number[][]} */
    const out = [];
    for (const point of list) {
      while (out.length > 1 && turn(out[out.length - 2], out[out.length - 1], point) <= 0) out.pop();
      out.push(point);
    }
    return out.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}
