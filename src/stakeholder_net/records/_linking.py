"""From pairs of spellings to bodies: what a machine may join by itself, and what a person must look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net._checks import problem
from stakeholder_net.errors import InvalidTablesError
from stakeholder_net.records._candidates import candidate_pairs
from stakeholder_net.records._card import score_card
from stakeholder_net.records._corpus import Corpus
from stakeholder_net.records._evidence import CONFLICT_FORMS, evidence
from stakeholder_net.records._joining import Bodies, equal_names
from stakeholder_net.records._sharing import HERE, Sharing
from stakeholder_net.records._spellings import Spelling
from stakeholder_net.records.decisions import TEXT, Settled

__all__ = ["AUTOMATIC", "EQUAL_ENOUGH", "REVIEWED", "Linked", "link_spellings", "scored_pairs"]

AUTOMATIC: Final = 0.9  # from here a machine joins by itself
EQUAL_ENOUGH: Final = 0.75  # equal names need less, but a town or rare words
REVIEWED: Final = 0.1  # from here a person is asked
CONFLICT_REVIEWED: Final = 0.5  # and from here, when something speaks against it
MARGIN: Final = 0.05  # by which the best candidate must be ahead of another body
DIFFERENT: Final = 3  # code of two numbers or levels that differ
ELSEWHERE: Final = 2  # code of two towns that differ
BOTH: Final = 2
LITTLE: Final = 1.5  # weight of a word that two parts of one body may lack and still be one

Tell = Callable[[str], None]


@dataclass
class Linked:
    """Bodies, and the pairs behind them.

    Attributes
    ----------
    bodies : Bodies
    pairs : pandas.DataFrame
        one, other, score, conflict and the evidence, for every pair that was scored.
    unclear : dict of int to list of int
        Spellings that may be either of several bodies.
    by_hand : dict of int to str
        Decision by which a spelling was joined or kept apart.
    """

    bodies: Bodies
    pairs: pd.DataFrame
    unclear: dict[int, list[int]]
    by_hand: dict[int, str]


def scored_pairs(
    corpus: Corpus,
    focus: npt.NDArray[np.bool_] | None = None,
    tell: Tell | None = None,
    share: Sharing = HERE,
) -> pd.DataFrame:
    """Return candidate pairs with their evidence, their score and what speaks against them."""
    say = tell or (lambda _: None)
    pairs = candidate_pairs(corpus, focus=focus, share=share)
    say("evidence")
    cuts = np.linspace(0, len(pairs), share.parts + 1).astype(int)
    slices = [pairs.iloc[begin:end] for begin, end in pairwise(cuts)]
    found: pd.DataFrame = pd.concat(share.run(evidence, corpus, slices), ignore_index=True)
    score = score_card().scores(found, names=int((~corpus.placed).sum()))
    out = pd.concat([pairs[["one", "other"]], found], axis=1)
    out["score"] = score.round(4)
    known = corpus.places[:, 0] >= 0
    out["conflict"] = _conflicts(found, known[pairs["one"].to_numpy()] != known[pairs["other"].to_numpy()])
    return out


def _conflicts(found: pd.DataFrame, one_town: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    """Return for each pair the first thing that forbids a machine to join it, or nothing."""
    rules = {
        "form": found["form"] == CONFLICT_FORMS,
        "number": (found["number"] >= ELSEWHERE) & (found["equal"] == 0),
        "level": found["level"] == DIFFERENT,
        "town": (found["town"] == ELSEWHERE) | ((found["inner_town"] == ELSEWHERE) & (found["generic"] > 0)),
        "place_name": found["placed"] > 0,
        "branch": (found["equal"] == 0)
        & ((found["part"] == 1) | ((found["part"] == BOTH) & (found["lost_low"] > LITTLE))),
        "section": (found["generic"] == BOTH) & one_town,
    }
    out = np.full(len(found), "", dtype=object)
    for name, met in reversed(rules.items()):
        out[met.to_numpy()] = name
    return out


def link_spellings(
    spellings: Sequence[Spelling],
    settled: Settled,
    *,
    accept: float = AUTOMATIC,
    tell: Tell | None = None,
    share: Sharing = HERE,
) -> Linked:
    """Join spellings: a person's word, then codes, then equal names, then the score.

    Parameters
    ----------
    spellings : sequence of Spelling
    settled : Settled
        What people decided.
    accept : float
        Score from which a machine joins by itself.
    tell : callable, optional
        Is told what is being done.
    share : Sharing
        Who looks for candidates and weighs them.
    """
    say = tell or (lambda _: None)
    by_node = _nodes(spellings)
    bodies = Bodies(
        spellings,
        [
            (a, b)
            for x, y, _ in settled.different
            for a in by_node.get(x, ())
            for b in by_node.get(y, ())
            if a != b
        ],
        [n for x in settled.alone for n in by_node.get(x, ())],
    )
    by_hand = _join_by_hand(bodies, settled, by_node)
    _join_codes(bodies, spellings)
    say("candidates")
    corpus = Corpus.of(spellings)
    pairs = scored_pairs(corpus, tell=say, share=share)
    say("equal names")
    equal, unclear = equal_names(spellings)
    _join_equal(bodies, spellings, equal, pairs, corpus)
    say("scores")
    _join_alike(bodies, pairs, accept, unclear)
    return Linked(bodies, pairs, {n: m for n, m in unclear.items() if n not in by_hand}, by_hand)


def _nodes(spellings: Sequence[Spelling]) -> dict[str, list[int]]:
    """Return the spellings of each key and of each printed text."""
    out: dict[str, list[int]] = {}
    for n, spelling in enumerate(spellings):
        out.setdefault(spelling.key, []).append(n)
        out.setdefault(TEXT + spelling.parsed.text, []).append(n)
    return out


def _join_by_hand(bodies: Bodies, settled: Settled, by_node: dict[str, list[int]]) -> dict[int, str]:
    """Join what a person called the same; a name that no sheet holds any more still joins what it stood between."""
    by_hand: dict[int, str] = {}
    first: dict[str, int] = {}
    steps: dict[str, list[tuple[str, str]]] = {}
    for a, b, name in settled.same:
        steps.setdefault(a, []).append((b, name))
        steps.setdefault(b, []).append((a, name))
    for start in sorted(steps):
        if start in first:
            continue
        queue, reached = [start], [start]
        first[start] = -1
        while queue:
            for there, _ in steps[queue.pop()]:
                if there not in first:
                    first[there] = -1
                    queue.append(there)
                    reached.append(there)
        name = min(decision for x in reached for _, decision in steps[x])
        members = sorted({n for x in reached for n in by_node.get(x, ())})
        for n in members[1:]:
            if not bodies.join(members[0], n, "decision", name, sure=True):
                raise InvalidTablesError(
                    [problem("contradiction", table="decisions", value=name, chain="different")]
                )
        by_hand.update(dict.fromkeys(members, name))
    for x, name in settled.alone.items():
        by_hand.update(dict.fromkeys(by_node.get(x, ()), name))
    return by_hand


def _join_codes(bodies: Bodies, spellings: Sequence[Spelling]) -> None:
    """Join spellings that bear one tax code, whatever their names."""
    first: dict[str, int] = {}
    for n, spelling in enumerate(spellings):
        if spelling.code and first.setdefault(spelling.code, n) != n:
            bodies.join(first[spelling.code], n, "code", sure=True)


def _join_equal(
    bodies: Bodies,
    spellings: Sequence[Spelling],
    equal: list[tuple[int, int]],
    pairs: pd.DataFrame,
    corpus: Corpus,
) -> None:
    """Join equal names where a town, the very same text or rare words make it sure."""
    score = dict(zip(zip(pairs["one"], pairs["other"], strict=True), pairs["score"], strict=True))
    missing = [
        pair for pair in equal if pair not in score and not _is_sure(spellings[pair[0]], spellings[pair[1]])
    ]
    if missing:
        extra = pd.DataFrame(missing, columns=["one", "other"]).assign(likeness=1.0, rank_low=0, rank_high=0)
        found = score_card().scores(evidence(corpus, extra), names=int((~corpus.placed).sum()))
        score |= dict(zip(missing, found, strict=True))
    for one, other in equal:
        if _is_sure(spellings[one], spellings[other]) or score[one, other] >= EQUAL_ENOUGH:
            bodies.join(one, other, "exact", f"{one},{other}")


def _is_sure(one: Spelling, other: Spelling) -> bool:
    """Whether equal names need no score: the same town, the same text, or a place for a name."""
    return bool(one.places & other.places or one.parsed.text == other.parsed.text) or one.core_key[0] != ":"


def _join_alike(bodies: Bodies, pairs: pd.DataFrame, accept: float, unclear: dict[int, list[int]]) -> None:
    """Join the best candidates, the surest first, unless another body is as near or something speaks against it."""
    sure = pairs[(pairs["score"] >= accept) & (pairs["conflict"] == "")]
    rivals = pairs[pairs["score"] >= accept - MARGIN]
    near: dict[int, list[tuple[float, int]]] = {}
    for one, other, score in zip(rivals["one"], rivals["other"], rivals["score"], strict=True):
        near.setdefault(one, []).append((score, other))
        near.setdefault(other, []).append((score, one))
    linked = set(zip(sure["one"], sure["other"], strict=True))
    order = sure.sort_values(["score", "one", "other"], ascending=[False, True, True], kind="stable")
    for one, other, score in zip(order["one"], order["other"], order["score"], strict=True):
        torn = any(
            rival_score >= score - MARGIN
            and bodies.find(rival) not in (bodies.find(a), bodies.find(b))
            and (min(rival, b), max(rival, b)) not in linked
            for a, b in ((one, other), (other, one))
            for rival_score, rival in near[a]
        )
        either = other in unclear.get(one, ()) or one in unclear.get(other, ())
        if not torn and not either:
            bodies.join(one, other, "score", f"{one},{other},{score:.2f}")
