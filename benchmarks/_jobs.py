"""Jobs that are measured: ours, and the same by a peer. What a job needs is made before the clock starts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from territory import SIZES, Size, attendance, network, write_project

from stakeholder_net import StakeholderNetwork, measures, project
from stakeholder_net._meetings import meetings
from stakeholder_net.findings import tie_scores
from stakeholder_net.records._workbook import read_workbook_grids
from stakeholder_net.records.read import read_table

DRAWS, LAYERS = 50, 4
Values = np.ndarray
Work = Callable[[], "Values | Callable[[], Values]"]
"""What is timed; it returns its values, or what makes them comparable when the clock has stopped."""


class Territory:
    """One size, and what peers make of it."""

    def __init__(self, size: Size) -> None:
        self.size = size

    @cached_property
    def seats(self) -> tuple[np.ndarray, np.ndarray]:
        """Actor and event of every seat."""
        return attendance(self.size)

    @cached_property
    def incidence(self) -> sparse.csr_array:
        """Actors times events."""
        actor, event = self.seats
        return sparse.csr_array(
            (np.ones(len(actor)), (actor, event)), shape=(self.size.actors, self.size.events)
        )

    @cached_property
    def bare(self) -> StakeholderNetwork:
        """Our network without ties."""
        return network(self.size)

    @cached_property
    def net(self) -> StakeholderNetwork:
        """Our network, ties derived."""
        return project(self.bare)

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Ends as numbers, weight; by ends."""
        met = self.pairs
        return pd.DataFrame({"source": met.first, "target": met.second, "weight": met.weight})

    @cached_property
    def pairs(self) -> Any:  # noqa: ANN401 - a named tuple of our own
        """Who met whom."""
        seats = self.incidence
        return meetings(seats, seats, 1.0 / np.maximum(np.asarray(seats.sum(axis=0)) - 1, 1))

    @cached_property
    def graph(self) -> Any:  # noqa: ANN401 - igraph ships no types
        """The same in igraph."""
        import igraph  # noqa: PLC0415

        made = igraph.Graph(self.size.actors, self.ties[["source", "target"]].to_numpy())
        made.es["weight"] = self.ties["weight"].tolist()
        return made

    @cached_property
    def layered(self) -> dict[str, pd.DataFrame]:
        """Four layers, every fourth tie each and a tenth of all: they overlap a little."""
        draw = np.random.default_rng(5)
        part = draw.integers(0, LAYERS, len(self.ties))
        extra = draw.random((LAYERS, len(self.ties))) < 0.1  # noqa: PLR2004
        return {f"layer_{n}": self.ties[(part == n) | extra[n]] for n in range(LAYERS)}

    @cached_property
    def long(self) -> pd.DataFrame:
        """The four layers as one table of ties with ids."""
        ids = self.bare.actors.index
        table = pd.concat([ties.assign(layer=name) for name, ties in self.layered.items()])
        return table.assign(source=ids.take(table["source"]), target=ids.take(table["target"])).reset_index(
            drop=True
        )

    def build(self) -> StakeholderNetwork:
        """Return our network of four layers."""
        cards = pd.DataFrame({
            "layer": list(self.layered), "directed": False, "weight_means": "strength", "unit": "sum",
        })  # fmt: skip
        actors = self.bare.actors.reset_index()[["actor_id", "name", "kind"]]
        return StakeholderNetwork(actors=actors, ties=self.long, layers=cards)

    @cached_property
    def built(self) -> StakeholderNetwork:
        """The same, made once."""
        return self.build()


def _numbers(values: object) -> Values:
    return np.asarray(values, dtype="float64")


def _sums(first: np.ndarray, second: np.ndarray, weight: np.ndarray) -> Values:
    return np.array([len(first), float((first * 7.0 + second * 13.0) @ weight), weight.sum()])


