"""Write the lock files again: ``python3 constraints/renew.py [--keep]``.

With ``--keep`` the versions that are there stay wherever they still fit; without it the newest are taken.

One resolution serves every Python and system that the project names, so that all who install it compute
with the same versions. It is then cut in four: ``run.txt`` is whole, ``test.txt``, ``lab.txt`` and
``spark.txt`` hold what comes on top of it. ``oldest.txt`` stands apart: the oldest of what we ask for, which
``try_versions.py`` tries. The resolver, uv, is installed into a folder of its own and thrown away.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

import try_versions

HERE = Path(__file__).resolve().parent
HEADING = "# Written by constraints/renew.py; the address of no registry belongs in here.\n"
EXTRAS = {
    "run": ["report"],
    "test": ["report", "test"],
    "lab": ["report", "lab"],
    "spark": ["report", "spark"],
}
BUILDS = ("--group", "build-spark")  # Spark comes as source: what builds it is pinned beside it


def main() -> None:
    """Resolve once, cut in three, write."""
    with tempfile.TemporaryDirectory() as folder:
        resolve = resolver(Path(folder))
        whole = Path(folder) / "whole.txt"
        extras = sorted({extra for group in EXTRAS.values() for extra in group})
        if "--keep" in sys.argv[1:]:  # what the file to be written holds is preferred
            files = [HERE / f"{group}.txt" for group in EXTRAS]
            kept = "".join(file.read_text(encoding="utf-8") for file in files if file.exists())
            whole.write_text(kept, encoding="utf-8")
        resolve(extras, *BUILDS, "--generate-hashes", "--output-file", str(whole))
        blocks = pins(whole.read_text(encoding="utf-8"))
        base: set[str] = set()
        for group, wanted in EXTRAS.items():
            more = BUILDS if group == "spark" else ()
            names = set(pins(resolve(wanted, *more, "--no-annotate", "--constraint", str(whole)))) - base
            text = HEADING + "".join(blocks[name] for name in sorted(names))
            (HERE / f"{group}.txt").write_text(text, encoding="utf-8", newline="\n")
            print(f"constraints/{group}.txt: {len(names)} packages")
            base = base or names
        oldest = Path(folder) / "oldest.txt"
        if "--keep" in sys.argv[1:] and (HERE / oldest.name).exists():
            oldest.write_bytes((HERE / oldest.name).read_bytes())
        tools = Path(folder) / "tools.in"
        tools.write_text("\n".join(try_versions.tools()), encoding="utf-8")
        lowest = ("--resolution", "lowest-direct", "--no-annotate", "--generate-hashes")
        resolve([*try_versions.EXTRAS], str(tools), *lowest, "--output-file", str(oldest))
        text = oldest.read_text(encoding="utf-8")  # whole: the oldest numpy is another one on a newer Python
        (HERE / oldest.name).write_text(HEADING + text, encoding="utf-8", newline="\n")
        print(f"constraints/oldest.txt: {len(pins(text))} packages")


def resolver(folder: Path) -> Callable[..., str]:
    """Install uv into `folder`; return the function that resolves some extras to the text of a lock."""
    venv.create(folder / "tool", with_pip=False)
    scripts = folder / "tool" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet", "uv"]
    subprocess.run(pip, check=True)
    # `fewest`: one version of a package for all Pythons, not the newest for each.
    # With extras: a pip of 2023 takes the newest of what another package asks for with an extra, and finds no hash.
    options = (
        "--quiet --no-header --universal --python-version 3.11 --fork-strategy fewest --group build "
        "--no-strip-extras"
    )
    command = [str(scripts / "uv"), "pip", "compile", "pyproject.toml", *options.split()]

    def resolve(extras: list[str], *more: str) -> str:
        wanted = [part for extra in extras for part in ("--extra", extra)]
        run = subprocess.run(
            [*command, *wanted, *more], cwd=HERE.parent, check=True, stdout=subprocess.PIPE, text=True
        )
        return run.stdout

    return resolve


def pins(lock: str) -> dict[str, str]:
    """Cut the text of a lock into its packages: name -> pin, hashes and who asked for it."""
    blocks = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)
    return {re.split(r"\[|==", block)[0]: block for block in blocks if "==" in block}


if __name__ == "__main__":
    main()
