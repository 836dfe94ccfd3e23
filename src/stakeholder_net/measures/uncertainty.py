"""What a missing sheet, a missing body or a bad day would change: events drawn anew, events and actors left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from tqdm import tqdm

from stakeholder_net._display import Shown
from stakeholder_net.errors import OptionError
from stakeholder_net.layers import two_mode_layers
from stakeholder_net.measures._induced import Induced
from stakeholder_net.measures._joint import weighed
from stakeholder_net.measures._places import DIGITS, places
from stakeholder_net.measures._register import Register
from stakeholder_net.measures._ties import ratio
from stakeholder_net.measures.attendance import co_attendance
from stakeholder_net.measures.tables import Measure, named_measure
from stakeholder_net.network import StakeholderNetwork

__all__ = [
    "CaseDropping",
    "case_dropping",
    "event_bootstrap",
    "leave_one_actor_out",
    "leave_one_event_out",
    "ranks",
    "tie_stability",
]

SHARES = tuple(round(0.05 * step, 2) for step in range(1, 16))
GOOD_CORRELATION = 0.7
SURE = 0.95


def ranks(values: pd.Series, *, highest: bool = True) -> pd.Series:
    """Which place does each value take, equals sharing the best?

    Parameters
    ----------
    values : pandas.Series of float
        NaN takes no place.
    highest : bool
        Whether the highest value or the lowest comes first.

    Returns
    -------
    pandas.Series of float64
        Named ``rank``; values that differ by rounding only are equal.
    """
    return pd.Series(
        places(values.to_numpy(dtype="float64"), highest=highest), index=values.index, name="rank"
    )


def leave_one_event_out(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    measure: str | Measure = "strength",
    *,
    layer: str | None = None,
    top: int = 3,
    highest: bool = True,
    progress: bool = True,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Would the ranking be another one without one of the events?

    Parameters
    ----------
    net : StakeholderNetwork
        Network whose ties were derived from its events (:func:`project`).
    measure : str or callable
        A name from :func:`catalogue`, or a function from a network to a Series of its actors.
    layer : str, optional
        Only events of this layer; by default all layers derived from events.
    top : int
        How many first places are compared.
    highest : bool
        Whether the highest value or the lowest comes first.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    events : pandas.DataFrame
        Index the events; ``layer``, ``attendance``, ``pearson`` and ``spearman`` of the values without it and with it,
        ``top_overlap`` (Jaccard index of the first places), ``ties_lost`` and ``weight_lost`` (share of all weight).
    actors : pandas.DataFrame of float64
        Index the actors; ``value``, ``rank``, ``rank_best`` and ``rank_worst`` over all events left out.

    Raises
    ------
    OptionError
        When no layer has ties derived from events, or they are no longer those of :func:`project`.
    UnknownNameError
        When the name is not a measure, or the layer does not exist.

    References
    ----------
    Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and Hall, chapter 11.
    https://doi.org/10.1201/9780429246593
    """
    function = named_measure(measure)
    register = Register(net, layer)
    whole = function(net)
    place = ranks(whole, highest=highest)
    rows, best, worst = [], place.copy(), place.copy()
    weight = float(net.ties["weight"].sum())
    for name, event, size in tqdm(register.events, desc="leave_one_event_out", delay=2, disable=not progress):
        rest = register.with_multiplicities({name: register.all_but(name, event)})
        values = function(rest)
        there = ranks(values, highest=highest)
        best, worst = best.combine(there, np.fmin), worst.combine(there, np.fmax)
        rows.append(
            {
                "event": net.events.index[net.events["layer"] == name][event],
                "layer": name,
                "attendance": size,
                **_likeness(whole, values, top, highest=highest),
                "ties_lost": net.n_ties - rest.n_ties,
                "weight_lost": float(1 - ratio(rest.ties["weight"].sum(), weight)),
            }
        )
    actors = pd.DataFrame({"value": whole, "rank": place, "rank_best": best, "rank_worst": worst})
    return pd.DataFrame(rows).set_index("event"), actors


