// @ts-check
// Pointer, fingers and wheel on the canvas: choose, move, zoom.

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{ x: number, y: number, scale: number }} camera
 * @param {{ under: (event: PointerEvent) => any, told: any, pan: (dx: number, dy: number) => void, zoom: (by: number) => void }} deeds
 */
export function gestures(canvas, camera, { under, told, pan, zoom }) {
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
      const mark = under(event);
      canvas.style.cursor = mark ? "pointer" : "grab";
      told.hint(mark?.actor ?? -1, event.clientX - box.left, event.clientY - box.top);
      return;
    }
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    travelled += Math.hypot(dx, dy);
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    fingers.set(event.pointerId, event);
    if (other) {
      const apart = (/** @type {PointerEvent} */ finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
      zoom(Math.max(1, apart(event)) / Math.max(1, apart(before)));
    } else if (travelled > 4) pan(-dx, -dy);
  });
  const lifted = (/** @type {PointerEvent} */ event) => {
    if (event.type === "pointerup" && fingers.size === 1 && travelled <= 4) {
      const mark = under(event);
      if (mark && mark.actor < 0) told.open(mark.cluster);
      else told.select(mark?.actor ?? -1);
    }
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
      zoom(Math.exp(-event.deltaY * 0.0015));
      // what lies under the pointer stays there
      camera.x += x / before - x / camera.scale;
      camera.y += y / before - y / camera.scale;
    },
    { passive: false },
  );
}
