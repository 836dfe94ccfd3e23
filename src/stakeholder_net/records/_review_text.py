"""What the review workbook says, in both languages. Data, no logic."""

from __future__ import annotations

# ruff: noqa: E501, ISC004 - a sentence may run over two lines
from typing import Final, NamedTuple

from stakeholder_net.words import Language

__all__ = ["ANSWERS", "TEXTS", "ReviewText"]


class ReviewText(NamedTuple):
    """Words of the workbook in one language."""

    sheet: str
    title: str
    hint: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    help_sheet: str
    help: tuple[str, ...]


# what may be answered, and what each answer is in the file of decisions
ANSWERS: Final[dict[str, tuple[str, str]]] = {
    "same": ("sì", "yes"),
    "different": ("no", "no"),
    "other": ("altro", "other"),
}

WIDTHS: Final = (5, 11, 38, 38, 13, 60, 20, 20, 30, 30, 14, 32, 30, 4, 4)

TEXTS: Final[dict[Language, ReviewText]] = {
    "it": ReviewText(
        sheet="Da rivedere",
        title="Sono lo stesso ente?",
        hint="Rispondere nella colonna gialla: sì, no oppure altro. Le righe lasciate vuote saranno riproposte.",
        headings=(
            "N.", "Risposta", "Nome A", "Nome B", "Somiglianza", "Perché", "Comune A", "Comune B", "Dove sta A",
            "Dove sta B", "Vale solo per", "Se altro: quale ente", "Nota", "chiave A", "chiave B",
        ),
        widths=WIDTHS,
        help_sheet="Istruzioni",
        help=(
            "Ogni riga mostra due nomi che forse indicano lo stesso ente; le più probabili stanno in alto.",
            "sì: sono lo stesso ente. no: sono due enti diversi. altro: A è un altro ente, da scrivere nella colonna "
            "'Se altro: quale ente'.",
            "'Vale solo per': se contiene il codice di un evento, la risposta vale solo per quell'evento; se è vuota, "
            "vale sempre e per ogni file.",
            "Una risposta vale più di ciò che calcola il programma. Si ritira con: stakeholder-net match --revoke, che "
            "ne vuole il codice (stakeholder-net match --list).",
            "Le ultime due colonne, nascoste, servono al programma: non cambiarle.",
        ),
    ),
    "en": ReviewText(
        sheet="To review",
        title="Are they the same body?",
        hint="Answer in the yellow column: yes, no or other. Rows left empty will be asked again.",
        headings=(
            "No.", "Answer", "Name A", "Name B", "Likeness", "Why", "Municipality A", "Municipality B", "Where A stands",
            "Where B stands", "Only in", "If other: which body", "Note", "key A", "key B",
        ),
        widths=WIDTHS,
        help_sheet="Instructions",
        help=(
            "Each row shows two names that may be the same body; the likest stand first.",
            "yes: they are the same body. no: they are two. other: A is another body, to be written in the column "
            "'If other: which body'.",
            "'Only in': where it holds the code of an event, the answer is for that event; empty, for every file and for "
            "ever.",
            "An answer outweighs whatever the program works out. It is taken back with: stakeholder-net match --revoke, "
            "which wants its code (stakeholder-net match --list).",
            "The last two columns are hidden and for the program: leave them as they are.",
        ),
    ),
}  # fmt: skip
