// @ts-check
// Filters beside the legend: period with two ends and play, municipality, least weight, neighbours of the chosen one.

import { crowdOf, MANY, schemeOf, schemesOf } from "./clusters.js";
import { byId, el } from "./dom.js";
import { dayOf, isoDay } from "./state.js";
import { viewsOf } from "./views.js";
import { format, say } from "./words.js";

const FRAMES = 24; // steps in which the period grows from its first day to its last
const PAUSE = 600; // ms

/** @returns {boolean} whether the reader has asked for no movement */
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {any} page @returns {Node[]} */
export function buildFilters(page) {
  return [...viewFilter(page), ...firstFilter(page), ...togetherFilter(page), ...periodFilter(page), ...townFilter(page), ...leastFilter(page), nearFilter(page)];
}

/** @param {any} page */
function viewFilter(page) {
  const { model, state, language } = page;
  if (!page.renderer.plan) return [];
  const rows = viewsOf(model).map((view) => {
    const input = el("input", { type: "radio", name: "view", id: `view-${view}`, checked: state.view === view });
    input.addEventListener("change", () => {
      state.view = view;
      page.refresh();
    });
    return el("label", { class: "row", for: `view-${view}` }, [input, el("span", { class: "label", text: say(language, view) })]);
  });
  return [el("fieldset", {}, [el("legend", { text: say(language, "view") }), ...rows, el("p", { class: "note", id: "off-map" })])];
}

/** @param {string} id @param {boolean} on @param {string} text @param {(on: boolean) => void} changed */
function choice(id, on, text, changed) {
  const input = el("input", { type: "checkbox", id, checked: on });
  input.addEventListener("change", () => changed(input.checked));
  return el("label", { class: "row", for: id }, [input, el("span", { class: "label", text })]);
}

/** @param {any} page who is surely and who perhaps among the first */
function firstFilter(page) {
  const { model, state, language } = page;
  if (!model.firm || !page.renderer.plan) return [];
  const changed = (/** @type {boolean} */ on) => {
    state.first = on;
    page.refresh();
  };
  const count = (/** @type {number} */ firm) => model.firm.filter((/** @type {number} */ one) => one === firm).length;
  return [
    el("fieldset", {}, [
      el("legend", { class: "hidden", text: say(language, "first", { k: model.firstK }) }),
      choice("first", state.first, say(language, "first", { k: model.firstK }), changed),
      el("p", { class: "note", text: say(language, "firstNote", { sure: count(2), perhaps: count(1) }) }),
    ]),
  ];
}

/** @param {any} page actors taken together, and how many ties are drawn */
function togetherFilter(page) {
  const { model, state, language } = page;
  if (!page.renderer.plan || (crowdOf(model) <= MANY && !model.communities)) return [];
  const option = (/** @type {string} */ value, /** @type {string} */ text) => el("option", { value, text, selected: state.by === value });
  const select = el("select", { id: "by" }, [option("", say(language, "by")), ...schemesOf(model).map(({ id }) => option(id, say(language, `by_${id}`)))]);
  select.addEventListener("change", () => {
    [state.by, state.open] = [select.value, []];
    page.words();
    page.refresh();
    page.renderer.fit();
    byId("by").focus();
  });
  const again = (/** @type {"sparse" | "hulls"} */ key) => (/** @type {boolean} */ on) => {
    state[key] = on;
    page.refresh();
  };
  const scheme = schemeOf(model, state.by);
  const sizes = scheme?.names.map((_, cluster) => scheme.of.filter((one, i) => one === cluster && model.actors.place[i] !== 2).length) ?? [];
  const groups = (scheme?.names ?? []).flatMap((name, cluster) =>
    sizes[cluster] > 1 ? [choice(`open-${cluster}`, state.open.includes(cluster), `${name[language]} (${format(language, sizes[cluster])})`, () => page.toggle(cluster))] : [],
  );
  return [
    el("fieldset", {}, [
      el("label", { class: "name", for: "by", text: say(language, "together") }),
      select,
      ...(scheme ? [el("p", { class: "note", text: say(language, "openNote") }), el("div", { class: "groups", role: "group", "aria-label": say(language, "openNote"), tabIndex: 0 }, groups)] : []),
      ...(model.nTies <= 3 ? [] : [choice("sparse", state.sparse, say(language, "sparse"), again("sparse"))]),
      ...(model.communities && !scheme ? [choice("hulls", state.hulls, say(language, "hulls"), again("hulls"))] : []),
      ...(model.communities ? [el("p", { class: "note", text: model.communities.note[language] })] : []),
    ]),
  ];
}

