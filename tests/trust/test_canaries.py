"""Planted persons are found in no file that a whole run writes, and in nothing that it says."""

from __future__ import annotations

import io
import zipfile

import pytest

from stakeholder_net import open_project
from stakeholder_net.cli import main
from stakeholder_net.store import read_network

CANARIES = ("Zanzottera", "Ermenegilda", "zanzottera@example.org", "333 7654321", "ZNZRNG70A41A462X")
ROWS = """Ente;Incontro;Data;Cognome;Nome;E-mail;Telefono;Codice fiscale;Firma
Avis di Offida;E1;2021-09-03;{0};{1};{2};{3};{4};{1} {0}
Comune di Folignano;E1;2021-09-03;{0};{1};{2};{3};{4};x
Croce Verde di Ascoli;E2;oggi;{0};{1};{2};{3};{4};x
Avis di Offida;E2;2021-10-03;{0};{1};{2};{3};{4};x
Comune di Folignano;E2;2021-10-03;{0};{1};{2};{3};{4};x
"""


def texts(path):
    """Everything that can be read in a file, packed or not."""
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                yield info.filename.encode()
                yield archive.read(info)


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
    said = capsys.readouterr()
    project = open_project(folder)
    net = read_network(project.processed)
    held = [said.out.encode(), said.err.encode()]
    held += [getattr(net, name).to_csv().encode() for name in ("actors", "events", "ties", "attendance")]
    files = [path for path in folder.rglob("*") if path.is_file() and "raw" not in path.parts]
    assert {path.suffix for path in files} >= {".csv", ".parquet", ".json", ".html"}
    held += [text for path in files for text in texts(path)]
    found = [
        canary for canary in CANARIES if any(canary.casefold().encode() in text.lower() for text in held)
    ]
    assert found == []
