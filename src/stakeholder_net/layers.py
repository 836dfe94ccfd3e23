"""From network to network: derive ties from attendance, join layers, cut by time, leave actors out."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net.errors import AmbiguousLayersError, OptionError, StakeholderNetWarning
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, LAYERS, STATUSES

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

Weight = Literal["newman", "count", "jaccard"]
Flattening = Literal["sum", "count", "any", "all"]

# Few classes, all whole and small: how questionnaires and incident records write ranks and frequencies.
RANK_CLASSES = 7
RANK_TOP = 10


def two_mode_layers(net: StakeholderNetwork) -> tuple[str, ...]:
    """Return the layers that have events, in the order of their cards.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.

    Returns
    -------
    tuple of str
        Names of the layers from which ties can be derived.
    """
    used = set(net.events["layer"])
    return tuple(name for name in net.layer_names if name in used)


def incidence(
    net: StakeholderNetwork, layer: str = "attendance", *, counts: Sequence[str] = COUNTING_STATUSES
) -> sparse.csr_array:
    """Return who was at which event, as a sparse 0/1 matrix.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events in `layer`.
    layer : str
        A two-mode layer.
    counts : sequence of str
        Statuses that count as having taken part.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (n_actors, n_events of the layer)
        Rows in the order of ``net.actors``, columns in the order of the layer's events in ``net.events``.

    Raises
    ------
    UnknownNameError
        When the layer does not exist or has no events, or a status is unknown.
    """
    if layer not in two_mode_layers(net):
        what = "layer with events" if layer in net.layer_names else "layer"
        raise unknown_name(what, layer, two_mode_layers(net))
    for status in counts:
        if status not in STATUSES:
            raise unknown_name("status", status, STATUSES)
    events = net.events
    columns = events.index[events["layer"] == layer]
    attendance = net.attendance
    rows = attendance[attendance["status"].isin(counts) & attendance["event_id"].isin(columns)]
    actor = net.actors.index.get_indexer(pd.Index(rows["actor_id"]))
    event = columns.get_indexer(pd.Index(rows["event_id"]))
    data = np.ones(len(rows))
    return sparse.csr_array((data, (actor, event)), shape=(net.n_actors, len(columns)))


def project(
    net: StakeholderNetwork,
    layer: str | None = None,
    *,
    weight: Weight = "newman",
    counts: Sequence[str] = COUNTING_STATUSES,
) -> StakeholderNetwork:
    """Derive ties between actors from the events that they shared.

    Reads as: "the two organisations sat at the same tables; a table of two counts more than a plenary of sixty".
    It does not read as: "the two organisations work together".

    Parameters
    ----------
    net : StakeholderNetwork
        Network with attendance.
    layer : str, optional
        The layer to derive; by default every layer that has events.
    weight : {"newman", "count", "jaccard"}
        ``newman``: the sum over shared events of 1/(n-1), n being the number of actors at the event, so that an
        actor's strength is the number of its events with company. ``count``: shared events. ``jaccard``: shared
        events over the events of either.
    counts : sequence of str
        Statuses that count as having taken part. Announced and absent do not make ties.

    Returns
    -------
    StakeholderNetwork
        With the ties of the layer(s) replaced; column ``shared_events`` holds the number of shared events, and the
        layer card says from what the ties are derived.

    Raises
    ------
    UnknownNameError
        When the layer does not exist or has no events.
    OptionError
        When `weight` is none of the three, or the network has no events at all.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Physical Review E 64, 016132.
    https://doi.org/10.1103/PhysRevE.64.016132
    Breiger, R. L. (1974). The duality of persons and groups. Social Forces 53, 181-190.
    https://doi.org/10.1093/sf/53.2.181

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     events=pd.DataFrame({"event_id": ["E1", "E2"], "name": ["Lab", "Tavolo"], "kind": ["workshop", "table"]}),
    ...     attendance=pd.DataFrame({"actor_id": ["a", "b", "c", "a", "b"], "event_id": ["E1"] * 3 + ["E2"] * 2,
    ...                              "status": ["present"] * 5}))
    >>> project(net).ties[["source", "target", "weight", "shared_events"]]
      source target  weight  shared_events
    0      a      b     1.5              2
    1      a      c     0.5              1
    2      b      c     0.5              1
    """
    check_option("weight", weight, ("newman", "count", "jaccard"))
    names = two_mode_layers(net) if layer is None else (layer,)
    if not names:
        raise OptionError(
            "This network has no events, so there is nothing to project.", "Give events= and attendance=."
        )
    ids = net.actors.index.to_numpy()
    out = net
    for name in names:
        seats = incidence(net, name, counts=counts)
        shared = _pairs(seats @ seats.T)
        ties = pd.DataFrame(
            {
                "source": ids[shared.row],
                "target": ids[shared.col],
                "weight": _weights(seats, shared, weight),
                "shared_events": shared.data.astype("int64"),
            }
        )
        out = out.with_ties(
            ties,
            layer=name,
            card={
                "directed": False,
                "derived_from": "attendance",
                "unit": weight,
                "weight_means": "strength",
            },
        )
    return out


def _weights(seats: sparse.csr_array, shared: sparse.coo_array, weight: Weight) -> np.ndarray:
    if weight == "count":
        return np.asarray(shared.data)
    if weight == "jaccard":
        events = np.asarray(seats.sum(axis=1))
        return np.asarray(shared.data / (events[shared.row] + events[shared.col] - shared.data))
    size = np.asarray(seats.sum(axis=0))
    # an event with one actor ties nobody: its column never meets another row, so any finite value will do
    share = sparse.diags_array(1.0 / np.maximum(size - 1, 1))
    return np.asarray(_pairs(seats @ share @ seats.T).data)


def _pairs(matrix: sparse.csr_array) -> sparse.coo_array:
    """Return the cells above the diagonal, sorted, so that two matrices of one pattern stay aligned."""
    cells = sparse.csr_array(matrix)
    cells.sum_duplicates()
    return sparse.triu(cells, k=1, format="coo")


def tie_evidence(
    net: StakeholderNetwork, source: str, target: str, *, layer: str | None = None
) -> pd.DataFrame:
    """Return the rows behind a tie: the events that two actors shared and where the sheets say so.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with attendance.
    source, target : str
        Two actor ids.
    layer : str, optional
        Only events of this layer.

    Returns
    -------
    pandas.DataFrame
        One row a shared event: ``event_id``, ``name``, ``layer``, ``start``, ``source_rows``, ``target_rows``.

    Raises
    ------
    UnknownNameError
        When an actor does not exist.
    """
    for actor in (source, target):
        if actor not in net.actors.index:
            raise unknown_name("actor", actor, net.actors.index)
    rows = net.attendance
    rows = rows[rows["status"].isin(COUNTING_STATUSES)]
    ours = rows[rows["actor_id"] == source].set_index("event_id")["source"]
    theirs = rows[rows["actor_id"] == target].set_index("event_id")["source"]
    events = net.events
    if layer is not None:
        events = events[events["layer"] == layer]
    both = events[events.index.isin(ours.index) & events.index.isin(theirs.index)]
    start = both["start"] if "start" in both.columns else pd.Series(pd.NaT, index=both.index)
    return pd.DataFrame(
        {
            "event_id": both.index,
            "name": both["name"].to_numpy(),
            "layer": both["layer"].to_numpy(),
            "start": start.to_numpy(),
            "source_rows": ours.reindex(both.index).to_numpy(),
            "target_rows": theirs.reindex(both.index).to_numpy(),
        }
    )


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
    ties = net.ties
    first, second = place.get_indexer(pd.Index(ties["source"])), place.get_indexer(pd.Index(ties["target"]))
    pairs = pd.DataFrame(
        {
            "low": np.minimum(first, second),
            "high": np.maximum(first, second),
            "layer": ties["layer"].to_numpy(),
            "weight": tie_strengths(net),
        }
    )
    per_layer = pairs.groupby(["low", "high", "layer"], as_index=False, observed=True)["weight"].sum()
    joint = per_layer.groupby(["low", "high"], as_index=False).agg(
        weight=("weight", "sum"), layers=("layer", "size")
    )
    if how == "all":
        joint = joint[joint["layers"].to_numpy() == _layers_shared(net, joint["low"], joint["high"])]
    if at_least is not None:
        joint = joint[joint["layers"] >= at_least]
    weight = {"sum": joint["weight"], "count": joint["layers"].astype("float64")}.get(how)
    flat = pd.DataFrame(
        {
            "source": place[joint["low"]].to_numpy(),
            "target": place[joint["high"]].to_numpy(),
            "layer": name,
            "weight": 1.0 if weight is None else weight.to_numpy(),
            "n_layers": joint["layers"].to_numpy(),
        }
    )
    present = net.presence["actor_id"].drop_duplicates()
    label = LAYERS["all"][0] if name == "all" else name
    card = {
        "layer": name,
        "directed": False,
        "label": label,
        "kind": "flattened",
        "unit": how,
        "derived_from": ", ".join(net.layer_names),
        "weight_means": "strength",
    }
    return StakeholderNetwork(
        actors=net.actors.reset_index(),
        ties=flat,
        layers=pd.DataFrame([card]),
        presence=pd.DataFrame({"actor_id": present, "layer": name}),
        name=net.name,
        source=net.source,
    )


def _layers_shared(net: StakeholderNetwork, low: pd.Series, high: pd.Series) -> np.ndarray:
    """Return in how many layers both ends of each pair are present."""
    presence = net.presence
    grid = np.zeros((net.n_actors, len(net.layer_names)), dtype=bool)
    layer = pd.Index(net.layer_names).get_indexer(pd.Index(presence["layer"]))
    grid[net.actors.index.get_indexer(pd.Index(presence["actor_id"])), layer] = True
    return np.asarray((grid[low.to_numpy()] & grid[high.to_numpy()]).sum(axis=1))


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
    units = net.layers["unit"]
    for name in two_mode_layers(cut):
        if (ties["layer"] == name).any() and units[name] in ("newman", "count", "jaccard"):
            cut = project(cut, name, weight=units[name])
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
    for layer in means.index[means == "unknown"]:
        values = np.unique(weights[(ties["layer"] == layer).to_numpy()])
        if 1 < len(values) <= RANK_CLASSES and values[-1] <= RANK_TOP and np.equal(values % 1, 0).all():
            warnings.warn(
                f"The weights of layer '{layer}' are whole numbers from {values[0]:.0f} to {values[-1]:.0f} and may be "
                "ranks, but its card does not say whether a larger one is a stronger tie; they are read as strengths. "
                "Declare it in the table of layers: weight_means = 'strength', or 'distance' where 1 is the strongest.",
                StakeholderNetWarning,
                stacklevel=3,
            )
    reversed_reading = ties["layer"].map(means == "distance").to_numpy(dtype=bool)
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
    ties = net.ties
    place = net.actors.index
    row, column = place.get_indexer(pd.Index(ties["source"])), place.get_indexer(pd.Index(ties["target"]))
    data = tie_strengths(net) if weighted else np.ones(len(ties))
    matrix = sparse.csr_array((data, (row, column)), shape=(net.n_actors, net.n_actors))
    if layer and not net.layers.loc[layer, "directed"]:
        matrix = sparse.csr_array(matrix + matrix.T)
    return matrix
