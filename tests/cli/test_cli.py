"""The commands, as a person types them."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from stakeholder_net._phrases import PHRASES
from stakeholder_net.cli import cli, main
from stakeholder_net.samples import piceno
from stakeholder_net.store import read_network


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    piceno(tmp_path / "piceno")
    return tmp_path / "piceno"


def _run(*words: str | Path) -> int:
    try:
        main([str(word) for word in words])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_both_languages_say_the_same_things() -> None:
    assert PHRASES["it"].keys() == PHRASES["en"].keys()


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(command, "--help") == 0
    assert f"stakeholder-net {command} " in capsys.readouterr().out


def test_run_does_the_whole_walk(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("run", folder) == 0
    said = capsys.readouterr()
    for name in ("map.html", "report.docx", "report.pdf", "report.xlsx"):
        assert (folder / "output" / name).stat().st_size > 4000
        assert f"scritto: {folder / 'output' / name}" in said.out
    assert "Letti" in said.out
    assert "… data/raw" in said.err
    net = read_network(folder / "data" / "processed")
    assert str(net.n_actors) in said.out
    assert (folder / "data" / "processed" / "set_aside.csv").is_file()


def test_a_country_gets_what_scales_and_is_told_what_is_left_out(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stakeholder_net.projects.LARGEST", 10)
    with (folder / "data" / "raw" / "registro.csv").open("a", encoding="utf-8") as register:
        register.write("=cmd calcolo,associazione,Ascoli Piceno,,S03\n")
    assert _run("run", folder, "--language", "en") == 0
    said = capsys.readouterr().out
    assert "betweenness, coalitions, map and report are made up to 10" in said
    assert "Open the map" not in said
    assert not (folder / "output" / "map.html").exists()
    table = pd.read_csv(folder / "output" / "measures.csv")
    assert table.columns.tolist() == ["actor_id", "name", "kind", "degree", "strength", "pagerank"]
    assert (table["name"] == "Comune di Ascoli Piceno").any()
    assert table["name"].str.contains("cmd").sum() == 1
    assert not table["name"].str.startswith("=").any()
    assert (folder / "output" / "processing-record.md").is_file()
    assert table["pagerank"].sum() == pytest.approx(1)


def test_without_the_report_part_the_rest_is_done_and_said(folder: Path) -> None:
    code = "import sys; sys.modules.update(docx=None, docxtpl=None); from stakeholder_net.cli import main; main()"
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, "run", folder], capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "[report]" in run.stdout
    assert (folder / "output" / "map.html").is_file()
    assert "Aprire il rapporto" not in run.stdout


def test_demo_runs_on_the_public_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("demo", tmp_path / "demo", "--language", "en") == 0
    assert "Open the map:" in capsys.readouterr().out
    assert _run("demo", tmp_path / "demo") == 2


@pytest.mark.parametrize("form", ["graphml", "kumu", "csv"])
def test_export(folder: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("export", folder, "--format", form, "--output", folder / "out") == 0
    assert "out" in capsys.readouterr().out
    assert (folder / "out").exists()


def test_two_runs_write_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "again")
    outputs = []
    for base in (folder, tmp_path / "again"):
        assert _run("run", base) == 0
        files = sorted(
            p for part in ("output", "data/processed") for p in (base / part).rglob("*") if p.is_file()
        )
        outputs.append({p.relative_to(base).as_posix(): p.read_bytes() for p in files})
    assert outputs[0].keys() == outputs[1].keys()
    assert [name for name in outputs[0] if outputs[0][name] != outputs[1][name]] == []


def test_the_raw_records_are_never_written_to(folder: Path) -> None:
    before = {path: path.read_bytes() for path in (folder / "data" / "raw").rglob("*") if path.is_file()}
    assert _run("run", folder) == 0
    assert {
        path: path.read_bytes() for path in (folder / "data" / "raw").rglob("*") if path.is_file()
    } == before


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("measures", "--top", "3", "--draws", "0"), "strength"),
        (("measures", "--top", "3", "--draws", "9"), "strength_standing"),
        (("gaps", "--by", "municipality", "--top", "99"), "Ascoli Piceno: "),
        (("coalitions", "--if-no"), "   - "),
        (("contacts", "--top", "2"), "Bastano "),
        (
            ("what-if", "--without", "Comune di Ascoli Piceno", "--finding", "strength", "--top", "3"),
            "strength_after",
        ),
        (
            (
                "what-if",
                "--new-event",
                "Tavolo=Comune di Force;Acli Ascoli",
                "--finding",
                "gaps",
                "--top",
                "3",
            ),
            "x_after",
        ),
        (("check",), "data/raw/presenze_incontri.xlsx"),
        (("build", "--language", "en"), "Network: "),
    ],
)
def test_single_steps(
    folder: Path, words: tuple[str, ...], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(words[0], folder, *words[1:]) in ((0, 1) if words[0] == "check" else (0,))
    assert expected in capsys.readouterr().out


@pytest.mark.parametrize(("by", "falling"), [("constraint", False), ("strength", True)])
def test_who_matters_most_stands_first(folder: Path, tmp_path: Path, by: str, *, falling: bool) -> None:
    path = tmp_path / "measures.csv"
    assert _run("measures", folder, "--by", by, "--draws", "0", "--output", path) == 0
    values = pd.read_csv(path)[by].dropna()
    assert values.iloc[0] != values.iloc[-1]
    assert (values.is_monotonic_decreasing, values.is_monotonic_increasing) == (falling, not falling)


def test_new_makes_a_folder_that_runs_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("new", tmp_path / "mine") == 0
    assert _run("check", tmp_path / "mine") == 0
    capsys.readouterr()
    assert _run("new", tmp_path / "mine") == 2
    assert "mine" in capsys.readouterr().err


def _break_column(folder: Path) -> str:
    path = folder / "data" / "raw" / "organismi.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0].replace(lines[0].split(",")[0], "Boh"), *lines[1:]]), "utf-8")
    return "organismi.csv"


def _break_encoding(folder: Path) -> str:
    (folder / "data" / "raw" / "organismi.csv").write_bytes(b"Organismo,Membro\nATS,\x81\x8d Comune\n")
    return "organismi.csv"


def _empty(folder: Path) -> str:
    (folder / "data" / "raw" / "incontri.csv").write_bytes(b"")
    return "incontri.csv"


def _remove(folder: Path) -> str:
    (folder / "data" / "raw" / "partenariati.csv").unlink()
    return "partenariati.csv"


def _rename(folder: Path) -> str:
    raw = folder / "data" / "raw"
    (raw / "presenze_incontri.xlsx").write_text("Evento;Ente\nE01;Comune\n")
    return "presenze_incontri.xlsx"


def _bad_key(folder: Path) -> str:
    path = folder / "stakeholder.toml"
    path.write_text(path.read_text("utf-8").replace("language =", "langauge =", 1), "utf-8")
    return "Did you mean 'language'"


@pytest.mark.parametrize("breakage", [_break_column, _break_encoding, _empty, _remove, _rename, _bad_key])
@pytest.mark.parametrize("language", ["it", "en"])
def test_bad_input_gets_one_message(
    breakage, language: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = breakage(folder)
    assert _run("--language", language, "run", folder) == 2
    said = capsys.readouterr().err
    assert named in said
    assert "Traceback" not in said
    assert len([line for line in said.splitlines() if named in line and not line.startswith("…")]) == 1


def test_a_folder_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("run", tmp_path / "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_bad_date_and_a_duplicate_are_set_aside_and_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "data" / "raw" / "incontri.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text(
        "\n".join([*lines, lines[1].replace("03/09/2021", "31/02/2021", 1).replace("E01", "E77", 1)]), "utf-8"
    )
    partners = folder / "data" / "raw" / "partenariati.csv"
    rows = partners.read_bytes().splitlines(keepends=True)
    partners.write_bytes(b"".join([*rows, rows[1]]))
    assert _run("check", folder) == 1
    said = capsys.readouterr().out
    assert "31/02/2021" in said
    assert f"riga {len(lines) + 1}" in said
    assert f"riga {len(rows) + 1}" in said
    assert _run("run", folder) == 0
    assert "31/02/2021" in (folder / "data" / "processed" / "set_aside.csv").read_text("utf-8-sig")


def test_a_mended_cell_is_replayed_for_ever(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "data" / "raw" / "incontri.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text(
        "\n".join([*lines, lines[1].replace("03/09/2021", "31/02/2021", 1).replace("E01", "E77", 1)]), "utf-8"
    )
    assert _run("build", folder) == 0
    aside = folder / "data" / "processed" / "set_aside.csv"
    with aside.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    (bad,) = [row for row in rows if row["valore"] == "31/02/2021"]
    bad["valore corretto"] = "28/02/2021"
    with aside.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    for _ in range(2):
        assert _run("build", folder) == 0
        assert "31/02/2021" not in aside.read_text("utf-8-sig")
        events = read_network(folder / "data" / "processed").events
        assert f"{events.loc['E77', 'start']:%Y-%m-%d}" == "2021-02-28"
    assert "riapplicate" in capsys.readouterr().out
    assert "31/02/2021" in path.read_text("utf-8")


def test_sheets_that_exist_become_a_project_told_in_words_of_the_language(tmp_path: Path, capsys) -> None:
    (tmp_path / "fogli").mkdir()
    (tmp_path / "fogli" / "tavolo 3 settembre.csv").write_text("Ente;Firma\nAvis di Force;x\n", "utf-8")
    assert _run("new", tmp_path / "p", "--from", tmp_path / "fogli") == 0
    said = capsys.readouterr().out
    assert "foglio presenze (Ente)" in said
    assert "evento = tavolo 3 settembre" in said
    assert (tmp_path / "p" / "calls" / "modulo" / "bando.toml").is_file()
    assert _run("check", tmp_path / "p") == 0
    assert "accettate" in capsys.readouterr().out
    assert _run("coalitions", tmp_path / "p") == 0
    assert "calls/modulo/bando.toml" in capsys.readouterr().out
