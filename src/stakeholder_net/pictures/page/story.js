// @ts-check
// A walk through the map: saved states, each with what there is to see in it.

import { byId, el } from "./dom.js";
import { say } from "./words.js";

/** @param {any} page */
export function buildStory(page) {
  const box = byId("story");
  const steps = page.model.story ?? [];
  box.hidden = steps.length === 0 || !page.renderer.plan;
  if (box.hidden) return;
  const { language, state } = page;
  const at = state.step;
  const focused = document.activeElement?.id ?? "";
  const step = steps[at];
  const button = (/** @type {string} */ id, /** @type {string} */ key, /** @type {number} */ to) =>
    el("button", { type: "button", id, text: say(language, key), disabled: to < -1 || to >= steps.length, on: { click: () => show(page, to) } });
  const told = step
    ? [el("h2", { text: `${at + 1}. ${step.title[language]}` }), el("p", { text: step.text[language] })]
    : [el("h2", { text: say(language, "story") }), el("p", { text: say(language, "storyNote", { n: steps.length }) })];
  box.replaceChildren(
    el("div", { class: "told" }, told),
    el("div", { class: "actions" }, [
      button("story-back", "storyBack", at - 1),
      button("story-on", at < 0 ? "storyStart" : "storyOn", at + 1),
      ...(at < 0 ? [] : [el("button", { type: "button", id: "story-end", text: say(language, "storyEnd"), on: { click: () => show(page, -1) } })]),
    ]),
  );
  if (focused.startsWith("story-")) (byId(focused)?.disabled === false ? byId(focused) : byId("story-on").disabled ? byId("story-back") : byId("story-on")).focus();
}

/** @param {any} page @param {number} to */
function show(page, to) {
  const steps = page.model.story;
  const address = new URLSearchParams(to < 0 ? "" : steps[to].at);
  if (to >= 0) address.set("step", String(to + 1));
  page.go(address.toString());
  if (to >= 0) page.tell(`${steps[to].title[page.language]}. ${steps[to].text[page.language]}`);
}
