// @ts-check
// The legend that filters, the search, and the card of one actor.

import { byId, el, svg } from "./dom.js";
import { buildFilters } from "./filters.js";
import { keepButtons } from "./keep.js";
import { evidence, fold, neighbours, seatsOf } from "./model.js";
import { svgPath } from "./shapes.js";
import { date, format, say } from "./words.js";

/** @param {any} page @param {number} group @param {boolean} [ghost] @returns {SVGElement} */
export function mark(page, group, ghost = false) {
  const look = page.model.groups[group];
  const path = svg("path", {
    d: svgPath(look.shape, 9, 9, 6.4),
    fill: ghost ? "none" : look.fill,
    stroke: page.dark ? "#eef1f5" : "#1c2330",
    "stroke-width": 1.1,
  });
  return svg("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }, [path]);
}

/** @param {any} page @param {number} layer @returns {SVGElement} */
export function stroke(page, layer) {
  const look = page.model.layers[layer];
  const line = svg("path", {
    d: "M1 5H23",
    stroke: page.dark ? look.dark : look.light,
    "stroke-width": 4,
    "stroke-dasharray": look.dash.join(" "),
    fill: "none",
  });
  return svg("svg", { width: 24, height: 10, viewBox: "0 0 24 10", "aria-hidden": "true" }, [line]);
}

/** @param {any} page */
export function buildControls(page) {
  const { model, state, language } = page;
  const t = (/** @type {string} */ key, /** @type {any} */ values = {}) => say(language, key, values);
  const box = byId("controls");
  const search = searchBox(page);
  const layers = el("fieldset", {}, [
    el("legend", { text: t("layers") }),
    ...model.layers.map((/** @type {any} */ layer, /** @type {number} */ i) =>
      check(`layer-${i}`, state.layers[i], layer[language], stroke(page, i), (on) => {
        state.layers[i] = on;
        page.refresh();
      }),
    ),
  ]);
  const used = model.groups.map((/** @type {any} */ _, /** @type {number} */ g) => model.group.includes(g));
  const every = (/** @type {boolean} */ on) => () => {
    state.groups.fill(on);
    for (let g = 0; g < used.length; g++) if (used[g]) byId(`group-${g}`).checked = on;
    page.refresh();
  };
  const kinds = el("fieldset", {}, [
    el("legend", { text: t("kinds") }),
    ...model.groups.flatMap((/** @type {any} */ group, /** @type {number} */ g) =>
      used[g]
        ? [
            check(`group-${g}`, state.groups[g], group[language], mark(page, g), (on) => {
              state.groups[g] = on;
              page.refresh();
            }),
          ]
        : [],
    ),
    el("button", { class: "quiet", type: "button", text: t("all"), on: { click: every(true) } }),
    el("button", { class: "quiet", type: "button", text: t("none"), on: { click: every(false) } }),
  ]);
  const ghosts = el("fieldset", { hidden: model.nGhosts === 0 }, [
    el("legend", { class: "hidden", text: t("ghosts") }),
    check("ghosts", state.ghosts, t("ghosts"), null, (on) => {
      state.ghosts = on;
      page.refresh();
      page.renderer.fit();
    }),
    el("p", { class: "note", text: t("ghostsNote") }),
  ]);
  const size = el("p", { class: "note", text: model.sizeName[language] ? t("sizeIs", { name: model.sizeName[language] }) : t("sizeSame") });
  box.replaceChildren(el("h2", { class: "hidden", text: t("controls") }), search, layers, kinds, ghosts, ...buildFilters(page), size, ...keepButtons(page));
}

/**
 * @param {string} id @param {boolean} on @param {string} label @param {SVGElement | null} picture
 * @param {(on: boolean) => void} changed
 */
function check(id, on, label, picture, changed) {
  const input = el("input", { type: "checkbox", id, checked: on });
  input.addEventListener("change", () => changed(input.checked));
  const parts = [input, picture, el("span", { class: "label", text: label }), el("span", { class: "count", id: `${id}-count` })];
  return el("label", { class: "row", for: id }, parts.filter((part) => part !== null));
}

/** @param {any} page counts beside the controls, under the present filters */
export function updateCounts(page) {
  const { model, seen, state, language } = page;
  const put = (/** @type {string} */ id, /** @type {number} */ value, /** @type {boolean} */ on) => {
    const count = byId(`${id}-count`);
    if (!count) return;
    count.textContent = format(language, value);
    count.parentElement.classList.toggle("off", !on);
  };
  model.layers.forEach((/** @type {any} */ _, /** @type {number} */ i) => put(`layer-${i}`, seen.tiesPerLayer[i], state.layers[i]));
  model.groups.forEach((/** @type {any} */ _, /** @type {number} */ g) => put(`group-${g}`, seen.actorsPerGroup[g], state.groups[g]));
  put("ghosts", model.nGhosts, true);
}

/** @param {any} page a combobox: type, arrows, Enter */
function searchBox(page) {
  const { model, language } = page;
  let found = /** @type {number[]} */ ([]);
  let at = -1;
  const list = el("ul", { id: "results", role: "listbox", "aria-label": say(language, "results") });
  const input = el("input", {
    type: "search", id: "search", autocomplete: "off", spellcheck: false, role: "combobox",
    "aria-expanded": "false", "aria-controls": "results", "aria-autocomplete": "list",
  });
  const choose = (/** @type {number} */ actor) => {
    list.replaceChildren();
    found = [];
    input.value = model.actors.name[actor];
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    page.select(actor, { move: true });
  };
  const show = () => {
    const words = fold(input.value.trim()).split(/\s+/).filter(Boolean);
    found = [];
    for (let i = 0; words.length && i < model.n && found.length < 50; i++)
      if (words.every((word) => model.folded[i].includes(word))) found.push(i);
    at = -1;
    list.replaceChildren(
      ...found.map((actor, place) =>
        el("li", { role: "option", id: `result-${place}`, "aria-selected": "false", text: model.actors.name[actor],
          on: { mousedown: (/** @type {Event} */ event) => { event.preventDefault(); choose(actor); } } }),
      ),
    );
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (words.length && !found.length) page.tell(say(language, "noResult"));
  };
  const move = (/** @type {number} */ step) => {
    if (!found.length) return;
    if (at >= 0) list.children[at].setAttribute("aria-selected", "false");
    at = (at + step + found.length) % found.length;
    list.children[at].setAttribute("aria-selected", "true");
    list.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `result-${at}`);
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && found.length) {
      event.preventDefault();
      choose(found[Math.max(0, at)]);
    } else if (event.key === "Escape") {
      list.replaceChildren();
      found = [];
      input.setAttribute("aria-expanded", "false");
    }
  });
  input.addEventListener("blur", () => {
    list.replaceChildren();
    found = [];
    input.setAttribute("aria-expanded", "false");
  });
  const label = el("label", { class: "name", for: "search", text: say(language, "search") });
  return el("div", { role: "search", class: "field" }, [label, input, list]);
}

