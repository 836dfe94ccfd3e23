"""How things look: one colour and one shape for each group of kinds, one hue for each layer, fonts that all have.

The ten fills were chosen for readers of every colour vision (smallest distance between two of them, in CAM02-UCS, 18.7
for normal vision and 14.5 for the worst deficiency). Some are pale on white: each mark has a dark outline and a shape
of its own, so that nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stakeholder_net.words import KIND_GROUPS, KINDS, LAYERS, Language

__all__ = [
    "GROUP_STYLES",
    "INK",
    "LAYER_DASHES",
    "LAYER_HUES_DARK",
    "LAYER_HUES_LIGHT",
    "OTHER_FILLS",
    "SANS",
    "GroupStyle",
    "group_of",
    "kind_label",
    "layer_label",
    "layer_style",
]


@dataclass(frozen=True, slots=True)
class GroupStyle:
    """The mark of one group of kinds.

    Parameters
    ----------
    fill : str
        Colour of the mark.
    shape : str
        Its shape in our own page.
    marker : str
        The same shape in matplotlib.
    vis_shape : str
        The nearest shape that vis.js (pyvis) has.
    """

    fill: str
    shape: str
    marker: str
    vis_shape: str


# fills: M. A. Petroff (2021), Accessible Color Sequences for Data Visualization, https://arxiv.org/abs/2107.02270
GROUP_STYLES: Final[dict[str, GroupStyle]] = {
    "comune": GroupStyle("#3f90da", "square", "s", "square"),
    "ambito": GroupStyle("#717581", "diamond", "D", "diamond"),
    "ente_pubblico": GroupStyle("#b9ac70", "hexagon", "h", "hexagon"),
    "sanita": GroupStyle("#a96b59", "plus", "P", "star"),
    "scuola_universita": GroupStyle("#e76300", "triangle", "^", "triangle"),
    "associazione": GroupStyle("#92dadd", "circle", "o", "dot"),
    "cooperativa": GroupStyle("#ffa90e", "pentagon", "p", "dot"),
    "fondazione": GroupStyle("#bd1f01", "star", "*", "star"),
    "consulta": GroupStyle("#832db6", "triangle_down", "v", "triangleDown"),
    "impresa": GroupStyle("#94a4a2", "cross", "X", "hexagon"),
}
# for groups that are not kinds (municipalities, communities): nine, and grey for the rest
OTHER_FILLS: Final = (
    "#3f90da",
    "#ffa90e",
    "#bd1f01",
    "#832db6",
    "#a96b59",
    "#e76300",
    "#b9ac70",
    "#92dadd",
    "#717581",
)
INK: Final = "#1c2330"
LAYER_HUES_LIGHT: Final = ("#6b7280", "#0072B2", "#D55E00", "#009E73")
LAYER_HUES_DARK: Final = ("#9aa4b2", "#56B4E9", "#ff9d5c", "#4fd6a5")
# from the fifth layer on, hues come again with another stroke
LAYER_DASHES: Final[tuple[tuple[int, ...], ...]] = ((), (7, 4), (2, 3), (9, 3, 2, 3))
SANS: Final = ("Titillium Web", "DejaVu Sans")

_FIRST_HUES: Final = {"attendance": 0, "partnership": 1, "funding": 2, "membership": 3}


def group_of(kind: str) -> str:
    """Return the group under which a kind is shown; unknown kinds stand with the others.

    Examples
    --------
    >>> group_of("coop_sociale"), group_of("a kind of my own")
    ('cooperativa', 'impresa')
    """
    return KINDS[kind].group if kind in KINDS else list(KIND_GROUPS)[-1]


def kind_label(kind: str, language: Language) -> str:
    """Return the label of a kind, or the kind itself where it has none."""
    return (KINDS[kind].it if language == "it" else KINDS[kind].en) if kind in KINDS else kind


def layer_label(layer: str, label: str, language: Language) -> str:
    """Return the label of a layer: what its card says, or our own words where the card says nothing else."""
    own = LAYERS.get(layer, (layer, layer))
    if label and label not in own:
        return label
    return own[0] if language == "it" else own[1]


def layer_style(layer_names: Sequence[str]) -> dict[str, tuple[int, tuple[int, ...]]]:
    """Return for each layer the number of its hue and its stroke; well-known layers keep theirs in every picture.

    Examples
    --------
    >>> layer_style(["membership", "partnership", "trust"])
    {'membership': (3, ()), 'partnership': (1, ()), 'trust': (0, ())}
    """
    chosen = {name: _FIRST_HUES[name] for name in layer_names if name in _FIRST_HUES}
    free = [hue for hue in range(len(LAYER_HUES_LIGHT)) if hue not in chosen.values()]
    others = [name for name in layer_names if name not in chosen]
    out = dict.fromkeys(layer_names, (0, LAYER_DASHES[0]))
    out |= {name: (hue, LAYER_DASHES[0]) for name, hue in chosen.items()}
    for place, name in enumerate(others):
        late = place - len(free)
        count = len(LAYER_HUES_LIGHT)
        out[name] = (
            (free[place], LAYER_DASHES[0])
            if late < 0
            else (late % count, LAYER_DASHES[1 + late // count % (len(LAYER_DASHES) - 1)])
        )
    return out
