"""From network to network: derive ties from attendance, join layers, cut by time, leave actors out."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net._attendance import incidence, two_mode_layers
from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net._codes import codes_of
from stakeholder_net._projection import WEIGHTS, project, project_again, tie_evidence
from stakeholder_net.errors import AmbiguousLayersError, OptionError, StakeholderNetWarning
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import LAYERS

__all__ = [
    "adjacency",
    "between",
    "flatten",
    "incidence",
    "one_layer",
    "project",
    "tie_evidence",
    "tie_strengths",
    "two_mode_layers",
    "without",
]

Flattening = Literal["sum", "count", "any", "all"]

# Few classes, all whole and small: how questionnaires and incident records write ranks and frequencies.
RANK_CLASSES = 7
RANK_TOP = 10


def flatten(
    net: StakeholderNetwork, *, how: Flattening = "sum", at_least: int | None = None, name: str = "all"
) -> StakeholderNetwork:
    """Join all layers into one undirected layer.

    Arcs of directed layers are joined with their opposite (weights added) before the layers are joined.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with ties in one or more layers.
    how : {"sum", "count", "any", "all"}
        ``sum``: weights added. ``count``: in how many layers the pair is tied. ``any``: 1 where it is tied in any
        layer. ``all``: 1 where it is tied in every layer in which both actors are present (and in at least one).
    at_least : int, optional
        Keep only pairs tied in at least so many layers.
    name : str
        Name of the joint layer.

    Returns
    -------
    StakeholderNetwork
        With one layer; all actors of any layer are present in it. Events and attendance are left out.

    Raises
    ------
    OptionError
        When `how` or `at_least` is out of range.

    References
    ----------
    Battiston, F., Nicosia, V., Latora, V. (2014). Structural measures for multiplex networks. Physical Review E 89,
    032804. https://doi.org/10.1103/PhysRevE.89.032804
    """
    check_option("how", how, ("sum", "count", "any", "all"))
    if at_least is not None and not 1 <= at_least <= max(1, len(net.layer_names)):
        raise OptionError(
            f"at_least={at_least} must lie between 1 and the number of layers, {len(net.layer_names)}."
        )
    place = net.actors.index
    first, second = net._tie_ends()  # noqa: SLF001
    low, high, layers, strong = _joint_pairs(net, first, second)
    if how == "all":
        kept = layers == _layers_shared(net, low, high)
        low, high, layers, strong = low[kept], high[kept], layers[kept], strong[kept]
    if at_least is not None:
        kept = layers >= at_least
        low, high, layers, strong = low[kept], high[kept], layers[kept], strong[kept]
    weight: object = {"sum": strong, "count": layers.astype("float64")}.get(how, 1.0)
    flat = pd.DataFrame(
        {
            "source": place.take(low).array,
            "target": place.take(high).array,
            "layer": name,
            "weight": weight,
            "n_layers": layers,
        }
    )
    form = _flat_form(name, how, ", ".join(net.layer_names))
    there = np.zeros(net.n_actors, dtype=bool)
    there[codes_of(net.presence["actor_id"], place)] = True
    # sorted ties of a network that keeps its promises keep them too; checking anew took nine tenths of the time
    return net._trusted(  # noqa: SLF001
        events=form.events,
        attendance=form.attendance,
        ties=flat.assign(evidence="", origin="")[form.ties.columns].astype(form.ties.dtypes),
        layers=form.layers,
        presence=pd.DataFrame({"actor_id": place[there].to_numpy(), "layer": name}).astype("str"),
    )


@lru_cache(maxsize=64)
def _flat_form(name: str, how: str, derived_from: str) -> StakeholderNetwork:
    """Return a flattened network without actors: its card, and the columns of its tables in their form."""
    card = {
        "layer": name,
        "directed": False,
        "label": LAYERS["all"][0] if name == "all" else name,
        "kind": "flattened",
        "unit": how,
        "derived_from": derived_from,
        "weight_means": "strength",
    }
    tie = {"source": "a", "target": "b", "layer": name, "weight": 1.0, "n_layers": 1}
    two = pd.DataFrame({"actor_id": ["a", "b"], "name": "x", "kind": "x"})
    full = StakeholderNetwork(actors=two, ties=pd.DataFrame([tie]), layers=pd.DataFrame([card]))
    return full._trusted(ties=full.ties.iloc[:0])  # noqa: SLF001


def _joint_pairs(
    net: StakeholderNetwork, first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return both ends of each pair, lower place first and sorted, in how many layers it is tied, and how strongly."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    layer = codes_of(net.ties["layer"], net.layer_names)
    order = np.lexsort([layer, high, low])
    low, high, layer, strong = low[order], high[order], layer[order], tie_strengths(net)[order]
    new_pair = np.ones(len(low), dtype=bool)
    new_pair[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    new_layer = new_pair.copy()
    new_layer[1:] |= layer[1:] != layer[:-1]
    pair = np.cumsum(new_pair) - 1
    starts = np.flatnonzero(new_pair)
    layers = np.bincount(pair, weights=new_layer, minlength=len(starts)).astype("int64")
    return low[starts], high[starts], layers, np.bincount(pair, weights=strong, minlength=len(starts))


def _layers_shared(net: StakeholderNetwork, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return in how many layers both ends of each pair are present."""
    presence = net.presence
    grid = np.zeros((net.n_actors, len(net.layer_names)), dtype=bool)
    grid[codes_of(presence["actor_id"], net.actors.index), codes_of(presence["layer"], net.layer_names)] = (
        True
    )
    return np.asarray((grid[low] & grid[high]).sum(axis=1))