def projection(t: Territory) -> Work:
    """Ours: the kernel, from who was where as a sparse matrix."""
    seats = t.incidence

    def work() -> Callable[[], Values]:
        met = meetings(seats, seats, 1.0 / np.maximum(np.asarray(seats.sum(axis=0)) - 1, 1))
        return lambda: _sums(met.first, met.second, met.weight)

    return work


def projection_whole(t: Territory) -> Work:
    """Ours: the network with tables checked, names, cards, ties."""
    bare = t.bare
    return lambda: project(bare).ties["weight"].describe().to_numpy()


def projection_polars(t: Territory) -> Work:
    """Return who met whom by a join of the seats with themselves."""
    import polars as pl  # noqa: PLC0415

    actor, event = t.seats
    table = pl.DataFrame({"actor": actor.astype("int32"), "event": event.astype("int32")})

    def work() -> Callable[[], Values]:
        seats = table.lazy().with_columns(w=1.0 / (pl.len().over("event") - 1))
        joined = seats.join(seats.select("event", other="actor"), on="event")
        near = joined.filter(pl.col("actor") < pl.col("other"))
        ties = near.group_by("actor", "other").agg(pl.col("w").sum(), n=pl.len()).collect()
        return lambda: _sums(*(ties[name].to_numpy() for name in ("actor", "other", "w")))

    return work


def tests(t: Territory, *, null: str) -> Work:
    """Ours: p-values of all pairs that met."""
    bare = t.bare
    return lambda: np.sort(_numbers(measures.tie_tests(bare, null=null)["p_more"]))


def tests_bicm(t: Territory, *, method: str) -> Work:
    """Return the p-values of bicm."""
    from bicm import BipartiteGraph  # noqa: PLC0415

    full = t.incidence.toarray().astype("int8")
    met = set(zip(*(part.tolist() for part in (t.pairs.first, t.pairs.second)), strict=True))

    def work() -> Callable[[], Values]:
        made = BipartiteGraph(full)
        made.compute_projection(rows=True, method=method, progress_bar=False, threads_num=2)
        return lambda: np.sort(
            [p for one, rest in made.rows_pvals.items() for other, p in rest.items() if (one, other) in met]
        )

    return work


def measured(t: Territory, *, names: tuple[str, ...], **how: object) -> Work:
    """Ours: measures of the projected network, by name."""
    net = t.net
    return lambda: np.concatenate([_numbers(getattr(measures, name)(net, **how)) for name in names])


def of_igraph(t: Territory, *, work: Callable[[Any], object]) -> Work:
    """Return a measure of igraph."""
    graph = t.graph
    return lambda: _numbers(work(graph))


def _igraph_betweenness(graph: Any) -> Values:  # noqa: ANN401
    n = graph.vcount()
    return _numbers(graph.betweenness(directed=False)) / ((n - 1) * (n - 2) / 2)


def _igraph_weighted(graph: Any, name: str) -> object:  # noqa: ANN401
    return getattr(graph, name)(weights=[1 / weight for weight in graph.es["weight"]])


LIKENESS = {
    "jaccard.actors": "jaccard_actors", "jaccard.edges": "jaccard", "jaccard.triangles": "jaccard_triangles",
    "kulczynski2.edges": "kulczynski", "pearson.degree": "pearson", "dissimilarity.degree": "degree_dissimilarity",
}  # fmt: skip
"""What both mean alike; ours makes its nineteen other columns too."""


def layers_ours(t: Territory) -> Work:
    """Ours: every figure of overlap and likeness of four layers."""
    from scipy import stats  # noqa: F401, PLC0415 - the clock is not for loading

    net = t.built

    def work() -> Values:
        return _numbers(measures.compare_layers(net)[list(LIKENESS.values())]).T.ravel()

    return work


