// @ts-check
// Where the actors stand in each view: by their ties, in rings, on the map of the municipalities, on a plane a layer.

const RING = 95; // between two rings of the concentric view
const FIRST = 6; // actors on its first ring; each further ring takes as many more
const APART = 24; // between actors of one municipality
const TURN = Math.PI * (3 - Math.sqrt(5)); // the golden angle: neighbours never stand in a line

/** @param {any} model @returns {string[]} the views that these data allow */
export const viewsOf = (model) => ["relational", "concentric", ...(model.geo ? ["geographic"] : []), ...(model.layers.length > 1 ? ["layered"] : [])];

/** @param {any} model @param {string} view @returns {{ x: number[], y: number[] }} */
export function placesIn(model, view) {
  model.home ??= { x: model.actors.x, y: model.actors.y };
  if (view === "concentric") return rings(model);
  if (view === "geographic") return onTheMap(model);
  return model.home;
}

/** @param {any} model in the centre who has most ties; on a ring kinds stand side by side; outside, who has none */
function rings(model) {
  const ties = model.byActor.map((/** @type {number[]} */ list) => list.length);
  const order = [...ties.keys()].sort((a, b) => Number(ties[a] === 0) - Number(ties[b] === 0) || ties[b] - ties[a] || a - b);
  const out = { x: new Array(model.n), y: new Array(model.n) };
  for (let at = 0, ring = 1; at < order.length; ring++) {
    const some = order.slice(at, at + FIRST * ring).sort((a, b) => model.group[a] - model.group[b] || a - b);
    at += some.length;
    some.forEach((actor, place) => {
      const angle = (2 * Math.PI * place) / some.length - Math.PI / 2;
      out.x[actor] = RING * ring * Math.cos(angle);
      out.y[actor] = RING * ring * Math.sin(angle);
    });
  }
  return out;
}

/** @param {any} model around the middle of their municipality; who has none that is known, in rows below */
function onTheMap(model) {
  const out = { x: new Array(model.n), y: new Array(model.n) };
  const here = new Map();
  let lost = 0;
  const wide = Math.max(8, Math.round(model.geo.width / APART / 1.5));
  for (let i = 0; i < model.n; i++) {
    const middle = model.geo.towns[model.actors.town[i]];
    if (!middle) {
      out.x[i] = ((lost % wide) - (wide - 1) / 2) * APART * 1.5;
      out.y[i] = model.geo.height / 2 + APART * (3 + 1.5 * Math.floor(lost / wide));
      lost++;
      continue;
    }
    const nth = here.get(model.actors.town[i]) ?? 0;
    here.set(model.actors.town[i], nth + 1);
    out.x[i] = middle[0] + APART * Math.sqrt(nth) * 0.72 * Math.cos(nth * TURN);
    out.y[i] = middle[1] + APART * Math.sqrt(nth) * 0.72 * Math.sin(nth * TURN);
  }
  return out;
}

const LEAN = 0.34; // how far a plane leans to the left for each step back
const FLAT = 0.4; // how flat it lies

/**
 * One plane for each layer that is shown, the first at the top; an actor stands at the same place of each.
 * @param {any} model @param {any} state
 * @returns {{ layer: number, corners: number[][], lift: (x: number, y: number) => [number, number] }[]}
 */
export function planesOf(model, state) {
  const home = model.home ?? model.actors;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < model.n; i++) {
    if (model.actors.place[i] === 2) continue;
    [left, right] = [Math.min(left, home.x[i]), Math.max(right, home.x[i])];
    [top, bottom] = [Math.min(top, home.y[i]), Math.max(bottom, home.y[i])];
  }
  if (right < left) [left, top, right, bottom] = [0, 0, 0, 0];
  const edge = 60;
  const [wide, high] = [Math.max(200, right - left) / 2 + edge, Math.max(200, bottom - top) / 2 + edge];
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const shown = [...model.layers.keys()].filter((layer) => state.layers[layer]);
  return shown.map((layer, place) => {
    const down = (place - (shown.length - 1) / 2) * (2 * high * FLAT * 1.14);
    const lift = (/** @type {number} */ x, /** @type {number} */ y) =>
      /** @type {[number, number]} */ ([x - middleX - LEAN * (y - middleY), FLAT * (y - middleY) + down]);
    const corners = [[-wide, -high], [wide, -high], [wide, high], [-wide, high]].map(([x, y]) => lift(middleX + x, middleY + y));
    return { layer, corners, lift };
  });
}
