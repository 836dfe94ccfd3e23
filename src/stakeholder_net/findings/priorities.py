"""What the actors want: the agenda of the themes, and where kinds of actor agree or part."""

from __future__ import annotations

import itertools
import unicodedata
import warnings
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net._checks import problem, unknown_name
from stakeholder_net.errors import InvalidTablesError, OptionError, StakeholderNetWarning
from stakeholder_net.findings._frame import PRIORITY_LAYER, as_finding, attribute, check_language, need
from stakeholder_net.findings._say import (
    actor_label,
    kind_label,
    listed,
    number,
    p_value,
    percent,
    phrase,
    sources_of,
)
from stakeholder_net.findings._statistics import benjamini_hochberg, share_interval
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["agenda", "convergence", "match_priorities", "with_priorities"]

Floats = npt.NDArray[np.float64]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "theme": (
        (
            "«{theme}»: sostenuto da {x} enti su {n} ({share}; intervallo 95 %: {low}-{high}), {kinds} tipi "
            "di ente; peso {support} su {n} voti. Lo sostengono: {names}."
        ),
        (
            "“{theme}”: supported by {x} of {n} bodies ({share}; 95% interval {low}-{high}), {kinds} kinds; weight "
            "{support} of {n} votes. Supported by: {names}."
        ),
    ),
    "pair": (
        "{a} (n = {n_a}) e {b} (n = {n_b}): somiglianza delle priorità {score}{p}.{common}{apart}",
        "{a} (n = {n_a}) and {b} (n = {n_b}): likeness of priorities {score}{p}.{common}{apart}",
    ),
    "p": ("; differenza {p}, {q}", "; difference {p}, {q}"),
    "adjusted": ("p corretto", "corrected p"),
    "common": (" In comune: {themes}.", " In common: {themes}."),
    "apart": (
        " Si dividono su «{theme}» ({share_a} dei voti dell'uno, {share_b} dell'altro).",
        " They part on “{theme}” ({share_a} of the votes of the one, {share_b} of the other).",
    ),
    "not_stated": ("non indicato", "not stated"),
}
AGENDA: Final = (
    "theme", "n", "x", "breadth", "low", "high", "support", "strength", "mean_rank", "disagreement", "kinds", "place",
)  # fmt: skip


def _plain(name: str) -> str:
    """Return a name without accents, case and doubled spaces."""
    bare = unicodedata.normalize("NFKD", str(name).casefold())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


def match_priorities(net: StakeholderNetwork, table: pd.DataFrame) -> pd.DataFrame:
    """Whose votes are these? Give the rows of a table of priorities to the actors of a network.

    Parameters
    ----------
    net : StakeholderNetwork
        The network.
    table : pandas.DataFrame
        ``actor_id``, or ``actor`` (a name or an id); ``theme``; ``score`` (more is more wanted) or ``rank`` (1 is
        first), or neither: then naming a theme is a vote; ``session`` and ``source`` if known.

    Returns
    -------
    pandas.DataFrame
        ``actor_id``, ``theme``, ``score``, ``rank``, ``session``, ``source`` and ``support``: the share of the actor's
        one vote that goes to the theme, by score, else by rank (Borda), over all its sessions. One row an actor and a
        theme. Names that are nobody in the network are left out, listed in ``.attrs["unmatched"]`` and told in a
        ``StakeholderNetWarning``.

    Raises
    ------
    InvalidTablesError
        When a column is missing or a score or a rank is not a number above zero.

    Examples
    --------
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a"], "name": ["Coop"], "kind": ["coop_sociale"]}))
    >>> votes = pd.DataFrame({"actor": ["COOP", "Coop"], "theme": ["casa", "lavoro"], "score": [3, 1]})
    >>> match_priorities(net, votes)[["actor_id", "theme", "support"]]
      actor_id   theme  support
    0        a    casa     0.75
    1        a  lavoro     0.25
    """
    _check(table)
    rows = table.reset_index(drop=True)
    ids = net.actors.index
    if "actor_id" in rows.columns:
        rows["actor_id"] = rows["actor_id"].astype("str")
    else:
        by_name = {
            _plain(name): actor for actor, name in zip(ids[::-1], net.actors["name"][::-1], strict=True)
        }
        by_name |= {_plain(actor): actor for actor in ids}
        rows["actor_id"] = rows["actor"].map(lambda name: by_name.get(_plain(name)), na_action="ignore")
    known = rows["actor_id"].isin(ids)
    shown = rows["actor"] if "actor" in rows.columns else rows["actor_id"]
    unmatched = sorted({str(name) for name in shown[~known].dropna()})
    if unmatched:
        warnings.warn(
            f"{len(unmatched)} names of the table of priorities are nobody in the network: {', '.join(unmatched[:5])}.",
            StakeholderNetWarning, stacklevel=2,
        )  # fmt: skip
    out = _joined(rows[known])
    out.attrs["unmatched"] = unmatched
    return out


