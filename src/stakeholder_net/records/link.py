"""Find the bodies of a long public list: which tax code is whose. A machine proposes, a person decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from stakeholder_net.records._corpus import Corpus
from stakeholder_net.records._doubts import REVIEW_COLUMNS
from stakeholder_net.records._letters import public_name, shown_town
from stakeholder_net.records._linking import scored_pairs
from stakeholder_net.records._reasons import reasons
from stakeholder_net.records._spellings import (
    REGISTER_COLUMNS,
    Reader,
    read_register,
    solid,
    text_of,
    with_columns,
)
from stakeholder_net.records._towns import Towns
from stakeholder_net.records.decisions import CODE, KEY_COLUMNS, standing
from stakeholder_net.records.match import Identities
from stakeholder_net.words import Language

__all__ = ["link_register"]

MOST: Final = 5
LOWEST: Final = 0.1
ELSEWHERE: Final = 0.5  # likeness that a body of another area must have


def link_register(  # noqa: PLR0913 - each keyword is one source of knowledge
    actors: Identities | pd.DataFrame,
    register: pd.DataFrame,
    *,
    towns: Iterable[str] | None = None,
    decisions: pd.DataFrame | None = None,
    most: int = MOST,
    lowest: float = LOWEST,
    language: Language = "it",
) -> pd.DataFrame:
    """Which tax code is whose?

    Parameters
    ----------
    actors : Identities or pandas.DataFrame
        From ``resolve_identities``: only so do the answers find the spellings that they are about. For a mere look, any
        table with actor_id, name and, where known, municipality.
    register : pandas.DataFrame
        A public list, of 70,000 bodies if need be: name, tax_code and, where it has them, municipality and kind.
    towns : iterable of str, optional
        Further known town names.
    decisions : pandas.DataFrame, optional
        What was answered before is not asked again.
    most : int
        Bodies of the list that are shown for one actor.
    lowest : float
        Likeness below which none is shown; bodies seated where none of the actors is must be at least half alike.
    language : {"it", "en"}
        Of the reasons.

    Returns
    -------
    pandas.DataFrame
        The columns of a review table, the likest first for each actor, and tax_code: give it to ``write_review``.
        Nothing is joined: the answers become decisions.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"actor_id": ["a-1"], "name": ["La Meridiana"], "municipality": ["Ascoli Piceno"]})
    >>> listed = pd.DataFrame({"name": ["LA MERIDIANA ODV", "ANNI VERDI"], "tax_code": ["00152230413", "80003150424"],
    ...                        "municipality": ["ASCOLI PICENO", "FERMO"]})
    >>> link_register(actors, listed)[["one_name", "other_name", "tax_code"]].values.tolist()
    [['La Meridiana', 'La Meridiana ODV', '00152230413']]
    """
    known = actors.actors if isinstance(actors, Identities) else actors
    keys = actors.keys if isinstance(actors, Identities) else pd.DataFrame(columns=list(KEY_COLUMNS))
    stands = actors.stands if isinstance(actors, Identities) else {}
    key_of = dict(keys.sort_values("mention_key", ascending=False)[["actor_id", "mention_key"]].to_numpy())
    mine = with_columns(known, (*REGISTER_COLUMNS, "actor_id"))
    listed = with_columns(register, REGISTER_COLUMNS)
    names = [*(towns if towns is not None else ()), *listed["municipality"].dropna().unique()]
    reader = Reader(Towns([*names, *mine["municipality"].dropna().unique()]))
    # The codes stay out: this looks for them by the name.
    own = read_register(mine.assign(tax_code=""), reader, registered=False)
    theirs = read_register(listed.assign(tax_code=""), reader)
    corpus = Corpus.of(reader.spellings)
    focus = np.zeros(len(corpus), dtype=bool)
    focus[own] = True
    pairs = scored_pairs(corpus, focus)
    turned = pairs.rename(columns={"one": "other", "other": "one"})
    pairs = pd.concat([pairs, turned], ignore_index=True)
    ours = pd.DataFrame({"one": own, "actor": mine["actor_id"].map(text_of).to_numpy()})
    area = {solid(text_of(town)) for town in mine["municipality"]} - {""}
    away = np.array(
        [bool(area) and solid(s.municipality) not in {"", *area} for s in reader.spellings], dtype=bool
    )
    bar = np.where(away[pairs["other"].to_numpy(dtype=np.int64)], max(lowest, ELSEWHERE), lowest)
    found = pairs[pairs["score"] >= bar].merge(ours, on="one").merge(_entries(listed, theirs), on="other")
    found = found.sort_values(["one", "score", "entry"], ascending=[True, False, True], kind="stable")
    found = found[found.groupby("one").cumcount() < most]
    answered = set(standing(decisions)[["a", "b"]].itertuples(index=False, name=None))
    rows = []
    for pair in found.to_dict("records"):
        here, there = reader.spellings[pair["one"]], reader.spellings[pair["other"]]
        key = CODE + pair["code"] if pair["code"] else there.key
        own_key = key_of.get(pair["actor"], here.key)
        if (own_key, key) in answered:
            continue
        rows.append(
            {
                "one_id": pair["actor"],
                "one_name": public_name(here.name),
                "one_town": shown_town(here.municipality),
                "one_source": stands.get(pair["actor"], ""),
                "other_id": pair["code"],
                "other_name": public_name(there.name),
                "other_town": shown_town(there.municipality),
                "other_source": pair["place"],
                "score": pair["score"],
                "why": reasons(here, there, pair, language=language),
                "conflict": pair["conflict"],
                "scope": "",
                "one_key": own_key,
                "other_key": key,
                "tax_code": pair["code"],
            }
        )
    return pd.DataFrame(rows, columns=[*REVIEW_COLUMNS, "tax_code"])


def _entries(listed: pd.DataFrame, numbers: list[int]) -> pd.DataFrame:
    """Return the rows of the list by their spelling."""
    files, rows = listed["source_file"].map(text_of), listed["source_row"].map(text_of)
    place = [f"{file} r. {row}" if row else file for file, row in zip(files, rows, strict=True)]
    entries = pd.DataFrame(
        {"other": numbers, "code": listed["tax_code"].map(text_of).to_numpy(), "place": place}
    )
    return entries.assign(entry=range(len(entries)))
