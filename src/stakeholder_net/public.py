"""What the public may see: a network without names of persons, counts of persons that give no single person away."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from stakeholder_net.errors import OptionError
from stakeholder_net.layers import without
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, KINDS, Language

__all__ = ["FEWEST", "heads_by_kind", "like_a_person", "public_network", "suppress_small_counts"]

HIDDEN: Final = "nome omesso / name omitted"
ONE_PERSON: Final = ("cittadino", "gruppo_informale")
FEWEST, USUAL = 3, 5  # no limit below three: Garante, rules for statistics, art. 5
_PRINTED, _SMALL, _WITHHELD = 0, 1, 2
WITHHELD: Final = "…"
_NO_LIMIT: Final = np.iinfo("int64").max
_FREE: Final = 1e-6


# --- the network ---------------------------------------------------------------------------------------------------
def like_a_person(actors: pd.DataFrame) -> pd.Series[bool]:
    """Return which actors stand for one person or a few: sole traders, citizens, groups without a form.

    Parameters
    ----------
    actors : pandas.DataFrame
        Table of actors; ``person_like`` counts where it is there.

    Returns
    -------
    pandas.Series
        True where the name is not for the public.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["Force", "Amici del parco"], "kind": ["comune", "gruppo_informale"]})
    >>> like_a_person(table).tolist()
    [False, True]
    """
    hidden = actors["kind"].isin(ONE_PERSON).fillna(value=False)
    if "person_like" in actors.columns:
        hidden |= actors["person_like"].astype("boolean").fillna(value=False).astype("bool")
    return hidden.astype("bool")


def public_network(net: StakeholderNetwork, *, limit: int = USUAL) -> StakeholderNetwork:
    """Return a network without names of persons, without those who never came, without the rows of the sources.

    Whoever stands for one person keeps its mark and loses its name, its town and its codes, so that counts stay true.
    Whoever was only announced or only listed is left out: that somebody did not come is for those who planned the
    meeting. Sources, evidence and numbers of persons of a seat are emptied, and so are small ``person_count``.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    limit : int, default 5
        Counts of persons below it are emptied; at least 3.

    Returns
    -------
    StakeholderNetwork
        What may be published.

    Raises
    ------
    OptionError
        When `limit` is below 3.

    Examples
    --------
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["Force", "Rossi"], "kind": ["comune", "impresa"],
    ...                          "person_like": [False, True]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["x"], "weight": [1.0]}))
    >>> public_network(net).actors["name"].tolist()
    ['Force', 'Impresa (nome omesso / name omitted)']
    """
    _check_limit(limit)
    seats = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)]
    seats = _emptied(seats, {"source": "", "hours": None, "persons": None})
    ties = _emptied(net.ties, {"evidence": "", "origin": ""})
    seen = {*ties["source"], *ties["target"], *seats["actor_id"]}
    kept = StakeholderNetwork(
        actors=_unnamed(_few_emptied(net.actors, limit)).reset_index(),
        events=net.events.reset_index(),
        attendance=seats,
        ties=ties,
        layers=net.layers.reset_index(),
        presence=net.presence,
        name=net.name,
        source=net.source,
    )
    gone = [actor for actor in net.actors.index if actor not in seen]
    return without(kept, gone) if gone else kept


def _few_emptied(actors: pd.DataFrame, limit: int) -> pd.DataFrame:
    if "person_count" not in actors.columns:
        return actors
    few = (actors["person_count"] > 0) & (actors["person_count"] < limit)
    return actors.assign(person_count=actors["person_count"].mask(few.fillna(value=False)))


def _unnamed(actors: pd.DataFrame) -> pd.DataFrame:
    hidden = like_a_person(actors)
    if not hidden.any():
        return actors
    labels = actors["kind"].map(lambda kind: f"{KINDS[kind].it if kind in KINDS else kind} ({HIDDEN})")
    out = actors.assign(name=actors["name"].mask(hidden, labels))
    empty = {
        column: out[column].mask(hidden, "") for column in ("municipality", "codes") if column in out.columns
    }
    return out.assign(**empty)


def _emptied(table: pd.DataFrame, values: dict[str, object]) -> pd.DataFrame:
    """Return a table with some columns emptied, where it has them."""
    out = table.copy()
    for column, value in values.items():
        if column in out.columns:
            out[column] = pd.Series(value, index=out.index, dtype=out[column].dtype)
    return out


# --- counts of persons ---------------------------------------------------------------------------------------------
def heads_by_kind(net: StakeholderNetwork, *, language: Language = "it") -> pd.DataFrame:
    """How many persons came to each meeting, by kind of organisation?

    Parameters
    ----------
    net : StakeholderNetwork
        With ``persons`` in its attendance, as sheets of signatures give them.
    language : {"it", "en"}
        Language of the kinds.

    Returns
    -------
    pandas.DataFrame
        One row a kind, one column a meeting, heads of those who came; true counts, not for the public.

    Examples
    --------
    >>> from stakeholder_net import build_network
    >>> net = build_network(attendance=pd.DataFrame({
    ...     "actor": ["Comune di Force", "Comune di Offida"], "event": ["E1", "E1"], "persons": [2, 3]}))
    >>> heads_by_kind(net, language="en")
                  E1
    Municipality   5
    """
    seats = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)]
    seats = seats[seats["persons"].notna()] if "persons" in seats.columns else seats.iloc[:0]
    if seats.empty:
        return pd.DataFrame(dtype="int64")
    kinds = seats["actor_id"].map(net.actors["kind"])
    labels = kinds.map(
        lambda kind: (KINDS[kind].it if language == "it" else KINDS[kind].en) if kind in KINDS else kind
    )
    names = net.events["name"]
    titles = names.where(~names.duplicated(keep=False), names + " [" + names.index + "]")
    heads = seats["persons"].astype("int64")
    table = pd.crosstab(labels, seats["event_id"].map(titles), values=heads, aggfunc="sum")
    order = [title for title in titles if title in table.columns]
    table = table.fillna(0).astype("int64")[order]
    return table.rename_axis(index=None, columns=None)


def suppress_small_counts(
    table: pd.DataFrame, *, limit: int = USUAL, total: str = "total", earlier: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Which counts may be printed beside their totals, so that no small one can be worked out?

    Counts from 1 to ``limit - 1`` are printed as ``<limit``. Where a total less what is shown would give one back,
    further cells are withheld (``…``), as few and small ones as a shortest way finds, totals last. A cell is safe when
    at least two of its values go with all that is printed and with the marks themselves; whoever knows how this program
    works learns no more.

    Parameters
    ----------
    table : pandas.DataFrame
        Whole counts, 0 and above, without totals.
    limit : int, default 5
        Counts below it are hidden; at least 3.
    total : str
        Heading of the totals.
    earlier : pandas.DataFrame, optional
        What this function printed for an earlier release. What was hidden stays hidden, and no total is printed of a
        row or column with a hidden cell: the difference of two releases then tells nothing.

    Returns
    -------
    pandas.DataFrame
        Texts: numbers and marks, with a row and a column of totals.

    Raises
    ------
    OptionError
        When `limit` is below 3, a cell is no count, or a row or column bears the heading of the totals.

    References
    ----------
    Gusfield, D. (1988). A graph theoretic approach to statistical data security. SIAM Journal on Computing 17(3),
    552-571. https://doi.org/10.1137/0217034
    Castro, J. (2012). Recent advances in optimization techniques for statistical tabular data protection. European
    Journal of Operational Research 216(2), 257-269. https://doi.org/10.1016/j.ejor.2011.03.050
    Garante per la protezione dei dati personali, Regole deontologiche per trattamenti a fini statistici, art. 5
    (a cell holds three persons at least). https://www.garanteprivacy.it (doc. web 9069637)

    Examples
    --------
    >>> heads = pd.DataFrame({"March": [2, 9], "May": [7, 12], "July": [8, 20]}, index=["parishes", "councils"])
    >>> print(suppress_small_counts(heads))
             March May July total
    parishes    <5   …    8    17
    councils     …   …   20    41
    total       11  19   28    58
    """
    _check_limit(limit)
    counts = _counted(table, total)
    state = np.where((counts > 0) & (counts < limit), _SMALL, _PRINTED)
    _protect(counts, state, limit)
    told = _told(table, counts, state, limit, total)
    if earlier is None or told.equals(earlier.astype("str")):
        return told
    state = np.where((counts > 0) & (counts < limit), _SMALL, _PRINTED)
    before = earlier.reindex(index=told.index, columns=told.columns).astype("str").to_numpy()
    hidden = np.isin(before, [WITHHELD]) | np.char.startswith(before.astype("U"), "<")
    inner = np.s_[:-1, :-1]
    state[inner] = np.where(
        hidden[inner] & (state[inner] == _PRINTED) & (counts[inner] > 0), _WITHHELD, state[inner]
    )
    kept_back = state[inner] != _PRINTED
    state[:-1, -1] = np.where(kept_back.any(axis=1), _WITHHELD, state[:-1, -1])
    state[-1, :-1] = np.where(kept_back.any(axis=0), _WITHHELD, state[-1, :-1])
    state[-1, -1] = _WITHHELD if kept_back.any() else state[-1, -1]
    return _told(table, counts, state, limit, total)