def event_bootstrap(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    measure: str | Measure = "strength",
    *,
    layer: str | None = None,
    times: int = 500,
    top: int = 3,
    highest: bool = True,
    seed: int = 0,
    n_jobs: int | None = None,
    progress: bool = True,
) -> pd.DataFrame:
    """How wide is the range of places that each actor might have taken with other events of the same kind?

    The events are what a register samples, so they are drawn anew, as many as there are, with replacement and layer by
    layer. A pair that never met never meets in any draw: ranges are too narrow rather than too wide.

    Parameters
    ----------
    net : StakeholderNetwork
        Network whose ties were derived from its events (:func:`project`).
    measure : str or callable
        A name from :func:`catalogue`, or a function from a network to a Series of its actors.
    layer : str, optional
        Only events of this layer; by default all layers derived from events.
    times : int
        How often events are drawn.
    top : int
        How many first places are meant in ``p_top``.
    highest : bool
        Whether the highest value or the lowest comes first.
    seed : int
        Of the random numbers.
    n_jobs : int, optional
        Processes that share the draws, -1 for every processor; what comes out is the same. Without it one, or what
        ``joblib.parallel_config`` says.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    pandas.DataFrame of float64
        Index the actors; ``value``, ``rank``, ``rank_low`` and ``rank_high`` (95 % interval), ``p_top`` (share of
        draws in which it is among the first), ``value_sd`` and ``undefined`` (share of draws without a value, which
        count as not among the first).

    Raises
    ------
    OptionError
        When no layer has ties derived from events, they are no longer those of :func:`project`, or `times` is below 2.
    UnknownNameError
        When the name is not a measure, or the layer does not exist.

    References
    ----------
    Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and Hall, chapter 13.
    https://doi.org/10.1201/9780429246593
    """
    if times < 2:  # noqa: PLR2004 - one draw has no spread
        raise OptionError(f"times={times} must be at least 2.")
    function = named_measure(measure)
    register = Register(net, layer)
    whole = function(net)
    rng = np.random.default_rng(seed)
    drawn = [
        {name: np.bincount(rng.integers(0, m, m), minlength=m) for name, m in register.sizes.items()}
        for _ in range(times)
    ]
    values = weighed(
        function, register, drawn, seed=seed, n_jobs=n_jobs, desc="event_bootstrap", progress=progress
    )
    taken = places(values, highest=highest)
    nowhere = np.isnan(taken)
    last = np.where(nowhere, net.n_actors, taken)
    low, high = np.quantile(last, [0.025, 0.975], axis=0)
    some = ~nowhere.all(axis=0)
    spread = np.full(net.n_actors, np.nan)
    spread[some] = np.nanstd(values[:, some], axis=0)
    return pd.DataFrame(
        {
            "value": whole,
            "rank": ranks(whole, highest=highest),
            "rank_low": np.where(some, low, np.nan),
            "rank_high": np.where(some, high, np.nan),
            "p_top": (taken <= top).mean(axis=0),
            "value_sd": spread,
            "undefined": nowhere.mean(axis=0),
        },
        index=net.actors.index,
    )


def places_without_each_event(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    function: Measure,
    *,
    whole: pd.Series,
    highest: bool = True,
    n_jobs: int | None = None,
    progress: bool = True,
) -> pd.DataFrame:
    """Return ``rank_best`` and ``rank_worst``, the places of every actor with one event left out at a time."""
    register = Register(net)
    without = [{name: register.all_but(name, event)} for name, event, _ in register.events]
    found = weighed(
        function, register, without, seed=None, n_jobs=n_jobs, desc="leave_one_event_out", progress=progress
    )
    values = [whole.to_numpy(), *found]
    taken = places(np.array(values), highest=highest)
    return pd.DataFrame(
        {"rank_best": np.fmin.reduce(taken), "rank_worst": np.fmax.reduce(taken)}, index=net.actors.index
    )


def tie_stability(net: StakeholderNetwork, layer: str | None = None) -> pd.DataFrame:
    """How firmly does the register hold each tie?

    Exact values of what drawing the events anew would give, without drawing: with c of m events shared, the count has
    standard deviation sqrt(c (1 - c/m)) and the tie is seen with probability 1 - (1 - c/m)^m.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events.
    layer : str, optional
        The layer with events; needed when there are several.

    Returns
    -------
    pandas.DataFrame
        One row a pair that met, in actor order: ``source``, ``target``, ``shared_events``, ``shared_sd``,
        ``p_seen``. A pair that never met is not in it: nothing is known about it.

    Raises
    ------
    AmbiguousLayersError
        When several layers have events and none is named.
    OptionError
        When the network has no events.
    """
    table = co_attendance(net, layer)[["source", "target", "shared_events"]]
    name = layer if layer is not None else two_mode_layers(net)[0]
    events = int((net.events["layer"] == name).sum())
    share = table["shared_events"] / events
    return table.assign(
        shared_sd=np.sqrt(table["shared_events"] * (1 - share)), p_seen=1 - (1 - share) ** events
    )


def leave_one_actor_out(
    net: StakeholderNetwork,
    measure: str | Measure = "strength",
    *,
    top: int = 3,
    highest: bool = True,
    progress: bool = True,
) -> pd.DataFrame:
    """Would the ranking of the others be another one if one actor had not been recorded?

    Parameters
    ----------
    net : StakeholderNetwork
        Network that the measure takes.
    measure : str or callable
        A name from :func:`catalogue`, or a function from a network to a Series of its actors.
    top : int
        How many first places are compared.
    highest : bool
        Whether the highest value or the lowest comes first.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    pandas.DataFrame of float64
        Index the actors left out; ``pearson`` and ``spearman`` of the values of the others without it and with it (NaN
        where they are all equal), ``top_overlap`` (Jaccard index of the first places among the others).

    Raises
    ------
    UnknownNameError
        When the name is not a measure.
    """
    function = named_measure(measure)
    whole = function(net)
    rows, induced = [], Induced(net)
    for actor in tqdm(range(net.n_actors), desc="leave_one_actor_out", delay=2, disable=not progress):
        stay = np.arange(net.n_actors) != actor
        rows.append(_likeness(whole[stay], function(induced.of(stay)), top, highest=highest))
    return pd.DataFrame(
        rows, index=net.actors.index, columns=["pearson", "spearman", "top_overlap"], dtype="float64"
    )


