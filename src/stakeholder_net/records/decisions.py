"""What people decided about names: kept for ever, taken back by a further line, stronger than any machine."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Final

import pandas as pd

from stakeholder_net._checks import problem
from stakeholder_net._files import formula_safe, write_bytes, write_text
from stakeholder_net.errors import InvalidTablesError, Problem
from stakeholder_net.records._letters import normalise
from stakeholder_net.records._spellings import KEY_SIZE, text_of

__all__ = [
    "DECISION_COLUMNS",
    "append_decisions",
    "new_decisions",
    "read_decisions",
    "read_keys",
    "write_keys",
]

DECISION_COLUMNS: Final = (
    "decision_id", "decided_on", "decided_by", "action", "a", "b", "a_name", "b_name", "scope", "reason", "score_then",
    "tool_version", "revokes",
)  # fmt: skip
KEY_COLUMNS: Final = ("mention_key", "actor_id")
ACTIONS: Final = ("same", "different", "new", "not_an_actor", "rename", "kind", "code", "revoke")
PAIRED: Final = frozenset(("same", "different"))
VALUED: Final = frozenset(("rename", "kind", "code"))
ALWAYS: Final = "always"
TEXT: Final = "text:"
CODE: Final = "cf:"  # before a tax code that a person gave to a name
_KEY: Final = re.compile(rf"[0-9a-f]{{{KEY_SIZE}}}")
_SEPARATOR: Final = "\x1f"


def read_decisions(path: Path | str) -> pd.DataFrame:
    """Which decisions stand in this file?

    Parameters
    ----------
    path : path
        A CSV file; one that does not exist holds none.

    Returns
    -------
    pandas.DataFrame
        One row a decision, all text, empty where nothing is said.
    """
    path = Path(path)
    if not path.exists():
        return pd.DataFrame(columns=list(DECISION_COLUMNS), dtype="str")
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    for column in DECISION_COLUMNS:
        if column not in frame:
            frame[column] = ""
    faults = list(_faults(frame, path.name))
    if faults:
        raise InvalidTablesError(faults)
    return frame[list(DECISION_COLUMNS)]


def _faults(frame: pd.DataFrame, file: str) -> Iterable[Problem]:
    known = set(frame["decision_id"])
    for row, decision in enumerate(frame.to_dict("records"), start=2):
        action = decision["action"]
        if action not in ACTIONS:
            yield problem(
                "bad_choice",
                table="decisions",
                file=file,
                row=row,
                column="action",
                value=action,
                allowed=", ".join(ACTIONS),
            )
        needed = ("revokes",) if action == "revoke" else ("a", "b") if action in PAIRED | VALUED else ("a",)
        for column in needed:
            if action in ACTIONS and not decision[column]:
                yield problem("missing_value", table="decisions", file=file, row=row, column=column)
        if action == "revoke" and decision["revokes"] and decision["revokes"] not in known:
            yield problem(
                "unknown_reference", table="decisions", file=file, row=row, column="revokes",
                value=decision["revokes"], other="decisions",
            )  # fmt: skip


def new_decisions(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Make decisions with their ids; the same words on the same day by the same person are one decision.

    Parameters
    ----------
    rows : iterable of mapping
        decided_on, decided_by (a role, no name), action, a, b and what else ``DECISION_COLUMNS`` has.

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> made = new_decisions([{"decided_on": "2024-05-02", "decided_by": "ufficio di piano", "action": "same",
    ...                        "a": "La Meridiana", "b": "Associazione La Meridiana"}])
    >>> list(made.loc[0, ["action", "scope"]])
    ['same', 'always']
    """
    made = []
    for row in rows:
        texts = {column: text_of(row.get(column)) for column in DECISION_COLUMNS}
        texts["scope"] = texts["scope"] or ALWAYS
        said = _SEPARATOR.join(texts[c] for c in DECISION_COLUMNS if c != "decision_id")
        digest = base64.b32encode(hashlib.sha256(said.encode()).digest()).decode().lower()
        texts["decision_id"] = texts["decision_id"] or f"d-{digest[:12]}"
        made.append(texts)
    frame = pd.DataFrame(made, columns=list(DECISION_COLUMNS)).astype("str")
    return frame.drop_duplicates("decision_id", ignore_index=True)


