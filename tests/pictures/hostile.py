"""Texts that would run, break out or break a page if anything trusted them."""

from __future__ import annotations

import pandas as pd

from stakeholder_net import StakeholderNetwork, project

HOSTILE = (
    "<script>window.__pwn=1</script>",
    "</script><script>window.__pwn=2</script>",
    '"><img src=x onerror="window.__pwn=3">',
    "' onmouseover='window.__pwn=4' x='",
    "javascript:window.__pwn=5",
    '<a href="javascript:window.__pwn=6">href</a>',
    "<!--<script>",
    "]]><svg onload=window.__pwn=7>",
    "{{7*7}} ${window.__pwn=8} `${window.__pwn=8}`",
    "line\u2028separator\u2029and\u0000nul",
    "\\u003cscript\\u003e window.__pwn=9 \\",
    "{{data}} {{scripts}} {{title}}",
    "=HYPERLINK(1) $x^2$",
    "data:text/html,<script>window.__pwn=10</script>",
)


def hostile_network() -> StakeholderNetwork:
    """Every text field holds something hostile; ids too."""
    n = len(HOSTILE)
    text = list(HOSTILE)
    net = StakeholderNetwork(
        actors=pd.DataFrame(
            {
                "actor_id": [f"{value} #{i}" for i, value in enumerate(text)],
                "name": text,
                "kind": text,
                "municipality": text[::-1],
                "sector": text,
            }
        ),
        events=pd.DataFrame(
            {
                "event_id": text,
                "name": text,
                "kind": text,
                "layer": text[2],
                "start": "2024-01-01",
                "place": text,
            }
        ),
        attendance=pd.DataFrame(
            {
                "actor_id": [f"{value} #{i}" for i, value in enumerate(text)] * 2,
                "event_id": [text[0]] * n + [text[1]] * n,
                "status": "present",
                "role": text * 2,
                "source": text * 2,
            }
        ),
        ties=pd.DataFrame(
            {
                "source": [f"{text[0]} #0"] * 3,
                "target": [f"{text[i]} #{i}" for i in (1, 2, 3)],
                "layer": text[3],
                "weight": [1.0, 2.0, 3.0],
                "evidence": text[:3],
                "origin": text[3:6],
            }
        ),
        layers=pd.DataFrame(
            {
                "layer": [text[2], text[3]],
                "directed": [False, True],
                "weight_means": "strength",
                "label": [text[4], text[5]],
                "unit": text[6],
            }
        ),
        name=text[1],
        source=text[5],
    )
    return project(net, text[2])