def layers_uunet(t: Territory) -> Work:
    """Return by uunet the six of them that mean the same, one call each, as it has them."""
    import uunet.multinet as ml  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ties.mpx"
        with path.open("w", encoding="utf-8") as file:
            file.write("#TYPE\nmultiplex\n\n#LAYERS\n")
            file.writelines(f"{name},UNDIRECTED\n" for name in t.layered)
            file.write("\n#EDGES\n")
            for name, ties in t.layered.items():
                ties[["source", "target"]].assign(layer=name).to_csv(file, header=False, index=False)
        made = ml.read(str(path))

    def work() -> Values:
        found = [_numbers(ml.layer_comparison(made, method=method)) for method in LIKENESS]
        place = np.argsort(ml.layers(made))  # uunet has an order of its own
        return np.concatenate([table[np.ix_(place, place)][np.triu_indices(LAYERS, k=1)] for table in found])

    return work


def build_ours(t: Territory) -> Work:
    """Ours: four layers from one table, checked."""
    t.long  # noqa: B018
    t.bare  # noqa: B018
    return lambda: _numbers([t.build().n_ties])


def build_igraph(t: Territory) -> Work:
    """Return four graphs from the same tables of ids."""
    import igraph  # noqa: PLC0415

    long, ids = t.long, pd.DataFrame({"name": t.bare.actors.index})

    def work() -> Values:
        made = [
            igraph.Graph.DataFrame(part, directed=False, vertices=ids, use_vids=False)
            for _, part in long.groupby("layer")
        ]
        return _numbers([sum(graph.ecount() for graph in made)])

    return work


def build_igraph_numbers(t: Territory) -> Work:
    """Return the same the quickest way that igraph has: pandas turns ids into numbers first."""
    import igraph  # noqa: PLC0415

    long, ids = t.long, t.bare.actors.index

    def work() -> Values:
        made = []
        for _, part in long.groupby("layer"):
            ends = np.column_stack([ids.get_indexer(part[end]) for end in ("source", "target")])
            graph = igraph.Graph(len(ids), ends)
            graph.vs["name"], graph.es["weight"] = ids.tolist(), part["weight"].tolist()
            made.append(graph)
        return _numbers([sum(graph.ecount() for graph in made)])

    return work


def build_pymnet(t: Territory) -> Work:
    """Return one multilayer network of pymnet."""
    import pymnet  # noqa: PLC0415

    long = t.long

    def work() -> Values:
        made = pymnet.MultiplexNetwork(couplings="none")
        ends = (long[name].tolist() for name in ("source", "target", "layer", "weight"))
        for one, other, layer, weight in zip(*ends, strict=True):
            made[one, other, layer] = weight
        return _numbers([sum(len(list(made.A[name].edges)) for name in t.layered)])

    return work


def pagerank_ours(t: Territory) -> Work:
    """Ours: PageRank in every layer."""
    net = t.built
    return lambda: np.concatenate([_numbers(measures.pagerank(net.layer(name))) for name in net.layer_names])


def pagerank_networkx(t: Territory) -> Work:
    """Return the same by networkx."""
    import networkx as nx  # noqa: PLC0415

    graphs = []
    for ties in t.layered.values():
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(t.size.actors))
        graph.add_weighted_edges_from(ties.itertuples(index=False, name=None))
        graphs.append(graph)
    return lambda: np.concatenate([_numbers(list(nx.pagerank(g, tol=1e-12).values())) for g in graphs])


SCORES = (
    "common_neighbours",
    "jaccard",
    "adamic_adar",
    "resource_allocation",
    "preferential_attachment",
    "l3",
)


def scores_ours(t: Territory) -> Work:
    """Ours: nine scores of every absent pair two or three steps apart, as a table with ids."""
    net = t.net

    def work() -> Callable[[], Values]:
        found = tie_scores(net)
        return lambda: _numbers([len(found), *found[list(SCORES)].sum()])

    return work


