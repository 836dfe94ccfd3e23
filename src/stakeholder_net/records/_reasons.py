"""Why two spellings may be one body, and what speaks against it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stakeholder_net.records._letters import public_name, shown_town
from stakeholder_net.records._spellings import Spelling
from stakeholder_net.words import Language

__all__ = ["CONFLICTS", "RULES", "reasons"]

MOST_WORDS: Final = 6

RULES: Final[dict[str, tuple[str, str]]] = {
    "code": ("stesso codice fiscale", "same tax code"),
    "exact": (
        "stesso nome, livellate grafia e forma giuridica",
        "same name, once spelling and legal form are levelled",
    ),
    "alias": ("file delle grafie", "alias file"),
    "decision": ("decisione di una persona", "a person's decision"),
    "score": ("nomi molto simili", "names very much alike"),
    "new": ("nessun altro nome gli somiglia abbastanza", "no other name is like it enough"),
    "not_an_actor": ("non è un ente", "not an organisation"),
    "review": ("da rivedere", "to be looked at"),
}  # fmt: skip

CONFLICTS: Final[dict[str, tuple[str, str]]] = {
    "form": ("forme giuridiche diverse", "different legal forms"),
    "number": ("numeri diversi nel nome", "different numbers in the name"),
    "level": ("livelli diversi (comunale, provinciale, ...)", "different levels (municipal, provincial, ...)"),
    "town": ("comuni diversi", "different municipalities"),
    "place_name": ("nomi di enti territoriali", "names of territorial bodies"),
    "district": ("i comuni presenti sono di un altro ambito", "the municipalities present are of another district"),
    "branch": ("uno è una parte dell'altro (scuola, sezione)", "one is part of the other (school, section)"),
    "section": ("il nome di tutte le sezioni: manca il comune", "the name of all sections: no municipality"),
    "unclear": ("può essere più di un ente", "may be more than one body"),
}  # fmt: skip

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "shared": ("parole comuni: {0}", "words in common: {0}"),
    "none": ("nessuna parola uguale", "no word in common"),
    "only": ("solo in '{1}': {0}", "only in '{1}': {0}"),
    "forms": ("forma: {0} / {1}", "form: {0} / {1}"),
    "towns": ("comune: {0} / {1}", "municipality: {0} / {1}"),
    "acronym": ("uno è la sigla dell'altro", "one is the acronym of the other"),
    "against": ("contro: {0}", "against: {0}"),
    "held": ("riunione tenuta a {0}", "meeting held in {0}"),
}  # fmt: skip


def reasons(one: Spelling, other: Spelling, pair: Mapping[Any, Any], *, language: Language = "it") -> str:
    """Return in one line what two names share, what only one has, and what speaks against them.

    Parameters
    ----------
    one, other : Spelling
    pair : mapping
        conflict and, where it was looked at, acronym; held: the town of one that is also that of the other's meeting.
    language : {"it", "en"}
    """
    tongue = 0 if language == "it" else 1

    def say(key: str, *parts: str) -> str:
        return _SENTENCES[key][tongue].format(*parts)

    mine, yours = one.parsed.core.split(), other.parsed.core.split()
    shared = [w for w in mine if w in yours]
    out = [say("shared", ", ".join(shared[:MOST_WORDS])) if shared else say("none")]
    for own, rest, name in ((mine, yours, one.name), (yours, mine, other.name)):
        only = [w for w in own if w not in rest]
        if only and shared:
            out.append(say("only", ", ".join(only[:MOST_WORDS]), public_name(name)))
    if pair.get("acronym"):
        out.append(say("acronym"))
    if one.parsed.forms != other.parsed.forms:
        out.append(say("forms", one.parsed.form or "-", other.parsed.form or "-"))
    towns = tuple(shown_town(s.municipality) or ", ".join(s.parsed.towns) or "?" for s in (one, other))
    if towns[0].casefold() != towns[1].casefold():
        out.append(say("towns", *towns))
    conflict = str(pair.get("conflict", ""))
    if conflict:
        out.append(say("against", CONFLICTS[conflict][tongue]))
    if pair.get("held"):
        out.append(say("held", str(pair["held"])))
    return "; ".join(out)