@dataclass(frozen=True, slots=True)
class CaseDropping(Shown):
    """How far a measure bears that some actors are missing.

    Attributes
    ----------
    table : pandas.DataFrame
        Index ``dropped`` (share of the actors left out); ``kept``, ``mean_r`` and ``sd_r`` (correlation of the values
        of those who stay with their values in the whole network), ``r_05`` (its 5 % quantile), ``p_good`` (share of
        draws with at least 0.7; one without a correlation counts as none), ``undefined``.
    coefficient : float
        The greatest share that may be dropped with ``p_good`` at least 0.95: below 0.25 do not rank, from 0.5 good.
    """

    table: pd.DataFrame
    coefficient: float


def case_dropping(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    measure: str | Measure = "strength",
    *,
    times: int = 500,
    shares: Sequence[float] = SHARES,
    seed: int = 0,
    progress: bool = True,
) -> CaseDropping:
    """How many actors could be missing from the records before the ranking says something else?

    Parameters
    ----------
    net : StakeholderNetwork
        Network that the measure takes.
    measure : str or callable
        A name from :func:`catalogue`, or a function from a network to a Series of its actors.
    times : int
        Draws for each share.
    shares : sequence of float
        Shares of the actors that are left out.
    seed : int
        Of the random numbers.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    CaseDropping
        The table and the coefficient of correlation stability.

    Raises
    ------
    OptionError
        When `times` is below 1 or a share does not lie between 0 and 1.
    UnknownNameError
        When the name is not a measure.

    References
    ----------
    Epskamp, S., Borsboom, D., Fried, E. I. (2018). Estimating psychological networks and their accuracy. Behavior
    Research Methods 50, 195-212. https://doi.org/10.3758/s13428-017-0862-1
    Costenbader, E., Valente, T. W. (2003). The stability of centrality measures when networks are sampled. Social
    Networks 25, 283-307. https://doi.org/10.1016/S0378-8733(03)00012-1
    """
    if times < 1 or not all(0 < share < 1 for share in shares):
        raise OptionError("times must be at least 1 and every share lie between 0 and 1.")
    function = named_measure(measure)
    whole = function(net)
    rng = np.random.default_rng(seed)
    n, induced = net.n_actors, Induced(net)
    bar = tqdm(total=times * len(shares), desc="case_dropping", delay=2, disable=not progress)
    rows = []
    with bar:
        for share in shares:
            kept = round(n * (1 - share))
            found = np.full(times, np.nan)
            for time in range(times):
                stay = np.zeros(n, dtype=bool)
                stay[rng.choice(n, kept, replace=False)] = True
                found[time] = _correlation(whole[stay], function(induced.of(stay)))
                bar.update()
            some = found[~np.isnan(found)]
            rows.append(
                {
                    "kept": kept,
                    "mean_r": some.mean() if len(some) else np.nan,
                    "sd_r": some.std(ddof=1) if len(some) > 1 else np.nan,
                    "r_05": np.quantile(some, 0.05) if len(some) else np.nan,
                    "p_good": float((some >= GOOD_CORRELATION).sum() / times),
                    "undefined": times - len(some),
                }
            )
    table = pd.DataFrame(rows, index=pd.Index(list(shares), name="dropped"))
    good = table.index[table["p_good"] >= SURE]
    return CaseDropping(table, float(good.max()) if len(good) else 0.0)


def _likeness(whole: pd.Series, rest: pd.Series, top: int, *, highest: bool) -> dict[str, float]:
    """Return how alike two sets of values of the same actors are, as numbers, ranks and first places."""
    first = ranks(whole, highest=highest) <= top
    then = ranks(rest, highest=highest) <= top
    return {
        "pearson": _correlation(whole, rest),
        "spearman": _correlation(whole.round(DIGITS).rank(), rest.round(DIGITS).rank()),
        "top_overlap": float(ratio((first & then).sum(), (first | then).sum())),
    }


def _correlation(one: pd.Series, other: pd.Series) -> float:
    """Return Pearson's r over the actors with both values; NaN where one side is constant."""
    a, b = one.to_numpy(dtype="float64"), other.to_numpy(dtype="float64")
    both = ~(np.isnan(a) | np.isnan(b))
    a, b = a[both], b[both]
    if len(a) < 2 or _steady(a) or _steady(b):  # noqa: PLR2004 - two points at least
        return np.nan
    return float(np.corrcoef(a, b)[0, 1])


def _steady(values: np.ndarray) -> bool:
    return bool(np.ptp(values) <= 10.0**-DIGITS * max(1e-300, float(np.abs(values).max())))
