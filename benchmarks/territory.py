"""Synthetic territories of any size: attendance with a heavy tail, seeded. Nothing in it is a real organisation.

    python benchmarks/territory.py M folder        writes a project folder that `stakeholder-net run` takes

S is a district, P a province, M a region, L a country. Some bodies go everywhere and most go once; most meetings are
small and a few are assemblies: both tails are what makes a projection large.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from stakeholder_net import StakeholderNetwork

SEED: Final = 20210903
KINDS: Final = ("ets_odv", "ets_aps", "ets_cooperativa", "comune", "scuola", "impresa")
SHARES: Final = (0.3, 0.3, 0.15, 0.05, 0.1, 0.1)
TOWNS: Final = 40
ROWS_OF_A_SHEET: Final = 50_000
"""What the reader takes from one sheet of a workbook; more goes into a text file."""
FIRST, DAYS = pd.Timestamp("2021-01-01"), 4 * 365


@dataclass(frozen=True)
class Size:
    """How much there is of everything."""

    actors: int
    events: int
    seats: int


SIZES: Final = {
    "S": Size(150, 100, 1_200),
    "P": Size(800, 520, 6_240),
    "M": Size(5_000, 3_000, 38_000),
    "L": Size(120_000, 200_000, 2_400_000),
}
GROWTH: Final = tuple(Size(n, int(n / 1.25), 9 * n) for n in (1_250, 2_500, 5_000, 10_000, 20_000))


def attendance(size: Size, *, seed: int = SEED) -> tuple[np.ndarray, np.ndarray]:
    """Return actor and event of every seat, each pair once, by event and actor; every event has somebody."""
    draw = np.random.default_rng(seed)
    room = np.clip(draw.lognormal(0.0, 0.7, size.events), None, size.actors / 4)
    room = np.maximum(1, np.floor(room / room.sum() * size.seats)).astype("int64")
    fame = (np.arange(size.actors) + 10.0) ** -0.6
    ladder = np.cumsum(draw.permutation(fame) / fame.sum())
    keys = np.empty(0, dtype="int64")
    wanted = room.copy()
    while (missing := int(wanted.sum())) > max(size.seats // 1000, 0):
        event = np.repeat(np.arange(size.events), wanted)
        actor = np.minimum(np.searchsorted(ladder, draw.random(missing)), size.actors - 1)
        keys = np.unique(np.concatenate([keys, event * size.actors + actor]))
        wanted = np.maximum(room - np.bincount(keys // size.actors, minlength=size.events), 0)
    return keys % size.actors, keys // size.actors


def tables(size: Size, *, seed: int = SEED) -> dict[str, pd.DataFrame]:
    """Return actors, events and attendance as the network takes them."""
    draw = np.random.default_rng(seed + 1)
    actor, event = attendance(size, seed=seed)
    actor_id = np.array([f"a{n:06d}" for n in range(size.actors)])
    event_id = np.array([f"e{n:06d}" for n in range(size.events)])
    start = FIRST + pd.to_timedelta(np.sort(draw.integers(0, DAYS, size.events)), unit="D")
    return {
        "actors": pd.DataFrame({
            "actor_id": actor_id,
            "name": [f"Ente sintetico {n:06d}" for n in range(size.actors)],
            "kind": draw.choice(KINDS, size.actors, p=SHARES),
            "municipality": [f"Comune sintetico {n:02d}" for n in draw.integers(0, TOWNS, size.actors)],
        }),
        "events": pd.DataFrame({
            "event_id": event_id, "name": [f"Incontro sintetico {n:06d}" for n in range(size.events)],
            "kind": "table", "start": start,
        }),
        "attendance": pd.DataFrame({"actor_id": actor_id[actor], "event_id": event_id[event], "status": "present"}),
    }  # fmt: skip


def network(size: Size, *, seed: int = SEED) -> StakeholderNetwork:
    """Return the network of a size, its ties not yet derived."""
    return StakeholderNetwork(**tables(size, seed=seed), name="synthetic", source="synthetic, seeded")


def main() -> None:
    """Write a project folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("size", choices=sorted(SIZES))
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    write_project(SIZES[given.size], given.folder)


def write_project(size: Size, folder: Path, *, seed: int = SEED, workbook: bool = True) -> Path:
    """Write sheets of a synthetic territory and the settings beside them; the file says on its face what it is."""
    made = tables(size, seed=seed)
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    who = made["actors"].set_index("actor_id")
    what = made["events"].set_index("event_id")
    rows = made["attendance"]
    sheet = pd.DataFrame({
        "Data": rows["event_id"].map(what["start"]).dt.strftime("%d/%m/%Y"),
        "Incontro": rows["event_id"].map(what["name"]),
        "Ente": rows["actor_id"].map(who["name"]),
        "Comune": rows["actor_id"].map(who["municipality"]),
        "Stato": "presente",
    })  # fmt: skip
    workbook &= len(sheet) < ROWS_OF_A_SHEET
    if workbook:
        sheet.to_excel(raw / "presenze_sintetiche.xlsx", index=False)
    else:
        sheet.to_csv(raw / "presenze_sintetiche.csv", index=False)
    (folder / "stakeholder.toml").write_text(
        'title = "Territorio sintetico"\nlanguage = "it"\nsource = "dati sintetici, generati"\n\n'
        f'[[files]]\npath = "data/raw/presenze_sintetiche.{"xlsx" if workbook else "csv"}"\n'
        'table = "attendance"\n',
        "utf-8",
    )
    return folder


if __name__ == "__main__":
    main()
