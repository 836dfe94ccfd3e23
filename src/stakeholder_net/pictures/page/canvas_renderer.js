// @ts-check
// Draws the page's network on one canvas: no library, no WebGL, no physics.

import { schemeOf } from "./clusters.js";
import { el } from "./dom.js";
import { drawLabels, FONT, placeLabels, short } from "./labels.js";
import { gestures } from "./gestures.js";
import { neighbours } from "./model.js";
import { buildScene } from "./scene.js";
import { tracePath } from "./shapes.js";

const SLOW = 9; // ms: a drawing that takes longer is moved as a picture, and drawn sharp when the reader rests
const REST = 90; // ms
const BEND = 0.28; // of the length of a tie, for each step aside
const WIDTHS = 6; // ties are stroked in so many widths a layer

/**
 * @param {HTMLElement} stage
 * @param {any} model
 * @param {{ select: (actor: number) => void, open: (cluster: number) => void, hint: (actor: number, x: number, y: number) => void, moved: () => void }} told
 */
export function canvasRenderer(stage, model, told) {
  const canvas = /** @type {HTMLCanvasElement} */ (el("canvas"));
  const kept = /** @type {HTMLCanvasElement} */ (el("canvas"));
  stage.replaceChildren(canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const camera = { x: 0, y: 0, scale: 1 };
  let keptCamera = { ...camera };
  let firstScale = 1;
  /** half of the stage, and place and radius of every mark on it, as last drawn: asking the page for its size is slow */
  let [middle, centre] = [0, 0];
  /** @type {[number, number, number][]} */
  let spots = [];
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
  /** @type {import("./scene.js").Scene} */
  let scene = { marks: [], lines: [], drawn: 0, inside: 0, perLayer: [], planes: [], hulls: [], places: new Map() };
  /** @type {Set<number>} */
  let marked = new Set();
  /** @type {Set<number>} marks at the other end of the chosen actor's ties */
  let lit = new Set();

  const palette = () =>
    dark
      ? { ground: "#12161c", ink: "#eef1f5", outline: "#aab3bf", accent: "#ffffff", hue: "dark" }
      : { ground: "#fbfaf7", ink: "#1c2330", outline: "#1c2330", accent: "#0b5cad", hue: "light" };

  /** @param {number} x @param {number} y @returns {[number, number]} a place of the plane on the screen */
  const onScreen = (x, y) => [
    (x - camera.x) * camera.scale + middle,
    (y - camera.y) * camera.scale + centre,
  ];

  /** @param {number} mark @returns {[number, number, number]} place and radius on the screen */
  const spot = (mark) => spots[mark];

  /** @param {boolean} moving the reader is moving the map */
  function ask(moving) {
    clearTimeout(rest);
    if (moving) told.moved();
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
    [middle, centre] = [wide / 2, high / 2];
    spots = scene.marks.map(({ x, y, r }) => [...onScreen(x, y), Math.max(2.5, r * camera.scale)]);
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
    if (state.view === "geographic") for (const ring of model.geo.rings) drawArea(pairs(ring), land());
    for (const area of scene.hulls) drawArea(area.points, { ...land(), fill: dark ? "#1d242d" : "#f1efe8" }, 14 * camera.scale);
    for (const plane of scene.planes) drawArea(plane.corners, land());
    drawTies();
    drawPosts();
    drawMarks();
    writeNames(wide, high);
    const copy = /** @type {CanvasRenderingContext2D} */ (kept.getContext("2d"));
    copy.drawImage(canvas, 0, 0);
    keptCamera = { ...camera };
    cost = performance.now() - began;
  }

  const land = () => (dark ? { stroke: "#4a5563", fill: "#1a2028" } : { stroke: "#b9bfc8", fill: "#ffffff" });

  /** @param {number[][]} points @param {{ stroke: string, fill: string }} look @param {number} [round] how far it reaches beyond */
  function drawArea(points, look, round = 0) {
    context.beginPath();
    for (const [x, y] of points) context.lineTo(...onScreen(x, y));
    context.closePath();
    context.lineJoin = "round";
    [context.fillStyle, context.strokeStyle, context.lineWidth] = [look.fill, round ? look.fill : look.stroke, round ? 2 * round : 1];
    context.fill();
    context.stroke();
  }

  function drawTies() {
    const opacity = Math.min(0.6, Math.max(0.12, 0.6 * Math.sqrt(500 / Math.max(1, scene.lines.length))));
    const dimmed = state.selected >= 0 || state.marked.length > 0;
    /** @type {number[][]} */
    const heaps = Array.from({ length: 2 * model.layers.length * WIDTHS }, () => []);
    scene.lines.forEach((line, place) => {
      const step = Math.min(WIDTHS - 1, Math.max(0, Math.floor(Math.sqrt(line.share) * WIDTHS)));
      heaps[((bright(line) ? 1 : 0) * model.layers.length + line.layer) * WIDTHS + step].push(place);
    });
    const thin = Math.min(1.6, Math.max(0.5, camera.scale));
    heaps.forEach((heap, place) => {
      if (!heap.length) return;
      const layer = model.layers[Math.floor(place / WIDTHS) % model.layers.length];
      const chosen = place >= model.layers.length * WIDTHS;
      context.globalAlpha = chosen ? 0.9 : dimmed ? 0.05 : opacity;
      context.strokeStyle = context.fillStyle = layer[palette().hue];
      context.lineWidth = thin * (0.8 + (3.2 * ((place % WIDTHS) + 0.5)) / WIDTHS);
      context.setLineDash(layer.dash.map((/** @type {number} */ part) => part * thin));
      // one by one: a path of thousands of lines takes twice as long to paint
      for (const line of heap) {
        context.beginPath();
        traceLine(line);
        context.stroke();
      }
      context.setLineDash([]);
      if (layer.directed && (chosen || scene.lines.length <= 3000)) for (const line of heap) arrow(line);
    });
    context.globalAlpha = 1;
  }

  /** @param {import("./scene.js").Line} line @returns {boolean} whether it stands out: of the chosen actor, or between marked ones */
  const bright = (line) => line.own || (state.selected < 0 && marked.has(scene.marks[line.a].actor) && marked.has(scene.marks[line.b].actor));

  /** @param {number} line @returns {number[]} ends and the point that bends it */
  function bent(line) {
    const { a, b, bend } = scene.lines[line];
    const [x0, y0] = spot(a);
    const [x1, y1] = spot(b);
    return [x0, y0, x1, y1, (x0 + x1) / 2 - (y1 - y0) * bend * BEND, (y0 + y1) / 2 + (x1 - x0) * bend * BEND];
  }

  /** @param {number} line */
  function traceLine(line) {
    const [x0, y0, x1, y1, cx, cy] = bent(line);
    context.moveTo(x0, y0);
    if (scene.lines[line].bend) context.quadraticCurveTo(cx, cy, x1, y1);
    else context.lineTo(x1, y1);
  }

  /** the chosen actor's places on the planes, one above the other */
  function drawPosts() {
    const places = scene.planes.length ? (scene.places.get(state.selected) ?? []) : [];
    if (places.length < 2) return;
    context.strokeStyle = palette().accent;
    context.lineWidth = 1.6;
    context.setLineDash([5, 4]);
    context.beginPath();
    for (const place of places) {
      const [x, y] = spot(place);
      context.lineTo(x, y);
    }
    context.stroke();
    context.setLineDash([]);
  }

  /** @param {number} line */
  function arrow(line) {
    const [, , x1, y1, cx, cy] = bent(line);
    const r = spot(scene.lines[line].b)[2];
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

  /** @param {number} place @returns {boolean} whether a mark steps back behind the chosen and the marked */
  const faint = (place) => {
    const { actor } = scene.marks[place];
    return state.selected >= 0 ? actor !== state.selected && !around.has(actor) && !lit.has(place) : marked.size > 0 && !marked.has(actor);
  };

  function drawMarks() {
    const { ground, outline, accent, ink } = palette();
    scene.marks.forEach((mark, place) => {
      const [x, y, r] = spot(place);
      context.globalAlpha = faint(place) ? 0.22 : 1;
      if (mark.actor < 0) {
        drawCluster(mark, x, y, r);
        return;
      }
      const ghost = model.actors.place[mark.actor] === 2;
      const look = model.groups[model.group[mark.actor]];
      tracePath(context, look.shape, x, y, r);
      context.fillStyle = ghost ? ground : look.fill;
      context.fill();
      context.setLineDash(ghost ? [3, 2] : []);
      context.lineWidth = state.selected === mark.actor ? 3 : 1;
      context.strokeStyle = state.selected === mark.actor ? accent : ghost ? ink : outline;
      context.stroke();
      const firm = state.first ? model.firm?.[mark.actor] : 0;
      if (!firm && !marked.has(mark.actor)) return;
      // a ring around the first: whole when sure, broken when perhaps
      context.setLineDash(firm === 1 ? [4, 3] : []);
      context.strokeStyle = accent;
      context.lineWidth = 2;
      context.beginPath();
      context.arc(x, y, r * 1.35 + 4, 0, 2 * Math.PI);
      context.stroke();
    });
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** @param {import("./scene.js").Mark} mark @param {number} x @param {number} y @param {number} r */
  function drawCluster(mark, x, y, r) {
    const { ground, ink } = palette();
    const group = schemeOf(model, state.by)?.groups?.[mark.cluster];
    const look = group === undefined ? { shape: "circle", fill: dark ? "#2c3641" : "#e6e4dc" } : model.groups[group];
    tracePath(context, look.shape, x, y, r);
    context.fillStyle = look.fill;
    context.fill();
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.stroke();
    const size = Math.max(11, Math.min(16, r * 0.6));
    context.font = `600 ${size}px ${FONT}`;
    const text = String(mark.members);
    const wide = context.measureText(text).width;
    context.lineWidth = 3;
    context.strokeStyle = ground;
    context.strokeText(text, x - wide / 2, y + size * 0.35);
    context.fillStyle = ink;
    context.fillText(text, x - wide / 2, y + size * 0.35);
  }

  /** @param {number} wide @param {number} high */
  function writeNames(wide, high) {
    const wishes = [];
    const taken = covered();
    const scheme = schemeOf(model, state.by);
    const largest = model.largest || 1;
    const firstOnly = scene.planes.length > 0;
    scene.marks.forEach((mark, place) => {
      const [x, y, r] = spot(place);
      if (x < -50 || y < -50 || x > wide + 50 || y > high + 50) return;
      taken.push({ left: x - r, top: y - r, width: 2 * r, height: 2 * r, own: place });
      if (faint(place)) return;
      const i = mark.actor;
      if (i < 0) {
        const text = scheme?.names[mark.cluster][language()] ?? "";
        wishes.push({ id: place, text, x, y, r, want: 10 + mark.members, size: 13, bold: true, free: true });
        return;
      }
      const chosen = i === state.selected;
      if (firstOnly && !chosen && scene.places.get(i)?.[0] !== place) return;
      const close = chosen || around.has(i) || marked.has(i);
      const rank = model.actors.size ? (model.actors.size[i] ?? 0) / largest : model.said[i] + seen.degree[i] / (model.nTies + 1);
      const want = (chosen ? 1e6 : close ? 1e3 : 0) + rank;
      wishes.push({ id: place, text: model.actors.name[i], x, y, r, want, size: chosen ? 14 : 12, bold: chosen });
    });
    const most = state.selected >= 0 || marked.size ? 80 : Math.max(14, Math.round(((scene.planes.length ? 14 : 30) * camera.scale) / firstScale));
    const titles = headings();
    written = [...titles, ...placeLabels(context, wishes, [...taken, ...titles], wide, high, most)];
    drawLabels(context, written, palette().ink, palette().ground);
  }

  /** @returns {any[]} what stands over the map: buttons and caption */
  const covered = () =>
    [...(stage.parentElement?.children ?? [])]
      .map((node) => /** @type {HTMLElement} */ (node))
      .filter((node) => node !== stage && node.offsetWidth && node.id !== "hint")
      .map((node) => ({ left: node.offsetLeft, top: node.offsetTop, width: node.offsetWidth, height: node.offsetHeight, own: undefined }));

  /** @returns {any[]} names of planes at their near left corner, of areas at their top */
  function headings() {
    const out = [];
    const size = 13;
    context.font = `600 ${size}px ${FONT}`;
    const scheme = schemeOf(model, "community");
    const wanted = [
      ...scene.planes.map((plane) => ({ text: model.layers[plane.layer][language()], at: plane.corners[3], down: -8 })),
      ...scene.hulls.map((area) => ({ text: scheme?.names[area.cluster][language()] ?? "", at: area.points.reduce((a, b) => (b[1] < a[1] ? b : a)), down: -16 * camera.scale })),
    ];
    for (const { text, at, down } of wanted) {
      const [x, y] = onScreen(at[0], at[1]);
      const label = { id: -1, text: short(text), x: x + 10, y: y + down, left: x + 10, top: y + down - size, width: context.measureText(short(text)).width, height: size * 1.25, size, bold: true };
      const inside = label.left >= 0 && label.top >= 0 && label.left + label.width <= stage.clientWidth && label.top + label.height <= stage.clientHeight;
      if (inside && !out.some((other) => label.left < other.left + other.width && other.left < label.left + label.width && label.top < other.top + other.height && other.top < label.top + label.height)) out.push(label);
    }
    return out;
  }

  const language = () => /** @type {"it" | "en"} */ (document.documentElement.lang);

  /** @param {PointerEvent | MouseEvent} event @returns {import("./scene.js").Mark | undefined} what lies under the pointer */
  function under(event) {
    const box = canvas.getBoundingClientRect();
    let best;
    let nearest = Infinity;
    scene.marks.forEach((mark, place) => {
      const [x, y, r] = spot(place);
      const far = Math.hypot(x - event.clientX + box.left, y - event.clientY + box.top);
      if (far <= Math.max(12, r + 2) && far - r < nearest) [best, nearest] = [mark, far - r];
    });
    return best;
  }

  new ResizeObserver(() => ask(false)).observe(stage);

  const api = {
    engine: "canvas",
    /** @param {any} nextState @param {any} nextSeen @param {boolean} nextDark */
    update(nextState, nextSeen, nextDark) {
      [state, seen, dark] = [nextState, nextSeen, nextDark];
      around = state.selected >= 0 ? neighbours(model, state.selected, seen) : new Map();
      marked = new Set(state.marked);
      scene = buildScene(model, state, seen);
      lit = new Set(scene.lines.flatMap(({ own, a, b }) => (own ? [a, b] : [])));
      draw();
    },
    fit() {
      const land = state.view === "geographic" ? [-model.geo.width / 2, -model.geo.height / 2, model.geo.width / 2, model.geo.height / 2] : null;
      let [left, top, right, bottom] = land ?? [Infinity, Infinity, -Infinity, -Infinity];
      const reach = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => {
        [left, right] = [Math.min(left, x - r), Math.max(right, x + r)];
        [top, bottom] = [Math.min(top, y - r), Math.max(bottom, y + r)];
      };
      for (const { x, y, r, actor } of scene.marks) reach(x, y, actor < 0 ? r : 0);
      for (const { corners } of scene.planes) for (const [x, y] of corners) reach(x, y, 0);
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
      const mark = scene.marks[scene.places.get(actor)?.[0] ?? -1];
      if (mark) [camera.x, camera.y] = [mark.x, mark.y];
      ask(false);
    },
    camera: () => ({ ...camera }),
    /** @param {{ x: number, y: number, scale: number }} where */
    look(where) {
      Object.assign(camera, where);
      ask(false);
    },
    labels: () => written,
    /** what is drawn at present, for the caption */
    scene: () => scene,
    /** how it is drawn at present, for a drawing that is kept */
    plan: () => ({ wide: stage.clientWidth, high: stage.clientHeight, ...palette(), scene, spot, bent, onScreen, labels: written, land: land() }),
    /** what was drawn, for the tests */
    counts: () => ({ nodes: seen.nActors, edges: scene.drawn, perLayer: scene.perLayer, held: model.nTies, inside: scene.inside }),
  };
  gestures(canvas, camera, { under, told, pan: api.pan, zoom: api.zoom });
  return api;
}

/** @param {number[]} flat @returns {number[][]} */
const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