/** @param {any} page the card of the selected actor */
export function buildDetails(page) {
  const { model, state, seen, language } = page;
  const t = (/** @type {string} */ key, /** @type {any} */ values = {}) => say(language, key, values);
  const box = byId("details");
  const i = state.selected;
  if (i < 0) {
    box.replaceChildren(el("h2", { text: t("details") }), el("p", { class: "note", text: t("choose") }));
    return;
  }
  const facts = [[t("kind"), model.kinds[model.actors.kind[i]][language]]];
  if (model.actors.town[i]) facts.push([t("town"), model.actors.town[i]]);
  if (model.actors.registered[i]) facts.push([t("inRegister"), t("yes")]);
  const state_ = stateWord(page, i);
  if (model.actors.place[i]) facts.push([t("state"), state_]);
  if (model.actors.size && model.actors.size[i] !== null)
    facts.push([model.sizeName[language], format(language, model.actors.size[i])]);
  if (model.rank && model.rank.low[i] !== null && model.actors.place[i] !== 2) {
    const { at, low, high } = model.rank;
    const firm = ["", t("firmPerhaps", { k: model.firstK }), t("firmSure", { k: model.firstK })][model.firm[i]];
    facts.push([t("rank"), [t("rankSpan", { at: at[i], low: low[i], high: high[i] }), firm].filter(Boolean).join("; ")]);
  }
  const near = neighbours(model, i, seen);
  const perLayer = model.layers.map(() => 0);
  for (const ties of near.values()) for (const tie of ties) perLayer[model.ties.layer[tie]]++;
  const strip = model.layers.flatMap((/** @type {any} */ layer, /** @type {number} */ l) => [
    el("dt", {}, [el("span", { class: "chip" }, [stroke(page, l), layer[language]])]),
    el("dd", { text: format(language, perLayer[l]) }),
  ]);
  const others = [...near].sort((a, b) => b[1].length - a[1].length || model.folded[a[0]].localeCompare(model.folded[b[0]]));
  box.replaceChildren(
    el("h2", {}, [el("span", { class: "chip" }, [mark(page, model.group[i], model.actors.place[i] === 2), model.actors.name[i]])]),
    el("dl", {}, facts.flatMap(([name, value]) => [el("dt", { text: name }), el("dd", { text: value })])),
    el("h3", { text: t("tiesOf") }),
    el("dl", {}, strip),
    el("h3", { text: t("neighbours", { n: others.length }) }),
    el("ul", {}, others.map(([other, ties]) => neighbour(page, other, ties))),
    ...eventsOf(page, i),
    el("p", {}, [el("button", { type: "button", text: t("close"), on: { click: () => page.select(-1) } })]),
  );
}

