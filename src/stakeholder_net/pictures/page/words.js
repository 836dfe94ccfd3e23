// @ts-check
// Every sentence of the page, in both languages. {name} is filled in.

export const WORDS = {
  it: {
    skip: "Vai alle tabelle",
    controls: "Filtri e legenda",
    map: "Mappa",
    mapKeys:
      "Mappa della rete. Frecce: spostare. Più e meno: zoom. 0: tutta la rete. N: attore successivo. Esc: deselezionare. Gli stessi dati sono nelle tabelle in fondo.",
    details: "Scheda",
    tables: "Tabelle",
    search: "Cerca un'organizzazione",
    results: "Risultati",
    noResult: "Nessun risultato",
    layers: "Livelli (tipo di legame)",
    kinds: "Tipo di attore",
    all: "tutti",
    none: "nessuno",
    ghosts: "Mostra chi non è mai venuto",
    ghostsNote: "In registro o annunciati, mai presenti",
    sizeIs: "Dimensione: {name}",
    sizeSame: "Dimensione uguale per tutti",
    nActors: "{n} di {total} attori",
    nTies: "{n} di {total} legami",
    source: "Fonte: {name}",
    inside: "Questo file contiene i nomi delle organizzazioni e le righe mostrate: chi lo riceve può leggerle tutte.",
    zoomIn: "Ingrandisci",
    zoomOut: "Riduci",
    fit: "Tutta la rete",
    language: "English",
    theme: "Tema scuro",
    themeLight: "Tema chiaro",
    choose: "Scegli un attore nella mappa, nella ricerca o nella tabella: qui compaiono i suoi legami e le righe che li provano.",
    close: "Chiudi scheda",
    kind: "Tipo",
    town: "Comune",
    inRegister: "In registro",
    announced: "Annunciato, mai presente",
    never: "Mai presente",
    alone: "Presente, senza legami",
    yes: "sì",
    tiesOf: "Legami per livello",
    neighbours: "Con chi ({n})",
    events: "A che cosa ha preso parte ({n})",
    evidence: "prove ({n})",
    actorsTable: "Attori ({n})",
    tiesTable: "Legami visibili ({n})",
    actor: "Attore",
    from: "Da",
    to: "A",
    layer: "Livello",
    weight: "Peso",
    since: "Dal",
    until: "Al",
    state: "Stato",
    tied: "con legami",
    tiesCount: "Legami",
    page: "Pagina {n} di {total}",
    before: "Precedente",
    after: "Successiva",
    sortBy: "Ordina per {name}",
    selected: "{name}: {n} legami visibili",
    deselected: "Nessun attore scelto",
    directed: "orientato",
    noDates: "senza date",
  },
  en: {
    skip: "Go to the tables",
    controls: "Filters and legend",
    map: "Map",
    mapKeys:
      "Map of the network. Arrows: move. Plus and minus: zoom. 0: the whole network. N: next actor. Esc: deselect. The same data are in the tables below.",
    details: "Card",
    tables: "Tables",
    search: "Find an organisation",
    results: "Results",
    noResult: "Nothing found",
    layers: "Layers (kind of tie)",
    kinds: "Kind of actor",
    all: "all",
    none: "none",
    ghosts: "Show who never came",
    ghostsNote: "In the register or announced, never present",
    sizeIs: "Size: {name}",
    sizeSame: "Same size for all",
    nActors: "{n} of {total} actors",
    nTies: "{n} of {total} ties",
    source: "Source: {name}",
    inside: "This file holds the names of the organisations and the rows shown: whoever receives it can read them all.",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    fit: "Whole network",
    language: "Italiano",
    theme: "Dark theme",
    themeLight: "Light theme",
    choose: "Choose an actor in the map, the search or the table: its ties appear here, with the rows that prove them.",
    close: "Close card",
    kind: "Kind",
    town: "Municipality",
    inRegister: "In the register",
    announced: "Announced, never present",
    never: "Never present",
    alone: "Present, without ties",
    yes: "yes",
    tiesOf: "Ties by layer",
    neighbours: "With whom ({n})",
    events: "What it took part in ({n})",
    evidence: "evidence ({n})",
    actorsTable: "Actors ({n})",
    tiesTable: "Visible ties ({n})",
    actor: "Actor",
    from: "From",
    to: "To",
    layer: "Layer",
    weight: "Weight",
    since: "Since",
    until: "Until",
    state: "State",
    tied: "with ties",
    tiesCount: "Ties",
    page: "Page {n} of {total}",
    before: "Previous",
    after: "Next",
    sortBy: "Sort by {name}",
    selected: "{name}: {n} visible ties",
    deselected: "No actor chosen",
    directed: "directed",
    noDates: "undated",
  },
};

/** @typedef {"it" | "en"} Language */

/**
 * @param {Language} language
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function say(language, key, values = {}) {
  const text = /** @type {Record<string, string>} */ (WORDS[language])[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? format(language, /** @type {number} */ (values[name])) : String(values[name]),
  );
}

/** @param {Language} language @param {number} value @returns {string} */
export function format(language, value) {
  const digits = Number.isInteger(value) ? 0 : 3;
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits, useGrouping: true }).format(value);
}

/** @param {Language} language @param {number | null | undefined} day days since 1970 @returns {string} */
export function date(language, day) {
  if (day === null || day === undefined) return "";
  const words = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language, /** @type {Intl.DateTimeFormatOptions} */ (words)).format(day * 864e5);
}
