"""What other programs read is what was written: counts per layer, names with every nasty character."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from stakeholder_net import OptionError, StakeholderNetwork, flatten, from_networkx, to_networkx, write_graph
from stakeholder_net.convert import FORMATS

NASTY = [
    "Rossi & Figli <Coop>",
    'Detta "La Quercia"',
    "=HYPERLINK(1)",
    "Città\ndi Forlì",
    "vert\x0btab",
    "Rossi & Figli <Coop>",
]


@pytest.fixture
def nasty() -> StakeholderNetwork:
    ids = list("abcdef")
    return StakeholderNetwork(
        actors=pd.DataFrame({
            "actor_id": ids, "name": NASTY, "kind": "ets_aps", "person_count": [1, None, 3, None, 5, 6],
            "share": [0.5, None, 1.0, 2.0, None, 1.0],
        }),
        ties=pd.DataFrame(
            [("a", "b", "partnership", 1.5), ("a", "b", "funding", 2.0), ("b", "a", "funding", 1.0),
             ("c", "d", "partnership", 1.0)],
            columns=["source", "target", "layer", "weight"],
        ).assign(since=pd.to_datetime(["2021-09-03", None, None, None])),
        layers=pd.DataFrame({"layer": ["partnership", "funding"], "directed": [False, True]}),
        name="prova",
    )  # fmt: skip


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_graphs_read_back(nasty: StakeholderNetwork, tmp_path: Path, suffix: str, read) -> None:
    (path,) = write_graph(nasty, tmp_path / f"net{suffix}")
    graph = read(path)
    assert set(graph.nodes) == set("abcdef")
    layers = [data["layer"] for _, _, data in graph.edges(data=True)]
    assert sorted(layers) == ["funding", "funding", "partnership", "partnership"]
    assert graph.nodes["a"]["label"] == NASTY[0]
    assert graph.nodes["e"]["label"] == "vert\ufffdtab"
    assert sorted(float(data["weight"]) for _, _, data in graph.edges(data=True)) == [1.0, 1.0, 1.5, 2.0]


def test_kumu_workbook_holds_no_formula_and_no_doubles(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.xlsx")
    book = CalamineWorkbook.from_path(path)
    elements = book.get_sheet_by_name("Elements").to_python()
    connections = book.get_sheet_by_name("Connections").to_python()
    labels = [row[0] for row in elements[1:]]
    assert len(set(labels)) == 6
    assert "'=HYPERLINK(1)" in labels
    assert len(connections) == 5
    assert {row[0] for row in connections[1:]} | {row[1] for row in connections[1:]} <= set(labels)


def test_pajek_has_every_layer(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.net")
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == "*Vertices 6"
    assert '*Edges :1 "partnership"' in lines
    assert '*Arcs :2 "funding"' in lines
    assert lines[1:7] == [f'{n} "{" ".join(name.replace(chr(34), chr(39)).replace(chr(11), chr(0xFFFD)).split())}"'
                          for n, name in enumerate(NASTY, start=1)]  # fmt: skip
    assert len(lines) == 7 + 2 + 4


def test_ucinet_takes_one_layer_and_leaves_a_legend(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="one layer"):
        write_graph(nasty, tmp_path / "net.dl")
    path, legend = write_graph(flatten(nasty), tmp_path / "net.dl")
    lines = path.read_text("ascii").splitlines()
    assert lines[:2] == ["DL n=6", "format = edgelist1"]
    assert lines[lines.index("data:") + 1 :] == ["1 2 4.5", "2 1 4.5", "3 4 1.0", "4 3 1.0"]
    assert pd.read_csv(legend)["actor_id"].tolist() == list("abcdef")


def test_csv_folder(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    write_graph(nasty, tmp_path / "tables", format="csv")
    ties = pd.read_csv(tmp_path / "tables" / "ties.csv")
    assert ties.groupby("layer").size().to_dict() == {"funding": 2, "partnership": 2}
    assert "'=HYPERLINK(1)" in set(pd.read_csv(tmp_path / "tables" / "actors.csv")["name"])


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"csv"}))
def test_same_network_same_bytes(nasty: StakeholderNetwork, tmp_path: Path, form: str) -> None:
    net = flatten(nasty) if form == "ucinet" else nasty
    first = write_graph(net, tmp_path / "one", format=form)[0].read_bytes()
    assert write_graph(net, tmp_path / "two", format=form)[0].read_bytes() == first


def test_round_trip_through_networkx(any_network: StakeholderNetwork) -> None:
    net = any_network
    again = from_networkx(to_networkx(net))
    columns = ["source", "target", "layer", "weight"]
    assert set(map(tuple, again.ties[columns].to_numpy())) == set(map(tuple, net.ties[columns].to_numpy()))
    assert list(again.actors.index) == list(net.actors.index)
    assert again.actors["kind"].tolist() == net.actors["kind"].tolist()
    used = net.layers.loc[net.layers.index.isin(again.layer_names), "directed"]
    assert again.layers["directed"].to_dict() == used.to_dict()


def test_florentine_from_networkx() -> None:
    graph = nx.florentine_families_graph()
    before = nx.node_link_data(graph)
    net = from_networkx(graph, layer="marriage")
    assert (net.n_actors, net.n_ties, net.layer_names) == (15, 20, ("marriage",))
    assert nx.node_link_data(graph) == before


def test_unknown_format_names_the_nearest(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="'graphml'"):
        write_graph(nasty, tmp_path / "x", format="grapml")
    with pytest.raises(OptionError, match="no format has this ending"):
        write_graph(nasty, tmp_path / "x.pdf")


def test_igraph_reads_our_graphml(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="igraph is in the extra 'bench'")
    (path,) = write_graph(nasty, tmp_path / "net.graphml")
    graph = igraph.Graph.Read_GraphML(str(path))
    assert (graph.vcount(), graph.ecount()) == (6, 4)
