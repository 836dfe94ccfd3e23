"""Did all groups come alike? One answer for a whole attribute."""

from __future__ import annotations

from math import prod
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from stakeholder_net.findings._frame import as_finding, attribute, check_language, need
from stakeholder_net.findings._say import number, p_value, phrase
from stakeholder_net.findings.representation import presences
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["equal_presence"]

Counts = npt.NDArray[np.int64]
LARGEST: Final = 5_000_000
"""Tables that are still enumerated one by one."""

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "exact": (
        (
            "«{by}»: {x} presenti su {n} del registro in {k} gruppi; differenza complessiva fra i gruppi {p} (esatto), "
            "intensità V di Cramér {v}."
        ),
        (
            "“{by}”: {x} of {n} in the register present, in {k} groups; overall difference between groups {p} (exact), "
            "strength Cramér's V {v}."
        ),
    ),
    "random": (
        (
            "«{by}»: {x} presenti su {n} del registro in {k} gruppi; differenza complessiva fra i gruppi {p} "
            "(da {draws} sorteggi), intensità V di Cramér {v}."
        ),
        (
            "“{by}”: {x} of {n} in the register present, in {k} groups; overall difference between groups {p} (from "
            "{draws} draws), strength Cramér's V {v}."
        ),
    ),
}
COLUMNS: Final = (
    "by", "groups", "n", "x", "chi_square", "degrees", "p", "p_asymptotic", "p_random", "p_random_error", "p_exact",
    "cramers_v", "draws", "seed",
)  # fmt: skip


def equal_presence(  # noqa: PLR0913 - each option is asked by itself
    net: StakeholderNetwork,
    by: str = "kind",
    *,
    layer: str = "attendance",
    draws: int = 9999,
    seed: int = 0,
    language: Language = "it",
) -> pd.DataFrame:
    """Did all groups of the register come alike, or do the groups differ as a whole?

    Parameters
    ----------
    net : StakeholderNetwork
        Network whose actors carry ``registered``.
    by : str
        Column of the actors with one value a body, or ``"kind_group"``.
    layer : str
        The layer with events.
    draws : int
        Random draws for the Monte Carlo p-value, (1 + b) / (1 + draws).
    seed : int
        Seed of the draws.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row. ``p`` is the exact test of Fisher, Freeman and Halton where its tables can be enumerated, otherwise
        the Monte Carlo one of the chi-square; ``score`` is 1 - p. NaN with one group, or when all or none came.

    Raises
    ------
    OptionError
        When no actor is registered or `draws` is below 1.
    UnknownNameError
        When a column or the layer does not exist.

    References
    ----------
    Freeman, G. H., Halton, J. H. (1951). Note on an exact treatment of contingency, goodness of fit and other problems
    of significance. Biometrika 38, 141-149. https://doi.org/10.1093/biomet/38.1-2.141
    """
    check_language(language)
    need(draws >= 1, f"draws={draws} must be at least 1.")
    registered = net.actors["registered"]
    need(bool(registered.any()), "No actor of this network is registered.", "Add a register to the project.")
    values = attribute(net, by).set_index("actor_id")[by]
    values = values[registered.reindex(values.index).to_numpy(dtype=bool)]
    came = (presences(net, layer) > 0).reindex(values.index).to_numpy(dtype=bool)
    codes, groups = pd.factorize(values, sort=True)
    sizes = np.bincount(codes, minlength=len(groups)).astype(np.int64)
    present = np.bincount(codes[came], minlength=len(groups)).astype(np.int64)
    facts = _tests(sizes, present, codes, draws, seed)
    exact = np.isfinite(facts["p_exact"])
    p = facts["p_exact"] if exact else facts["p_random"]
    said = {
        "by": by, "x": int(present.sum()), "n": int(sizes.sum()), "k": len(groups), "draws": draws,
        "p": p_value(p, language), "v": number(facts["cramers_v"], language),
    }  # fmt: skip
    row = {
        "finding": "equal_presence", "actors": (), "score": 1 - p, "evidence": net.source,
        "why": phrase(_SENTENCES, "exact" if exact else "random", language, **said), "by": by, "groups": len(groups),
        "n": said["n"], "x": said["x"], "p": p, "draws": draws, "seed": seed, **facts,
    }  # fmt: skip
    return as_finding([row], COLUMNS)


def _tests(sizes: Counts, present: Counts, codes: Counts, draws: int, seed: int) -> dict[str, float]:
    n, x = int(sizes.sum()), int(present.sum())
    degrees = len(sizes) - 1
    if degrees < 1 or x in (0, n):
        return dict.fromkeys(
            ("chi_square", "p_asymptotic", "p_random", "p_random_error", "p_exact", "cramers_v"), np.nan
        ) | {"degrees": degrees}
    statistic = float(_chi_square(sizes, present, x))
    rng = np.random.default_rng(seed)
    drawn = np.array([np.bincount(codes[rng.permutation(n)[:x]], minlength=len(sizes)) for _ in range(draws)])
    larger = int((_chi_square(sizes, drawn, x) >= statistic * (1 - 1e-10)).sum())
    p_random = (1 + larger) / (1 + draws)
    return {
        "chi_square": statistic, "degrees": degrees, "p_asymptotic": float(special.chdtrc(degrees, statistic)),
        "p_random": p_random, "p_random_error": float(np.sqrt(p_random * (1 - p_random) / draws)),
        "p_exact": _fisher_freeman_halton(sizes, present), "cramers_v": float(np.sqrt(statistic / n)),
    }  # fmt: skip


def _chi_square(sizes: Counts, present: Counts, x: int) -> npt.NDArray[np.float64]:
    n = sizes.sum()
    expected = sizes * x / n
    # present and absent together: (o - e)^2 / e + (o - e)^2 / (n_g - e)
    return np.asarray(((present - expected) ** 2 * (1 / expected + 1 / (sizes - expected))).sum(axis=-1))


def _fisher_freeman_halton(sizes: Counts, present: Counts) -> float:
    """Sum the probability of every table that is no likelier than the one seen; NaN when there are too many."""
    x = int(present.sum())
    # the largest group follows from the others: it need not be enumerated
    free = np.sort(sizes)[:-1]
    if prod(int(size) + 1 for size in free) > LARGEST:
        return float("nan")
    total, chance = np.zeros(1, dtype=np.int64), np.zeros(1)
    for size in free:
        each = np.arange(int(size) + 1)
        total = (total[:, None] + each[None, :]).ravel()
        chance = (chance[:, None] + np.log(special.comb(size, each))[None, :]).ravel()
        within = total <= x
        total, chance = total[within], chance[within]
    last = x - total
    fits = last <= sizes.max()
    whole = chance[fits] + _log_comb(sizes.max(), last[fits])
    whole -= _log_comb(np.array(sizes.sum()), np.array(x))
    seen = float((_log_comb(sizes, present)).sum() - _log_comb(np.array(sizes.sum()), np.array(x)))
    return min(1.0, float(np.exp(whole[whole <= seen + 1e-7]).sum()))


def _log_comb(n: npt.ArrayLike, k: npt.ArrayLike) -> npt.NDArray[np.float64]:
    top, low = np.asarray(n, dtype=np.float64), np.asarray(k, dtype=np.float64)
    return np.asarray(special.gammaln(top + 1) - special.gammaln(low + 1) - special.gammaln(top - low + 1))
