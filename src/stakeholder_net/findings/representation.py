"""Who is missing: the bodies of a register against those that came."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, Final

import numpy as np
import pandas as pd

from stakeholder_net.findings._frame import as_finding, attribute, check_language, need, records
from stakeholder_net.findings._say import (
    actor_label,
    kind_label,
    listed,
    number,
    p_value,
    percent,
    phrase,
    plural,
    sources_of,
)
from stakeholder_net.findings._statistics import (
    benjamini_hochberg,
    hypergeometric_lower,
    hypergeometric_two_sided,
    share_interval,
)
from stakeholder_net.layers import incidence
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, LAYERS, STATUSES, Language

__all__ = ["absent_actors", "presences", "representation"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "present": (
        (
            "{group}: almeno una presenza per {x} su {n} del registro ({share}; intervallo 95 %: {low}-{high}). Tra i "
            "presenti {group} pesa {ratio} volte quanto pesa nel registro ({p}, su {family} gruppi {q})."
        ),
        (
            "{group}: {x} of {n} in the register came at least once ({share}; 95% interval {low}-{high}). Among those "
            "present, {group} weighs {ratio} times its weight in the register ({p}, over {family} groups {q})."
        ),
    ),
    "never": (
        (
            "{group}: nessuna presenza, {n} in registro (a parità di presenza se ne attendevano "
            "{expected}; {p}, su {family} gruppi {q})."
        ),
        (
            "{group}: none of the {n} in the register ever came ({expected} were expected; {p}, over {family} "
            "groups {q})."
        ),
    ),
    "none_exists": (
        "{group}: il registro non contiene alcun ente; non c'è chi invitare, il vuoto è del territorio o del registro.",
        (
            "{group}: the register has no such body; there is nobody to invite, the gap is in the territory or in the "
            "register."
        ),
    ),
    "below_80": (
        " Sotto l'80 % del gruppo più presente: indizio da leggere con n = {n} e {p}.",
        " Below 80% of the best group: a hint to be read with n = {n} and {p}.",
    ),
    "missing": (" Mai venuti: {names}.", " Never came: {names}."),
    "adjusted": ("p corretto", "corrected p"),
    "unstated": ("non indicato", "not stated"),
    "registered_never_came": (
        "{name} ({kind}) è nel registro e non risulta presente a nessuno dei {events} eventi ({layer}).",
        "{name} ({kind}) is in the register and was at none of the {events} events ({layer}).",
    ),
    "invited_never_came": (
        "{name} ({kind}) risulta invitato o annunciato {times} {often}, mai presente ({layer}).",
        "{name} ({kind}) was invited or announced {times} {often} and never came ({layer}).",
    ),
    "presence_not_stated": (
        "{name} ({kind}) è citato in {times} {held}, ma le fonti non dicono se fosse presente ({layer}).",
        "{name} ({kind}) is named at {times} {held}, but the sources do not say whether it was there ({layer}).",
    ),
    "not_in_register": (
        "{name} ({kind}) ha partecipato a {times} {held} e non è in alcun registro: da censire.",
        "{name} ({kind}) took part in {times} {held} and is in no register: to be entered.",
    ),
}

_GAP_COLUMNS: Final = (
    "registered",
    "present",
    "absent",
    "n",
    "x",
    "share",
    "low",
    "high",
    "low_exact",
    "high_exact",
    "share_register",
    "share_present",
    "ratio",
    "rate_ratio_rest",
    "rate_ratio_best",
    "below_80_percent",
    "expected",
    "sd",
    "z",
    "p",
    "p_upper",
    "p_two_sided",
    "p_adjusted",
    "status",
)


def presences(net: StakeholderNetwork, layer: str) -> pd.Series:
    """Return for each actor at how many events of the layer it was."""
    return pd.Series(np.asarray(incidence(net, layer).sum(axis=1)).ravel(), index=net.actors.index).astype(
        "int64"
    )


def _group_label(column: str, value: str, language: Language) -> str:
    if not value:
        return phrase(_SENTENCES, "unstated", language)
    return kind_label(value, language) if column in ("kind", "kind_group") else value


def representation(
    net: StakeholderNetwork,
    by: str | Sequence[str] = "kind",
    *,
    layer: str = "attendance",
    language: Language = "it",
) -> pd.DataFrame:
    """Who is missing, compared with the register of those who could have come?

    Reads as: "associations are 20 % of the register and 10 % of those present; with 41 present of 80 that is seldom
    chance". It does not read as: "associations are excluded". The 80 % rule never stands without n and p.

    Parameters
    ----------
    net : StakeholderNetwork
        Network whose actors carry ``registered``: the register is made of those for whom it is true.
    by : str or sequence of str
        A column of the actors, ``"kind_group"``, or several columns for their crossings. A body with several themes
        counts in each.
    layer : str
        The layer with events at which one could be present. Announced and absent are not present.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a group (for crossings: each pair of values that occur, also when empty), most wanted first. ``score``
        is how many presences are missing for the group to weigh as it does in the register, NaN where no such actor
        exists. ``low`` and ``high`` are Wilson's, ``low_exact`` and ``high_exact`` Clopper and Pearson's; ``p`` is the
        exact hypergeometric lower tail (finite register), ``p_two_sided`` Fisher's, ``p_adjusted`` is
        `p` corrected over all groups (Benjamini and Hochberg). ``status`` parts "no such actor exists" from "exists,
        never came". ``actors`` are those never seen.

    Raises
    ------
    OptionError
        When no actor is registered.
    UnknownNameError
        When a column or the layer does not exist.

    References
    ----------
    Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.4 D (the four-fifths rule).
    Wilson, E. B. (1927). Probable inference. Journal of the American Statistical Association 22, 209-212.
    https://doi.org/10.1080/01621459.1927.10502953

    Examples
    --------
    >>> import pandas as pd
    >>> from stakeholder_net import StakeholderNetwork
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abcd"), "name": list("ABCD"), "registered": True,
    ...                          "kind": ["comune", "comune", "ets_odv", "ets_odv"]}),
    ...     events=pd.DataFrame({"event_id": ["E1"], "name": ["Tavolo"], "kind": ["table"]}),
    ...     attendance=pd.DataFrame({"actor_id": ["a", "b"], "event_id": "E1", "status": "present"}))
    >>> representation(net, "kind")[["kind", "n", "x", "ratio", "p", "status"]]
          kind  n  x  ratio         p               status
    0  ets_odv  2  0    0.0  0.166667  exists, never came
    1   comune  2  2    2.0  1.000000              present
    """
    check_language(language)
    columns = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    need(
        bool(columns),
        "by= names no column.",
        "Give one, for instance by='kind', or several for their crossing.",
    )
    registered = net.actors["registered"]
    need(
        bool(registered.any()),
        "No actor of this network is registered: there is nothing to compare with.",
        "Add a register (a table of the bodies that could come) to the project, or use unseen_actors(net).",
    )
    present = presences(net, layer) > 0
    values = reduce(lambda a, b: a.merge(b, on="actor_id"), [attribute(net, column) for column in columns])
    values["registered"] = values["actor_id"].map(registered).astype("bool")
    values["present"] = values["actor_id"].map(present).astype("bool") & values["registered"]
    table = _counts(values, columns, total=int(registered.sum()), drawn=int((present & registered).sum()))
    return _gap_rows(net, table, values, columns, layer, language)


def _counts(values: pd.DataFrame, columns: list[str], *, total: int, drawn: int) -> pd.DataFrame:
    """Return the numbers of each group; the family of the correction is all groups that can be tested."""
    table = values.groupby(columns, sort=True)[["registered", "present"]].sum().astype("int64")
    if len(columns) > 1:
        levels = [sorted(values[column].unique()) for column in columns]
        table = table.reindex(pd.MultiIndex.from_product(levels, names=columns), fill_value=0)
    n, x = table["registered"], table["present"]
    with np.errstate(invalid="ignore", divide="ignore"):
        table["absent"], table["n"], table["x"] = n - x, n, x
        table["share"] = (x / n).where(n > 0)
        table["low"], table["high"] = share_interval(x, n)
        table["low_exact"], table["high_exact"] = share_interval(x, n, method="clopper_pearson")
        table["share_register"] = n / total
        table["share_present"] = x / drawn if drawn else np.nan
        table["ratio"] = (table["share_present"] / table["share_register"]).where(n > 0)
        table["rate_ratio_rest"] = (table["share"] / ((drawn - x) / (total - n).where(n < total))).replace(
            np.inf, np.nan
        )
        best = table["share"].max()
        table["rate_ratio_best"] = table["share"] / best if best > 0 else np.nan
        table["below_80_percent"] = table["rate_ratio_best"] < 0.8  # noqa: PLR2004 - the rule's own number
        table["expected"] = n * drawn / total
        spread: pd.Series = n * drawn / total * (1 - drawn / total) * (total - n) / max(total - 1, 1)
        table["sd"] = spread**0.5
        table["z"] = (x - table["expected"]) / table["sd"].where(table["sd"] > 0)
    table["p"] = np.where(n > 0, hypergeometric_lower(x, n, total, drawn), np.nan)
    table["p_upper"] = np.where(
        n > 0, np.minimum(1.0, 1 - hypergeometric_lower(x - 1, n, total, drawn)), np.nan
    )
    table["p_two_sided"] = np.where(n > 0, hypergeometric_two_sided(x, n, total, drawn), np.nan)
    table["p_adjusted"] = benjamini_hochberg(table["p"])
    table["status"] = np.select([n == 0, x == 0], ["no such actor exists", "exists, never came"], "present")
    table["score"] = (table["expected"] - x).clip(lower=0.0).where(n > 0)
    return table.sort_values(
        ["score", "p"], ascending=[False, True], kind="stable", na_position="last"
    ).reset_index()


def _gap_rows(  # noqa: PLR0913, PLR0917 - the table, and what its sentences need
    net: StakeholderNetwork,
    table: pd.DataFrame,
    values: pd.DataFrame,
    columns: list[str],
    layer: str,
    language: Language,
) -> pd.DataFrame:
    members = values[values["registered"]].groupby(columns)["actor_id"].agg(tuple).to_dict()
    missing = (
        values[values["registered"] & ~values["present"]].groupby(columns)["actor_id"].agg(tuple).to_dict()
    )
    sources = _sources(net, layer)
    actors, family = net.actors, int(table["p"].notna().sum())
    rows: list[dict[str, Any]] = []
    for row in records(table):
        key = tuple(row[column] for column in columns)
        key = key[0] if len(columns) == 1 else key
        group = " · ".join(_group_label(column, row[column], language) for column in columns)
        gone = missing.get(key, ())
        why = _gap_sentence(row, group, family, language)
        if gone and len(gone) < row["n"]:
            why += phrase(_SENTENCES, "missing", language, names=listed(actor_label(actors, gone), language))
        evidence = sources_of([place for actor in members.get(key, ()) for place in sources.get(actor, ())])
        rows.append(
            {
                **row,
                "finding": "representation",
                "actors": gone,
                "why": why,
                "evidence": evidence,
                "group": group,
            }
        )
    return as_finding(rows, ["group", *columns, *_GAP_COLUMNS])


def _gap_sentence(row: dict[str, Any], group: str, family: int, language: Language) -> str:
    if row["status"] == "no such actor exists":
        return phrase(_SENTENCES, "none_exists", language, group=group)
    parts = {
        "group": group,
        "n": row["n"],
        "x": row["x"],
        "share": percent(row["share"], language),
        "low": percent(row["low"], language),
        "high": percent(row["high"], language),
        "ratio": number(row["ratio"], language),
        "expected": number(row["expected"], language, digits=1),
        "p": p_value(row["p"], language),
        "q": p_value(row["p_adjusted"], language, name=phrase(_SENTENCES, "adjusted", language)),
        "family": family,
    }
    why = phrase(_SENTENCES, "never" if row["x"] == 0 else "present", language, **parts)
    if row["below_80_percent"]:
        why += phrase(_SENTENCES, "below_80", language, **parts)
    return why


def _sources(net: StakeholderNetwork, layer: str) -> dict[str, tuple[str, ...]]:
    """Return for each actor the rows that say that it was present."""
    rows = net.attendance
    events = net.events
    rows = rows[
        rows["status"].isin(COUNTING_STATUSES) & rows["event_id"].isin(events.index[events["layer"] == layer])
    ]
    return dict(rows.groupby("actor_id")["source"].agg(tuple).items())  # type: ignore[arg-type]


_ABSENT = ("invited_never_came", "registered_never_came", "presence_not_stated", "not_in_register")


def absent_actors(
    net: StakeholderNetwork, *, layer: str = "attendance", language: Language = "it"
) -> pd.DataFrame:
    """Which bodies never came, which were invited and never came, and who came without being in any register?

    Parameters
    ----------
    net : StakeholderNetwork
        Network with attendance; the register is made of the actors for whom ``registered`` is true.
    layer : str
        The layer with events at which one could be present.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row an actor. ``status`` is ``invited_never_came`` (announced or absent, never present),
        ``registered_never_came``, ``presence_not_stated`` (the sources name it without saying whether it was there)
        or ``not_in_register`` (it came: listed, not lost). ``events``: rows that name it. ``score``: those that count
        for its status, plus one for a registered body.

    Raises
    ------
    UnknownNameError
        When the layer does not exist or has no events.
    """
    check_language(language)
    came = presences(net, layer)
    actors, events, rows = net.actors, net.events, net.attendance
    held = events.index[events["layer"] == layer]
    rows = rows[rows["event_id"].isin(held)]
    named = pd.crosstab(rows["actor_id"], rows["status"])
    named = named.reindex(index=actors.index, columns=list(STATUSES), fill_value=0).fillna(0).astype("int64")
    invited, unknown = named["announced"] + named["absent"], named["unknown"]
    registered, kinds = actors["registered"], actors["kind"]
    status = pd.Series(
        np.select(
            [(came > 0) & ~registered, came > 0, invited > 0, unknown > 0, registered],
            ["not_in_register", "", "invited_never_came", "presence_not_stated", "registered_never_came"],
            "",
        ),
        index=actors.index,
    )
    if not registered.any():  # without a register, to be outside it says nothing
        status = status.replace("not_in_register", "")
    times = pd.Series(
        np.select([status == "not_in_register", status == "invited_never_came"], [came, invited], unknown),
        index=actors.index,
    )
    where = rows.groupby("actor_id")["source"].agg(tuple).to_dict()
    label = LAYERS.get(layer, (layer, layer))[0 if language == "it" else 1].lower()
    found = []
    for actor in status.index[status != ""]:
        why = phrase(
            _SENTENCES,
            status[actor],
            language,
            name=actor_label(actors, [actor])[0],
            events=len(held),
            kind=kind_label(str(kinds[actor]), language),
            times=times[actor],
            often=plural("times", times[actor], language),
            held=plural("events", times[actor], language),
            layer=label,
        )
        found.append(
            {
                "finding": "absent_actors",
                "actors": (actor,),
                "score": float(times[actor] + bool(registered[actor])),
                "why": why,
                "evidence": sources_of(where.get(actor, ())),
                "status": status[actor],
                "actor_id": actor,
                "kind": kinds[actor],
                "registered": bool(registered[actor]),
                "events": int(times[actor]),
            }
        )
    found.sort(key=lambda row: (_ABSENT.index(row["status"]), -row["score"], row["actor_id"]))
    return as_finding(found, ["status", "actor_id", "kind", "registered", "events"])
