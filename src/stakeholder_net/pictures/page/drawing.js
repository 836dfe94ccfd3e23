// @ts-check
// What is seen as one drawing that stands alone: title, network, caption, filters, legend, source; text stays text.

import { schemeOf } from "./clusters.js";
import { byId, svg } from "./dom.js";
import { svgPath } from "./shapes.js";
import { format, say } from "./words.js";

const FONTS = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', sans-serif";
const EDGE = 16;
const STEP = 18; // between two lines of text

const p = (/** @type {number} */ value) => Math.round(value * 10) / 10;

/** @param {string} text @returns {string} without the characters that no XML may hold */
const xmlText = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

/** @param {string} text @param {number} x @param {number} y @param {Record<string, any>} look */
function written(text, x, y, look) {
  const node = svg("text", { x: p(x), y: p(y), "font-family": FONTS, "font-size": 13, ...look });
  node.textContent = xmlText(text);
  return node;
}

/** @param {string} text @param {number} most characters @returns {string[]} */
function lines(text, most) {
  const out = [""];
  for (const word of text.split(/\s+/)) {
    const last = out[out.length - 1];
    if (last && last.length + word.length >= most) out.push(word);
    else out[out.length - 1] = last ? `${last} ${word}` : word;
  }
  return out.map((line) => (line.length > most ? `${line.slice(0, most - 1)}…` : line));
}

/** @param {any} page @returns {SVGElement} */
export function drawing(page) {
  const { model, language } = page;
  const plan = page.renderer.plan();
  const { wide, high, ground, ink } = plan;
  const chars = Math.max(20, Math.floor((wide - 2 * EDGE) / 7));
  const head = lines(model.title[language], Math.floor(chars * 0.68));
  const top = EDGE + head.length * 24 + 8;
  const foot = [byId("caption").textContent ?? "", say(language, "filtered", { what: filterWords(page) || say(language, "noFilter") }), model.source ? say(language, "source", { name: model.source }) : ""];
  const notes = foot.filter(Boolean).flatMap((text) => lines(text, chars));
  const below = top + high + EDGE;
  const legend = legendOf(page, plan, below + notes.length * STEP + EDGE);
  const clip = svg("clipPath", { id: "stage-edge" }, [svg("rect", { width: wide, height: high })]);
  const title = svg("title", {});
  title.textContent = xmlText(document.title);
  const all = legend.bottom + EDGE;
  return svg("svg", { viewBox: `0 0 ${wide} ${all}`, width: wide, height: all, role: "img", "aria-label": xmlText(document.title) }, [
    title,
    svg("defs", {}, [clip]),
    svg("rect", { width: wide, height: all, fill: ground }),
    ...head.map((text, i) => written(text, EDGE, EDGE + 18 + i * 24, { "font-size": 19, "font-weight": 650, fill: ink })),
    svg("g", { transform: `translate(0 ${top})` }, [svg("g", { "clip-path": "url(#stage-edge)" }, network(page, plan))]),
    ...notes.map((text, i) => written(text, EDGE, below + STEP * (i + 0.8), { fill: ink })),
    ...legend.nodes,
  ]);
}

/** @param {any} page @param {any} plan @returns {SVGElement[]} */
function network(page, plan) {
  const { model, state } = page;
  const { scene, spot, bent, onScreen, ground, ink, hue, accent, land, labels } = plan;
  const area = (/** @type {number[][]} */ points) =>
    svg("path", { d: `M${points.map(([x, y]) => onScreen(x, y).map(p).join(" ")).join("L")}Z`, fill: land.fill, stroke: land.stroke, "stroke-linejoin": "round" });
  const flat = (/** @type {number[]} */ ring) => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i], ring[2 * i + 1]]);
  const areas = [
    ...(state.view === "geographic" ? model.geo.rings.map(flat) : []),
    ...scene.hulls.map((/** @type {any} */ one) => one.points),
    ...scene.planes.map((/** @type {any} */ one) => one.corners),
  ].map(area);
  const ties = scene.lines.map((/** @type {any} */ line, /** @type {number} */ place) => {
    const [x0, y0, x1, y1, cx, cy] = bent(place).map(p);
    const look = model.layers[line.layer];
    const d = line.bend ? `M${x0} ${y0}Q${cx} ${cy} ${x1} ${y1}` : `M${x0} ${y0}L${x1} ${y1}`;
    const strong = line.own || state.selected < 0;
    return svg("path", {
      d, fill: "none", stroke: look[hue], "stroke-width": p(0.8 + 3.2 * Math.sqrt(line.share)), "stroke-opacity": line.own ? 0.9 : strong ? 0.35 : 0.06,
      "stroke-dasharray": look.dash.join(" ") || "none",
    });
  });
  const scheme = schemeOf(model, state.by);
  const marks = scene.marks.flatMap((/** @type {any} */ mark, /** @type {number} */ place) => {
    const [x, y, r] = spot(place);
    if (mark.actor < 0) {
      const group = scheme?.groups?.[mark.cluster];
      const look = group === undefined ? { shape: "circle", fill: "#e6e4dc" } : model.groups[group];
      return [
        svg("path", { d: svgPath(look.shape, x, y, r), fill: look.fill, stroke: ink, "stroke-width": 2 }),
        written(String(mark.members), x, y + 5, { "text-anchor": "middle", "font-weight": 600, fill: "#1c2330" }),
      ];
    }
    const look = model.groups[model.group[mark.actor]];
    const ghost = model.actors.place[mark.actor] === 2;
    const firm = state.first ? model.firm?.[mark.actor] : 0;
    const ringed = firm || state.marked.includes(mark.actor);
    return [
      svg("path", { d: svgPath(look.shape, x, y, r), fill: ghost ? ground : look.fill, stroke: ink, "stroke-dasharray": ghost ? "3 2" : "none" }),
      ...(ringed ? [svg("circle", { cx: p(x), cy: p(y), r: p(r * 1.35 + 4), fill: "none", stroke: accent, "stroke-width": 2, "stroke-dasharray": firm === 1 ? "4 3" : "none" })] : []),
    ];
  });
  const names = labels.map((/** @type {any} */ label) =>
    written(label.text, label.x, label.y, {
      "font-size": label.size, fill: ink, "font-weight": label.bold ? 600 : 400, stroke: ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round",
    }),
  );
  return [...areas, ...ties, ...marks, ...names];
}