def between(
    net: StakeholderNetwork,
    start: str | dt.date,
    end: str | dt.date,
    *,
    undated: Literal["keep", "drop"] = "drop",
) -> StakeholderNetwork:
    """Keep the events and ties of a period, both ends included; derived ties are derived anew.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    start, end : str or datetime.date
        First and last day, as ``"2021-09-03"``.
    undated : {"drop", "keep"}
        What becomes of events and ties without a date.

    Returns
    -------
    StakeholderNetwork
        With all its actors.

    Raises
    ------
    OptionError
        When a date cannot be read, or `end` comes before `start`.
    """
    check_option("undated", undated, ("drop", "keep"))
    try:
        first, last = pd.Timestamp(start), pd.Timestamp(end)
    except ValueError as error:
        raise OptionError(f"start={start!r}, end={end!r}: not a date.", "Write 2021-09-03.") from error
    if last < first:
        raise OptionError(f"end={last:%Y-%m-%d} comes before start={first:%Y-%m-%d}.", "Swap the two.")
    events = net.events
    held = _overlaps(events, "start", "end", first, last, point=True, keep_undated=undated == "keep")
    ties = net.ties
    derived = net.layers["derived_from"].eq("attendance")
    from_events = ties["layer"].map(derived).astype("bool")
    lasting = _overlaps(ties, "since", "until", first, last, point=False, keep_undated=undated == "keep")
    attendance = net.attendance
    cut = StakeholderNetwork(
        actors=net.actors.reset_index(),
        events=events[held].reset_index(),
        layers=net.layers.reset_index(),
        attendance=attendance[attendance["event_id"].isin(events.index[held])],
        ties=ties[lasting & ~from_events],
        name=net.name,
        source=net.source,
    )
    cards = net.layers.to_dict("index")
    for name in two_mode_layers(cut):
        if (ties["layer"] == name).any() and cards[name]["unit"] in WEIGHTS:
            cut = project_again(cut, name, cards[name])
    return cut


def _overlaps(  # noqa: PLR0913 - a period has two ends, a row too
    frame: pd.DataFrame,
    begin: str,
    finish: str,
    first: pd.Timestamp,
    last: pd.Timestamp,
    *,
    point: bool,
    keep_undated: bool,
) -> pd.Series:
    none = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")
    starts = frame[begin] if begin in frame.columns else none
    ends = frame[finish] if finish in frame.columns else none
    undated = starts.isna() & ends.isna()
    if point:
        ends = ends.fillna(starts)
    inside = (starts.isna() | (starts <= last)) & (ends.isna() | (ends >= first))
    return inside.where(~undated, keep_undated).astype("bool")