def scores_scipy(t: Territory) -> Work:
    """Return six of them for the same pairs by plain sparse products, as arrays."""
    ties = t.ties
    upper = sparse.coo_array(
        (np.ones(len(ties)), (ties["source"], ties["target"])), shape=(t.size.actors,) * 2
    )
    a = sparse.csr_array(upper + upper.T)

    def work() -> Callable[[], Values]:
        degree = np.asarray(a.sum(axis=1))
        with np.errstate(divide="ignore"):
            logs = np.where(degree > 1, 1 / np.log(degree), 0.0)
            shares = np.where(degree > 0, 1 / degree, 0.0)
        root = sparse.diags_array(np.sqrt(shares))
        three = sparse.csr_array(a @ (root @ a @ root) @ a)
        two = [sparse.csr_array(a @ sparse.diags_array(w) @ a) for w in (np.ones(len(degree)), logs, shares)]
        near = sparse.triu(three + two[0], k=1, format="coo")
        absent = np.asarray(a[near.row, near.col]).ravel() == 0
        row, column = near.row[absent], near.col[absent]
        common, adamic, allocation, paths = (np.asarray(m[row, column]).ravel() for m in (*two, three))
        low, high = degree[row], degree[column]
        found = (common, common / (low + high - common), adamic, allocation, low * high, paths)
        return lambda: _numbers([len(row), *(one.sum() for one in found)])

    return work


def bootstrap_ours(t: Territory) -> Work:
    """Ours: strength and PageRank over events drawn anew."""
    net = t.net

    def work() -> Values:
        found = [
            measures.event_bootstrap(net, name, times=DRAWS, progress=False)["value"]
            for name in ("strength", "pagerank")
        ]
        return np.concatenate([_numbers(one) for one in found])

    return work


def bootstrap_igraph(t: Territory) -> Work:
    """Return the same draws through igraph: each makes its projection and its graph."""
    import igraph  # noqa: PLC0415

    seats = t.incidence
    size = np.asarray(seats.sum(axis=0))
    graph = t.graph

    def work() -> Values:
        rng = np.random.default_rng(0)
        for name in ("strength", "pagerank"):
            for _ in range(DRAWS):
                drawn = np.bincount(rng.integers(0, len(size), len(size)), minlength=len(size))
                upper = sparse.triu((seats * (drawn / np.maximum(size - 1, 1))) @ seats.T, k=1, format="coo")
                again = igraph.Graph(
                    seats.shape[0], list(zip(upper.row.tolist(), upper.col.tolist(), strict=True))
                )
                getattr(again, name)(weights=upper.data.tolist())
        whole = [graph.strength(weights="weight"), graph.pagerank(weights="weight")]
        return np.concatenate([_numbers(one) for one in whole])

    return work


def _workbook(t: Territory) -> Path:
    folder = Path(tempfile.gettempdir()) / f"stakeholder-bench-{t.size.seats}"
    found = folder / "data" / "raw" / "presenze_sintetiche.xlsx"
    if not found.is_file():
        write_project(t.size, folder)
    return found


def _looked_at(rows: list[list[Any]]) -> Values:
    return _numbers([len(rows), *(len(set(column)) for column in zip(*rows, strict=True))])


def reading_ours(t: Territory) -> Work:
    """Ours: the reader with its guesses, checks, names of bodies and provenance of every row."""
    path = _workbook(t)
    return lambda: _numbers([len(read_table(path, "attendance", base=path.parent).frame)])


def cells_ours(t: Territory) -> Work:
    """Ours: the cells, read by a process with limits after the guard has looked at every part."""
    path = _workbook(t)

    def work() -> Callable[[], Values]:
        found = read_workbook_grids(path, file=path.name)[0].cells
        return lambda: _looked_at(found)

    return work


def cells_openpyxl(t: Territory) -> Work:
    """Return the cells, in its mode for large files."""
    import openpyxl  # noqa: PLC0415

    path = _workbook(t)

    def work() -> Callable[[], Values]:
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).active
        found = [list(row) for row in sheet.iter_rows(values_only=True)]
        return lambda: _looked_at(found)

    return work


