"""start.py meets a stranger's machine: what it refuses, what it says, what it does only once."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
START = ROOT / "start.py"


@pytest.fixture
def start():
    """start.py as a module of its own for each test, so that a test may bend it."""
    spec = importlib.util.spec_from_file_location("start", START)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*words, **settings):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return subprocess.run(
        [sys.executable, str(START), *words],
        env=environment | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


# --- an old Python ---


def test_an_old_python_can_read_the_file():
    ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 15)])
def test_a_python_out_of_range_is_refused_with_advice(version):
    code = f"import sys; sys.version_info = (*{version}, 0, 'final', 0); exec(open({str(START)!r}).read())"
    refused = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert f"this is Python {version[0]}.{version[1]}" in refused.stderr
    assert "python3.12 start.py" in refused.stderr
    assert "Traceback" not in refused.stderr


# --- words ---


def test_help_names_every_deed(start):
    shown = run("--help")
    assert shown.returncode == 0
    assert all(f"python3 start.py {deed}" in shown.stdout for deed in start.LOCKS if deed != "run")


def test_an_unknown_deed_is_answered_with_the_known_ones():
    refused = run("tests")
    assert refused.returncode == 2
    assert "There is no 'tests' here." in refused.stderr
    assert "python3 start.py test" in refused.stderr


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ([], ["-m", "stakeholder_net", "run"]),
        (["run", "--language", "en"], ["-m", "stakeholder_net", "run", "--language", "en"]),
        (
            ["lab", "--no-browser"],
            ["-m", "jupyterlab", "--notebook-dir", str(ROOT / "notebooks"), "--no-browser"],
        ),
    ],
)
def test_a_deed_starts_its_program_and_returns_its_code(start, monkeypatch, words, called):
    calls = []
    monkeypatch.setattr(start, "install", Path)
    monkeypatch.setattr(start, "call", lambda python, words: calls.append((python, words)) or 7)
    assert start.main(words) == 7
    assert calls == [(Path(words[0] if words else "run"), called)]


def test_call_returns_the_programs_own_code(start):
    assert start.call(Path(sys.executable), ["-c", "raise SystemExit(5)"]) == 5


# --- gates ---


def test_every_gate_runs_after_one_that_failed(start, monkeypatch, capsys):
    seen = []

    def call(_python, command):
        seen.append(command)
        return {"mypy": 3, "pytest": 4}.get(command[1], 0)

    monkeypatch.setattr(start, "install", lambda _group: Path("python"))
    monkeypatch.setattr(start, "call", call)
    assert start.main(["test", "-k", "projection"]) == 3
    assert len(seen) == len(start.GATES) == 5
    assert [command[-2:] == ["-k", "projection"] for command in seen] == [False, False, False, False, True]
    assert "Not passed: mypy, pytest" in capsys.readouterr().out


def test_all_gates_passed_is_code_0(start, monkeypatch):
    monkeypatch.setattr(start, "call", lambda _python, _command: 0)
    assert start.pass_gates(Path("python"), []) == 0


# --- installing ---


def test_without_a_network_the_reason_and_a_way_out_are_said(tmp_path):
    home = tmp_path / "venv"
    refused = run(
        "run",
        STAKEHOLDER_NET_VENV=str(home),
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL="http://127.0.0.1:9/simple",  # port 9 discards; nothing listens there
        PIP_RETRIES="1",
    )
    assert refused.returncode == 1
    assert "cannot be reached" in refused.stderr
    assert "HTTPS_PROXY" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "install.log" in refused.stderr
    assert (home / "install.log").read_text(encoding="utf-8").strip()
    assert json.loads((home / "stakeholder-net.json").read_text(encoding="utf-8")) == {}


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        (
            "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] ... Max retries",
            "PIP_CERT",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "do not install it by hand",
        ),
        ("ERROR: No matching distribution found for numpy==2.4.6", "64-bit Python"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: something never seen before", "See what pip says above."),
    ],
)
def test_what_pip_says_is_turned_into_advice(start, tmp_path, capsys, said, hint):
    pip = [sys.executable, "-c", f"print({said!r}); raise SystemExit(1)"]
    with pytest.raises(start.SetupError, match=hint):
        start.pip_install(pip, [], tmp_path / "log", 1)
    assert said in capsys.readouterr().err
    assert said in (tmp_path / "log").read_text(encoding="utf-8")


def test_a_python_without_any_pip_is_told_what_to_install(start, monkeypatch, tmp_path):
    monkeypatch.setattr(start, "has_new_pip", lambda: False)
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(start.SetupError, match="apt install python3-pip python3-venv"):
        start.make(tmp_path / "venv")


def test_the_environment_is_made_without_ensurepip(start, monkeypatch, tmp_path):
    """Debian's python3 has pip and venv, but ensurepip only in a further package."""
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    home = tmp_path / "venv"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    start.prepare(home, python, home / "stakeholder-net.json")
    assert start.works(python)
    assert not list(home.rglob("pip")), "ensurepip put a pip in"