/** @param {any} page @param {any} plan @param {number} top @returns {{ nodes: SVGElement[], bottom: number }} */
function legendOf(page, plan, top) {
  const { model, state, seen, language } = page;
  const { wide, ink, hue } = plan;
  const layers = [...model.layers.keys()].filter((i) => state.layers[i]);
  const kinds = [...model.groups.keys()].filter((g) => state.groups[g] && seen.actorsPerGroup[g]);
  const entries = [
    ...layers.map((i) => ({
      text: `${model.layers[i][language]} (${format(language, seen.tiesPerLayer[i])})`,
      mark: (/** @type {number} */ x, /** @type {number} */ y) =>
        svg("path", { d: `M${x} ${y}h22`, stroke: model.layers[i][hue], "stroke-width": 4, "stroke-dasharray": model.layers[i].dash.join(" ") || "none" }),
    })),
    ...kinds.map((g) => ({
      text: `${model.groups[g][language]} (${format(language, seen.actorsPerGroup[g])})`,
      mark: (/** @type {number} */ x, /** @type {number} */ y) => svg("path", { d: svgPath(model.groups[g].shape, x + 11, y, 6.5), fill: model.groups[g].fill, stroke: ink }),
    })),
  ];
  const size = model.sizeName[language] ? say(language, "sizeIs", { name: model.sizeName[language] }) : "";
  const nodes = [written(say(language, "legend"), EDGE, top + 13, { "font-weight": 650, fill: ink })];
  let [x, y] = [EDGE, top + STEP * 1.8];
  for (const { text, mark } of entries) {
    const room = 34 + text.length * 7.2 + 14;
    if (x > EDGE && x + room > wide - EDGE) [x, y] = [EDGE, y + STEP];
    nodes.push(mark(x, y - 4), written(text, x + 30, y, { fill: ink }));
    x += room;
  }
  if (size) nodes.push(written(size, EDGE, (y += STEP), { fill: ink }));
  return { nodes, bottom: y };
}

/** @param {any} page @returns {string} what the reader has left out */
export function filterWords(page) {
  const { model, state, language } = page;
  const t = (/** @type {string} */ key, /** @type {any} */ values = {}) => say(language, key, values);
  const off = (/** @type {boolean[]} */ flags, /** @type {any[]} */ named) => named.filter((_, i) => !flags[i]).map((one) => one[language]);
  const without = [...off(state.layers, model.layers), ...off(state.groups, model.groups.map((/** @type {any} */ group, /** @type {number} */ g) => (model.group.includes(g) ? group : { it: "", en: "" })))].filter(Boolean);
  const scheme = schemeOf(model, state.by);
  return [
    without.length ? t("leftOut", { names: without.join(", ") }) : "",
    state.town ? `${t("town")}: ${state.town}` : "",
    state.least ? t("leastValue", { n: state.least }) : "",
    state.near && state.selected >= 0 ? t("near") : "",
    state.selected >= 0 ? model.actors.name[state.selected] : "",
    scheme ? t(`by_${scheme.id}`) : "",
    state.ghosts ? t("ghosts") : "",
  ].filter(Boolean).join("; ");
}
