"""What speaks for and against two spellings being one body, in figures; whole arrays of pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from stakeholder_net.records._candidates import is_syllabic, letters_of
from stakeholder_net.records._corpus import FAMILIES, Corpus, Floats, Integers
from stakeholder_net.records._similar import word_likeness
from stakeholder_net.records._weights import word_counts

__all__ = ["CONFLICT_FORMS", "evidence"]

CHUNK: Final = 20_000
BROKEN: Final = 0.85  # likeness of a word that stands broken, or joined to its neighbour, in the other name
SHORTEST_BROKEN: Final = 5
HALF: Final = 0.6
ACRONYM_KNOWN: Final = 60  # names of the national lists from which a word is a word and no acronym
SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 10
SOFT_FAMILIES: Final = ("associazione", "asd")
CONFLICT_FORMS: Final = 4
NO_LETTERS: Final = ("s", "e", "o")


def evidence(corpus: Corpus, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return one row of figures for each pair.

    Parameters
    ----------
    corpus : Corpus
    pairs : pandas.DataFrame
        From ``candidate_pairs``.

    Returns
    -------
    pandas.DataFrame
        shared: weight of the words in common over that of all; short and long: share of the name with fewer and with
        more words of its own that the other has; lost_low, lost_high: weight of the rarest word that the other lacks;
        best: weight of the rarest word in common; common: weight of all words in common; first: likeness of the first
        words; likeness, rank_low, rank_high: as given; form, town, inner_town, number, level, kind: how those relate;
        rivals: towns in which the core is borne; equal, generic, placed, part, acronym, words.
    """
    one, other = pairs["one"].to_numpy(), pairs["other"].to_numpy()
    parts = [
        _overlap(corpus, one[k : k + CHUNK], other[k : k + CHUNK]) for k in range(0, max(len(one), 1), CHUNK)
    ]
    out = pd.concat(parts, ignore_index=True)
    for column in ("likeness", "rank_low", "rank_high"):
        out[column] = pairs[column].to_numpy()
    out["form"] = _relate_forms(corpus.forms[one], corpus.forms[other])
    out["town"] = _relate_towns(corpus.places[one], corpus.places[other])
    out["inner_town"] = _relate_towns(corpus.inner_places[one], corpus.inner_places[other])
    out["number"] = _relate_numbers(corpus, one, other)
    out["level"] = _relate_codes(corpus.levels[one], corpus.levels[other])
    out["kind"] = _relate_codes(corpus.kinds[one], corpus.kinds[other])
    joined = np.array(corpus.joined, dtype=object)
    rivals = _rivals(corpus)
    out["rivals"] = np.maximum(rivals[one], rivals[other])
    out["equal"] = (joined[one] == joined[other]).astype(np.int64)
    out["generic"] = corpus.generic[one].astype(np.int64) + corpus.generic[other]
    out["placed"] = corpus.placed[one].astype(np.int64) + corpus.placed[other]
    out["part"] = corpus.parts[one].astype(np.int64) + corpus.parts[other]
    out["acronym"] = _acronyms(corpus, one, other, out["shared"].to_numpy())
    return out


