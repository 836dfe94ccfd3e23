"""GML, CX2, muxViz and stocnet: what a reader of each finds is what the network holds."""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
from ndex2.cx2 import RawCX2NetworkFactory
from tests.convert.nasty import ARCS, IDS, SHOWN, nasty_network

from stakeholder_net import StakeholderNetwork, write_graph
from stakeholder_net.words import COUNTING_STATUSES


@pytest.fixture
def nasty() -> StakeholderNetwork:
    return nasty_network()


def _records(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_networkx_reads_gml(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.gml")
    graph = nx.read_gml(path)
    assert list(graph.nodes) == IDS
    assert Counter(data["layer"] for _, _, data in graph.edges(data=True)) == ARCS
    assert [graph.nodes[node]["name"] for node in IDS] == SHOWN
    assert graph.nodes["a"]["share"] == 0.5
    assert {data["weight"] for _, _, data in graph.edges(data=True)} == {1.5, 2.0, 1.0, 0.1, 1e-9}


def test_igraph_reads_gml(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.gml")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # igraph leaves letters that it does not know by name as they are
        graph = igraph.Graph.Read_GML(str(path))
    assert (graph.vcount(), graph.ecount()) == (len(IDS), sum(ARCS.values()))
    assert [layer.replace("&#224;", "à") for layer in graph.es["layer"]].count("funding") == ARCS["funding"]
    assert graph.vs["name"][:2] == ["Rossi & Figli <Coop>", 'Detta "La Quercia"']


def test_cx2_declares_what_it_holds_and_holds_what_the_network_does(
    nasty: StakeholderNetwork, tmp_path: Path
) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.cx2")
    parts = json.loads(path.read_text("utf-8"))
    assert parts[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert parts[-1] == {"status": [{"error": "", "success": True}]}
    aspects: dict[str, list[Any]] = {name: content for part in parts[2:-1] for name, content in part.items()}
    assert {row["name"]: row["elementCount"] for row in parts[1]["metaData"]} == {
        name: len(content) for name, content in aspects.items()
    }
    assert [node["v"]["actor_id"] for node in aspects["nodes"]] == IDS
    assert [node["v"]["name"] for node in aspects["nodes"]] == SHOWN
    assert Counter(edge["v"]["interaction"] for edge in aspects["edges"]) == Counter(nasty.ties["layer"])
    ends = {
        (IDS[edge["s"]], IDS[edge["t"]], edge["v"]["interaction"], edge["v"]["weight"])
        for edge in aspects["edges"]
    }
    assert ends == set(nasty.ties[["source", "target", "layer", "weight"]].itertuples(index=False, name=None))
    (declared,) = aspects["attributeDeclarations"]
    for aspect in ("nodes", "edges"):
        used = {name for record in aspects[aspect] for name in record["v"]}
        assert used <= declared[aspect].keys()


def test_the_client_of_ndex_reads_our_cx2(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.cx2")
    read = RawCX2NetworkFactory().get_cx2network(str(path))
    nodes, edges = read.get_nodes(), read.get_edges()
    assert [nodes[number]["v"]["name"] for number in range(len(IDS))] == SHOWN
    assert nodes[0]["v"]["tags"] == ["casa", "minori"]
    assert nodes[7]["v"]["person_count"] == 2**40
    assert "share" not in nodes[1]["v"]
    found = Counter((IDS[edge["s"]], IDS[edge["t"]], edge["v"]["layer"]) for edge in edges.values())
    assert found == Counter(nasty.ties[["source", "target", "layer"]].itertuples(index=False, name=None))
    assert read.get_name() == nasty.name


def test_muxviz_has_numbers_that_lead_back_to_the_actors(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    write_graph(nasty, tmp_path / "net", format="muxviz")
    lines = (tmp_path / "net" / "config.txt").read_text("utf-8").splitlines()
    assert len(lines) == len(nasty.layer_names)
    for line, layer in zip(lines, nasty.layer_names, strict=True):
        edges, _, nodes = line.split(";")
        assert (tmp_path / "net" / nodes).is_file()
        rows = [row.split() for row in (tmp_path / "net" / edges).read_text("utf-8").splitlines()]
        found = {(IDS[int(a) - 1], IDS[int(b) - 1], float(weight)) for a, b, weight in rows}
        told = nasty.ties[nasty.ties["layer"] == layer]
        wanted = set(told[["source", "target", "weight"]].itertuples(index=False, name=None))
        if not nasty.layers.loc[layer, "directed"]:
            wanted |= {(b, a, weight) for a, b, weight in wanted}
        assert found == wanted


def test_stocnet_keeps_both_modes_apart(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    net = nasty
    write_graph(net, tmp_path / "net", format="stocnet")
    nodes, ties = _records(tmp_path / "net" / "nodes.csv"), _records(tmp_path / "net" / "ties.csv")
    info = json.loads((tmp_path / "net" / "info.json").read_text("utf-8"))
    assert Counter(node["mode"] for node in nodes) == {"actor": net.n_actors, "event": len(net.events)}
    assert info["modes"] == ["actor", "event"]
    counted = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)]
    ids = [*net.actors.index, *net.events.index]
    found = Counter((ids[int(tie["from"]) - 1], ids[int(tie["to"]) - 1]) for tie in ties)
    assert found == Counter(
        [
            *counted[["actor_id", "event_id"]].itertuples(index=False, name=None),
            *net.ties[["source", "target"]].itertuples(index=False, name=None),
        ]
    )
    assert set(info["layers"]) == {tie["layer"] for tie in ties}
