"""Equal input gives equal bytes: whatever the machine's clock, folder, language and seed of hashes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import hashlib, json, sys
from tests.report.example import whole
report = whole(*sys.argv[1:])
kinds = (".docx", ".pdf", ".xlsx", ".html", ".json")
print(json.dumps({kind: hashlib.sha256(report.to_bytes(kind)).hexdigest() for kind in kinds}))
"""


def hashes(language: str, edition: str, folder: Path, **variables: str) -> dict[str, str]:
    """Return the hash of each file of a report that is made in another process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    words = [sys.executable, "-c", SCRIPT, language, edition]
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=folder, env=environment)  # noqa: S603
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("language", "edition"), [("it", "internal"), ("en", "public")])
def test_equal_input_gives_equal_bytes_elsewhere(language, edition, tmp_path) -> None:
    here = hashes(language, edition, ROOT, PYTHONHASHSEED="1", TZ="Europe/Rome", LC_ALL="C.UTF-8")
    there = hashes(language, edition, tmp_path, PYTHONHASHSEED="77", TZ="Pacific/Auckland", LC_ALL="C")
    assert here == there
