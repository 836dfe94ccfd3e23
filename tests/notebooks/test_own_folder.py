"""The notebooks on a folder that an office would have: no call, no register at first, persons in every sheet."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from stakeholder_net._notebooks import run_notebooks
from stakeholder_net.records import adopt_sheets

# invented; the same as those of tests/trust/test_canaries.py
PLANTED = ("Zanzottera", "Ermenegilda", "zanzottera@example.org", "333 7654321", "ZNZRNG70A41A462X")
BODIES = (
    "Comune di Offida", "Avis di Offida", "Parrocchia San Biagio", "Cooperativa sociale Girasole",
    "Auser di Offida", "Istituto Comprensivo Leopardi", "Caritas diocesana",
)  # fmt: skip
REGISTER = "Denominazione;Tipo;Comune;Rappresentante\n" + "".join(
    f"{name};associazione;Offida;{PLANTED[1]} {PLANTED[0]}\n"
    for name in (*BODIES[1:5:3], "Pro Loco di Offida")
)


def seats(day: str, bodies: tuple[str, ...]) -> Iterator[str]:
    for name in bodies:
        yield f"{name};Tavolo {day};{day};{';'.join(PLANTED)};{PLANTED[1]} {PLANTED[0]}"
    yield f"{PLANTED[1]} {PLANTED[0]} (delegata Croce Verde);Tavolo {day};{day};{';'.join(PLANTED)};x"
    yield f"Avis di Offida;Tavolo {day};oggi;{';'.join(PLANTED)};x"


def folder_of_an_office(at: Path, *, register: bool) -> Path:
    sheets = at / "fogli"
    sheets.mkdir()
    heading = "Ente;Incontro;Data;Cognome;Nome;E-mail;Telefono;Codice fiscale;Firma"
    rows = [*seats("03/09/2024", BODIES[:5]), *seats("10/10/2024", BODIES[3:])]
    (sheets / "presenze.csv").write_text("\n".join([heading, *rows]) + "\n", "utf-8")
    if register:
        (sheets / "registro.csv").write_text(REGISTER, "utf-8")
    adopt_sheets(at / "ambito", [sheets])
    return at / "ambito"


def inside(path: Path) -> Iterator[bytes]:
    """Return what can be read in a file, packed or not."""
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())


@pytest.mark.notebook
@pytest.mark.parametrize("register", [False, True], ids=["without register", "with register"])
def test_no_planted_person_and_no_path_is_in_what_the_notebooks_show(tmp_path, register) -> None:
    folder = folder_of_an_office(tmp_path, register=register)
    written = list(run_notebooks(folder, only=() if register else ("00", "01", "04", "05")))
    notebooks = [path for path in written if path.suffix == ".ipynb"]
    assert len(notebooks) == (8 if register else 4)
    for path in notebooks:
        outputs = [
            output
            for cell in json.loads(path.read_text("utf-8"))["cells"]
            if cell["cell_type"] == "code"
            for output in cell["outputs"]
        ]
        assert outputs
        assert [one for one in outputs if one.get("name") == "stderr"] == []
    for page in (path for path in written if path.suffix == ".html"):
        asked = re.findall(
            r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=.https?:[^>]*>|from .https?:",
            page.read_text("utf-8"),
        )
        assert asked == [], page.name
        assert not re.search(r"(?:cdnjs|unpkg)\.com", page.read_text("utf-8").split("<main")[0]), page.name
    files = [path for path in (folder / "output").rglob("*") if path.is_file()]
    held = [text.lower() for path in files for text in inside(path)]
    assert any(b"avis di offida" in text for text in held)  # the search does find what is there
    hidden = [*PLANTED, str(tmp_path)]
    assert [word for word in hidden if any(word.casefold().encode() in text for text in held)] == []
