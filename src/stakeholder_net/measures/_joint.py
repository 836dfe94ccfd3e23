"""A measure of the joined layers that can be taken again and again with other events, without making the networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net.errors import OptionError
from stakeholder_net.layers import flatten
from stakeholder_net.measures._draws import AllDraws
from stakeholder_net.measures._ensemble import each
from stakeholder_net.measures._event_ways import EventWays
from stakeholder_net.measures._register import Register
from stakeholder_net.measures._ties import actor_series, is_directed, row_blocks
from stakeholder_net.measures.degree import strength
from stakeholder_net.measures.paths import betweenness
from stakeholder_net.measures.spectral import pagerank, resting
from stakeholder_net.measures.tables import Measure
from stakeholder_net.network import StakeholderNetwork

__all__ = ["Events", "JointBetweenness", "weighed"]

Events = Mapping[str, np.ndarray]
"""For each layer how often each of its events was held; a layer that is not named keeps its own."""
Values = Callable[[Events, int | None], np.ndarray]
"""From other events, and a seed for what is drawn beside them, to one value an actor; None draws nothing."""


@dataclass(frozen=True, slots=True)
class JointBetweenness:
    """Betweenness of the joined layers: ``betweenness(flatten(net))``, by way of the events.

    Parameters
    ----------
    sources : int, optional
        With events drawn anew, from how many actors, drawn too, ways are followed; from all by default. The value in
        the network itself is always exact.
    n_jobs : int, optional
        Processes that share the actors from which ways are followed, for the value in the network itself.
    known : pandas.Series, optional
        The values in the network itself, where they were worked out before.
    """

    sources: int | None = None
    n_jobs: int | None = None
    known: pd.Series | None = field(default=None, repr=False, compare=False)
    __name__ = "betweenness"

    def __call__(self, net: StakeholderNetwork) -> pd.Series:
        """Return the exact values."""
        if self.known is not None:
            return self.known
        try:
            values = self.over(Register(net))
        except OptionError:  # no ties, or none that the events at hand would make
            return betweenness(flatten(net))
        return (
            betweenness(flatten(net))
            if values is None
            else actor_series(net, values({}, None), "betweenness")
        )

    def over(self, register: Register) -> Values | None:
        """Return what gives the values with other events and a seed; None where ties are no sums over events."""
        if any(made.weight == "jaccard" for made in register.making.values()):
            return None
        ways = EventWays(register)

        def values(times: Events, seed: int | None) -> np.ndarray:
            if seed is None:
                return ways.betweenness(times, n_jobs=self.n_jobs)
            return ways.betweenness(times, sources=self.sources, seed=seed)

        return values


def weighed(  # noqa: PLR0913 - one keyword a choice
    function: Measure,
    register: Register,
    weighings: Sequence[Events],
    *,
    seed: int | None,
    n_jobs: int | None,
    desc: str,
    progress: bool,
) -> np.ndarray:
    """Return the values of a measure with each weighing of the events, shape (n_weighings, n_actors).

    Without a network for each where that can be; `seed` is for what is drawn beside the events, None draws nothing.
    """
    n = register.net.n_actors
    if draws := AllDraws.over(function, register):
        blocks = [weighings[rows] for rows in row_blocks(len(weighings), n)]
        found = each(draws, blocks, n_jobs=n_jobs, desc=desc, progress=progress)
        return np.concatenate(found) if found else np.empty((0, n))
    values = (
        function.over(register) if isinstance(function, JointBetweenness) else _by_ties(function, register)
    )
    if values is None:
        values = partial(_through_networks, function, register)
    seeds: Sequence[int | None] = [None] * len(weighings)
    if seed is not None:
        seeds = np.random.SeedSequence(seed).generate_state(len(weighings)).tolist()
    tasks = list(zip(weighings, seeds, strict=True))
    work = partial(_apply, values)
    found = each(work, tasks, n_jobs=n_jobs, desc=desc, progress=progress)
    return np.array(found).reshape(len(tasks), n)


def _by_ties(function: Measure, register: Register) -> Values | None:
    """Return what gives strength or PageRank of the only layer from the weights of its ties; None for all else."""
    net = register.net
    plain = len(net.layers) == 1 and not is_directed(net) and (net.layers["weight_means"] == "strength").all()
    if not plain or (function is not strength and function is not pagerank):
        return None
    n, count = net.n_actors, net.n_ties
    first, second = net._tie_ends()  # noqa: SLF001
    numbers = (np.arange(1, count + 1), (first, second))
    upper = sparse.csr_array(numbers, shape=(n, n))
    both = sparse.csr_array(upper + upper.T)
    tie = both.data - 1

    def values(times: Events, _: int | None) -> np.ndarray:
        weight = register.weights(times)
        given = np.bincount(first, weight, minlength=n) + np.bincount(second, weight, minlength=n)
        if function is strength:
            return given
        made = sparse.csr_array((weight[tie], both.indices, both.indptr), shape=both.shape)
        return resting(lambda x: made @ x, given)

    return values


def _through_networks(function: Measure, register: Register, times: Events, _: int | None) -> np.ndarray:
    return function(register.with_multiplicities(times)).to_numpy()


def _apply(values: Values, task: tuple[Events, int | None]) -> np.ndarray:
    return values(*task)
