"""From attendance to ties: who was where, and what meeting there weighs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net._attendance import decay_of, incidence, seat_shares, two_mode_layers
from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net._meetings import meetings
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES

__all__ = [
    "WEIGHTS",
    "Making",
    "Weight",
    "making_of",
    "pairs",
    "project",
    "project_again",
    "tie_contributions",
    "tie_evidence",
]

Weight = Literal["newman", "count", "jaccard"]
WEIGHTS: Final = ("newman", "count", "jaccard")


class Making(NamedTuple):
    """What the ties of a layer were made of.

    Parameters
    ----------
    seats, shares : scipy.sparse.csr_array, shape (n_actors, n_events of the layer)
        Who was where, and what each attendance counts.
    value : numpy.ndarray, shape (n_events of the layer,)
        What each event is worth.
    weight : str
        The kind of weight.
    """

    seats: sparse.csr_array
    shares: sparse.csr_array
    value: np.ndarray
    weight: str


def project(  # noqa: PLR0913 - one keyword a way of weighing
    net: StakeholderNetwork,
    layer: str | None = None,
    *,
    weight: Weight = "newman",
    counts: Sequence[str] = COUNTING_STATUSES,
    half_life: float | None = None,
    as_of: str | dt.date | None = None,
    roles: Mapping[str, float] | None = None,
    hours: bool = False,
) -> StakeholderNetwork:
    """Derive ties between actors from the events that they shared.

    Reads as: "the two organisations sat at the same tables; a table of two counts more than a plenary of sixty".
    It does not read as: "the two organisations work together".

    Parameters
    ----------
    net : StakeholderNetwork
        Network with attendance.
    layer : str, optional
        The layer to derive; by default every layer that has events.
    weight : {"newman", "count", "jaccard"}
        ``newman``: the sum over shared events of 1/(n-1), n being the number of actors at the event, so that an
        actor's strength is the number of its events with company. ``count``: shared events. ``jaccard``: shared
        events over the events of either.
    counts : sequence of str
        Statuses that count as having taken part. Announced and absent do not make ties.
    half_life : float, optional
        Days after which an event counts half: its share is multiplied by 2^(-age / half_life). The age is counted
        from the last day of the event to `as_of`; it is 0 for an event that is still going on. (A half-life, not the
        time constant: that is half_life / ln 2.)
    as_of : str or datetime.date, optional
        The day on which one looks back; needed with `half_life`.
    roles : mapping of str to float, optional
        What one attendance in a role counts (``{"organiser": 2}``); roles not named count 1. A convention of this
        project without a canonical source: say in a report which values were used.
    hours : bool
        Let an attendance count the share of the event's hours that it lasted. The hours of an event are its column
        ``hours``, or the longest attendance. Attendance without hours counts as the full event, and is reported.

    Returns
    -------
    StakeholderNetwork
        With the ties of the layer(s) replaced; column ``shared_events`` holds the number of shared events, and the
        layer card says from what the ties are derived and, in ``options``, how. Ties that have decayed below the
        smallest number are left out.

    Raises
    ------
    UnknownNameError
        When the layer does not exist or has no events, or a status is unknown.
    OptionError
        When an option is not allowed, or the network has no events at all.
    InvalidTablesError
        When, with `half_life`, an event lies after `as_of` or has no date, or, with `hours`, an attendance has no
        time at all or more than the event.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Physical Review E 64, 016132.
    https://doi.org/10.1103/PhysRevE.64.016132
    Breiger, R. L. (1974). The duality of persons and groups. Social Forces 53, 181-190.
    https://doi.org/10.1093/sf/53.2.181

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     events=pd.DataFrame({"event_id": ["E1", "E2"], "name": ["Lab", "Tavolo"], "kind": ["workshop", "table"]}),
    ...     attendance=pd.DataFrame({"actor_id": ["a", "b", "c", "a", "b"], "event_id": ["E1"] * 3 + ["E2"] * 2,
    ...                              "status": ["present"] * 5}))
    >>> project(net).ties[["source", "target", "weight", "shared_events"]]
      source target  weight  shared_events
    0      a      b     1.5              2
    1      a      c     0.5              1
    2      b      c     0.5              1
    """
    options = _checked(weight, half_life, as_of, roles, hours=hours)
    if tuple(counts) != COUNTING_STATUSES:
        options = {"counts": list(counts), **options}
    names = two_mode_layers(net) if layer is None else (layer,)
    if not names:
        raise OptionError(
            "This network has no events, so there is nothing to project.", "Give events= and attendance=."
        )
    ids = net.actors.index.to_series()
    out = net
    for name in names:
        seats, shares, value = _parts(
            net, name, weight, counts, half_life=half_life, as_of=as_of, roles=roles, hours=hours
        )
        met = meetings(seats, shares, value)
        if weight == "jaccard":
            events = np.asarray(seats.sum(axis=1))
            met = met._replace(weight=met.shared / (events[met.first] + events[met.second] - met.shared))
        ties = pd.DataFrame(
            {
                "source": ids.take(met.first).array,
                "target": ids.take(met.second).array,
                "weight": met.weight,
                "shared_events": pd.arrays.IntegerArray(
                    met.shared.astype("int64"), np.zeros(len(met.shared), dtype="bool")
                ),
            },
            copy=False,  # a country has twenty million ties
        )
        card: dict[str, object] = {
            "directed": False,
            "derived_from": "attendance",
            "unit": weight,
            "weight_means": "strength",
        }
        if options or "options" in out.layers.columns:
            card["options"] = json.dumps(options, sort_keys=True) if options else ""
        whole = bool((met.weight > 0).all())
        kept = slice(None) if whole else met.weight > 0
        ends = met.first[kept], met.second[kept]
        whole &= tuple(counts) == COUNTING_STATUSES
        out = out._with_derived(name, ties[kept], card, ends, met=whole)  # noqa: SLF001 - the two are one thing
    return out


def project_again(net: StakeholderNetwork, layer: str, card: Mapping[Hashable, Any]) -> StakeholderNetwork:
    """Derive the ties of a layer anew, in the way its card tells of."""
    return project(net, layer, weight=card["unit"], **_options(card))


def making_of(net: StakeholderNetwork, layer: str) -> Making:
    """Return of what, as its card tells, the ties of a two-mode layer were made.

    Raises
    ------
    OptionError
        When the card does not tell of events.
    """
    card = net.layers.loc[layer].to_dict()
    if card["unit"] not in WEIGHTS:
        raise OptionError(
            f"The ties of layer '{layer}' were not derived from events.", "Derive them with project(net)."
        )
    how = {
        "counts": COUNTING_STATUSES,
        "half_life": None,
        "as_of": None,
        "roles": None,
        "hours": False,
    } | _options(card)
    return Making(*_parts(net, layer, card["unit"], how.pop("counts"), **how), str(card["unit"]))


def tie_contributions(net: StakeholderNetwork, layer: str, making: Making) -> sparse.csr_array:
    """Return what each event adds to each tie of a layer that was projected.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with the ties of `layer` as :func:`project` made them.
    layer : str
        A two-mode layer.
    making : Making
        Its :func:`making_of`.

    Returns
    -------
    scipy.sparse.csr_array, shape (n_ties of the layer, n_events of the layer)
        Ties in the order of ``net.ties``; rows add up to the weights (for ``jaccard`` to the shared events).

    Raises
    ------
    OptionError
        When the ties are not those that the layer card tells of.
    """
    seats, shares, value, weight = making
    rows = (net.ties["layer"] == layer).to_numpy()
    first, second = (end[rows] for end in net._tie_ends())  # noqa: SLF001 - looked up when the object was made
    each = sparse.csr_array(shares[first].multiply(shares[second]) @ sparse.diags_array(value))
    total = np.asarray(each.sum(axis=1))
    if weight == "jaccard":
        events = np.asarray(seats.sum(axis=1))
        total = total / np.maximum(events[first] + events[second] - total, 1)
    if not np.allclose(total, net.ties["weight"].to_numpy()[rows], rtol=1e-9):
        raise OptionError(
            f"The ties of layer '{layer}' are no longer those that its events make.",
            "Use project(net) again.",
        )
    return each


def _options(card: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the options of a projection as a layer card holds them."""
    said = card.get("options", "")
    options: dict[str, Any] = json.loads(said) if isinstance(said, str) and said else {}
    return options


