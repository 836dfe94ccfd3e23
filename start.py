"""Set up stakeholder_net and do one thing with it; only Python with pip is needed.

python3 start.py              install, then run the whole job on the records of this folder: map and report
python3 start.py test [...]   install what the tests need, then pass every gate; more words go to pytest
python3 start.py lab [...]    install JupyterLab, then open the notebooks

What is installed stays in the folder .venv beside this file; a second start takes a second.
Set STAKEHOLDER_NET_VENV to another folder to keep several installations apart.
"""

import sys

# This block alone must be read by an old Python: nothing newer than Python 3.6 may stand in this file's grammar.
OLDEST, NEWEST = (3, 11), (3, 14)
if not OLDEST <= sys.version_info[:2] <= NEWEST:
    sys.exit(
        "stakeholder_net needs Python 3.11, 3.12, 3.13 or 3.14; this is Python %d.%d.\n"
        "Install one of them, or name it if it is there already:  python3.12 start.py" % sys.version_info[:2]
    )

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import time
from pathlib import Path

try:
    import venv
except ImportError:
    sys.exit("This Python cannot make environments. On Debian and Ubuntu:  sudo apt install python3-venv")

ROOT = Path(__file__).resolve().parent
# Started with the Python of an environment, which may have no pip, it takes the Python behind it.
OUTSIDE = getattr(sys, "_base_executable", sys.executable)
LOCKS = {"run": ["run"], "test": ["run", "lab", "test"], "lab": ["run", "lab"]}
GATES = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import contract": [
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
        "--no-logo",
    ],
    "pytest": ["-m", "pytest", "-n", "auto"],
}
PIP_WITH_PYTHON_OPTION = (22, 3)  # the first pip that installs into another environment
LAST_LINES = 15
HINTS = {  # the first that fits is shown
    "CERTIFICATE_VERIFY_FAILED|SSLError": (
        "A certificate was not accepted, as often happens behind a proxy that looks into traffic: ask your office for\n"
        "its certificate file and set PIP_CERT=/path/to/it.pem."
    ),
    "Proxy|NewConnection|ConnectionError|ConnectionRefused|ConnectTimeout|ReadTimeout|name resolution|Max retries|"
    "Network is unreachable|No route to host": (
        "The package index cannot be reached. Are you online? Behind a proxy, set HTTPS_PROXY=http://host:port first;\n"
        "with an index or a folder of wheels of your own organisation, set PIP_INDEX_URL or PIP_FIND_LINKS."
    ),
    "DO NOT MATCH THE HASHES": (
        "A downloaded package is not the one that this project has tested, and was refused. Try again from another\n"
        "network; if it stays so, report it: do not install it by hand."
    ),
    "No matching distribution|from versions: none": (
        "No ready-made package for this system and Python was found. Expected is a 64-bit Python 3.11 to 3.14 on\n"
        "Windows, macOS or Linux; if that is what you have, the index could perhaps not be reached: are you online?"
    ),
    "No space left|Errno 28": "The disk is full: about 700 MB are needed.",
}


class SetupError(Exception):
    """Something that the person at the terminal has to mend; its text says what."""


def main(words: list[str]) -> int:
    """Do what the first word says and return the exit code."""
    deed, rest = (words[0], words[1:]) if words else ("run", [])
    if deed in {"-h", "--help", "help"}:
        print(__doc__.strip())
        return 0
    if deed not in LOCKS:
        print(f"There is no '{deed}' here.\n\n{__doc__.strip()}", file=sys.stderr)
        return 2
    try:
        python = install(deed)
    except SetupError as error:
        print(f"\nNot set up. {error}", file=sys.stderr)
        return 1
    if deed == "test":
        return pass_gates(python, rest)
    if deed == "lab":
        return call(python, ["-m", "jupyterlab", "--notebook-dir", str(ROOT / "notebooks"), *rest])
    return call(python, ["-m", "stakeholder_net", "run", *rest])


def install(group: str) -> Path:
    """Have the packages of `group` and the project itself in the environment; return its Python."""
    home = Path(os.environ.get("STAKEHOLDER_NET_VENV") or ROOT / ".venv").resolve()
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = home / "stakeholder-net.json"
    prepare(home, python, stamp)
    done = json.loads(stamp.read_text(encoding="utf-8"))
    if done.get(group) == fingerprint(group):
        return python
    locks = lock_files(group)
    pip = find_pip(python)
    print(f"Installing into {home}")
    log = home / "install.log"
    log.write_text("", encoding="utf-8")
    count = sum(
        len(re.findall(r"^[a-z0-9][^ ]*==", lock.read_text(encoding="utf-8"), re.MULTILINE)) for lock in locks
    )
    pinned = [part for lock in locks for part in ("--requirement", str(lock))]
    pip_install(pip, ["--require-hashes", "--only-binary", ":all:", *pinned], log, count)
    # hatchling is among the pinned packages: nothing unpinned is fetched to build the project.
    pip_install(pip, ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)], log, 1)
    done.update({name: fingerprint(name) for name in LOCKS if set(LOCKS[name]) <= set(LOCKS[group])})
    stamp.write_text(json.dumps(done), encoding="utf-8")
    return python


def lock_files(group: str) -> list[Path]:
    """Give the lock files that an installation of `group` takes its packages from."""
    return [ROOT / "constraints" / f"{name}.txt" for name in LOCKS[group]]


