"""An office fills its own document: its words stay, ours come where it asked for them."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator
from tests.report.example import COALITIONS, RECORDS, district

from stakeholder_net import OptionError, UnknownNameError, UnreadableFileError, planning_report, project
from stakeholder_net.report import Report


@pytest.fixture(scope="module")
def report() -> Report:
    return planning_report(
        project(district()), coalitions={"Avviso <inclusione>": COALITIONS}, records=RECORDS
    )


def office_document(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    document.add_heading("Piano sociale", 1)
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(path)
    return path


def test_words_numbers_tables_and_chapters_come_where_they_were_asked_for(report, tmp_path) -> None:
    own = office_document(
        tmp_path / "piano.docx",
        "Gli enti sono {{ numero.enti }}, scrive l'ufficio & basta.",
        "{{ tabella.enti_per_tipo }}",
        "{{ capitolo.coalizioni_possibili }}",
        "{{ frase.missing_all }}",
        "Fine.",
    )
    before = own.read_bytes()
    filled = docx.Document(report.fill(own, tmp_path / "filled.docx"))
    texts = [paragraph.text for paragraph in filled.paragraphs]
    assert "Gli enti sono 8, scrive l'ufficio & basta." in texts
    assert report.context.sentences["missing.all"].text in texts
    assert texts[0] == "Piano sociale"
    assert texts[-1] == "Fine."
    assert texts.index("Coalizioni possibili") < texts.index("Fine.")
    assert not [text for text in texts if "{{" in text or "\u2039" in text]
    assert [table.cell(0, 0).text for table in filled.tables] == ["Tipo", "N."]
    assert filled.tables[0].cell(1, 0).text == "Comune"
    assert own.read_bytes() == before


def test_a_caption_stays_with_its_table_whatever_the_offices_styles_say(report, tmp_path) -> None:
    own = office_document(tmp_path / "piano.docx", "{{ tabella.enti_per_tipo }}", "{{ capitolo.chi_manca }}")
    filled = docx.Document(report.fill(own, tmp_path / "filled.docx"))
    assert not filled.styles["Caption"].paragraph_format.keep_with_next
    captions = [
        paragraph
        for paragraph in filled.paragraphs
        if paragraph.style.name == "Caption" and paragraph.text.startswith("Tabella")
    ]
    assert len(captions) == len(filled.tables) > 1
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in captions)


def test_a_table_can_be_asked_for_inside_a_cell(report, tmp_path) -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).paragraphs[0].text = "{{ table.statuses }}"
    document.save(tmp_path / "piano.docx")
    filled = docx.Document(report.fill(tmp_path / "piano.docx", tmp_path / "filled.docx"))
    inner = filled.tables[0].cell(0, 0).tables[0]
    assert inner.cell(1, 0).text == "presente"


def test_every_piece_that_is_listed_can_be_put(report, tmp_path) -> None:
    own = office_document(tmp_path / "piano.docx", *report.pieces["placeholder"], "{{ rapporto }}")
    filled = docx.Document(report.fill(own, tmp_path / "filled.docx"))
    assert not [p.text for p in filled.paragraphs if "{{" in p.text or "\u2039" in p.text]
    assert len(filled.tables) >= 3 * len(report.context.tables) - 6


def test_filled_twice_the_bytes_are_the_same_and_keep_to_the_schema(report, tmp_path) -> None:
    own = office_document(tmp_path / "piano.docx", "{{ rapporto }}")
    first = report.fill(own, tmp_path / "1.docx")
    assert first.read_bytes() == report.fill(own, tmp_path / "2.docx").read_bytes()
    assert [str(error) for error in OpenXmlValidator().validate(first).errors] == []


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("{{ tabella.enti_per_tippo }}", UnknownNameError, "enti_per_tipo"),
        ("{{ tabela.enti }}", UnknownNameError, "tabella"),
        ("Ecco {{ tabella.enti }} qui", OptionError, "paragraph of their own"),
        ("Nessun segno", OptionError, "no placeholder"),
    ],
)
def test_what_cannot_be_filled_is_said(report, tmp_path, text, error, said) -> None:
    own = office_document(tmp_path / "piano.docx", text)
    with pytest.raises(error, match=said):
        report.fill(own, tmp_path / "filled.docx")
    assert not (tmp_path / "filled.docx").exists()


def test_a_file_that_is_no_word_document_is_named(report, tmp_path) -> None:
    (tmp_path / "piano.docx").write_text("non sono Word")
    with pytest.raises(UnreadableFileError, match=r"piano\.docx"):
        report.fill(tmp_path / "piano.docx", tmp_path / "filled.docx")
    with pytest.raises(UnreadableFileError, match="does not exist"):
        report.fill(tmp_path / "none.docx", tmp_path / "filled.docx")
