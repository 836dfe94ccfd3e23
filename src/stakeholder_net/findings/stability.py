"""How far a ranking may be believed: every measure beside what an incomplete register would change."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from stakeholder_net.errors import OptionError
from stakeholder_net.findings._frame import as_finding, check_language
from stakeholder_net.findings._say import actor_label, number, percent, phrase
from stakeholder_net.layers import two_mode_layers
from stakeholder_net.measures import case_dropping, event_bootstrap
from stakeholder_net.measures._joint import JointBetweenness
from stakeholder_net.measures.tables import Measure, named_measure
from stakeholder_net.measures.uncertainty import places_without_each_event, ranks
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["stability"]

SURELY: Final = 0.95
PERHAPS: Final = 0.05
DO_NOT_RANK, GOOD = 0.25, 0.5
COLUMNS: Final = (
    "standing", "measure", "value", "rank", "rank_low", "rank_high", "rank_best", "rank_worst", "p_top", "top",
    "coefficient", "ranking", "draws", "sources", "seed",
)  # fmt: skip

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "sure": ("{name} è di certo fra i primi {top}", "{name} is surely among the first {top}"),
    "perhaps": ("{name} è forse fra i primi {top}", "{name} is perhaps among the first {top}"),
    "out": ("{name} non è fra i primi {top}", "{name} is not among the first {top}"),
    "undefined": ("{name}: la misura non è definita", "{name}: the measure is not defined"),
    "drawn": (
        (": {rank}º posto; estraendo di nuovo gli eventi, dal {low}º al {high}º posto in 95 casi su 100 e fra i primi "
        "{top} in {cases} casi su 100; togliendo un evento alla volta, dal {best}º al {worst}º."),
        (": place {rank}; with the events drawn anew, places {low} to {high} in 95 cases of 100 and among the first "
        "{top} in {cases} of 100; leaving out one event at a time, places {best} to {worst}."),
    ),
    "drawn_only": (
        (": {rank}º posto; estraendo di nuovo gli eventi, dal {low}º al {high}º posto in 95 casi su 100 e fra i primi "
        "{top} in {cases} casi su 100."),
        (": place {rank}; with the events drawn anew, places {low} to {high} in 95 cases of 100 and among the first "
        "{top} in {cases} of 100."),
    ),
    "left_out": (
        (": {rank}º posto; togliendo un attore alla volta, dal {best}º al {worst}º, fra i primi {top} in {cases} "
        "casi su 100. La rete non ha eventi da estrarre di nuovo."),
        (": place {rank}; leaving out one actor at a time, places {best} to {worst}, among the first {top} in {cases} "
        "of 100. The network has no events to draw anew."),
    ),
    "do_not_rank": (
        "Non stilare la classifica: basta che manchi il {share} degli attori perché cambi.",
        "Do not rank: the order changes as soon as {share} of the actors are missing.",
    ),
    "with_care": (
        "Classifica da leggere con cautela: regge se manca fino al {share} degli attori.",
        "Rank with care: the order holds with up to {share} of the actors missing.",
    ),
    "good": (
        "Classifica solida: regge se manca fino al {share} degli attori.",
        "A firm ranking: the order holds with up to {share} of the actors missing.",
    ),
    "not_looked": ("Non si è guardato quanti attori possano mancare.", "How many actors may be missing was not tried."),
}  # fmt: skip
_STANDING: Final = {"sure": "surely_in", "perhaps": "perhaps_in", "out": "out", "undefined": "undefined"}


def stability(  # noqa: PLR0913 - one keyword a choice
    measure: str | Measure,
    net: StakeholderNetwork,
    *,
    seed: int,
    top: int = 5,
    highest: bool = True,
    draws: int = 500,
    one_by_one: bool = True,
    cases: int = 200,
    n_jobs: int | None = None,
    language: Language = "it",
    progress: bool = True,
) -> pd.DataFrame:
    """Who is surely among the first, who only perhaps, and may one rank at all?

    Any measure is put beside what an incomplete register would change: the events drawn anew, one event left out at a
    time, and a share of the actors missing. A network without events is tried by leaving out one actor at a time.

    Reads as: "the Comune and the ATS are surely among the first five; three more perhaps". Print that, not the order
    within it.

    Parameters
    ----------
    measure : str or callable
        A name from :func:`catalogue`, or a function from a network to a Series of its actors. A measure of one layer
        over a network of several is given as ``lambda net: betweenness(flatten(net))``.
    net : StakeholderNetwork
        Network that the measure takes, with ties derived from its events where there are events.
    seed : int
        Of the random numbers.
    top : int
        How many first places are meant.
    highest : bool
        Whether the highest value or the lowest (``constraint``) comes first.
    draws : int
        How often events are drawn.
    one_by_one : bool
        Leave out each event once too. Without it ``rank_best`` and ``rank_worst`` stay empty, and the draws, of which
        each misses a third of the events, decide alone.
    cases : int
        Draws for each share of missing actors; 0 leaves this part out.
    n_jobs : int, optional
        Processes that share the draws, -1 for every processor; what comes out is the same.
    language : {"it", "en"}
        Language of ``why``.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    pandas.DataFrame
        One row an actor, best place first. ``standing``: ``surely_in`` (among the first in at least 95 % of the draws,
        whichever event is left out), ``perhaps_in`` (in at least 5 %, or once an event is left out), ``out`` or
        ``undefined``. ``score`` is ``p_top``, known to within twice sqrt(p (1 - p) / draws). ``sources``: from how
        many actors ways were followed in each draw, 0 for all. ``coefficient``: greatest share of actors that may
        be missing; ``ranking``: ``do_not_rank`` below 0.25, ``good`` from 0.5, else ``with_care``.

    Raises
    ------
    OptionError
        When `top`, `draws` or `cases` is too small, or ties are no longer those of :func:`project`.
    UnknownNameError
        When the name is not a measure.

    References
    ----------
    Epskamp, S., Borsboom, D., Fried, E. I. (2018). Estimating psychological networks and their accuracy. Behavior
    Research Methods 50, 195-212. https://doi.org/10.3758/s13428-017-0862-1

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abcd"), "name": list("ABCD"), "kind": ["comune"] * 4}),
    ...     ties=pd.DataFrame({"source": ["a"] * 3, "target": list("bcd"), "layer": "partnership", "weight": 1.0}))
    >>> stability("degree", net, seed=1, top=1, cases=0)[["actors", "standing"]].head(2)
      actors    standing
    0   (a,)   surely_in
    1   (b,)  perhaps_in
    """
    check_language(language)
    if top < 1 or cases < 0:
        raise OptionError("top must be at least 1 and cases not below 0.")
    function = _by_events(measure, net)
    derived = [name for name in two_mode_layers(net) if (net.ties["layer"] == name).any()]
    if derived:
        table = event_bootstrap(
            net, function, times=draws, top=top, highest=highest, seed=seed, n_jobs=n_jobs, progress=progress
        ).assign(rank_best=np.nan, rank_worst=np.nan)
        if one_by_one:
            left_out = places_without_each_event(
                net, function, whole=table["value"], highest=highest, n_jobs=n_jobs, progress=progress
            )
            table = table.assign(**left_out)
    else:
        table = _without_each(net, function, top, highest=highest)
    firm = (
        case_dropping(net, function, times=cases, seed=seed, progress=progress).coefficient
        if cases
        else np.nan
    )
    sources = function.sources or 0 if derived and isinstance(function, JointBetweenness) else 0
    how = _How(_name_of(measure), firm, top, draws if derived else 0, sources, seed, language)
    return _rows(net, table, how)


@dataclass(frozen=True, slots=True)
class _How:
    """What every row tells of: the measure, how firm its ranking is, and how that was found."""

    measure: str
    firm: float
    top: int
    draws: int
    sources: int
    seed: int
    language: Language


def _by_events(measure: str | Measure, net: StakeholderNetwork) -> Measure:
    """Return the measure; betweenness of one undirected layer in the form that needs no network for each draw."""
    if measure == "betweenness" and len(net.layer_names) == 1 and not net.layers["directed"].any():
        return JointBetweenness()
    return named_measure(measure)


def _without_each(net: StakeholderNetwork, function: Measure, top: int, *, highest: bool) -> pd.DataFrame:
    """Return places with one other actor left out at a time, for a network without events."""
    whole = function(net)
    places = {}
    for actor in net.actors.index:
        rest = net.keep(other for other in net.actors.index if other != actor)
        places[actor] = ranks(function(rest), highest=highest)
    moved = pd.DataFrame(places, index=net.actors.index)
    return pd.DataFrame(
        {
            "value": whole,
            "rank": ranks(whole, highest=highest),
            "rank_low": np.nan,
            "rank_high": np.nan,
            "rank_best": moved.min(axis=1),
            "rank_worst": moved.max(axis=1),
            # an actor takes no place in the network without it
            "p_top": (moved <= top).sum(axis=1) / max(net.n_actors - 1, 1),
        }
    )


def _rows(net: StakeholderNetwork, table: pd.DataFrame, how: _How) -> pd.DataFrame:
    ids = net.actors.index
    label = pd.Series(actor_label(net.actors, ids), index=ids)
    verdict = _verdict(how.firm)
    evidence = phrase(_SENTENCES, verdict, how.language, share=percent(how.firm, how.language))
    order = table["rank"].fillna(np.inf).sort_values(kind="stable").index
    rows = []
    for actor, row in zip(order, table.loc[order].to_dict("records"), strict=True):
        standing = _standing(row, how)
        own: dict[str, Any] = {name: row[name] for name in COLUMNS if name in row}
        rows.append(
            {
                "finding": "stability",
                "actors": (actor,),
                "score": row["p_top"],
                "why": _why(str(label[actor]), row, standing, how),
                "evidence": evidence,
                **own,
                "standing": _STANDING[standing],
                "measure": how.measure,
                "top": how.top,
                "coefficient": how.firm,
                "ranking": verdict,
                "draws": how.draws,
                "sources": how.sources,
                "seed": how.seed,
            }
        )
    return as_finding(rows, COLUMNS).astype({"standing": "str", "measure": "str", "ranking": "str"})


def _why(name: str, row: Mapping[Hashable, Any], standing: str, how: _How) -> str:
    places = {
        key: number(row[f"rank_{key}"], how.language, digits=0) for key in ("low", "high", "best", "worst")
    }
    parts = {
        "name": name,
        "top": how.top,
        "cases": number(100 * row["p_top"], how.language, digits=0),
        "rank": number(row["rank"], how.language, digits=0),
        **places,
    }
    said = phrase(_SENTENCES, standing, how.language, **parts)
    if standing == "undefined":
        return f"{said}."
    drawn = "drawn_only" if np.isnan(row["rank_worst"]) else "drawn"
    return said + phrase(_SENTENCES, drawn if how.draws else "left_out", how.language, **parts)


def _standing(row: Mapping[Hashable, Any], how: _How) -> str:
    if np.isnan(row["rank"]):
        return "undefined"
    inside = row["rank"] <= how.top
    # an empty worst place, where no event was left out by itself, is not beyond the first
    if inside and row["p_top"] >= (SURELY if how.draws else 1.0) and not row["rank_worst"] > how.top:
        return "sure"
    return "perhaps" if inside or row["p_top"] >= PERHAPS or row["rank_best"] <= how.top else "out"


def _verdict(firm: float) -> str:
    if np.isnan(firm):
        return "not_looked"
    if firm < DO_NOT_RANK:
        return "do_not_rank"
    return "good" if firm >= GOOD else "with_care"


def _name_of(measure: str | Measure) -> str:
    return measure if isinstance(measure, str) else str(getattr(measure, "__name__", "measure"))
