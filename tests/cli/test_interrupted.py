"""Ctrl-C in each stage of a run: exit code 130, one line, and what an earlier run made stays whole."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from stakeholder_net._phrases import PHRASES
from stakeholder_net._running import OneRun
from stakeholder_net.cli import main

STEPS = ("read", "build", "measures", "standing", "map", "report")
SEATS = (
    ("Comune di Ascoli", "Coop Alfa", "Avis Folignano"),
    ("Comune di Ascoli", "Avis Folignano", "Scuola Verdi"),
)


def _run(folder: Path) -> int:
    try:
        main(["run", str(folder)])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def _files(folder: Path) -> dict[str, bytes]:
    kept = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".run")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("run")
    rows = [f"{1 + n}/10/2021;Incontro {n};{actor}" for n, seats in enumerate(SEATS) for actor in seats]
    (made / "sheet.csv").write_text("\n".join(["Data;Incontro;Ente", *rows]) + "\n", encoding="utf-8")
    (made / "stakeholder.toml").write_text(
        'title = "Prova sintetica"\nlanguage = "it"\n[[files]]\npath = "sheet.csv"\ntable = "attendance"\n',
        encoding="utf-8",
    )
    assert _run(made) == 0
    return made


@pytest.mark.parametrize("step", STEPS)
def test_each_stage_can_be_stopped_without_harm(
    step: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _files(folder)
    assert {"output/map.html", "output/report.docx"} <= before.keys()
    begin, reached = OneRun.at, []

    def stopping(self: OneRun, name: str) -> None:
        begin(self, name)
        reached.append(name)
        if name == step:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(OneRun, "at", stopping)
    assert _run(folder) == 130
    assert tuple(name for name in reached if name in STEPS)[-1] == step
    said = capsys.readouterr().err
    assert said.splitlines()[-1] in {PHRASES[language]["stopped"] for language in PHRASES}
    assert "Traceback" not in said
    assert _files(folder) == before
