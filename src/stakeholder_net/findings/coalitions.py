"""Who should apply together: exact coalitions for a call, with reasons that can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csgraph

from stakeholder_net.errors import OptionError
from stakeholder_net.findings._conflict import smallest_conflict
from stakeholder_net.findings._frame import as_finding, check_language, need
from stakeholder_net.findings._program import LEXICOGRAPHIC, Choice, best_choice, objective_label
from stakeholder_net.findings._progress import progress_bar
from stakeholder_net.findings._rules import Task, build_task, names_of
from stakeholder_net.findings._say import listed, number, percent, phrase, sources_of
from stakeholder_net.findings._solver import Places
from stakeholder_net.findings.call import Call
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, Language

__all__ = ["coalitions"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "head": (
        "Alternativa {rank}: {n} partner, capofila possibile {lead} (già in rapporto con {k} degli altri {m}).",
        "Alternative {rank}: {n} partners, possible lead {lead} (already tied to {k} of the other {m}).",
    ),
    "covers": (" Copre {what}.", " Covers {what}."),
    "by": ("{what} (con {who})", "{what} (with {who})"),
    "lacks": (" Manca: {what}.", " Lacks: {what}."),
    "trust": (
        " {k} partner su {n} hanno già un legame con un altro partner; sono legate {tied} coppie su {pairs} ({share}).",
        " {k} of {n} partners already have a tie with another partner; {tied} of {pairs} pairs are tied ({share}).",
    ),
    "apart": (
        " I partner formano {parts} gruppi che non si conoscono fra loro: servono {few} presentazioni.",
        " The partners form {parts} groups that do not know each other: {few} introductions are needed.",
    ),
    "stranger": (
        " Senza legami con gli altri: {names} (da presentare).",
        " Without a tie to the others: {names} (to be introduced).",
    ),
    "only_tie": (
        " {bridge} è l'unico legame di {names} con gli altri.",
        " {bridge} is the only tie of {names} to the others.",
    ),
    "gap": (
        (
            " Migliore trovata nel tempo dato, non dimostrata ottima: per «{criterion}» il valore è {value} e "
            "non può superare {bound}."
        ),
        (
            " Best found in the time given, not proved optimal: for “{criterion}” the value is {value} and "
            "cannot pass {bound}."
        ),
    ),
    "conflict": (
        "Nessuna coalizione possibile per «{call}»: questa regola contraddice le altre {n} elencate: {rule}{who}.",
        "No coalition is possible for “{call}”: this rule contradicts the other {n} listed: {rule}{who}.",
    ),
    "conflict_alone": (
        "Nessuna coalizione possibile per «{call}»: nessuno fra i {m} candidati consente di rispettare: {rule}.",
        "No coalition is possible for “{call}”: nobody among the {m} candidates makes it possible to keep: {rule}.",
    ),
    "who": (" (candidati: {names})", " (candidates: {names})"),
    "no_candidate": (" (nessun candidato)", " (no candidate)"),
}
SENTENCES_OF_A_KIND: Final = 3
COLUMNS: Final = (
    "call",
    "alternative",
    "status",
    "lead",
    "n",
    "requirements",
    "awards",
    "awards_possible",
    "trusted",
    "tied_pairs",
    "pairs",
    "parts",
    "municipalities",
    "only_ties",
    "bound",
    "gap",
    "rule",
)


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


# --- what is said of a coalition -------------------------------------------------------------------------------------
def coalition_row(task: Task, choice: Choice, rank: int, language: Language) -> dict[str, Any]:
    chosen = np.zeros(task.n, dtype=bool)
    chosen[choice.places] = True
    inside = (task.ties[choice.places][:, choice.places] > 0).toarray()
    degree = inside.sum(axis=1)
    lead = _lead(task, choice.places, degree)
    order = np.concatenate([[lead], choice.places[choice.places != lead]]).astype(np.int64)
    won = [award for award in task.awards if award.kept(chosen)]
    size, tied = len(choice.places), int(inside.sum()) // 2
    only = _only_ties(choice.places, inside)
    facts = {
        "call": task.call.title,
        "alternative": rank,
        "status": choice.state,
        "lead": task.ids[lead],
        "n": size,
        "requirements": len(task.rules),
        "awards": len(won),
        "awards_possible": len(task.awards),
        "trusted": int((degree > 0).sum()),
        "tied_pairs": tied,
        "pairs": size * (size - 1) // 2,
        "parts": int(csgraph.connected_components(inside, directed=False)[0]),
        "municipalities": _municipalities(task, choice.places),
        "only_ties": len(only),
        "bound": choice.bound,
        "gap": choice.gap,
        "rule": "",
    }
    lead_ties = int(degree[choice.places == lead][0])
    return {
        "finding": "coalitions",
        "actors": tuple(task.ids[order]),
        "score": float(len(task.rules) + len(won)),
        "why": _why(task, facts, choice, chosen, degree, lead_ties, only, language),
        "evidence": common_records(task.net, task.ids[choice.places]),
        **facts,
    }


def _lead(task: Task, places: Places, degree: npt.NDArray[np.int64]) -> int:
    """Return the partner that may lead and is tied to most others; then to most actors; then the first."""
    may = np.isin(places, task.leads)
    overall = np.diff(task.ties.indptr)[places]
    ranked = np.lexsort((np.arange(len(places)), -overall, -degree, ~may))
    return int(places[ranked[0]])


def _municipalities(task: Task, places: Places) -> int:
    if "municipality" not in task.actors.columns:
        return 0
    values = task.actors["municipality"].iloc[places]
    return int(values[values.astype("str").str.strip() != ""].nunique())


def _only_ties(places: Places, inside: npt.NDArray[np.bool_]) -> list[tuple[int, list[int]]]:
    """Return each partner that alone ties others to the rest, with those others."""
    degree = inside.sum(axis=1)
    # two who know only each other are a group apart, not one hung on the other
    hung = np.flatnonzero((degree == 1) & (inside @ degree > 1))
    bridges: dict[int, list[int]] = {}
    for place in hung:
        bridges.setdefault(int(places[np.argmax(inside[place])]), []).append(int(places[place]))
    return sorted(bridges.items(), key=lambda each: (-len(each[1]), each[0]))


def _why(  # noqa: PLR0913, PLR0917 - what the sentence is made of
    task: Task,
    facts: dict[str, Any],
    choice: Choice,
    chosen: npt.NDArray[np.bool_],
    degree: npt.NDArray[np.int64],
    lead_ties: int,
    only: list[tuple[int, list[int]]],
    language: Language,
) -> str:
    def say(key: str, **parts: object) -> str:
        return phrase(_SENTENCES, key, language, **parts)

    def names(places: Sequence[int] | Places) -> str:
        return listed(names_of(task, np.asarray(places, dtype=np.int64)), language)

    lead = names(task.ids.get_indexer(pd.Index([facts["lead"]])))
    text = say("head", rank=facts["alternative"], n=facts["n"], lead=lead, k=lead_ties, m=facts["n"] - 1)
    covered = [
        say("by", what=rule.sentence(language), who=names(rule.met_by(chosen)))
        for rule in [*task.rules, *task.awards]
        if rule.low > 0 and rule.key not in ("min_partners", "lead", "must_have") and rule.kept(chosen)
    ]
    if covered:
        text += say("covers", what="; ".join(covered))
    missed = [award.sentence(language) for award in task.awards if not award.kept(chosen)]
    if missed:
        text += say("lacks", what=listed(missed, language))
    share = facts["tied_pairs"] / facts["pairs"] if facts["pairs"] else np.nan
    text += say(
        "trust", k=facts["trusted"], n=facts["n"], tied=facts["tied_pairs"], pairs=facts["pairs"],
        share=percent(share, language),
    )  # fmt: skip
    strangers = choice.places[degree == 0]
    if len(strangers):
        text += say("stranger", names=names(strangers))
    if facts["parts"] > 1:
        text += say("apart", parts=facts["parts"], few=facts["parts"] - 1)
    for bridge, hung in only[:SENTENCES_OF_A_KIND]:
        text += say("only_tie", bridge=names([bridge]), names=names(hung))
    if choice.state != "optimal":
        text += say("gap", value=number(choice.value, language), bound=number(choice.bound, language),
                    criterion=objective_label(choice.criterion, language))  # fmt: skip
    return text


def common_records(net: StakeholderNetwork, actor_ids: pd.Index, *, shown: int = 8) -> str:
    """Return the events that two or more of some actors shared, in any layer, and the rows that say so."""
    rows = net.attendance
    rows = rows[rows["status"].isin(COUNTING_STATUSES) & rows["actor_id"].isin(actor_ids)]
    together = [(str(event), group) for event, group in rows.groupby("event_id") if len(group) > 1]
    together.sort(key=lambda each: (-len(each[1]), each[0]))
    names = net.events["name"]
    said = [
        f"{names[event]} ({len(group)}): {sources_of(group['source'])}" for event, group in together[:shown]
    ]
    if len(together) > shown:
        said.append(f"+{len(together) - shown}")
    ties = net.ties
    direct = ties[ties["source"].isin(actor_ids) & ties["target"].isin(actor_ids)]
    told = sources_of([*direct["evidence"], *direct["origin"]])
    return "; ".join([*said, *([told] if told else [])])


def conflict_rows(task: Task, language: Language) -> pd.DataFrame:
    conflict = smallest_conflict(task)
    rows = []
    for rule in conflict:
        members = rule.met_by(np.ones(task.n, dtype=bool))
        who = phrase(_SENTENCES, "no_candidate", language)
        if len(members):
            names = listed(names_of(task, members), language)
            who = (
                phrase(_SENTENCES, "who", language, names=names)
                if rule.counts and len(members) < task.n
                else ""
            )
        key = "conflict_alone" if len(conflict) == 1 else "conflict"
        why = phrase(
            _SENTENCES,
            key,
            language,
            call=task.call.title,
            n=len(conflict) - 1,
            m=task.n,
            rule=rule.sentence(language),
            who=who,
        )
        rows.append(
            {
                "finding": "coalitions",
                "actors": (),
                "score": np.nan,
                "why": why,
                "evidence": rule.key,
                "call": task.call.title,
                "status": "infeasible",
                "rule": rule.sentence(language),
                "lead": "",
            }
        )
    return as_finding(rows, COLUMNS)