def _check(table: pd.DataFrame) -> None:
    found = ", ".join(map(str, table.columns))
    faults = [
        problem("missing_column", table="priorities", name=name, found=found)
        for name in ("actor", "theme") if name not in table.columns and f"{name}_id" not in table.columns
    ]  # fmt: skip
    for column in {"score", "rank"} & set(table.columns):
        values = pd.to_numeric(table[column], errors="coerce")
        bad = table[column].notna() & ~(values >= (0 if column == "score" else 1))
        faults += [
            problem(
                "bad_number", table="priorities", row=int(row), column=column, value=table[column].iloc[row]
            )
            for row in np.flatnonzero(bad.to_numpy())
        ]
    if faults:
        raise InvalidTablesError(faults)


def _joined(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row an actor and a theme, with its share of the actor's vote."""
    rows = rows.assign(theme=rows["theme"].astype("str").str.strip())
    rows = rows[rows["theme"].notna() & (rows["theme"] != "")]
    for column in ("score", "rank"):
        values = rows[column] if column in rows.columns else pd.Series(np.nan, index=rows.index)
        rows[column] = pd.to_numeric(values).astype("float64")
    for column in ("session", "source"):
        values = rows[column] if column in rows.columns else pd.Series("", index=rows.index)
        rows[column] = values.astype("str").fillna("")
    last = rows.groupby("actor_id")["rank"].transform("max")
    votes = rows["score"].fillna(last + 1 - rows["rank"]).fillna(1.0)
    rows["support"] = votes
    joint = rows.groupby(["actor_id", "theme"], sort=True, as_index=False).agg(
        score=("score", "sum"), rank=("rank", "min"), session=("session", _listed), source=("source", sources_of),
        support=("support", "sum"),
    )  # fmt: skip
    total = joint.groupby("actor_id")["support"].transform("sum")
    joint["support"] = (joint["support"] / total).where(total > 0)
    return joint


def _listed(values: pd.Series) -> str:
    return "; ".join(sorted({value for value in values if value}))


def with_priorities(
    net: StakeholderNetwork, priorities: pd.DataFrame, *, layer: str = PRIORITY_LAYER
) -> StakeholderNetwork:
    """Which actors want the same? Put the priorities into the network as a layer of actors and themes.

    Each theme becomes an event of its own layer, and who supports it takes part in it; ``project(net, "priorities")``
    then ties the actors that share a priority.

    Parameters
    ----------
    net : StakeholderNetwork
        The network.
    priorities : pandas.DataFrame
        As ``match_priorities`` gives it.
    layer : str
        Name of the layer.

    Returns
    -------
    StakeholderNetwork
        With the themes among its events and the supports among its attendance.

    Raises
    ------
    OptionError
        When the network has such a layer already.

    Examples
    --------
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["A", "B"], "kind": "ets_odv"}))
    >>> wanted = pd.DataFrame({"actor_id": ["a", "b"], "theme": "casa", "support": 1.0, "source": "voti.csv:2"})
    >>> with_priorities(net, wanted).events["name"].tolist()
    ['casa']
    """
    if layer in net.layer_names:
        raise OptionError(f"The network already has a layer '{layer}'.", "Give another name with layer=.")
    wanted = priorities[priorities["support"] > 0]
    themes = sorted(set(wanted["theme"]))
    code = {theme: f"{layer}:{theme}" for theme in themes}
    events = pd.DataFrame({"event_id": [code[t] for t in themes], "name": themes, "kind": "theme", "layer": layer,
                           "theme": themes})  # fmt: skip
    seats = pd.DataFrame({"actor_id": wanted["actor_id"], "event_id": wanted["theme"].map(code), "status": "present",
                          "source": wanted["source"]})  # fmt: skip
    labels = pd.DataFrame(
        {"layer": [layer], "directed": [False], "label": ["Priorità"], "derived_from": ["attendance"]}
    )
    return StakeholderNetwork(
        actors=net.actors.reset_index(), events=pd.concat([net.events.reset_index(), events], ignore_index=True),
        attendance=pd.concat([net.attendance, seats], ignore_index=True), ties=net.ties,
        layers=pd.concat([net.layers.reset_index(), labels], ignore_index=True), presence=net.presence,
        name=net.name, source=net.source,
    )  # fmt: skip


def _supports(net: StakeholderNetwork, priorities: pd.DataFrame) -> pd.DataFrame:
    """Return the support of each actor (row) for each theme (column); 0 where it did not name it."""
    need({"actor_id", "theme", "support"} <= set(priorities.columns), "This is not a matched table of priorities.",
         "Make it with match_priorities(net, table).")  # fmt: skip
    for actor in priorities["actor_id"]:
        if actor not in net.actors.index:
            raise unknown_name("actor", actor, net.actors.index)
    kept = priorities[priorities["support"].notna()]
    need(len(kept) > 0, "Nobody has named a priority.", "Look at the names that were not matched.")
    wide = kept.pivot_table(
        index="actor_id", columns="theme", values="support", aggfunc="sum", fill_value=0.0
    )
    order = net.actors.index[net.actors.index.isin(wide.index)]
    return wide.loc[order, sorted(wide.columns)].astype("float64")


def agenda(net: StakeholderNetwork, priorities: pd.DataFrame, *, language: Language = "it") -> pd.DataFrame:
    """What do the actors want most, and how widely?

    Every actor has one vote, which its scores (or ranks) divide among the themes: who gives many points does not count
    for more.

    Parameters
    ----------
    net : StakeholderNetwork
        The network.
    priorities : pandas.DataFrame
        As ``match_priorities`` gives it.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a theme, most supported first. ``x`` of ``n`` actors support it (``breadth``, with Wilson's interval);
        ``support`` is the sum of their votes, the score; ``strength`` their mean vote; ``mean_rank`` where ranks were
        given; ``disagreement`` the standard deviation of the votes over all actors; ``kinds`` the kinds that support
        it; ``place`` 1 for the first, equal for equals. ``actors`` are those who support it, strongest first.

    Raises
    ------
    OptionError
        When nobody has named a priority.

    Examples
    --------
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["A", "B"], "kind": "ets_odv"}))
    >>> votes = pd.DataFrame({"actor": ["A", "A", "B"], "theme": ["casa", "lavoro", "casa"]})
    >>> agenda(net, match_priorities(net, votes))[["theme", "x", "n", "support", "place"]]
        theme  x  n  support  place
    0    casa  2  2      1.5      1
    1  lavoro  1  2      0.5      2
    """
    check_language(language)
    supports = _supports(net, priorities)
    n = len(supports)
    kinds = net.actors["kind"].reindex(supports.index)
    ranks = priorities.groupby("theme")["rank"].mean() if "rank" in priorities else pd.Series(dtype="float64")
    where = (
        priorities.groupby("theme")["source"].agg(sources_of)
        if "source" in priorities
        else pd.Series(dtype="str")
    )
    counts = (supports > 0).sum()
    low, high = share_interval(counts, n)
    total = supports.sum()
    place = total.round(12).rank(method="min", ascending=False).astype(int)
    rows: list[dict[str, Any]] = []
    for column, theme in enumerate(supports.columns):
        votes = supports[theme]
        by_vote = votes[votes > 0].sort_values(ascending=False, kind="stable")
        x = int(counts[theme])
        facts = {
            "theme": theme, "n": n, "x": x, "breadth": x / n, "low": low[column], "high": high[column],
            "support": total[theme], "strength": total[theme] / x if x else np.nan,
            "mean_rank": ranks.get(theme, np.nan),
            "disagreement": float(np.std(votes)), "kinds": int(kinds[by_vote.index].nunique()), "place": place[theme],
        }  # fmt: skip
        why = phrase(
            _SENTENCES, "theme", language, theme=theme, x=x, n=n, share=percent(x / n, language),
            low=percent(low[column], language), high=percent(high[column], language), kinds=facts["kinds"],
            support=number(total[theme], language, digits=1),
            names=listed(actor_label(net.actors, by_vote.index), language),
        )  # fmt: skip
        rows.append({"finding": "agenda", "actors": tuple(by_vote.index), "score": total[theme], "why": why,
                     "evidence": where.get(theme, ""), **facts})  # fmt: skip
    rows.sort(key=lambda row: (row["place"], -row["x"], row["theme"]))
    return as_finding(rows, AGENDA)


def convergence(  # noqa: PLR0913 - each option is asked by itself
    net: StakeholderNetwork,
    priorities: pd.DataFrame,
    *,
    by: str | None = "kind",
    draws: int = 1999,
    seed: int = 0,
    language: Language = "it",
) -> pd.DataFrame:
    """Who wants the same, and on what do they part?

    Parameters
    ----------
    net : StakeholderNetwork
        The network.
    priorities : pandas.DataFrame
        As ``match_priorities`` gives it.
    by : str or None
        Column of the actors whose groups are compared (``"kind"``, ``"kind_group"``, ``"municipality"``); None to
        compare the actors one with another.
    draws : int
        Shuffles of the actors between two groups for the p-value, (1 + b) / (1 + draws).
    seed : int
        Seed of the shuffles.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a pair, the least alike first. ``likeness``: cosine of the mean votes of the two, 0 nothing in common,
        1 the same; ``score`` is 1 - likeness. ``p``: how often two random groups of these sizes are as little alike
        (NaN for single actors), ``p_adjusted`` over all pairs. ``common`` themes supported by both, ``apart`` the theme
        on which they differ most.

    Raises
    ------
    OptionError
        When nobody has named a priority or `draws` is below 1.
    UnknownNameError
        When the actors have no column `by`.
    """
    check_language(language)
    need(draws >= 1, f"draws={draws} must be at least 1.")
    supports = _supports(net, priorities)
    if by is None:
        groups = pd.Series(supports.index, index=supports.index)
    else:
        groups = (
            attribute(net, by).drop_duplicates("actor_id").set_index("actor_id")[by].reindex(supports.index)
        )
    rng = np.random.default_rng(seed)
    table = supports.to_numpy()
    rows: list[dict[str, Any]] = []
    for a, b in itertools.combinations(sorted(set(groups)), 2):
        in_a, in_b = (groups == a).to_numpy(), (groups == b).to_numpy()
        mean_a, mean_b = table[in_a].mean(axis=0), table[in_b].mean(axis=0)
        likeness = _cosine(mean_a, mean_b)
        rows.append({
            "group_a": a, "group_b": b, "n_a": int(in_a.sum()), "n_b": int(in_b.sum()), "likeness": likeness,
            "score": 1 - likeness, "p": _chance(table, in_a, in_b, likeness, draws, rng) if by else np.nan,
            "actors": tuple(supports.index[in_a | in_b]), "mean_a": mean_a, "mean_b": mean_b,
        })  # fmt: skip
    for row, adjusted in zip(rows, benjamini_hochberg([row["p"] for row in rows]), strict=True):
        row["p_adjusted"] = adjusted
    rows = [_pair_row(net, row, list(supports.columns), by, language) for row in rows]
    rows.sort(key=lambda row: (-row["score"], row["group_a"], row["group_b"]))
    return as_finding(
        rows,
        [
            "group_a",
            "group_b",
            "n_a",
            "n_b",
            "likeness",
            "p",
            "p_adjusted",
            "common",
            "apart",
            "draws",
            "seed",
        ],
    ).assign(draws=draws, seed=seed)


def _cosine(a: Floats, b: Floats) -> float:
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), 0.0, 1.0))


