"""Try the core with the oldest or the newest packages that pyproject.toml allows.

    python3 constraints/try_versions.py oldest [words for pytest]
    python3 constraints/try_versions.py newest [words for pytest]

The oldest are pinned with hashes in ``oldest.txt`` (written by ``renew.py``), for Python 3.11, the oldest that we name;
the newest are what pip finds today. They are installed into a folder of its own, which is thrown away.
Where no word names a test, the tests below are run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXTRAS = ("report", "contracts", "engines", "fast")
TOOLS = ("pytest", "hypothesis", "openpyxl", "igraph")
TESTS = (
    "tests/core",
    "tests/store",
    "tests/records/test_read.py",
    "tests/records/test_shapes.py",
    "tests/records/test_guard.py",
    "tests/records/test_dates.py",
    "tests/convert/test_convert.py",
    "tests/measures/test_measures.py",
    "tests/measures/test_undefined.py",
)
# What an old package warns of is mended in a newer one. What needs a browser or an office program is tried elsewhere.
WORDS = (
    "-q", "-p", "no:cacheprovider", "-W", "default::DeprecationWarning", "-W", "default::FutureWarning",
    "-m", "not browser and not office and not shared and not spark and not notebook",
)  # fmt: skip


def tools() -> list[str]:
    """Return what the tests need beside the core, with the bounds of pyproject.toml."""
    said = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    return [wanted for wanted in said["optional-dependencies"]["test"] if wanted.startswith(TOOLS)]


def main(words: list[str]) -> int:
    """Install, say what is there, run the tests; return the exit code of pytest."""
    if not words or words[0] not in {"oldest", "newest"}:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder, "Scripts" if sys.platform == "win32" else "bin", "python"))
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        if words[0] == "oldest":
            pinned = [
                "--require-hashes",
                "--no-deps",
                "--only-binary",
                ":all:",
                "-r",
                str(HERE / "oldest.txt"),
            ]
            subprocess.run([*install, *pinned], check=True)
            subprocess.run(
                [*install, "--no-deps", "--no-build-isolation", "-e", str(HERE.parent)], check=True
            )
        else:
            subprocess.run([*install, "-e", f"{HERE.parent}[{','.join(EXTRAS)}]", *tools()], check=True)
        subprocess.run([python, "-m", "pip", "list", "--disable-pip-version-check"], check=True)
        named = any((HERE.parent / word.partition("::")[0]).exists() for word in words[1:])
        tests = words[1:] if named else [*words[1:], *TESTS]
        done = subprocess.run([python, "-m", "pytest", *WORDS, *tests], cwd=HERE.parent, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