def without(net: StakeholderNetwork, actor_ids: Iterable[str]) -> StakeholderNetwork:
    """Leave some actors out, with their ties and their attendance.

    Ties that were derived from attendance keep the weight that they had: an event does not shrink because one of its
    actors is left out. Call ``project`` again for the other reading.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    actor_ids : iterable of str
        Ids to leave out.

    Returns
    -------
    StakeholderNetwork
        Without them.

    Raises
    ------
    UnknownNameError
        When an id does not exist.
    """
    gone = set(actor_ids)
    for actor in sorted(gone):
        if actor not in net.actors.index:
            raise unknown_name("actor", actor, net.actors.index)
    return net.keep(actor for actor in net.actors.index if actor not in gone)


def tie_strengths(net: StakeholderNetwork) -> np.ndarray:
    """Return the strength of every tie: its weight, or 1/weight in a layer whose weights are distances.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.

    Returns
    -------
    numpy.ndarray of float64, shape (n_ties,)
        In the order of ``net.ties``; larger is always stronger.

    Warns
    -----
    StakeholderNetWarning
        When a layer card says ``weight_means="unknown"`` and the weights look like a rank or a class of frequency.
    """
    ties, means = net.ties, net.layers["weight_means"]
    weights = ties["weight"].to_numpy()
    said = dict(zip(means.index, means, strict=True))
    for layer in (layer for layer, meaning in said.items() if meaning == "unknown"):
        values = np.unique(weights[(ties["layer"] == layer).to_numpy()])
        if 1 < len(values) <= RANK_CLASSES and values[-1] <= RANK_TOP and np.equal(values % 1, 0).all():
            warnings.warn(
                f"The weights of layer '{layer}' are whole numbers from {values[0]:.0f} to {values[-1]:.0f} and may be "
                "ranks, but its card does not say whether a larger one is a stronger tie; they are read as strengths. "
                "Declare it in the table of layers: weight_means = 'strength', or 'distance' where 1 is the strongest.",
                StakeholderNetWarning,
                stacklevel=3,
            )
    if "distance" not in said.values():
        return weights
    reversed_reading = (means == "distance").to_numpy(dtype="bool")[codes_of(ties["layer"], means.index)]
    return np.where(reversed_reading, 1.0 / weights, weights)


def one_layer(net: StakeholderNetwork, measure: str) -> str:
    """Return the name of the only layer, or refuse to choose among several.

    Raises
    ------
    AmbiguousLayersError
        When the network has more than one layer.
    """
    if len(net.layer_names) > 1:
        raise AmbiguousLayersError(measure, net.layer_names)
    return net.layer_names[0] if net.layer_names else ""


def adjacency(
    net: StakeholderNetwork, *, weighted: bool = True, measure: str = "adjacency"
) -> sparse.csr_array:
    """Return the ties of a network of one layer as a sparse matrix.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer.
    weighted : bool
        Strengths (see :func:`tie_strengths`), or 1 for each tie.
    measure : str
        Who asks, for the message when there are several layers.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (n_actors, n_actors)
        Rows and columns in the order of ``net.actors``; symmetric when the layer is undirected.

    Raises
    ------
    AmbiguousLayersError
        When the network has more than one layer.
    """
    layer = one_layer(net, measure)
    row, column = net._tie_ends()  # noqa: SLF001 - what the object looked up when it was made
    data = tie_strengths(net) if weighted else np.ones(net.n_ties)
    matrix = sparse.csr_array((data, (row, column)), shape=(net.n_actors, net.n_actors))
    if layer and not net.layers.loc[layer, "directed"]:
        matrix = sparse.csr_array(matrix + matrix.T)
    return matrix
