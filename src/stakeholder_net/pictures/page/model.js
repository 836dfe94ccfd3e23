// @ts-check
// The data of the page, and what of it is visible under a state.

/**
 * @typedef {ReturnType<typeof readModel>} Model
 * @typedef {{ layers: boolean[], groups: boolean[], ghosts: boolean, selected: number }} State
 * @typedef {{ actors: Uint8Array, nActors: number, ties: number[], tiesPerLayer: number[], actorsPerGroup: number[],
 *   degree: Uint32Array }} Visible
 */

/** @param {any} data */
export function readModel(data) {
  const n = data.actors.name.length;
  const kind = data.actors.kind;
  const group = kind.map((/** @type {number} */ k) => data.kinds[k].group);
  const strength = data.ties.strength ?? data.ties.weight;
  const nTies = data.ties.source.length;
  const strongest = data.layers.map(() => 0);
  for (let i = 0; i < nTies; i++) strongest[data.ties.layer[i]] = Math.max(strongest[data.ties.layer[i]], strength[i]);
  const byActor = Array.from({ length: n }, () => /** @type {number[]} */ ([]));
  for (let i = 0; i < nTies; i++) {
    byActor[data.ties.source[i]].push(i);
    byActor[data.ties.target[i]].push(i);
  }
  const seats = Array.from({ length: n }, () => /** @type {number[]} */ ([]));
  for (let i = 0; i < data.attendance.actor.length; i++) seats[data.attendance.actor[i]].push(i);
  return {
    ...data,
    n,
    nTies,
    group,
    strength,
    strongest,
    byActor,
    seats,
    bend: bends(data, n),
    // how much there is to tell of an actor: events it took part in, and ties that come from no event
    said: seats.map(
      (rows, i) =>
        rows.filter((row) => data.statuses[data.attendance.status[row]].counts).length +
        byActor[i].filter((tie) => !data.layers[data.ties.layer[tie]].derived).length,
    ),
    folded: data.actors.name.map((/** @type {string} */ name) => fold(name)),
    nGhosts: data.actors.place.filter((/** @type {number} */ place) => place === 2).length,
    period: period(data),
  };
}

/** @param {string} text @returns {string} lower case, without accents */
export const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

/**
 * How far each tie bends, so that the ties of one pair are all seen: 0 for a pair with one tie.
 * @param {any} data @param {number} n @returns {Float32Array}
 */
function bends(data, n) {
  const { source, target } = data.ties;
  const pairs = new Map();
  for (let i = 0; i < source.length; i++) {
    const key = Math.min(source[i], target[i]) * n + Math.max(source[i], target[i]);
    const list = pairs.get(key);
    if (list) list.push(i);
    else pairs.set(key, [i]);
  }
  const out = new Float32Array(source.length);
  for (const list of pairs.values()) {
    if (list.length < 2) continue;
    list.forEach((/** @type {number} */ tie, /** @type {number} */ place) => {
      const side = source[tie] < target[tie] ? 1 : -1;
      out[tie] = side * (place - (list.length - 1) / 2);
    });
  }
  return out;
}

/** @param {any} data @returns {[number, number] | null} first and last day of anything */
function period(data) {
  let first = Infinity;
  let last = -Infinity;
  for (const days of [data.events.start, data.events.end, data.ties.since ?? [], data.ties.until ?? []])
    for (const day of days) {
      if (day === null) continue;
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
  return last < first ? null : [first, last];
}

/** @param {Model} model @param {State} state @returns {Visible} */
export function visible(model, state) {
  const actors = new Uint8Array(model.n);
  const actorsPerGroup = model.groups.map(() => 0);
  let nActors = 0;
  for (let i = 0; i < model.n; i++) {
    if (model.actors.place[i] === 2 && !state.ghosts) continue;
    actorsPerGroup[model.group[i]]++;
    if (!state.groups[model.group[i]]) continue;
    actors[i] = 1;
    nActors++;
  }
  const tiesPerLayer = model.layers.map(() => 0);
  const degree = new Uint32Array(model.n);
  const ties = [];
  const { source, target, layer } = model.ties;
  for (let i = 0; i < model.nTies; i++) {
    if (!actors[source[i]] || !actors[target[i]]) continue;
    tiesPerLayer[layer[i]]++;
    if (!state.layers[layer[i]]) continue;
    ties.push(i);
    degree[source[i]]++;
    degree[target[i]]++;
  }
  return { actors, nActors, ties, tiesPerLayer, actorsPerGroup, degree };
}

/** @param {Model} model @param {number} actor @param {boolean} counting @returns {number[]} rows of attendance */
export const seatsOf = (model, actor, counting) =>
  model.seats[actor].filter((/** @type {number} */ row) => !counting || model.statuses[model.attendance.status[row]].counts);

/**
 * The rows behind a tie: for a derived tie the events that both took part in, with the row of each.
 * @param {Model} model @param {number} tie @returns {{ event: number, rows: [number, number] }[]}
 */
export function evidence(model, tie) {
  const layer = model.ties.layer[tie];
  const theirs = new Map(
    seatsOf(model, model.ties.target[tie], true).map((row) => [model.attendance.event[row], row]),
  );
  return seatsOf(model, model.ties.source[tie], true)
    .filter((row) => theirs.has(model.attendance.event[row]) && model.events.layer[model.attendance.event[row]] === layer)
    .map((row) => ({ event: model.attendance.event[row], rows: [row, theirs.get(model.attendance.event[row])] }));
}

/** @param {Model} model @param {number} actor @param {Visible} seen @returns {Map<number, number[]>} ties by neighbour */
export function neighbours(model, actor, seen) {
  const out = new Map();
  const shown = new Set(seen.ties);
  for (const tie of model.byActor[actor]) {
    if (!shown.has(tie)) continue;
    const other = model.ties.source[tie] === actor ? model.ties.target[tie] : model.ties.source[tie];
    out.set(other, [...(out.get(other) ?? []), tie]);
  }
  return out;
}

/** @param {Model} model @param {number} actor @returns {number} radius in units of the plane: its area is the measure */
export function radius(model, actor) {
  if (!model.actors.size) return 11;
  const value = model.actors.size[actor];
  const top = model.largest ?? (model.largest = Math.max(1e-12, ...model.actors.size.map((/** @type {any} */ v) => v ?? 0)));
  return value === null ? 6 : 6 + 13 * Math.sqrt(Math.max(0, value) / top);
}