def _chance(  # noqa: PLR0913, PLR0917 - the two groups and the draws
    table: Floats, in_a: npt.NDArray[np.bool_], in_b: npt.NDArray[np.bool_], likeness: float, draws: int,
    rng: np.random.Generator,
) -> float:  # fmt: skip
    pool = table[in_a | in_b]
    size = int(in_a.sum())
    if size < 2 or len(pool) - size < 2:  # noqa: PLR2004 - one actor is no group
        return float("nan")
    fewer = 0
    for _ in range(draws):
        order = rng.permutation(len(pool))
        drawn = _cosine(pool[order[:size]].mean(axis=0), pool[order[size:]].mean(axis=0))
        fewer += drawn <= likeness + 1e-12
    return (1 + fewer) / (1 + draws)


def _pair_row(
    net: StakeholderNetwork, row: dict[str, Any], themes: Sequence[str], by: str | None, language: Language
) -> dict[str, Any]:
    mean_a, mean_b = row.pop("mean_a"), row.pop("mean_b")
    both = np.minimum(mean_a, mean_b)
    common = tuple(themes[k] for k in np.argsort(-both, kind="stable") if both[k] > 0)
    most = int(np.argmax(np.abs(mean_a - mean_b)))
    differ = bool(np.abs(mean_a - mean_b).max() > 1e-12)  # noqa: PLR2004 - rounding dust
    p = ""
    if np.isfinite(row["p"]):
        q = p_value(row["p_adjusted"], language, name=phrase(_SENTENCES, "adjusted", language))
        p = phrase(_SENTENCES, "p", language, p=p_value(row["p"], language), q=q)
    why = phrase(
        _SENTENCES, "pair", language, a=_name(net, row["group_a"], by, language), n_a=row["n_a"],
        b=_name(net, row["group_b"], by, language), n_b=row["n_b"], score=number(row["likeness"], language), p=p,
        common=phrase(_SENTENCES, "common", language, themes=listed(common, language)) if common else "",
        apart=phrase(_SENTENCES, "apart", language, theme=themes[most], share_a=percent(mean_a[most], language),
                     share_b=percent(mean_b[most], language)) if differ else "",
    )  # fmt: skip
    return row | {"finding": "convergence", "why": why, "evidence": "", "common": common,
                  "apart": themes[most] if differ else ""}  # fmt: skip


def _name(net: StakeholderNetwork, group: str, by: str | None, language: Language) -> str:
    if by is None:
        return actor_label(net.actors, [group])[0]
    if not group:
        return phrase(_SENTENCES, "not_stated", language)
    return kind_label(group, language) if by in ("kind", "kind_group") else group
