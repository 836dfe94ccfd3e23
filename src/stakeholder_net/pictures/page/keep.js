// @ts-check
// What is seen, to be kept: a picture, a drawing, two tables, a sheet of paper.

import { el } from "./dom.js";
import { drawing } from "./drawing.js";
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

/** @param {any} page @returns {Node[]} */
export function keepButtons(page) {
  const t = (/** @type {string} */ key) => say(page.language, key);
  const button = (/** @type {string} */ id, /** @type {string} */ text, /** @type {() => void} */ click) => el("button", { type: "button", id, text, on: { click } });
  const text = (/** @type {string} */ content, /** @type {string} */ type, /** @type {string} */ name) => save(new Blob([content], { type }), name);
  const buttons = [
    button("keep-png", "PNG", () => picture(page)),
    button("keep-actors", t("keepActors"), () => text(csv(page, actorRows(page)), "text/csv", "actors.csv")),
    button("keep-ties", t("keepTies"), () => text(csv(page, tieRows(page)), "text/csv", "ties.csv")),
    button("keep-paper", t("keepPaper"), () => print()),
  ];
  if (page.renderer?.plan) buttons.splice(1, 0, button("keep-svg", "SVG", () => text(asText(page), "image/svg+xml", "map.svg")));
  return [el("fieldset", {}, [el("legend", { text: t("keep") }), el("div", { class: "chips" }, buttons)])];
}

/** @param {any} page @returns {string} */
const asText = (page) => new XMLSerializer().serializeToString(drawing(page));

/** @param {any} page twice as fine as the screen, with title, legend and caption */
function picture(page) {
  const keep = (/** @type {HTMLCanvasElement | null} */ canvas) => canvas?.toBlob((blob) => blob && save(blob, "map.png"));
  if (!page.renderer.plan) {
    keep(document.querySelector("#canvas canvas"));
    return;
  }
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = /** @type {HTMLCanvasElement} */ (el("canvas", { width: 2 * image.width, height: 2 * image.height }));
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    keep(canvas);
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asText(page))}`;
}

/** @param {any} page on paper the drawing stands in the place of the canvas: light, sharp, its words are words */
export function printsWell(page) {
  if (!page.renderer.plan) return;
  addEventListener("beforeprint", () => {
    page.renderer.update(page.state, page.seen, false);
    const sheet = drawing(page);
    sheet.id = "paper";
    page.renderer.update(page.state, page.seen, page.dark);
    document.querySelector("#paper")?.remove();
    document.querySelector("main")?.prepend(sheet);
  });
  addEventListener("afterprint", () => document.querySelector("#paper")?.remove());
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