@dataclass(frozen=True)
class Job:
    """What is measured, in which size, by whom, and how many times faster than which peer it ought to be."""

    size: str
    ours: Callable[[Territory], Work]
    peers: dict[str, Callable[[Territory], Work]]
    wanted: float = 0.0
    """0 where nothing was set as a mark: then the line is there to be read."""
    memory: float = 0.0
    """How many times less memory is wanted."""
    patience: int = 30
    """Seconds that the work of one side may take."""
    near: float = 1e-6
    """How far the values of a peer may be from ours, as a share, and still count as the same."""
    differs: str = ""
    """Why the values of the two cannot be compared; empty where they are."""

    def side(self, name: str) -> Work:
        """Return the work of one side, all it needs made."""
        return (self.ours if name == "ours" else self.peers[name])(Territory(SIZES[self.size]))


def _igraph(work: Callable[[Any], object]) -> dict[str, Callable[[Territory], Work]]:
    return {"igraph": partial(of_igraph, work=work)}


_CONSTRAINT = _igraph(lambda g: g.constraint(weights="weight"))
_POIBIN, _POISSON = ({"bicm": partial(tests_bicm, method=method)} for method in ("poibin", "poisson"))
JOBS = {
    "projection, kernel": Job("L", projection, {"polars": projection_polars}, 3, memory=5),
    "projection, whole network": Job(
        "L", projection_whole, {"polars": projection_polars},
        differs="ours is a network with names, cards and presence, polars' are numbers",
    ),
    "tests of ties, exact SDSM": Job("M", partial(tests, null="sdsm"), _POIBIN, 1000, patience=520),
    "tests of ties, exact SDSM, province": Job("P", partial(tests, null="sdsm"), _POIBIN, patience=120),
    "tests of ties, exact SDSM, small": Job("S", partial(tests, null="sdsm"), _POIBIN),
    # bicm's fit leaves up to 2e-4 of an attendance in an actor's count at this size, also with a tolerance of 1e-12;
    # ours leaves 4e-12
    "tests of ties, Poisson": Job("M", partial(tests, null="poisson"), _POISSON, 50, near=3e-5),
    "tests of ties, Poisson, small": Job("S", partial(tests, null="poisson"), _POISSON),
    "harmonic, steps": Job(
        "M", partial(measured, names=("harmonic",), weighted=False), _igraph(lambda g: g.harmonic_centrality()), 50
    ),
    "harmonic, weighted": Job(
        "M", partial(measured, names=("harmonic",)), _igraph(partial(_igraph_weighted, name="harmonic_centrality")),
    ),
    "layer overlap and likeness": Job("M", layers_ours, {"uunet": layers_uunet}, 100, patience=150),
    "layer overlap and likeness, small": Job("S", layers_ours, {"uunet": layers_uunet}),
    "building four layers": Job(
        "M", build_ours,
        {"igraph.DataFrame": build_igraph, "igraph, ids numbered by pandas": build_igraph_numbers}, 10,
    ),
    "building four layers, pymnet": Job("M", build_ours, {"pymnet": build_pymnet}, 100),
    "PageRank of four layers": Job("M", pagerank_ours, {"networkx": pagerank_networkx}, 20),
    "link scores": Job("M", scores_ours, {"scipy": scores_scipy}, 5, patience=300),
    "Burt's constraint": Job("M", partial(measured, names=("constraint",)), _CONSTRAINT, 2),
    "Burt's constraint and effective size": Job(
        "M", partial(measured, names=("constraint", "effective_size")), _CONSTRAINT, 2,
        differs="igraph has no effective size: it computes the constraint only",
    ),
    "betweenness, steps": Job(
        "M", partial(measured, names=("betweenness",), weighted=False), _igraph(_igraph_betweenness), 1
    ),
    "bootstrap of strength and PageRank": Job("S", bootstrap_ours, {"igraph": bootstrap_igraph}, 15),
    "cells of a workbook of 38,000 rows": Job("M", cells_ours, {"openpyxl": cells_openpyxl}, 10),
    "records of the same workbook": Job(
        "M", reading_ours, {"openpyxl": cells_openpyxl},
        differs="openpyxl gives cells, ours finds columns, bodies and faults too",
    ),
}  # fmt: skip
