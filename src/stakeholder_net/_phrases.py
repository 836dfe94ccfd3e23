"""What the commands say, in both languages."""

from __future__ import annotations

__all__ = ["PHRASES", "STEPS"]

PHRASES: dict[str, dict[str, str]] = {
    "it": {
        "read": "Letti {files} file: {rows} righe, {aside} messe da parte.",
        "absent": "  non presente, facoltativo: {file}",
        "invented": "  ATTENZIONE: ci sono ancora le righe d'esempio del modello, e contano: cancellarle ({files}).",
        "build": "Rete: {actors} attori, {events} eventi, {ties} legami in {layers} livelli ({names}); "
        "{merged} righe unite, {aside} messe da parte.",
        "mended": "  celle corrette a mano, d'ora in poi riapplicate a ogni lettura: {count}",
        "doubts": "  {count} coppie di nomi forse dello stesso ente: stakeholder-net match {folder}",
        "measures": "Misure: {measures} per {actors} attori.",
        "firm": "Da _rank_low a _rank_high in 95 casi su 100; surely_in, perhaps_in: di certo, forse fra i primi 5.",
        "gaps": "Assenti: {kind} tipi e {municipality} comuni confrontati con il registro; {actors} attori elencati.",
        "coalitions": "Coalizioni: {count} per {calls} bando/i.",
        "map": "Mappa: {ties} legami.",
        "report": "Rapporto.",
        "no_report": "Nessun rapporto: {what} {hint}",
        "wrote": "  scritto: {path}",
        "open_map": "\nAprire la mappa:    {path}",
        "open_report": "Aprire il rapporto: {path}",
        "no_problem": "Nessun problema: {rows} righe lette, tutte accettate.",
        "no_rows": "Nessun problema, ma i fogli sono ancora vuoti: compilarli in data/raw.",
        "problems": "{count} segnalazioni:",
        "rest": "... e altre {count}: --top {all} per vederle, --output FILE.csv per le cifre.",
        "hint": "Che fare: ",
        "error": "Errore",
        "stopped": "Interrotto: ciò che era già scritto resta com'era.",
        "made": "Creata la cartella {folder}:",
        "next": "Compilare i fogli in data/raw, poi: stakeholder-net run {folder}",
        "adopted": "  {name}: {table} ({headings})",
        "not_adopted": "  {name}: non riconosciuto; si veda stakeholder.toml.",
        "look_over": "Controllare stakeholder.toml, poi: stakeholder-net check {folder}",
        "nothing": "Nessun risultato.",
        "working": "… {what}",
        "real_record": "Dati: registro pubblico del Piceno (organizzazioni reali, fonti in data/raw).",
    },
    "en": {
        "read": "Read {files} files: {rows} rows, {aside} set aside.",
        "absent": "  not there, optional: {file}",
        "invented": "  MIND: the invented rows of the template are still there, and they count: delete them ({files}).",
        "build": "Network: {actors} actors, {events} events, {ties} ties in {layers} layers ({names}); "
        "{merged} rows joined, {aside} set aside.",
        "mended": "  cells put right by hand, from now on replayed at every reading: {count}",
        "doubts": "  {count} pairs of names that may be one body: stakeholder-net match {folder}",
        "measures": "Measures: {measures} for {actors} actors.",
        "firm": "_rank_low to _rank_high in 95 cases of 100; surely_in, perhaps_in: surely, perhaps in the first 5.",
        "gaps": "Missing: {kind} kinds and {municipality} municipalities against the register; {actors} actors listed.",
        "coalitions": "Coalitions: {count} for {calls} call(s).",
        "map": "Map: {ties} ties.",
        "report": "Report.",
        "no_report": "No report: {what} {hint}",
        "wrote": "  wrote: {path}",
        "open_map": "\nOpen the map:    {path}",
        "open_report": "Open the report: {path}",
        "no_problem": "No problem: {rows} rows read, all accepted.",
        "no_rows": "No problem, but the sheets are still empty: fill them in, in data/raw.",
        "problems": "{count} remarks:",
        "rest": "... and {count} more: --top {all} shows them, --output FILE.csv holds the figures.",
        "hint": "What to do: ",
        "error": "Error",
        "stopped": "Stopped: what was written before is as it was.",
        "made": "Made the folder {folder}:",
        "next": "Fill in the sheets in data/raw, then: stakeholder-net run {folder}",
        "adopted": "  {name}: {table} ({headings})",
        "not_adopted": "  {name}: not known; see stakeholder.toml.",
        "look_over": "Look stakeholder.toml over, then: stakeholder-net check {folder}",
        "nothing": "No result.",
        "working": "… {what}",
        "real_record": "Data: public record of the Piceno area (real organisations, sources in data/raw).",
    },
}


# What the walk calls its steps, as people call them.
STEPS: dict[str, dict[str, str]] = {
    "it": {
        "build": "rete",
        "spellings": "grafie dei nomi",
        "candidates": "nomi da confrontare",
        "evidence": "indizi",
        "equal names": "nomi uguali",
        "scores": "nomi simili",
        "actors": "attori",
        "measures": "misure",
        "map": "mappa",
        "report": "rapporto",
    },
    "en": {"build": "network", "candidates": "names to compare", "scores": "similar names"},
}
