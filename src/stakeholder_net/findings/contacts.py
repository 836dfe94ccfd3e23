"""Whom to call: the fewest contacts that reach everybody, and whom to invite next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from stakeholder_net.errors import OptionError
from stakeholder_net.findings._frame import as_finding, attribute, check_language, need
from stakeholder_net.findings._say import actor_label, kind_label, listed, phrase
from stakeholder_net.findings._solver import Model, Outcome, Places
from stakeholder_net.findings.missing_ties import pattern_of
from stakeholder_net.findings.representation import presences
from stakeholder_net.layers import one_layer
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["fewest_contacts", "whom_to_invite"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "contact": (
        "{name}: contattandolo si raggiungono {n} enti ({names}).",
        "{name}: a contact reaches {n} bodies ({names}).",
    ),
    "alone": (
        "{name}: non è in rapporto con nessuno, va contattato direttamente.",
        "{name}: tied to nobody, to be contacted directly.",
    ),
    "of": (
        " Bastano {k} contatti per raggiungere tutti i {all} enti in {steps} {often}.",
        " {k} contacts are enough to reach all {all} bodies in {steps} {often}.",
    ),
    "of_one": (
        " Basta questo contatto per raggiungere tutti i {all} enti in {steps} {often}.",
        " This contact is enough to reach all {all} bodies in {steps} {often}.",
    ),
    "step": ("passo", "step"),
    "steps": ("passi", "steps"),
    "gap": (
        " Numero non dimostrato minimo: ne servono almeno {bound}.",
        " Not proved smallest: at least {bound} are needed.",
    ),
    "invite": (
        "{name} ({kind}): la sua presenza coprirebbe {cells} oggi senza nessuno.",
        "{name} ({kind}): its presence would cover {cells}, where nobody comes today.",
    ),
    "invite_of": (
        " Inviti: {k}; vuoti coperti: {covered} su {all} colmabili.",
        " Invitations: {k}; gaps covered: {covered} of {all} that can be filled.",
    ),
}


def fewest_contacts(
    net: StakeholderNetwork, *, steps: int = 1, seconds: float | None = 60.0, language: Language = "it"
) -> pd.DataFrame:
    """Which fewest organisations must be called, so that everybody is reached?

    Everybody is a contact or within `steps` steps of one. Exact (minimum dominating set).

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; arcs count in both directions.
    steps : int
        How far word travels: 1 (partners) or more.
    seconds : float or None
        Time; when it ends before the proof, the best so far is given and said to be so.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a contact; ``n`` actors that it reaches (itself among them), which is the score, ``alone`` those that
        no other contact reaches; ``contacts`` how many contacts there are, ``bound`` how many are needed at least,
        ``status``.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When `steps` is below 1.

    References
    ----------
    Haynes, T. W., Hedetniemi, S. T., Slater, P. J. (1998). Fundamentals of Domination in Graphs. Dekker.
    https://doi.org/10.1201/9781482246582

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abcd"), "name": list("ABCD"), "kind": "ets_odv"}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "x", "weight": 1.0}))
    >>> fewest_contacts(net)["actors"].tolist()
    [('b',), ('d',)]
    """
    check_language(language)
    need(steps >= 1, f"steps={steps} must be at least 1.")
    one_layer(net, "fewest_contacts")
    if not net.n_actors:
        return as_finding([], ["n", "alone", "contacts", "bound", "status"])
    near = sparse.csr_array(pattern_of(net, "fewest_contacts") + sparse.eye_array(net.n_actors))
    reach = near
    for _ in range(steps - 1):
        reach = sparse.csr_array(reach @ near)
    model = Model()
    chosen = model.columns(net.n_actors)
    row, column = reach.nonzero()
    model.rows(row, chosen[column], 1.0, low=1.0, count=net.n_actors)
    found = model.minimise(np.ones(net.n_actors), seconds=seconds)
    picked = _picked(found, chosen)
    times = np.asarray((reach[picked] > 0).sum(axis=0)).ravel()
    rows = [
        _contact_row(net, reach, int(place), times, found, steps, len(picked), language) for place in picked
    ]
    rows.sort(key=lambda each: (-each["n"], each["actors"]))
    return as_finding(rows, ["n", "alone", "contacts", "bound", "status"])


def _picked(found: Outcome, chosen: Places) -> Places:
    if not len(found.answers):
        if found.stopped:
            raise KeyboardInterrupt
        raise OptionError("No answer was found in the time given.", "Give more with seconds=.")
    return np.flatnonzero(found.answers[chosen] > 0.5)  # noqa: PLR2004 - yes is 1, no is 0


def _contact_row(  # noqa: PLR0913, PLR0917 - what a row is made of
    net: StakeholderNetwork,
    reach: sparse.csr_array,
    place: int,
    times: npt.NDArray[np.int64],
    found: Outcome,
    steps: int,
    contacts: int,
    language: Language,
) -> dict[str, Any]:
    members = np.flatnonzero(reach[[place]].toarray().ravel())
    others = net.actors.index[members[members != place]]
    name = actor_label(net.actors, [net.actors.index[place]])[0]
    names = listed(actor_label(net.actors, others), language)
    why = phrase(
        _SENTENCES, "contact" if len(others) else "alone", language, name=name, n=len(others), names=names
    )
    why += phrase(_SENTENCES, "of_one" if contacts == 1 else "of", language, k=contacts, all=net.n_actors, steps=steps,
                  often=phrase(_SENTENCES, "step" if steps == 1 else "steps", language))  # fmt: skip
    if found.state != "optimal":
        why += phrase(_SENTENCES, "gap", language, bound=int(np.ceil(found.bound)))
    return {
        "finding": "fewest_contacts", "actors": (net.actors.index[place],), "score": float(len(members)), "why": why,
        "evidence": "; ".join(others[:20]), "n": len(members), "alone": int((times[members] == 1).sum()),
        "contacts": contacts, "bound": float(np.ceil(found.bound - 1e-6)), "status": found.state,
    }  # fmt: skip


def whom_to_invite(  # noqa: PLR0913 - each option is asked by itself
    net: StakeholderNetwork,
    n: int = 5,
    *,
    gaps: Sequence[tuple[str, str]] = (("municipality", "themes"), ("kind", "municipality")),
    layer: str = "attendance",
    seconds: float | None = 60.0,
    language: Language = "it",
) -> pd.DataFrame:
    """Which absent organisations should be invited next, to fill most gaps with few invitations?

    A gap is a crossing (a kind in a municipality, a theme in a municipality) in which somebody is registered and nobody
    has come. Exact (maximum coverage).

    Parameters
    ----------
    net : StakeholderNetwork
        Network whose actors carry ``registered``.
    n : int
        How many invitations.
    gaps : sequence of pairs of str
        Pairs of columns of the actors whose crossings count; a pair with a column that no actor has is left out.
    layer : str
        The layer with events.
    seconds : float or None
        Time; when it ends before the proof, the best so far is given with its bound.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row an invitation, the one that fills most first (each row counts what those above have left). ``cells``
        gaps filled, the score; ``covered`` gaps filled by all rows together, ``fillable`` gaps that an invitation can
        fill at all, ``bound``, ``status``. Fewer rows than `n` when all gaps are filled.

    Raises
    ------
    OptionError
        When nobody is registered, `n` is below 1 or no pair of columns is left.

    References
    ----------
    Nemhauser, G. L., Wolsey, L. A., Fisher, M. L. (1978). An analysis of approximations for maximizing submodular set
    functions. Mathematical Programming 14, 265-294. https://doi.org/10.1007/BF01588971

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("ab"), "name": ["Comune", "Coop"], "kind": ["comune", "coop_sociale"],
    ...                          "municipality": "Fermo", "registered": True}),
    ...     events=pd.DataFrame({"event_id": ["s1"], "name": ["Incontro"], "kind": "incontro"}),
    ...     attendance=pd.DataFrame({"actor_id": ["a"], "event_id": ["s1"], "status": ["present"]}))
    >>> whom_to_invite(net, n=1)[["actors", "cells"]]
      actors  cells
    0   (b,)      1
    """
    check_language(language)
    need(n >= 1, f"n={n} must be at least 1.")
    cells = _open_cells(net, gaps, layer)
    if cells.empty:
        return as_finding([], ["n", "cells", "covered", "fillable", "bound", "status"])
    actor, ids = pd.factorize(cells["actor_id"], sort=True)
    cell, labels = pd.factorize(pd.MultiIndex.from_frame(cells[["pair", "first", "second"]]))
    model = Model()
    chosen, filled = model.columns(len(ids)), model.columns(len(labels), whole=False)
    model.row(chosen, high=float(n))
    row = np.concatenate([np.arange(len(labels)), cell])
    column = np.concatenate([filled, chosen[actor]])
    model.rows(
        row, column, np.concatenate([np.ones(len(labels)), -np.ones(len(cell))]), high=0.0, count=len(labels)
    )
    gain = np.zeros(model.n_columns)
    gain[filled] = 1.0
    found = model.maximise(gain, seconds=seconds)
    return _invitations(net, cells.assign(cell=cell), pd.Index(ids)[_picked(found, chosen)], found, language)


def _open_cells(net: StakeholderNetwork, gaps: Sequence[tuple[str, str]], layer: str) -> pd.DataFrame:
    """Return the crossings where somebody is registered and nobody came, a row for each body that could fill one."""
    actors = net.actors
    registered = actors["registered"]
    need(bool(registered.any()), "No actor of this network is registered.", "Add a register to the project.")
    known = [pair for pair in gaps if all(c in actors.columns or c == "kind_group" for c in pair)]
    known = [pair for pair in known if all((attribute(net, c)[c] != "").any() for c in pair)]
    need(bool(known), "No pair of columns is left to cross.", "Give gaps=[('kind', 'municipality')].")
    came = presences(net, layer) > 0
    parts = []
    for pair in known:
        cross = attribute(net, pair[0]).merge(attribute(net, pair[1]), on="actor_id")
        cross.columns = pd.Index(["actor_id", "first", "second"])
        cross = cross[
            cross["actor_id"].map(registered).astype("bool")
            & (cross["first"] != "")
            & (cross["second"] != "")
        ]
        came_here = cross["actor_id"].map(came).astype("bool")
        filled = came_here.groupby([cross["first"], cross["second"]]).transform("any")
        parts.append(cross[~filled].assign(pair=f"{pair[0]} x {pair[1]}"))
    return pd.concat(parts, ignore_index=True)


def _invitations(
    net: StakeholderNetwork, cells: pd.DataFrame, invited: pd.Index, found: Outcome, language: Language
) -> pd.DataFrame:
    left = cells[cells["actor_id"].isin(invited)]
    fillable, covered = cells["cell"].nunique(), left["cell"].nunique()
    rows: list[dict[str, Any]] = []
    while len(left):
        counts = left.groupby("actor_id")["cell"].nunique()
        actor = str(counts.sort_index().idxmax())
        mine = left[left["actor_id"] == actor]
        said = [_cell_label(pair, a, b, language) for pair, a, b in
                zip(mine["pair"], mine["first"], mine["second"], strict=True)]  # fmt: skip
        why = phrase(
            _SENTENCES,
            "invite",
            language,
            name=actor_label(net.actors, [actor])[0],
            kind=kind_label(str(net.actors["kind"][actor]), language),
            cells=listed(said, language),
        )
        why += phrase(_SENTENCES, "invite_of", language, k=len(invited), covered=covered, all=fillable)
        rows.append({
            "finding": "whom_to_invite", "actors": (actor,), "score": float(len(mine)), "why": why,
            "evidence": "; ".join(said), "n": len(rows) + 1, "cells": len(mine), "covered": covered,
            "fillable": fillable, "bound": found.bound, "status": found.state,
        })  # fmt: skip
        left = left[~left["cell"].isin(mine["cell"])]
    return as_finding(rows, ["n", "cells", "covered", "fillable", "bound", "status"])


def _cell_label(pair: str, first: str, second: str, language: Language) -> str:
    columns = pair.split(" x ")
    named = [kind_label(value, language) if column in ("kind", "kind_group") else value
             for column, value in zip(columns, (first, second), strict=True)]  # fmt: skip
    return " · ".join(named)
