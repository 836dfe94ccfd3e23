"""Pairs at the same events: how often, for how long, and whether more often than chance alone would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import sparse, special

from stakeholder_net._attendance import event_dates, hour_table
from stakeholder_net._checks import check_option
from stakeholder_net._display import Shown
from stakeholder_net._projection import pairs
from stakeholder_net.errors import AmbiguousLayersError, OptionError
from stakeholder_net.layers import incidence, two_mode_layers
from stakeholder_net.measures._ties import ratio
from stakeholder_net.measures.nulls import Adjustment, adjust_p_values, degree_probabilities, poisson_binomial
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, Language

__all__ = ["RegisterVerdict", "co_attendance", "register_verdict", "tie_tests"]

Null = Literal["sdsm", "poisson", "hypergeometric"]

MOST_ACTORS_FOR_ALL_PAIRS = 5000
CELLS = 2**22
NO_SPREAD = 1e-12
TWICE = 2.0
"""The pair that a register should be able to show: one that meets twice as often as its attendance explains."""


def co_attendance(
    net: StakeholderNetwork,
    layer: str | None = None,
    *,
    all_pairs: bool = False,
    as_of: str | None = None,
    counts: Sequence[str] = COUNTING_STATUSES,
) -> pd.DataFrame:
    """How often were two actors at the same event, in numbers and as a share of what could have been?

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events.
    layer : str, optional
        The layer with events; needed when there are several.
    all_pairs : bool
        Also the pairs that never met; up to 5,000 actors.
    as_of : str, optional
        The day on which one looks back, for ``days_since_last`` and ``days_since_first``.
    counts : sequence of str
        Statuses that count as having taken part.

    Returns
    -------
    pandas.DataFrame
        One row a pair, in actor order: ``source``, ``target``, ``shared_events``, ``jaccard`` (of the events of
        either), ``min_overlap`` (of the events of the rarer one), ``cosine``, ``lift`` (shared over expected if
        independent), ``phi`` (correlation of the two columns of the sheet, NaN for an actor that came never or always),
        ``shared_hours`` (at most so many hours together, where hours are known) and, with `as_of`,
        ``days_since_last`` and ``days_since_first``.

    Raises
    ------
    AmbiguousLayersError
        When several layers have events and none is named.
    OptionError
        When the network has no events, or all pairs of more than 5,000 actors are asked.

    References
    ----------
    Breiger, R. L. (1974). The duality of persons and groups. Social Forces 53, 181-190.
    https://doi.org/10.1093/sf/53.2.181
    """
    name = events_layer(net, layer, "co_attendance")
    seats = incidence(net, name, counts=counts)
    first, second, shared = _pairs_of(net, seats, all_pairs=all_pairs)
    events = seats.shape[1]
    d = np.asarray(seats.sum(axis=1))
    a, b = d[first], d[second]
    ids = net.actors.index
    table = pd.DataFrame(
        {
            "source": ids[first],
            "target": ids[second],
            "shared_events": shared.astype("int64"),
            "jaccard": ratio(shared, a + b - shared),
            "min_overlap": ratio(shared, np.minimum(a, b)),
            "cosine": ratio(shared, np.sqrt(a * b)),
            "lift": ratio(shared * events, a * b),
            "phi": ratio(events * shared - a * b, np.sqrt(a * b * (events - a) * (events - b))),
        }
    )
    table["shared_hours"] = _shared_hours(net, name, counts, first, second)
    if as_of is not None:
        last, earliest = _shared_dates(net, name, seats, first, second)
        day = pd.Timestamp(as_of)
        table["days_since_last"] = (day - pd.DatetimeIndex(last)).days
        table["days_since_first"] = (day - pd.DatetimeIndex(earliest)).days
    return table


def tie_tests(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    layer: str | None = None,
    *,
    null: Null = "sdsm",
    adjust: Adjustment = "bh",
    all_pairs: bool = False,
    counts: Sequence[str] = COUNTING_STATUSES,
) -> pd.DataFrame:
    """Did two actors meet more often than their diligence and the size of the events explain?

    Nothing is deleted: at the size of a district such tests keep hardly a tie (see :func:`register_verdict`). Use
    ``z`` to rank and to colour ties. `sdsm` fixes on average how often each actor came and how full each event was,
    and adds up the chances exactly; `hypergeometric` knows only how often each actor came, so that full events make
    pairs look closer than they are.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events.
    layer : str, optional
        The layer with events; needed when there are several.
    null : {"sdsm", "poisson", "hypergeometric"}
        What chance is taken to be; `poisson` has the mean of `sdsm` and, as others' tools do, treats it as that of a
        Poisson law: quicker, and too careful where events were full.
    adjust : {"bh", "by", "holm"}
        Correction for many tests (:func:`adjust_p_values`), over all pairs of actors that came at all.
    all_pairs : bool
        Also the pairs that never met; up to 5,000 actors.
    counts : sequence of str
        Statuses that count as having taken part.

    Returns
    -------
    pandas.DataFrame
        One row a pair of actors that came at least once, in actor order: ``source``, ``target``, ``shared_events``,
        ``expected``, ``sd``, ``z`` (NaN where chance leaves no room), ``p_more`` (at least so many shared events),
        ``p_fewer`` (at most so many), ``q_more`` (adjusted over all such pairs, met or not) and, with `all_pairs`,
        ``q_fewer``.

    Raises
    ------
    AmbiguousLayersError
        When several layers have events and none is named.
    OptionError
        When the network has no events, an option is not allowed, or all pairs of more than 5,000 actors are asked.

    References
    ----------
    Neal, Z. (2014). The backbone of bipartite projections. Social Networks 39, 84-97.
    https://doi.org/10.1016/j.socnet.2014.06.001
    Saracco, F., Straka, M. J., Di Clemente, R., Gabrielli, A., Caldarelli, G., Squartini, T. (2017). Inferring
    monopartite projections of bipartite networks. New Journal of Physics 19, 053022.
    https://doi.org/10.1088/1367-2630/aa6b38
    Tumminello, M., Micciche, S., Lillo, F., Piilo, J., Mantegna, R. N. (2011). Statistically validated networks in
    bipartite complex systems. PLoS ONE 6, e17994. https://doi.org/10.1371/journal.pone.0017994
    """
    check_option("null", null, tuple(_LAWS))
    name = events_layer(net, layer, "tie_tests")
    seats = incidence(net, name, counts=counts)
    first, second, shared = _pairs_of(net, seats, all_pairs=all_pairs)
    d = np.asarray(seats.sum(axis=1))
    came = (d[first] > 0) & (d[second] > 0)
    first, second, shared = first[came], second[came], shared[came].astype("int64")
    expected, sd, more, fewer = _LAWS[null](seats, first, second, shared)
    testable = int((d > 0).sum())
    family = testable * (testable - 1) // 2
    ids = net.actors.index
    table = pd.DataFrame(
        {
            "source": ids[first],
            "target": ids[second],
            "shared_events": shared,
            "expected": expected,
            "sd": sd,
            "z": ratio(shared - expected, np.where(sd > NO_SPREAD, sd, 0.0)),
            "p_more": more,
            "p_fewer": fewer,
            "q_more": adjust_p_values(more, method=adjust, family=family),
        }
    )
    if all_pairs:
        table["q_fewer"] = adjust_p_values(fewer, method=adjust, family=family)
    return table


@dataclass(frozen=True, slots=True)
class RegisterVerdict(Shown):
    """Whether a register of attendance can support tests of single ties, and what it would take."""

    layer: str
    n_actors: int
    n_events: int
    n_pairs: int
    alpha: float
    kept: int
    kept_hypergeometric: int
    events_needed: int | None
    supported: bool

    def sentence(self, language: Language = "en") -> str:
        """Return the verdict in words."""
        share = f"{self.alpha:.0%}".replace("%", " %")
        if language == "it":
            head = (
                f"Questo registro ({self.n_actors} attori presenti, {self.n_events} eventi) "
                f"{'può' if self.supported else 'non può'} sostenere prove sui singoli legami"
            )
            kept = (
                f"{self.kept} legami su {self.n_pairs} coppie superano la correzione (tasso di falsi {share})"
            )
            need = (
                "con qualunque numero di eventi come questi le coppie non si distinguerebbero dal caso"
                if self.events_needed is None
                else "per riconoscere metà delle coppie che si incontrano il doppio di quanto le loro presenze "
                f"spiegano servirebbero circa {self.events_needed} eventi come questi"
            )
            return f"{head}: {kept}; {need}. I legami restano tutti: la prova li ordina, non li cancella."
        head = (
            f"This register ({self.n_actors} actors present, {self.n_events} events) "
            f"{'can' if self.supported else 'cannot'} support tests of single ties"
        )
        kept = f"{self.kept} ties of {self.n_pairs} pairs pass the correction (false discoveries {share})"
        need = (
            "with any number of events like these no pair would stand out from chance"
            if self.events_needed is None
            else "to recognise half of the pairs that meet twice as often as their attendance explains it would "
            f"take about {self.events_needed} events like these"
        )
        return f"{head}: {kept}; {need}. All ties are kept: the test ranks them, it does not delete them."

    def __str__(self) -> str:
        return self.sentence("en")


def register_verdict(
    net: StakeholderNetwork,
    layer: str | None = None,
    *,
    alpha: float = 0.05,
    counts: Sequence[str] = COUNTING_STATUSES,
) -> RegisterVerdict:
    """Can this register tell at all which pairs meet more often than chance?

    The number of events that it would take is that at which half of the pairs would pass the strictest step of the
    correction if each met twice as often as its attendance explains: more events of the same kind make expected
    meetings grow in proportion and their spread with the square root.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events.
    layer : str, optional
        The layer with events; needed when there are several.
    alpha : float
        Share of false discoveries that one would bear.
    counts : sequence of str
        Statuses that count as having taken part.

    Returns
    -------
    RegisterVerdict
        Numbers, and ``sentence("it")`` or ``sentence("en")``.

    Raises
    ------
    AmbiguousLayersError
        When several layers have events and none is named.
    OptionError
        When the network has no events, or `alpha` does not lie between 0 and 1.
    """
    if not 0 < alpha < 1:
        raise OptionError(f"alpha={alpha} must lie between 0 and 1, for instance 0.05.")
    name = events_layer(net, layer, "register_verdict")
    seats = incidence(net, name, counts=counts)
    d = np.asarray(seats.sum(axis=1))
    present = int((d > 0).sum())
    n_pairs = present * (present - 1) // 2
    sdsm = tie_tests(net, name, counts=counts)
    hyper = tie_tests(net, name, null="hypergeometric", counts=counts)
    needed = _events_needed(seats, n_pairs, alpha)
    events = int((np.asarray(seats.sum(axis=0)) > 0).sum())
    return RegisterVerdict(
        layer=name,
        n_actors=present,
        n_events=events,
        n_pairs=n_pairs,
        alpha=alpha,
        kept=int((sdsm["q_more"] <= alpha).sum()),
        kept_hypergeometric=int((hyper["q_more"] <= alpha).sum()),
        events_needed=needed,
        supported=needed is not None and events >= needed,
    )


def events_layer(net: StakeholderNetwork, layer: str | None, measure: str) -> str:
    """Return the layer with events that is meant, or refuse to choose."""
    names = two_mode_layers(net)
    if not names:
        raise OptionError(
            f"'{measure}' needs events, and this network has none.", "Give events= and attendance=."
        )
    if layer is None and len(names) > 1:
        raise AmbiguousLayersError(measure, names)
    return names[0] if layer is None else layer


def _pairs_of(
    net: StakeholderNetwork, seats: sparse.csr_array, *, all_pairs: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the two ends of every pair and how many events they shared."""
    if not all_pairs:
        met = pairs(seats @ seats.T)
        return met.row, met.col, np.asarray(met.data)
    if net.n_actors > MOST_ACTORS_FOR_ALL_PAIRS:
        raise OptionError(
            f"all_pairs=True with {net.n_actors} actors would make {net.n_actors * (net.n_actors - 1) // 2} rows.",
            "Leave it out: pairs that met are enough, and the correction counts the others too.",
        )
    first, second = np.triu_indices(net.n_actors, k=1)
    return first, second, np.asarray((seats @ seats.T).toarray()[first, second])


