"""Measure the library against its peers, and its stages over sizes; write the table.

    python benchmarks/run.py all                     peers, stages and growth into benchmarks/RESULTS.md (extra: bench)
    python benchmarks/run.py peers --only "harmonic, steps" --rounds 3

Every measurement is a process of its own; the two sides take turns; the clock starts when what they need is made.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import signal
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
sys.path.insert(0, str(HERE))  # for python -m benchmarks.run, which looks beside the folder
MAKING = 120.0
"""Seconds that the making of what a side needs may take; how long its work may, the job says."""
ROUNDS = 5
BUDGET, ALL = 25.0, 420.0
"""Seconds after which a job, and all jobs, get no further round, so that the table takes about a quarter of an hour."""
LINEAR = 1.2
WHOLE = {"S": (10, 60.0), "M": (120, 200.0), "L": (300, 330.0)}
"""Seconds that a whole run may take, and after how many it is stopped, the making of its sheets with it."""
GROWTH_SECONDS = 120.0
BRIEF = 0.05
FITTED = 3
NEAR = 1e-6
"""Share by which values may differ and still be called the same without a word."""
MARK = 7
"""Column of what was wanted in the table of peers."""
VERDICTS = {
    "(reached)": ("#2b6ca3", "reached"),
    "NOT reached": ("#d9822b", "not reached"),
    "not shown": ("#9fb8cc", "peer stopped before it could be shown"),
}
"""In the column of what was wanted; colour and words of each in the picture."""
HEAD = (
    "# What was measured\n\nWritten by `python benchmarks/run.py all`. Seconds are the median of the rounds, each "
    "in a process of its own, the sides taking turns; a slow job gets fewer rounds, as the last column says. "
    "A peer that has not ended after 30 s, or after the time that is written, is stopped, and the ratio is then more "
    "than what is written; 'not shown' means that it was stopped before it could tell (a smaller job beside it shows "
    "that both find the same). CPU is of all threads and of processes that were waited for. Memory is what the job "
    "added at its peak. Both sides start from what they make themselves of the same seeded territory "
    "(S: 150 actors, P: 800, M: 5,000, L: 120,000).\n"
)


def memory(field: str) -> float:
    """Return gigabytes of this process."""
    return int(re.search(rf"{field}:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))[1]) / 1e6


def measure(name: str, side: str, out: Path) -> dict[str, float]:
    """Run one side of one job here."""
    from _jobs import JOBS  # noqa: PLC0415 - heavy, and the parent needs none of it

    work = JOBS[name].side(side)
    signal.alarm(JOBS[name].patience)  # ends the process, whatever it is in
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # forgets the peak of what was made before
    before, wall, busy = memory("VmRSS"), time.perf_counter(), seconds_busy()
    found = work()
    spent = {"wall": time.perf_counter() - wall, "cpu": seconds_busy() - busy}
    spent["gb"] = max(memory("VmHWM") - before, 0.0)
    signal.alarm(0)
    np.save(out, found() if callable(found) else found)
    return spent


def seconds_busy() -> float:
    """Return the CPU time of this process and of those that it waited for."""
    return sum(os.times()[:4])


def ran(args: list[str], patience: float) -> tuple[int | None, str, str]:
    """Return how a process of its own ended, None when it was stopped, and what it said on either way."""
    command = [sys.executable, str(HERE / "run.py"), *args]
    # as where people work: what is imported is compiled once
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # files, not pipes, and a group of its own: what a stopped peer has started would hold the pipes and work on
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as told:
        at_work = subprocess.Popen(  # noqa: S603
            command, stdout=said, stderr=told, env=around, start_new_session=True
        )
        try:
            code: int | None = at_work.wait(patience)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(at_work.pid, signal.SIGKILL)
            at_work.wait()
        said.seek(0)
        told.seek(0)
        return code, said.read(), told.read()


def child(args: list[str], patience: int) -> dict[str, Any]:
    """Return what a process of its own says, whose work may take so many seconds; why, when it says nothing."""
    begun = time.perf_counter()
    code, stdout, stderr = ran(args, patience + MAKING)
    if code is None:
        return {"failed": f"not ready after {patience + MAKING:.0f} s", "wall": time.perf_counter() - begun}
    if code == -signal.SIGALRM:
        return {"wall": patience, "cpu": patience, "gb": float("nan"), "late": True}
    if code:
        last = (stderr.strip().splitlines() or ["no word"])[-1]
        return {"failed": re.sub(r"\S*/\S*", "...", last)[:120], "wall": time.perf_counter() - begun}
    found: dict[str, Any] = json.loads(stdout.splitlines()[-1])
    return found


def cell(runs: list[dict[str, Any]]) -> tuple[str, dict[str, float]]:
    """Return the words for one side and its medians; a failed side has none."""
    nothing = dict.fromkeys(("wall", "cpu", "gb"), float("nan"))
    done = [run for run in runs if "failed" not in run]
    if not done:
        return f"not measured: {runs[0]['failed'] if runs else 'no time left'}", nothing
    if any(run.get("late") for run in done):
        patience = done[0]["wall"]
        return f"> {patience:.0f} s, stopped", nothing | {"wall": patience, "late": 1.0}
    middle = {key: statistics.median(run[key] for run in done) for key in nothing}
    return f"{middle['wall']:.3f} s, CPU {middle['cpu']:.2f} s, {middle['gb'] * 1000:.0f} MB", middle


def times(mine: dict[str, float], theirs: dict[str, float], what: str) -> str:
    """Return how many times more the peer takes."""
    ratio = theirs[what] / max(mine[what], 1e-9) if "late" not in mine else float("nan")
    return "" if np.isnan(ratio) else f"{'> ' if 'late' in theirs else ''}{ratio:.1f}"


def mark(ratio: str, wanted: float) -> str:
    """Return what was wanted and whether it is there."""
    if not wanted:
        return "-"
    if not ratio:
        return f"{wanted:g}"
    there = float(ratio.removeprefix("> ")) >= wanted
    # a peer that was stopped may have needed any time
    return f"{wanted:g} ({'reached' if there else 'not shown' if ratio[0] == '>' else 'NOT reached'})"


def alike(mine: Path, theirs: Path, near: float) -> str:
    """Return whether two sides found the same, and how near where that is not as near as elsewhere."""
    if not (mine.is_file() and theirs.is_file()):
        return "not known"
    first, other = np.load(mine), np.load(theirs)
    same = first.shape == other.shape and np.allclose(first, other, rtol=near, atol=1e-9, equal_nan=True)
    return ("same" if near == NEAR else f"same to {near:g}") if same else "DIFFERENT"


def peers(only: list[str], rounds: int) -> Iterator[str]:
    """Measure the jobs, the sides in turn."""
    from _jobs import JOBS  # noqa: PLC0415

    yield "## Against peers\n"
    yield (
        "| job | size | ours | peer | times faster | CPU | memory | wanted | values | rounds |\n"
        "|---|---|---|---|---|---|---|---|---|---|"
    )
    ended = time.perf_counter() + ALL
    for name, job in JOBS.items():
        if only and name not in only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            files = {side: Path(folder) / f"{side}.npy" for side in ("ours", *job.peers)}
            runs: dict[str, list[dict[str, Any]]] = {side: [] for side in files}
            begun = time.perf_counter()
            for _ in range(rounds):
                if time.perf_counter() > min(begun + BUDGET, ended) and runs["ours"]:
                    break
                for side, found in runs.items():
                    # who is late or fails once is not asked again
                    if not found or not ({"late", "failed"} & found[0].keys()):
                        asked = ["--job", name, "--side", side, "--to", str(files[side])]
                        found.append(child(asked, job.patience))
            said, mine = cell(runs["ours"])
            for peer in job.peers:
                told, theirs = cell(runs[peer])
                ratios = {what: times(mine, theirs, what) for what in ("wall", "cpu", "gb")}
                less = (
                    f"{ratios['gb']} (wanted {mark(ratios['gb'], job.memory)})"
                    if job.memory
                    else ratios["gb"]
                )
                same = (
                    f"differ: {job.differs}" if job.differs else alike(files["ours"], files[peer], job.near)
                )
                count = "/".join(str(len(runs[side])) for side in ("ours", peer))
                yield (
                    f"| {name} | {job.size} | {said} | {peer}: {told} | {ratios['wall']} | {ratios['cpu']} "
                    f"| {less} | {mark(ratios['wall'], job.wanted)} | {same} | {count} |"
                )


def once(stage_size: str, *, profile: bool) -> None:
    """Run the stages of one size here and print a line a stage."""
    from _stages import run_stages  # noqa: PLC0415

    run_stages(stage_size, lambda row: print(json.dumps(row), flush=True), profile=profile)


def staged(size: str, patience: float, *, profile: bool = False) -> tuple[list[dict[str, Any]], str]:
    """Return the rows that a process of its own told about its stages, and why it told no more."""
    code, said, told = ran(["--stages", size, *(["--profile"] if profile else [])], patience)
    why = "" if code == 0 else f"stopped after {patience:.0f} s"
    if code:
        why = re.sub(r"\S*/\S*", "...", (told.strip().splitlines() or ["no word"])[-1])[:120]
    rows = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    if why and rows and "begins" in rows[-1]:
        why += f", at work on: {rows[-1]['begins']}"
    return rows, why


def stages(*, profile: bool = False) -> Iterator[str]:
    """Measure one whole run a size."""
    yield "\n## One whole run, stage by stage\n"
    yield (
        "S and M: the whole of `stakeholder-net run`, map and report made. L: what scales. CPU is that of the process; "
        "where stages share their work among processes, those are not in it. Memory is the most held up to then.\n"
    )
    yield "| size | stage | seconds | CPU | peak GB |\n|---|---|---|---|---|"
    for size, (limit, most) in WHOLE.items():
        rows, why = staged(size, most, profile=profile)
        timed = [row for row in rows if "stage" in row]
        for row in timed:
            yield f"| {size} | {row['stage']} | {row['wall']:.2f} | {row['cpu']:.2f} | {row['gb']:.2f} |"
        total, busy = sum(row["wall"] for row in timed), sum(row["cpu"] for row in timed)
        peak = max((row["gb"] for row in timed), default=0.0)
        verdict = f"NOT finished: {why}" if why else "holds" if total < limit else "FAILS"
        yield f"| {size} | **all**, limit {limit} s: {verdict} | {total:.1f} | {busy:.1f} | {peak:.2f} |"
        for row in rows:
            if "function" in row:
                yield f"| {size} | of it `{row['function']}` | {row['seconds']:.2f} | own {row['own']:.2f} | |"


def growth() -> Iterator[str]:
    """Measure the stages over five sizes and fit the exponent of each."""
    from territory import GROWTH  # noqa: PLC0415

    yield "\n## Growth over five sizes\n"
    yield "CPU seconds against attendances; the exponent is fitted to the three largest.\n"
    found, ended = [], time.perf_counter() + GROWTH_SECONDS
    for number, size in enumerate(GROWTH):
        rows, why = staged(str(number), max(ended - time.perf_counter(), 1.0))
        if why:
            yield f"Not measured with {size.seats:,} attendances: {why}.\n"
            continue
        timed = [row for row in rows if "stage" in row]
        found.append((size.seats, {row["stage"]: row["cpu"] for row in timed}, timed[-1]["gb"]))
    if len(found) < FITTED:
        return
    seats = [one[0] for one in found]
    yield f"| stage | {' | '.join(f'{n:,}' for n in seats)} | exponent | |\n|---|{'---|' * (len(seats) + 2)}"
    rows_of = {name: [one[1][name] for one in found] for name in found[-1][1]}
    for name, values in (rows_of | {"peak memory, GB": [one[2] for one in found]}).items():
        slope = float(np.polyfit(np.log(seats[-3:]), np.log(np.maximum(values[-3:], 1e-3)), 1)[0])
        told = " | ".join(f"{value:.2f}" for value in values)
        brief = values[-1] < BRIEF
        verdict = "too brief to tell" if brief else "linear" if slope <= LINEAR else "MORE than linear"
        yield f"| {name} | {told} | {slope:.2f} | {verdict} |"


def picture(lines: list[str], path: Path) -> None:
    """Draw how many times faster each job is, beside what was wanted."""
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    cells = [re.split(r"\s*\|\s*", line)[1:] for line in lines if line.startswith("| ")]
    rows = [row for row in cells if len(row) > MARK and re.match(r"\d+ \(", row[MARK]) and row[4]]
    if not rows:
        return
    names = [
        f"{row[0]} ({row[3].split(':')[0]}{', stopped' if row[4][0] == '>' else ''}): {row[4]}"
        for row in rows
    ]
    verdicts = [next(verdict for verdict in VERDICTS if verdict in row[MARK]) for row in rows]
    got, wanted = (
        [float(row[4].removeprefix("> ")) for row in rows],
        [float(row[MARK].split()[0]) for row in rows],
    )
    figure, axes = plt.subplots(figsize=(9, 0.4 * len(rows) + 1.6), layout="constrained")
    axes.barh(names, got, color=[VERDICTS[verdict][0] for verdict in verdicts])
    axes.plot(wanted, names, "k|", markersize=16, markeredgewidth=2, label="wanted")
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.margins(y=0.01)
    axes.axvline(1, color="grey", linewidth=0.8)
    axes.set_xlabel("times faster than the peer")
    axes.invert_yaxis()
    keys = [Patch(color=colour, label=said) for colour, said in VERDICTS.values()]
    keys += axes.get_legend_handles_labels()[0]
    figure.legend(handles=keys, loc="outside upper right", ncols=len(keys), frameon=False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    """Run what is asked for, show it and write it down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", nargs="?", choices=("all", "peers", "stages", "growth"), default="all")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--profile", action="store_true", help="stages: which functions take the time (slower)"
    )
    parser.add_argument("--output", type=Path, help="default with all: RESULTS.md beside this file")
    for hidden in ("--job", "--side", "--to", "--stages"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.job:
        print(json.dumps(measure(given.job, given.side, Path(given.to))))
        return
    if given.stages:
        once(given.stages, profile=given.profile)
        return
    parts = {
        "peers": lambda: peers(given.only, given.rounds),
        "stages": lambda: stages(profile=given.profile),
        "growth": growth,
    }
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
