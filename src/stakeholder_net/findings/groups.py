"""A coalition as one body in the network, and the closest team that covers what is needed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from math import prod
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net.errors import OptionError
from stakeholder_net.findings._frame import as_finding, attribute, check_language, need
from stakeholder_net.findings._say import actor_label, kind_label, listed, number, phrase
from stakeholder_net.findings.missing_ties import pattern_of
from stakeholder_net.layers import one_layer
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["closest_teams", "group_centrality"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Distance = Literal["diameter", "tree", "sum", "steiner"]
DISTANCES: Final = ("diameter", "tree", "sum", "steiner")
MOST_TEAMS: Final = 2_000_000

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "group": (
        (
            "Insieme, {names} raggiungono direttamente {degree} altri enti su {others}; fra gli altri, passa "
            "da loro il {between} dei percorsi più brevi."
        ),
        (
            "Together, {names} reach {degree} of the {others} other bodies directly; of the shortest ways between the "
            "others, {between} pass through them."
        ),
    ),
    "team": (
        "{names}: un ente per ciascuno di {groups}; {measure} {value} (squadre ugualmente buone: {ties}).",
        "{names}: one body for each of {groups}; {measure} {value} (teams equally good: {ties}).",
    ),
    "unproved": (
        " Trovata con un metodo rapido, non dimostrata la migliore.",
        " Found by a quick method, not proved best.",
    ),
    "diameter": ("distanza massima fra due membri", "largest distance between two members"),
    "tree": ("passi dell'albero che li collega", "steps of the tree that joins them"),
    "sum": ("somma delle distanze", "sum of distances"),
    "steiner": (
        "passi della rete minima che li collega, anche attraverso altri",
        ("steps of the smallest network that joins them, through others too"),
    ),
}
CENTRALITY: Final = (
    "n",
    "degree",
    "degree_share",
    "harmonic",
    "closeness",
    "betweenness",
    "betweenness_share",
)


def group_centrality(
    net: StakeholderNetwork, groups: Iterable[Sequence[str]], *, language: Language = "it"
) -> pd.DataFrame:
    """How central is a coalition, taken as one body?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; arcs count in both directions, weights are not used.
    groups : iterable of sequences of str
        One or more coalitions, each as actor ids; the ``actors`` column of ``coalitions`` is such a thing.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order given. ``degree``: others tied to a member, ``degree_share`` of the others;
        ``harmonic``: mean over the others of one over the distance to the nearest member; ``closeness``: others over
        the sum of distances, NaN when one cannot be reached; ``betweenness``: sum over pairs of others of the share of
        their shortest ways that pass through a member, ``betweenness_share`` of the pairs. ``score`` is the share of
        degree.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When a group is empty.
    UnknownNameError
        When an actor does not exist.

    References
    ----------
    Everett, M. G., Borgatti, S. P. (1999). The centrality of groups and classes. Journal of Mathematical Sociology
    23(3), 181-201. https://doi.org/10.1080/0022250X.1999.9990219

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abcd"), "name": list("ABCD"), "kind": "ets_odv"}),
    ...     ties=pd.DataFrame({"source": ["a", "b", "b"], "target": ["b", "c", "d"], "layer": "x", "weight": 1.0}))
    >>> group_centrality(net, [("a", "b")])[["degree", "closeness", "betweenness"]]
       degree  closeness  betweenness
    0       2        1.0          1.0
    """
    check_language(language)
    one_layer(net, "group_centrality")
    a = pattern_of(net, "group_centrality")
    steps, ways = shortest_ways(a)
    rows: list[dict[str, Any]] = []
    for members in groups:
        ids = list(dict.fromkeys(members))
        need(bool(ids), "A group has no members.")
        places = net.actors.index.get_indexer(pd.Index(ids))
        if (places < 0).any():
            raise unknown_name("actor", ids[int(np.argmax(places < 0))], net.actors.index)
        facts = _centrality(a, steps, ways, places)
        names = listed(actor_label(net.actors, ids), language)
        share = number(100 * facts["betweenness_share"], language, digits=0) + " %"
        why = phrase(_SENTENCES, "group", language, names=names, degree=facts["degree"],
                     others=net.n_actors - len(ids), between=share)  # fmt: skip
        rows.append({"finding": "group_centrality", "actors": tuple(ids), "score": facts["degree_share"], "why": why,
                     "evidence": net.source, "n": len(ids), **facts})  # fmt: skip
    return as_finding(rows, CENTRALITY)


def shortest_ways(a: sparse.csr_array) -> tuple[Floats, Floats]:
    """Return for every pair the distance in steps and the number of shortest ways."""
    n = a.shape[0]
    steps, ways = np.full((n, n), np.inf), np.zeros((n, n))
    np.fill_diagonal(steps, 0.0)
    np.fill_diagonal(ways, 1.0)
    front, length = np.eye(n), 0.0
    while front.any():
        length += 1
        front = np.where(np.isinf(steps), front @ a, 0.0)
        reached = front > 0
        steps[reached], ways[reached] = length, front[reached]
    return steps, ways


def _centrality(a: sparse.csr_array, steps: Floats, ways: Floats, places: Places) -> dict[str, float]:
    n = len(steps)
    others = np.setdiff1d(np.arange(n), places)
    nearest = steps[np.ix_(places, others)].min(axis=0)
    degree = int((nearest == 1).sum())
    without, fewer = shortest_ways(sparse.csr_array(a[others][:, others]))
    inner, all_ways = steps[np.ix_(others, others)], ways[np.ix_(others, others)]
    tied = np.isfinite(inner) & (inner > 0)
    # what is left of the shortest ways once the members are taken out
    left = np.where(without == inner, fewer, 0.0)
    share = np.zeros_like(inner)
    np.divide(all_ways - left, all_ways, out=share, where=tied)
    pairs = len(others) * (len(others) - 1) / 2
    between = float(share.sum() / 2)
    some = len(others) > 0
    return {
        "degree": degree, "degree_share": degree / len(others) if some else np.nan,
        "harmonic": float((1 / nearest).mean()) if some else np.nan,
        "closeness": len(others) / float(nearest.sum()) if some and np.isfinite(nearest).all() else np.nan,
        "betweenness": between, "betweenness_share": between / pairs if pairs else np.nan,
    }  # fmt: skip


def closest_teams(
    net: StakeholderNetwork,
    by: str = "kind",
    *,
    covering: Sequence[str] | None = None,
    measure: Distance = "diameter",
    language: Language = "it",
) -> pd.DataFrame:
    """Which team with one body of every kind is closest together?

    Exact by trying every team, up to two million; beyond, by the quick method "rarest first", and it says so.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; distances in steps.
    by : str
        Column of the actors that says what each one covers.
    covering : sequence of str, optional
        The values to be covered; all that occur when left out.
    measure : {"diameter", "tree", "sum", "steiner"}
        What is to be small: the largest distance between two members, the smallest tree over their distances, the sum
        of their distances, or the ties of the smallest connected network that holds them, others included.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row: the best team (the first by the order of the actors among equals), ``value``, ``ties`` (how many teams
        are equally good; NaN by the quick method) and ``status``: "optimal", "feasible", or "infeasible" when no team
        is connected; then ``value`` is infinite and there are no actors.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When a value to be covered occurs nowhere.

    References
    ----------
    Lappas, T., Liu, K., Terzi, E. (2009). Finding a team of experts in social networks. KDD '09, 467-476.
    https://doi.org/10.1145/1557019.1557074
    Dreyfus, S. E., Wagner, R. A. (1971). The Steiner problem in graphs. Networks 1, 195-207.
    https://doi.org/10.1002/net.3230010302
    """
    check_language(language)
    check_option("measure", measure, DISTANCES)
    one_layer(net, "closest_teams")
    values = attribute(net, by)
    wanted = list(dict.fromkeys(covering)) if covering is not None else sorted(set(values[by]) - {""})
    place = pd.Series(np.arange(net.n_actors), index=net.actors.index)
    pools = [place[values["actor_id"][values[by] == value]].to_numpy() for value in wanted]
    need(bool(pools), f"'{by}' has no value to cover.")
    for value, pool in zip(wanted, pools, strict=True):
        if not len(pool):
            raise OptionError(f"No actor has '{value}' as its {by}: no team can cover it.", "Leave it out.")
    steps = csgraph.shortest_path(pattern_of(net, "closest_teams"), unweighted=True)
    team, value, ties = _search(steps, pools, measure)
    return _team_row(net, by, wanted, measure, team, value, ties, language)


def _search(steps: Floats, pools: list[Places], measure: str) -> tuple[tuple[int, ...], float, float]:
    cost = _COSTS[measure]
    if prod(len(pool) for pool in pools) > MOST_TEAMS:
        team = rarest_first(steps, pools)[0]
        return team, (cost(steps, team) if team else np.inf), np.nan
    first: tuple[int, ...] = ()
    best, ties = np.inf, 0
    for team in itertools.product(*pools):
        members = tuple(sorted({int(member) for member in team}))
        value = cost(steps, members)
        if value < best - 1e-9:
            best, first, ties = value, members, 1
        elif np.isfinite(value) and abs(value - best) <= 1e-9:  # noqa: PLR2004 - rounding dust
            ties += 1
    return first, best, float(ties)


def rarest_first(steps: Floats, pools: list[Places]) -> tuple[tuple[int, ...], float]:
    """Return the team of the quick method and its radius: from each body of the rarest kind, the nearest of each other.

    The team's diameter is at most twice the best one.
    """
    order = sorted(range(len(pools)), key=lambda k: (len(pools[k]), k))
    best: tuple[float, tuple[int, ...]] = (np.inf, ())
    for centre in pools[order[0]]:
        nearest = [int(pools[k][np.argmin(steps[centre, pools[k]])]) for k in order[1:]]
        radius = max((steps[centre, member] for member in nearest), default=0.0)
        if radius < best[0]:
            best = (float(radius), tuple(sorted({int(centre), *nearest})))
    return best[1], best[0]


def _diameter(steps: Floats, team: tuple[int, ...]) -> float:
    return float(steps[np.ix_(team, team)].max())


def _sum(steps: Floats, team: tuple[int, ...]) -> float:
    return float(steps[np.ix_(team, team)].sum() / 2)


def _tree(steps: Floats, team: tuple[int, ...]) -> float:
    inside = steps[np.ix_(team, team)]
    if not np.isfinite(inside).all():
        return np.inf
    return float(csgraph.minimum_spanning_tree(inside).sum())


def _steiner(steps: Floats, team: tuple[int, ...]) -> float:
    """Dreyfus and Wagner: for every set of members and every actor the ties of the smallest tree that joins them."""
    if not np.isfinite(steps[np.ix_(team, team)]).all():
        return np.inf
    if len(team) < 3:  # noqa: PLR2004 - one way joins two
        return _tree(steps, team)
    roots = len(team) - 1
    best = {1 << k: steps[team[k]] for k in range(roots)}
    for size in range(2, roots + 1):
        for members in itertools.combinations(range(roots), size):
            whole = sum(1 << k for k in members)
            half = (whole - 1) & whole
            joint = np.full(len(steps), np.inf)
            while half:
                if half & (whole & -whole):  # each division once
                    joint = np.minimum(joint, best[half] + best[whole ^ half])
                half = (half - 1) & whole
            best[whole] = (joint[None, :] + steps).min(axis=1)
    return float(best[(1 << roots) - 1][team[-1]])


_COSTS: Final = {"diameter": _diameter, "sum": _sum, "tree": _tree, "steiner": _steiner}


def _team_row(  # noqa: PLR0913, PLR0917 - what a row is made of
    net: StakeholderNetwork,
    by: str,
    wanted: list[str],
    measure: str,
    team: tuple[int, ...],
    value: float,
    ties: float,
    language: Language,
) -> pd.DataFrame:
    ids = tuple(net.actors.index[list(team)]) if np.isfinite(value) else ()
    labels = [kind_label(each, language) if by in ("kind", "kind_group") else each for each in wanted]
    status = "infeasible" if not ids else "optimal" if np.isfinite(ties) else "feasible"
    why = phrase(
        _SENTENCES, "team", language, names=listed(actor_label(net.actors, ids), language, shown=12) or "-",
        groups=listed(labels, language, shown=12), measure=phrase(_SENTENCES, measure, language),
        value=number(value, language), ties=number(ties, language, digits=0),
    )  # fmt: skip
    if status == "feasible":
        why += phrase(_SENTENCES, "unproved", language)
    row = {"finding": "closest_teams", "actors": ids, "score": -value, "why": why, "evidence": net.source,
           "measure": measure, "n": len(ids), "value": value, "ties": ties, "status": status}  # fmt: skip
    return as_finding([row], ["measure", "n", "value", "ties", "status"])
