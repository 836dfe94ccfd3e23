"""Figures: they draw every network, say what they show, and give the same bytes."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from tests.pictures.hostile import hostile_network

from stakeholder_net import OptionError, StakeholderNetwork
from stakeholder_net.pictures.figures import sociogram

SVG = "{http://www.w3.org/2000/svg}"


def texts(figure) -> list[str]:
    """What can be read in the SVG."""
    root = ET.fromstring(figure.svg())  # noqa: S314 - our own file
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def test_sociogram_of_every_network(any_network, tmp_path):
    figure = sociogram(any_network, n_labels=3)
    for name in ("one.png", "one.svg", "one.pdf"):
        first = figure.save(tmp_path / name).read_bytes()
        assert first == sociogram(any_network, n_labels=3).save(tmp_path / f"again_{name}").read_bytes()
    assert (tmp_path / "one.png.alt.txt").read_text(encoding="utf-8") == f"{figure.alt}\n"
    assert figure.title in "".join(texts(figure)).replace("\n", " ") or len(figure.title) > 90


def test_sociogram_numbers_the_largest_and_tells_them_in_order(gallery):
    net = gallery["star"]()
    size = pd.Series({"a": 1.0, "b": 5.0, "c": 3.0}, name="legami")
    figure = sociogram(net, size=size, n_labels=2, title="b viene prima di c")
    assert figure.key == ("Ente b", "Ente c")
    assert figure.alt == "b viene prima di c. Primi per legami: 1 Ente b; 2 Ente c."
    read = texts(figure)
    assert {"Primi per legami", "1", "2", "Ente b", "Ente c", "b viene prima di c"} <= set(read)
    assert "5 attori, 0 eventi, 4 legami" in figure.caption


def test_sociogram_draws_every_tie_and_every_tied_actor(gallery):
    net = gallery["overlapping_layers"]()
    axes = sociogram(net, n_labels=0).sheet.axes[0]
    lines = [c for c in axes.collections if type(c).__name__ == "LineCollection"]
    assert sum(len(c.get_segments()) for c in lines) == net.n_ties
    marks = [c for c in axes.collections if type(c).__name__ == "PathCollection"]
    assert sum(len(c.get_offsets()) for c in marks) == 5


def test_hostile_texts_are_drawn_as_texts(tmp_path):
    figure = sociogram(hostile_network())
    figure.save(tmp_path / "x.pdf")
    root = ET.fromstring(figure.svg())  # noqa: S314 - our own file
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert not [key for node in root.iter() for key in node.attrib if key.startswith("on")]


def test_figures_leave_the_readers_settings_alone(gallery):
    with mpl.rc_context({"font.size": 3.0}):
        sociogram(gallery["star"]()).png()
        assert mpl.rcParams["font.size"] == 3.0


def test_options_are_checked(gallery, tmp_path):
    with pytest.raises(OptionError, match="n_labels=-1"):
        sociogram(gallery["star"](), n_labels=-1)
    with pytest.raises(OptionError, match="format='jpg'"):
        sociogram(gallery["star"]()).save(tmp_path / "x.jpg")


def test_of_a_crowd_of_ties_the_strongest_of_each_are_drawn_and_the_caption_says_so(monkeypatch):
    ids = [f"a{n}" for n in range(12)]
    pairs = [(a, b, float(min(i, j) + 1)) for i, a in enumerate(ids) for j, b in enumerate(ids) if i < j]
    net = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "comune"}),
        ties=pd.DataFrame(pairs, columns=["source", "target", "weight"]).assign(layer="partnership"),
    )

    def drawn():
        sheet = sociogram(net, n_labels=0, language="en").sheet
        lines = [one for one in sheet.axes[0].collections if isinstance(one, LineCollection)]
        return sum(len(one.get_paths()) for one in lines), " ".join(text.get_text() for text in sheet.texts)

    count, words = drawn()
    assert (count, "strongest" in words) == (66, False)
    monkeypatch.setattr("stakeholder_net.pictures.figures.network.ALL_TIES", 65)
    count, words = drawn()
    assert "the 3 strongest ties of each are drawn" in words
    firsts = [sorted((p for p in pairs if i in p), key=lambda p: -p[2])[:3] for i in ids]
    assert count == len({pair for three in firsts for pair in three}) < 66
