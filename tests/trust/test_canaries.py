"""Planted persons are found in no file that a whole run writes, and in nothing that it says."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pymupdf
import pytest
import xlsxwriter

from stakeholder_net import actor_profile, changes_report, open_project, sociogram, write_graph
from stakeholder_net.cli import main
from stakeholder_net.store import read_network

ROOT = Path(__file__).resolve().parents[2]
CANARIES = ("Zanzottera", "Ermenegilda", "zanzottera@example.org", "333 7654321", "ZNZRNG70A41A462X")
ROWS = """Ente;Incontro;Data;Cognome;Nome;E-mail;Telefono;Codice fiscale;Firma
Avis di Offida;E1;2021-09-03;{0};{1};{2};{3};{4};{1} {0}
Comune di Folignano;E1;2021-09-03;{0};{1};{2};{3};{4};x
Croce Verde di Ascoli;E2;oggi;{0};{1};{2};{3};{4};x
Avis di Offida;E2;2021-10-03;{0};{1};{2};{3};{4};x
Comune di Folignano;E2;2021-10-03;{0};{1};{2};{3};{4};x
"""


def texts(path):
    """Everything that can be read in a file: its bytes, its parts, the words of its pages, what is attached to it."""
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                yield info.filename.encode()
                yield archive.read(info)
    if data.startswith(b"%PDF"):
        with pymupdf.open(path) as document:
            yield repr(document.metadata).encode()
            yield document.get_xml_metadata().encode()
            yield repr(document.get_toc()).encode()
            yield from (page.get_text().encode() for page in document)
            yield from (document.embfile_get(name) for name in document.embfile_names())


def found_in(held):
    """Return the canaries that are there, in letters large or small."""
    return [canary for canary in CANARIES if any(canary.casefold().encode() in text.lower() for text in held)]


def with_names(path):
    """A workbook as offices keep them: names in a comment, in its properties, in a hidden sheet too."""
    rows = [line.split(";") for line in ROWS.format(*CANARIES).splitlines()]
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"author": CANARIES[0], "comments": CANARIES[2], "manager": CANARIES[1]})
        page = book.add_worksheet("Presenze")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        page.write_comment(1, 0, f"ha firmato {CANARIES[0]}", {"author": CANARIES[1]})
        page.set_header(f"&L{CANARIES[0]}")
        hidden = book.add_worksheet("Recapiti")
        hidden.write_row(0, 0, CANARIES)
        hidden.hide()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "presenze.csv").write_text(ROWS.format(*CANARIES), "utf-8")
    (tmp_path / "stakeholder.toml").write_text(
        'title = "Prova"\n[[files]]\npath = "data/raw/presenze.csv"\ntable = "attendance"\n', "utf-8"
    )
    return tmp_path


def test_planted_persons_are_in_no_output_and_in_no_message(folder, capsys):
    with pytest.raises(SystemExit):  # a row is set aside
        main(["check", str(folder)])
    main(["run", str(folder)])
    main(["match", str(folder)])
    main(["explain", str(folder), "Avis di Offida"])
    main(["persons", "count", str(folder)])
    main(
        [
            "persons",
            "count",
            str(folder),
            "--edition",
            "public",
            "--output",
            str(folder / "output" / "persone.csv"),
        ]
    )
    main(["measures", str(folder), "--draws", "0", "--output", str(folder / "output" / "misure.csv")])
    main(["export", str(folder), "--format", "graphml", "--output", str(folder / "output" / "rete.graphml")])
    main(["purge", str(folder), "--yes"])
    said = capsys.readouterr()
    project = open_project(folder)
    net = read_network(project.processed)
    actor_profile(net, "Avis di Offida").save(project.output / "scheda.pdf")
    changes_report(net, net).save(project.output / "confronto.docx")
    for form in ("png", "svg", "pdf"):
        sociogram(net).save(project.output / f"disegno.{form}")
    write_graph(net, project.output / "rete", format="csv")
    held = [said.out.encode(), said.err.encode()]
    held += [getattr(net, name).to_csv().encode() for name in ("actors", "events", "ties", "attendance")]
    files = [path for path in folder.rglob("*") if path.is_file() and "raw" not in path.parts]
    written = {path.suffix for path in files}
    assert written >= {
        ".csv",
        ".parquet",
        ".json",
        ".html",
        ".md",
        ".pdf",
        ".docx",
        ".xlsx",
        ".png",
        ".svg",
        ".graphml",
    }
    held += [text for path in files for text in texts(path)]
    assert found_in(held) == []
    # what is searched can be found: words of pages, what is attached, what lies in the sheets themselves
    assert any(b"Avis" in text for path in files if path.suffix == ".pdf" for text in list(texts(path))[1:])
    assert found_in([text for path in (folder / "data" / "raw").iterdir() for text in texts(path)]) == list(
        CANARIES
    )


def test_a_workbook_full_of_names_gives_none_away(folder, capsys):
    sheet = folder / "data" / "raw" / "presenze.xlsx"
    with_names(sheet)
    settings = folder / "stakeholder.toml"
    settings.write_text(settings.read_text("utf-8").replace("presenze.csv", "presenze.xlsx"), "utf-8")
    main(["build", str(folder)])
    damaged = sheet.read_bytes()
    sheet.write_bytes(damaged[: len(damaged) // 2])
    with pytest.raises(SystemExit):
        main(["build", str(folder)])
    sheet.write_bytes(damaged)
    settings.write_text(settings.read_text("utf-8") + 'sheet = "Recapiti"\n', "utf-8")
    with pytest.raises(SystemExit):  # the sheet of names holds no table
        main(["build", str(folder)])
    said = capsys.readouterr()
    assert "presenze.xlsx" in said.err
    files = [path for path in folder.rglob("*") if path.is_file() and "raw" not in path.parts]
    assert (
        found_in([said.out.encode(), said.err.encode(), *(text for path in files for text in texts(path))])
        == []
    )


def test_an_error_of_the_library_shows_no_name_of_the_rows_at_work(folder):
    """A fault that nobody foresaw ends in a traceback: it must not print the cells."""
    code = (
        "import sys\n"
        "from stakeholder_net.records import _rows\n"
        "def broken(self, *args):\n    raise RuntimeError('unforeseen')\n"
        "_rows._Rows._records = broken\n"
        "from stakeholder_net.cli import main\n"
        "main(['build', sys.argv[1]])\n"
    )
    words = [sys.executable, "-c", code, str(folder)]
    run = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - our own words
    assert b"unforeseen" in run.stderr
    assert found_in([run.stdout, run.stderr]) == []


def test_the_wheel_and_the_source_archive_leave_the_restricted_folder_at_home(tmp_path):
    """Built where an office keeps its sheets beside the code: what is handed out holds none of them."""
    source = tmp_path / "clone"
    kept = ("src", "data", "calls", "notebooks", "docs", "constraints", "tests", "benchmarks")
    for name in kept:
        shutil.copytree(
            ROOT / name,
            source / name,
            ignore=shutil.ignore_patterns("__pycache__", "restricted", "processed"),
        )
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, source / path.name)
    for where in (
        "data/restricted/presenze.csv",
        "data/restricted/person.key",
        "output/report.csv",
        "data/processed/x.csv",
    ):
        (source / where).parent.mkdir(parents=True, exist_ok=True)
        (source / where).write_text(ROWS.format(*(f"{canary}-in-clone" for canary in CANARIES)), "utf-8")
    words = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-t",
        "sdist",
        "-d",
        str(tmp_path / "dist"),
    ]
    run = subprocess.run(words, cwd=source, capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == 0, run.stderr
    (wheel,), (archive,) = (tmp_path / "dist").glob("*.whl"), (tmp_path / "dist").glob("*.tar.gz")
    held = [*texts(wheel), run.stdout.encode(), run.stderr.encode()]
    with tarfile.open(archive) as packed:
        members = [member for member in packed.getmembers() if member.isfile()]
        held += [packed.extractfile(member).read() for member in members]
    assert len(members) > 100
    assert [
        canary for canary in CANARIES if any(f"{canary}-in-clone".encode() in text for text in held)
    ] == []
