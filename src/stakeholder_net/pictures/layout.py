"""Where each actor stands: computed once, from the whole network, and kept by every layer, year, filter and figure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

from stakeholder_net.errors import OptionError
from stakeholder_net.layers import two_mode_layers
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, KIND_GROUPS, KINDS

__all__ = ["SPACING", "positions"]

Array = npt.NDArray[np.float64]

# No two actors stand closer than this; pictures draw no actor wider than this, so none hides another.
SPACING = 40.0
PIVOTS = 600
FEW_PIVOTS = 200
CROWD = 2_500  # actors and events from which 200 pivots say nearly as much as 600, in a third of the time
CACHED = 2**15  # cells of a block
ROUNDS = 120
SHAPE = 1.45  # wider than high, as screens and pages are


def positions(net: StakeholderNetwork, *, seed: int = 0) -> pd.DataFrame:
    """Place the actors on a plane: those who meet often stand together, and nobody stands on anybody.

    Reads as: "near each other means many common meetings, projects and ties". It does not read as a map, and left,
    right, top and bottom mean nothing.

    Events are placed with the actors (an event draws its actors around itself) and then left out. Distances along
    the ties are fitted by stress majorisation; for larger networks they are taken to a few hundred pivots. Pieces
    that are not connected stand side by side; actors without any tie stand in rows beneath.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network; all its layers count.
    seed : int
        For the small shake that separates actors with the same ties.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``actor_id`` in the order of ``net.actors``; ``x``, ``y`` (y grows downwards, as on screens) and
        ``place``: ``"net"``, ``"alone"`` (took part, without a tie) or ``"ghost"`` (never came to anything). At
        least 40 units lie between any two actors.

    Raises
    ------
    OptionError
        When `seed` is not a whole number from 0.

    References
    ----------
    Gansner, E. R., Koren, Y., North, S. (2005). Graph drawing by stress majorization. Graph Drawing 2004, 239-250.
    https://doi.org/10.1007/978-3-540-31843-9_25
    Ortmann, M., Klimenta, M., Brandes, U. (2017). A sparse stress model. Journal of Graph Algorithms and
    Applications 21, 791-821. https://doi.org/10.7155/jgaa.00440

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> positions(net)["place"].to_list()
    ['net', 'net', 'ghost']
    """
    given: object = seed
    if isinstance(given, bool) or not isinstance(given, (int, np.integer)) or given < 0:
        raise OptionError(f"seed={seed!r} is not a whole number from 0.", "Give for instance seed=0.")
    if (net.fingerprint, int(given)) not in _KEPT:
        frame = _positions(net, int(given))
        _KEPT.clear()
        _KEPT[net.fingerprint, int(given)] = frame
    return _KEPT[net.fingerprint, int(given)].copy()


_KEPT: dict[tuple[str, int], pd.DataFrame] = {}  # the last only: map and report draw the same network


def _positions(net: StakeholderNetwork, seed: int) -> pd.DataFrame:
    lengths = _lengths(net)
    place = _places(net)
    point = np.zeros((net.n_actors, 2))
    tied = (place == "net").to_numpy()
    if tied.any():
        point[tied] = _connected(lengths, net.n_actors, np.random.default_rng(seed))[tied]
    _rows(net, point, place)
    frame = pd.DataFrame(np.round(point, 2) + 0.0, index=net.actors.index, columns=["x", "y"])
    frame["place"] = place
    return frame


def _places(net: StakeholderNetwork) -> pd.Series:
    ids = net.actors.index
    ends = pd.concat([net.ties["source"], net.ties["target"]]).unique()
    tied, present = ids.isin(ends), ids.isin(net.presence["actor_id"].unique())
    values = np.select([tied, present], ["net", "alone"], "ghost")
    return pd.Series(values, index=ids, dtype="str")


def _lengths(net: StakeholderNetwork) -> sparse.csr_array:
    """Return the graph of actors and events with the length wished for each link, symmetric."""
    attendance, events, ties = net.attendance, net.events, net.ties
    two_mode = two_mode_layers(net)
    n = net.n_actors
    # a derived layer whose events are at hand is drawn through its events; any other by its ties
    alive = [name for name in two_mode if (ties["layer"] == name).any()]
    rows = attendance[attendance["status"].isin(COUNTING_STATUSES)]
    rows = rows[rows["event_id"].map(events["layer"]).isin(alive)]
    actor = net.actors.index.get_indexer(pd.Index(rows["actor_id"]))
    event = events.index.get_indexer(pd.Index(rows["event_id"])) + n
    seats = np.bincount(event, minlength=n + len(events))[event]
    direct = ties[~ties["layer"].isin(alive)]
    source = net.actors.index.get_indexer(pd.Index(direct["source"]))
    target = net.actors.index.get_indexer(pd.Index(direct["target"]))
    # a crowd needs a wider ring than a table of three
    length = np.concatenate([0.5 + 0.22 * np.sqrt(seats), np.ones(len(direct))])
    first, second = np.concatenate([actor, source]), np.concatenate([event, target])
    size = n + len(events)
    low, high = np.minimum(first, second), np.maximum(first, second)
    pairs = pd.DataFrame({"low": low, "high": high, "length": length}).sort_values(["low", "high", "length"])
    pairs = pairs.drop_duplicates(["low", "high"])
    half = sparse.csr_array((pairs["length"], (pairs["low"], pairs["high"])), shape=(size, size))
    return sparse.csr_array(half + half.T)


def _connected(lengths: sparse.csr_array, n_actors: int, rng: np.random.Generator) -> Array:
    """Lay out each connected piece, then pack the pieces side by side; returns actors only."""
    _, piece = csgraph.connected_components(lengths, directed=False)
    out = np.zeros((lengths.shape[0], 2))
    members = [np.flatnonzero(piece == label) for label in np.unique(piece[:n_actors])]
    members = [group for group in members if (group < n_actors).sum() > 1]
    members.sort(key=lambda group: (-len(group), int(group[0])))
    boxes = []
    for group in members:
        local = _stress(sparse.csr_array(lengths[group][:, group]), rng)
        is_actor = group < n_actors
        local = _turned(local, is_actor)
        placed = _apart(local[is_actor], rng)
        out[group[is_actor]] = placed
        boxes.append(group[is_actor])
    _pack(out, boxes)
    return out[:n_actors]


def _stress(lengths: sparse.csr_array, rng: np.random.Generator) -> Array:
    n = lengths.shape[0]
    if n == 2:  # noqa: PLR2004 - a pair is a line
        return np.array([[0.0, 0.0], [1.0, 0.0]])
    pivots = _pivots(lengths, min(n, PIVOTS if n <= CROWD else FEW_PIVOTS))
    wished = csgraph.dijkstra(lengths, directed=False, indices=pivots).T
    point = _classical(wished) + rng.normal(scale=1e-3 * wished.max(), size=(n, 2))
    near = sparse.coo_array(lengths)
    # pivots stand for the actors around them, so that few pivots pull as hard as all would
    share = np.bincount(np.argmin(wished, axis=1), minlength=len(pivots)) if len(pivots) < n else np.ones(n)
    with np.errstate(divide="ignore"):
        far_weight = np.where(wished > 0, share / wished**2, 0.0)
    near_weight = 1.0 / near.data**2 if len(pivots) < n else np.zeros(near.nnz)
    total = far_weight.sum(axis=1) + np.bincount(near.row, near_weight, minlength=n)
    force = far_weight * wished
    for _ in range(ROUNDS):
        pull = _far_pull(point, pivots, far_weight, force)
        if near_weight.any():
            _add_near_pull(pull, point, near, near_weight)
        point = pull / total[:, None]
    return point


def _far_pull(point: Array, pivots: npt.NDArray[np.intp], far_weight: Array, force: Array) -> Array:
    """Return where the pivots pull every point, all at once; some rows at a time, so that all stays in the cache."""
    fixed = point[pivots]
    pull = far_weight @ fixed
    rows = max(1, CACHED // len(pivots))
    for start in range(0, len(point), rows):
        part = slice(start, start + rows)
        aside, down = (point[part, axis][:, None] - fixed[:, axis] for axis in (0, 1))
        factor = force[part] / np.maximum(np.sqrt(aside * aside + down * down), 1e-9)
        pull[part, 0] += np.einsum("ik,ik->i", factor, aside)
        pull[part, 1] += np.einsum("ik,ik->i", factor, down)
    return pull


def _add_near_pull(pull: Array, point: Array, near: sparse.coo_array, weight: Array) -> None:
    """Add to the pull what the links themselves wish, where pivots do not stand for all; in place."""
    side = point[near.row] - point[near.col]
    reach = np.maximum(np.hypot(side[:, 0], side[:, 1]), 1e-9)
    step = weight[:, None] * (point[near.col] + side * (near.data / reach)[:, None])
    for axis in (0, 1):
        pull[:, axis] += np.bincount(near.row, step[:, axis], minlength=len(point))


def _pivots(lengths: sparse.csr_array, count: int) -> npt.NDArray[np.intp]:
    """Choose nodes far from each other (all of them in a small network)."""
    n = lengths.shape[0]
    if count >= n:
        return np.arange(n)
    chosen = [int(np.argmax(np.diff(lengths.indptr)))]
    reach = csgraph.dijkstra(lengths, directed=False, indices=chosen)[0]
    while len(chosen) < count // 4:
        chosen.append(int(np.argmax(reach)))
        reach = np.minimum(reach, csgraph.dijkstra(lengths, directed=False, indices=chosen[-1:])[0])
    rest = np.setdiff1d(np.arange(n), chosen)
    spread = rest[np.linspace(0, len(rest) - 1, count - len(chosen)).astype(int)]
    return np.sort(np.concatenate([chosen, spread]))


def _classical(wished: Array) -> Array:
    """Start from the two main directions of the distances to the pivots."""
    squared = wished**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    product = centred.T @ centred
    _, vectors = np.linalg.eigh(product)
    start = -0.5 * centred @ vectors[:, [-1, -2]]
    spread = start.std(axis=0)
    return np.asarray(start / np.where(spread > 0, spread, 1.0) * np.median(wished[wished > 0]))


def _turned(point: Array, is_actor: npt.NDArray[np.bool_]) -> Array:
    """Lay the long side flat and fix the mirror image, so that the same network always looks the same way."""
    centred = point - point[is_actor].mean(axis=0)
    _, vectors = np.linalg.eigh(np.cov(centred[is_actor].T))
    flat = centred @ vectors[:, ::-1]
    skew = (flat[is_actor] ** 3).sum(axis=0)
    return np.asarray(flat * np.where(skew < 0, -1.0, 1.0))


def _apart(point: Array, rng: np.random.Generator) -> Array:
    """Scale until most actors have room, then push apart the pairs that still stand too close."""
    n = len(point)
    if n < 2:  # noqa: PLR2004
        return np.zeros_like(point)
    nearest = np.asarray(cKDTree(point).query(point, k=2)[0])[:, 1]
    typical = np.quantile(nearest, 0.35)
    width = max(np.ptp(point[:, 0]), np.ptp(point[:, 1]))
    scale = SPACING * 1.15 / max(typical, width / (4 * n), 1e-9)
    out = point * min(scale, SPACING * 3.2 * np.sqrt(n) / max(width, 1e-9))
    out = out + rng.normal(scale=1e-3 * SPACING, size=out.shape)
    for step in range(600):
        pairs = cKDTree(out).query_pairs(SPACING, output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        side = out[pairs[:, 0]] - out[pairs[:, 1]]
        distance = np.maximum(np.hypot(side[:, 0], side[:, 1]), 1e-6)
        # a little more than needed: it ends sooner
        push = side * ((SPACING * (1.02 + 0.0002 * step) - distance) / (2 * distance))[:, None]
        for axis in (0, 1):
            out[:, axis] += 0.6 * (
                np.bincount(pairs[:, 0], push[:, axis], minlength=n)
                - np.bincount(pairs[:, 1], push[:, axis], minlength=n)
            )
    return np.asarray(out)


def _pack(point: Array, groups: list[npt.NDArray[np.intp]]) -> None:
    """Put the pieces in columns at the right of the largest one, centred; in place."""
    gap = 2.2 * SPACING
    if not groups:
        return
    for group in groups:
        point[group] -= (point[group].max(axis=0) + point[group].min(axis=0)) / 2
    first = point[groups[0]]
    right = first[:, 0].max() + gap
    height = max(np.ptp(first[:, 1]), 4 * gap)
    x, y, column = right, -height / 2, 0.0
    for group in groups[1:]:
        wide, high = np.ptp(point[group], axis=0)
        if y > -height / 2 and y + high > height / 2:
            x, y, column = x + column + gap, -height / 2, 0.0
        point[group] += [x + wide / 2, y + high / 2]
        y, column = y + high + gap, max(column, wide)


def _rows(net: StakeholderNetwork, point: Array, place: pd.Series) -> None:
    """Put those without ties in rows beneath, first those who came, then those who never did; in place."""
    actors = net.actors
    group = actors["kind"].map(lambda kind: KINDS[kind].group if kind in KINDS else "impresa")
    rank = group.map({name: number for number, name in enumerate(KIND_GROUPS)}).to_numpy()
    tied = (place == "net").to_numpy()
    if tied.any():
        point[tied] -= (point[tied].max(axis=0) + point[tied].min(axis=0)) / 2
    bottom = point[tied, 1].max() if tied.any() else -2.5 * SPACING
    width = max(np.ptp(point[tied, 0]) if tied.any() else 0.0, np.sqrt((~tied).sum() * SHAPE) * 1.5 * SPACING)
    for name in ("alone", "ghost"):
        chosen = np.flatnonzero((place == name).to_numpy())
        if not len(chosen):
            continue
        order = chosen[np.lexsort((actors["name"].to_numpy(dtype=str)[chosen], rank[chosen]))]
        step = 1.5 * SPACING
        columns = max(1, min(len(order), int(width // step)))
        number = np.arange(len(order))
        point[order, 0] = (number % columns - (columns - 1) / 2) * step
        point[order, 1] = bottom + 2.5 * SPACING + (number // columns) * step
        bottom = point[order, 1].max()
