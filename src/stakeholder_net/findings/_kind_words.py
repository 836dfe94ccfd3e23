"""The kinds that a call asks for, in the language of the reader."""

from __future__ import annotations

import re
from typing import Final

from stakeholder_net.errors import UnknownNameError
from stakeholder_net.findings._say import kind_label
from stakeholder_net.findings.call import kinds_of
from stakeholder_net.words import KIND_GROUPS, KINDS, Language

__all__ = ["kind_words"]

_ALTERNATIVES: Final = re.compile(r"\s*\|\s*|\s+(?:o|oppure|or)\s+")
_FAMILIES: Final = ("third sector", "any public body")


def kind_words(word: str, language: Language) -> str:
    """Return what a call says of kinds in the language of the reader; alternatives are joined by "or".

    Examples
    --------
    >>> kind_words("comune | fondazione", "it"), kind_words("terzo settore o comune", "en")
    ('Comune o Fondazione', 'third sector or Municipality')
    """
    parts = (_one(part, language) for part in _ALTERNATIVES.split(word.strip()))
    return (" o " if language == "it" else " or ").join(parts)


def _one(part: str, language: Language) -> str:
    """Return the label of a code; an Italian word in English where the reader is not Italian."""
    if part in KINDS or language == "it":
        return kind_label(part, language)
    try:
        kinds = kinds_of(part)
    except UnknownNameError:  # a kind of the network's own
        return part
    if len(kinds) == 1:
        return kind_label(min(kinds), language)
    family = next((one for one in _FAMILIES if kinds == kinds_of(one)), "")
    group = next((code for code in KIND_GROUPS if kinds == kinds_of(code)), "")
    return family or (kind_label(group, language) if group else part)
