"""A run that is killed leaves whole files and tells it; two runs do not mix; a full disk is one message."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stakeholder_net import StakeholderNetError, open_project
from stakeholder_net._files import PENDING, STAGED, finish_writing, write_bytes
from stakeholder_net.cli import main
from stakeholder_net.store import read_network, write_network

ROOT = Path(__file__).resolve().parents[2]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")


@pytest.fixture(scope="module")
def bench():
    names = ("benchmarks.mutants", "benchmarks.kills")
    for name in names:
        spec = importlib.util.spec_from_file_location(name, ROOT / f"{name.replace('.', '/')}.py")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    yield sys.modules["benchmarks.kills"]
    for name in names:
        del sys.modules[name]


@pytest.fixture
def project(bench, tmp_path):
    return bench.small_project(tmp_path / "progetto")


@needs_fork
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_run_killed_at_any_touch_of_the_disk_leaves_whole_files_and_is_told(bench, tmp_path):
    new, touches = bench.prepared(tmp_path / "progetto", bench.keep)
    assert touches > 30
    found = [bench.after_kill(tmp_path / "progetto", new, bench.keep, n) for n in range(1, touches + 1, 5)]
    assert [why for _, why in found if why] == []
    assert {step for step, _ in found} == {"build"}


def test_two_runs_at_once_do_not_mix(project, capsys):
    with project.alone(), pytest.raises(SystemExit) as stop:
        main(["build", str(project.folder)])
    assert stop.value.code == 2
    assert "another run" in capsys.readouterr().err
    main(["build", str(project.folder)])


def test_a_stopped_run_is_told_at_the_next_start(project):
    with project.alone():
        pass
    (project.processed / ".run").write_text("report", "utf-8")
    left = project.processed / ".new.ties.csv"
    left.write_text("half", "utf-8")
    stage = next(project.run())
    assert (stage.name, stage.facts) == ("stopped", {"step": "report"})
    assert not left.exists()


def test_what_was_listed_takes_its_place_and_nothing_outside_the_folder(gallery, tmp_path):
    net = gallery["star"]()
    write_network(net, tmp_path)
    (tmp_path / "ties.parquet").replace(tmp_path / f"{STAGED}ties.parquet")
    outside = tmp_path.parent / "outside"
    outside.write_text("mine", "utf-8")
    (tmp_path / PENDING).write_text('["ties.parquet", "../outside"]', "utf-8")
    assert read_network(tmp_path) == net
    assert outside.read_text("utf-8") == "mine"
    assert not finish_writing(tmp_path)


def test_a_full_disk_is_one_message_and_changes_nothing(project):
    """A file may grow to 2 kB only: what a full disk does to whoever writes."""
    resource = pytest.importorskip("resource")
    assert resource.RLIMIT_FSIZE
    code = (
        "import resource, signal, sys\n"
        "from stakeholder_net.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "main(['build', sys.argv[1]])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "main(['map', sys.argv[1]])\n"
    )
    words = [sys.executable, "-c", code, str(project.folder)]
    run = subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ})  # noqa: S603
    assert run.returncode == 2, run.stderr
    assert "cannot be written" in run.stderr
    assert "Traceback" not in run.stderr
    assert not list(project.output.glob("*"))
    read_network(project.processed)


def test_a_folder_that_cannot_be_written_to_is_one_message(project, tmp_path, monkeypatch):
    (tmp_path / "ro").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(StakeholderNetError, match="cannot be written"):
        write_bytes(tmp_path / "ro" / "map.html", b"x")
    # root may write anywhere: the system's own refusal is put in its place
    monkeypatch.setattr(
        Path, "mkdir", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    with pytest.raises(StakeholderNetError, match="cannot be written to"):
        next(open_project(project.folder).run())


@pytest.mark.parametrize(
    "words",
    [
        ["match"],
        ["map"],
        ["report", "--format", "xlsx"],
        ["report", "fill", "piano.docx"],
        ["report", "profile", "Avis"],
        ["report", "compare", "former"],
        ["export", "--format", "graphml", "--output", "net.graphml"],
    ],
    ids=" ".join,
)
def test_every_command_that_writes_waits_for_a_run_at_work(project, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(project.folder.rglob("*"))
    at = 3 if words[1:2] in (["fill"], ["profile"], ["compare"]) else 1
    with project.alone(), pytest.raises(SystemExit) as stop:
        main([*words[:at], str(project.folder), *words[at:]])
    assert stop.value.code == 2
    assert "another run" in capsys.readouterr().err
    assert {path.name for path in project.folder.rglob("*")} - {path.name for path in before} <= {
        ".run",
        "processed",
    }


def test_a_command_says_where_the_former_one_was_stopped_and_the_next_does_not(project, tmp_path, capsys):
    with project.alone():
        pass
    (project.processed / ".run").write_text("match", "utf-8")
    words = [
        "--language",
        "en",
        "export",
        str(project.folder),
        "--format",
        "csv",
        "--output",
        str(tmp_path / "out"),
    ]
    main(words)
    assert "The former run was stopped (match)" in capsys.readouterr().out
    main(words)
    assert "stopped" not in capsys.readouterr().out


def test_who_writes_elsewhere_needs_no_lock_where_nobody_can_write(project, tmp_path, monkeypatch):
    # root may write anywhere: the system's own refusal is put in its place
    plain = Path.open

    def refuse(path, mode="r", *more, **named):
        if path.name == ".run":
            raise PermissionError(13, "Permission denied")
        return plain(path, mode, *more, **named)

    monkeypatch.setattr(Path, "open", refuse)
    main(["export", str(project.folder), "--format", "graphml", "--output", str(tmp_path / "n.graphml")])
    assert (tmp_path / "n.graphml").stat().st_size > 100
    with pytest.raises(SystemExit):
        main(["build", str(project.folder)])


@pytest.mark.skipif(os.name == "nt", reason="links need rights of their own there")
def test_a_link_in_the_place_of_an_output_is_replaced_and_not_written_through(project, tmp_path):
    outside = tmp_path / "mine.csv"
    outside.write_text("mine", "utf-8")
    project.processed.mkdir(parents=True, exist_ok=True)
    (project.processed / "actors.csv").symlink_to(outside)
    (project.processed / ".new.actors.csv").symlink_to(outside)
    main(["build", str(project.folder)])
    assert outside.read_text("utf-8") == "mine"
    assert not (project.processed / "actors.csv").is_symlink()
