// @ts-check
// Which names are written, and where: the most wanted first, none over another, none outside the stage.

/**
 * @typedef {{ id: number, text: string, x: number, y: number, r: number, want: number, size: number, bold?: boolean, free?: boolean }} Wish
 * @typedef {{ id: number, text: string, x: number, y: number, left: number, top: number, width: number,
 *   height: number, size: number, bold: boolean }} Label
 */

const TRIED = 20; // names for each that may be written: where a crowd leaves no room, thousands more find none
export const FONT = '"Titillium Web", system-ui, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif';
const LONGEST = 34;

/** @param {string} text @returns {string} */
export const short = (text) => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join("").trimEnd()}…` : text);

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Wish[]} wishes
 * @param {{ left: number, top: number, width: number, height: number }[]} taken
 * @param {number} width
 * @param {number} height
 * @param {number} most
 * @param {number} [sure] how many of the first are written over a mark rather than not at all
 * @returns {Label[]}
 */
export function placeLabels(context, wishes, taken, width, height, most, sure = 12) {
  const grid = new Map();
  const cell = 64;
  /** @param {{left: number, top: number, width: number, height: number}} box @param {(key: number) => boolean | void} visit */
  const cells = (box, visit) => {
    for (let cx = Math.floor(box.left / cell); cx <= Math.floor((box.left + box.width) / cell); cx++)
      for (let cy = Math.floor(box.top / cell); cy <= Math.floor((box.top + box.height) / cell); cy++)
        if (visit(cx * 4096 + cy)) return true;
    return false;
  };
  const add = (/** @type {any} */ box) => {
    cells(box, (key) => {
      const list = grid.get(key);
      if (list) list.push(box);
      else grid.set(key, [box]);
    });
  };
  // 0: free; 1: over a mark; 2: over a name
  const hits = (/** @type {any} */ box, /** @type {number} */ own, /** @type {number} */ enough) => {
    let worst = 0;
    cells(box, (key) => {
      for (const other of grid.get(key) ?? []) {
        if (
          other.own !== own &&
          box.left < other.left + other.width &&
          other.left < box.left + box.width &&
          box.top < other.top + other.height &&
          other.top < box.top + box.height
        )
          worst = Math.max(worst, other.own === undefined ? 2 : 1);
      }
      return worst >= enough;
    });
    return worst;
  };
  for (const box of taken) add(box);
  /** @type {Label[]} */
  const out = [];
  const order = [...wishes].sort((a, b) => b.want - a.want || a.id - b.id);
  let font = "";
  for (const wish of order.slice(0, TRIED * most)) {
    if (out.length >= most) break;
    if (wish.x < 0 || wish.y < 0 || wish.x > width || wish.y > height) continue;
    const wanted = `${wish.bold ? "600 " : ""}${wish.size}px ${FONT}`;
    if (wanted !== font) context.font = font = wanted;
    const text = short(wish.text);
    const wide = context.measureText(text).width;
    const high = wish.size * 1.25;
    const gap = wish.r + 4;
    const spots = [
      [wish.x + gap, wish.y - high / 2],
      [wish.x - gap - wide, wish.y - high / 2],
      [wish.x - wide / 2, wish.y + gap - 1],
      [wish.x - wide / 2, wish.y - gap - high + 1],
    ];
    const near = wish.r * 0.7 + 3;
    spots.push(
      [wish.x + near, wish.y - near - high],
      [wish.x - near - wide, wish.y - near - high],
      [wish.x + near, wish.y + near],
      [wish.x - near - wide, wish.y + near],
    );
    const boxes = spots
      .filter(([left, top]) => left >= 2 && top >= 2 && left + wide <= width - 2 && top + high <= height - 2)
      .map(([left, top]) => ({ left: left - 1, top, width: wide + 2, height: high }));
    const chosen =
      boxes.find((box) => hits(box, wish.id, 1) === 0) ??
      (!wish.free && (out.length < sure || wish.bold) ? boxes.find((box) => hits(box, wish.id, 2) === 1) : undefined);
    if (!chosen) continue;
    add(chosen);
    out.push({ id: wish.id, text, x: chosen.left + 1, y: chosen.top + high * 0.77, ...chosen, size: wish.size, bold: Boolean(wish.bold) });
  }
  return out;
}

/** @param {CanvasRenderingContext2D} context @param {Label[]} labels @param {string} ink @param {string} halo */
export function drawLabels(context, labels, ink, halo) {
  context.lineJoin = "round";
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  for (const pass of [0, 1]) {
    for (const label of labels) {
      context.font = `${label.bold ? "600 " : ""}${label.size}px ${FONT}`;
      if (pass === 0) {
        context.strokeStyle = halo;
        context.lineWidth = 3.5;
        context.strokeText(label.text, label.x, label.y);
      } else {
        context.fillStyle = ink;
        context.fillText(label.text, label.x, label.y);
      }
    }
  }
}
