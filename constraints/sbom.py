"""Write the list of what is installed (SBOM, CycloneDX 1.6) from the lock: same lock, same bytes.

    python constraints/sbom.py [run|test|lab|spark] > sbom.json
    python constraints/sbom.py licences      each package, its licence, and whether it goes with ours

Licences are those that the installed packages state of themselves; where one is silent, or is installed on another
system only, what a person read in its source stands below.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
PIN = re.compile(
    r"^([a-z0-9._-]+)(?:\[[a-z0-9,-]+\])?==([^ ;]+)"
    r"((?:[^\n]*\\\n)(?:    --hash=sha256:[0-9a-f]+(?: \\)?\n?)+)",
    re.MULTILINE,
)
HASH = re.compile(r"sha256:([0-9a-f]{64})")
LOCKS = ("run", "lab", "spark", "test")

# Licences without conditions on who calls a library, and weak ones that the appendix of EUPL-1.2 names, as packages
# write them. Another text is refused until a person has read it.
GOES_WITH = frozenset(
    """
0BSD; Apache 2.0; Apache License, Version 2.0; Apache Software License; Apache-2.0; BSD; BSD License; BSD-2-Clause;
BSD-3-Clause; 3-Clause BSD License; CC0-1.0; ISC; ISC License (ISCL); LGPL-2.1-only; MIT; MIT License; MIT-0; MIT-CMU;
MPL-2.0; Mozilla Public License 2.0 (MPL 2.0); OFL-1.1; PSF-2.0; Python Software Foundation License; Zlib
""".replace("\n", " ")
    .strip()
    .split("; ")
)
BY_HAND = {  # licence, and where it was read
    "appnope": ("BSD-2-Clause", "macOS only; LICENSE in the wheel"),
    "axe-playwright-python": (
        "MIT AND MPL-2.0",
        "LICENSE in the wheel; axe-core, which lies in it, is MPL-2.0",
    ),
    "colorama": ("BSD-3-Clause", "Windows only; LICENSE.txt in the wheel"),
    "py4j": ("BSD-3-Clause", "with Spark only; LICENSE.txt in the wheel"),
    "pymupdf-layout": (
        "none needed",
        "an empty package that pymupdf 2 asks for: no file but its own description",
    ),
    "pymupdf4llm": (
        "none needed",
        "an empty package that pymupdf 2 asks for: no file but its own description",
    ),
    "pyspark": ("Apache-2.0", "with Spark only; LICENSE beside it when installed"),
    "pywinpty": ("MIT", "Windows only; LICENSE.txt in the wheel"),
    "setuptools": (
        "MIT",
        "builds pyspark only; LICENSE in the wheel, where copies of others lie, one of them LGPL-3.0",
    ),
}
# Strong licences: nothing that we hand out calls these, they check our work on the machine of who develops.
TEST_ONLY = {
    "igraph": "GPL: a peer whose figures and reader are compared with ours",
    "pymupdf": "AGPL: comes with outloud, which reads our PDFs aloud in a test",
    "pymupdf-layout": "empty, comes with pymupdf",
    "pymupdf4llm": "empty, comes with pymupdf",
}


def licence(name: str) -> str:
    """Return the licence that an installed package states: its expression, else its class, else its own words.

    What was read by hand comes first; empty where nothing is known.
    """
    if name in BY_HAND:
        return BY_HAND[name][0]
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    if said["License-Expression"]:
        return said["License-Expression"]
    classes = [
        text.rsplit(" :: ", 1)[-1]
        for text in said.get_all("Classifier") or []
        if text.startswith("License :: ")
    ]
    return " AND ".join(classes) or (said["License"] or "").split("\n")[0][:80]


def unfit(lock: str) -> dict[str, str]:
    """Return the packages of a lock whose licence is unknown, or not one that goes with EUPL-1.2, and what they say.

    ``OR`` leaves a choice, ``AND`` none. Off Linux, what only another system installs is judged there.
    """
    text = (HERE / f"{lock}.txt").read_text("utf-8")
    found = {}
    for name, _, _ in packages(lock):
        stated = licence(name)
        elsewhere = sys.platform != "linux" and re.search(rf"^{re.escape(name)}==\S+ ;", text, re.MULTILINE)
        if (not stated and elsewhere) or (lock == "test" and name in TEST_ONLY):
            continue
        if not any(set(choice.split(" AND ")) <= GOES_WITH for choice in stated.split(" OR ")):
            found[name] = stated or "states no licence"
    return found


def packages(lock: str) -> list[tuple[str, str, list[str]]]:
    """Return name, version and hashes of each package of a lock, by name."""
    text = (HERE / f"{lock}.txt").read_text("utf-8")
    return sorted((name, version, sorted(HASH.findall(rest))) for name, version, rest in PIN.findall(text))


def sbom(lock: str) -> str:
    """Return the list as CycloneDX JSON, without a date and without a random number: it says what the lock says."""
    components = []
    for name, version, hashes in packages(lock):
        # a hash for each wheel of each system: they are references to files, not the hash of one
        part: dict[str, object] = {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "properties": [{"name": "wheel:sha256", "value": digest} for digest in hashes],
        }
        if stated := licence(name):
            part["licenses"] = [{"license": {"name": stated}}]
        components.append(part)
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "stakeholder-net"}},
        "components": components,
    }
    return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def licences() -> str:
    """Return each package of each lock with its licence, a line each."""
    lines = []
    for lock in LOCKS:
        wrong = unfit(lock)
        for name, version, _ in packages(lock):
            why = "UNFIT" if name in wrong else ""
            why = why or (TEST_ONLY.get(name, "") if lock == "test" else "") or BY_HAND.get(name, ("", ""))[1]
            lines.append("\t".join([lock, name, version, licence(name), why]).rstrip())
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    said = sys.argv[1] if len(sys.argv) > 1 else "run"
    sys.stdout.write(licences() if said == "licences" else sbom(said))