/** @param {any} page @param {number} i @returns {string} */
export function stateWord(page, i) {
  const { model, language } = page;
  if (model.actors.place[i] === 0) return say(language, "tied");
  if (model.actors.place[i] === 1) return say(language, "alone");
  return say(language, model.actors.announced[i] ? "announced" : "never");
}

/** @param {any} page @param {number} other @param {number[]} ties */
function neighbour(page, other, ties) {
  const { model, language } = page;
  const chips = ties.map((tie) =>
    el("span", { class: "chip" }, [
      stroke(page, model.ties.layer[tie]),
      `${model.layers[model.ties.layer[tie]][language]} ${format(language, model.ties.weight[tie])}`,
    ]),
  );
  const rows = ties.flatMap((tie) => evidenceLines(page, tie));
  const children = [
    el("button", { class: "link", type: "button", text: model.actors.name[other], on: { click: () => page.select(other, { move: true, focus: true }) } }),
    el("div", { class: "chips" }, chips),
  ];
  if (rows.length) {
    const fold_ = el("details", {}, [el("summary", { class: "note", text: say(language, "evidence", { n: rows.length }) })]);
    // made when asked for: an actor may have hundreds
    fold_.addEventListener("toggle", () => {
      if (fold_.open && fold_.children.length === 1) fold_.append(...rows.map((text) => el("p", { class: "evidence", text })));
    });
    children.push(fold_);
  }
  return el("li", {}, children);
}

/** @param {any} page @param {number} tie @returns {string[]} one line a proof */
export function evidenceLines(page, tie) {
  const { model, language } = page;
  const lines = evidence(model, tie).map(({ event, rows }) => {
    const when = date(language, model.events.start[event]);
    const sources = [...new Set(rows.map((row) => model.attendance.source[row]).filter(Boolean))];
    return [model.events.name[event], when, sources.join(" · ")].filter(Boolean).join(" – ");
  });
  for (const column of ["evidence", "origin"]) if (model.ties[column]?.[tie]) lines.push(model.ties[column][tie]);
  return lines;
}

/** @param {any} page @param {number} i @returns {Node[]} */
function eventsOf(page, i) {
  const { model, language } = page;
  const rows = seatsOf(model, i, false);
  if (!rows.length) return [];
  const items = rows.map((row) => {
    const event = model.attendance.event[row];
    const status = model.statuses[model.attendance.status[row]][language];
    const role = model.roles[model.attendance.role[row]][language === "it" ? 0 : 1];
    const line = [date(language, model.events.start[event]), status, role, model.attendance.source[row]].filter(Boolean);
    return el("li", {}, [el("div", { text: model.events.name[event] }), el("div", { class: "evidence", text: line.join(" · ") })]);
  });
  return [el("h3", { text: say(language, "events", { n: rows.length }) }), el("ul", {}, items)];
}
