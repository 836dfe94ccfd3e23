"""Which pairs of spellings are worth a look: those in one town, or without a town, that share words or letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from stakeholder_net.records._corpus import Corpus, Floats, Integers
from stakeholder_net.records._sharing import HERE, Sharing
from stakeholder_net.records._weights import word_counts

__all__ = ["candidate_pairs", "is_syllabic", "letters_of"]

CELLS: Final = 4_000_000  # of a product that is held at once
MOST: Final = 12  # candidates of one spelling
CROWDED: Final = 300  # spellings like one: only the likest are then sorted
LOWEST: Final = 0.12  # likeness below which nobody looks
FAR: Final = 0.7  # likeness from which two towns are bridged
RARE: Final = 50  # spellings that may share a feature across towns
SHORTEST_INITIALS: Final = 3
SHORTEST_SYLLABIC, LONGEST_SYLLABIC = 4, 10
OPAQUE: Final = 20  # names of the national lists in which an acronym may stand
NEVER_FIRST: Final = frozenset(
    (
        "associazione",
        "cooperativa",
        "societa",
        "sociale",
        "onlus",
        "odv",
        "aps",
        "asd",
        "organizzazione",
        "soc",
        "ass",
    )
)
FIRST_WORDS: Final = 3  # words among which an acronym begins
LARGEST_OPEN: Final = 20_000  # spellings among which acronyms without a town are still sought

Mask = npt.NDArray[np.bool_]
Likenesses = tuple[Integers, Integers, Floats]
_NONE: Final = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


def is_syllabic(word: str, full: Sequence[str]) -> bool:
    """Return whether a word is made of the beginnings of other words: carisap, unicam, cesvol.

    Examples
    --------
    >>> is_syllabic("carisap", ("fondazione", "cassa", "risparmio", "ascoli", "piceno"))
    True
    >>> is_syllabic("corale", ("comunita", "raggio", "luce"))
    False
    """
    if word in full:
        return False
    return any(
        full[n][:2] == word[:2] and _fits(word, full, at=0, n=n, used=0, last=0)
        for n in range(min(FIRST_WORDS, len(full)))
    )


def _fits(  # noqa: PLR0913 - where the search stands
    word: str, full: Sequence[str], *, at: int, n: int, used: int, last: int
) -> bool:
    """Whether the rest of a word is made of the beginnings of the words from the n-th on."""
    if at == len(word):
        return used > 1
    if n == len(full):
        return False
    longest = 0
    while longest < min(len(full[n]), len(word) - at) and full[n][longest] == word[at + longest]:
        longest += 1
    for size in range(longest, 0, -1):
        if _fits(word, full, at=at + size, n=n + 1, used=used + 1, last=size):
            return True
    # A word may be passed over behind a syllable, not behind an initial.
    return last > 1 and _fits(word, full, at=at, n=n + 1, used=used, last=0)


def letters_of(words: Iterable[str]) -> int:
    """Return the letters of some words as bits, so that sets of them are compared at once."""
    bits = 0
    for letter in set("".join(words)):
        bits |= 1 << (ord(letter) & 63)
    return bits


def _products(matrix: sp.csr_array, rows: Integers, columns: Integers) -> Iterator[Likenesses]:
    """Yield the likest of some spellings for each of some others, a chunk at a time."""
    if not len(rows) or not len(columns):
        return
    right = matrix[columns].T.tocsr()
    step = max(CELLS // len(columns), 1)
    for begin in range(0, len(rows), step):
        part = rows[begin : begin + step]
        product = matrix[part] @ right
        if product.nnz > CROWDED * len(part):  # names of one stock: sorting them all takes longest
            whole = product.toarray()
            last = np.partition(whole, -2 * MOST, axis=1)[:, -2 * MOST]
            row, column = np.nonzero(whole >= np.maximum(last, LOWEST)[:, None])
            likeness = whole[row, column]
        else:
            found = product.tocoo()
            keep = found.data >= LOWEST
            (row, column), likeness = (places[keep] for places in found.coords), found.data[keep]
        yield _likest(part[row], columns[column], likeness)


def _likest(one: Integers, other: Integers, likeness: Floats) -> Likenesses:
    """Keep the likest few of each spelling: more would only fill the memory."""
    order = np.lexsort((other, -likeness, one))
    one, other, likeness = one[order], other[order], likeness[order]
    starts = np.flatnonzero(np.diff(one, prepend=-1))
    place = np.arange(len(one)) - np.repeat(starts, np.diff(starts, append=len(one)))
    keep = place < 2 * MOST
    return one[keep], other[keep], likeness[keep]


def _within_towns(
    corpus: Corpus, matrix: sp.csr_array, focus: Mask, *, everybody: bool
) -> Iterator[Likenesses]:
    """Yield those in one town, those of which one has none, and those of which the place is the name."""
    everyone = np.arange(len(corpus))
    unplaced = (corpus.places[:, 0] < 0) & ~corpus.placed
    if unplaced.any():
        yield from _products(matrix, everyone[unplaced & focus], everyone)
        if not everybody:  # else each pair is found from its side without a town
            yield from _products(matrix, everyone[focus & ~unplaced], everyone[unplaced])
    owner, place = np.repeat(everyone, corpus.places.shape[1]), corpus.places.ravel()
    seen = place >= 0
    order = np.argsort(place[seen], kind="stable")
    owner, place = owner[seen][order], place[seen][order]
    for members in np.split(owner, np.flatnonzero(np.diff(place)) + 1):
        if len(members) > 1:
            yield from _products(matrix, members[focus[members]], members)
    placed = everyone[corpus.placed]
    yield from _products(matrix, placed[focus[placed]], placed)


def _across_towns(corpus: Corpus, matrix: sp.csr_array, focus: Mask) -> Iterator[Likenesses]:
    """Yield spellings that are alike in rare words although their towns differ: a body moves, a town is mistyped."""
    spread = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rare = sp.csr_array(matrix[:, spread <= RARE])
    chosen = np.flatnonzero(focus)
    turned = rare.T.tocsr()
    step = max(CELLS // max(matrix.shape[0], 1), 1) * 10  # rare features leave few cells
    for begin in range(0, len(chosen), step):
        part = chosen[begin : begin + step]
        found = (rare[part] @ turned).tocoo()
        keep = found.data >= FAR / 2
        one, other = part[found.coords[0][keep]], found.coords[1][keep]
        several = ~(corpus.generic[one] | corpus.generic[other])
        one, other = one[several], other[several]
        whole = (
            np.asarray(matrix[one].multiply(matrix[other]).sum(axis=1)).ravel() if len(one) else np.zeros(0)
        )
        far = whole >= FAR
        # Lowered, so that they do not push those in the same town off the list.
        yield one[far], other[far], whole[far] * FAR


class _Acronyms:
    """Finds the spellings of which another's word is the acronym."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.small = len(corpus) <= LARGEST_OPEN
        self.towns = [frozenset(row) - {-1} for row in corpus.places.tolist()]
        self.letters = [letters_of(full) for full in corpus.full]
        self.by_initials: dict[str, dict[int, list[int]]] = {}
        self.made: dict[tuple[str, int], tuple[int, ...]] = {}
        self.by_start: dict[str, dict[int, list[int]]] = {}
        for n, full in enumerate(corpus.full):
            for acronym in {*corpus.spellings[n].parsed.acronyms, "".join(w[0] for w in full)}:
                for town in self.towns[n] or {-1}:
                    self.by_initials.setdefault(acronym, {}).setdefault(town, []).append(n)
            if len(full) > 1:
                for start in {w[:2] for w in full[:FIRST_WORDS] if w not in NEVER_FIRST}:
                    for town in self.towns[n] or {-1}:
                        self.by_start.setdefault(start, {}).setdefault(town, []).append(n)

    def of_initials(self, n: int, word: str) -> set[int]:
        """Return the spellings of which a word is the initials."""
        if len(word) < SHORTEST_INITIALS:
            return set()
        borne = self.by_initials.get(word, {})
        # those of one's towns and those without a town; without a town, all
        towns = (*self.towns[n], -1) if self.towns[n] else borne
        return {m for town in towns for m in borne.get(town, ()) if m != n}

    def of_syllables(self, n: int, word: str) -> set[int]:
        """Return the spellings of whose syllables an unknown word is made."""
        counts, _ = word_counts()
        if not SHORTEST_SYLLABIC <= len(word) <= LONGEST_SYLLABIC or counts.get(word, 0) > OPAQUE:
            return set()
        starts = self.by_start.get(word[:2], {})
        towns: Iterable[int] = self.towns[n]
        if self.small:
            towns = (*self.towns[n], -1) if self.towns[n] else starts
        return {m for town in towns if town in starts for m in self._made_in(word, town) if m != n}

    def _made_in(self, word: str, town: int) -> tuple[int, ...]:
        """Return the spellings of a town of whose syllables a word is made; each word is looked for once."""
        if (word, town) not in self.made:
            needed = letters_of((word,))
            near = self.by_start[word[:2]][town]
            self.made[word, town] = tuple(
                m for m in near if not needed & ~self.letters[m] and is_syllabic(word, self.corpus.full[m])
            )
        return self.made[word, town]


