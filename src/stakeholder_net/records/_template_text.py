"""What stands in the files of a new project, in both languages. Data, no logic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from stakeholder_net.words import INVENTED

__all__ = ["INSTRUCTIONS", "README", "SHEETS", "TOML", "Page", "Sheet"]

# one line a row: tables read better so than one value a line
# fmt: off


@dataclass(frozen=True)
class Sheet:
    """One sheet to fill in.

    Parameters
    ----------
    name, title, hint : str
        On its tab, and in its first two rows.
    headings : tuple of str
        Of its columns.
    widths : tuple of int
        Of its columns, in letters.
    rows : tuple of tuple
        Invented examples, each labelled so in its last cell.
    choices : dict of int to str
        Column and what its drop-down offers.
    """

    name: str
    title: str = ""
    hint: str = ""
    headings: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    choices: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A page to read."""

    name: str
    title: str
    lines: tuple[str, ...]


_IT, _EN = INVENTED
_HINT_IT = "Le righe in grigio sono inventate e mostrano come si compila: cancellarle. Si veda il foglio Istruzioni."
_HINT_EN = "The grey rows are invented and show how to fill in: delete them. See the sheet Instructions."

SHEETS: Final[dict[str, dict[str, Sheet]]] = {
    "it": {
        "attendance": Sheet(
            "Presenze", "Presenze agli incontri", _HINT_IT,
            ("Evento", "Ente", "Comune", "Ruolo", "Presenza", "Numero di persone", "Fonte"),
            (10, 50, 24, 18, 20, 12, 32),
            (
                ("LAB1", "Comune di Esempio", "", "organizzatore", "presente", 2, _IT),
                ("LAB1", "Cooperativa sociale Esempio Due", "Esempio", "partecipante", "presente", 1, _IT),
                ("LAB1", "Associazione Esempio Tre", "Esempio", "partecipante", "annunciato", "", _IT),
                ("LAB2", "Comune di Esempio", "", "organizzatore", "presente", 1, _IT),
                ("LAB2", "Associazione Esempio Tre", "Esempio", "partecipante", "presente", 3, _IT),
            ),
            {0: "event", 3: "role", 4: "status"},
        ),
        "events": Sheet(
            "Incontri", "Incontri, tavoli, laboratori", _HINT_IT,
            ("Evento", "Titolo", "Tipo", "Data inizio", "Data fine", "Luogo", "Tema", "Fonte"),
            (10, 50, 20, 12, 12, 30, 24, 32),
            (
                ("LAB1", "Primo laboratorio di esempio", "laboratorio", dt.date(2021, 9, 3), dt.date(2021, 9, 4),
                 "Sala di esempio", "welfare", _IT),
                ("LAB2", "Secondo laboratorio di esempio", "laboratorio", dt.date(2021, 10, 15), "",
                 "Sala di esempio", "lavoro", _IT),
            ),
            {2: "event_kind", 3: "date", 4: "date"},
        ),
        "register": Sheet(
            "Registro", "Enti del territorio, presenti o no: serve a vedere chi manca", _HINT_IT,
            ("Denominazione", "Tipo", "Comune", "Codice fiscale", "Ambito", "Temi", "Fonte"),
            (50, 30, 24, 16, 18, 30, 32),
            (
                ("Comune di Esempio", "Comune", "Esempio", "", "Ambito di esempio", "", _IT),
                ("Cooperativa sociale Esempio Due", "Cooperativa sociale", "Esempio", "", "Ambito di esempio", "lavoro",
                 _IT),
                ("Associazione Esempio Tre", "Associazione", "Esempio", "", "Ambito di esempio", "welfare", _IT),
                ("Scuola Esempio Quattro", "Scuola", "Esempio", "", "Ambito di esempio", "", _IT),
            ),
            {1: "kind"},
        ),
        "collaborations": Sheet(
            "Collaborazioni", "Progetti, accordi, partenariati: un ente per riga", _HINT_IT,
            ("Codice progetto", "Progetto", "Anno o data", "Ente", "Comune", "Ruolo", "Importo", "Fonte"),
            (16, 40, 14, 50, 24, 18, 14, 32),
            (
                ("PRG1", "Progetto di esempio", 2021, "Comune di Esempio", "", "capofila", "", _IT),
                ("PRG1", "Progetto di esempio", 2021, "Cooperativa sociale Esempio Due", "Esempio", "partner", "", _IT),
            ),
            {5: "role"},
        ),
        "aliases": Sheet(
            "grafie", headings=("Grafia", "Nome", "Cosa", "Solo in", "Motivo", "Fonte"),
            rows=(("Coop. Esempio 2", "Cooperativa sociale Esempio Due", "attore", "", "Forma breve", _IT),),
        ),
        "lists": Sheet("Elenchi", headings=("Valori: presenza", "Valori: ruolo", "Valori: tipo di ente",
                                            "Valori: tipo di incontro")),
    },
    "en": {
        "attendance": Sheet(
            "Attendance", "Attendance at meetings", _HINT_EN,
            ("Event", "Organisation", "Town", "Role", "Status", "Number of persons", "Source"),
            (10, 50, 24, 18, 20, 12, 32),
            (
                ("LAB1", "Comune di Esempio", "", "organiser", "present", 2, _EN),
                ("LAB1", "Cooperativa sociale Esempio Due", "Esempio", "participant", "present", 1, _EN),
                ("LAB1", "Associazione Esempio Tre", "Esempio", "participant", "announced", "", _EN),
                ("LAB2", "Comune di Esempio", "", "organiser", "present", 1, _EN),
                ("LAB2", "Associazione Esempio Tre", "Esempio", "participant", "present", 3, _EN),
            ),
            {0: "event", 3: "role", 4: "status"},
        ),
        "events": Sheet(
            "Events", "Meetings, tables, workshops", _HINT_EN,
            ("Event", "Title", "Kind", "Start", "End", "Place", "Theme", "Source"), (10, 50, 20, 12, 12, 30, 24, 32),
            (
                ("LAB1", "First example workshop", "workshop", dt.date(2021, 9, 3), dt.date(2021, 9, 4), "Example hall",
                 "welfare", _EN),
                ("LAB2", "Second example workshop", "workshop", dt.date(2021, 10, 15), "", "Example hall", "work", _EN),
            ),
            {2: "event_kind", 3: "date", 4: "date"},
        ),
        "register": Sheet(
            "Register", "Bodies of the territory, present or not: it shows who is missing", _HINT_EN,
            ("Name", "Kind", "Town", "Tax code", "District", "Themes", "Source"),
            (50, 30, 24, 16, 18, 30, 32),
            (
                ("Comune di Esempio", "Municipality", "Esempio", "", "Example district", "", _EN),
                ("Cooperativa sociale Esempio Due", "Social cooperative", "Esempio", "", "Example district", "work",
                 _EN),
                ("Associazione Esempio Tre", "Association", "Esempio", "", "Example district", "welfare", _EN),
                ("Scuola Esempio Quattro", "School", "Esempio", "", "Example district", "", _EN),
            ),
            {1: "kind"},
        ),
        "collaborations": Sheet(
            "Collaborations", "Projects, agreements, partnerships: one body a row", _HINT_EN,
            ("Project id", "Project", "Year or date", "Organisation", "Town", "Role", "Amount", "Source"),
            (16, 40, 14, 50, 24, 18, 14, 32),
            (
                ("PRG1", "Example project", 2021, "Comune di Esempio", "", "lead partner", "", _EN),
                ("PRG1", "Example project", 2021, "Cooperativa sociale Esempio Due", "Esempio", "partner", "", _EN),
            ),
            {5: "role"},
        ),
        "aliases": Sheet(
            "spellings", headings=("Spelling", "Name", "What", "Only in", "Reason", "Source"),
            rows=(("Coop. Esempio 2", "Cooperativa sociale Esempio Due", "actor", "", "Short form", _EN),),
        ),
        "lists": Sheet("Lists", headings=("Values: status", "Values: role", "Values: kind of body",
                                          "Values: kind of event")),
    },
}