def append_decisions(path: Path | str, decisions: pd.DataFrame) -> int:
    """Write decisions at the end of a file; those that stand there already are left out.

    Parameters
    ----------
    path : path
        The file of decisions; made where it does not exist.
    decisions : pandas.DataFrame
        From ``new_decisions`` or ``read_review``.

    Returns
    -------
    int
        Decisions that were added.
    """
    path = Path(path)
    before = read_decisions(path)
    held = {*standing(before)["decision_id"], *before.loc[before["action"] == "revoke", "decision_id"]}
    fresh = decisions[~decisions["decision_id"].isin(held)]
    fresh = fresh.drop_duplicates("decision_id")[list(DECISION_COLUMNS)]
    written = before["decision_id"].tolist()
    # what was taken back and is said again is a decision of its own
    fresh["decision_id"] = [
        next(name for name in _numbered(said) if name not in written) for said in fresh["decision_id"]
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not path.exists():
        writer.writerow(DECISION_COLUMNS)
    writer.writerows([formula_safe(cell) for cell in row] for row in fresh.itertuples(index=False))
    # the file is written anew, whole: a line cut off by a full disk would make every answer unreadable
    write_bytes(path, (path.read_bytes() if path.exists() else b"") + text.getvalue().encode("utf-8"))
    return len(fresh)


def _numbered(name: str) -> Iterable[str]:
    """Return a name, then the same name with a number."""
    return chain([name], (f"{name}-{n}" for n in count(2)))


def read_keys(path: Path | str) -> pd.DataFrame | None:
    """Return which spelling was which actor in an earlier run; None where there was none.

    Parameters
    ----------
    path : path
        A CSV file with ``mention_key`` and ``actor_id``.

    Returns
    -------
    pandas.DataFrame or None

    Raises
    ------
    InvalidTablesError
        When the file lacks one of its columns.
    """
    path = Path(path)
    if not path.exists():
        return None
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    missing = [column for column in KEY_COLUMNS if column not in frame]
    if missing:
        found = ", ".join(map(str, frame.columns))
        raise InvalidTablesError(
            [
                problem(
                    "missing_column", table="identities", file=path.name, name=name, found=found, nearest=""
                )
                for name in missing
            ]
        )
    return frame[list(KEY_COLUMNS)]


def write_keys(path: Path | str, keys: pd.DataFrame) -> None:
    """Keep which spelling is which actor, so that ids stay for ever.

    Parameters
    ----------
    path : path
        Where to write; the folder is made.
    keys : pandas.DataFrame
        ``keys`` of the identities; spellings stand in it as digests and not in words.
    """
    table = keys[list(KEY_COLUMNS)].sort_values(list(KEY_COLUMNS))
    write_text(path, table.to_csv(index=False, lineterminator="\n"))


def standing(decisions: pd.DataFrame | None) -> pd.DataFrame:
    """Return the decisions that no other takes back, in an order that does not hang on that of the lines.

    A revocation may itself be revoked; then what it took back stands again.
    """
    if decisions is None or decisions.empty:
        return pd.DataFrame(columns=list(DECISION_COLUMNS), dtype="str")
    frame = decisions.drop_duplicates("decision_id").sort_values(["decided_on", "decision_id"], kind="stable")
    taken_back_by: dict[str, list[str]] = {}
    for row in frame[frame["action"] == "revoke"].to_dict("records"):
        taken_back_by.setdefault(row["revokes"], []).append(row["decision_id"])

    def stands(decision: str, seen: frozenset[str]) -> bool:
        return not any(
            other not in seen and stands(other, seen | {other}) for other in taken_back_by.get(decision, ())
        )

    kept = [stands(d, frozenset((d,))) for d in frame["decision_id"]]
    return frame[pd.Series(kept, index=frame.index) & (frame["action"] != "revoke")].reset_index(drop=True)


@dataclass
class Settled:
    """Decisions as facts about the keys of spellings.

    Attributes
    ----------
    same : list of (str, str, str)
        Two keys and the decision.
    different : list of (str, str, str)
    alone, nobody : dict of str to str
        Key to decision.
    said : dict of str to dict of str to str
        For rename, kind and code: key to what was said last.
    here : dict of (str, str) to (str, str)
        (key, event) to (key of the body that is meant there, decision).
    not_here : set of (str, str, str)
        (key, event, key) where the first does not mean the second.
    """

    same: list[tuple[str, str, str]] = field(default_factory=list)
    different: list[tuple[str, str, str]] = field(default_factory=list)
    alone: dict[str, str] = field(default_factory=dict)
    nobody: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=lambda: {action: {} for action in sorted(VALUED)})
    here: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    not_here: set[tuple[str, str, str]] = field(default_factory=set)


