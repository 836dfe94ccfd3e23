"""Would the figures be others if no person had said who is who? The same network from automatic matches alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from stakeholder_net._display import Shown
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.records.build import Assembled
from stakeholder_net.words import Language

__all__ = ["IdentitySensitivity", "compare_figures", "identity_sensitivity", "same_actors"]

FIRST: Final = 10  # names at the head of a ranking that people read
RANKED: Final = ("degree", "strength", "betweenness", "participation")  # the most comes first
NEVER_CAME: Final = "exists, never came"
MOST_NAMES: Final = 3

_FIGURES: Final[dict[str, tuple[str, str]]] = {
    "actors": ("enti", "actors"),
    "ties": ("legami", "ties"),
    "degree": ("i primi {0} per numero di legami", "the first {0} by degree"),
    "strength": ("i primi {0} per forza dei legami", "the first {0} by strength"),
    "betweenness": ("i primi {0} per intermediazione", "the first {0} by betweenness"),
    "participation": ("i primi {0} per partecipazione ai livelli", "the first {0} by participation"),
    "kind": ("tipi di ente mai venuti", "kinds that never came"),
    "municipality": ("comuni da cui nessuno è mai venuto", "municipalities from which nobody came"),
    "absent": ("enti del registro mai venuti", "bodies of the register that never came"),
}
_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "none": (
        "Nessuno ha deciso a mano chi è chi: tutte le cifre vengono da abbinamenti automatici.",
        "Nobody decided by hand who is who: every figure comes from automatic matches.",
    ),
    "same": (
        "Con i soli abbinamenti automatici (senza le indicazioni date a mano, {0} in tutto) nessuna cifra cambierebbe.",
        "With automatic matches alone (without the statements made by hand, {0} in all) no figure would change.",
    ),
    "changed": (
        "Con i soli abbinamenti automatici (senza le indicazioni date a mano, {0} in tutto) cambierebbero: {1}.",
        "With automatic matches alone (without the statements made by hand, {0} in all) these would change: {1}.",
    ),
    "open": (" Restano da decidere {0} coppie di nomi.", " {0} pairs of names are still to be decided."),
    "count": ("{0} ({2} invece di {1})", "{0} ({2} instead of {1})"),
    "kept": ("{0} (ne resterebbero {2} su {1}; {3})", "{0} ({2} of {1} would stay; {3})"),
    "out": ("fuori {0}", "without {0}"),
    "in": ("dentro {0}", "with {0}"),
}  # fmt: skip


@dataclass(frozen=True)
class IdentitySensitivity(Shown):
    """The main figures, with people's decisions about names and without.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a figure: figure, with_people, automatic (for a ranking: how many of its first stay), changes (bool),
        leave and enter (names, parted by semicolons).
    by_hand : int
        Statements that people made: decisions in force and lines of the alias file.
    undecided : int
        Pairs of names that wait for a decision.
    """

    frame: pd.DataFrame
    by_hand: int
    undecided: int

    @property
    def changes(self) -> bool:
        """Whether any figure would be another."""
        return bool(self.frame["changes"].any())

    def sentence(self, *, language: Language = "it") -> str:
        """Say in one sentence which figures hang on people's decisions.

        Parameters
        ----------
        language : {"it", "en"}

        Examples
        --------
        >>> import pandas as pd
        >>> IdentitySensitivity(pd.DataFrame({"changes": [False]}), 3, 0).sentence(language="en")
        'With automatic matches alone (without the statements made by hand, 3 in all) no figure would change.'
        """
        at = 0 if language == "it" else 1
        told = [_told(row, at) for row in self.frame[self.frame["changes"]].to_dict("records")]
        key = "none" if not self.by_hand else "changed" if told else "same"
        tail = _SENTENCES["open"][at].format(self.undecided) if self.undecided else ""
        return _SENTENCES[key][at].format(self.by_hand, "; ".join(told)) + tail


def _told(row: Mapping[object, object], at: int) -> str:
    figure, before, after = str(row["figure"]), row["with_people"], row["automatic"]
    label = _FIGURES[figure][at].format(before)
    if figure not in RANKED:
        return _SENTENCES["count"][at].format(label, *(_number(n, at) for n in (before, after)))
    moves = []
    for way, column in (("out", "leave"), ("in", "enter")):
        names = [name for name in str(row[column]).split("; ") if name]
        if names:
            more = ["..."] if len(names) > MOST_NAMES else []
            moves.append(_SENTENCES[way][at].format(", ".join([*names[:MOST_NAMES], *more])))
    return _SENTENCES["kept"][at].format(label, before, after, ", ".join(moves))


def _number(value: object, at: int) -> str:
    text = f"{value:,}"
    return text if at else text.replace(",", ".")


def same_actors(mine: pd.Series, theirs: pd.Series) -> dict[str, set[str]]:
    """Return for each actor of one network those of another that bear its mentions.

    Parameters
    ----------
    mine, theirs : pandas.Series of str
        Actor of each mention, or of each row of the register, in both networks; missing where it is none.

    Returns
    -------
    dict of str to set of str
        Actor of the first network to actors of the second.
    """
    both = pd.DataFrame({"mine": mine, "theirs": theirs}).dropna().drop_duplicates()
    return {str(actor): set(found) for actor, found in both.groupby("mine")["theirs"]}


def _heads(measures: pd.DataFrame, by: str, first: int) -> set[str]:
    """Return the first actors of a ranking, all that are level with the last of them."""
    values = measures[by].dropna()
    values = values[values > 0]
    if values.empty:
        return set()
    least = values.nlargest(first).min()
    # Values that differ by the last digits of a float are level.
    return set(values[values >= least * (1 - 1e-9)].index)


def _ranking(  # noqa: PLR0913 - two rankings and how they hang together
    by: str,
    measures: pd.DataFrame,
    automatic: pd.DataFrame,
    *,
    same_as: Mapping[str, set[str]],
    names: tuple[pd.Series, pd.Series],
    first: int,
) -> dict[str, object]:
    before, after = _heads(measures, by, first), _heads(automatic, by, first)
    stay = {actor for actor in before if same_as.get(actor, set()) & after}
    known = {other for actor in before for other in same_as.get(actor, ())}
    leave, enter = before - stay, after - known
    return {
        "figure": by,
        "with_people": len(before),
        "automatic": len(stay),
        "changes": bool(leave or enter),
        "leave": "; ".join(sorted(str(names[0][actor]) for actor in leave)),
        "enter": "; ".join(sorted(str(names[1][actor]) for actor in enter)),
    }


def _silent(gaps: Mapping[str, pd.DataFrame]) -> dict[str, frozenset[str]]:
    """Return the groups of the register from which nobody came."""
    return {
        by: frozenset(gaps[by].loc[gaps[by]["status"] == NEVER_CAME, by].astype("str"))
        for by in ("kind", "municipality")
        if by in gaps
    }


def compare_figures(  # noqa: PLR0913 - two networks and how they hang together
    measures: pd.DataFrame,
    automatic: pd.DataFrame,
    *,
    same_as: Mapping[str, set[str]],
    names: tuple[pd.Series, pd.Series],
    ties: tuple[int, int],
    gaps: tuple[Mapping[str, pd.DataFrame], Mapping[str, pd.DataFrame]],
    first: int = FIRST,
) -> pd.DataFrame:
    """Return the main figures of a network beside those of the same network from automatic matches alone.

    Parameters
    ----------
    measures, automatic : pandas.DataFrame
        Measures of both, one row an actor.
    same_as : mapping of str to set of str
        From :func:`same_actors`.
    names : pair of pandas.Series
        Name of each actor in both.
    ties : pair of int
    gaps : pair of mapping of str to pandas.DataFrame
        kind, municipality, actors.
    first : int
        Length of the head of a ranking.

    Returns
    -------
    pandas.DataFrame
        figure, with_people, automatic, changes, leave, enter.
    """
    rows: list[dict[str, object]] = [_count("actors", len(measures), len(automatic)), _count("ties", *ties)]
    rows += [
        _ranking(by, measures, automatic, same_as=same_as, names=names, first=first)
        for by in RANKED
        if by in measures.columns and by in automatic.columns
    ]
    before, after = _silent(gaps[0]), _silent(gaps[1])
    for by in before:
        row = _count(by, len(before[by]), len(after.get(by, frozenset())))
        here, there = before[by], after.get(by, frozenset())
        row |= {"changes": here != there}
        row |= {"leave": "; ".join(sorted(here - there)), "enter": "; ".join(sorted(there - here))}
        rows.append(row)
    if all("actors" in table for table in gaps):
        absent = [int(table["actors"]["registered"].sum()) for table in gaps]
        rows.append(_count("absent", *absent))
    columns = ["figure", "with_people", "automatic", "changes", "leave", "enter"]
    return pd.DataFrame(rows, columns=columns).astype({"figure": "str", "leave": "str", "enter": "str"})


Figures = tuple[Assembled, pd.DataFrame, Mapping[str, pd.DataFrame]]


def identity_sensitivity(with_people: Figures, automatic: Figures, *, by_hand: int) -> IdentitySensitivity:
    """Would the figures be others if nobody had said who is who?

    Parameters
    ----------
    with_people, automatic : (Assembled, pandas.DataFrame, mapping of str to pandas.DataFrame)
        Network and identities, measures, gaps: with what people said, and from automatic matches alone.
    by_hand : int
        Statements that people made.

    Returns
    -------
    IdentitySensitivity
        The main figures side by side, and one sentence.
    """
    (built, measures, gaps), (alone, bare_measures, bare_gaps) = with_people, automatic
    mine, theirs = (
        pd.concat([who.actor_of, who.register_of.add_prefix("r")])
        for who in (built.identities, alone.identities)
    )
    frame = compare_figures(
        measures,
        bare_measures,
        same_as=same_actors(mine, theirs),
        names=(_shown(built.network), _shown(alone.network)),
        ties=(built.network.n_ties, alone.network.n_ties),
        gaps=(gaps, bare_gaps),
    )
    return IdentitySensitivity(frame, by_hand, len(built.identities.review))


def _shown(net: StakeholderNetwork) -> pd.Series:
    """Return the name of each actor; one that is a person's business has none here."""
    names = net.actors["name"]
    return names.mask(net.actors["person_like"], "(...)") if "person_like" in net.actors.columns else names


def _count(figure: str, before: int, after: int) -> dict[str, object]:
    return {
        "figure": figure,
        "with_people": before,
        "automatic": after,
        "changes": before != after,
        "leave": "",
        "enter": "",
    }
