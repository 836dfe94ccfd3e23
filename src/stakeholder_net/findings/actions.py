"""A plan as offices write it: each action with who answers for it, with whom, by when, how it is known to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from stakeholder_net.findings._frame import as_finding, check_language, need, records
from stakeholder_net.findings._reasons import records_with
from stakeholder_net.findings._say import actor_label, listed, number, phrase
from stakeholder_net.findings.call import Call
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["plan_actions"]

NAMED: Final = 12
_BY_WAY: Final = ("direct", "introduced", "far", "alone")
_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "apply": ("Presentare la candidatura a «{call}»", "Apply for “{call}”"),
    "apply_done": (
        "Domanda presentata con {n} partner; coppie di partner già in rapporto: {tied} su {pairs}",
        "Application made with {n} partners; pairs of partners already in touch: {tied} of {pairs}",
    ),
    "direct": (
        "Coinvolgere in «{call}» chi è già in rapporto con {who}",
        "Bring into “{call}” those already in touch with {who}",
    ),
    "introduced": (
        "Presentare a {partner}, partner di «{call}», chi è in rapporto con {who}",
        "Introduce to {partner}, partner in “{call}”, those in touch with {who}",
    ),
    "far": (
        "Raggiungere attraverso {who} chi è a {steps} o più passi dai partner di «{call}»",
        "Reach through {who} those {steps} or more steps from the partners of “{call}”",
    ),
    "alone": (
        "Invitare direttamente a «{call}» chi non ha alcun legame con i partner",
        "Invite directly to “{call}” those without any tie to the partners",
    ),
    "contacted": (
        "Enti da contattare: {n}; enti in almeno una coalizione: {inside} su {all} oggi",
        "Bodies to be contacted: {n}; bodies in at least one coalition: {inside} of {all} today",
    ),
    "closed": ("Cercare un bando per chi nessun bando ammette", "Look for a call for those that none admits"),
    "closed_done": ("Enti senza un bando adatto: {n} oggi, 0 attesi", "Bodies without a call: {n} today, 0 expected"),
    "unanswered": ("Rivedere la candidatura a «{call}»", "Look again at “{call}”"),
    "unanswered_done": ("Coalizioni possibili: 0 oggi, 1 attesa", "Possible coalitions: 0 today, 1 expected"),
    "theme": ("Portare in una coalizione la priorità «{theme}»", "Bring the priority “{theme}” into a coalition"),
    "theme_done": (
        "Partner che portano la priorità: 0 oggi, almeno 1 atteso",
        "Partners that hold the priority: 0 today, 1 or more expected",
    ),
    "table": ("Tavolo di piano (da designare)", "Planning table (to be named)"),
    "no_date": ("da stabilire (il bando non dice la scadenza)", "to be set (the call tells no deadline)"),
    "open_date": ("da stabilire", "to be set"),
    "nobody": ("da individuare", "to be found"),
    "row": (
        "{action}. Chi: {who}. Con: {others}. Entro: {by}. Indicatore: {done} (n = {n}). Fonti: {sources}.",
        "{action}. Who: {who}. With: {others}. By: {by}. Indicator: {done} (n = {n}). Sources: {sources}.",
    ),
    "no_rows": ("nessuna riga: non risultano rapporti", "no row: no tie is recorded"),
    "call_rule": ("regole del bando: {keys}", "rules of the call: {keys}"),
}  # fmt: skip
COLUMNS: Final = ("action", "call", "lead", "who", "with_whom", "by", "indicator", "n", "status")


def plan_actions(
    net: StakeholderNetwork, plan: pd.DataFrame, *, calls: Sequence[Call] = (), language: Language = "it"
) -> pd.DataFrame:
    """Who does what, with whom, by when, and how is it known to be done?

    Parameters
    ----------
    net : StakeholderNetwork
        The network of the plan.
    plan : pandas.DataFrame
        What ``action_plan`` gives for it.
    calls : sequence of Call
        The calls of the plan, for their deadlines.
    language : {"it", "en"}
        Language of the table.

    Returns
    -------
    pandas.DataFrame
        One row an action: first the applications, then calls and priorities that are not answered, then those who are
        outside, gathered by who can bring them in. ``action``, ``who`` answers for it (``lead`` its id), ``with_whom``
        (``actors`` their ids), ``by`` when (the deadline of the call), ``indicator``, ``n`` how many bodies it
        concerns, ``evidence`` the rows of the sources, ``status`` as in the plan.

    Raises
    ------
    OptionError
        When `plan` is no plan.

    Examples
    --------
    >>> from stakeholder_net.findings.plan import action_plan
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": list("abc"), "name": ["Comune", "Coop", "Odv"],
    ...                                               "kind": ["comune", "coop_sociale", "ets_odv"]}))
    >>> calls = [Call(title="Uno", max_partners=2, required_kinds={"comune": 1})]
    >>> plan_actions(net, action_plan(net, calls), calls=calls, language="en")[["who", "with_whom", "n"]]
          who with_whom  n
    0  Comune      Coop  2
    1  Comune       Odv  1
    """
    check_language(language)
    need({"status", "actors", "call", "via", "steps"} <= set(plan.columns), "This is not an action plan.",
         "Make it with action_plan(net, calls).")  # fmt: skip
    due = {call.title: f"{call.deadline:%d/%m/%Y}" if call.deadline else "" for call in calls}
    writer = _Writer(net, plan, due, language)
    by_status = {str(name): records(group) for name, group in plan.groupby("status")}
    rows = [writer.application(row) for row in by_status.get("coalition", [])]
    rows += [writer.unanswered(row) for row in by_status.get("unanswered", [])]
    rows += [writer.theme(row) for row in by_status.get("priority_uncovered", [])]
    rows += writer.invitations(by_status.get("outside", []))
    said = [writer.told(row) for row in rows]
    return as_finding(said, COLUMNS)


class _Writer:
    """Writes actions of one plan in one language."""

    def __init__(
        self, net: StakeholderNetwork, plan: pd.DataFrame, due: Mapping[str, str], language: Language
    ) -> None:
        self.net, self.due, self.language = net, due, language
        self.candidates = int(plan["status"].isin(["actor", "outside"]).sum())
        self.inside = int(plan["status"].eq("actor").sum())
        chosen = plan[plan["status"] == "coalition"]
        self.leads = dict(zip(chosen["call"], chosen["lead"], strict=True))

    def say(self, key: str, **parts: object) -> str:
        return phrase(_SENTENCES, key, self.language, **parts)

    def names(self, actors: Iterable[str]) -> str:
        return listed(actor_label(self.net.actors, actors), self.language, shown=NAMED)

    def when(self, call: str) -> str:
        return self.due.get(call) or self.say("no_date" if call else "open_date")

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the row with its sentence."""
        sources = row["evidence"] or self.say("no_rows")
        why = self.say("row", action=row["action"], who=row["who"], others=row["with_whom"],
                       by=row["by"], done=row["indicator"], n=number(row["n"], self.language, digits=0),
                       sources=sources)  # fmt: skip
        return row | {"finding": "plan_actions", "why": why, "evidence": sources, "score": float(row["n"])}

    def application(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the action that makes one application."""
        call, members = str(row["call"]), row["actors"]
        tied, size = _tied_pairs(self.net, members), len(members)
        return {
            "action": self.say("apply", call=call), "call": call, "lead": row["lead"], "status": "coalition",
            "who": self.names([row["lead"]]), "with_whom": self.names(members[1:]) or self.say("nobody"),
            "by": self.when(call), "n": size, "actors": tuple(members), "evidence": row["evidence"],
            "indicator": self.say("apply_done", n=size, tied=tied, pairs=size * (size - 1) // 2),
        }  # fmt: skip

    def unanswered(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is to be done for a call that nobody can answer."""
        call = str(row["call"])
        return self._table_row("unanswered", call=call) | {
            "call": call, "by": self.when(call), "status": "unanswered",
            "evidence": self.say("call_rule", keys=row["evidence"]) if row["evidence"] else "",
        }  # fmt: skip

    def theme(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is to be done for a priority that no coalition covers."""
        holders = tuple(row["actors"])
        return self._table_row("theme", theme=row["theme"]) | {
            "actors": holders, "with_whom": self.names(holders) or self.say("nobody"), "n": len(holders),
            "status": "priority_uncovered",
        }  # fmt: skip

    def _table_row(self, key: str, **parts: object) -> dict[str, Any]:
        """Return an action for which the planning table answers."""
        return {
            "action": self.say(key, **parts), "call": "", "lead": "", "who": self.say("table"), "actors": (),
            "with_whom": self.say("nobody"), "by": self.when(""), "n": 0, "evidence": "", "status": "outside",
            "indicator": self.say(f"{key}_done", n=0),
        }  # fmt: skip

    def invitations(self, outside: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return what brings in those who are outside, gathered by who can do it; the closest and most first."""
        groups: dict[tuple[int, str, str, str], list[str]] = {}
        closed: list[str] = []
        for row in outside:
            if not row["call"]:
                closed.append(row["actors"][0])
                continue
            way, who, partner = self._way(row)
            groups.setdefault((_BY_WAY.index(way), str(row["call"]), who, partner), []).append(
                row["actors"][0]
            )
        order = sorted(groups.items(), key=lambda each: (each[0][0], -len(each[1]), each[0][1:]))
        rows = [self._invitation(*key, members) for key, members in order]
        if closed:
            rows.append(
                self._table_row("closed")
                | {"actors": tuple(closed), "with_whom": self.names(closed), "n": len(closed),
                   "indicator": self.say("closed_done", n=len(closed))}
            )  # fmt: skip
        return rows

    def _way(self, row: Mapping[str, Any]) -> tuple[str, str, str]:
        """Return how somebody is reached, who does it, and to which partner it leads."""
        via, partner = tuple(row["via"]), str(row["lead"])
        if row["steps"] == float("inf"):
            return "alone", partner, ""
        if not via:
            return "direct", partner, ""
        return ("introduced", via[0], partner) if len(via) == 1 else ("far", via[0], "")

    def _invitation(self, way: int, call: str, who: str, partner: str, members: list[str]) -> dict[str, Any]:
        key = _BY_WAY[way]
        return {
            "action": self.say(key, call=call, who=self.names([who]), partner=self.names([partner] if partner else []),
                               steps=3),
            "call": call, "lead": who, "who": self.names([who]), "with_whom": self.names(members), "n": len(members),
            "by": self.when(call), "actors": tuple(members), "status": "outside",
            "evidence": "" if key == "alone" else records_with(self.net, who, members),
            "indicator": self.say("contacted", n=len(members), inside=self.inside, all=self.candidates),
        }  # fmt: skip


def _tied_pairs(net: StakeholderNetwork, members: Iterable[str]) -> int:
    """Return how many pairs of some actors are tied in any layer."""
    chosen = set(members)
    ties = net.ties[net.ties["source"].isin(chosen) & net.ties["target"].isin(chosen)]
    ends = zip(ties["source"], ties["target"], strict=True)
    return len({tuple(sorted(pair)) for pair in ends if pair[0] != pair[1]})
