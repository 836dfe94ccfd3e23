"""Many spellings at once: their words as numbers, how much each says, where the bodies may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stakeholder_net.records._core import telling
from stakeholder_net.records._forms import LEVELS
from stakeholder_net.records._spellings import PLACED, Spelling
from stakeholder_net.records._weights import word_counts

__all__ = ["Corpus"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

INITIAL_SAYS: Final = 2.0  # a single letter says no more than this
TRIGRAM_SHARE: Final = 0.5  # letters weigh half as much as words
ACRONYM_WEIGHT: Final = 4.0
ACRONYM_LENGTHS: Final = range(3, 10)
MOST_PLACES: Final = 3
FAMILIES: Final = (
    "asd", "associazione", "cooperativa", "consorzio", "fondazione", "impresa", "parrocchia", "scuola", *sorted(PLACED),
)  # fmt: skip
LEVEL_CODES: Final = {"": 0} | {level: n for n, level in enumerate(sorted(set(LEVELS.values())), start=1)}


def _padded(rows: Iterable[Iterable[int]], width: int) -> Integers:
    """Return rows of different length as one array, filled up with -1."""
    cut = [list(row)[:width] for row in rows]
    out = np.full((len(cut), width), -1, dtype=np.int64)
    for n, row in enumerate(cut):
        out[n, : len(row)] = row
    return out


@dataclass(frozen=True)
class Corpus:
    """Spellings as arrays.

    Attributes
    ----------
    spellings : sequence of Spelling
    vocabulary : list of str
        Words of the cores.
    weights : array of float
        How much each word says.
    words, begins : arrays of int
        Words of all cores one after the other, and where each core begins (one more entry than spellings).
    joined : list of str
        Cores without blanks.
    full : list of tuple of str
        All words of each name but the small ones.
    places, inner_places : arrays of int, (n, 3)
        Towns in the name or beside it, and those in the name alone; -1 where there is none.
    forms : array of int
        Families of legal forms as bits.
    levels, kinds : arrays of int
        Level of a section; kind of actor, 0 when unknown.
    generic, placed, parts : arrays of bool
        Whether the core is borne by many bodies; whether the place is the name; whether it is part of another body.
    """

    spellings: Sequence[Spelling]
    vocabulary: list[str]
    weights: Floats
    words: Integers
    begins: Integers
    joined: list[str]
    full: list[tuple[str, ...]]
    places: Integers
    inner_places: Integers
    forms: Integers
    levels: Integers
    kinds: Integers
    generic: npt.NDArray[np.bool_]
    placed: npt.NDArray[np.bool_]
    parts: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.spellings)

    @classmethod
    def of(cls, spellings: Sequence[Spelling]) -> Corpus:
        """Return some spellings with their words numbered and weighed."""
        parsed = [s.parsed for s in spellings]
        cores = [p.core.split() for p in parsed]
        number: dict[str, int] = {}
        words = np.array(
            [number.setdefault(w, len(number)) for w in chain.from_iterable(cores)], dtype=np.int64
        )
        begins = np.cumsum([0, *(len(core) for core in cores)], dtype=np.int64)
        vocabulary = list(number)
        town: dict[str, int] = {}
        kind: dict[str, int] = {"sconosciuto": 0}
        bit = {family: 1 << n for n, family in enumerate(FAMILIES)}
        return cls(
            spellings=spellings,
            vocabulary=vocabulary,
            weights=_weights(vocabulary, Counter(chain.from_iterable(map(set, cores))), len(spellings)),
            words=words,
            begins=begins,
            joined=[p.core.replace(" ", "") for p in parsed],
            full=[tuple(telling(p.text.split())) for p in parsed],
            places=_padded(
                ([town.setdefault(t, len(town)) for t in sorted(s.places)] for s in spellings), MOST_PLACES
            ),
            inner_places=_padded(
                ([town.setdefault(t, len(town)) for t in sorted(s.inner_places)] for s in spellings),
                MOST_PLACES,
            ),
            forms=np.array([sum(bit.get(f, 0) for f in p.forms) for p in parsed], dtype=np.int64),
            levels=np.array([LEVEL_CODES[p.level] for p in parsed], dtype=np.int64),
            kinds=np.array([kind.setdefault(p.kind, len(kind)) for p in parsed], dtype=np.int64),
            generic=np.array([p.is_generic for p in parsed], dtype=bool),
            placed=np.array([bool(p.forms & PLACED) for p in parsed], dtype=bool),
            parts=np.array([p.is_part for p in parsed], dtype=bool),
        )

    def cores(self, rows: Integers) -> tuple[Integers, Integers]:
        """Return the words of some cores one after the other, and to which of them each belongs."""
        lengths = self.begins[rows + 1] - self.begins[rows]
        owner = np.repeat(np.arange(len(rows)), lengths)
        offset = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.words[self.begins[rows][owner] + offset], owner

    def matrix(self) -> sp.csr_array:
        """Return the spellings by words, letters (runs of three) and initials, each row of length one."""
        column: dict[tuple[str, str], int] = {}
        rows: list[int] = []
        columns: list[int] = []
        for n, (joined, full) in enumerate(zip(self.joined, self.full, strict=True)):
            core = [self.vocabulary[w] for w in self.words[self.begins[n] : self.begins[n + 1]]]
            framed = f"^{joined}$"
            features = {("word", w) for w in core}
            features |= {("letters", framed[k : k + 3]) for k in range(len(framed) - 2)}
            initials = {
                "".join(w[0] for w in core),
                "".join(w[0] for w in full),
                *core,
                *self.spellings[n].parsed.acronyms,
            }
            features |= {("initials", i) for i in initials if len(i) in ACRONYM_LENGTHS}
            columns.extend(column.setdefault(f, len(column)) for f in sorted(features))
            rows.extend([n] * len(features))
        matrix = sp.csr_array(
            (np.ones(len(rows)), (np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64))),
            shape=(len(self), len(column)),
        )
        found = np.bincount(matrix.indices, minlength=len(column))
        rare = np.log((len(self) + 1) / np.maximum(found, 1)) * TRIGRAM_SHARE
        says = dict(zip(self.vocabulary, self.weights, strict=True))
        weight = np.array(
            [
                says[text] if sort == "word" else ACRONYM_WEIGHT if sort == "initials" else -1.0
                for sort, text in column
            ]
        )
        matrix.data = np.where(weight < 0, rare, weight)[matrix.indices]
        length = np.sqrt(matrix.multiply(matrix).sum(axis=1))
        return sp.csr_array(sp.diags_array(1 / np.where(length > 0, length, 1)) @ matrix)


def _weights(vocabulary: Sequence[str], own: Counter[str], names: int) -> Floats:
    """Return how much each word says, from national lists and these names together."""
    counts, total = word_counts()
    found = np.array([counts.get(w, 0) + own[w] for w in vocabulary], dtype=np.float64)
    weights = np.log((total + names + 1) / (found + 0.5))
    single = np.array([len(w) == 1 for w in vocabulary], dtype=bool)
    return np.where(single, np.minimum(weights, INITIAL_SAYS), weights)
