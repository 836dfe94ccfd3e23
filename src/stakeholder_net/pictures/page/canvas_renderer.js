// @ts-check
// Draws the page's network on one canvas: no library, no WebGL, no physics.

import { el } from "./dom.js";
import { drawLabels, placeLabels } from "./labels.js";
import { neighbours, radius } from "./model.js";
import { tracePath } from "./shapes.js";

const SLOW = 9; // ms: a drawing that takes longer is moved as a picture, and drawn sharp when the reader rests
const REST = 90; // ms
const WIDTHS = 6; // ties are stroked in so many widths a layer, one path each

/**
 * @param {HTMLElement} stage
 * @param {any} model
 * @param {{ select: (actor: number) => void, hint: (actor: number, x: number, y: number) => void }} told
 */
export function canvasRenderer(stage, model, told) {
  const canvas = /** @type {HTMLCanvasElement} */ (el("canvas"));
  const kept = /** @type {HTMLCanvasElement} */ (el("canvas"));
  stage.replaceChildren(canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const camera = { x: 0, y: 0, scale: 1 };
  let keptCamera = { ...camera };
  let firstScale = 1;
  let cost = 0;
  let rest = 0;
  let frame = 0;
  let dark = false;
  /** @type {any} */
  let state = null;
  /** @type {any} */
  let seen = null;
  let around = new Map();
  /** @type {any[]} */
  let written = [];
  let drawn = { ties: 0, perLayer: [0] };

  const palette = () =>
    dark
      ? { ground: "#12161c", ink: "#eef1f5", outline: "#05070a", accent: "#ffffff", hue: "dark" }
      : { ground: "#fbfaf7", ink: "#1c2330", outline: "#1c2330", accent: "#0b5cad", hue: "light" };

  /** @param {number} actor @returns {[number, number, number]} place and radius on the screen */
  const spot = (actor) => [
    (model.actors.x[actor] - camera.x) * camera.scale + stage.clientWidth / 2,
    (model.actors.y[actor] - camera.y) * camera.scale + stage.clientHeight / 2,
    Math.max(2.5, radius(model, actor) * camera.scale),
  ];

  /** @param {boolean} moving the reader is moving the map */
  function ask(moving) {
    clearTimeout(rest);
    if (moving && cost > SLOW) rest = setTimeout(() => ask(false), REST);
    if (frame) cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      frame = 0;
      if (moving && cost > SLOW) blit();
      else draw();
    });
  }

  function blit() {
    const by = camera.scale / keptCamera.scale;
    const [wide, high] = [canvas.width, canvas.height];
    const ratio = wide / Math.max(1, stage.clientWidth);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = palette().ground;
    context.fillRect(0, 0, wide, high);
    const left = wide / 2 + (keptCamera.x - camera.x) * camera.scale * ratio - (wide / 2) * by;
    const top = high / 2 + (keptCamera.y - camera.y) * camera.scale * ratio - (high / 2) * by;
    context.drawImage(kept, left, top, wide * by, high * by);
  }

  function draw() {
    const [wide, high] = [stage.clientWidth, stage.clientHeight];
    if (!seen || !wide || !high) return;
    const began = performance.now();
    const ratio = globalThis.devicePixelRatio || 1;
    const [pixelsWide, pixelsHigh] = [Math.round(wide * ratio), Math.round(high * ratio)];
    if (canvas.width !== pixelsWide || canvas.height !== pixelsHigh) {
      for (const one of [canvas, kept]) [one.width, one.height] = [pixelsWide, pixelsHigh];
      canvas.style.width = `${wide}px`;
      canvas.style.height = `${high}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = palette().ground;
    context.fillRect(0, 0, wide, high);
    if (state.view === "geographic") drawLand();
    drawTies();
    drawMarks();
    writeNames(wide, high);
    const copy = /** @type {CanvasRenderingContext2D} */ (kept.getContext("2d"));
    copy.drawImage(canvas, 0, 0);
    keptCamera = { ...camera };
    cost = performance.now() - began;
  }

  function drawLand() {
    context.strokeStyle = dark ? "#4a5563" : "#b9bfc8";
    context.fillStyle = dark ? "#1a2028" : "#ffffff";
    context.lineWidth = 1;
    for (const ring of model.geo.rings) {
      context.beginPath();
      for (let i = 0; i < ring.length; i += 2)
        context.lineTo((ring[i] - camera.x) * camera.scale + stage.clientWidth / 2, (ring[i + 1] - camera.y) * camera.scale + stage.clientHeight / 2);
      context.closePath();
      context.fill();
      context.stroke();
    }
  }

  function drawTies() {
    const own = new Set(state.selected >= 0 ? model.byActor[state.selected] : []);
    const opacity = Math.min(0.6, Math.max(0.12, 0.6 * Math.sqrt(500 / Math.max(1, seen.ties.length))));
    /** @type {number[][]} */
    const heaps = Array.from({ length: 2 * model.layers.length * WIDTHS }, () => []);
    drawn = { ties: seen.ties.length, perLayer: model.layers.map(() => 0) };
    for (const tie of seen.ties) {
      const layer = model.ties.layer[tie];
      const share = Math.sqrt(model.strength[tie] / (model.strongest[layer] || 1));
      const step = Math.min(WIDTHS - 1, Math.max(0, Math.floor(share * WIDTHS)));
      heaps[((own.has(tie) ? 1 : 0) * model.layers.length + layer) * WIDTHS + step].push(tie);
      drawn.perLayer[layer]++;
    }
    const thin = Math.min(1.6, Math.max(0.5, camera.scale));
    heaps.forEach((heap, place) => {
      if (!heap.length) return;
      const layer = model.layers[Math.floor(place / WIDTHS) % model.layers.length];
      const chosen = place >= model.layers.length * WIDTHS;
      context.globalAlpha = chosen ? 0.9 : state.selected >= 0 ? 0.05 : opacity;
      context.strokeStyle = context.fillStyle = layer[palette().hue];
      context.lineWidth = thin * (0.8 + (3.2 * ((place % WIDTHS) + 0.5)) / WIDTHS);
      context.setLineDash(layer.dash.map((/** @type {number} */ part) => part * thin));
      context.beginPath();
      for (const tie of heap) traceTie(tie);
      context.stroke();
      context.setLineDash([]);
      if (layer.directed && (chosen || drawn.ties <= 3000)) for (const tie of heap) arrow(tie);
    });
    context.globalAlpha = 1;
  }

  /** @param {number} tie @returns {number[]} ends and the point that bends it */
  function bent(tie) {
    const [x0, y0] = spot(model.ties.source[tie]);
    const [x1, y1] = spot(model.ties.target[tie]);
    const bend = 0.28 * model.bend[tie];
    return [x0, y0, x1, y1, (x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend];
  }

  /** @param {number} tie */
  function traceTie(tie) {
    const [x0, y0, x1, y1, cx, cy] = bent(tie);
    context.moveTo(x0, y0);
    if (model.bend[tie]) context.quadraticCurveTo(cx, cy, x1, y1);
    else context.lineTo(x1, y1);
  }

  /** @param {number} tie */
  function arrow(tie) {
    const [, , x1, y1, cx, cy] = bent(tie);
    const r = spot(model.ties.target[tie])[2];
    const far = Math.hypot(x1 - cx, y1 - cy);
    if (far < r + 8) return;
    const [ux, uy] = [(x1 - cx) / far, (y1 - cy) / far];
    const [tipX, tipY] = [x1 - ux * r, y1 - uy * r];
    context.beginPath();
    context.moveTo(tipX, tipY);
    context.lineTo(tipX - 8 * ux - 3.5 * uy, tipY - 8 * uy + 3.5 * ux);
    context.lineTo(tipX - 8 * ux + 3.5 * uy, tipY - 8 * uy - 3.5 * ux);
    context.fill();
  }

  function drawMarks() {
    const { ground, outline, accent } = palette();
    for (let i = 0; i < model.n; i++) {
      if (!seen.actors[i]) continue;
      const [x, y, r] = spot(i);
      const ghost = model.actors.place[i] === 2;
      context.globalAlpha = state.selected >= 0 && state.selected !== i && !around.has(i) ? 0.22 : 1;
      tracePath(context, model.groups[model.group[i]].shape, x, y, r);
      context.fillStyle = ghost ? ground : model.groups[model.group[i]].fill;
      context.fill();
      context.setLineDash(ghost ? [3, 2] : []);
      context.lineWidth = state.selected === i ? 3 : 1;
      context.strokeStyle = state.selected === i ? accent : ghost ? palette().ink : outline;
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** @param {number} wide @param {number} high */
  function writeNames(wide, high) {
    const wishes = [];
    const taken = [];
    for (let i = 0; i < model.n; i++) {
      if (!seen.actors[i]) continue;
      const [x, y, r] = spot(i);
      if (x < -50 || y < -50 || x > wide + 50 || y > high + 50) continue;
      taken.push({ left: x - r, top: y - r, width: 2 * r, height: 2 * r, own: i });
      const close = i === state.selected || around.has(i);
      if (state.selected >= 0 && !close) continue;
      const largest = model.largest || 1;
      const rank = model.actors.size ? (model.actors.size[i] ?? 0) / largest : model.said[i] + seen.degree[i] / (model.nTies + 1);
      const want = (i === state.selected ? 1e6 : close ? 1e3 : 0) + rank;
      const chosen = i === state.selected;
      wishes.push({ id: i, text: model.actors.name[i], x, y, r, want, size: chosen ? 14 : 12, bold: chosen });
    }
    const most = state.selected >= 0 ? 80 : Math.max(14, Math.round((28 * camera.scale) / firstScale));
    written = placeLabels(context, wishes, taken, wide, high, most);
    drawLabels(context, written, palette().ink, palette().ground);
  }

  /** @param {PointerEvent | MouseEvent} event @returns {number} the actor under the pointer, or -1 */
  function under(event) {
    const box = canvas.getBoundingClientRect();
    let [best, nearest] = [-1, Infinity];
    for (let i = 0; i < model.n; i++) {
      if (!seen.actors[i]) continue;
      const [x, y, r] = spot(i);
      const far = Math.hypot(x - event.clientX + box.left, y - event.clientY + box.top);
      if (far <= Math.max(12, r + 2) && far - r < nearest) [best, nearest] = [i, far - r];
    }
    return best;
  }

  /** @type {Map<number, PointerEvent>} */
  const fingers = new Map();
  let travelled = 0;
  canvas.addEventListener("pointerdown", (event) => {
    if (!fingers.size) travelled = 0;
    fingers.set(event.pointerId, event);
    canvas.setPointerCapture(event.pointerId);
    told.hint(-1, 0, 0);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) {
      const box = canvas.getBoundingClientRect();
      const actor = under(event);
      canvas.style.cursor = actor < 0 ? "grab" : "pointer";
      told.hint(actor, event.clientX - box.left, event.clientY - box.top);
      return;
    }
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    travelled += Math.hypot(dx, dy);
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    fingers.set(event.pointerId, event);
    if (other) {
      const apart = (/** @type {PointerEvent} */ finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
      api.zoom(Math.max(1, apart(event)) / Math.max(1, apart(before)));
    } else if (travelled > 4) api.pan(-dx, -dy);
  });
  const lifted = (/** @type {PointerEvent} */ event) => {
    if (event.type === "pointerup" && fingers.size === 1 && travelled <= 4) told.select(under(event));
    fingers.delete(event.pointerId);
  };
  canvas.addEventListener("pointerup", lifted);
  canvas.addEventListener("pointercancel", lifted);
  canvas.addEventListener("pointerleave", () => told.hint(-1, 0, 0));
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
      const before = camera.scale;
      api.zoom(Math.exp(-event.deltaY * 0.0015));
      // what lies under the pointer stays there
      camera.x += x / before - x / camera.scale;
      camera.y += y / before - y / camera.scale;
    },
    { passive: false },
  );
  new ResizeObserver(() => ask(false)).observe(stage);

  const api = {
    engine: "canvas",
    /** @param {any} nextState @param {any} nextSeen @param {boolean} nextDark */
    update(nextState, nextSeen, nextDark) {
      [state, seen, dark] = [nextState, nextSeen, nextDark];
      around = state.selected >= 0 ? neighbours(model, state.selected, seen) : new Map();
      draw();
    },
    fit() {
      const land = state.view === "geographic" ? [-model.geo.width / 2, -model.geo.height / 2, model.geo.width / 2, model.geo.height / 2] : null;
      let [left, top, right, bottom] = land ?? [Infinity, Infinity, -Infinity, -Infinity];
      for (let i = 0; i < model.n; i++) {
        if (!seen.actors[i]) continue;
        left = Math.min(left, model.actors.x[i]);
        right = Math.max(right, model.actors.x[i]);
        top = Math.min(top, model.actors.y[i]);
        bottom = Math.max(bottom, model.actors.y[i]);
      }
      if (right < left) return;
      const wide = Math.max(1, stage.clientWidth - 110);
      const high = Math.max(1, stage.clientHeight - 110);
      firstScale = Math.min(2, wide / Math.max(80, right - left), high / Math.max(80, bottom - top));
      [camera.x, camera.y, camera.scale] = [(left + right) / 2, (top + bottom) / 2, firstScale];
      draw();
    },
    /** @param {number} by */
    zoom(by) {
      camera.scale = Math.min(12, Math.max(0.02, camera.scale * by));
      ask(true);
    },
    /** @param {number} dx @param {number} dy */
    pan(dx, dy) {
      camera.x += dx / camera.scale;
      camera.y += dy / camera.scale;
      ask(true);
    },
    /** @param {number} actor */
    show(actor) {
      [camera.x, camera.y] = [model.actors.x[actor], model.actors.y[actor]];
      ask(false);
    },
    labels: () => written,
    /** how it is drawn at present, for a drawing that is kept */
    plan: () => ({ wide: stage.clientWidth, high: stage.clientHeight, ...palette(), spot, bent, labels: written }),
    /** what was drawn, for the tests */
    counts: () => ({ nodes: seen.nActors, edges: drawn.ties, perLayer: drawn.perLayer, held: model.nTies }),
  };
  return api;
}
