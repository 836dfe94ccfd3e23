"""The map's page as text: what it holds, that it is safe, that it repeats."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pandas as pd
import pytest
from tests.pictures.hostile import HOSTILE, hostile_network

from stakeholder_net import OptionError, UnknownNameError
from stakeholder_net.pictures import network_map, to_pyvis
from stakeholder_net.pictures.layout import positions
from stakeholder_net.pictures.map_data import as_json, map_data
from stakeholder_net.pictures.page import bundle
from stakeholder_net.pictures.style import GROUP_STYLES, LAYER_HUES_LIGHT, layer_style
from stakeholder_net.words import KIND_GROUPS


def data_of(page: str) -> dict:
    """The data that the page holds."""
    return json.loads(
        re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1]
    )


def test_every_tie_of_every_layer_is_in_the_page(any_network):
    data = data_of(network_map(any_network, engine="pyvis").html)
    ties = any_network.ties
    ids = data["actors"]["id"]
    rows = zip(*(data["ties"][name] for name in ("source", "target", "layer", "weight")), strict=True)
    told = [(ids[s], ids[t], any_network.layer_names[layer], weight) for s, t, layer, weight in rows]
    assert told == list(ties[["source", "target", "layer", "weight"]].itertuples(index=False, name=None))
    assert len(data["vis"]["edges"]) == any_network.n_ties
    assert len(data["vis"]["nodes"]) == any_network.n_actors


def test_same_network_same_bytes(any_network):
    assert network_map(any_network).html == network_map(any_network).html


def test_parallel_ties_bend_apart_and_single_ones_are_straight(gallery):
    graph = to_pyvis(gallery["overlapping_layers"]())
    bends = {}
    for edge in graph.edges:
        smooth = edge["smooth"]
        sign = {"curvedCW": 1, "curvedCCW": -1}[smooth["type"]] * smooth["roundness"]
        bends.setdefault(frozenset((edge["from"], edge["to"])), []).append(sign)
    several = [sorted(found) for found in bends.values() if len(found) > 1]
    assert several == [[-0.07, 0.07]] * len(several)
    assert several
    assert all(found == [0] for found in bends.values() if len(found) == 1)


def test_opposite_arcs_bend_apart_and_have_arrows(gallery):
    graph = to_pyvis(gallery["directed"]())
    pair = [edge for edge in graph.edges if {edge["from"], edge["to"]} == {"c", "d"}]
    assert [edge["arrows"] for edge in pair] == ["to", "to"]
    # seen from its own start each bends to the same hand: apart, for they run in opposite directions
    assert {edge["smooth"]["type"] for edge in pair} == {"curvedCCW"}


def test_page_may_run_its_own_scripts_only():
    page = network_map(hostile_network()).html
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts}
    allowed = re.search(r"script-src ([^;]+)", policy)[1].split()
    assert hashes == set(allowed)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert len(re.findall(r"<script", re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL))) == 1


@pytest.mark.parametrize("engine", ["canvas", "pyvis"])
def test_hostile_texts_are_told_as_they_are_and_break_nothing(engine):
    page = network_map(hostile_network(), engine=engine).html
    assert data_of(page)["actors"]["name"] == list(HOSTILE)
    head = page[: page.index("<style>")]
    assert "<script" not in head
    if engine == "pyvis":
        assert re.fullmatch(r"[A-Za-z0-9_-]+", "".join(data_of(page)["keys"]))


def test_titles_of_pyvis_hold_no_html_and_no_link():
    graph = to_pyvis(hostile_network())
    titles = [part["title"] for part in (*graph.nodes, *graph.edges)]
    assert not [title for title in titles if re.search("[<>]|href", title)]


def test_pyvis_page_is_ours_even_when_asked_of_pyvis(tmp_path, gallery):
    graph = to_pyvis(gallery["star"]())
    assert graph.generate_html() == network_map(gallery["star"](), engine="pyvis").html
    graph.write_html(tmp_path / "one.html")
    graph.show(str(tmp_path / "two.html"), notebook=False)
    graph.save_graph(tmp_path / "three.html")
    assert len({(tmp_path / f"{name}.html").read_bytes() for name in ("one", "two", "three")}) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "three.html", "two.html"]


def test_pyvis_keeps_what_analysts_add(gallery):
    graph = to_pyvis(gallery["star"]())
    graph.add_node(pd.Series([7]).to_numpy()[0], label="Sette")
    graph.add_edge(7, "a", width=2)
    graph.add_edge("a", 7, width=3)
    graph.set_options('var options = {"nodes": {"font": {"face": "Segoe UI"}}}')
    assert graph.num_edges() == 6
    assert graph.options["nodes"]["font"]["face"] == "Segoe UI"
    graph.toggle_physics(status=True)
    assert data_of(graph.generate_html())["vis"]["options"]["physics"]["enabled"] is True
    with pytest.raises(OptionError, match="already a node"):
        graph.add_node(7)
    with pytest.raises(OptionError, match="neither text"):
        graph.add_node((1, 2))
    with pytest.raises(UnknownNameError, match="'z'"):
        graph.add_edge("a", "z")
    with pytest.raises(OptionError, match="JSON"):
        graph.set_options("{nodes: 1}")
    with pytest.raises(OptionError, match="from_networkx"):
        graph.from_nx(object())


def test_size_follows_the_measure_and_undefined_is_not_zero(gallery):
    net = gallery["star"]()
    size = pd.Series({"a": 4.0, "b": 1.0, "c": 0.0}, name="legami")
    data = data_of(network_map(net, size=size).html)
    assert data["actors"]["size"] == [4, 1, 0, None, None]
    assert data["sizeName"] == {"it": "legami", "en": "legami"}
    assert [node["size"] for node in to_pyvis(net, size=size).nodes] == [19, 12.5, 6, 6, 6]
    with pytest.raises(UnknownNameError, match="'zz'"):
        network_map(net, size=pd.Series({"zz": 1.0}))


def test_options_are_checked(gallery):
    with pytest.raises(OptionError, match="language='fr'"):
        network_map(gallery["star"](), language="fr")
    with pytest.raises(OptionError, match="color='sector'"):
        network_map(gallery["star"](), color="sector")
    with pytest.raises(OptionError, match="both"):
        network_map(gallery["star"](), title={"it": "Rete"})


def test_title_counts_who_is_seen_and_who_is_not(gallery):
    net = gallery["attendance_only"]()
    assert network_map(net).alt == "5 organizzazioni, 0 legami in 1 livello; 1 non si è mai vista"
    assert network_map(net, language="en").alt == "5 organisations, 0 ties in 1 layer; 1 was never seen"
    assert network_map(net, title="Chi c'era").alt == "Chi c'era"


def test_notebook_gets_a_frame_that_can_reach_nothing_and_a_picture(gallery):
    shown = network_map(gallery["star"]())._repr_mimebundle_()
    assert shown["text/plain"] == "5 organizzazioni, 4 legami in 1 livello"
    assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")
    page = shown["text/html"]
    assert page.startswith("<div data-stakeholder-map=")
    assert f'<img alt="{shown["text/plain"]}"' in page
    assert "'sandbox', 'allow-scripts allow-downloads'" in page
    assert page.count("<script") == page.count("</script>") == 1


def test_saved_file_is_utf8_whatever_the_machine_speaks(tmp_path, gallery, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    page = network_map(gallery["star"](), title="Perché no: società")
    path = page.save(tmp_path / "mappa.html")
    assert path.read_bytes().decode("utf-8") == page.html


def test_dates_are_days_since_1970(gallery):
    net = gallery["attendance_only"]()
    data = map_data(net, positions(net))
    assert data["events"]["start"] == [18873, 18901, 19007, None]


def test_json_survives_what_is_no_text():
    assert json.loads(as_json({"a": "\ud800<&>\u2028"})) == {"a": "\ufffd<&>\u2028"}


def test_every_group_of_kinds_has_a_mark_of_its_own():
    assert list(GROUP_STYLES) == list(KIND_GROUPS)
    for part in ("fill", "shape", "marker"):
        assert len({getattr(style, part) for style in GROUP_STYLES.values()}) == len(KIND_GROUPS)


def test_no_two_layers_look_the_same_up_to_sixteen():
    names = [f"layer {n}" for n in range(16)]
    assert len(set(layer_style(names).values())) == 16
    assert {hue for hue, _ in layer_style(names).values()} == set(range(len(LAYER_HUES_LIGHT)))


@pytest.mark.parametrize("entry", ["main_pyvis.js"])
def test_modules_joined_into_one_script_share_no_name(entry):
    script = bundle(entry)
    assert not re.search(r"^(import|export) ", script, re.MULTILINE)
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", script, re.MULTILINE)
    assert len(names) == len(set(names)) > 30


def test_our_own_canvas_shows_the_same_data_and_carries_no_library(gallery):
    ours, theirs = (network_map(gallery["star"](), engine=engine).html for engine in ("canvas", "pyvis"))
    same = data_of(ours)
    assert len(same.pop("story")) > 1  # what pyvis draws has no views to walk through
    assert same == {key: value for key, value in data_of(theirs).items() if key not in {"vis", "keys"}}
    assert len(ours.encode()) < 110_000 < len(theirs.encode())
    with pytest.raises(OptionError, match="engine"):
        network_map(gallery["star"](), engine="webgl")


def test_the_size_is_named_in_both_languages(gallery):
    net = gallery["star"]()
    size = pd.Series(1.0, index=net.actors.index, name="betweenness")
    assert data_of(network_map(net, size=size).html)["sizeName"] == {
        "it": "posizione di passaggio",
        "en": "betweenness",
    }
