"""Presence against inhabitants, and how evenly taking part is spread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from stakeholder_net.findings._frame import as_finding, check_language, need, records, town_population
from stakeholder_net.findings._say import number, p_value, percent, phrase, plural
from stakeholder_net.findings.representation import presences
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["inequality", "participation_inequality", "presence_per_inhabitants"]

Floats = npt.NDArray[np.float64]
PER: Final = 10_000

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "town": (
        (
            "{town}: {x} {bodies} su {population} abitanti, {rate} ogni 10.000 (intervallo 95 %: "
            "{low}-{high}); in base agli abitanti se ne attendevano {expected} ({p})."
        ),
        (
            "{town}: {x} {bodies} for {population} inhabitants, {rate} per 10,000 (95% interval {low}-{high}); by "
            "inhabitants {expected} were to be expected ({p})."
        ),
    ),
    "unknown": (
        "{town}: {x} {bodies}; abitanti non noti, nessun confronto possibile.",
        "{town}: {x} {bodies}; inhabitants not known, no comparison possible.",
    ),
    "attendances_per_registered_actor": (
        "Presenze per ente del registro (n = {n}): indice di Gini {gini}; il 10 % più presente ne tiene il {top}.",
        "Attendances per registered body (n = {n}): Gini index {gini}; the top 10% hold {top} of them.",
    ),
    "attendances_per_present_actor": (
        "Presenze per ente venuto almeno una volta (n = {n}): indice di Gini {gini}.",
        "Attendances per body that came at least once (n = {n}): Gini index {gini}.",
    ),
    "present_per_municipality": (
        "Enti presenti per comune (n = {n}): indice di Gini {gini}.",
        "Bodies present per municipality (n = {n}): Gini index {gini}.",
    ),
    "present_vs_population_concentration": (
        "Enti presenti rispetto agli abitanti (n = {n} comuni): concentrazione {gini}.",
        "Bodies present against inhabitants (n = {n} municipalities): concentration {gini}.",
    ),
}
COLUMNS: Final = (
    "municipality", "population", "registered", "present", "attendances", "n", "x", "rate", "low", "high",
    "registered_rate", "expected", "location_quotient", "p_poisson", "p",
)  # fmt: skip


def _population(net: StakeholderNetwork, given: Mapping[str, float] | None) -> pd.Series:
    """Return inhabitants by municipality: as given, else as the actors tell them."""
    if given is not None:
        return pd.Series({str(town): float(count) for town, count in given.items()}, dtype="float64")
    people = town_population(net.actors)
    need(
        len(people) > 0,
        "The inhabitants of the municipalities are not known.",
        "Give population={'Ascoli Piceno': 45000, ...}, or a register of municipalities with a column of inhabitants.",
    )
    return people


def presence_per_inhabitants(
    net: StakeholderNetwork,
    *,
    population: Mapping[str, float] | None = None,
    layer: str = "attendance",
    language: Language = "it",
) -> pd.DataFrame:
    """Which municipalities are heard less than their inhabitants would let expect?

    Parameters
    ----------
    net : StakeholderNetwork
        Network whose actors carry ``municipality`` and ``registered``; when nobody is registered all actors count.
    population : mapping of str to float, optional
        Inhabitants by municipality; by default the column ``population`` of the actors. Every
        municipality named here has a row, also without actors.
    layer : str
        The layer with events.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a municipality, most missing first. ``x`` bodies present, ``n`` inhabitants, ``rate`` and its exact
        Poisson interval (Garwood) per 10,000; ``expected`` by share of inhabitants, ``location_quotient`` x/expected,
        ``p`` exact binomial lower tail, ``p_poisson`` the Poisson one. ``score``: presences missing. Municipalities
        whose inhabitants are not known come last, with NaN.

    Raises
    ------
    OptionError
        When no inhabitants are known or a number is not above zero.

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    https://doi.org/10.1093/biomet/28.3-4.437

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("ab"), "name": list("AB"), "kind": "ets_odv",
    ...                          "municipality": ["Ascoli Piceno", "Folignano"], "registered": True}),
    ...     events=pd.DataFrame({"event_id": ["E1"], "name": ["Tavolo"], "kind": "table"}),
    ...     attendance=pd.DataFrame({"actor_id": ["a"], "event_id": "E1", "status": "present"}))
    >>> towns = {"Ascoli Piceno": 45000, "Folignano": 9000}
    >>> presence_per_inhabitants(net, population=towns)[["municipality", "x", "rate"]].round(2)
        municipality  x  rate
    0      Folignano  0  0.00
    1  Ascoli Piceno  1  0.22
    """
    check_language(language)
    people = _population(net, population)
    need(len(people) > 0 and bool((people > 0).all()), "Inhabitants must be numbers above zero.")
    actors = net.actors
    came = presences(net, layer)
    counted = actors["registered"] if actors["registered"].any() else pd.Series(data=True, index=actors.index)
    town = actors["municipality"].astype("str").fillna("")
    frame = pd.DataFrame({"town": town, "registered": counted, "present": (came > 0) & counted,
                          "attendances": came.where(counted, 0)})  # fmt: skip
    table = frame.groupby("town")[["registered", "present", "attendances"]].sum().astype("int64")
    towns = [*people.index, *(t for t in table.index if t and t not in people.index)]
    table = table.reindex(towns, fill_value=0).rename_axis("municipality").reset_index()
    return _town_rows(_rates(table, people), net, frame, language)


def _rates(table: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    table["population"] = table["municipality"].map(people).astype("float64")
    n, x = table["population"], table["present"].where(table["population"].notna())
    total, everybody = float(x.sum()), float(n.sum())
    table["n"], table["x"] = n, table["present"]
    table["rate"] = PER * x / n
    table["low"] = PER * _garwood_low(x.to_numpy(dtype=np.float64)) / n
    table["high"] = PER * special.gammaincinv(x + 1, 0.975) / n
    table["registered_rate"] = PER * table["registered"] / n
    table["expected"] = total * n / everybody
    table["location_quotient"] = (x / table["expected"]).where(table["expected"] > 0)
    table["p_poisson"] = special.pdtr(x, table["expected"])
    share = np.clip(n / everybody, 0.0, 1.0).to_numpy(dtype=np.float64)
    here = table["present"].where(x.notna(), 0).to_numpy(dtype=np.int64)
    table["p"] = np.where(x.isna(), np.nan, special.bdtr(here, np.full(len(here), int(total)), share))
    table["score"] = (table["expected"] - x).clip(lower=0.0)
    return table.sort_values(["score", "p"], ascending=[False, True], kind="stable", na_position="last")


def _garwood_low(x: Floats) -> Floats:
    return np.where(x > 0, special.gammaincinv(np.maximum(x, 0.5), 0.025), np.where(np.isnan(x), np.nan, 0.0))


def _town_rows(
    table: pd.DataFrame, net: StakeholderNetwork, frame: pd.DataFrame, language: Language
) -> pd.DataFrame:
    gone = frame[frame["registered"] & ~frame["present"]]
    missing = {str(town): tuple(group.index) for town, group in gone.groupby("town")}
    rows = []
    for row in records(table):
        said = {
            "town": row["municipality"], "x": row["x"], "bodies": plural("bodies_present", row["x"], language),
            "population": number(row["population"], language, digits=0), "rate": number(row["rate"], language),
            "low": number(row["low"], language), "high": number(row["high"], language),
            "expected": number(row["expected"], language, digits=1), "p": p_value(row["p"], language),
        }  # fmt: skip
        key = "town" if np.isfinite(row["population"]) else "unknown"
        rows.append(row | {
            "finding": "presence_per_inhabitants", "actors": missing.get(row["municipality"], ()),
            "why": phrase(_SENTENCES, key, language, **said), "evidence": net.source,
        })  # fmt: skip
    return as_finding(rows, COLUMNS)


def inequality(values: npt.ArrayLike) -> dict[str, float]:
    """How unevenly is a quantity spread?

    Parameters
    ----------
    values : array of float
        Not negative, one per body.

    Returns
    -------
    dict of str to float
        ``gini`` (no small-sample correction; 0 all equal), ``hhi`` (sum of squared shares), ``theil`` and ``top_10``
        (share held by the top tenth, rounded to whole bodies). NaN where nothing is held at all.

    Raises
    ------
    OptionError
        When a value is negative or missing.

    Examples
    --------
    >>> inequality([1, 1, 1, 1])["gini"], inequality([0, 0, 0, 4])["gini"]
    (0.0, 0.75)
    """
    x = np.sort(np.atleast_1d(np.asarray(values, dtype=np.float64)))
    need(bool(np.all(x >= 0)), "Inequality is defined for values that are not negative and not missing.")
    n, total = len(x), float(x.sum())
    if not n or total <= 0:
        return dict.fromkeys(("gini", "hhi", "theil", "top_10"), float("nan"))
    ranks = np.arange(1, n + 1)
    ratio = x / x.mean()
    top = max(1, round(0.1 * n))
    return {
        "gini": float(2 * (ranks * x).sum() / (n * total) - (n + 1) / n), "hhi": float(((x / total) ** 2).sum()),
        "theil": float(special.xlogy(ratio, ratio).mean()), "top_10": float(x[n - top :].sum() / total),
    }  # fmt: skip


def concentration(values: npt.ArrayLike, population: npt.ArrayLike) -> float:
    """Return the Gini index of a Lorenz curve over inhabitants: units ordered by their rate, weighted by people."""
    x, n = np.asarray(values, dtype=np.float64), np.asarray(population, dtype=np.float64)
    if x.sum() <= 0:
        return float("nan")
    order = np.argsort(x / n, kind="stable")
    people = np.concatenate([[0.0], np.cumsum(n[order]) / n.sum()])
    held = np.concatenate([[0.0], np.cumsum(x[order]) / x.sum()])
    return float(1 - ((people[1:] - people[:-1]) * (held[1:] + held[:-1])).sum())


def participation_inequality(
    net: StakeholderNetwork,
    *,
    population: Mapping[str, float] | None = None,
    layer: str = "attendance",
    language: Language = "it",
) -> pd.DataFrame:
    """Do a few bodies and towns make up most of the attendance?

    Parameters
    ----------
    net : StakeholderNetwork
        Network with a register (``registered``) and attendance.
    population : mapping of str to float, optional
        Inhabitants by municipality, for the concentration against inhabitants; see ``presence_per_inhabitants``.
    layer : str
        The layer with events.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a variable: attendances per registered actor, per actor that came, bodies present per municipality
        and, when inhabitants are known, their concentration against inhabitants. ``score`` is the Gini index.

    Raises
    ------
    OptionError
        When no actor is registered.
    """
    check_language(language)
    actors = net.actors
    need(bool(actors["registered"].any()), "No actor of this network is registered.", "Add a register.")
    came = presences(net, layer)[actors["registered"]]
    variables: dict[str, Any] = {
        "attendances_per_registered_actor": inequality(came),
        "attendances_per_present_actor": inequality(came[came > 0]),
    }
    sizes = {
        "attendances_per_registered_actor": len(came),
        "attendances_per_present_actor": int((came > 0).sum()),
    }
    if population is not None or len(town_population(actors)):
        towns = presence_per_inhabitants(net, population=population, layer=layer)
        towns = towns[towns["population"].notna()]
        variables["present_per_municipality"] = inequality(towns["x"])
        gini = concentration(towns["x"], towns["population"])
        variables["present_vs_population_concentration"] = {"gini": gini}
        sizes |= dict.fromkeys(
            ("present_per_municipality", "present_vs_population_concentration"), len(towns)
        )
    rows = [
        {
            "finding": "participation_inequality", "actors": (), "score": values["gini"], "variable": name,
            "why": phrase(_SENTENCES, name, language, n=sizes[name], gini=number(values["gini"], language),
                          top=percent(values.get("top_10", np.nan), language)),
            "evidence": net.source, "n": sizes[name], **values,
        }
        for name, values in variables.items()
    ]  # fmt: skip
    return as_finding(rows, ["variable", "n", "gini", "hhi", "theil", "top_10"])
