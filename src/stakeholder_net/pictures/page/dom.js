// @ts-check
// Elements are made, never parsed: text from the data can only ever be text.

/**
 * @param {string} tag
 * @param {Record<string, any>} [given] properties; `class`, `aria-...`, `role` and `for` become attributes
 * @param {(Node | string)[]} [children]
 * @returns {any}
 */
export function el(tag, given = {}, children = []) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    if (key === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (key === "text") node.textContent = String(value);
    else if (/^(class|role|for|scope|aria-.+|data-.+)$/.test(key)) node.setAttribute(key, String(value));
    else /** @type {any} */ (node)[key] = value;
  }
  node.append(...children);
  return node;
}

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Record<string, string | number>} given @param {Node[]} [children] @returns {SVGElement} */
export function svg(tag, given, children = []) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(given)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}