def _overlap(corpus: Corpus, one: Integers, other: Integers) -> pd.DataFrame:
    """Return how far the words of two names are the same, each weighed by what it says."""
    first, second = _Side.of(corpus, one), _Side.of(corpus, other)
    left, right = _cross(first, second)
    low, high = (
        np.minimum(first.words[left], second.words[right]),
        np.maximum(first.words[left], second.words[right]),
    )
    key, back = np.unique(low * len(corpus.vocabulary) + high, return_inverse=True)
    size = max(len(corpus.vocabulary), 1)
    used, places = np.unique([key // size, key % size], return_inverse=True)
    words = [corpus.vocabulary[w] for w in used]
    like = word_likeness(words, *places.reshape(2, -1))[back]
    first.meet(left, like)
    second.meet(right, like)
    first.find_broken(corpus, other)
    second.find_broken(corpus, one)
    mine, yours = first.share(), second.share()
    lost, gone = first.most(1 - first.best), second.most(1 - second.best)
    return pd.DataFrame(
        {
            "shared": (first.sum(first.best) + second.sum(second.best))
            / np.maximum(first.sum() + second.sum(), 1e-9),
            "short": np.maximum(mine, yours),
            "long": np.minimum(mine, yours),
            "lost_low": np.minimum(lost, gone),
            "lost_high": np.maximum(lost, gone),
            "best": np.minimum(first.most(first.best), second.most(second.best)),
            "common": np.minimum(first.sum(first.best), second.sum(second.best)),
            "first": np.minimum(first.leading(), second.leading()),
            "words": np.minimum(first.lengths, second.lengths),
        }
    )


class _Side:
    """The words of one name of each pair, one after the other."""

    def __init__(self, words: Integers, owner: Integers, weights: Floats, size: int) -> None:
        self.words, self.owner, self.weights, self.size = words, owner, weights, size
        self.best = np.zeros(len(words))
        self.lengths = np.bincount(owner, minlength=size)
        self.begins = np.cumsum(self.lengths) - self.lengths

    @classmethod
    def of(cls, corpus: Corpus, rows: Integers) -> _Side:
        words, owner = corpus.cores(rows)
        return cls(words, owner, corpus.weights[words], len(rows))

    def meet(self, at: Integers, like: Floats) -> None:
        """Note for each word the likest word of the other name."""
        np.maximum.at(self.best, at, like)

    def find_broken(self, corpus: Corpus, others: Integers) -> None:
        """Note words that stand in the other name with a blank inside, or run into their neighbour."""
        for at in np.flatnonzero(self.best < HALF):
            word = corpus.vocabulary[self.words[at]]
            if len(word) >= SHORTEST_BROKEN and word in corpus.joined[others[self.owner[at]]]:
                self.best[at] = BROKEN

    def sum(self, part: Floats | None = None) -> Floats:
        """Return the weight of all words, or of a part of each."""
        weights = self.weights if part is None else self.weights * part
        return np.bincount(self.owner, weights, self.size).astype(np.float64)

    def most(self, part: Floats) -> Floats:
        """Return the largest part of a word's weight."""
        out = np.zeros(self.size)
        np.maximum.at(out, self.owner, self.weights * part)
        return out

    def share(self) -> Floats:
        """Return the share of the words that the other name has."""
        return np.asarray(self.sum(self.best) / np.maximum(self.sum(), 1e-9))

    def leading(self) -> Floats:
        """Return the likeness of the first word."""
        out = np.zeros(self.size)
        there = self.lengths > 0
        out[there] = self.best[self.begins[there]]
        return out


def _cross(first: _Side, second: _Side) -> tuple[Integers, Integers]:
    """Return every word of one name with every word of the other, pair by pair."""
    counts = first.lengths * second.lengths
    pair = np.repeat(np.arange(first.size), counts)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = second.lengths[pair]
    return first.begins[pair] + offset // width, second.begins[pair] + offset % width


def _relate_forms(one: Integers, other: Integers) -> Integers:
    """0 neither says, 1 one says, 2 the same, 3 association and sports club, 4 two forms."""
    soft = sum(1 << FAMILIES.index(family) for family in SOFT_FAMILIES)
    said, told = one > 0, other > 0
    both = np.where((one & other) > 0, 2, np.where(((one | other) & ~soft) == 0, 3, CONFLICT_FORMS))
    return np.where(said & told, both, (said | told).astype(np.int64))


def _relate_towns(one: Integers, other: Integers) -> Integers:
    """0 a town in common, 1 not known, 2 different towns."""
    same = ((one[:, :, None] == other[:, None, :]) & (one[:, :, None] >= 0)).any(axis=(1, 2))
    known = (one[:, 0] >= 0) & (other[:, 0] >= 0)
    return np.where(same, 0, np.where(known, 2, 1))


def _relate_codes(one: Integers, other: Integers) -> Integers:
    """0 neither says, 1 the same, 2 one says, 3 different."""
    said, told = one > 0, other > 0
    return np.where(said & told, np.where(one == other, 1, 3), np.where(said | told, 2, 0))


def _relate_numbers(corpus: Corpus, one: Integers, other: Integers) -> Integers:
    """Relate the figures in two names: 0 none, 1 the same, 2 in one only, 3 different."""
    code: dict[frozenset[str], int] = {frozenset(): 0}
    figures = np.array(
        [code.setdefault(_figures(s.parsed.core.split()), len(code)) for s in corpus.spellings],
        dtype=np.int64,
    )
    return _relate_codes(figures[one], figures[other])


def _rivals(corpus: Corpus) -> Integers:
    """Return in how many towns a core is borne: the more, the less it says without its town."""
    towns: dict[str, set[int]] = {}
    for joined, places in zip(corpus.joined, corpus.places.tolist(), strict=True):
        towns.setdefault(joined, set()).update(places)
    return np.array([len(towns[joined] - {-1}) for joined in corpus.joined], dtype=np.int64)


def _figures(words: Sequence[str]) -> frozenset[str]:
    """Return what tells one of a row from the next: figures, and single letters (Scuola A, Scuola B).

    s is a saint, e and o are words.
    """
    letters = [w for w in words[1:] if len(w) == 1 and w.isalpha() and w not in NO_LETTERS]
    return frozenset([*(w.lstrip("0") for w in words if w.isdigit()), *letters])


def _acronyms(corpus: Corpus, one: Integers, other: Integers, shared: Floats) -> Integers:
    """0 none, 1 a word made of the other name's syllables, 2 the initials of the other name."""
    counts, _ = word_counts()
    short = np.array(
        [
            SHORTEST_ACRONYM <= len(w) <= LONGEST_ACRONYM and counts.get(w, 0) < ACRONYM_KNOWN
            for w in corpus.vocabulary
        ],
        dtype=bool,
    )
    own = np.array([bool(s.parsed.acronyms) for s in corpus.spellings], dtype=bool)
    has = own.copy()
    owner = np.repeat(np.arange(len(corpus)), np.diff(corpus.begins))
    has[owner[short[corpus.words]]] = True
    fits = np.array([SHORTEST_ACRONYM <= len(w) <= LONGEST_ACRONYM for w in corpus.vocabulary], dtype=bool)
    needed = np.array([letters_of((word,)) for word in corpus.vocabulary], dtype=np.uint64)
    there = np.array([letters_of(full) for full in corpus.full], dtype=np.uint64)
    initials = ["".join(w[0] for w in full) for full in corpus.full]
    out = np.zeros(len(one), dtype=np.int64)
    looked_at = np.flatnonzero((has[one] | has[other]) & (shared < 0.95))  # noqa: PLR2004
    for name, long in ((one[looked_at], other[looked_at]), (other[looked_at], one[looked_at])):
        words, pair = corpus.cores(name)
        # a word of letters that the other name does not have is none of its acronyms
        maybe = fits[words] & (own[long][pair] | ((needed[words] & ~there[long][pair]) == 0))
        for w, at in zip(words[maybe].tolist(), pair[maybe].tolist(), strict=True):
            found = _abbreviates(corpus, corpus.vocabulary[w], int(long[at]), initials)
            out[looked_at[at]] = max(out[looked_at[at]], found)
    return out


def _abbreviates(corpus: Corpus, word: str, long: int, initials: Sequence[str]) -> int:
    """Return 2 when a word is the initials of a name, 1 when it is made of its syllables."""
    full, own = corpus.full[long], corpus.spellings[long].parsed.acronyms
    if word in own:
        return 2
    if word in full:
        return 0
    if word in initials[long]:
        return 2
    counts, _ = word_counts()
    rare = len(word) > SHORTEST_ACRONYM and counts.get(word, 0) < ACRONYM_KNOWN
    return int(rare and is_syllabic(word, full))
