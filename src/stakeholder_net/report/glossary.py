"""The words of the pages, explained once: for the report, the workbook and the documentation. Data, no logic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["GLOSSARY", "Word", "glossary_page"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word in both languages.

    Parameters
    ----------
    it, en : str
        The word.
    means_it, means_en : str
        What it means here, in one or two sentences.
    """

    it: str
    en: str
    means_it: str
    means_en: str


# fmt: off
GLOSSARY: Final[dict[str, Word]] = {
    "actor": Word(
        "ente", "organisation (actor)",
        "Un'organizzazione considerata nell'analisi, anche se non ha legami. Le persone non sono mai enti.",
        "A body considered in the analysis, also when it has no ties. Persons are never actors.",
    ),
    "event": Word(
        "evento", "event",
        "Ciò a cui gli enti hanno preso parte: un incontro, un progetto, un accordo, un organismo.",
        "What organisations took part in: a meeting, a project, an agreement, a board.",
    ),
    "presence": Word(
        "presente", "present",
        "Chi c'era, di persona, a distanza o per delega. Chi era annunciato o invitato non è presente.",
        "Who was there, in person, remotely or by delegate. To be announced or invited is not to be present.",
    ),
    "register": Word(
        "registro", "register",
        "L'elenco degli enti che avrebbero potuto esserci; senza registro non si può dire chi manca.",
        "The list of those who could have been there; without one, nobody can be said to be missing.",
    ),
    "layer": Word(
        "livello", "layer",
        "Un tipo di rapporto tenuto distinto dagli altri: incontri, partenariati, appartenenze, finanziamenti.",
        "One kind of relation, kept apart from the others: meetings, partnerships, memberships, funding.",
    ),
    "tie": Word(
        "legame", "tie",
        "Due enti sono legati in un livello se sono comparsi nello stesso evento, o se il legame è dichiarato.",
        "Two organisations are tied in a layer when they appeared in the same event, or when the tie is stated.",
    ),
    "pair": Word(
        "coppia legata", "tied pair",
        "Due enti con almeno un legame in almeno un livello, contati una volta.",
        "Two organisations with at least one tie in at least one layer, counted once.",
    ),
    "path": Word(
        "percorso", "path",
        "Una catena di legami che porta da un ente a un altro; più breve quanto meno sono e quanto più sono forti.",
        "A chain of ties from one organisation to another; shorter the fewer and the stronger they are.",
    ),
    "weight": Word(
        "peso", "weight",
        "Quanto conta un legame. Un incontro di n enti dà 1/(n - 1) a ogni coppia: un tavolo di pochi conta più di "
        "una plenaria.",
        "How much a tie counts. A meeting of n gives each pair 1/(n - 1): a small table counts more than a plenary.",
    ),
    "interval": Word(
        "intervallo al 95 %", "95% interval",
        "Fra quali valori sta, con ragionevole fiducia, la propensione a esserci. È largo quando gli enti sono pochi.",
        "Between which values the propensity to be there lies with reasonable confidence. Wide when they are few.",
    ),
    "p_adjusted": Word(
        "p corretto", "corrected p",
        "Quanto spesso il solo caso darebbe una mancanza così grande, tenuto conto di quanti gruppi si sono guardati.",
        "How often chance alone would give so large a lack, given how many groups were looked at.",
    ),
    "fingerprint": Word(
        "impronta dei dati", "fingerprint of the data",
        "Un codice calcolato su tutte le tabelle: se è uguale, i dati sono gli stessi, su qualunque macchina.",
        "A code computed on all tables: where it is equal, the data are the same, on whatever machine.",
    ),
}
# fmt: on


def glossary_page() -> str:
    """Return the glossary as the page of the documentation."""
    lines = [
        "# Glossary",
        "",
        "<!-- Written by docs/make_pages.py from stakeholder_net.report.glossary. -->",
        "",
        "The report prints these words at its end, in its own language.",
        "",
        "| English | italiano | means | significa |",
        "|---|---|---|---|",
    ]
    words = sorted(GLOSSARY.values(), key=lambda word: word.en)
    lines += [f"| **{word.en}** | **{word.it}** | {word.means_en} | {word.means_it} |" for word in words]
    return "\n".join(lines) + "\n"
