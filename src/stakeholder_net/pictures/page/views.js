// @ts-check
// Where the actors stand in each view: by their ties, by how many ties they have, on the map of the municipalities.

const RING = 95; // between two rings of the concentric view
const FIRST = 6; // actors on its first ring; each further ring takes as many more
const APART = 24; // between actors of one municipality
const TURN = Math.PI * (3 - Math.sqrt(5)); // the golden angle: neighbours never stand in a line

/** @param {any} model @returns {string[]} the views that these data allow */
export const viewsOf = (model) => ["relational", "concentric", ...(model.geo ? ["geographic"] : [])];

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
