// @ts-check
// The page drawn by our own canvas.

import { start } from "./app.js";
import { canvasRenderer } from "./canvas_renderer.js";

start(canvasRenderer);
