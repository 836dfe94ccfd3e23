"""The record of processing that a controller owes (GDPR, article 30), written from what the project says and does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from stakeholder_net._config import Config, FileEntry
from stakeholder_net.records.persons import KEY_FILE, RESTRICTED
from stakeholder_net.words import Language

__all__ = ["processing_record"]

_TABLES: Final = {
    "attendance": ("fogli presenze", "attendance sheets"),
    "events": ("elenchi di incontri", "lists of meetings"),
    "collaborations": ("partenariati e progetti", "partnerships and projects"),
    "memberships": ("composizione di organismi", "members of bodies"),
    "register": ("registri di enti", "registers of organisations"),
    "aliases": ("grafie dei nomi di enti", "spellings of names of organisations"),
    "ties": ("legami dichiarati", "stated ties"),
    "priorities": ("priorità espresse da enti", "priorities stated by organisations"),
}
_SORTS: Final = {
    "person": ("nome e cognome", "name and surname"),
    "contact": ("recapiti (e-mail, telefono)", "contacts (e-mail, telephone)"),
    "signature": ("firma", "signature"),
}
_WORDS: Final = {
    "title": ("Registro del trattamento", "Record of processing"),
    "about": (
        (
            "Scheda per il registro delle attività di trattamento (art. 30 GDPR), scritta da stakeholder_net da "
            "ciò che `stakeholder.toml` dice e da ciò che il programma fa. Non è un parere legale: la rivede il "
            "responsabile della protezione dei dati."
        ),
        (
            "An entry for the record of processing activities (GDPR, article 30), written by stakeholder_net from "
            "what `stakeholder.toml` says and from what the program does. It is no legal advice: the data "
            "protection officer reviews it."
        ),
    ),
    "open": ("**da completare a cura del titolare**", "**to be completed by the controller**"),
    "item": ("Voce", "Item"),
    "said": ("Contenuto", "Content"),
    "activity": ("Trattamento", "Processing"),
    "controller": ("Titolare", "Controller"),
    "officer": ("Responsabile della protezione dei dati", "Data protection officer"),
    "purpose": ("Finalità", "Purpose"),
    "legal_basis": ("Base giuridica", "Legal basis"),
    "recipients": ("Destinatari", "Recipients"),
    "subjects": ("Categorie di interessati", "Categories of persons"),
    "subjects_are": (
        "persone presenti a incontri per conto di enti; titolari di ditte individuali che compaiono come enti",
        "persons who came to meetings on behalf of organisations; sole traders who appear as organisations",
    ),
    "no_subjects": (
        "nessuna colonna di persone riconosciuta nei file; titolari di ditte individuali che compaiono come enti",
        "no column of persons was found in the files; sole traders who appear as organisations",
    ),
    "data": ("Categorie di dati", "Categories of data"),
    "none": ("nessuna", "none"),
    "transfer": ("Trasferimenti a paesi terzi", "Transfers to third countries"),
    "no_transfer": (
        "il programma non ne fa: lavora su questa macchina e non chiama alcun indirizzo",
        "none by the program: it works on this machine and calls no address",
    ),
    "automatic": ("Decisioni automatizzate su persone", "Automated decisions on persons"),
    "no_automatic": ("nessuna: si analizzano enti", "none: organisations are analysed"),
    "retention": ("Termine di cancellazione", "Time limit for erasure"),
    "sources": ("Fonti", "Sources"),
    "file": ("File", "File"),
    "what": ("Che cosa è", "What it is"),
    "dropped": ("Colonne di persone, scartate alla lettura", "Columns of persons, dropped when read"),
    "unread": ("non letto", "not read"),
    "security": ("Misure di sicurezza", "Security measures"),
}
_MEASURES: Final = (
    (
        (
            "le colonne che nominano o descrivono persone si riconoscono dall'intestazione e si scartano alla "
            "lettura; tabelle, mappe, rapporti, messaggi e registri non ne contengono"
        ),
        (
            "columns that name or describe persons are known by their headings and dropped when read; no table, map, "
            "report, message or log holds any"
        ),
    ),
    (
        "i fogli di calcolo si aprono in un processo separato con limiti di memoria e di tempo, senza copie su disco",
        "workbooks are opened in a process of their own with limits of memory and time; no copy is written to disk",
    ),
    (
        (
            f"`{RESTRICTED}` è accessibile al solo proprietario, escluso da git e dai pacchetti; il programma non "
            "cifra: la cartella va tenuta dove l'ente tiene i dati personali"
        ),
        (
            f"`{RESTRICTED}` is for its owner only, kept out of git and of packages; the program encrypts nothing: "
            "keep the folder where the office keeps personal data"
        ),
    ),
    (
        "`stakeholder-net purge` cancella ciò che ha superato il termine e ne scrive un registro senza nomi",
        "`stakeholder-net purge` deletes what is past its time limit and keeps a log without names",
    ),
)
_COUNTS: Final = (
    (
        "nelle edizioni pubbliche i conteggi di persone sotto {limit} sono soppressi, anche in modo secondario, e "
        "gli attori assimilabili a persone non sono nominati"
    ),
    (
        "in public editions counts of persons below {limit} are suppressed, secondarily too, and actors like "
        "persons are not named"
    ),
)
_PSEUDONYMS: Final = (
    (
        f"pseudonimi attivi: nome ed e-mail diventano un codice di 64 bit (HMAC-SHA256) con una chiave segreta "
        f"(`{RESTRICTED}/{KEY_FILE}` o ambiente); i codici restano dati personali e stanno solo in "
        f"`{RESTRICTED}/persons.parquet`; con un'altra chiave sono altri codici"
    ),
    (
        f"pseudonyms are on: name and e-mail become a code of 64 bits (HMAC-SHA256) under a secret key "
        f"(`{RESTRICTED}/{KEY_FILE}` or environment); codes stay personal data and are in "
        f"`{RESTRICTED}/persons.parquet` only; under another key they are other codes"
    ),
)
_NO_PSEUDONYMS: Final = (
    "pseudonimi non attivi: delle persone resta solo quante erano a un incontro per un ente",
    "pseudonyms are off: of persons only their number at a meeting for an organisation remains",
)


def processing_record(
    config: Config, personal: Mapping[str, tuple[str, ...]], *, language: Language = "it"
) -> str:
    """Write the entry for the record of processing: who, why, what of whom, to whom, until when, how it is kept safe.

    Parameters
    ----------
    config : Config
        Settings of the project; its table ``[processing]`` (``[trattamento]``) says what no program can know.
    personal : mapping of str to tuple of str
        Path of each file that was read, and the sorts of columns of persons in it.
    language : {"it", "en"}
        Language of the page.

    Returns
    -------
    str
        Markdown; the same for the same project, whenever it is written. What nobody said is marked as open.

    References
    ----------
    Regulation (EU) 2016/679, article 30(1). https://eur-lex.europa.eu/eli/reg/2016/679/oj

    Examples
    --------
    >>> sheet = {"path": "a.xlsx", "table": "attendance", "keep_until": "2027-12-31"}
    >>> config = Config.model_validate({"title": "Plan", "files": [sheet], "trattamento": {"titolare": "Comune"}})
    >>> page = processing_record(config, {"a.xlsx": ("person",)}, language="en")
    >>> "| Controller | Comune |" in page, "| Purpose | **to be completed by the controller** |" in page
    (True, True)
    """
    at = 0 if language == "it" else 1
    word = {key: words[at] for key, words in _WORDS.items()}
    lines = [f"# {word['title']}: {_plain(config.title)}", "", word["about"], ""]
    lines += [f"| {word['item']} | {word['said']} |", "|---|---|"]
    lines += [f"| {key} | {value} |" for key, value in _items(config, personal, word, at)]
    lines += ["", f"## {word['sources']}", ""]
    heads = [word[key] for key in ("file", "what", "dropped", "legal_basis", "retention")]
    lines += [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(_source(config, entry, personal, word, at))} |" for entry in config.files]
    lines += ["", f"## {word['security']}", ""]
    told = [text[at] for text in _MEASURES]
    told += [_COUNTS[at].format(limit=config.persons.limit)]
    told += [(_PSEUDONYMS if config.persons.pseudonyms else _NO_PSEUDONYMS)[at]]
    return "\n".join([*lines, *(f"- {text};" for text in told[:-1]), f"- {told[-1]}."]) + "\n"


def _items(
    config: Config, personal: Mapping[str, tuple[str, ...]], word: Mapping[str, str], at: int
) -> list[tuple[str, str]]:
    said = config.processing
    sorts = sorted({sort for found in personal.values() for sort in found}, key=list(_SORTS).index)
    return [
        (word["activity"], _plain(config.title)),
        (word["controller"], _plain(said.controller) or word["open"]),
        (word["officer"], _plain(said.officer) or word["open"]),
        (word["purpose"], _plain(said.purpose) or word["open"]),
        (word["legal_basis"], _plain(said.legal_basis) or word["open"]),
        (word["subjects"], word["subjects_are" if sorts else "no_subjects"]),
        (word["data"], "; ".join(_SORTS[sort][at] for sort in sorts) or word["none"]),
        (word["recipients"], _plain(said.recipients) or word["open"]),
        (word["transfer"], word["no_transfer"]),
        (word["automatic"], word["no_automatic"]),
        (word["retention"], f"{said.keep_until:%Y-%m-%d}" if said.keep_until else word["open"]),
    ]


def _source(
    config: Config,
    entry: FileEntry,
    personal: Mapping[str, tuple[str, ...]],
    word: Mapping[str, str],
    at: int,
) -> list[str]:
    sorts, until = personal.get(entry.path), config.keeps_until(entry)
    dropped = (
        word["unread"] if sorts is None else "; ".join(_SORTS[sort][at] for sort in sorts) or word["none"]
    )
    basis = _plain(entry.legal_basis or config.processing.legal_basis)
    keep = f"{until:%Y-%m-%d}" if until else (word["open"] if sorts else "–")
    return [_plain(entry.path), _TABLES[entry.table][at], dropped, basis or word["open"], keep]


def _plain(text: str) -> str:
    """Return a text that is one cell of a table and holds no mark-up."""
    flat = " ".join(text.split())
    for mark in "\\|<>[]*_`":
        flat = flat.replace(mark, {"<": "&lt;", ">": "&gt;"}.get(mark, f"\\{mark}"))
    return flat