def _check_limit(limit: int) -> None:
    if limit < FEWEST:
        raise OptionError(
            f"limit={limit} would print counts of fewer than {FEWEST} persons.", f"Give {FEWEST} or more."
        )


def _counted(table: pd.DataFrame, total: str) -> np.ndarray:
    """Return the counts with a row and a column of totals."""
    if total in table.index or total in table.columns:
        raise OptionError(
            f"'{total}' is a row or column of the table.", "Give the totals another heading: total=."
        )
    values = table.to_numpy(dtype="float64", na_value=np.nan)
    if not (np.isfinite(values).all() and (values >= 0).all() and (values == np.floor(values)).all()):
        raise OptionError("A count of persons is a whole number, 0 or above.", "Fill empty cells with 0.")
    counts = values.astype("int64")
    counts = np.vstack([counts, counts.sum(axis=0, keepdims=True)])
    return np.hstack([counts, counts.sum(axis=1, keepdims=True)])


def _told(table: pd.DataFrame, counts: np.ndarray, state: np.ndarray, limit: int, total: str) -> pd.DataFrame:
    marks = np.array(["", f"<{limit}", WITHHELD], dtype=object)[state]
    texts = np.where(state == _PRINTED, counts.astype("U").astype(object), marks)
    return pd.DataFrame(texts, index=[*table.index, total], columns=[*table.columns, total]).astype("str")


