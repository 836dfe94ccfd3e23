// @ts-check
// The same facts as tables: every visible actor, every visible tie of every layer.

import { byId, el } from "./dom.js";
import { stateWord } from "./panels.js";
import { date, format, say } from "./words.js";

const ROWS = 50;
/** @type {Record<string, { page: number, by: number, down: boolean }>} */
const memory = { actors: { page: 0, by: 0, down: false }, ties: { page: 0, by: 0, down: false } };

/** @param {any} page */
export function buildTables(page) {
  const { model, seen, language } = page;
  const t = (/** @type {string} */ key, /** @type {any} */ values = {}) => say(language, key, values);
  const a = model.actors;
  const actorColumns = [
    { name: t("actor"), of: (/** @type {number} */ i) => a.name[i], open: true },
    { name: t("kind"), of: (/** @type {number} */ i) => model.kinds[a.kind[i]][language] },
    { name: t("town"), of: (/** @type {number} */ i) => a.town[i] },
    { name: t("state"), of: (/** @type {number} */ i) => stateWord(page, i) },
    { name: t("tiesCount"), of: (/** @type {number} */ i) => seen.degree[i], number: true },
  ];
  if (a.size) actorColumns.push({ name: model.sizeName[language], of: (/** @type {number} */ i) => a.size[i] ?? "", number: true });
  const c = model.ties;
  const tieColumns = [
    { name: t("from"), of: (/** @type {number} */ i) => a.name[c.source[i]] },
    { name: t("to"), of: (/** @type {number} */ i) => a.name[c.target[i]] },
    { name: t("layer"), of: (/** @type {number} */ i) => model.layers[c.layer[i]][language] },
    { name: t("weight"), of: (/** @type {number} */ i) => c.weight[i], number: true },
  ];
  if (c.since) tieColumns.push({ name: t("since"), of: (/** @type {number} */ i) => date(language, c.since[i]) });
  if (c.until) tieColumns.push({ name: t("until"), of: (/** @type {number} */ i) => date(language, c.until[i]) });
  const actors = [...seen.actors.keys()].filter((i) => seen.actors[i]);
  const box = byId("tables");
  box.replaceChildren(
    el("h2", { text: t("tables") }),
    ...table(page, "actors", t("actorsTable", { n: actors.length }), actors, actorColumns),
    ...table(page, "ties", t("tiesTable", { n: seen.ties.length }), seen.ties, tieColumns),
  );
}

/** @param {any} page @param {string} id @param {string} caption @param {number[]} rows @param {any[]} columns @returns {Node[]} */
function table(page, id, caption, rows, columns) {
  const { language } = page;
  const kept = memory[id];
  const collator = new Intl.Collator(language, { numeric: true });
  const column = columns[Math.min(kept.by, columns.length - 1)];
  const values = new Map(rows.map((row) => [row, column.of(row)]));
  const sorted = [...rows].sort((x, y) => {
    const [p, q] = [values.get(x), values.get(y)];
    const order = column.number ? Number(p || 0) - Number(q || 0) : collator.compare(p, q);
    return (kept.down ? -order : order) || x - y;
  });
  const pages = Math.max(1, Math.ceil(sorted.length / ROWS));
  kept.page = Math.min(kept.page, pages - 1);
  const again = (/** @type {string} */ focus) => {
    buildTables(page);
    byId(focus)?.focus();
  };
  const heads = columns.map((col, i) => {
    const on = i === kept.by;
    const button = el("button", {
      type: "button", id: `${id}-sort-${i}`, text: `${col.name}${on ? (kept.down ? " ↓" : " ↑") : ""}`,
      on: { click: () => { kept.down = on ? !kept.down : Boolean(col.number); kept.by = i; kept.page = 0; again(`${id}-sort-${i}`); } },
    });
    return el("th", { scope: "col", class: col.number ? "number" : undefined, "aria-sort": on ? (kept.down ? "descending" : "ascending") : "none" }, [button]);
  });
  const shown = sorted.slice(kept.page * ROWS, (kept.page + 1) * ROWS);
  const body = shown.map((row) =>
    el("tr", {}, columns.map((col) => {
      const value = col.of(row);
      if (col.open)
        return el("td", {}, [el("button", { class: "link", type: "button", text: value, on: { click: () => page.select(row, { move: true, focus: true }) } })]);
      const text = typeof value === "number" ? format(language, value) : value;
      return el("td", { class: col.number ? "number" : undefined, text });
    })),
  );
  const turn = (/** @type {number} */ step, /** @type {string} */ name) =>
    el("button", {
      type: "button", id: `${id}-${step < 0 ? "before" : "after"}`, text: say(language, name),
      disabled: step < 0 ? kept.page === 0 : kept.page >= pages - 1,
      on: { click: () => { kept.page += step; again(`${id}-${step < 0 ? "before" : "after"}`); } },
    });
  const view = el("table", { id: `${id}-table` }, [el("caption", { text: caption }), el("thead", {}, [el("tr", {}, heads)]), el("tbody", {}, body)]);
  const pager = el("div", { class: "pager" }, [
    turn(-1, "before"), el("span", { text: say(language, "page", { n: kept.page + 1, total: pages }) }), turn(1, "after"),
  ]);
  pager.hidden = pages < 2;
  return [el("div", { class: "table", role: "region", tabIndex: 0, "aria-label": caption }, [view]), pager];
}
