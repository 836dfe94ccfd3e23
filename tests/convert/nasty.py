"""A network with every character and every empty cell that has ever broken a file."""

from __future__ import annotations

import pandas as pd

from stakeholder_net import StakeholderNetwork

NAMES = [
    "Rossi & Figli <Coop>",
    'Detta "La Quercia"',
    "=HYPERLINK(1)",
    "Città\ndi Forlì",
    "vert\x0btab",
    "Rossi & Figli <Coop>",
    "]]> &#233; &amp; \t \r fine",
    "\U0001f333 Олива \u2028 fine",
]
IDS = ["a", "b", "c", "d", 'e "1" <&>', "f\ng", "Ünì codé", "=h"]
# what a file may show in place of a character that it cannot hold
SHOWN = [name.replace("\x0b", "\ufffd") for name in NAMES]


def mixed_network() -> StakeholderNetwork:
    """Two layers, one of them directed, on few actors with plain and empty cells."""
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": list("abcd"), "name": ["A", "B", "C", "D"], "kind": "ets_aps"}),
        ties=pd.DataFrame(
            [("a", "b", "partnership", 1.5), ("a", "b", "funding", 2.0), ("b", "a", "funding", 1.0),
             ("c", "d", "partnership", 1.0)],
            columns=["source", "target", "layer", "weight"],
        ).assign(since=pd.to_datetime(["2021-09-03", None, None, None])),
        layers=pd.DataFrame({"layer": ["partnership", "funding"], "directed": [False, True]}),
        name="prova",
    )  # fmt: skip


def nasty_network() -> StakeholderNetwork:
    """Three layers: one undirected, one directed, one whose weights are distances; hostile ids, names and headings."""
    return StakeholderNetwork(
        actors=pd.DataFrame({
            "actor_id": IDS, "name": NAMES, "kind": ["ets_aps", "comune"] * 4,
            "person_count": [1, None, 3, None, 5, 6, None, 2**40],
            "share": [0.5, None, 1.0, 2.0, None, 1e-7, None, 1e20],
            "either": pd.Series([1, 2.5, None, 1, 1, 1, 1, 1], dtype="object"),
            "tags": [["casa", "minori"], None, [], ["a;b"], None, None, None, None],
            "founded": pd.to_datetime(["1999-05-01", *[None] * 7]),
            "Ragione sociale (2024) & <co>": ["x", *[""] * 7],
            "id": range(8), "ID": range(8), "label": "etichetta", "type": "t", "weight": 1.0, "x": 0.5, "shape": "box",
        }),
        events=pd.DataFrame({"event_id": ["E1", "E 2"], "name": ["Tavolo", 'Lab "2"'], "kind": "table",
                             "start": ["2021-09-03", None]}),
        attendance=pd.DataFrame(
            [("a", "E1", "present"), ("b", "E1", "announced"), (IDS[4], "E1", "delegate"), (IDS[7], "E 2", "absent")],
            columns=["actor_id", "event_id", "status"],
        ).assign(hours=[1.5, None, None, None]),
        ties=pd.DataFrame(
            [("a", "b", "partnership", 1.5), ("a", "b", "funding", 2.0), ("b", "a", "funding", 1.0),
             ("c", "d", "partnership", 1.0), (IDS[4], IDS[5], "città & co", 0.1),
             (IDS[6], IDS[7], "partnership", 1e-9)],
            columns=["source", "target", "layer", "weight"],
        ).assign(since=pd.to_datetime(["2021-09-03", *[None] * 5]), evidence=['"a" & <b>', *[""] * 5]),
        layers=pd.DataFrame({"layer": ["partnership", "funding", "città & co"], "directed": [False, True, False],
                             "weight_means": ["strength", "strength", "distance"]}),
        presence=pd.DataFrame({"actor_id": ["c"], "layer": ["funding"]}),
        name='prova & "<1>"', source="Ufficio di Piano",
    )  # fmt: skip


# undirected ties stand once in the table and twice where a graph must be directed as a whole
TIES = {"partnership": 3, "funding": 2, "città & co": 1, "attendance": 0}
ARCS = {"partnership": 6, "funding": 2, "città & co": 2}
