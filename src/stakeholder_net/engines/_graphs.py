"""Components and PageRank as rounds of SQL, the same on every engine."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stakeholder_net.engines._engine import Engine, Tell
from stakeholder_net.engines._sql import ARCS, NUMBERED

__all__ = ["NAMED", "find_components", "find_pagerank"]

DRIFT: Final = 1e-10  # sum of all changes of a round, below which values stand still
MOST_ROUNDS: Final = 1_000
LOOK_EVERY: Final = 5

SHARES: Final = "select one, other, weight / sum(weight) over (partition by one) as share from arcs"
EVERYWHERE: Final = "select number, cast(1.0 as double) / {actors} as value from numbered"
WALK: Final = """
select shares.other as number, {start} + {damping} * sum(shares.share * place.value) as value
from shares join place on shares.one = place.number group by shares.other
"""
CHANGE: Final = """
select sum(abs(place.value - before.value)) from place join before on place.number = before.number
"""
GRAND: Final = """
select mine.number, mine.label as parent, over.label from place mine join place over on mine.label = over.number
"""
HEARD: Final = """
select arcs.one as number, min(grand.label) as label from arcs join grand on arcs.other = grand.number group by arcs.one
"""
SPREAD: Final = """
select number, min(label) as label from (
  select number, label from grand
  union all select number, label from heard
  union all select grand.parent as number, heard.label from heard join grand on heard.number = grand.number
) as told group by number
"""
CHANGED: Final = """
select count(*) from place join before on place.number = before.number where place.label <> before.label
"""
NAMED: Final = {
    "components": """
select mine.actor_id, named.actor_id as value from place
join numbered mine on place.number = mine.number
join numbered named on cast(place.label as bigint) = named.number
order by actor_id
""",
    "pagerank": """
select numbered.actor_id, round(place.value / sum(place.value) over (), 15) as value from place
join numbered on place.number = numbered.number
order by actor_id
""",
}


def number_actors(engine: Engine, weight: str) -> None:
    """Give every actor a number, in the order of their ids, and every tie its two directions."""
    engine.table("numbered", NUMBERED)
    engine.table("arcs", ARCS.format(weight=weight))


def find_components(engine: Engine, output: Path, tell: Tell) -> None:
    """Let the lowest number spread until nobody hears a lower one.

    Who hears of a lower one also tells it to whom it followed so far, so that a chain takes few rounds: FastSV of
    Zhang, Azad, Hu (2020), https://doi.org/10.1137/1.9781611976137.5
    """
    number_actors(engine, "1")
    engine.table("place", "select number, number as label from numbered")
    changed, n = 1.0, 0
    while changed:
        engine.table("before", "select * from place")
        engine.table("grand", GRAND)
        engine.table("heard", HEARD)
        engine.table("place", SPREAD)
        changed, n = engine.figure(CHANGED), n + 1
        tell(f"components, round {n}: {changed:,.0f} actors heard of a lower one")
    engine.write(NAMED["components"], output)


def find_pagerank(engine: Engine, output: Path, tell: Tell, *, weighted: bool, damping: float) -> None:
    """Walk until the values stand still."""
    number_actors(engine, "weight" if weighted else "1")
    engine.table("shares", SHARES)
    actors = int(engine.figure("select count(*) from numbered"))
    engine.table("place", EVERYWHERE.format(actors=max(actors, 1)))
    walk = WALK.format(start=repr((1 - damping) / max(actors, 1)), damping=repr(damping))
    for n in range(1, MOST_ROUNDS + 1 if actors else 1):
        look = n % LOOK_EVERY == 0
        if look:
            engine.table("before", "select * from place")
        engine.table("place", walk)
        if look:
            change = engine.figure(CHANGE)
            tell(f"PageRank, round {n}: values changed by {change:.1e} in all")
            if change < DRIFT:
                break
    engine.write(NAMED["pagerank"], output)
