"""The Java under Spark: where it is, and whether it is new enough."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from stakeholder_net.errors import StakeholderNetError

__all__ = ["JAVA_HINT", "check_java", "find_java"]

OLDEST: Final = 17
JAVA_HINT: Final = (
    "Debian and Ubuntu: sudo apt install openjdk-17-jre-headless; elsewhere install a Java 17 and set JAVA_HOME. "
    "engine='embedded' needs no Java."
)


def find_java(home: str | None) -> str:
    """Return the Java that Spark would start, or say what to do.

    Parameters
    ----------
    home : str or None
        What the variable JAVA_HOME says.
    """
    found = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    if found is None:
        where = f"JAVA_HOME={home} holds no bin/java" if home else "there is none on this machine's path"
        raise StakeholderNetError(f"Apache Spark runs on Java 17 or newer, and {where}.", JAVA_HINT)
    return found


def check_java(java: str) -> None:
    """Refuse a Java that is too old: Spark would say so in a page of Java."""
    try:
        run = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StakeholderNetError(f"{java} does not start ({error}).", JAVA_HINT) from error
    found = re.search(r'version "(?:1\.)?(\d+)', run.stderr + run.stdout)
    if found is None or int(found[1]) < OLDEST:
        version = f"is Java {found[1]}" if found else "does not say which Java it is"
        raise StakeholderNetError(f"Apache Spark runs on Java 17 or newer; {java} {version}.", JAVA_HINT)
