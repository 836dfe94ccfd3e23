"""LibreOffice opens what we write, and shows the words and numbers that we wrote."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest
from tests._require import require
from tests.report.example import COALITIONS, RECORDS, district

from stakeholder_net import planning_report, project


def converted(path: Path, to: str, folder: Path) -> Path:
    """Let LibreOffice open a file and save it in another form."""
    office = str(require("office"))
    profile = (folder / "profile").as_uri()
    words = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*words, str(path)], check=True, capture_output=True, timeout=180)  # noqa: S603
    return folder / f"{path.stem}.{to.partition(':')[0]}"


@pytest.mark.office
def test_libreoffice_reads_the_document(tmp_path) -> None:
    report = planning_report(
        project(district()), coalitions={"Avviso <inclusione>": COALITIONS}, records=RECORDS
    )
    text = converted(report.save(tmp_path / "report.docx"), "txt:Text (encoded):UTF8", tmp_path).read_text(
        "utf-8-sig"
    )
    for chapter in report.context.chapters:
        assert chapter.title in text
    for sentence in report.context.sentences.values():
        assert sentence.text in text
    assert "Cooperativa Lanterna" in text
    assert "Tabella" in text


@pytest.mark.office
def test_libreoffice_reads_the_workbook(tmp_path) -> None:
    report = planning_report(project(district()), language="en")
    sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    book = converted(report.save(tmp_path / "report.xlsx"), sheet, tmp_path)
    found = next(book.parent.glob("report*.csv"))
    rows = list(csv.reader(found.read_text("utf-8").splitlines()))
    assert ["Organisations", "8"] in [row[:2] for row in rows]