def _acronym_pairs(corpus: Corpus, focus: Mask, rows: Integers) -> tuple[Integers, Integers]:
    """Return pairs of which one, among the rows, is an acronym of the other's words."""
    finder = _Acronyms(corpus)
    pairs: set[tuple[int, int]] = set()
    for n in rows.tolist():
        for w in corpus.words[corpus.begins[n] : corpus.begins[n + 1]]:
            word = corpus.vocabulary[w]
            near = finder.of_initials(n, word) | finder.of_syllables(n, word)
            pairs.update((min(n, m), max(n, m)) for m in near if focus[n] or focus[m])
    both = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _ranks(corpus: Corpus, directed: pd.DataFrame) -> Integers:
    """Return how many other names stand before each candidate; spellings of one core count once."""
    number: dict[str, int] = {}
    core = np.array([number.setdefault(joined, len(number)) for joined in corpus.joined], dtype=np.int64)
    mine, yours = core[directed["from"].to_numpy()], core[directed["to"].to_numpy()]
    rivals = directed[["from"]].assign(core=yours, new=1)
    rivals["new"] = (~rivals.duplicated(["from", "core"])).astype(np.int64)
    rivals["before"] = rivals.groupby("from")["new"].cumsum() - rivals["new"]
    first = rivals.groupby(["from", "core"])["before"].transform("min").to_numpy()
    return np.where(mine == yours, 0, first)


