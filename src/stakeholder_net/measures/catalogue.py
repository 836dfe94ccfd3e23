"""Every measure with the question it answers, and how to say it in a plan."""

from __future__ import annotations

import pandas as pd

from stakeholder_net.measures._words import ENTRIES
from stakeholder_net.measures._words_tables import TABLES

__all__ = ["catalogue"]


def catalogue() -> pd.DataFrame:
    """Which measures are there, what does each answer, and how is it said in a plan?

    Returns
    -------
    pandas.DataFrame of str
        Index ``measure``; columns ``label_it``, ``label_en``, ``question_it``, ``question_en``, ``needs`` (one layer,
        several layers, events, groups, direction), ``gives`` (a value an actor, a pair, a network), ``source``,
        ``say_it``, ``say_en``, ``do_not_say_it``, ``do_not_say_en``.

    Examples
    --------
    >>> catalogue().loc["constraint", "question_en"]
    'How far is each actor shut in among partners who are tied to each other?'
    """
    rows = [
        {
            "measure": name,
            "label_it": entry.label[0],
            "label_en": entry.label[1],
            "question_it": entry.question[0],
            "question_en": entry.question[1],
            "needs": entry.needs,
            "gives": entry.gives,
            "source": entry.source,
            "say_it": entry.say[0],
            "say_en": entry.say[1],
            "do_not_say_it": entry.do_not_say[0],
            "do_not_say_en": entry.do_not_say[1],
        }
        for name, entry in (ENTRIES | TABLES).items()
    ]
    return pd.DataFrame(rows).set_index("measure").astype("str")
