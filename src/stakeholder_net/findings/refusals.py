"""What changes if one partner says no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net.findings._frame import as_finding, check_language, need
from stakeholder_net.findings._program import LEXICOGRAPHIC, Choice, best_choice
from stakeholder_net.findings._reasons import common_records
from stakeholder_net.findings._rules import Rule, Task, build_task, names_of
from stakeholder_net.findings._say import listed, phrase
from stakeholder_net.findings.call import Call
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["if_one_says_no"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "holds": (
        "Senza {name} la coalizione rispetta ancora tutte le regole.",
        "Without {name} the coalition still keeps every rule.",
    ),
    "breaks": (
        "Senza {name} non è più rispettato: {rules}.",
        "Without {name} this is no longer kept: {rules}.",
    ),
    "awards": (" Si perde: {awards}.", " Lost: {awards}."),
    "strangers": (
        " Restano senza legami con gli altri: {names}.",
        " Left without a tie to the others: {names}.",
    ),
    "replace": (" Rimedio più vicino: entra {joined}{left}.", " Nearest remedy: {joined} joins{left}."),
    "left": (" ed esce {names}", ", {names} leaves"),
    "essential": (
        " Nessun altro può sostituirlo: senza questo ente il bando non si può presentare.",
        " Nobody else can replace it: without this body there is no application.",
    ),
    "unproved": (" Rimedio migliore trovato nel tempo dato.", " Best remedy found in the time given."),
}
COLUMNS: Final = (
    "call", "actor_id", "status", "rules_broken", "awards_lost", "strangers", "joined", "left", "after", "n_after",
)  # fmt: skip


def if_one_says_no(
    net: StakeholderNetwork,
    call: Call,
    *,
    actors: Sequence[str],
    seconds: float | None = 60.0,
    language: Language = "it",
) -> pd.DataFrame:
    """What happens to a coalition if one partner says no, and who could take its place?

    Parameters
    ----------
    net : StakeholderNetwork
        The candidates and their ties.
    call : Call
        What is asked.
    actors : sequence of str
        The coalition, as ids or names; the ``actors`` of a row of ``coalitions``.
    seconds : float or None
        Time for each remedy.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a partner, those that would be missed most first. ``status``: ``essential`` (no coalition at all is
        possible without it), ``replaceable`` (rules break, and ``joined``, ``left``, ``after`` say the remedy that
        keeps most of the others, exact) or ``holds``. ``rules_broken``, ``awards_lost`` and ``strangers`` count what
        is lost; the score adds them up, plus 100 for an essential partner.

    Raises
    ------
    OptionError
        When the coalition is empty or the call asks nothing.
    UnknownNameError
        When an actor is no candidate.

    Examples
    --------
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": list("abc"), "name": ["Comune", "Coop", "Coop 2"],
    ...                                               "kind": ["comune", "coop_sociale", "coop_sociale"]}))
    >>> call = Call(title="Prova", max_partners=2, required_kinds={"comune": 1, "cooperativa sociale": 1})
    >>> if_one_says_no(net, call, actors=("a", "b"))[["actor_id", "status", "joined"]]
      actor_id       status joined
    0        a    essential     ()
    1        b  replaceable   (c,)
    """
    check_language(language)
    need(len(actors) > 0, "The coalition has no members.")
    task = build_task(net, call)
    places = np.array(sorted({task.place_of(name) for name in actors}), dtype=np.int64)
    rows = [_row(task, places, int(place), seconds, language) for place in places]
    rows.sort(key=lambda row: (-row["score"], row["actor_id"]))
    return as_finding(rows, COLUMNS)


def _mask(task: Task, places: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    chosen = np.zeros(task.n, dtype=bool)
    chosen[places] = True
    return chosen


def _strangers(task: Task, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return those of a coalition who have no tie within it."""
    inside = task.ties[places][:, places] > 0
    return np.asarray(places[np.asarray(inside.sum(axis=1)).ravel() == 0], dtype=np.int64)


def _row(
    task: Task, places: npt.NDArray[np.int64], gone: int, seconds: float | None, language: Language
) -> dict[str, Any]:
    rest = places[places != gone]
    before, after = _mask(task, places), _mask(task, rest)
    broken = [rule for rule in task.rules if rule.kept(before) and not rule.kept(after)]
    lost = [award for award in task.awards if award.kept(before) and not award.kept(after)]
    alone = np.setdiff1d(_strangers(task, rest), _strangers(task, places))
    still = all(rule.kept(after) for rule in task.rules)
    remedy = None if still else _remedy(task, rest, gone, seconds)
    status = "holds" if still else "essential" if remedy is None else "replaceable"
    then = rest if remedy is None else remedy.places
    joined, left = np.setdiff1d(then, rest), np.setdiff1d(rest, then)
    facts = {
        "call": task.call.title, "actor_id": task.ids[gone], "status": status, "rules_broken": len(broken),
        "awards_lost": len(lost), "strangers": len(alone), "joined": tuple(task.ids[joined]),
        "left": tuple(task.ids[left]), "after": () if status == "essential" else tuple(task.ids[then]),
        "n_after": np.nan if status == "essential" else len(then),
    }  # fmt: skip
    return facts | {
        "finding": "if_one_says_no", "actors": (task.ids[gone],),
        "score": float(len(broken) + len(lost) + len(alone) + 100 * (status == "essential")),
        "why": _why(task, gone, (broken, lost), alone, (remedy, joined, left), language),
        "evidence": common_records(task.net, task.ids[places]),
    }  # fmt: skip


def _remedy(task: Task, rest: npt.NDArray[np.int64], gone: int, seconds: float | None) -> Choice | None:
    """Return the best coalition without somebody that keeps as many of the others as can be."""
    out = Rule("excluded", -np.inf, 0, (np.array([gone], dtype=np.int64),))
    return best_choice(task, rules=[out], keep=rest, stages=LEXICOGRAPHIC, seconds=seconds)


def _why(  # noqa: PLR0913, PLR0917 - what the sentence is made of
    task: Task, gone: int, lost: tuple[list[Rule], list[Rule]], alone: npt.NDArray[np.int64],
    remedy: tuple[Choice | None, npt.NDArray[np.int64], npt.NDArray[np.int64]], language: Language,
) -> str:  # fmt: skip
    def say(key: str, **parts: object) -> str:
        return phrase(_SENTENCES, key, language, **parts)

    def names(places: npt.NDArray[np.int64]) -> str:
        return listed(names_of(task, places), language)

    (broken, awards), (choice, joined, left) = lost, remedy
    name = names(np.array([gone]))
    rules = "; ".join(rule.sentence(language) for rule in broken)
    text = say("breaks", name=name, rules=rules) if broken else say("holds", name=name)
    if awards:
        text += say("awards", awards=listed([award.sentence(language) for award in awards], language))
    if len(alone):
        text += say("strangers", names=names(alone))
    if broken and choice is None:
        text += say("essential")
    elif choice is not None:
        text += say("replace", joined=names(joined), left=say("left", names=names(left)) if len(left) else "")
        text += "" if choice.state == "optimal" else say("unproved")
    return text
