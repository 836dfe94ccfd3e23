"""Measure the library against its peers, and its stages over sizes; write the table.

    python benchmarks/run.py all                     peers, stages and growth into benchmarks/RESULTS.md (extra: bench)
    python benchmarks/run.py peers --only "harmonic, steps" --rounds 3

Every measurement is a process of its own; the two sides take turns; the clock starts when what they need is made.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
PATIENCE = 30.0
ROUNDS = 5
BUDGET = 25.0
"""Seconds after which a job gets no further round, so that the whole table takes less than half an hour."""
LINEAR = 1.2
HEAD = (
    "# What was measured\n\nWritten by `python benchmarks/run.py all`. Seconds are the median of the rounds, each "
    "in a process of its own, the sides taking turns; a slow job gets fewer rounds, as the last column says. "
    "Memory is what the job added at its peak. Both sides start from what they make themselves of the same seeded "
    "territory (S: 150 actors, M: 5,000, L: 120,000).\n"
)


def memory(field: str) -> float:
    """Return gigabytes of this process."""
    return int(re.search(rf"{field}:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))[1]) / 1e6


def measure(name: str, side: str, out: Path) -> dict[str, float]:
    """Run one side of one job here."""
    from _jobs import JOBS  # noqa: PLC0415 - heavy, and the parent needs none of it

    work = JOBS[name].side(side)
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # forgets the peak of what was made before
    before, wall, busy = memory("VmRSS"), time.perf_counter(), time.process_time()
    values = work()
    spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - busy}
    np.save(out, values)
    return spent | {"gb": max(memory("VmHWM") - before, 0.0)}


def child(args: list[str], patience: float) -> dict[str, Any]:
    """Return what a process of its own says; why, when it says nothing."""
    command = [sys.executable, str(HERE / "run.py"), *args]
    begun = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return {"wall": patience, "cpu": float("nan"), "gb": float("nan"), "late": True}
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        return {"failed": re.sub(r"\S*/\S*", "...", last)[:120], "wall": time.perf_counter() - begun}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def cell(runs: list[dict[str, Any]]) -> tuple[str, float]:
    """Return the words for one side and its median."""
    if "failed" in runs[0]:
        return f"not measured: {runs[0]['failed']}", float("nan")
    if runs[0].get("late"):
        return f"> {runs[0]['wall']:.0f} s, stopped", runs[0]["wall"]
    wall, cpu, gb = (statistics.median(run[key] for run in runs) for key in ("wall", "cpu", "gb"))
    return f"{wall:.3f} s, CPU {cpu:.2f} s, {gb * 1000:.0f} MB", wall


def alike(files: dict[str, Path]) -> str:
    """Return whether the sides found the same."""
    arrays = [np.load(path) for path in files.values() if path.is_file()]
    if len(arrays) < 2:  # noqa: PLR2004
        return ""
    first, *others = arrays
    same = all(
        first.shape == one.shape and np.allclose(first, one, rtol=1e-6, atol=1e-9, equal_nan=True)
        for one in others
    )
    return "same" if same else "DIFFERENT"


def peers(only: list[str], rounds: int) -> Iterator[str]:
    """Measure the jobs, the sides in turn."""
    from _jobs import JOBS  # noqa: PLC0415

    yield "## Against peers\n"
    yield "| job | size | ours | peer | times faster | wanted | values | rounds |\n|---|---|---|---|---|---|---|---|"
    for name, job in JOBS.items():
        if only and name not in only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            files = {side: Path(folder) / f"{side}.npy" for side in ("ours", *job.peers)}
            runs: dict[str, list[dict[str, Any]]] = {side: [] for side in files}
            begun = time.perf_counter()
            for _ in range(rounds):
                if time.perf_counter() - begun > BUDGET:
                    break
                for side, found in runs.items():
                    # who is late or fails once is not asked again
                    if not found or not ({"late", "failed"} & found[0].keys()):
                        found.append(
                            child(["--job", name, "--side", side, "--to", str(files[side])], PATIENCE)
                        )
            said, mine = cell(runs["ours"])
            for peer in job.peers:
                theirs, seconds = cell(runs[peer])
                times = "" if np.isnan(seconds / mine) else f"{seconds / mine:.1f}"
                mark = "" if not times else " (reached)" if seconds / mine >= job.wanted else " (NOT reached)"
                same = alike(files) if job.same else "kind differs"
                count = "/".join(str(len(runs[side])) for side in ("ours", peer))
                yield (
                    f"| {name} | {job.size} | {said} | {peer}: {theirs} | {times} | {job.wanted:g}{mark} "
                    f"| {same} | {count} |"
                )


def once(stage_size: str) -> dict[str, Any]:
    """Run the stages of one size here and return seconds and gigabytes of each."""
    from _stages import run_stages  # noqa: PLC0415

    return {"stages": run_stages(stage_size), "gb": memory("VmHWM")}


def stages() -> Iterator[str]:
    """Measure one whole run a size."""
    yield "\n## One whole run, stage by stage\n\n| size | stage | seconds |\n|---|---|---|"
    for size, limit in (("S", 10), ("M", 120), ("L", 300)):
        found = child(["--stages", size], 180.0)
        if "stages" not in found:
            yield f"| {size} | {found.get('failed', 'stopped after 180 s')} | |"
            continue
        for stage, seconds in found["stages"].items():
            yield f"| {size} | {stage} | {seconds:.2f} |"
        total = sum(found["stages"].values())
        yield (
            f"| {size} | **all**, limit {limit} s: {'holds' if total < limit else 'FAILS'}, "
            f"peak {found['gb']:.2f} GB | {total:.1f} |"
        )


def growth() -> Iterator[str]:
    """Measure the stages over five sizes and fit the exponent of each."""
    from territory import GROWTH  # noqa: PLC0415

    found = [child(["--stages", str(n)], 60.0) for n in range(len(GROWTH))]
    kept = [(size, one) for size, one in zip(GROWTH, found, strict=True) if "stages" in one]
    seats = [size.seats for size, _ in kept]
    yield "\n## Growth over five sizes\n\nSeconds against attendances; the exponent is fitted to the three largest.\n"
    yield f"| stage | {' | '.join(f'{n:,}' for n in seats)} | exponent | |\n|---|{'---|' * (len(seats) + 2)}"
    rows = {
        name: [one["stages"].get(name, float("nan")) for _, one in kept] for name in kept[-1][1]["stages"]
    }
    for name, values in (rows | {"peak memory, GB": [one["gb"] for _, one in kept]}).items():
        slope = float(np.polyfit(np.log(seats[-3:]), np.log(np.maximum(values[-3:], 1e-4)), 1)[0])
        told = " | ".join(f"{value:.2f}" for value in values)
        yield f"| {name} | {told} | {slope:.2f} | {'linear' if slope <= LINEAR else 'more than linear'} |"


def picture(lines: list[str], path: Path) -> None:
    """Draw how many times faster each job is, beside what was wanted."""
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    rows = [re.split(r"\s*\|\s*", line)[1:] for line in lines if re.search(r"reached\) \|", line)]
    if not rows:
        return
    names = [f"{row[0]} ({row[3].split(':')[0]})" for row in rows]
    got, wanted = [float(row[4]) for row in rows], [float(row[5].split()[0]) for row in rows]
    figure, axes = plt.subplots(figsize=(9, 0.4 * len(rows) + 1.2), layout="constrained")
    axes.barh(names, got, color="#2b6ca3", label="measured")
    axes.plot(wanted, names, "k|", markersize=14, label="wanted")
    axes.set_xscale("log")
    axes.axvline(1, color="grey", linewidth=0.8)
    axes.set_xlabel("times faster than the peer")
    axes.invert_yaxis()
    axes.legend(loc="lower right")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    """Run what is asked for, show it and write it down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", nargs="?", choices=("all", "peers", "stages", "growth"), default="all")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--output", type=Path, help="default with all: RESULTS.md beside this file")
    for hidden in ("--job", "--side", "--to", "--stages"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.job:
        print(json.dumps(measure(given.job, given.side, Path(given.to))))
        return
    if given.stages:
        print(json.dumps(once(given.stages)))
        return
    parts = {"peers": lambda: peers(given.only, given.rounds), "stages": stages, "growth": growth}
    lines = [HEAD + f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when it began.\n"]
    for name, part in parts.items():
        if given.part in (name, "all"):
            for line in part():
                print(line, flush=True)
                lines.append(line)
    output = given.output or (HERE / "RESULTS.md" if given.part == "all" else None)
    if output:
        picture("\n".join(lines).splitlines(), output.with_suffix(".svg"))
        lines.append(f"\n![Times faster]({output.with_suffix('.svg').name})")
        output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
