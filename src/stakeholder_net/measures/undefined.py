"""Where a measure has no value: the reason, in words."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from stakeholder_net._checks import check_option
from stakeholder_net._codes import codes_of
from stakeholder_net.errors import OptionError
from stakeholder_net.measures._ties import presence_grid
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import LANGUAGES, Language

__all__ = ["why_undefined"]

# the first that holds is the reason
_REASONS: Final[dict[str, tuple[str, str]]] = {
    "network": (
        "la misura non è definita su questa rete per nessun attore",
        "the measure is defined for no actor of this network",
    ),
    "absent": ("non fa parte di nessuno di questi livelli", "belongs to none of these layers"),
    "no_tie": ("non ha legami", "has no tie"),
    "one_tie": ("ha un solo legame", "has one tie only"),
    "few": ("i suoi legami non bastano per questa misura", "its ties do not suffice for this measure"),
}


def why_undefined(net: StakeholderNetwork, values: pd.Series, *, language: Language = "it") -> pd.Series:
    """Why has this actor no value?

    Parameters
    ----------
    net : StakeholderNetwork
        The network that was measured.
    values : pandas.Series, length n_actors
        What a measure gave; index the actors.
    language : {"it", "en"}
        Of the reasons.

    Returns
    -------
    pandas.Series of str, length n_actors
        Named after the measure with ``_status`` behind; empty where there is a value.

    Raises
    ------
    OptionError
        When the values are not those of the actors of the network.

    Examples
    --------
    >>> import pandas as pd
    >>> from stakeholder_net.measures import clustering
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c", "d"], "name": list("ABCD"), "kind": ["comune"] * 4}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> why_undefined(net, clustering(net), language="en").tolist()
    ['has one tie only', '', 'has one tie only', 'belongs to none of these layers']
    """
    check_option("language", language, LANGUAGES)
    if not values.index.equals(net.actors.index):
        raise OptionError(
            "values= are not one for each actor of this network.", "Give what a measure returned for it."
        )
    undefined = values.isna().to_numpy()
    ties = net.ties
    ends = np.concatenate([codes_of(ties["source"], values.index), codes_of(ties["target"], values.index)])
    others = np.concatenate([ends[len(ties) :], ends[: len(ties)]])
    partners = np.bincount(np.unique(np.column_stack([ends, others]), axis=0)[:, 0], minlength=len(values))
    code = np.select(
        [
            ~undefined,
            np.full(len(values), bool(undefined.all()) and bool((partners > 1).any())),
            ~presence_grid(net).any(axis=1),
            partners == 0,
            partners == 1,
        ],
        ["", "network", "absent", "no_tie", "one_tie"],
        default="few",
    )
    words = {name: said[LANGUAGES.index(language)] for name, said in _REASONS.items()} | {"": ""}
    return pd.Series(
        [words[name] for name in code], index=values.index, name=f"{values.name}_status", dtype="str"
    )