def _parts(  # noqa: PLR0913 - the options of project(), one by one
    net: StakeholderNetwork,
    layer: str,
    weight: str,
    counts: Sequence[str],
    *,
    half_life: float | None,
    as_of: str | dt.date | None,
    roles: Mapping[str, float] | None,
    hours: bool,
) -> tuple[sparse.csr_array, sparse.csr_array, np.ndarray]:
    """Return who was where, what each attendance counts and what each event is worth."""
    seats = incidence(net, layer, counts=counts)
    shares = seat_shares(net, layer, counts, roles or {}, hours=hours) if roles or hours else seats
    size = np.asarray(seats.sum(axis=0))
    # an event with one actor ties nobody: its column never meets another row, so any finite value will do
    value = 1.0 / np.maximum(size - 1, 1) if weight == "newman" else np.ones(len(size))
    if half_life is not None:
        value = value * np.where(size > 0, decay_of(net, layer, half_life, pd.Timestamp(str(as_of))), 0.0)
    return seats, shares, value


def _checked(
    weight: Weight,
    half_life: float | None,
    as_of: str | dt.date | None,
    roles: Mapping[str, float] | None,
    *,
    hours: bool,
) -> dict[str, object]:
    """Return the options that are not the plain ones, or refuse what cannot be combined."""
    check_option("weight", weight, WEIGHTS)
    options: dict[str, object] = {}
    if half_life is not None:
        if not half_life > 0 or not np.isfinite(half_life):
            raise OptionError(f"half_life={half_life} must be a number of days above zero.")
        if as_of is None:
            raise OptionError(
                "half_life= needs the day on which one looks back.", "Give as_of=, for instance '2026-09-01'."
            )
        try:
            day = pd.Timestamp(as_of)
        except ValueError as error:
            raise OptionError(f"as_of={as_of!r} is not a date.", "Write 2021-09-03.") from error
        options |= {"half_life": float(half_life), "as_of": f"{day:%Y-%m-%d}"}
    elif as_of is not None:
        raise OptionError(
            "as_of= is for half_life=.", "To leave out what came later, use between(net, start, end)."
        )
    if roles:
        bad = sorted(role for role, value in roles.items() if not (np.isfinite(value) and value > 0))
        if bad:
            raise OptionError(f"roles: the weight of {bad[0]!r} must be a finite number above zero.")
        options["roles"] = {role: float(roles[role]) for role in sorted(roles)}
    if hours:
        options["hours"] = True
    if options and weight == "jaccard":
        raise OptionError(
            "weight='jaccard' is a share of events and knows no half_life, roles or hours.", "Use 'newman'."
        )
    return options


