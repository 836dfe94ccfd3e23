"""Measure the matcher of names: real names, sheet cells against a register, speed. Every bar is said to hold or not.

    python benchmarks/identities.py ../shared/data/identities --output identities.md

Thresholds: our own are those of the library (0.90 automatic, 0.50 for one single answer, 0.10 for review), fixed before
Marche was looked at; each rival's is the best one on Emilia-Romagna. Tax codes are the truth and are read by nobody.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from _rivals import RIVALS, best_threshold, pairwise, prepared

from stakeholder_net.records import Identities, parse_cell, resolve_identities

AUTOMATIC, SINGLE = 0.9, 0.5
METHOD = (
    "Ours: thresholds of the library, fixed before Marche was looked at; points and words learned without Marche. "
    "Rivals: our own normalisation, one town at a time, the threshold that is best on Emilia-Romagna. Seconds on "
    "two shared cores. Without a town a body with a namesake elsewhere cannot be told: there the names set the limit."
)
BARS = {
    "real names, F1 at one threshold": (0.86, 1),
    "real names, automatic precision": (0.975, 1),
    "real names, automatic recall": (0.70, 1),
    "real names, recall with review": (0.88, 1),
    "cells, automatic precision": (0.99, 1),
    "cells, F1 at one threshold": (0.95, 1),
    "cells, not in the register but linked": (0.03, -1),
    "seconds for 3,000 spellings": (10, -1),
    "seconds for 75,000 spellings": (180, -1),
    "gigabytes for 75,000 spellings": (2, -1),
}


class Watch:
    """Seconds on the clock and of the processors since it was made: on a busy machine the first says little."""

    def __init__(self) -> None:
        self.wall, self.busy = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        return f"{time.perf_counter() - self.wall:.1f} | {time.process_time() - self.busy:.1f}"


def names_of(folder: Path, part: str) -> pd.DataFrame:
    """Return spellings with their truth."""
    return pd.read_csv(folder / part / "real_mentions.csv").merge(
        pd.read_csv(folder / part / "real_truth.csv"), on="mention_id"
    )


def mentions_of(names: pd.DataFrame, *, towns: bool = True) -> pd.DataFrame:
    """Return what the matcher sees; a bare town name is its Comune, as the README of the data says."""
    table = pd.DataFrame({"name": names["name"], "bare_town": True})
    return table.assign(municipality=names["comune"]) if towns else table


def clusters(who: Identities, truth: pd.Series) -> tuple[float, float, float, float]:
    """Return pairwise precision, recall, F1, and the recall when every pair under review is answered rightly."""
    alone = pd.Series([f"alone-{n}" for n in truth.index], index=truth.index)
    table = pd.DataFrame({"said": who.actor_of.fillna(alone), "true": truth})

    def pairs(*by: str) -> int:
        sizes = table.groupby(list(by)).size()
        return int((sizes * (sizes - 1) // 2).sum())

    right, said, wanted = pairs("said", "true"), pairs("said"), pairs("true")
    asked = {frozenset(pair) for pair in who.review[["one_id", "other_id"]].to_numpy().tolist()}
    both = table.assign(n=range(len(table))).merge(table.assign(n=range(len(table))), on="true")
    both = both[both["n_x"] < both["n_y"]]
    reached = sum(
        a == b or frozenset((a, b)) in asked for a, b in zip(both["said_x"], both["said_y"], strict=True)
    )
    return right / said, right / wanted, 2 * right / (said + wanted), reached / wanted


def real_names(folder: Path, found: dict[str, float], *, rivals: bool = True) -> Iterator[str]:
    """Measure on spellings of one tax code in Marche."""
    marche, emilia = names_of(folder, "."), names_of(folder, "train_emilia")
    yield f"## Real names: {len(marche)} spellings of Marche, town known\n"
    yield "| approach | P | R | F1 | seconds | CPU |\n|---|---|---|---|---|---|"
    table, train = (prepared(marche), prepared(emilia)) if rivals else (marche, emilia)
    for name, rival in RIVALS.items() if rivals else ():
        watch = Watch()
        try:
            threshold = best_threshold(rival(train, train, emilia["entity_id"]), emilia["entity_id"])
            scores = rival(table, train, emilia["entity_id"])
        except ImportError as error:
            yield f"| {name}: not installed ({error.name}) | | | | | |"
            continue
        p, r, f = pairwise(scores, marche["entity_id"], threshold)
        found[f"{name} F1"] = f
        yield f"| {name}, threshold {threshold:.2f} | {p:.3f} | {r:.3f} | {f:.3f} | {watch} |"
    for label, accept, towns in (
        ("ours, one threshold", SINGLE, True),
        ("ours, automatic", AUTOMATIC, True),
        ("ours, one threshold, no town known", SINGLE, False),
        ("ours, automatic, no town known", AUTOMATIC, False),
    ):
        watch = Watch()
        who = resolve_identities(
            mentions_of(marche, towns=towns), accept=accept, towns=marche["comune"].dropna()
        )
        p, r, f, reviewed = clusters(who, marche["entity_id"])
        yield f"| {label} ({accept:.2f}) | {p:.3f} | {r:.3f} | {f:.3f} | {watch} |"
        if towns and accept == SINGLE:
            found["real names, F1 at one threshold"] = f
        if towns and accept == AUTOMATIC:
            found |= {
                "real names, automatic precision": p,
                "real names, automatic recall": r,
                "real names, recall with review": reviewed,
            }
            found["pairs under review"] = len(who.review)


def cells_to_register(folder: Path, found: dict[str, float]) -> Iterator[str]:
    """Measure on cells of sign-in sheets against a register of which some bodies are missing."""
    register = pd.read_csv(folder / "synth_registry.csv")
    cells = pd.read_csv(folder / "synth_mentions.csv").merge(
        pd.read_csv(folder / "synth_truth.csv"), on="mention_id"
    )
    rows = [
        (n, part.org, town)
        for n, (cell, town) in enumerate(zip(cells["raw"], cells["municipality"], strict=True))
        for part in parse_cell(str(cell))
    ]
    mentions = pd.DataFrame(rows, columns=["cell", "name", "municipality"]).assign(bare_town=True)
    yield f"\n## Cells against a register: {len(cells)} cells, {len(register)} bodies (synthetic)\n"
    yield "| approach | P | R | F1 | not in the register but linked |\n|---|---|---|---|---|"
    truth = [set(str(ids).split("|")) - {"nan"} for ids in cells["actor_ids"]]
    listed = set(register["actor_id"])
    for label, accept in (("ours, one threshold", SINGLE), ("ours, automatic", AUTOMATIC)):
        who = resolve_identities(
            mentions.drop(columns="cell"), register=register.drop(columns="kind"), accept=accept
        )
        body: dict[str, set[str]] = {}
        for actor, entry in zip(who.register_of, register["actor_id"], strict=True):
            body.setdefault(actor, set()).add(entry)
        said: list[set[str]] = [set() for _ in truth]
        for cell, actor in zip(mentions["cell"], who.actor_of, strict=True):
            said[cell] |= body.get(actor, set()) if isinstance(actor, str) else set()
        right = sum(len(s & t) for s, t in zip(said, truth, strict=True))
        claimed, wanted = sum(map(len, said)), sum(len(t & listed) for t in truth)
        absent = [bool(s - t) for s, t in zip(said, truth, strict=True) if t - listed]
        p, r = right / claimed, right / wanted
        f, wrong = 2 * right / (claimed + wanted), sum(absent) / len(absent)
        yield f"| {label} ({accept:.2f}) | {p:.3f} | {r:.3f} | {f:.3f} | {wrong:.3f} |"
        if accept == SINGLE:
            found["cells, F1 at one threshold"] = f
            found["cells, not in the register but linked"] = wrong
        else:
            found["cells, automatic precision"] = p


def measure_once(folder: Path, size: int) -> None:
    """Match some thousand names in a process of its own and print seconds and gigabytes."""
    table = pd.read_csv(folder / "register_5x1000_it.csv.gz", dtype="str", keep_default_na=False)
    # Towns as they come, the long list cut: names of bodies all over Italy.
    table = table.iloc[np.sort(np.random.default_rng(1).permutation(len(table))[:size])]
    watch = Watch()
    resolve_identities(mentions_of(table), tell=lambda step: print(step, file=sys.stderr))
    # Not getrusage: it counts the memory of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    used = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1e6
    print(f"{watch} | {used}")


def speed(folder: Path, found: dict[str, float]) -> Iterator[str]:
    """Measure time and memory, each size in a process of its own."""
    yield "\n## Speed and memory\n\n| spellings | seconds | CPU | GB |\n|---|---|---|---|"
    for size in (3000, 75000):
        run = subprocess.run(  # noqa: S603 - this very file
            [sys.executable, __file__, str(folder), "--once", str(size)],
            capture_output=True,
            text=True,
            check=True,
        )
        seconds, busy, used = map(float, run.stdout.split("|"))
        found[f"seconds for {size:,} spellings"] = seconds
        found[f"gigabytes for {size:,} spellings"] = used
        yield f"| {size:,} | {seconds:.1f} | {busy:.1f} | {used:.2f} |"


def bars(found: dict[str, float]) -> Iterator[str]:
    """Say of each bar whether it holds."""
    yield "\n## Bars\n\n| bar | wanted | measured | |\n|---|---|---|---|"
    for bar, (limit, sign) in BARS.items():
        if bar in found:
            holds = sign * found[bar] >= sign * limit
            wanted = f"{'>=' if sign > 0 else '<='} {limit}"
            yield f"| {bar} | {wanted} | {found[bar]:.3f} | {'holds' if holds else 'FAILS'} |"
    ours = found.get("real names, F1 at one threshold", 0)
    for rival in RIVALS:
        if f"{rival} F1" in found:
            theirs = found[f"{rival} F1"]
            verdict = "holds" if ours > theirs else "FAILS"
            yield f"| better than {rival} | > {theirs:.3f} | {ours:.3f} | {verdict} |"


def main() -> None:
    """Run what is asked for, show it and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--once", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=("names", "cells", "speed"))
    parser.add_argument("--ours", action="store_true", help="leave the rivals out")
    given = parser.parse_args()
    if given.once:
        measure_once(given.folder, given.once)
        return
    found: dict[str, float] = {}
    parts = {"names": partial(real_names, rivals=not given.ours), "cells": cells_to_register, "speed": speed}
    lines = [f"# Names: what was measured\n\nWritten by `benchmarks/identities.py`. {METHOD}\n"]
    for name, part in parts.items():
        if given.only in (None, name):
            for line in part(given.folder, found):
                print(line, flush=True)
                lines.append(line)
    for line in bars(found):
        print(line)
        lines.append(line)
    if "pairs under review" in found:
        lines.append(f"\nPairs under review for the real names: {found['pairs under review']:.0f}.")
        print(lines[-1])
    if given.output:
        given.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
