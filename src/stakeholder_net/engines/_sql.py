"""What is asked of an engine, in the SQL that all of them read alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["ARCS", "NUMBERED", "STRENGTHS", "TIES", "TURNOUT", "said"]

TIES: Final = """
with present as (
  select distinct actor_id, event_id from attendance where status in ({counts})
), rooms as (
  select event_id, count(*) as size from present group by event_id having count(*) > 1
), seats as (
  select present.event_id, present.actor_id, cast(1.0 as double) / (rooms.size - 1) as share
  from present join rooms on present.event_id = rooms.event_id
)
select a.actor_id as source, b.actor_id as target, round(sum(a.share), 9) as weight,
       cast(count(*) as bigint) as shared_events
from seats a join seats b on a.event_id = b.event_id and a.actor_id < b.actor_id
group by a.actor_id, b.actor_id
order by source, target
"""
"""Sums of floats differ in the last digit with the order of adding: nine decimals are the same everywhere."""

STRENGTHS: Final = """
with ends as (
  select source as actor_id, weight, shared_events from ties
  union all select target as actor_id, weight, shared_events from ties
)
select actor_id, cast(count(*) as bigint) as degree, round(sum(weight), 6) as strength,
       cast(sum(shared_events) as bigint) as meetings
from ends group by actor_id order by actor_id
"""

TURNOUT: Final = """
with present as (
  select distinct actor_id, event_id from attendance where status in ({counts})
)
select {one}, cast(count(*) as bigint) as {many} from present group by {one} order by {one}
"""

NUMBERED: Final = """
select actor_id, row_number() over (order by actor_id) - 1 as number from (
  select source as actor_id from ties union select target as actor_id from ties
) as found
"""
ARCS: Final = """
select a.number as one, b.number as other, cast({weight} as double) as weight from ties
join numbered a on ties.source = a.actor_id join numbered b on ties.target = b.actor_id
union all
select b.number as one, a.number as other, cast({weight} as double) as weight from ties
join numbered a on ties.source = a.actor_id join numbered b on ties.target = b.actor_id
"""


def said(words: Iterable[str]) -> str:
    """Return words as SQL reads a list of texts."""
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)
