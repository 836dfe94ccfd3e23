"""How alike two words are: one slip of the keyboard, a word cut short, a word broken in two. Whole arrays at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["edit_distances", "word_likeness"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

LONGEST = 24  # letters of a word that are looked at
SHORTEST_EDIT = 4  # letters a word needs before a slip in it is forgiven
LONG_WORD = 8  # letters from which two slips are forgiven
SHORTEST_CUT = 3  # letters that a word cut short keeps

LIKE_ONE_SLIP = 0.9
LIKE_TWO_SLIPS = 0.8
LIKE_CUT = 0.85
LIKE_INITIAL = 0.6


def _letters(words: Sequence[str]) -> tuple[npt.NDArray[np.uint8], Integers]:
    """Return the words as rows of letter codes, padded with zeros, and their lengths."""
    codes = np.zeros((len(words), LONGEST), dtype=np.uint8)
    lengths = np.zeros(len(words), dtype=np.int64)
    for row, word in enumerate(words):
        cut = word[:LONGEST].encode("ascii", "replace")
        codes[row, : len(cut)] = np.frombuffer(cut, dtype=np.uint8)
        lengths[row] = len(cut)
    return codes, lengths


def edit_distances(left: Sequence[str], right: Sequence[str]) -> Integers:
    """Return the number of letters to change, put in, leave out or swap, word by word.

    Examples
    --------
    >>> edit_distances(["cultura", "anffas", "cortile"], ["cultua", "naffas", "cortile"]).tolist()
    [1, 1, 0]
    """
    first, first_length = _letters(left)
    second, second_length = _letters(right)
    size = len(first)
    width = int(second_length.max(initial=0))
    before = np.zeros((width + 1, size), dtype=np.int64)
    last = np.repeat(np.arange(width + 1)[:, None], size, axis=1)
    out = second_length.copy()
    for i in range(1, int(first_length.max(initial=0)) + 1):
        row = np.empty_like(last)
        row[0] = i
        for j in range(1, width + 1):
            change = last[j - 1] + (first[:, i - 1] != second[:, j - 1])
            row[j] = np.minimum(np.minimum(last[j], row[j - 1]) + 1, change)
            if i > 1 and j > 1:
                swapped = (first[:, i - 1] == second[:, j - 2]) & (first[:, i - 2] == second[:, j - 1])
                row[j] = np.where(swapped, np.minimum(row[j], before[j - 2] + 1), row[j])
        before, last = last, row
        ended = first_length == i
        out[ended] = row[second_length[ended], ended]
    return out


def word_likeness(words: Sequence[str], left: Integers, right: Integers) -> Floats:
    """Return from 0 to 1 how far two words may be one, for pairs of numbers into a list of words.

    Parameters
    ----------
    words : sequence of str
        The vocabulary.
    left, right : arrays of int
        Pairs of positions in it.

    Returns
    -------
    array of float
        1 for the same word; less for a slip, a word cut short or an initial; 0 for another word.
    """
    codes, lengths = _letters(words)
    digits = np.array([any(c.isdigit() for c in word) for word in words], dtype=bool)
    short, long = np.minimum(lengths[left], lengths[right]), np.maximum(lengths[left], lengths[right])
    out: Floats = (left == right).astype(np.float64)
    plain = (left != right) & ~digits[left] & ~digits[right]

    common = np.cumprod(codes[left] == codes[right], axis=1, dtype=np.int64)
    shared = np.minimum(common.sum(axis=1), short)
    cut = plain & (shared == short) & (short >= SHORTEST_CUT) & (long > short)
    out[cut] = LIKE_CUT
    out[plain & (short == 1) & (shared == 1) & (long > SHORTEST_CUT)] = LIKE_INITIAL

    bags = np.zeros((len(words), 26), dtype=np.int8)
    for letter in range(26):
        bags[:, letter] = (codes == ord("a") + letter).sum(axis=1)
    near = plain & (short >= SHORTEST_EDIT) & (long - short <= 2)  # noqa: PLR2004 - two slips at most
    where = np.flatnonzero(near)
    differ = np.abs(bags[left[where]].astype(np.int16) - bags[right[where]]).sum(axis=1)
    where = where[differ <= 4]  # noqa: PLR2004 - each slip changes two letters of the bag at most
    slips = edit_distances([words[n] for n in left[where]], [words[n] for n in right[where]])
    one, two = where[slips == 1], where[(slips == 2) & (short[where] >= LONG_WORD)]  # noqa: PLR2004
    out[one] = np.maximum(out[one], LIKE_ONE_SLIP)
    out[two] = np.maximum(out[two], LIKE_TWO_SLIPS)
    return out