INSTRUCTIONS: Final[dict[str, Page]] = {
    "it": Page("Istruzioni", "Come si compila", (
        "1. Un ente per riga e per incontro. Se vengono più persone, basta una riga con il loro numero.",
        "2. Scrivere l'ente, non la persona: nomi, e-mail, telefoni e firme non servono e non vengono letti.",
        "3. Il nome dell'ente va scritto per esteso la prima volta; grafie diverse si uniscono nel file grafie.csv.",
        "4. Il comune distingue le sezioni di una stessa associazione: scriverlo sempre quando non è già nel nome.",
        "5. Presenza: si sceglie dall'elenco. Annunciato non vale come presente.",
        "6. Date come 03/09/2021. Una data che non si sa resta vuota.",
        "7. Colonne e fogli in più sono ammessi: le colonne sconosciute non vengono lette, e si dice quali sono.",
        "8. Una riga con un errore non si perde: va in data/processed/set_aside.csv, con che cosa fare.",
        "9. Cancellare le righe di esempio, in grigio, prima di cominciare.",
    )),
    "en": Page("Instructions", "How to fill in", (
        "1. One body a row and a meeting. Where several persons of one body came, one row with their number will do.",
        "2. Write the body, not the person: names, e-mails, telephones and signatures are not needed and never read.",
        "3. Write the name of a body in full the first time; other spellings are joined in the file grafie.csv.",
        "4. The town tells the sections of one association apart: write it wherever the name does not hold it.",
        "5. Status: choose from the list. Announced does not count as present.",
        "6. Dates such as 03/09/2021. A date that is not known stays empty.",
        "7. More columns and sheets may be added: unknown columns are not read, and named.",
        "8. A row with a fault is not lost: it goes to data/processed/set_aside.csv, with what to do.",
        "9. Delete the example rows, in grey, before you begin.",
    )),
}