/** @param {any} page */
function periodFilter(page) {
  const { model, state, language } = page;
  if (!model.period) return [];
  const [first, last] = model.period;
  const field = (/** @type {"from" | "to"} */ end) => {
    const input = el("input", { type: "date", id: end, min: isoDay(first), max: isoDay(last), value: isoDay(state[end]) });
    input.addEventListener("change", () => {
      stopPlay(page);
      state[end] = dayOf(input.value);
      page.refresh();
    });
    return el("label", { class: "row", for: end }, [el("span", { class: "label", text: say(language, end === "from" ? "fromDay" : "toDay") }), input]);
  };
  const play = el("button", { type: "button", id: "play", text: say(language, still() ? "stepOn" : page.playing ? "stop" : "play"), on: { click: () => (still() ? stepOn(page) : page.playing ? stopPlay(page) : startPlay(page)) } });
  const all = el("button", { type: "button", class: "quiet", text: say(language, "wholePeriod"), on: { click: () => { stopPlay(page); [state.from, state.to] = [null, null]; fillDays(page); page.refresh(); } } });
  return [
    el("fieldset", {}, [
      el("legend", { text: say(language, "period") }),
      field("from"),
      field("to"),
      el("div", { class: "row" }, [play, all]),
      el("p", { class: "note", text: say(language, "periodNote") }),
      el("p", { class: "note", id: "undated" }),
    ]),
  ];
}

/** @param {any} page the period begins at its first day and grows */
function startPlay(page) {
  const { model, state } = page;
  const [first, last] = model.period;
  const begin = state.from ?? first;
  const end = state.to !== null && state.to > begin ? state.to : last;
  const step = Math.max(1, Math.round((end - begin) / FRAMES));
  state.from = begin;
  state.to = begin;
  page.playing = setInterval(() => {
    state.to = Math.min(end, state.to + step);
    fillDays(page);
    page.refresh();
    if (state.to >= end) stopPlay(page);
  }, PAUSE);
  byId("play").textContent = say(page.language, "stop");
  fillDays(page);
  page.refresh();
}

/** @param {any} page who wants no movement goes on by hand, a step at a time */
function stepOn(page) {
  const { model, state } = page;
  const [first, last] = model.period;
  const begin = state.from ?? first;
  const step = Math.max(1, Math.round((last - begin) / FRAMES));
  state.from = begin;
  state.to = state.to === null || state.to >= last ? begin : Math.min(last, state.to + step);
  fillDays(page);
  page.refresh();
}

/** @param {any} page */
function stopPlay(page) {
  clearInterval(page.playing);
  page.playing = 0;
  if (byId("play")) byId("play").textContent = say(page.language, still() ? "stepOn" : "play");
}

/** @param {any} page */
function fillDays(page) {
  for (const end of ["from", "to"]) if (byId(end)) byId(end).value = isoDay(page.state[end]);
}

/** @param {any} page */
function townFilter(page) {
  const { model, state, language } = page;
  if (model.towns.length < 2) return [];
  const choice = (/** @type {string} */ value, /** @type {string} */ text) => el("option", { value, text, selected: state.town === value });
  const select = el("select", { id: "town" }, [choice("", say(language, "everyTown")), ...model.towns.map((/** @type {string} */ name) => choice(name, name))]);
  select.addEventListener("change", () => {
    state.town = select.value;
    page.refresh();
    page.renderer.fit();
  });
  return [el("fieldset", {}, [el("label", { class: "name", for: "town", text: say(language, "town") }), select])];
}

/** @param {any} page */
function leastFilter(page) {
  const { state, language } = page;
  const told = el("output", { id: "least-value", for: "least" });
  const tell = () => (told.textContent = say(language, "leastValue", { n: format(language, state.least) }));
  const input = el("input", { type: "range", id: "least", min: "0", max: "100", step: "5", value: String(state.least) });
  input.addEventListener("input", () => {
    state.least = Number(input.value);
    tell();
    page.refresh();
  });
  tell();
  return [el("fieldset", {}, [el("label", { class: "name", for: "least", text: say(language, "least") }), input, el("p", { class: "note" }, [told])])];
}

/** @param {any} page */
function nearFilter(page) {
  const { state, language } = page;
  const input = el("input", { type: "checkbox", id: "near", checked: state.near });
  input.addEventListener("change", () => {
    state.near = input.checked;
    page.refresh();
  });
  return el("fieldset", {}, [
    el("legend", { class: "hidden", text: say(language, "near") }),
    el("label", { class: "row", for: "near" }, [input, el("span", { class: "label", text: say(language, "near") })]),
  ]);
}

/** @param {any} page what a period hides for want of a date */
export function updateFilters(page) {
  const off = byId("off-map");
  if (off) off.textContent = page.state.view === "geographic" ? say(page.language, "offMap") : "";
  const note = byId("undated");
  if (note) note.textContent = page.seen.undated ? say(page.language, "undated", { n: page.seen.undated }) : "";
}
