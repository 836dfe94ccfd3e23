"""Key players as sets: whose leaving would break the network most, and from whom most of it is near."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse
from tqdm import tqdm

from stakeholder_net._checks import check_option
from stakeholder_net.errors import OptionError
from stakeholder_net.measures._bitsets import ball_counts, balls, words
from stakeholder_net.measures._paths import distance_blocks
from stakeholder_net.measures._ties import pattern, symmetric
from stakeholder_net.network import StakeholderNetwork

__all__ = ["fragmentation_without", "key_players"]

Goal = Literal["fragment", "distance", "near", "reach"]

MOST_SETS = 2_000_000
MOST_DENSE = 5000
BATCH_CELLS = 2**21
SAME = 1e-12


def key_players(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    size: int = 1,
    *,
    goal: Goal = "distance",
    steps: int = 2,
    members: bool = True,
    most: int = 10,
    progress: bool = True,
) -> pd.DataFrame:
    """Which actors together hold the network together, or are together near to all?

    The best set is not made of the best single actors: two who do the same need not both be in it.

    Reads as: "without these three the network would fall apart more than without any other three". It does not read
    as: "these are the three most important bodies"; look at how many sets are as good.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties are taken as present or absent, in both directions.
    size : int
        How many actors the set has.
    goal : {"distance", "fragment", "near", "reach"}
        ``fragment``: share of the pairs of the others that cannot reach each other any more once the set is gone.
        ``distance``: the same, counting pairs that still do by 1 - 1/distance. ``near``: sum of the inverse distances
        from the set to all actors over their number. ``reach``: how many actors are at most `steps` away from the set,
        its members too.
    steps : int
        For ``reach``.
    members : bool
        For ``near``: whether a member counts 1 or 0.
    most : int
        How many of the equally good sets are listed.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    pandas.DataFrame
        One row a best set, in actor order: ``actors`` (tuple of ids), ``value``, ``n_optimal`` (how many sets are as
        good) and ``proven``. Up to two million sets all are tried (``proven`` is True); beyond that the set is grown
        and then improved by exchanges, ``proven`` is False and ``n_optimal`` missing.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When an option is not allowed, or the set would leave fewer than two actors.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational and Mathematical
    Organization Theory 12, 21-34. https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> key_players(net, 1, goal="fragment")
      actors  value  n_optimal  proven
    0   (b,)    1.0          1    True
    """
    check_option("goal", goal, ("fragment", "distance", "near", "reach"))
    left = 2 if goal in ("fragment", "distance") else 0
    if not 1 <= size <= net.n_actors - left:
        raise OptionError(
            f"size={size} must lie between 1 and {net.n_actors - left} in a network of {net.n_actors}."
        )
    if steps < 1:
        raise OptionError(f"steps={steps} must be at least 1.")
    ties = pattern(symmetric(net, "key_players", weighted=False))
    score = _scores(ties, goal, steps, members=members)
    sets = math.comb(net.n_actors, size)
    if sets <= MOST_SETS:
        best = _all_sets(
            net.n_actors,
            size,
            score,
            most,
            bar=tqdm(total=sets, desc="key_players", delay=2, disable=not progress),
        )
    else:
        best = _improved(net.n_actors, size, score)
    ids = net.actors.index.to_numpy()
    return pd.DataFrame(
        {
            "actors": [tuple(ids[list(chosen)]) for chosen in best.sets],
            "value": best.value,
            "n_optimal": pd.array([best.count] * len(best.sets), dtype="Int64"),
            "proven": best.count is not None,
        }
    )


def fragmentation_without(ties: sparse.csr_array, gone: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how far networks fall apart when some actors leave.

    Parameters
    ----------
    ties : scipy.sparse.csr_array, shape (n, n)
        Symmetric ties.
    gone : numpy.ndarray of int, shape (n_sets, size)
        Actors that leave, one row a set; the size may be 0.

    Returns
    -------
    tuple of numpy.ndarray of float64, shape (n_sets,)
        Share of pairs of the others that cannot reach each other, and the same with pairs that can counted by
        1 - 1/distance. NaN with fewer than two others.
    """
    n = ties.shape[0] - gone.shape[1]
    if n < 2:  # noqa: PLR2004 - a pair needs two
        return np.full(len(gone), np.nan), np.full(len(gone), np.nan)
    counts = ball_counts(ties, gone)
    new = np.diff(counts, axis=1)
    inverse = (new / np.arange(1, new.shape[1] + 1)).sum(axis=1)
    pairs = n * (n - 1)
    return 1 - (counts[:, -1] - n) / pairs, 1 - inverse / pairs