def test_pip_serves_the_environment_from_outside_where_it_can(start, monkeypatch):
    monkeypatch.setattr(start, "has_new_pip", lambda: True)
    assert start.find_pip(Path("inside")) == [sys._base_executable, "-m", "pip", "--python", "inside"]


@pytest.mark.skipif(importlib.util.find_spec("ensurepip") is None, reason="this Python has no ensurepip")
def test_an_old_pip_outside_leaves_the_environments_own(start, monkeypatch, tmp_path):
    monkeypatch.setattr(start, "has_new_pip", lambda: False)
    start.make(tmp_path / "venv")
    python = tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    assert start.find_pip(python) == [str(python), "-m", "pip"]


@pytest.fixture
def installed(start, monkeypatch, tmp_path):
    """An environment that looks installed; the words that pip is called with."""
    for name in ("run", "test", "lab"):
        lock = tmp_path / "constraints" / f"{name}.txt"
        lock.parent.mkdir(exist_ok=True)
        lock.write_text("a==1 \\\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    calls = []
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(
        start, "prepare", lambda home, _python, stamp: home.mkdir(exist_ok=True) or empty(stamp)
    )
    monkeypatch.setattr(start, "find_pip", lambda _python: ["pip"])
    monkeypatch.setattr(start, "pip_install", lambda _pip, words, _log, _count: calls.append(words))
    monkeypatch.setenv("STAKEHOLDER_NET_VENV", str(tmp_path / "venv"))
    return calls


def empty(stamp):
    if not stamp.exists():
        stamp.write_text("{}", encoding="utf-8")


def test_a_second_start_installs_nothing(start, installed):
    start.install("test")
    assert len(installed) == 2
    assert "--require-hashes" in installed[0]
    assert installed[1][:2] == ["--no-deps", "--no-build-isolation"]
    start.install("test")
    start.install("run")  # what the tests need holds what a run and the notebooks need
    start.install("lab")
    assert len(installed) == 2


def test_a_changed_lock_is_installed(start, installed):
    start.install("run")
    (start.ROOT / "constraints" / "run.txt").write_text("a==2 \\\n", encoding="utf-8")
    start.install("run")
    assert len(installed) == 4


def test_what_failed_is_tried_again(start, installed, monkeypatch):
    def fail(*_words):
        raise start.SetupError("no network")

    with monkeypatch.context() as patch:
        patch.setattr(start, "pip_install", fail)
        with pytest.raises(start.SetupError):
            start.install("run")
    start.install("run")
    assert len(installed) == 2


def test_a_foreign_folder_is_left_alone(start, tmp_path):
    home = tmp_path / "venv"
    home.mkdir()
    (home / "lettera.txt").write_text("non toccare", encoding="utf-8")
    with pytest.raises(start.SetupError, match="not made by this script"):
        start.prepare(home, home / "bin" / "python", home / "stakeholder-net.json")
    assert (home / "lettera.txt").read_text(encoding="utf-8") == "non toccare"


def test_an_environment_whose_python_is_gone_is_made_again(start, tmp_path, monkeypatch):
    home = tmp_path / "venv"
    home.mkdir()
    stamp = home / "stakeholder-net.json"
    stamp.write_text('{"run": "old"}', encoding="utf-8")
    monkeypatch.setattr(start, "make", lambda home: home)
    monkeypatch.setattr(start, "has_new_pip", lambda: True)
    start.prepare(home, home / "bin" / "python", stamp)
    assert json.loads(stamp.read_text(encoding="utf-8")) == {}
