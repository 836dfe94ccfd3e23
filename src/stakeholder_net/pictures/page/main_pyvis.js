// @ts-check
// The page drawn by vis.js.

import { start } from "./app.js";
import { visRenderer } from "./vis_renderer.js";

start(visRenderer);
