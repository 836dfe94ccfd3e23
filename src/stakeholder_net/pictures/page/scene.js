// @ts-check
// What stands where under a state: marks, the lines between them, planes and areas. Renderers draw this and nothing else.

import { closedClusters, crowdOf, hullsOf, MANY, schemeOf } from "./clusters.js";
import { radius } from "./model.js";
import { planesOf } from "./views.js";

const STRONGEST = 3; // ties of each actor that are drawn in a large network

/**
 * @typedef {{ x: number, y: number, r: number, actor: number, cluster: number, members: number, layer: number }} Mark
 * @typedef {{ a: number, b: number, layer: number, share: number, bend: number, tie: number, ties: number, own: boolean }} Line
 * @typedef {{ marks: Mark[], lines: Line[], drawn: number, inside: number, perLayer: number[], planes: any[], hulls: any[],
 *   places: Map<number, number[]> }} Scene
 */

/** @param {any} model @param {any} state @param {any} seen @returns {Scene} */
export function buildScene(model, state, seen) {
  /** @type {Mark[]} */
  const marks = [];
  const end = new Int32Array(model.n).fill(-1);
  const scheme = schemeOf(model, state.by);
  for (const { x, y, r, cluster, members } of closedClusters(model, state, seen)) {
    for (let i = 0; i < model.n; i++) if (seen.actors[i] && scheme?.of[i] === cluster) end[i] = marks.length;
    marks.push({ x, y, r, actor: -1, cluster, members, layer: -1 });
  }
  for (let i = 0; i < model.n; i++) {
    if (!seen.actors[i] || end[i] >= 0) continue;
    end[i] = marks.length;
    marks.push({ x: model.actors.x[i], y: model.actors.y[i], r: radius(model, i), actor: i, cluster: -1, members: 1, layer: -1 });
  }
  const scene = linesOf(model, state, seen, marks, end);
  if (state.view === "layered") raise(model, state, seen, scene);
  for (const [place, { actor }] of scene.marks.entries()) {
    const list = scene.places.get(actor);
    if (list) list.push(place);
    else if (actor >= 0) scene.places.set(actor, [place]);
  }
  return { ...scene, hulls: hullsOf(model, state, seen) };
}

/** @param {any} model @returns {boolean} whether a page begins with the strongest ties of each actor only */
export const startsSparse = (model) => crowdOf(model) > MANY || model.nTies > 3000;

/** @param {any} model @param {any} state @param {any} seen @returns {number[]} the ties to draw */
function toDraw(model, state, seen) {
  if (!state.sparse || schemeOf(model, state.by)) return seen.ties;
  const share = (/** @type {number} */ tie) => model.strength[tie] / (model.strongest[model.ties.layer[tie]] || 1);
  model.byShare ??= [...model.ties.source.keys()].sort((a, b) => share(b) - share(a) || a - b);
  const shown = new Uint8Array(model.nTies);
  for (const tie of seen.ties) shown[tie] = 1;
  const rank = new Uint16Array(model.n);
  const { source, target } = model.ties;
  const out = [];
  for (const tie of model.byShare) {
    if (!shown[tie]) continue;
    const [one, other] = [rank[source[tie]]++, rank[target[tie]]++];
    const own = source[tie] === state.selected || target[tie] === state.selected;
    if (own || one < STRONGEST || other < STRONGEST) out.push(tie);
  }
  return out;
}

/** @param {any} model @param {any} state @param {any} seen @param {Mark[]} marks @param {Int32Array} end @returns {Scene} */
function linesOf(model, state, seen, marks, end) {
  /** @type {Line[]} */
  const lines = [];
  const heaps = new Map();
  const heaviest = model.layers.map(() => 0);
  const perLayer = model.layers.map(() => 0);
  let inside = 0;
  const ties = toDraw(model, state, seen);
  const { source, target, layer } = model.ties;
  for (const tie of ties) {
    const [a, b, l] = [end[source[tie]], end[target[tie]], layer[tie]];
    if (a === b) {
      inside++;
      continue;
    }
    perLayer[l]++;
    const own = state.selected >= 0 && (source[tie] === state.selected || target[tie] === state.selected);
    if (marks[a].actor >= 0 && marks[b].actor >= 0) {
      const share = model.strength[tie] / (model.strongest[l] || 1);
      const bend = state.view === "layered" && !model.layers[l].directed ? 0 : model.bend[tie];
      lines.push({ a, b, layer: l, share, bend, tie, ties: 1, own });
      continue;
    }
    const [low, high] = a < b || model.layers[l].directed ? [a, b] : [b, a];
    const key = (l * marks.length + low) * marks.length + high;
    let line = heaps.get(key);
    if (!line) {
      const bend = state.view === "layered" ? 0 : 0.5 * (l - (model.layers.length - 1) / 2);
      heaps.set(key, (line = { a: low, b: high, layer: l, share: 0, bend, tie: -1, ties: 0, own }));
      lines.push(line);
    }
    line.ties++;
    line.own ||= own;
    heaviest[l] = Math.max(heaviest[l], line.ties);
  }
  for (const line of lines) if (line.tie < 0) line.share = line.ties / heaviest[line.layer];
  const kept = heaps.size && state.sparse ? strongestLines(lines, marks.length) : lines;
  if (kept !== lines) {
    perLayer.fill(0);
    for (const { layer: l, ties: n } of kept) perLayer[l] += n;
  }
  const drawn = perLayer.reduce((/** @type {number} */ sum, /** @type {number} */ n) => sum + n, 0);
  return { marks, lines: kept, drawn, inside, perLayer, planes: [], hulls: [], places: new Map() };
}

/** @param {Line[]} lines @param {number} n @returns {Line[]} the chosen actor's, and of each mark those that hold most ties */
function strongestLines(lines, n) {
  const rank = new Uint16Array(n);
  return [...lines]
    .sort((one, other) => other.ties - one.ties || other.share - one.share || one.a - other.a || one.b - other.b || one.layer - other.layer)
    .filter(({ a, b, own }) => [rank[a]++, rank[b]++].some((place) => place < STRONGEST) || own);
}

/** each mark once on every plane where it is active @param {any} model @param {any} state @param {any} seen @param {Scene} scene */
function raise(model, state, seen, scene) {
  const planes = planesOf(model, state);
  const active = planes.map(() => new Set());
  const level = new Map(planes.map((plane, place) => [plane.layer, place]));
  for (const { a, b, layer } of scene.lines) active[level.get(layer) ?? 0].add(a).add(b);
  const mine = new Map(scene.marks.flatMap(({ actor }, place) => (actor < 0 ? [] : [[actor, place]])));
  const { actor, event, status } = model.attendance;
  for (let row = 0; row < actor.length; row++) {
    const place = level.get(model.events.layer[event[row]]);
    const mark = mine.get(actor[row]);
    if (place !== undefined && mark !== undefined && model.statuses[status[row]].counts) active[place].add(mark);
  }
  /** @type {Mark[]} */
  const marks = [];
  const moved = planes.map(() => new Map());
  planes.forEach((plane, place) => {
    for (const from of [...active[place]].sort((a, b) => a - b)) {
      const mark = scene.marks[from];
      const [x, y] = plane.lift(mark.x, mark.y);
      moved[place].set(from, marks.length);
      marks.push({ ...mark, x, y, r: mark.r * 0.75, layer: plane.layer });
    }
  });
  for (const line of scene.lines) {
    const place = level.get(line.layer) ?? 0;
    [line.a, line.b] = [moved[place].get(line.a), moved[place].get(line.b)];
  }
  scene.marks = marks;
  scene.planes = planes;
}
