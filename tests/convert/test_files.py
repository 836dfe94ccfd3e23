"""What other programs read is what was written: counts per layer, names with every nasty character."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import xgi
from python_calamine import CalamineWorkbook
from tests.convert.nasty import ARCS, IDS, NAMES, SHOWN, TIES, mixed_network, nasty_network

from stakeholder_net import OptionError, StakeholderNetError, StakeholderNetwork, from_networkx, write_graph
from stakeholder_net.convert import FORMATS


@pytest.fixture
def nasty() -> StakeholderNetwork:
    return nasty_network()


def _layers(graph: nx.Graph) -> dict[str, int]:
    return dict(Counter(data["layer"] for _, _, data in graph.edges(data=True)))


# --- GraphML and GEXF ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_networkx_reads_it(nasty: StakeholderNetwork, tmp_path: Path, suffix: str, read) -> None:
    (path,) = write_graph(nasty, tmp_path / f"net{suffix}")
    graph = read(path)
    assert list(graph.nodes) == IDS
    assert _layers(graph) == ARCS
    assert [graph.nodes[node]["label"] for node in IDS] == SHOWN
    assert [graph.nodes[node]["name"] for node in IDS] == SHOWN
    assert [graph.nodes[node].get("person_count") for node in IDS] == [1, None, 3, None, 5, 6, None, 2**40]
    assert [graph.nodes[node].get("share") for node in IDS] == [0.5, None, 1.0, 2.0, None, 1e-7, None, 1e20]
    assert graph.nodes["a"]["tags"] == "casa; minori"
    assert graph.nodes["a"]["founded"] == "1999-05-01"
    assert graph.nodes["a"]["registered"] is False
    assert graph.nodes["a"]["Ragione sociale (2024) & <co>"] == "x"
    assert {data["weight"] for _, _, data in graph.edges(data=True)} == {1.5, 2.0, 1.0, 0.1, 1e-9}
    assert "evidence" not in graph.nodes["b"]
    evidence = [data["evidence"] for _, _, data in graph.edges(data=True) if "evidence" in data]
    assert set(evidence) == {'"a" & <b>'}


def test_gephi_lite_would_show_titles(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    """Its reader, graphology, shows the id of a column instead of the title unless the id is a number."""
    (path,) = write_graph(nasty, tmp_path / "net.gexf")
    columns = [found for found in ET.parse(path).iter() if found.tag.endswith("attribute")]  # noqa: S314 - our own
    assert len(columns) > 10
    assert all(column.get("id", "").isdigit() for column in columns)


def test_graphml_comes_back_whole(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.graphml")
    back = from_networkx(nx.read_graphml(path))
    core = ["source", "target", "layer", "weight", "since"]
    pd.testing.assert_frame_equal(back.ties[core], nasty.ties[core])
    pd.testing.assert_frame_equal(back.presence, nasty.presence)
    pd.testing.assert_frame_equal(back.layers, nasty.layers)
    assert (back.name, back.source) == (nasty.name, nasty.source)
    assert back.actors["name"].tolist() == SHOWN


def test_igraph_reads_our_graphml(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.graphml")
    graph = igraph.Graph.Read_GraphML(str(path))
    assert (graph.vcount(), graph.ecount()) == (8, 10)
    assert Counter(graph.es["layer"]) == ARCS
    assert graph.vs["label"] == SHOWN
    # igraph shows & in an id as its number; ids without one come as they are
    assert [name.replace("&#38;", "&") for name in graph.vs["id"]] == IDS


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_an_undirected_network_stays_undirected(tmp_path: Path, suffix: str) -> None:
    (path,) = write_graph(mixed_network().layer("partnership"), tmp_path / f"n{suffix}")
    graph = {".graphml": nx.read_graphml, ".gexf": nx.read_gexf}[suffix](path)
    assert type(graph) is nx.Graph
    assert graph.number_of_edges() == 2


def test_gephi_keeps_layers_apart_and_no_heading_of_ours_is_one_of_its_own(
    nasty: StakeholderNetwork, tmp_path: Path
) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.gexf")
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - written a moment ago
    space = {"g": "http://www.gexf.net/1.2draft"}
    kinds = Counter(edge.get("kind") for edge in root.iterfind(".//g:edge", space))
    assert kinds == ARCS
    for owner in ("node", "edge"):
        titles = [
            a.get("title").casefold() for a in root.iterfind(f".//g:attributes[@class='{owner}']/", space)
        ]
        assert len(titles) == len(set(titles))
        assert not {"id", "label", "source", "target", "weight", "type", "kind"} & set(titles)
    assert root.get("version") == "1.2"
    assert b"lastmodifieddate" not in path.read_bytes()


# --- Kumu ------------------------------------------------------------------------------------------------------------
def _sheet(path: Path, name: str) -> pd.DataFrame:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
    return pd.DataFrame(rows[1:], columns=rows[0])


def test_kumu_tells_elements_and_connections_apart_by_id(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.xlsx")
    elements, connections = _sheet(path, "Elements"), _sheet(path, "Connections")
    assert list(elements.columns[:3]) == ["ID", "Label", "Type"]
    assert list(connections.columns[:3]) == ["ID", "From", "To"]
    assert elements["ID"].tolist() == IDS
    assert connections["ID"].is_unique
    assert set(connections["From"]) | set(connections["To"]) <= set(IDS)
    assert connections.groupby("Layer").size().to_dict() == {name: n for name, n in TIES.items() if n}
    assert connections.groupby("Layer")["Direction"].unique().map(list).to_dict() == {
        "funding": ["directed"], "partnership": ["undirected"], "città & co": ["undirected"],
    }  # fmt: skip
    assert elements["tags"].tolist()[0] == "casa|minori"
    assert connections["Strength"].tolist() == nasty.ties["weight"].tolist()
    folded = [name.casefold() for name in elements.columns]
    assert len(folded) == len(set(folded))


def test_a_workbook_holds_no_formula_and_no_name_is_changed(
    nasty: StakeholderNetwork, tmp_path: Path
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (path,) = write_graph(nasty, tmp_path / "net.xlsx")
    cells = [cell for row in openpyxl.load_workbook(path)["Elements"].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not any(cell.hyperlink for cell in cells)
    names = [cell.value for cell in cells if cell.column == 2][1:]
    assert [name.replace("_x000D_", "\r") for name in names] == SHOWN


def test_connection_ids_stay_when_the_network_grows(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (whole,) = write_graph(nasty, tmp_path / "whole.xlsx")
    (part,) = write_graph(nasty.keep(["a", "b"]), tmp_path / "part.xlsx")
    key = ["From", "To", "Layer"]
    before = _sheet(part, "Connections").set_index(key)["ID"]
    after = _sheet(whole, "Connections").set_index(key)["ID"]
    assert before.to_dict().items() <= after.to_dict().items()


def test_kumu_refuses_what_it_would_tear_apart(tmp_path: Path) -> None:
    actors = pd.DataFrame({"actor_id": ["a|b"], "name": ["x"], "kind": ["comune"]})
    with pytest.raises(OptionError, match=r"separates elements"):
        write_graph(StakeholderNetwork(actors=actors), tmp_path / "x.xlsx")
    long = StakeholderNetwork(actors=actors.assign(actor_id="a", note="x" * 40_000))
    with pytest.raises(OptionError, match=r"Elements, row 2, column 'note'.*32767 characters, not 40000"):
        write_graph(long, tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


# --- UCINET and Pajek ------------------------------------------------------------------------------------------------
def test_ucinet_has_a_file_a_layer_and_tables_beside(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    written = write_graph(nasty, tmp_path / "net.dl")
    names = [path.name for path in written]
    assert names[:2] == ["net_partnership.dl", "net_funding.dl"]
    assert names[-4:] == ["net_actors.csv", "net_ties.csv", "net_layers.csv", "net_presence.csv"]
    lines = written[0].read_text("ascii").split("\n")
    assert lines[:4] == ["DL n=8", "format = edgelist1", "labels:", "A001"]
    assert lines[lines.index("data:") + 1 : -1] == [
        "1 2 1.5", "2 1 1.5", "3 4 1.0", "4 3 1.0", "7 8 1e-09", "8 7 1e-09",
    ]  # fmt: skip
    legend = pd.read_csv(tmp_path / "net_actors.csv")
    assert legend["code"].tolist() == [f"A00{n}" for n in range(1, 9)]
    assert pd.read_csv(tmp_path / "net_ties.csv")["since"].tolist()[0] == "2021-09-03"


def _weighted(graph: igraph.Graph) -> set[tuple[int, int, float]]:
    """Return the edges that igraph read, an undirected one with its smaller end first."""
    ends = (edge if graph.is_directed() else tuple(sorted(edge)) for edge in graph.get_edgelist())
    return {
        (source, target, weight) for (source, target), weight in zip(ends, graph.es["weight"], strict=True)
    }


def test_igraph_reads_dl_and_pajek(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    for name in ("partnership", "funding"):
        ties = nasty.layer(name).ties
        wanted = {
            (IDS.index(row.source), IDS.index(row.target), row.weight) for row in ties.itertuples(index=False)
        }
        path = write_graph(nasty.layer(name), tmp_path / f"{name}.net")[0]
        graph = igraph.Graph.Read_Pajek(str(path))
        assert (graph.vcount(), graph.ecount(), graph.is_directed()) == (8, TIES[name], name == "funding")
        assert _weighted(graph) == wanted
        path = write_graph(nasty.layer(name), tmp_path / f"{name}.dl")[0]
        graph = igraph.Graph.Read_DL(str(path))
        assert graph.vs["name"] == [f"A00{n}" for n in range(1, 9)]
        assert graph.ecount() == ARCS[name]
        # a DL list is one of arcs: what has no direction stands in both
        turned = {(target, source, weight) for source, target, weight in wanted}
        assert _weighted(graph) == (wanted if name == "funding" else wanted | turned)


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_every_tie_lies_between_its_own_ends(
    nasty: StakeholderNetwork, tmp_path: Path, suffix: str, read
) -> None:
    (path,) = write_graph(nasty, tmp_path / f"net{suffix}")
    found = {(u, v, data["layer"], data["weight"]) for u, v, data in read(path).edges(data=True)}
    ties = nasty.ties[["source", "target", "layer", "weight"]]
    wanted = set(ties.itertuples(index=False, name=None))
    directed = nasty.layers["directed"]
    assert found == wanted | {(v, u, layer, w) for u, v, layer, w in wanted if not directed[layer]}
    since = {data.get("since") for _, _, data in read(path).edges(data=True)}
    assert since == {"2021-09-03", None}


def test_pajek_has_every_layer_and_a_partition(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    written = write_graph(nasty, tmp_path / "net.net")
    text = written[0].read_text("ascii")
    lines = text.splitlines()
    assert lines[0] == "*Vertices 8"
    assert [line for line in lines if line.startswith("*")][1:] == [
        '*Edges :1 "partnership"', '*Arcs :2 "funding"', '*Edges :3 "citt&#224; & co"', '*Edges :4 "attendance"',
    ]  # fmt: skip
    assert lines[2] == "2 \"Detta 'La Quercia'\""
    assert lines[4] == '4 "Citt&#224; di Forl&#236;"'
    assert lines[7] == '7 "]]> &#38;#233; &amp; fine"'
    assert len(lines) == 1 + 8 + 4 + 6
    partition = (tmp_path / "net_kind.clu").read_text("ascii").split()
    kinds = pd.read_csv(tmp_path / "net_actors.csv")
    assert [int(part) for part in partition[2:]] == kinds["kind_number"].tolist() == [2, 1] * 4


# --- tables and attendance -------------------------------------------------------------------------------------------
def test_a_csv_folder_holds_everything_and_no_formula(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    written = write_graph(nasty, tmp_path / "tables", format="csv")
    assert {path.stem for path in written} == {"nodes", "edges", "events", "attendance", "layers", "presence"}
    tables = {path.stem: pd.read_csv(path, keep_default_na=False) for path in written}
    assert tables["edges"].groupby("layer").size().to_dict() == {name: n for name, n in TIES.items() if n}
    assert tables["edges"]["Type"].value_counts().to_dict() == {"Undirected": 4, "Directed": 2}
    assert tables["nodes"]["Id"].tolist() == [*IDS[:7], "'=h"]
    assert tables["nodes"]["Label"].tolist() == [
        name.replace("\r", "\n") for name in [*SHOWN[:2], "'=HYPERLINK(1)", *SHOWN[3:]]
    ]
    assert tables["nodes"]["person_count"].tolist() == ["1", "", "3", "", "5", "6", "", str(2**40)]
    assert len(tables["attendance"]) == 4
    cells = [
        cell for path in written for row in csv.reader(io.StringIO(path.read_text("utf-8"))) for cell in row
    ]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@"))]


def test_attendance_is_a_hypergraph(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.hif.json")
    content = json.loads(path.read_text("utf-8"))
    assert [(row["node"], row["edge"]) for row in content["incidences"]] == [("a", "E1"), (IDS[4], "E1")]
    assert content["incidences"][0]["attrs"] == {"status": "present", "hours": 1.5}
    assert [row["attrs"]["status"] for row in content["metadata"]["not_counted"]] == ["announced", "absent"]
    assert [row["node"] for row in content["nodes"]] == IDS
    assert content["nodes"][0]["attrs"]["tags"] == ["casa", "minori"]
    assert {row["edge"]: row["attrs"].get("start") for row in content["edges"]} == {
        "E1": "2021-09-03",
        "E 2": None,
    }


def test_hif_is_what_its_schema_wants(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.hif.json")
    content = json.loads(path.read_text("utf-8"))
    assert content.keys() <= {"network-type", "metadata", "incidences", "nodes", "edges"}
    for part, ids in (("incidences", {"edge", "node"}), ("nodes", {"node"}), ("edges", {"edge"})):
        for row in content[part]:
            assert ids <= row.keys() <= ids | {"attrs", "weight"}
            assert all(isinstance(row[key], str) for key in ids)


def test_xgi_reads_the_attendance(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.hif.json")
    graph = xgi.read_hif(path)
    assert set(graph.nodes) == set(IDS)
    assert graph.edges.members("E1") == {"a", IDS[4]}
    assert graph.edges.members("E 2") == set()
    assert graph.nodes["b"]["name"] == SHOWN[1]


def test_hif_needs_events(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no events"):
        write_graph(mixed_network(), tmp_path / "x.hif.json")


# --- every format ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_same_network_same_bytes_whatever_the_order_of_the_rows(
    nasty: StakeholderNetwork, tmp_path: Path, form: str
) -> None:
    turned = StakeholderNetwork(
        actors=nasty.actors, events=nasty.events, attendance=nasty.attendance[::-1], ties=nasty.ties[::-1],
        layers=nasty.layers, presence=nasty.presence[::-1], name=nasty.name, source=nasty.source,
    )  # fmt: skip
    first = [path.read_bytes() for path in write_graph(nasty, tmp_path / "one" / "net", format=form)]
    second = [path.read_bytes() for path in write_graph(turned, tmp_path / "two" / "net", format=form)]
    assert first == second
    # a layer without ties is an empty file of muxViz
    assert all(first) or (form == "muxviz" and any(first))


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"hif"}))
def test_every_network_of_the_gallery_can_be_written(
    any_network: StakeholderNetwork, tmp_path: Path, form: str
) -> None:
    if form == "ucinet" and not any_network.n_actors:
        with pytest.raises(OptionError, match="without actors"):
            write_graph(any_network, tmp_path / "net", format=form)
        return
    written = write_graph(any_network, tmp_path / "net", format=form)
    assert written
    assert all(path.is_file() for path in written)
    if form in {"graphml", "gexf"}:
        graph = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[form](written[0])
        assert list(graph.nodes) == list(any_network.actors.index)
        assert graph.number_of_edges() == any_network.n_ties


def test_by_layer_gives_a_file_a_layer(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    written = write_graph(nasty, tmp_path / "net.gexf", by_layer=True)
    assert [path.name for path in written][:2] == ["net_partnership.gexf", "net_funding.gexf"]
    assert "/" not in written[2].name
    assert " " not in written[2].name
    assert {path.name: nx.read_gexf(path).number_of_edges() for path in written} == dict(
        zip([path.name for path in written], TIES.values(), strict=True)
    )
    folders = write_graph(nasty, tmp_path / "tables", format="csv", by_layer=True)
    assert len(folders) == 4 * 6


def test_layer_names_never_leave_the_folder(tmp_path: Path) -> None:
    net = mixed_network()
    net = StakeholderNetwork(
        actors=net.actors,
        ties=net.ties.assign(layer=net.ties["layer"].map({"partnership": "../../x", "funding": "CON"})),
        layers=pd.DataFrame({"layer": ["CON"], "directed": [True]}),
    )
    written = write_graph(net, tmp_path / "in" / "net.graphml", by_layer=True)
    assert {path.parent for path in written} == {tmp_path / "in"}


@pytest.mark.parametrize("form", sorted(set(FORMATS)))
def test_ids_that_no_file_can_hold_are_refused(tmp_path: Path, form: str) -> None:
    actors = pd.DataFrame({"actor_id": ["a\x0bb"], "name": ["x"], "kind": ["comune"]})
    with pytest.raises(OptionError, match="actor id"):
        write_graph(StakeholderNetwork(actors=actors), tmp_path / "net", format=form)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["graphml", "gexf", "kumu"])
def test_infinite_numbers_are_refused_with_their_column(tmp_path: Path, form: str) -> None:
    net = mixed_network().with_actors(closeness={"a": np.inf, "b": 1.0})
    with pytest.raises(OptionError, match=r"actors, column 'closeness'.*infinite"):
        write_graph(net, tmp_path / "net", format=form)


def test_the_format_is_told_by_the_ending_or_the_nearest_one_is_named(
    nasty: StakeholderNetwork, tmp_path: Path
) -> None:
    with pytest.raises(OptionError, match="'graphml'"):
        write_graph(nasty, tmp_path / "x", format="grapml")
    with pytest.raises(OptionError, match="no format has this ending"):
        write_graph(nasty, tmp_path / "x.pdf")
    assert write_graph(nasty, tmp_path / "NET.GRAPHML")[0].name == "NET.GRAPHML"


def test_a_failed_export_leaves_the_former_file(nasty: StakeholderNetwork, tmp_path: Path) -> None:
    (path,) = write_graph(nasty, tmp_path / "net.gexf")
    before = path.read_bytes()
    with pytest.raises(OptionError):
        write_graph(nasty.with_actors(x={"a": np.inf}), path)
    assert path.read_bytes() == before
    with pytest.raises(StakeholderNetError, match="cannot be written"):
        write_graph(nasty, path / "below.gexf")


def test_every_format_is_described_in_both_languages() -> None:
    assert all(len(texts) == 2 and all(texts) for texts in FORMATS.values())
    assert len(NAMES) == len(IDS)
