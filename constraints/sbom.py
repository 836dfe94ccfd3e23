"""Write the list of what is installed (SBOM, CycloneDX 1.6) from the lock: same lock, same bytes.

    python constraints/sbom.py [run|test|lab] > sbom.json

Licences are those that the installed packages state of themselves; a package of another system has none here.
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


def licence(name: str) -> str:
    """Return the licence that an installed package states: its expression, else its class, else its own words."""
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


if __name__ == "__main__":
    sys.stdout.write(sbom(sys.argv[1] if len(sys.argv) > 1 else "run"))
