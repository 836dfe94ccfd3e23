"""What is asked of an engine, in the SQL that all of them read alike."""

from __future__ import annotations

from typing import Final

__all__ = ["STRENGTHS", "TIES"]

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