TOML: Final[dict[str, str]] = {
    "it": """# Che cosa è ciascun file. I percorsi partono da questa cartella; le colonne si riconoscono
# dall'intestazione, e dove non basta si dicono così:  columns = {{ actor = "Chi ha firmato" }}
title = "Il nostro territorio: chi lavora con chi"
language = "it"
seed = 7
# calls = ["calls/*.toml"]  # bandi: copiare calls/modulo/bando.toml in calls/ e compilarlo

[[files]]
path = "data/raw/foglio_presenze.xlsx"
table = "attendance"
sheet = "{attendance}"

[[files]]
path = "data/raw/foglio_presenze.xlsx"
table = "events"
sheet = "{events}"

[[files]]
path = "data/raw/foglio_presenze.xlsx"
table = "register"
sheet = "{register}"

[[files]]
path = "data/raw/collaborazioni.xlsx"
table = "collaborations"

[[files]]
path = "data/raw/grafie.csv"
table = "aliases"

# Per il registro del trattamento (art. 30 GDPR) e per `stakeholder-net purge`:
# [trattamento]
# titolare = "Comune di ..."
# finalita = "Piano di zona"
# conservare_fino_al = 2027-12-31

# Di che tipo è un ente, dove il nome non lo dice:
# [kinds]
# "Esempio Cinque" = "impresa"
""",
    "en": """# What each file is. Paths start from this folder; columns are known by their headings,
# and where that is not enough are told so:  columns = {{ actor = "Who signed" }}
title = "Our territory: who works with whom"
language = "en"
seed = 7
# calls = ["calls/*.toml"]  # calls for funding: copy calls/modulo/bando.toml into calls/ and fill it in

[[files]]
path = "data/raw/foglio_presenze.xlsx"
table = "attendance"
sheet = "{attendance}"

[[files]]
path = "data/raw/foglio_presenze.xlsx"
table = "events"
sheet = "{events}"

[[files]]
path = "data/raw/foglio_presenze.xlsx"
table = "register"
sheet = "{register}"

[[files]]
path = "data/raw/collaborazioni.xlsx"
table = "collaborations"

[[files]]
path = "data/raw/grafie.csv"
table = "aliases"

# For the record of processing (GDPR, article 30) and for `stakeholder-net purge`:
# [processing]
# controller = "Municipality of ..."
# purpose = "District plan"
# keep_until = 2027-12-31

# The kind of a body whose name does not tell:
# [kinds]
# "Esempio Cinque" = "impresa"
""",
}

README: Final[dict[str, str]] = {
    "it": """# Il nostro territorio: chi lavora con chi

1. Compilare `data/raw/foglio_presenze.xlsx` (presenze, incontri, registro) e `data/raw/collaborazioni.xlsx`;
   le righe in grigio sono inventate: cancellarle. I propri file vanno accanto, e in `stakeholder.toml` si dice
   che cosa sono.
2. `stakeholder-net check` dice che cosa non si legge e dove; le righe con un errore vanno in
   `data/processed/set_aside.csv`.
3. `stakeholder-net run` fa la mappa e la relazione in `output/`.

Nomi di persone, e-mail e telefoni non servono: se ci sono, non vengono letti. I fogli che ne contengono non si
pubblicano.
""",
    "en": """# Our territory: who works with whom

1. Fill in `data/raw/foglio_presenze.xlsx` (attendance, meetings, register) and `data/raw/collaborazioni.xlsx`;
   the grey rows are invented: delete them. Your own files go beside them, and `stakeholder.toml` says what they are.
2. `stakeholder-net check` says what cannot be read, and where; rows with a fault go to `data/processed/set_aside.csv`.
3. `stakeholder-net run` makes the map and the report in `output/`.

Names of persons, e-mails and telephones are not needed and never read. Sheets that hold them are not to be published.
""",
}
