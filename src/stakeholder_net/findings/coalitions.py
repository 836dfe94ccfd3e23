"""Who should apply together: exact coalitions for a call, with reasons that can be checked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from stakeholder_net.errors import OptionError
from stakeholder_net.findings._frame import as_finding, check_language, need
from stakeholder_net.findings._program import LEXICOGRAPHIC, Choice, best_choice
from stakeholder_net.findings._progress import progress_bar
from stakeholder_net.findings._reasons import COLUMNS, coalition_row, conflict_rows
from stakeholder_net.findings._rules import build_task
from stakeholder_net.findings.call import Call
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["coalitions"]


def coalitions(  # noqa: PLR0913 - each option is asked by itself
    net: StakeholderNetwork,
    call: Call,
    *,
    n: int = 3,
    seed: int = 0,
    objectives: Sequence[str] = LEXICOGRAPHIC,
    distance: int = 4,
    seconds: float | None = 60.0,
    progress: bool = False,
    language: Language = "it",
) -> pd.DataFrame:
    """Who should apply together for this call?

    Exact. Every rule of the call is kept; among the coalitions that keep them the best one has, in this order (unless
    `objectives` says another): most award criteria, fewest partners without a prior tie to another partner (in any
    layer of `net`), fewest partners, most pairs already tied. Each further alternative is the best of those that
    differ from the ones before.

    Reads as: "these five meet every rule of the call, and four of them have already worked together". It does not
    read as: "these five will win" nor "the others are worse partners".

    Parameters
    ----------
    net : StakeholderNetwork
        The candidates are its actors of known kind; their ties, in any layer, are the prior trust.
    call : Call
        What is asked (see ``read_call``).
    n : int
        How many alternatives.
    seed : int
        Chooses among coalitions that are equally good.
    objectives : sequence of str
        What is looked for, the most important first; see ``coalition_front`` for the names.
    distance : int
        In how many actors two alternatives must differ at least (2: one partner exchanged for another).
    seconds : float or None
        Time for each alternative; when it ends before the proof, the best so far is given with its gap. So
        it is after Ctrl-C.
    progress : bool
        Whether to show the best value, the bound and the gap while the search goes on.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row an alternative, best first; fewer than `n` when there are no more. ``actors`` begins with the lead;
        ``lead`` is the partner allowed to lead that has most ties to the others. ``score``: rules and award criteria
        that are met. ``trusted``: partners with a tie to another partner. ``bound`` and ``gap`` speak of the
        first criterion that was not proved. When no coalition is possible: one row for each rule of the smallest set
        of rules in conflict, ``status`` "infeasible".

    Raises
    ------
    OptionError
        When the call asks nothing, no candidate is left, or an option is out of range.
    UnknownNameError
        When the call names a kind, an actor or a column that the network does not know.

    References
    ----------
    Ehrgott, M. (2005). Multicriteria Optimization. Springer. https://doi.org/10.1007/3-540-27659-9
    Huangfu, Q., Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical Programming
    Computation 10, 119-142. https://doi.org/10.1007/s12532-017-0130-5

    Examples
    --------
    >>> import pandas as pd
    >>> from stakeholder_net import StakeholderNetwork
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abc"), "name": ["Comune", "Coop", "Odv"],
    ...                          "kind": ["comune", "coop_sociale", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> call = Call(title="Prova", max_partners=2, lead_kinds=("comune",), required_kinds={"terzo settore": 1})
    >>> coalitions(net, call, n=1)[["actors", "lead", "n", "tied_pairs", "status"]]
       actors lead  n  tied_pairs   status
    0  (a, b)    a  2           1  optimal
    """
    check_language(language)
    need(len(objectives) > 0, "objectives= names nothing to look for.", "Leave it out for the usual order.")
    if n < 1 or distance < 1:
        raise OptionError(f"n={n} and distance={distance} must be at least 1.")
    task = build_task(net, call)
    order = np.random.default_rng(seed).permutation(task.n) if seed else None
    found: list[Choice] = []
    with progress_bar(progress, call.title) as watch:
        for _ in range(n):
            others = [each.places for each in found]
            choice = best_choice(
                task, others, distance=distance, seconds=seconds, order=order, stages=objectives, watch=watch
            )
            if choice is None:
                break
            found.append(choice)
            if choice.stopped:
                break
    if not found:
        return conflict_rows(task, language)
    rows = [coalition_row(task, choice, rank, language) for rank, choice in enumerate(found, start=1)]
    return as_finding(rows, COLUMNS)
