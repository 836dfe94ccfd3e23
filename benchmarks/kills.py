"""Kill a run (SIGKILL) at every moment at which it touches the disk, and look at what is left.

    python -m benchmarks.kills --output benchmarks/RESULTS-trust.md

A project with a former run is walked through again with other records, in a process of its own that is killed before
its n-th call of fsync, rename or unlink. Afterwards every output must be the former or the new one, whole;
the processed network must be readable; and the next run must say that the former was stopped, and at which step.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.mutants import replace_between

from stakeholder_net.projects import Project, open_project
from stakeholder_net.records.template import new_project
from stakeholder_net.store import read_network

Work = Callable[..., tuple[bool, int]]
BEGIN, END = "<!-- kills -->", "<!-- /kills -->"
WATCHED = ("fsync", "replace", "unlink")


def small_project(folder: Path) -> Project:
    """Make a project of a few rows, which changes with :func:`changed`."""
    new_project(folder, language="it")
    (folder / "data" / "raw" / "presenze.csv").write_text(
        "Ente;Incontro;Data\nAvis di Offida;E1;2021-09-03\n", "utf-8"
    )
    (folder / "stakeholder.toml").write_text(
        'title = "Prova"\n[[files]]\npath = "data/raw/presenze.csv"\ntable = "attendance"\n', "utf-8"
    )
    changed(folder, 4)
    return open_project(folder)


def changed(folder: Path, count: int) -> None:
    """Write records of some bodies."""
    names = [
        "Avis di Offida",
        "Comune di Folignano",
        "Croce Verde di Ascoli",
        "Caritas diocesana",
        "Auser Piceno",
    ]
    rows = [f"{name};E{n};2021-09-0{n}" for name in names[:count] for n in (1, 2)]
    (folder / "data" / "raw" / "presenze.csv").write_text(
        "\n".join(["Ente;Incontro;Data", *rows, ""]), "utf-8"
    )


def outputs(folder: Path) -> dict[str, str]:
    """Digest of each file that a run writes; what is half-written and hidden is no output."""
    found = {}
    for base in (folder / "data" / "processed", folder / "output", folder / "data"):
        for path in sorted(base.glob("*")):
            if path.is_file() and not path.name.startswith("."):
                found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def watch(kill_at: int) -> Callable[[], int]:
    """Be killed before the n-th touch of the disk; return what tells how many there were."""
    count = 0
    for name in WATCHED:
        plain = getattr(os, name)

        def watched(*args: Any, plain: Any = plain, **named: Any) -> Any:  # noqa: ANN401
            nonlocal count
            count += 1
            if count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return plain(*args, **named)

        setattr(os, name, watched)
    return lambda: count


def keep(folder: Path, *, kill_at: int) -> tuple[bool, int]:
    """Read, build and write the network in a forked process; whether it was killed, and touches of the disk."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            count, project = watch(kill_at), open_project(folder)
            with project.alone() as here:
                here.at("build")
                records = project.read()
                project.keep(project.build(records), records)
            os.write(writing, str(count()).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as stream:
        told = stream.read()
    return os.WIFSIGNALED(status), int(told or 0)


def walk(folder: Path, *, kill_at: int) -> tuple[bool, int]:
    """Do the whole run in a new process: what draws and prints has threads, and does not survive a fork."""
    words = [sys.executable, "-m", "benchmarks.kills", "--walk", str(folder), "--at", str(kill_at)]
    run = subprocess.run(words, check=False, timeout=300, capture_output=True, text=True)  # noqa: S603
    return run.returncode == -signal.SIGKILL, int(run.stdout.split()[-1]) if run.stdout.strip() else 0


def after_kill(former: Path, new: dict[str, str], work: Work, kill_at: int) -> tuple[str, str]:
    """Kill one run on a copy of the former state; return the step it was at, and what is wrong ('' if nothing)."""
    old = outputs(former)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "progetto"
        shutil.copytree(former, folder)
        changed(folder, 5)
        project = open_project(folder)
        killed, _ = work(folder, kill_at=kill_at)
        if not killed:
            return "", "it was not killed"
        left = outputs(folder)
        step = (project.processed / ".run").read_text("utf-8").strip() or "?"
        for name, digest in left.items():
            if digest not in {old.get(name), new.get(name)}:
                return step, f"{name} is neither the former nor the new one"
        if gone := set(old) - set(left):
            return step, f"gone: {sorted(gone)}"
        read_network(project.processed)  # raises where the files do not belong together
        with project.alone() as here:
            if not here.stopped_at:
                return step, "the next start says nothing"
        if hidden := [p.name for p in project.processed.glob(".*") if p.name != ".run"]:
            return step, f"left over: {hidden}"
        return step, ""


def prepared(folder: Path, work: Work) -> tuple[dict[str, str], int]:
    """Make the former state in ``folder``; return what the new run would write and how often it touches the disk."""
    small_project(folder)
    work(folder, kill_at=0)
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "progetto"
        shutil.copytree(folder, copy)
        changed(copy, 5)
        _, touches = work(copy, kill_at=0)
        return outputs(copy), touches


def main() -> None:
    """Kill at every touch and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path)
    parser.add_argument("--walk", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--at", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.walk:
        count = watch(asked.at)
        for _ in open_project(asked.walk).run():
            pass
        print(count())
        return
    found: list[tuple[str, str]] = []
    for work, first in ((keep, 1), (walk, 0)):
        with tempfile.TemporaryDirectory() as place:
            former = Path(place) / "progetto"
            new, touches = prepared(former, work)
            # the whole walk writes the network as `keep` does, and then map and reports, two touches each
            numbers = range(first or max(1, touches - 12), touches + 1)
            found += [after_kill(former, new, work, number) for number in numbers]
    kills, wrong = Counter(step for step, _ in found), [(step, why) for step, why in found if why]
    lines = [
        "| killed in step | kills | former or new outputs whole, network readable, next start says so |",
        "|---|---|---|",
    ]
    lines += [f"| {step} | {n} | {n - sum(s == step for s, _ in wrong)} |" for step, n in kills.items()]
    lines.append(f"| **all** | {len(found)} | {len(found) - len(wrong)} |")
    print("\n".join([*lines, *map(str, wrong)]))
    if asked.output:
        replace_between(asked.output, BEGIN, END, "\n".join(lines))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
