"""How many bodies were never seen, when there is no register to compare with."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse, special

from stakeholder_net.findings._frame import as_finding, check_language, need
from stakeholder_net.findings._say import number, percent, phrase
from stakeholder_net.layers import incidence
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["accumulation", "unseen_actors"]

Floats = npt.NDArray[np.float64]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "estimate": (
        (
            "In {m} eventi sono stati visti {s} enti, di cui {q1} una volta sola e {q2} due volte: gli enti del campo "
            "sono almeno {chao} (stima di Chao; errore standard {se}), quindi almeno {unseen} mai visti. "
            "Copertura delle presenze: {coverage}."
        ),
        (
            "In {m} events {s} bodies were seen, {q1} of them once only and {q2} twice: the field holds at "
            "least {chao} (Chao's estimate; standard error {se}), so at least {unseen} never seen. Coverage "
            "of attendance: {coverage}."
        ),
    ),
    "complete": (
        "In {m} eventi sono stati visti {s} enti, nessuno una volta sola: nulla lascia pensare che altri manchino.",
        "In {m} events {s} bodies were seen, none of them once only: nothing suggests that others are missing.",
    ),
}
BLOCK = 2_000  # actors whose common meetings are counted together
COLUMNS: Final = (
    "n", "seen", "once", "twice", "chao2", "chao2_error", "chao2_low", "chao2_high", "unseen", "jackknife1",
    "jackknife1_error", "jackknife2", "bootstrap", "bootstrap_error", "coverage",
)  # fmt: skip


def unseen_actors(
    net: StakeholderNetwork, *, layer: str = "attendance", language: Language = "it"
) -> pd.DataFrame:
    """How many bodies of the field have never been seen at any event?

    Reads as: "at least so many bodies exist that no event has reached". A lower bound, for use where no register
    exists; it does not say who they are. With a register, ask ``absent_actors``.

    Chao2: S + (m-1)/m q1^2/(2 q2), and S + (m-1)/m q1(q1-1)/2 when nobody was seen exactly twice.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with attendance.
    layer : str
        The layer with events; each event is one look at the field.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row. ``n`` events, ``seen`` actors, ``once`` and ``twice`` seen; ``chao2`` with its standard error and
        its 95% interval (``chao2_low``, ``chao2_high``; log-normal about those never seen, Chao 1987), ``unseen`` =
        chao2 - seen, which is the score; jackknife of first and second order, bootstrap; ``coverage``:
        estimated share of all attendance that falls on bodies already seen. NaN where fewer than two events make an
        estimate impossible.

    Raises
    ------
    OptionError
        When nobody came to any event.

    References
    ----------
    Chao, A. (1987). Estimating the population size for capture-recapture data with unequal catchability. Biometrics
    43, 783-791. https://doi.org/10.2307/2531532
    Chao, A., Jost, L. (2012). Coverage-based rarefaction and extrapolation. Ecology 93, 2533-2547.
    https://doi.org/10.1890/11-1952.1

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abc"), "name": list("ABC"), "kind": "ets_odv"}),
    ...     events=pd.DataFrame({"event_id": ["E1", "E2"], "name": ["Uno", "Due"], "kind": "table"}),
    ...     attendance=pd.DataFrame({"actor_id": list("aabc"), "event_id": ["E1", "E2", "E1", "E2"],
    ...                              "status": "present"}))
    >>> float(unseen_actors(net)["chao2"].iloc[0])
    4.0
    """
    check_language(language)
    seats = incidence(net, layer)
    times = np.asarray(seats.sum(axis=1), dtype=np.float64).ravel()
    facts = {
        "seen": int((times > 0).sum()),
        "once": int((times == 1).sum()),
        "twice": int((times == 2).sum()),  # noqa: PLR2004 - seen twice
    }
    need(facts["seen"] > 0, f"Nobody was present at any event of the layer '{layer}'.", "Check the statuses.")
    m = seats.shape[1]
    values = {"n": m, **facts, **_estimates(seats, times)}
    values["unseen"] = values["chao2"] - facts["seen"]
    said = {
        "m": m, "s": facts["seen"], "q1": facts["once"], "q2": facts["twice"],
        "chao": number(values["chao2"], language, digits=0), "se": number(values["chao2_error"], language, digits=1),
        "unseen": number(values["unseen"], language, digits=0), "coverage": percent(values["coverage"], language),
    }  # fmt: skip
    why = phrase(_SENTENCES, "estimate" if facts["once"] else "complete", language, **said)
    events = net.events
    evidence = f"{m} events: " + ", ".join(list(events.index[events["layer"] == layer])[:12])
    row = {
        "finding": "unseen_actors",
        "actors": (),
        "score": values["unseen"],
        "why": why,
        "evidence": evidence,
    }
    return as_finding([row | values], COLUMNS)


def _interval(seen: int, never: float, variance: float) -> dict[str, float]:
    """Return the 95% interval of the lower bound: never below those who were seen."""
    if not never > 0:
        return {"chao2_low": seen + never, "chao2_high": seen + never}
    wide = float(np.exp(1.96 * np.sqrt(np.log1p(max(variance, 0.0) / never**2))))
    return {"chao2_low": seen + never / wide, "chao2_high": seen + never * wide}


def _estimates(seats: sparse.csr_array, times: Floats) -> dict[str, float]:
    m, seen = seats.shape[1], times[times > 0]
    s, q1, q2 = len(seen), float((seen == 1).sum()), float((seen == 2).sum())  # noqa: PLR2004 - seen twice
    if m < 2:  # noqa: PLR2004 - one look at the field says nothing of the rest
        return dict.fromkeys(COLUMNS[4:], np.nan)
    part = (m - 1) / m
    chao, variance = _chao(s, q1, q2, part)
    once_at = np.asarray(seats[times == 1].sum(axis=0)).ravel()  # how many at each event came to it alone
    missed = (1 - seen / m) ** m
    total = float(seen.sum())
    return {
        "chao2": chao, "chao2_error": float(np.sqrt(max(variance, 0.0))),
        **_interval(s, chao - s, variance),
        "jackknife1": s + q1 * part,
        "jackknife1_error": float(np.sqrt(max(part * (float((once_at**2).sum()) - q1**2 / m), 0.0))),
        "jackknife2": s + q1 * (2 * m - 3) / m - q2 * (m - 2) ** 2 / (m * (m - 1)),
        "bootstrap": s + float(missed.sum()), "bootstrap_error": float(np.sqrt(_bootstrap_variance(seats, times))),
        "coverage": 1 - q1 / total * ((m - 1) * q1 / ((m - 1) * q1 + 2 * q2) if q1 else 0.0),
    }  # fmt: skip


def _chao(s: int, q1: float, q2: float, part: float) -> tuple[float, float]:
    """Return Chao2 and its variance; bias-corrected when nobody was seen exactly twice."""
    if q2 > 0:
        odds = q1 / q2
        chao = s + part * q1**2 / (2 * q2)
        return chao, q2 * part * (0.5 + part * (1 + odds / 4) * odds) * odds**2
    chao = s + part * q1 * (q1 - 1) / 2
    return chao, part * q1 * (q1 - 1) / 2 + part**2 * q1 * (2 * q1 - 1) ** 2 / 4 - part**2 * q1**4 / chao / 4


def _bootstrap_variance(seats: sparse.csr_array, times: Floats) -> float:
    """Variance of the bootstrap estimate: for each pair, how often both are missing from a draw of m events.

    Pairs that never met differ only by how often each was seen, so they are counted by that and not made one by one.
    """
    m = seats.shape[1]
    here, seen = sparse.csr_array(seats[times > 0]), times[times > 0]
    missed = (1 - seen / m) ** m
    often, count = np.unique(seen, return_counts=True)
    apart = np.maximum((m - often[:, None] - often[None, :]) / m, 0.0) ** m
    strangers = float(count @ apart @ count)
    # every actor with itself, and those who met, more than once as strangers
    alone = float((np.maximum(1 - 2 * seen / m, 0.0) ** m).sum())
    met = 0.0
    for start in range(0, len(seen), BLOCK):
        both = sparse.coo_array(here[start : start + BLOCK] @ here.T)
        one, other = seen[both.row + start], seen[both.col]
        neither = (m - one - other + both.data) / m
        added = neither**m - np.maximum((m - one - other) / m, 0.0) ** m
        met += float(added[both.row + start != both.col].sum())
    pairs = strangers - alone + met - float(missed.sum()) ** 2 + float((missed**2).sum())
    return max(pairs + float((missed * (1 - missed)).sum()), 0.0)


def accumulation(net: StakeholderNetwork, *, layer: str = "attendance") -> pd.DataFrame:
    """How many different bodies would fewer events have reached?

    Exact: the mean over all choices of k of the m events, sum over actors of 1 - C(m - c, k) / C(m, k).

    Parameters
    ----------
    net : StakeholderNetwork
        Network with attendance.
    layer : str
        The layer with events.

    Returns
    -------
    pandas.DataFrame
        ``events`` (1 to m), ``expected_actors`` and its standard deviation ``sd`` over the choices of events. A curve
        that still climbs at its end says that more events would reach more bodies.

    References
    ----------
    Colwell, R. K., Mao, C. X., Chang, J. (2004). Interpolating, extrapolating, and comparing incidence-based species
    accumulation curves. Ecology 85, 2717-2727. https://doi.org/10.1890/03-0557

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("ab"), "name": list("AB"), "kind": "ets_odv"}),
    ...     events=pd.DataFrame({"event_id": ["E1", "E2"], "name": ["Uno", "Due"], "kind": "table"}),
    ...     attendance=pd.DataFrame({"actor_id": list("aab"), "event_id": ["E1", "E2", "E2"], "status": "present"}))
    >>> accumulation(net)["expected_actors"].tolist()
    [1.5, 2.0]
    """
    seats = incidence(net, layer)
    m = seats.shape[1]
    times = np.asarray(seats.sum(axis=1)).ravel()
    here, seen = seats[times > 0], times[times > 0]
    both = (here @ here.T).toarray()
    events = np.arange(1, m + 1)
    expected, spread = np.zeros(m), np.zeros(m)
    for place, k in enumerate(events):
        missed = special.comb(m - seen, k) / special.comb(m, k)
        # both missed: no event of the choice holds either
        neither = special.comb(m - seen[:, None] - seen[None, :] + both, k) / special.comb(m, k)
        pairs = neither - np.outer(missed, missed)
        np.fill_diagonal(pairs, missed * (1 - missed))
        expected[place], spread[place] = float((1 - missed).sum()), max(float(pairs.sum()), 0.0)
    return pd.DataFrame({"events": events, "expected_actors": expected, "sd": np.sqrt(spread)})