def pairs(matrix: sparse.csr_array) -> sparse.coo_array:
    """Return the cells above the diagonal, row by row."""
    cells = sparse.csr_array(matrix)
    cells.sum_duplicates()
    return sparse.triu(cells, k=1, format="coo")


def tie_evidence(
    net: StakeholderNetwork, source: str, target: str, *, layer: str | None = None
) -> pd.DataFrame:
    """Return the rows behind a tie: the events that two actors shared and where the sheets say so.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with attendance.
    source, target : str
        Two actor ids.
    layer : str, optional
        Only events of this layer.

    Returns
    -------
    pandas.DataFrame
        One row a shared event: ``event_id``, ``name``, ``layer``, ``start``, ``source_rows``, ``target_rows``.

    Raises
    ------
    UnknownNameError
        When an actor does not exist.
    """
    for actor in (source, target):
        if actor not in net.actors.index:
            raise unknown_name("actor", actor, net.actors.index)
    rows = net.attendance
    rows = rows[rows["status"].isin(COUNTING_STATUSES)]
    ours = rows[rows["actor_id"] == source].set_index("event_id")["source"]
    theirs = rows[rows["actor_id"] == target].set_index("event_id")["source"]
    events = net.events
    if layer is not None:
        events = events[events["layer"] == layer]
    both = events[events.index.isin(ours.index) & events.index.isin(theirs.index)]
    start = both["start"] if "start" in both.columns else pd.Series(pd.NaT, index=both.index)
    return pd.DataFrame(
        {
            "event_id": both.index,
            "name": both["name"].to_numpy(),
            "layer": both["layer"].to_numpy(),
            "start": start.to_numpy(),
            "source_rows": ours.reindex(both.index).to_numpy(),
            "target_rows": theirs.reindex(both.index).to_numpy(),
        }
    )