def _protect(counts: np.ndarray, state: np.ndarray, limit: int) -> None:
    """Withhold further cells, circle by circle, until no small count can be worked out.

    Rows and columns are the nodes of a graph, cells its arcs. A hidden cell may be one more, or one less, than it is
    where its arc lies on a circle of hidden cells that may follow; where there is none, the cheapest one is hidden.
    """
    while True:
        cost = _costs(counts, state, limit)
        small = np.argwhere((state != _PRINTED) & (counts < limit)).tolist()
        circle = next((found for place in small if (found := _circle(cost, counts.shape, *place))), None)
        if circle is None:
            return
        for place in circle:
            state[place] = _WITHHELD


def _costs(counts: np.ndarray, state: np.ndarray, limit: int) -> NDArray[np.float64]:
    """Return what it costs that a cell may follow, from node to node: nearly nothing where it is hidden already."""
    is_total = np.zeros(counts.shape, dtype=bool)
    is_total[-1], is_total[:, -1] = True, True
    least = np.where(is_total, 1, limit)  # what is known of a cell withheld
    low = np.select([state == _SMALL, state == _WITHHELD], [1, least], counts)
    high = np.select([state == _SMALL, state == _WITHHELD], [limit - 1, _NO_LIMIT], counts)
    may_go = ((state == _PRINTED) & (counts > 0)) | ((state == _SMALL) & is_total)
    price = np.where(may_go, counts + np.where(is_total, counts[-1, -1] * counts.size, 0.0), np.inf)
    up = np.where(counts < high, _FREE, price)
    down = np.where(counts > low, _FREE, np.where(counts > least, price, np.inf))
    # what a total takes from one equation it gives to the other: its arc runs the other way
    turned = is_total.copy()
    turned[-1, -1] = False
    n_rows, n_columns = counts.shape
    cost: NDArray[np.float64] = np.full((n_rows + n_columns, n_rows + n_columns), np.inf)
    cost[:n_rows, n_rows:] = np.where(turned, down, up)
    cost[n_rows:, :n_rows] = np.where(turned, up, down).T
    return cost


def _circle(
    cost: NDArray[np.float64], shape: tuple[int, ...], row: int, column: int
) -> list[tuple[int, int]]:
    """Return the cells to withhold so that a cell has a second possible value; none where it has one."""
    near, far = row, shape[0] + column
    ways = []
    for start, end in ((far, near), (near, far)):
        first = cost[end, start]  # the cell itself moves, then the way leads back
        others = cost.copy()
        others[start, end] = np.inf
        total, before = dijkstra(others, indices=[start], return_predecessors=True)
        price = first + float(total[0, end])
        if np.isfinite(price):
            nodes = [end]
            while nodes[-1] != start:
                nodes.append(int(before[0, nodes[-1]]))
            ways.append((price, [*nodes[::-1], start]))
    _, nodes = min(ways)
    arcs = [(a, b) for a, b in pairwise(nodes) if cost[a, b] > _FREE]
    return [(min(arc), max(arc) - shape[0]) for arc in arcs]