def _likenesses(held: tuple[Corpus, sp.csr_array, Mask], rows: Integers) -> Likenesses:
    """Return who is like some of the spellings, and how much: one part of the search."""
    corpus, matrix, focus = held
    mine = np.zeros(len(corpus), dtype=bool)
    mine[rows] = focus[rows]
    within = _within_towns(corpus, matrix, mine, everybody=bool(focus.all()))
    parts = [_NONE, *within, *_across_towns(corpus, matrix, mine)]
    one, other = _acronym_pairs(corpus, focus, rows)
    if len(one):
        whole = np.asarray(matrix[one].multiply(matrix[other]).sum(axis=1)).ravel()
        # An acronym shares few letters with its words: it is let in as if it were half alike.
        parts.append((one, other, np.maximum(whole, 0.5)))
    one, other, likeness = (np.concatenate([part[k] for part in parts]) for k in range(3))
    apart = one != other
    return one[apart], other[apart], likeness[apart]


def candidate_pairs(corpus: Corpus, *, focus: Mask | None = None, share: Sharing = HERE) -> pd.DataFrame:
    """Return the pairs worth scoring.

    Parameters
    ----------
    corpus : Corpus
    focus : array of bool, optional
        Spellings of which one at least must be in a pair; without it all.
    share : Sharing
        Who does the search.

    Returns
    -------
    pandas.DataFrame
        one, other (positions, one < other), likeness, rank_low and rank_high (how many other names stand before
        them among each other's candidates).
    """
    matrix = corpus.matrix()
    focus = np.ones(len(corpus), dtype=bool) if focus is None else focus
    # town by town, so that as few parts as possible look into the same town
    rows = np.argsort(corpus.places[:, 0], kind="stable")
    parts = share.run(_likenesses, (corpus, matrix, focus), np.array_split(rows, share.parts))
    one, other, likeness = (np.concatenate([part[k] for part in parts]) for k in range(3))
    directed = pd.DataFrame(
        {
            "from": np.concatenate([one, other]),
            "to": np.concatenate([other, one]),
            "likeness": np.tile(likeness.round(9), 2),
        }
    )
    directed = directed.sort_values(["from", "likeness", "to"], ascending=[True, False, True], kind="stable")
    directed = directed.drop_duplicates(["from", "to"])
    directed["order"] = directed.groupby("from").cumcount()
    directed["rank"] = _ranks(corpus, directed)
    directed["one"] = directed[["from", "to"]].min(axis=1)
    directed["other"] = directed[["from", "to"]].max(axis=1)
    pairs = directed.groupby(["one", "other"], sort=True).agg(
        likeness=("likeness", "max"),
        rank_low=("rank", "min"),
        rank_high=("rank", "max"),
        order=("order", "min"),
    )
    kept = pairs[pairs["order"] < MOST].drop(columns="order").reset_index()
    return kept.astype(dict.fromkeys(("one", "other", "rank_low", "rank_high"), "int64"))
