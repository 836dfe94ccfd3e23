"""In which layers an actor lives: participation, overlapping degree, relevance."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse, special
from scipy.sparse import csgraph

from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net.errors import AmbiguousLayersError
from stakeholder_net.measures._ties import actor_series, layer_patterns, presence_grid, ratio
from stakeholder_net.network import StakeholderNetwork

__all__ = [
    "component_sizes",
    "layer_degrees",
    "layer_profile",
    "neighbourhood",
    "overlapping_degree",
    "participation",
    "relevance",
]

Absent = Literal["missing", "zero"]


def layer_degrees(net: StakeholderNetwork, *, absent: Absent = "missing") -> pd.DataFrame:
    """With how many others is each actor tied in each layer?

    Parameters
    ----------
    net : StakeholderNetwork
        Any network. In a directed layer a tie in either direction makes a partner.
    absent : {"missing", "zero"}
        What stands where an actor does not belong to a layer; whoever belongs to it without ties has 0.

    Returns
    -------
    pandas.DataFrame of float64
        Index the actors, one column a layer.
    """
    check_option("absent", absent, ("missing", "zero"))
    patterns = layer_patterns(net)
    counts = np.column_stack(
        [np.zeros((net.n_actors, 0)), *(matrix.sum(axis=1) for matrix in patterns.values())]
    )
    if absent == "missing":
        counts = np.where(presence_grid(net), counts, np.nan)
    return pd.DataFrame(counts, index=net.actors.index, columns=pd.Index(net.layer_names, name="layer"))


def overlapping_degree(net: StakeholderNetwork) -> pd.Series:
    """How many ties has each actor, all layers together?

    A partner in two layers counts twice; :func:`neighbourhood` counts it once.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one or more layers.

    Returns
    -------
    pandas.Series of float64
        Named ``overlapping_degree``; 0 without ties.

    References
    ----------
    Battiston, F., Nicosia, V., Latora, V. (2014). Structural measures for multiplex networks. Physical Review E 89,
    032804. https://doi.org/10.1103/PhysRevE.89.032804
    """
    return actor_series(net, layer_degrees(net, absent="zero").sum(axis=1), "overlapping_degree")


def participation(net: StakeholderNetwork) -> pd.Series:
    """Are each actor's ties spread over the layers, or do they all lie in one?

    P = M/(M-1) (1 - sum over layers of (k_layer / o)^2), M layers, o the overlapping degree.

    Reads as: "it works with others at meetings, in projects and on boards alike". It does not read as: "it has many
    ties": two ties in two layers give 1.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of several layers. A layer to which an actor does not belong counts as one without ties.

    Returns
    -------
    pandas.Series of float64
        Named ``participation``; 0 all ties in one layer, 1 equally many in every layer; NaN without ties, and for
        every actor where the network has one layer only.

    References
    ----------
    Battiston, F., Nicosia, V., Latora, V. (2014). Structural measures for multiplex networks. Physical Review E 89,
    032804. https://doi.org/10.1103/PhysRevE.89.032804

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"], "layer": ["attendance", "partnership"],
    ...                        "weight": 1.0}))
    >>> participation(net).to_dict()
    {'a': 1.0, 'b': 0.0, 'c': 0.0}
    """
    degrees = layer_degrees(net, absent="zero").to_numpy()
    layers = degrees.shape[1]
    share = ratio(degrees, degrees.sum(axis=1, keepdims=True))
    spread = 1.0 - (share**2).sum(axis=1) if layers else np.full(net.n_actors, np.nan)
    return actor_series(net, spread * (layers / (layers - 1) if layers > 1 else np.nan), "participation")


def neighbourhood(net: StakeholderNetwork) -> pd.Series:
    """With how many different others is each actor tied, whatever the layer?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one or more layers.

    Returns
    -------
    pandas.Series of float64
        Named ``neighbourhood``; 0 without ties.

    References
    ----------
    Berlingerio, M., Coscia, M., Giannotti, F., Monreale, A., Pedreschi, D. (2011). Foundations of multidimensional
    network analysis. ASONAM 2011, 485-489. https://doi.org/10.1109/ASONAM.2011.103
    """
    return actor_series(net, _everywhere(net)[0], "neighbourhood")


def relevance(net: StakeholderNetwork, layer: str | None = None, *, exclusive: bool = False) -> pd.Series:
    """What share of each actor's partners does one layer hold?

    Reads as: "nine of its ten partners meet it at the tables". With `exclusive`: "four of them it would lose if the
    tables ended, for it meets them nowhere else".

    Parameters
    ----------
    net : StakeholderNetwork
        Network with all the layers that are compared.
    layer : str, optional
        The layer; needed when there are several.
    exclusive : bool
        Count only partners who are reached in no other layer.

    Returns
    -------
    pandas.Series of float64
        Named ``relevance``, between 0 and 1; NaN for an actor that does not belong to the layer or has no partner
        anywhere; 0 for one that belongs to it without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers and none is named.
    UnknownNameError
        When the layer does not exist.

    References
    ----------
    Berlingerio, M., Coscia, M., Giannotti, F., Monreale, A., Pedreschi, D. (2011). Foundations of multidimensional
    network analysis. ASONAM 2011, 485-489. https://doi.org/10.1109/ASONAM.2011.103
    """
    if layer is None and len(net.layer_names) > 1:
        raise AmbiguousLayersError("relevance", net.layer_names)
    if layer is not None and layer not in net.layer_names:
        raise unknown_name("layer", layer, net.layer_names)
    if not net.layer_names:
        return actor_series(net, np.full(net.n_actors, np.nan), "relevance")
    name = layer if layer is not None else net.layer_names[0]
    patterns = layer_patterns(net)
    everywhere, times = _everywhere(net)
    here = patterns[name]
    if exclusive:
        here = here.multiply(_only_once(times))
    values = ratio(here.sum(axis=1), everywhere)
    member = presence_grid(net)[:, net.layer_names.index(name)]
    return actor_series(net, np.where(member, values, np.nan), "relevance")


def layer_profile(net: StakeholderNetwork) -> pd.DataFrame:
    """In which layers does each actor live, and how evenly?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one or more layers. A layer to which an actor does not belong counts as one without ties.

    Returns
    -------
    pandas.DataFrame
        Index the actors; ``layers_present``, ``active_layers`` (with a tie), ``only_layer`` (its name where there is
        exactly one active layer, else empty), ``overlapping_degree``, ``overlapping_degree_z`` (population sd),
        ``neighbourhood``, ``participation``, ``layer_entropy`` (natural log, NaN without ties), ``degree_deviation``
        (population sd of the degree over the layers) and ``redundancy`` (1 - neighbourhood / overlapping degree: how
        far the layers repeat each other; NaN without ties).

    References
    ----------
    Battiston, F., Nicosia, V., Latora, V. (2014). Structural measures for multiplex networks. Physical Review E 89,
    032804. https://doi.org/10.1103/PhysRevE.89.032804
    Berlingerio, M., Coscia, M., Giannotti, F., Monreale, A., Pedreschi, D. (2011). Foundations of multidimensional
    network analysis. ASONAM 2011, 485-489. https://doi.org/10.1109/ASONAM.2011.103
    """
    degrees = layer_degrees(net, absent="zero").to_numpy()
    overlap = degrees.sum(axis=1)
    spread = overlap.std() if len(overlap) else 0.0
    partners = _everywhere(net)[0]
    active = degrees > 0
    names = np.array([*net.layer_names, ""], dtype=object)
    only = np.where(
        active.sum(axis=1) == 1, np.argmax(np.column_stack([active, ~active.any(axis=1)]), axis=1), -1
    )
    return pd.DataFrame(
        {
            "layers_present": presence_grid(net).sum(axis=1),
            "active_layers": active.sum(axis=1),
            "only_layer": pd.array(names[only], dtype="str"),
            "overlapping_degree": overlap,
            "overlapping_degree_z": ratio(overlap - overlap.mean(), spread) if len(overlap) else overlap,
            "neighbourhood": partners.astype("float64"),
            "participation": participation(net),
            "layer_entropy": special.entr(ratio(degrees, overlap[:, None])).sum(axis=1)
            if degrees.size
            else np.nan,
            "degree_deviation": degrees.std(axis=1) if degrees.size else np.nan,
            "redundancy": 1 - ratio(partners, overlap),
        },
        index=net.actors.index,
    )


def component_sizes(net: StakeholderNetwork, *, absent: Absent = "missing") -> pd.DataFrame:
    """How large is the connected part in which each actor lies, layer by layer and over all?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one or more layers; ties in either direction connect.
    absent : {"missing", "zero"}
        What stands where an actor does not belong to a layer: NaN, or 1 as for an actor without ties.

    Returns
    -------
    pandas.DataFrame of float64
        Index the actors; one column a layer, then ``any_layer`` (ties of any layer connect), ``every_layer`` (only
        pairs tied in every layer) and ``viable`` (the largest set around the actor that is connected in every layer by
        itself).

    References
    ----------
    Buldyrev, S. V., Parshani, R., Paul, G., Stanley, H. E., Havlin, S. (2010). Catastrophic cascade of failures in
    interdependent networks. Nature 464, 1025-1028. https://doi.org/10.1038/nature08932
    """
    check_option("absent", absent, ("missing", "zero"))
    patterns = layer_patterns(net)
    present = presence_grid(net)
    if (
        len(patterns) == 1
    ):  # where nothing else joins or splits, all are its own components; a country needs the memory
        ((name, matrix),) = patterns.items()
        sizes = _sizes(matrix)
        own = np.where(present[:, 0] | (absent == "zero"), sizes, np.nan)
        table = {name: own, "any_layer": sizes, "every_layer": sizes, "viable": sizes}
        return pd.DataFrame(table, index=net.actors.index)
    times = _everywhere(net)[1]
    every = sparse.csr_array(
        ((times.data == len(patterns)).astype("float64"), times.indices, times.indptr),
        shape=times.shape,
        copy=True,
    )
    every.eliminate_zeros()
    table = {
        name: np.where(present[:, place] | (absent == "zero"), _sizes(matrix), np.nan)
        for place, (name, matrix) in enumerate(patterns.items())
    }
    table |= {
        "any_layer": _sizes(times),
        "every_layer": _sizes(every),
        "viable": _viable(list(patterns.values()), net),
    }
    return pd.DataFrame(table, index=net.actors.index, dtype="float64")


def _sizes(ties: sparse.csr_array) -> np.ndarray:
    _, component = csgraph.connected_components(ties, directed=False)
    return np.bincount(component, minlength=1)[component].astype("float64")


def _viable(patterns: list[sparse.csr_array], net: StakeholderNetwork) -> np.ndarray:
    """Return the size of the mutually connected set of each actor: split by every layer until nothing splits."""
    part = np.zeros(net.n_actors, dtype="int64")
    while True:
        before = part.max(initial=0)
        for ties in patterns:
            cells = ties.tocoo()
            inside = part[cells.row] == part[cells.col]
            kept = sparse.csr_array(
                (cells.data[inside], (cells.row[inside], cells.col[inside])), shape=ties.shape
            )
            _, component = csgraph.connected_components(kept, directed=False)
            part = np.unique(component, return_inverse=True)[1]
        if part.max(initial=0) == before:
            return np.bincount(part, minlength=1)[part].astype("float64")


def _everywhere(net: StakeholderNetwork) -> tuple[np.ndarray, sparse.csr_array]:
    """Return how many different partners each actor has, and in how many layers each pair is tied."""
    times = sparse.csr_array((net.n_actors, net.n_actors))
    for matrix in layer_patterns(net).values():
        times = sparse.csr_array(times + matrix)
    return np.diff(times.indptr), times


def _only_once(times: sparse.csr_array) -> sparse.csr_array:
    """Return 1 where a pair is tied in exactly one layer."""
    return sparse.csr_array(
        ((times.data == 1).astype("float64"), times.indices, times.indptr), shape=times.shape
    )
