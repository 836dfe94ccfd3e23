"""Names matched where there are very many: the engine counts and joins, the matcher decides."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import pandas as pd

from stakeholder_net.engines._engine import Engine, Tell
from stakeholder_net.engines._opening import columns_of
from stakeholder_net.records import resolve_identities

__all__ = ["MENTION", "match_names"]

MENTION: Final = ("mention_id", "name")
SAYS_MORE: Final = (
    "municipality",
    "tax_code",
    "kind",
    "bare_town",
)  # of a mention, where there is such a column
ACTORS: Final = ("actor_id", "name", "kind", "municipality", "registered")

# The spellings are few, however often each is printed: they alone go through the matcher.
SPELLINGS: Final = "select distinct {columns} from mentions order by {order}"
LINKS: Final = """
select cast(mentions.mention_id as string) as mention_id, answers.actor_id, answers.rule
from mentions join answers on {same}
order by mention_id
"""


def match_names(  # noqa: PLR0913 - one argument a file
    engine: Engine, mentions: Path, output: Path, *, register: Path | None, actors: Path | None, tell: Tell
) -> None:
    """Write which mention is which actor, and who the actors are."""
    columns = ["name", *(column for column in SAYS_MORE if column in columns_of(mentions))]
    plain = {column: f"coalesce(cast(mentions.{column} as string), '')" for column in columns}
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        spellings, answers = Path(folder, "spellings.parquet"), Path(folder, "answers.parquet")
        tell("spellings that differ")
        chosen = ", ".join(f"{sql} as {column}" for column, sql in plain.items())
        engine.write(SPELLINGS.format(columns=chosen, order=", ".join(columns)), spellings)
        table = pd.read_parquet(spellings)
        tell(f"{len(table):,} spellings to match")
        found = resolve_identities(_cells(table), register=_listed(register), tell=tell, share=engine.share)
        table.assign(actor_id=found.actor_of.to_numpy(), rule=found.audit["rule"].to_numpy()).to_parquet(
            answers, index=False
        )
        tell("links")
        engine.view("answers", answers)
        same = " and ".join(f"{sql} = answers.{column}" for column, sql in plain.items())
        engine.write(LINKS.format(same=same), output)
        if actors is not None:
            made = Path(folder, "actors.parquet")
            found.actors[list(ACTORS)].to_parquet(made, index=False)
            made.replace(actors)


def _cells(spellings: pd.DataFrame) -> pd.DataFrame:
    """Return what the matcher reads: nothing where there was nothing, and yes or no as such."""
    cells = spellings.astype("object").where(spellings != "", None)
    return cells.assign(bare_town=cells["bare_town"] == "true") if "bare_town" in cells else cells


def _listed(register: Path | None) -> pd.DataFrame | None:
    return None if register is None else pd.read_parquet(register)