def fingerprint(group: str) -> str:
    """Sum up what an installation depends on, so that it is done again when that changes and only then."""
    parts = [path.read_bytes() for path in [*lock_files(group), ROOT / "pyproject.toml"]]
    return hashlib.sha256(b"\0".join([*parts, str(ROOT).encode()])).hexdigest()


def prepare(home: Path, python: Path, stamp: Path) -> None:
    """Make the environment if it is not there or no longer works."""
    if home.exists() and not works(python):
        if not stamp.exists() and any(home.iterdir()):
            raise SetupError(
                f"{home} is not an environment that works, and was not made by this script: move it away."
            )
        print(f"{home} no longer works (Python moved or was upgraded): making it again.")
        make(home)
        stamp.unlink(missing_ok=True)
    elif not home.exists():
        make(home)
    if not stamp.exists():
        stamp.write_text("{}", encoding="utf-8")


def find_pip(python: Path) -> list[str]:
    """Give the command that calls pip for the environment of `python`: from outside, or its own."""
    if has_new_pip():
        return [OUTSIDE, "-m", "pip", "--python", str(python)]
    if subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        raise SetupError(NO_PIP)
    return [str(python), "-m", "pip"]


NO_PIP = (
    "This Python has neither a pip of version 22.3 or later nor ensurepip.\n"
    "Debian and Ubuntu:  sudo apt install python3-pip python3-venv\n"
    "Fedora:             sudo dnf install python3-pip\n"
    "elsewhere:          python3 -m ensurepip --upgrade"
)


def works(python: Path) -> bool:
    """Tell whether `python` starts and is of a version that the project supports."""
    try:
        run = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return run.returncode == 0 and OLDEST <= tuple(map(int, run.stdout.split())) <= NEWEST


def has_new_pip() -> bool:
    """Tell whether the Python outside has a pip that can serve an environment."""
    run = subprocess.run([OUTSIDE, "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"pip (\d+)\.(\d+)", run.stdout)
    return bool(found) and tuple(map(int, found.groups())) >= PIP_WITH_PYTHON_OPTION


def make(home: Path) -> None:
    """Make an empty environment; with a pip inside only where none outside can serve it."""
    with_pip = not has_new_pip()
    if with_pip and importlib.util.find_spec("ensurepip") is None:
        raise SetupError(NO_PIP)
    try:
        venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=with_pip).create(home)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(
            f"The environment {home} could not be made: {error}\n"
            "Is the folder writable? On Debian and Ubuntu:  sudo apt install python3-venv"
        ) from error


def pip_install(pip: list[str], words: list[str], log: Path, count: int) -> None:
    """Call pip, show how far it is, keep all it says in `log`; on failure say what can be done."""
    began = time.monotonic()
    command = [*pip, "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off", *words]
    # A person's own pip settings for other folders must not send packages elsewhere.
    settings = {
        k: v for k, v in os.environ.items() if k not in {"PIP_TARGET", "PIP_PREFIX", "PIP_CONSTRAINT"}
    }
    settings["PIP_USER"] = "0"
    seen: list[str] = []
    named: set[str] = set()
    process = subprocess.Popen(
        command,
        env=clean(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    with process, log.open("a", encoding="utf-8") as file:
        for line in process.stdout or ():
            file.write(line)
            seen.append(line)
            found = re.match(r"(?:Collecting|Requirement already satisfied:|Obtaining) ([\w.-]+)", line)
            if found and found[1] not in named:
                named.add(found[1])
                show(f"[{min(len(named), count)}/{count}] {found[1]}", always=len(named) % 20 == 0)
            elif line.startswith("Installing collected packages") and "," in line:
                show(f"unpacking {line.count(',') + 1} packages ...", always=True)
    show(f"done in {time.monotonic() - began:.0f} s" if process.returncode == 0 else "stopped", always=True)
    if process.returncode:
        text = "".join(seen)
        hint = next(
            (hint for pattern, hint in HINTS.items() if re.search(pattern, text)), "See what pip says above."
        )
        print("".join(seen[-LAST_LINES:]), file=sys.stderr)
        raise SetupError(f"{hint}\nAll that pip said is in {log}")


def show(text: str, *, always: bool) -> None:
    """Write one line of progress: over the last one at a terminal, only if `always` in a log."""
    if sys.stdout.isatty():
        print(f"\r  {text:<60}", end="\n" if always else "", flush=True)
    elif always:
        print(f"  {text}", flush=True)


def clean(settings: dict[str, str]) -> dict[str, str]:
    """Drop what would let another Python's packages into the environment."""
    return {k: v for k, v in settings.items() if k not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}


def call(python: Path, words: list[str]) -> int:
    """Start the environment's Python in the project's folder and return its exit code."""
    try:
        return subprocess.run([python, *words], cwd=ROOT, env=clean(dict(os.environ)), check=False).returncode
    except KeyboardInterrupt:
        return 130


def pass_gates(python: Path, words: list[str]) -> int:
    """Pass every gate, also after one that failed, so that one start tells all; return the first failure."""
    codes = {}
    for gate, command in GATES.items():
        print(f"\n--- {gate} ---", flush=True)
        codes[gate] = call(python, command + (words if gate == "pytest" else []))
    failed = {gate: code for gate, code in codes.items() if code}
    print(f"\nNot passed: {', '.join(failed)}" if failed else f"\nAll {len(codes)} gates passed.")
    return next(iter(failed.values()), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
