// @ts-check
// What is seen, to be kept: a picture, a drawing, two tables, a sheet of paper.

import { el, svg } from "./dom.js";
import { svgPath } from "./shapes.js";
import { say } from "./words.js";

/** @param {string} text @returns {string} a cell that no spreadsheet takes for a formula */
const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;

/** @param {any} page @param {(string | number)[][]} rows @returns {string} with the separator of the reader's office */
export function csv(page, rows) {
  const comma = page.language === "it";
  const write = (/** @type {string | number} */ value) =>
    typeof value === "number" ? String(value).replace(".", comma ? "," : ".") : cell(value);
  return `\ufeff${rows.map((row) => row.map(write).join(comma ? ";" : ",")).join("\r\n")}\r\n`;
}

/** @param {any} page @returns {(string | number)[][]} */
export function actorRows(page) {
  const { model, seen, language } = page;
  const heads = ["id", say(language, "actor"), say(language, "kind"), say(language, "town"), say(language, "tiesCount")];
  const rows = [...seen.actors.keys()].filter((i) => seen.actors[i]);
  return [heads, ...rows.map((i) => [model.actors.id[i], model.actors.name[i], model.kinds[model.actors.kind[i]][language], model.actors.town[i] ?? "", seen.degree[i]])];
}

/** @param {any} page @returns {(string | number)[][]} */
export function tieRows(page) {
  const { model, seen, language } = page;
  const heads = [say(language, "from"), say(language, "to"), say(language, "layer"), say(language, "weight")];
  const { source, target, layer, weight } = model.ties;
  return [heads, ...seen.ties.map((/** @type {number} */ tie) => [model.actors.name[source[tie]], model.actors.name[target[tie]], model.layers[layer[tie]][language], weight[tie]])];
}

/** @param {string} text @returns {string} without the characters that no XML may hold */
const xmlText = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

/** @param {any} page @returns {string} what is seen as SVG: text stays text */
export function drawing(page) {
  const { model, seen } = page;
  const { wide, high, ground, ink, hue, spot, bent, labels } = page.renderer.plan();
  const p = (/** @type {number} */ value) => Math.round(value * 10) / 10;
  const ties = seen.ties.map((/** @type {number} */ tie) => {
    const [x0, y0, x1, y1, cx, cy] = bent(tie).map(p);
    const look = model.layers[model.ties.layer[tie]];
    const d = model.bend[tie] ? `M${x0} ${y0}Q${cx} ${cy} ${x1} ${y1}` : `M${x0} ${y0}L${x1} ${y1}`;
    return svg("path", { d, fill: "none", stroke: look[hue], "stroke-opacity": 0.35, "stroke-dasharray": look.dash.join(" ") || "none" });
  });
  const marks = [...seen.actors.keys()].filter((i) => seen.actors[i]).map((i) => {
    const [x, y, r] = spot(i);
    const look = model.groups[model.group[i]];
    const ghost = model.actors.place[i] === 2;
    return svg("path", { d: svgPath(look.shape, x, y, r), fill: ghost ? ground : look.fill, stroke: ink, "stroke-dasharray": ghost ? "3 2" : "none" });
  });
  const names = labels.map((/** @type {any} */ label) => {
    const node = svg("text", { x: p(label.x), y: p(label.y), "font-size": label.size, fill: ink, "font-family": "sans-serif" });
    node.textContent = xmlText(label.text);
    return node;
  });
  const title = svg("title", {});
  title.textContent = xmlText(document.title);
  const root = svg("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img" }, [
    title, svg("rect", { width: wide, height: high, fill: ground }), ...ties, ...marks, ...names,
  ]);
  return new XMLSerializer().serializeToString(root);
}

/** @param {any} page @returns {Node[]} */
export function keepButtons(page) {
  const t = (/** @type {string} */ key) => say(page.language, key);
  const button = (/** @type {string} */ id, /** @type {string} */ text, /** @type {() => void} */ click) => el("button", { type: "button", id, text, on: { click } });
  const text = (/** @type {string} */ content, /** @type {string} */ type, /** @type {string} */ name) => save(new Blob([content], { type }), name);
  const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector("#canvas canvas"));
  const buttons = [
    button("keep-png", "PNG", () => canvas?.toBlob((blob) => blob && save(blob, "map.png"))),
    button("keep-actors", t("keepActors"), () => text(csv(page, actorRows(page)), "text/csv", "actors.csv")),
    button("keep-ties", t("keepTies"), () => text(csv(page, tieRows(page)), "text/csv", "ties.csv")),
    button("keep-paper", t("keepPaper"), () => print()),
  ];
  if (page.renderer?.plan) buttons.splice(1, 0, button("keep-svg", "SVG", () => text(drawing(page), "image/svg+xml", "map.svg")));
  return [el("fieldset", {}, [el("legend", { text: t("keep") }), el("div", { class: "chips" }, buttons)])];
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