@dataclass(frozen=True, slots=True)
class Best:
    """The best sets found, their value, and how many there are when that is known."""

    sets: list[tuple[int, ...]]
    value: float
    count: int | None


Score = Callable[[np.ndarray], np.ndarray]


def _scores(ties: sparse.csr_array, goal: Goal, steps: int, *, members: bool) -> Score:
    """Return the function that values many sets at once."""
    n = ties.shape[0]
    if goal == "fragment":
        return lambda sets: fragmentation_without(ties, sets)[0]
    if goal == "distance":
        return lambda sets: fragmentation_without(ties, sets)[1]
    if goal == "reach":
        near = balls(ties, steps)
        return lambda sets: (
            np.bitwise_count(np.bitwise_or.reduce(near[sets], axis=1)).sum(axis=1).astype("float64")
        )
    inverse = np.zeros((n, n)) if n <= MOST_DENSE else None
    if inverse is None:
        raise OptionError(
            f"goal='near' is for at most {MOST_DENSE} actors; this network has {n}.", "Use 'reach'."
        )
    for sources, distances in distance_blocks(ties):
        with np.errstate(divide="ignore"):
            inverse[sources] = 1.0 / distances
    inverse[np.arange(n), np.arange(n)] = 0.0

    def near_all(sets: np.ndarray) -> np.ndarray:
        closest = inverse[sets].max(axis=1)
        np.put_along_axis(closest, sets, 1.0 if members else 0.0, axis=1)
        return np.asarray(closest.sum(axis=1) / n)

    return near_all


def batch_size(n: int) -> int:
    """Return how many sets of actors are looked at together in a network of n."""
    return max(1, BATCH_CELLS // max(1, n * words(n)))


def _batches(n: int, size: int) -> Iterator[np.ndarray]:
    """Yield all sets in actor order, some at a time."""
    every = itertools.combinations(range(n), size)
    while chunk := list(itertools.islice(every, batch_size(n))):
        yield np.array(chunk, dtype="int64")


def _all_sets(n: int, size: int, score: Score, most: int, bar: tqdm[Any]) -> Best:
    value, count = -np.inf, 0
    sets: list[tuple[int, ...]] = []
    with bar:
        for batch in _batches(n, size):
            values = score(batch)
            top = float(values.max())
            if top > value + SAME:
                value, count, sets = top, 0, []
            if top >= value - SAME:
                good = np.flatnonzero(values >= value - SAME)
                count += len(good)
                sets += [tuple(int(i) for i in batch[row]) for row in good[: most - len(sets)]]
            bar.update(len(batch))
    return Best(sets, value, count)


def _improved(n: int, size: int, score: Score) -> Best:
    """Grow a set actor by actor, then exchange members while that helps; the first of equals is taken."""
    chosen: list[int] = []
    value = -np.inf
    for _ in range(size):
        others = [i for i in range(n) if i not in chosen]
        values = score(np.array([[*chosen, i] for i in others]))
        value = float(values.max())
        chosen.append(others[int(values.argmax())])
    while True:
        others = [i for i in range(n) if i not in chosen]
        trials = np.array([[*chosen[:k], i, *chosen[k + 1 :]] for k in range(size) for i in others])
        values = np.concatenate(
            [score(part) for part in np.array_split(trials, -(-len(trials) // batch_size(n)))]
        )
        if values.max() <= value + SAME:
            return Best([tuple(sorted(chosen))], value, None)
        value, chosen = float(values.max()), trials[int(values.argmax())].tolist()
