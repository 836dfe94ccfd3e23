"""Towns inside a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stakeholder_net.records._forms import PLACE_PREFIXES, STOPWORDS
from stakeholder_net.records._letters import normalise, title_case
from stakeholder_net.records._slips import Mender
from stakeholder_net.records._weights import is_known_word

__all__ = ["NO_TOWNS", "Found", "Towns"]

SHORTEST_HEAD = 5  # letters: 'Monte' names no town
LINKS = frozenset(("di", "a", "da", "del", "della", "d", "comune", "comunale"))
MOST_MENDED = 1000  # towns: in a longer list too many words are one slip away from some town


class Found(NamedTuple):
    """A town inside some words; a short form of its name is less sure."""

    begin: int
    end: int
    town: str
    sure: bool


class Towns:
    """The towns that are known here, to be found inside a name.

    Parameters
    ----------
    names : iterable of str
        Town names in any case; the first printed form that is not all upper case is shown.

    Examples
    --------
    >>> towns = Towns(["ASCOLI PICENO", "Folignano"])
    >>> towns.named("ascoli piceno"), towns.short("Ascoli")
    ('Ascoli Piceno', 'Ascoli Piceno')
    """

    def __init__(self, names: Iterable[object] = ()) -> None:
        printed: dict[tuple[str, ...], str] = {}
        for name in names:
            words = tuple(normalise(name).split())
            if words and (words not in printed or printed[words].isupper()):
                printed[words] = " ".join(str(name).split())
        self._shown = {words: title_case(name) if name.isupper() else name for words, name in printed.items()}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._by_joined = {"".join(words): shown for words, shown in self._shown.items()}
        for words in self._shown:
            self._by_first.setdefault(words[0], []).append(words)
        for found in self._by_first.values():
            found.sort(key=lambda words: (-len(words), words))
        self._short, self._initials = self._heads()
        many = len(self._shown) > MOST_MENDED
        self._mender = Mender(
            () if many else (w for words in self._shown for w in words if w not in STOPWORDS)
        )

    def _heads(self) -> tuple[dict[tuple[str, ...], tuple[str, ...]], dict[tuple[str, ...], tuple[str, ...]]]:
        """Return the beginnings and the initials that only one town has: Ascoli (Piceno), C. di Lama; SBT."""
        initials: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        heads: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for words in self._shown:
            for size in range(1, len(words)):
                head = words[:size]
                if len(head[-1]) > 1 and head[-1] not in STOPWORDS and len("".join(head)) >= SHORTEST_HEAD:
                    heads.setdefault(head, set()).add(words)
            telling = [w for w in words if w not in STOPWORDS]
            if len(telling) > 1:
                heads.setdefault((words[0][0], *words[1:]), set()).add(words)
            if len(telling) > 2:  # noqa: PLR2004 - two initials are a province, three a town: SBT
                initials.setdefault(("".join(w[0] for w in telling),), set()).add(words)
        return (
            {head: min(of) for head, of in heads.items() if len(of) == 1 and head not in self._shown},
            {head: min(of) for head, of in initials.items() if len(of) == 1 and not is_known_word(head[0])},
        )

    def mended(self, words: Sequence[str]) -> list[str]:
        """Return some words with slips in a town's name put right: at the end, or after a preposition."""
        out = list(words)
        for n, word in enumerate(words):
            last = n == len(words) - 1
            if (last or (n and words[n - 1] in LINKS)) and not is_known_word(word):
                out[n] = self._mender.mend(word) or word
        return out

    def __len__(self) -> int:
        return len(self._shown)

    def __iter__(self) -> Iterator[str]:
        return iter(self._shown.values())

    def named(self, name: object) -> str | None:
        """Return the town of exactly this name (blanks apart), or None."""
        return self._by_joined.get(normalise(name).replace(" ", ""))

    def short(self, name: object) -> str | None:
        """Return the only town whose name begins so, or None: Ascoli for Ascoli Piceno."""
        whole = self._short.get(tuple(normalise(name).split()))
        return self._shown[whole] if whole else None

    def find(self, words: Sequence[str]) -> list[Found]:
        """Return each town inside some words, left to right, the longest first."""
        found, at = [], 0
        while at < len(words):
            hit = next(
                (t for t in self._by_first.get(words[at], ()) if tuple(words[at : at + len(t)]) == t), None
            )
            sure = hit is not None
            if hit is None and (at == 0 or words[at - 1] not in PLACE_PREFIXES):
                heads = (tuple(words[at : at + size]) for size in (4, 3, 2, 1))
                head = next((head for head in heads if head in self._short or head in self._initials), None)
                if head is not None:
                    whole = self._short.get(head) or self._initials[head]
                    found.append(Found(at, at + len(head), self._shown[whole], sure))
                    at += len(head) - 1
            elif hit is not None:
                found.append(Found(at, at + len(hit), self._shown[hit], sure))
                at += len(hit) - 1
            at += 1
        return found


NO_TOWNS = Towns()