def node(said: str) -> str:
    """Return a key as it is, and a printed name as the text that all its spellings share."""
    return said if _KEY.fullmatch(said) else TEXT + normalise(said)


def settle(decisions: pd.DataFrame | None) -> Settled:
    """Turn standing decisions into facts.

    Raises
    ------
    InvalidTablesError
        When two decisions cannot both hold; the message shows the chain that leads from one to the other.
    """
    out = Settled()
    for row in standing(decisions).to_dict("records"):
        _take_in(out, row)
    faults = list(_contradictions(out))
    if faults:
        raise InvalidTablesError(faults)
    return out


def _take_in(out: Settled, row: Mapping[Hashable, str]) -> None:
    """Add one decision to the facts."""
    a, name, action = node(row["a"]), row["decision_id"], row["action"]
    scope = row["scope"] or ALWAYS
    if row["b"].startswith(CODE):
        if action == "same":
            out.said["code"][a] = row["b"].removeprefix(CODE)
    elif action in VALUED:
        out.said[action][a] = row["b"]
    elif action == "new":
        out.alone[a] = name
    elif action == "not_an_actor":
        out.nobody[a] = name
    elif action == "same" and scope != ALWAYS:
        out.here[a, scope] = (node(row["b"]), name)
    elif action == "same":
        out.same.append((a, node(row["b"]), name))
    elif scope != ALWAYS:
        out.not_here.add((a, scope, node(row["b"])))
    else:
        out.different.append((a, node(row["b"]), name))


def _contradictions(settled: Settled) -> Iterable[Problem]:
    """Yield each decision that says 'different' of two that others make the same."""
    steps: dict[str, list[tuple[str, str]]] = {}
    for a, b, name in settled.same:
        steps.setdefault(a, []).append((b, name))
        steps.setdefault(b, []).append((a, name))
    for a, b, name in settled.different:
        chain = _chain(steps, a, b)
        if chain is not None:
            yield problem(
                "contradiction",
                table="decisions",
                column="decision_id",
                value=name,
                chain=" -> ".join(chain) or name,
            )
    for a, name in settled.nobody.items():
        if a in steps:
            yield problem(
                "contradiction", table="decisions", column="decision_id", value=name, chain=steps[a][0][1]
            )


def _chain(steps: Mapping[str, Sequence[tuple[str, str]]], start: str, end: str) -> list[str] | None:
    """Return the decisions that lead from one key to another, or None."""
    came: dict[str, list[str]] = {start: []}
    queue = [start]
    while queue:
        here = queue.pop(0)
        if here == end:
            return came[here]
        for there, name in steps.get(here, ()):
            if there not in came:
                came[there] = [*came[here], name]
                queue.append(there)
    return None
