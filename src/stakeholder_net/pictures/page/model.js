// @ts-check
// The data of the page, and what of it is visible under a state.

/**
 * @typedef {ReturnType<typeof readModel>} Model
 * @typedef {import("./state.js").State} State
 * @typedef {{ actors: Uint8Array, nActors: number, ties: number[], tiesPerLayer: number[], actorsPerGroup: number[],
 *   degree: Uint32Array, undated: number }} Visible
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
  const towns = [...new Set(data.actors.town.filter(Boolean))].sort((a, b) => String(a).localeCompare(String(b)));
  return {
    ...data,
    n,
    towns,
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

/**
 * Whether something of these days falls into the period: 1 yes, 0 no, -1 it has no day.
 * @param {State} state @param {number | null | undefined} first @param {number | null | undefined} last
 */
function within(state, first, last) {
  const [begin, end] = [first ?? last ?? null, last ?? first ?? null];
  if (begin === null || end === null) return -1;
  return (state.to === null || begin <= state.to) && (state.from === null || end >= state.from) ? 1 : 0;
}

/** @param {Model} model @param {State} state @returns {{ ties: Int8Array, actors: Uint8Array } | null} */
function inPeriod(model, state) {
  if (state.from === null && state.to === null) return null;
  const events = model.events.start.map((/** @type {any} */ day, /** @type {number} */ i) => within(state, day, model.events.end[i]));
  const actors = new Uint8Array(model.n);
  const { actor, event, status } = model.attendance;
  for (let row = 0; row < actor.length; row++) if (events[event[row]] === 1 && model.statuses[status[row]].counts) actors[actor[row]] = 1;
  const ties = new Int8Array(model.nTies);
  for (let i = 0; i < model.nTies; i++) {
    if (!model.layers[model.ties.layer[i]].derived) ties[i] = within(state, model.ties.since?.[i], model.ties.until?.[i]);
    else {
      // a tie of several events is there as long as one of them is
      const shared = eventsOfTie(model, i).map((one) => events[one]);
      ties[i] = shared.includes(1) ? 1 : shared.includes(0) ? 0 : -1;
    }
  }
  return { ties, actors };
}

/** @param {any} model @param {number} tie @returns {number[]} the events that make a derived tie, worked out once */
function eventsOfTie(model, tie) {
  model.madeBy ??= [];
  return (model.madeBy[tie] ??= evidence(model, tie).map(({ event }) => event));
}

/** @param {Model} model @param {State} state @returns {Visible} */
export function visible(model, state) {
  const actors = new Uint8Array(model.n);
  const period = inPeriod(model, state);
  const { source, target, layer } = model.ties;
  const strong = (/** @type {number} */ i) => model.strength[i] >= (state.least / 100) * model.strongest[layer[i]];
  const close = new Set(state.near && state.selected >= 0 ? [state.selected] : []);
  if (close.size)
    for (const tie of model.byActor[state.selected])
      if (state.layers[layer[tie]] && strong(tie) && (!period || period.ties[tie] === 1)) close.add(source[tie] === state.selected ? target[tie] : source[tie]);
  // who has a tie in the period is seen, as is who came to a meeting in it
  const alive = period?.actors;
  if (alive && period) for (let i = 0; i < model.nTies; i++) if (period.ties[i] === 1) alive[source[i]] = alive[target[i]] = 1;
  const actorsPerGroup = model.groups.map(() => 0);
  let nActors = 0;
  for (let i = 0; i < model.n; i++) {
    const ghost = model.actors.place[i] === 2;
    if (ghost && !state.ghosts) continue;
    if (state.town && model.actors.town[i] !== state.town) continue;
    if (close.size && !close.has(i)) continue;
    if (alive && !ghost && !alive[i]) continue;
    actorsPerGroup[model.group[i]]++;
    if (!state.groups[model.group[i]]) continue;
    actors[i] = 1;
    nActors++;
  }
  const tiesPerLayer = model.layers.map(() => 0);
  const degree = new Uint32Array(model.n);
  const ties = [];
  let undated = 0;
  for (let i = 0; i < model.nTies; i++) {
    if (period && period.ties[i] < 0) undated++;
    if (!actors[source[i]] || !actors[target[i]]) continue;
    if ((period && period.ties[i] !== 1) || !strong(i)) continue;
    tiesPerLayer[layer[i]]++;
    if (!state.layers[layer[i]]) continue;
    ties.push(i);
    degree[source[i]]++;
    degree[target[i]]++;
  }
  return { actors, nActors, ties, tiesPerLayer, actorsPerGroup, degree, undated };
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
