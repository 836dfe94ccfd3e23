// @ts-check
// Ten marks of equal area, as corners on a plane: one drawing for the canvas, the legend and the exported picture.

/** @param {number} n @param {number} turn @returns {number[][]} */
const ring = (n, turn) =>
  Array.from({ length: n }, (_, i) => [Math.cos(turn + (2 * Math.PI * i) / n), Math.sin(turn + (2 * Math.PI * i) / n)]);
const up = -Math.PI / 2;
const cross = [
  [-0.42, -1.1], [0.42, -1.1], [0.42, -0.42], [1.1, -0.42], [1.1, 0.42], [0.42, 0.42],
  [0.42, 1.1], [-0.42, 1.1], [-0.42, 0.42], [-1.1, 0.42], [-1.1, -0.42], [-0.42, -0.42],
];
const turned = (/** @type {number[][]} */ points, /** @type {number} */ by) =>
  points.map(([x, y]) => [x * Math.cos(by) - y * Math.sin(by), x * Math.sin(by) + y * Math.cos(by)]);
const scaled = (/** @type {number[][]} */ points, /** @type {number} */ by) => points.map(([x, y]) => [x * by, y * by]);
const star = Array.from({ length: 10 }, (_, i) => {
  const reach = i % 2 ? 0.62 : 1.38;
  return [reach * Math.cos(up + (Math.PI * i) / 5), reach * Math.sin(up + (Math.PI * i) / 5)];
});

/** @type {Record<string, number[][]>} */
const CORNERS = {
  square: scaled(ring(4, Math.PI / 4), 1.25),
  diamond: scaled(ring(4, 0), 1.3),
  hexagon: scaled(ring(6, 0), 1.1),
  pentagon: scaled(ring(5, up), 1.15),
  triangle: scaled(ring(3, up), 1.4).map(([x, y]) => [x, y + 0.15]),
  triangle_down: scaled(ring(3, -up), 1.4).map(([x, y]) => [x, y - 0.15]),
  plus: scaled(cross, 1.02),
  cross: turned(scaled(cross, 1.02), Math.PI / 4),
  star,
};

/** @param {CanvasRenderingContext2D} context @param {string} shape @param {number} x @param {number} y @param {number} r */
export function tracePath(context, shape, x, y, r) {
  const corners = CORNERS[shape];
  context.beginPath();
  if (!corners) {
    context.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  for (let i = 0; i < corners.length; i++) {
    const px = x + corners[i][0] * r;
    const py = y + corners[i][1] * r;
    if (i) context.lineTo(px, py);
    else context.moveTo(px, py);
  }
  context.closePath();
}

/** @param {string} shape @param {number} x @param {number} y @param {number} r @returns {string} */
export function svgPath(shape, x, y, r) {
  const corners = CORNERS[shape];
  const p = (/** @type {number} */ value) => String(Math.round(value * 100) / 100);
  if (!corners) return `M${p(x - r)} ${p(y)}a${p(r)} ${p(r)} 0 1 0 ${p(2 * r)} 0a${p(r)} ${p(r)} 0 1 0 ${p(-2 * r)} 0Z`;
  return `M${corners.map(([cx, cy]) => `${p(x + cx * r)} ${p(y + cy * r)}`).join("L")}Z`;
}
