"""Mend slips in the words that matter most: legal forms and town names. Only words that no list knows are touched."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Mender"]

SHORTEST = 5


def _deletes(word: str) -> set[str]:
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def one_slip(one: str, other: str) -> bool:
    """Return whether one letter changed, added, left out or swapped with its neighbour turns one word into another.

    Examples
    --------
    >>> one_slip("socilae", "sociale"), one_slip("dilentantistica", "dilettantistica"), one_slip("casa", "cosine")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    left, right = one[head : len(one) - tail], other[head : len(other) - tail]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])  # noqa: PLR2004 - a swap


class Mender:
    """Finds the known word of which another is a slip.

    Parameters
    ----------
    words : iterable of str
        Words that are looked for, five letters or more.

    Examples
    --------
    >>> Mender(["sociale", "cooperativa"]).mend("cooeprativa")
    'cooperativa'
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(w for w in words if len(w) >= SHORTEST)
        self._near: dict[str, list[str]] = {}
        self._found: dict[str, str | None] = {}
        for word in sorted(self.words):
            for part in _deletes(word):
                self._near.setdefault(part, []).append(word)

    def mend(self, word: str) -> str | None:
        """Return the only known word that is one slip away, or None."""
        if word in self.words or len(word) < SHORTEST:
            return None
        if word not in self._found:
            self._found[word] = self._look_for(word)
        return self._found[word]

    def _look_for(self, word: str) -> str | None:
        near = {w for part in _deletes(word) for w in self._near.get(part, ()) if one_slip(word, w)}
        return near.pop() if len(near) == 1 else None
