"""How much a word says: rare words tell bodies apart, common ones do not."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

__all__ = ["SOURCE", "is_known_word", "word_counts"]

SOURCE = (
    "Counts of words in the names of the Italian 5 per mille lists (Agenzia delle Entrate), all regions but Marche; "
    "words in fewer than four names are left out."
)
ALL = "*"


@lru_cache(maxsize=1)
def word_counts() -> tuple[dict[str, int], int]:
    """Return in how many names each word stands, and how many names there are."""
    text = (files("stakeholder_net.records") / "data" / "word_counts.csv").read_text(encoding="utf-8")
    counts = {word: int(names) for word, names in (line.split(",") for line in text.split("\n")[1:] if line)}
    return counts, counts.pop(ALL)


def is_known_word(word: str) -> bool:
    """Return whether a word is common enough not to be a slip of the keyboard."""
    return word in word_counts()[0]