Found = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _sdsm(seats: sparse.csr_array, first: np.ndarray, second: np.ndarray, shared: np.ndarray) -> Found:
    chances, kinds, kind_of = _kinds_of_pairs(seats, first, second)
    out = np.zeros((4, len(first)))
    order = np.argsort(kind_of, kind="stable")
    ends = np.searchsorted(kind_of[order], np.arange(len(kinds) + 1))
    # one column beyond the most that any pair shared: what lies above is needed as one number only
    most = int(shared.max(initial=0)) + 1
    step = max(1, CELLS // (seats.shape[1] + 1))
    for start in range(0, len(kinds), step):
        some = kinds[start : start + step]
        both = chances[some // len(chances)] * chances[some % len(chances)]
        mass = poisson_binomial(both, most=most)
        more = np.cumsum(mass[:, ::-1], axis=1)[:, ::-1]
        fewer = np.cumsum(mass, axis=1)
        here = order[ends[start] : ends[start + len(some)]]
        row = kind_of[here] - start
        out[0, here] = both.sum(axis=1)[row]
        out[1, here] = np.sqrt((both * (1 - both)).sum(axis=1))[row]
        out[2, here] = np.clip(more[row, shared[here]], 0, 1)
        out[3, here] = np.clip(fewer[row, shared[here]], 0, 1)
    return out[0], out[1], out[2], out[3]


def _poisson(seats: sparse.csr_array, first: np.ndarray, second: np.ndarray, shared: np.ndarray) -> Found:
    chances, kinds, kind_of = _kinds_of_pairs(seats, first, second)
    expected = np.einsum("ij,ij->i", chances[kinds // len(chances)], chances[kinds % len(chances)])[kind_of]
    more = np.where(shared > 0, special.gammainc(np.maximum(shared, 1), expected), 1.0)
    return expected, np.sqrt(expected), more, np.asarray(special.gammaincc(shared + 1, expected))


def _kinds_of_pairs(
    seats: sparse.csr_array, first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return chances by class of actors, the classes of pairs as one number each, and the class of every pair."""
    chances, class_of = degree_probabilities(seats)
    low = np.minimum(class_of[first], class_of[second])
    high = np.maximum(class_of[first], class_of[second])
    kinds, kind_of = np.unique(low.astype("int64") * len(chances) + high, return_inverse=True)
    return chances, kinds, kind_of


def _hypergeometric(
    seats: sparse.csr_array, first: np.ndarray, second: np.ndarray, shared: np.ndarray
) -> Found:
    from scipy import stats  # noqa: PLC0415 - slow to load, and few need it

    events = seats.shape[1]
    d = np.asarray(seats.sum(axis=1)).astype("int64")
    a, b = d[first], d[second]
    law = stats.hypergeom(events, a, b)
    expected = a * b / events
    spread = expected * (events - a) * (events - b) / (events * max(events - 1, 1))
    # the upper tail is that of at least as many: sf of one less
    return expected, np.sqrt(spread), np.clip(law.sf(shared - 1), 0, 1), np.clip(law.cdf(shared), 0, 1)


_LAWS: Final = {"sdsm": _sdsm, "poisson": _poisson, "hypergeometric": _hypergeometric}


def _events_needed(seats: sparse.csr_array, n_pairs: int, alpha: float) -> int | None:
    """Return how many events like these would show half of the pairs that meet twice as often as expected."""
    if not n_pairs:
        return None
    chances, class_of = degree_probabilities(seats)
    degrees = np.asarray(seats.sum(axis=1))
    times = np.bincount(class_of[degrees > 0], minlength=len(chances))
    size = np.zeros(len(chances))
    size[class_of] = degrees
    low, high = np.triu_indices(len(chances))
    weight = np.where(low == high, times[low] * (times[low] - 1) / 2, times[low] * times[high])
    low, high, weight = low[weight > 0], high[weight > 0], weight[weight > 0]
    both = chances[low] * chances[high]
    expected, spread = both.sum(axis=1), (both * (1 - both)).sum(axis=1)
    gain = np.minimum(TWICE * expected, np.minimum(size[low], size[high])) - expected
    strictest = float(special.ndtri(1 - alpha / n_pairs))
    # r times the events: gain r >= strictest sd sqrt(r) + what skewness and whole numbers cost (Cornish-Fisher)
    third = (both * (1 - both) * (1 - 2 * both)).sum(axis=1)
    cost = ratio(third * (strictest**2 - 1), 6 * spread) + 0.5
    reach = strictest * np.sqrt(spread) + np.sqrt(np.maximum(strictest**2 * spread + 4 * gain * cost, 0.0))
    possible = (gain > 0) & (spread > 0)
    needed = np.full(len(gain), np.inf)
    needed[possible] = seats.shape[1] * (reach[possible] / (2 * gain[possible])) ** 2
    order = np.argsort(needed, kind="stable")
    half = needed[order][np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)]
    return int(np.ceil(half)) if np.isfinite(half) else None


def _shared_hours(
    net: StakeholderNetwork, layer: str, counts: Sequence[str], first: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """Return at most how many hours a pair can have spent together: the shorter stay at every shared event."""
    hours = hour_table(net, layer, counts)
    if hours is None:
        return np.full(len(first), np.nan)
    total = np.zeros(len(first))
    step = max(1, CELLS // max(1, hours.shape[1]))
    for start in range(0, len(first), step):
        some = slice(start, start + step)
        total[some] = hours[first[some]].minimum(hours[second[some]]).sum(axis=1)
    return total


def _shared_dates(
    net: StakeholderNetwork, layer: str, seats: sparse.csr_array, first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the last day of the latest and the earliest shared event of every pair; NaT where there is none."""
    days = event_dates(net, layer)["end"].to_numpy()
    last = np.full(len(first), np.datetime64("NaT"), dtype=days.dtype)
    earliest = last.copy()
    place = np.full(seats.shape[0], fill_value=False)
    columns = sparse.csc_array(seats)
    for event in np.flatnonzero(~np.isnat(days)):
        place[:] = False
        place[columns.indices[columns.indptr[event] : columns.indptr[event + 1]]] = True
        both = np.flatnonzero(place[first] & place[second])
        last[both] = np.fmax(last[both], days[event])
        earliest[both] = np.fmin(earliest[both], days[event])
    return last, earliest
