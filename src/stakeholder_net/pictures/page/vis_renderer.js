// @ts-check
// Draws the page's network with vis.js (pyvis): its ties and camera, our marks and names.

import { drawLabels, placeLabels } from "./labels.js";
import { neighbours, radius } from "./model.js";
import { tracePath } from "./shapes.js";

/**
 * @param {HTMLElement} stage
 * @param {any} model its `vis` is what pyvis holds: keys, nodes, edges, options
 * @param {{ select: (actor: number) => void, hint: (actor: number, x: number, y: number) => void }} told
 */
export function visRenderer(stage, model, told) {
  const given = model.vis;
  const vis = /** @type {any} */ (globalThis).vis;
  const place = new Map(given.keys.map((/** @type {string} */ key, /** @type {number} */ i) => [key, i]));
  let dark = false;
  /** @type {any} */
  let state = null;
  /** @type {any} */
  let seen = null;
  let shown = new Set();
  let around = new Map();
  /** @type {any[]} */
  let written = [];

  const nodes = new vis.DataSet(given.nodes.map((/** @type {any} */ node) => dressed(node)));
  const edges = new vis.DataSet(given.edges.map((/** @type {any} */ edge, /** @type {number} */ i) => ({ ...edge, id: edge.id ?? `x${i}`, title: undefined })));
  const seenNodes = new vis.DataView(nodes, { filter: (/** @type {any} */ node) => !place.has(node.id) || seen?.actors[place.get(node.id)] });
  const seenEdges = new vis.DataView(edges, { filter: (/** @type {any} */ edge) => !/^t\d+$/.test(edge.id) || shown.has(Number(edge.id.slice(1))) });
  const network = new vis.Network(stage, { nodes: seenNodes, edges: seenEdges }, { ...given.options, autoResize: true });

  /** @param {any} node */
  function dressed(node) {
    const i = place.get(node.id);
    if (i === undefined) return { ...node, title: undefined };
    return {
      ...node,
      label: undefined,
      title: undefined,
      shape: "custom",
      ctxRenderer: (/** @type {any} */ { ctx, x, y }) => {
        const r = radius(model, i);
        const dim = state.selected >= 0 && state.selected !== i && !around.has(i);
        return {
          drawNode() {
            ctx.globalAlpha = dim ? 0.22 : 1;
            tracePath(ctx, model.groups[model.group[i]].shape, x, y, r);
            ctx.fillStyle = model.actors.place[i] === 2 ? palette().ground : model.groups[model.group[i]].fill;
            ctx.fill();
            ctx.setLineDash(model.actors.place[i] === 2 ? [4, 3] : []);
            ctx.lineWidth = state.selected === i ? 4 : 1.4;
            ctx.strokeStyle = state.selected === i ? palette().accent : palette().outline;
            ctx.stroke();
            ctx.setLineDash([]);
            ctx.globalAlpha = 1;
          },
          nodeDimensions: { width: 2 * r, height: 2 * r },
        };
      },
    };
  }

  const palette = () =>
    dark
      ? { ground: "#12161c", ink: "#eef1f5", outline: "#aab3bf", accent: "#ffffff", hue: "dark" }
      : { ground: "#fbfaf7", ink: "#1c2330", outline: "#1c2330", accent: "#0b5cad", hue: "light" };

  network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ context) => {
    if (!seen) return;
    const scale = network.getScale();
    const centre = network.getViewPosition();
    const wide = stage.clientWidth;
    const high = stage.clientHeight;
    const ratio = context.canvas.width / Math.max(1, wide);
    const wishes = [];
    const taken = [];
    for (let i = 0; i < model.n; i++) {
      if (!seen.actors[i]) continue;
      const x = (model.actors.x[i] - centre.x) * scale + wide / 2;
      const y = (model.actors.y[i] - centre.y) * scale + high / 2;
      const r = radius(model, i) * scale;
      if (x < -50 || y < -50 || x > wide + 50 || y > high + 50) continue;
      taken.push({ left: x - r, top: y - r, width: 2 * r, height: 2 * r, own: i });
      const close = i === state.selected || around.has(i);
      if (state.selected >= 0 && !close) continue;
      const rank = model.actors.size ? (model.actors.size[i] ?? 0) / (model.largest || 1) : model.said[i] + seen.degree[i] / (model.nTies + 1);
      const want = (i === state.selected ? 1e6 : close ? 1e3 : 0) + rank;
      wishes.push({ id: i, text: model.actors.name[i], x, y, r, want, size: i === state.selected ? 14 : 12, bold: i === state.selected });
    }
    const most = state.selected >= 0 ? 80 : Math.max(14, Math.round((28 * scale) / firstScale));
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    written = placeLabels(context, wishes, taken, wide, high, most);
    drawLabels(context, written, palette().ink, palette().ground);
    context.restore();
  });
  network.on("click", (/** @type {any} */ event) => {
    const actor = event.nodes.length ? place.get(event.nodes[0]) : undefined;
    told.select(actor ?? -1);
  });
  network.on("hoverNode", (/** @type {any} */ event) => {
    const actor = place.get(event.node);
    if (actor !== undefined) told.hint(actor, event.pointer.DOM.x, event.pointer.DOM.y);
  });
  network.on("blurNode", () => told.hint(-1, 0, 0));
  network.on("dragStart", () => told.hint(-1, 0, 0));

  function paint() {
    const hue = palette().hue;
    const opacity = Math.min(0.6, Math.max(0.12, 0.6 * Math.sqrt(500 / Math.max(1, seen.ties.length))));
    const own = new Set(state.selected >= 0 ? model.byActor[state.selected] : []);
    const changes = [];
    for (const tie of seen.ties) {
      const alpha = state.selected < 0 ? opacity : own.has(tie) ? 0.9 : 0.05;
      changes.push({ id: `t${tie}`, color: { color: model.layers[model.ties.layer[tie]][hue], opacity: alpha, inherit: false } });
    }
    edges.update(changes);
  }

  let firstScale = 1;
  const api = {
    engine: "pyvis",
    /** @param {any} nextState @param {any} nextSeen @param {boolean} nextDark */
    update(nextState, nextSeen, nextDark) {
      state = nextState;
      seen = nextSeen;
      dark = nextDark;
      shown = new Set(seen.ties);
      around = state.selected >= 0 ? neighbours(model, state.selected, seen) : new Map();
      paint();
      seenNodes.refresh();
      seenEdges.refresh();
      network.redraw();
    },
    fit() {
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
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
      network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: firstScale, animation: false });
    },
    /** @param {number} by */
    zoom(by) {
      network.moveTo({ scale: Math.min(12, Math.max(0.02, network.getScale() * by)), animation: false });
    },
    /** @param {number} dx @param {number} dy */
    pan(dx, dy) {
      const at = network.getViewPosition();
      const scale = network.getScale();
      network.moveTo({ position: { x: at.x + dx / scale, y: at.y + dy / scale }, animation: false });
    },
    /** @param {number} actor */
    show(actor) {
      network.moveTo({ position: { x: model.actors.x[actor], y: model.actors.y[actor] }, animation: false });
    },
    labels: () => written,
    /** what vis holds and draws, for the tests */
    counts() {
      const perLayer = model.layers.map(() => 0);
      for (const edge of seenEdges.get()) if (/^t\d+$/.test(edge.id)) perLayer[model.ties.layer[Number(edge.id.slice(1))]]++;
      return { nodes: seenNodes.length, edges: seenEdges.length, perLayer, held: edges.length };
    },
  };
  return api;
}
