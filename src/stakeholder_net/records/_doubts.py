"""What a person should look at: pairs that may be one body, best first; slips that the context betrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from stakeholder_net.records._cast import Cast
from stakeholder_net.records._letters import public_name, shown_town
from stakeholder_net.records._linking import CONFLICT_REVIEWED, REVIEWED, Linked
from stakeholder_net.records._reasons import reasons
from stakeholder_net.records._spellings import solid, text_of
from stakeholder_net.records.names import parse_name
from stakeholder_net.words import Language

__all__ = ["REVIEW_COLUMNS", "district_slips", "review_table", "standing_places"]

REVIEW_COLUMNS: Final = (
    "one_id", "one_name", "one_town", "one_source", "other_id", "other_name", "other_town", "other_source", "score",
    "why", "conflict", "scope", "one_key", "other_key",
)  # fmt: skip
MOST: Final = 5  # candidates of one actor
MOST_SOURCES: Final = 3
FEWEST_TOWNS: Final = 3  # municipalities that must speak before a district is doubted
UNCLEAR: Final = 0.5
REGISTER: Final[dict[Language, str]] = {"it": "registro", "en": "register"}
DECIDED: Final = ("different", "alone")


def _source(places: Sequence[str], times: int) -> str:
    """Return where some mentions stand: file, sheet and row of the first few."""
    more = times - MOST_SOURCES
    return "; ".join(places) + (f"; +{more}" if more > 0 else "")


def _places(cells: pd.DataFrame) -> list[str]:
    """Return for each mention where it stands."""
    columns = ("source_file", "table", "source_sheet", "source_row", "where")
    out = []
    for file, table, sheet, row, where in zip(*(map(text_of, cells[c]) for c in columns), strict=True):
        spot = f"r. {int(float(row))}" if row else where
        out.append(" ".join(part for part in (file or table, sheet, spot) if part))
    return out


def review_table(  # noqa: PLR0913 - each is a table and its spellings
    cast: Cast,
    linked: Linked,
    stands: Mapping[str, str],
    numbers: Sequence[int],
    *,
    held: Mapping[int, frozenset[str]] | None = None,
    language: Language = "it",
) -> pd.DataFrame:
    """Return the pairs of actors that a person should decide about, the likest first, five an actor at most.

    Of namesakes in several towns that of the town where the meeting was held stands first (`held`: towns of meetings
    by spelling). That decides nothing: bodies also come from elsewhere.
    """
    pairs = linked.pairs
    likely = (pairs["score"] >= REVIEWED) & (pairs["conflict"] == "")
    torn = (pairs["score"] >= CONFLICT_REVIEWED) & (pairs["conflict"] != "")
    chosen = pairs.loc[likely | torn, ["one", "other", "score", "conflict", "acronym"]]
    unclear = _unclear(cast, linked, held or {})
    chosen = pd.concat([chosen, unclear[chosen.columns]], ignore_index=True) if len(unclear) else chosen
    bodies = cast.bodies
    chosen["top"] = [bodies.find(n) for n in chosen["one"]]
    chosen["low"] = [bodies.find(n) for n in chosen["other"]]
    mentioned = {bodies.find(n) for n in numbers if n >= 0}
    open_ = [
        a != b and (a in mentioned or b in mentioned) and bodies.against(a, b) not in DECIDED
        for a, b in zip(chosen["top"], chosen["low"], strict=True)
    ]
    chosen = chosen[pd.Series(open_, index=chosen.index, dtype="bool")]
    chosen["held"] = [
        _held_there(cast, one, other, held or {})
        for one, other in zip(chosen["one"], chosen["other"], strict=True)
    ]
    chosen["far"] = chosen["held"] == ""
    order = ["score", "far", "one", "other"]
    chosen = chosen.sort_values(order, ascending=[False, True, True, True], kind="stable")
    ends = chosen[["top", "low"]]
    chosen = chosen[~pd.DataFrame({"a": ends.min(axis=1), "b": ends.max(axis=1)}).duplicated()]
    first, second = chosen.groupby("top").cumcount(), chosen.groupby("low").cumcount()
    chosen = chosen[(first < MOST) | (second < MOST)]
    rows = [_row(cast, pair, stands, language) for pair in chosen.to_dict("records")]
    return pd.DataFrame(rows, columns=list(REVIEW_COLUMNS)).astype(_TYPES)


_TYPES: Final = {column: "float64" if column == "score" else "str" for column in REVIEW_COLUMNS}


def _unclear(cast: Cast, linked: Linked, held: Mapping[int, frozenset[str]]) -> pd.DataFrame:
    """Return the pairs of a name that may be any of several bodies: the nearest few of those still open."""
    rows = []
    for n, others in linked.unclear.items():
        top = cast.bodies.find(n)
        still = [m for m in others if cast.bodies.against(top, cast.bodies.find(m)) not in DECIDED]
        still.sort(key=lambda m: (not _held_there(cast, n, m, held), m))
        rows += [(min(n, m), max(n, m), UNCLEAR, "unclear", 0) for m in still[:MOST]]
    return pd.DataFrame(rows, columns=["one", "other", "score", "conflict", "acronym"])


def _held_there(cast: Cast, one: int, other: int, held: Mapping[int, frozenset[str]]) -> str:
    """Return the town of one body in which the other, whose town is not known, came to a meeting; or nothing."""
    for here, there in ((one, other), (other, one)):
        towns = held.get(here, frozenset())
        if not cast.spellings[here].places:
            found = sorted(town for town in towns if solid(town) in cast.spellings[there].places)
            if found:
                return found[0]
    return ""


def standing_places(cells: pd.DataFrame, numbers: Sequence[int], cast: Cast) -> dict[str, str]:
    """Return for each actor where it stands in the tables."""
    number = np.array(numbers, dtype=np.int64)
    at = np.flatnonzero(number >= 0)
    used, back = np.unique(number[at], return_inverse=True)
    codes, actors = pd.factorize(np.array([cast.actor(n) for n in used.tolist()], dtype=object)[back])
    nth = pd.Series(codes).groupby(codes).cumcount().to_numpy()
    few = nth < MOST_SOURCES
    found: dict[str, list[str]] = {}
    for code, place in zip(codes[few], _places(cells.take(at[few])), strict=True):
        found.setdefault(actors[code], []).append(place)
    times = np.bincount(codes, minlength=len(actors))
    return {
        actor_id: _source(found[actor_id], int(count)) for actor_id, count in zip(actors, times, strict=True)
    }


def _row(
    cast: Cast, pair: Mapping[Any, Any], stands: Mapping[str, str], language: Language
) -> dict[str, object]:
    """Return one line of the table from a pair of spellings."""
    row: dict[str, object] = {}
    for end in ("one", "other"):
        number = int(pair[end])
        spelling, actor_id = cast.spellings[number], cast.actor(number)
        row[f"{end}_id"] = actor_id
        row[f"{end}_name"] = public_name(spelling.name)
        row[f"{end}_town"] = shown_town(spelling.municipality) or ", ".join(spelling.parsed.towns)
        row[f"{end}_source"] = stands.get(actor_id, REGISTER[language] if spelling.registered else "")
        row[f"{end}_key"] = spelling.key
    one, other = cast.spellings[int(pair["one"])], cast.spellings[int(pair["other"])]
    row["why"] = reasons(one, other, pair, language=language)
    return row | {"score": pair["score"], "conflict": pair["conflict"], "scope": pair.get("scope", "")}


def _number(district: object) -> int | None:
    """Return the number of a district as a register prints it: ATS 22, XXII, 22."""
    text = text_of(district)
    return parse_name(text).number or parse_name(f"ATS {text}").number


def district_slips(  # noqa: PLR0913 - each is a table and its spellings
    cast: Cast,
    cells: pd.DataFrame,
    numbers: Sequence[int],
    register: pd.DataFrame,
    listed: Sequence[int],
    *,
    stands: Mapping[str, str],
    language: Language = "it",
) -> pd.DataFrame:
    """Return mentions of a district in an event whose municipalities are all of another: XXIII for XXII.

    Parameters
    ----------
    cast : Cast
    cells, numbers
        Mentions and the spelling of each.
    register, listed
        Bodies that are known and the spelling of each; its column district says where a municipality belongs.
    stands : mapping of str to str
        Where each actor stands in the tables.
    language : {"it", "en"}
    """
    said_of = zip(listed, map(_number, register["district"]), strict=True)
    district = {cast.actor(n): number for n, number in said_of if number is not None}
    by_number = {s.parsed.number: n for n, s in enumerate(cast.spellings) if s.parsed.number is not None}
    if not district:
        return pd.DataFrame(columns=list(REVIEW_COLUMNS)).astype(_TYPES)
    seats: dict[str, list[int]] = {}
    for n, where in zip(numbers, map(text_of, cells["where"]), strict=True):
        if n >= 0 and where:
            seats.setdefault(where, []).append(n)
    rows = []
    for where in sorted(seats):
        said = {cast.spellings[n].parsed.number: n for n in seats[where]}
        said.pop(None, None)
        # A district that the register lists says nothing about who else sits there.
        present = sorted({cast.actor(n) for n in seats[where] if cast.spellings[n].parsed.number is None})
        towns = [district[actor] for actor in present if actor in district]
        if len(towns) < FEWEST_TOWNS or len(set(towns)) > 1 or towns[0] in said or towns[0] not in by_number:
            continue
        meant = by_number[towns[0]]
        rows += [
            {"one": n, "other": meant, "score": UNCLEAR, "conflict": "district", "scope": where}
            for n in said.values()
            if (cast.spellings[n].key, where, cast.spellings[meant].key) not in cast.settled.not_here
        ]
    table = [_row(cast, pair, stands, language) for pair in rows]
    return pd.DataFrame(table, columns=list(REVIEW_COLUMNS)).astype(_TYPES)
