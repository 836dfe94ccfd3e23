"""What the report says: golden words, numbers that can be found again, hostile names that stay text."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter

import docx
import numpy as np
import outloud
import pandas as pd
import pdfua
import pikepdf
import pytest
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook
from tests.report.example import COALITIONS, RECORDS, district
from tests.report.golden_text import GOLDEN, NAMES, pdf_text, text_of
from tests.report.numbers import check_report

from stakeholder_net import OptionError, StakeholderNetwork, UnknownNameError, betweenness, flatten, project
from stakeholder_net.findings import Call, action_plan, agenda, match_priorities, plan_actions, stability
from stakeholder_net.report import Report, planning_report
from stakeholder_net.report.build import default_stability
from stakeholder_net.report.context import ReportContext

HOSTILE = (
    "Rossi & Figli <Coop>",
    '=HYPERLINK("http://example.org","x")',
    "{{ title }} {% if %}",
    "A\x0bB\u202eC",
    "+39 0736",
    "Ente \U0001f600 \u6f22\u5b57",
    "\u062c\u0645\u0639\u064a\u0629 \u05e2\u05de\u05d5\u05ea\u05d4",
    "X" * 300,
)


@pytest.fixture(scope="module")
def report() -> Report:
    return planning_report(
        project(district()), coalitions={"Avviso <inclusione>": COALITIONS}, records=RECORDS
    )


# --- golden words --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", NAMES)
def test_words_are_those_that_were_read_and_approved(name) -> None:
    assert text_of(name) == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_every_gallery_network_gives_a_report_in_both_languages(any_network) -> None:
    for language in ("it", "en"):
        context = planning_report(any_network, language=language).context
        assert context.chapters[0].key == "brief"
        assert "nan" not in context.text().lower().split()
        assert "{" not in context.text()


# --- numbers -------------------------------------------------------------------------------------------------------
def assert_numbers_hold(context: ReportContext) -> None:
    check_report(context.to_dict())


def test_findings_say_on_how_many_they_rest(report) -> None:
    for key, sentence in report.context.sentences.items():
        if key.startswith(("hold.first", "who.", "layers.", "missing.all", "limits.set_aside")):
            assert sentence.n, key
            assert sentence.n_of


def test_counts_worked_out_by_hand(report) -> None:
    context = report.context
    kinds = context.tables["kinds"].frame()
    assert kinds.loc["Comune", "organisations"] == 2
    assert context.tables["brief"].frame().loc["alone", "number"] == 2
    assert context.tables["gaps_kind"].frame().loc["comune", ["registered", "took_part"]].tolist() == [2, 2]
    assert context.tables["events"].frame().loc["E1", "announced"] == 1
    assert context.sentences["limits.set_aside"].text.startswith(
        "Su 1.209 righe lette, 3 sono state messe da parte"
    )


def test_equal_values_are_not_put_in_order(gallery) -> None:
    ring = planning_report(gallery["ring"]()).context
    assert "hold.first" not in ring.sentences
    assert "Ente a, Ente b, Ente c, Ente d e Ente e" in ring.sentences["hold.level"].text


def test_public_edition_names_no_absent_organisation() -> None:
    net = project(district())
    public = planning_report(net, edition="public", records=RECORDS)
    assert "absent" not in public.context.tables
    assert "absent" in planning_report(net).context.tables
    assert "Ente che non viene mai" not in public.context.text()


# --- files ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".xlsx", ".html", ".json"])
def test_equal_input_equal_bytes(report, suffix) -> None:
    again = planning_report(
        project(district()), coalitions={"Avviso <inclusione>": COALITIONS}, records=RECORDS
    )
    assert report.to_bytes(suffix) == again.to_bytes(suffix)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize("language", ["it", "en"])
def test_office_formats_keep_to_their_schema(tmp_path, suffix, language) -> None:
    path = planning_report(
        project(district()),
        coalitions={"Avviso <inclusione>": COALITIONS},
        records=RECORDS,
        language=language,
    ).save(tmp_path / f"report{suffix}")
    result = OpenXmlValidator().validate(path)
    assert [str(error) for error in result.errors] == []


def test_pdf_can_be_archived_and_listened_to(report, tmp_path) -> None:
    path = report.save(tmp_path / "report.pdf")
    data = path.read_bytes()
    assert b"<pdfaid:part>3</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    with pikepdf.open(path) as pdf:
        attached = pdf.attachments["data.json"].get_file().read_bytes()
        assert json.loads(attached) == report.context.to_dict()
        assert pdf.Root.Lang == "it-IT"
    assert [str(finding) for finding in pdfua.validate(path).findings] == []
    heard = outloud.check(str(path))
    assert heard.stats["tagged"]
    assert [finding.message for finding in heard.findings if finding.severity == "error"] == []


@pytest.mark.office
def test_the_pdf_is_sound_and_its_structure_is_that_of_the_report(report, tmp_path) -> None:
    program = shutil.which("pdfinfo")
    if program is None:
        pytest.skip("pdfinfo (package poppler-utils) is not installed")
    path = report.save(tmp_path / "report.pdf")
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
    told = subprocess.run(  # noqa: S603 - our own file
        [program, "-struct", path], capture_output=True, encoding="latin-1", check=True
    ).stdout
    tags = Counter(re.findall(r"^ *(\w+)", told, re.MULTILINE))
    blocks = [block for chapter in report.context.chapters for block in chapter.blocks]
    printed = [report.context.tables[key] for block in blocks if block.kind == "table" for key in block.keys]
    drawn = sum(len(block.keys) for block in blocks if block.kind == "picture")
    assert tags["H1"] == len(report.context.chapters)
    assert tags["Table"] == tags["THead"] == len(printed)
    assert tags["TH"] == sum(sum(column.printed for column in table.columns) for table in printed)
    assert tags["Figure"] == drawn
    assert tags["Caption"] == len(printed) + drawn


def test_html_asks_for_nothing_and_holds_every_table(report) -> None:
    page = report.to_bytes(".html").decode()
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert page.count("<table>") == sum(
        len(block.keys)
        for chapter in report.context.chapters
        for block in chapter.blocks
        if block.kind == "table"
    )
    assert "Avviso &lt;inclusione&gt;" in page


@pytest.mark.browser
def test_html_opens_without_a_network_and_reads_well_on_a_telephone(report, offline_page, tmp_path) -> None:
    page = offline_page
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(report.save(tmp_path / "report.html").as_uri())
    assert page.locator("h2").count() == len(report.context.chapters)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def hostile() -> StakeholderNetwork:
    net = district()
    names = dict(zip(net.actors.index, HOSTILE, strict=False))
    actors = net.actors.assign(name=[names.get(actor, name) for actor, name in net.actors["name"].items()])
    return project(
        StakeholderNetwork(
            actors=actors,
            events=net.events.assign(name=HOSTILE[0]),
            attendance=net.attendance,
            name=HOSTILE[0],
            source=HOSTILE[2],
        )
    )


def words_of(document: docx.document.Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_hostile_names_stay_text_in_word() -> None:
    text = words_of(docx.Document(io.BytesIO(planning_report(hostile(), title=HOSTILE[2]).to_bytes(".docx"))))
    for name in (HOSTILE[0], HOSTILE[1], HOSTILE[2], "A BC"):
        assert name in text


def test_hostile_names_stay_text_in_the_workbook() -> None:
    data = io.BytesIO(planning_report(hostile()).to_bytes(".xlsx"))
    with zipfile.ZipFile(data) as archive:
        sheets = [
            archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")
        ]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
    data.seek(0)
    book = CalamineWorkbook.from_filelike(data)
    cells = [
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]
    assert set(HOSTILE[:3]) <= {cell for cell in cells if isinstance(cell, str)}
    assert len({cell for cell in cells if isinstance(cell, float)}) > 10


def test_hostile_names_are_escaped_in_the_notebook() -> None:
    page = planning_report(hostile(), title="<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_hostile_names_are_escaped_in_html_and_set_as_text_in_the_pdf(tmp_path) -> None:
    report = planning_report(hostile(), title="#panic() *x* $y$ <script>")
    page = report.to_bytes(".html").decode()
    assert "<script>" not in page
    assert "Rossi &amp; Figli &lt;Coop&gt;" in page
    with pikepdf.open(report.save(tmp_path / "report.pdf")) as pdf:
        assert pdf.docinfo["/Title"] == "#panic() *x* $y$ <script>"
        data = json.loads(pdf.attachments["data.json"].get_file().read_bytes())
    words = pdf_text((tmp_path / "report.pdf").read_bytes())
    assert "Ente \N{WHITE SQUARE}" in words  # a sign that no typeface has stops no report
    assert HOSTILE[5] in [row[1] for row in data["tables"]["actors"]["rows"]]  # the data keep it


def test_word_tables_repeat_their_heading_and_pictures_and_tables_have_words(report) -> None:
    document = docx.Document(io.BytesIO(report.to_bytes(".docx")))
    assert len(document.tables) == sum(
        len(block.keys)
        for chapter in report.context.chapters
        for block in chapter.blocks
        if block.kind == "table"
    )
    for table in document.tables:
        xml = table._tbl.xml
        assert "w:tblHeader" in xml.partition("</w:tr>")[0]
        assert "w:tblDescription" in xml
    captions = [p._p.xml for p in document.paragraphs if p.style.name == "Caption"]
    assert sum("SEQ Tabella" in caption for caption in captions) == len(document.tables)
    assert sum("SEQ Figura" in caption for caption in captions) == len(report.context.pictures) > 1
    assert document.core_properties.title == report.context.title


def test_json_holds_the_whole_and_no_nan(report) -> None:
    data = json.loads(report.to_bytes(".json"))
    assert data["tables"]["actors"]["rows"][0][1] == report.context.tables["actors"].rows[0][1]
    assert len(data["provenance"][1]) == 2


def test_what_cannot_be_written_is_said(report, tmp_path) -> None:
    with pytest.raises(OptionError, match=r"\.docx"):
        report.save(tmp_path / "report.doc")
    with pytest.raises(OptionError, match="language"):
        planning_report(district(), language="de")
    with pytest.raises(OptionError, match="measures="):
        planning_report(district(), measures=pd.DataFrame({"degree": [1.0]}, index=["nobody"]))


# --- the picture ---------------------------------------------------------------------------------------------------
def test_numbers_in_the_picture_are_those_of_the_table(report) -> None:
    net = project(district())
    picture = report.context.pictures["network"]
    first = report.context.tables["actors"].frame()["name"].iloc[:2]
    assert f"1 {first.iloc[0]}; 2 {first.iloc[1]}" in picture.alt
    assert picture.png.startswith(b"\x89PNG")
    assert "network" not in planning_report(net, pictures=False).context.pictures


def test_picture_has_alternative_text_in_word_and_html(report) -> None:
    alt = report.context.pictures["network"].alt
    with zipfile.ZipFile(io.BytesIO(report.to_bytes(".docx"))) as archive:
        assert f'descr="{alt}"' in archive.read("word/document.xml").decode()
    assert f'<img alt="{alt}"' in report.to_bytes(".html").decode()


def test_public_edition_names_no_person_and_no_proposal() -> None:
    net = project(district())
    alone = net.with_actors(person_like=dict.fromkeys(net.actors.index, False) | {"b": True})
    public = planning_report(
        alone, edition="public", coalitions={"Avviso": COALITIONS}, records=RECORDS
    ).context
    assert "Lanterna" not in public.to_json()
    assert "Lanterna" not in public.pictures["network"].svg
    shown, whole = public.tables["actors"].frame(), planning_report(alone).context.tables["actors"].frame()
    assert shown.loc["b", "name"] == "Cooperativa sociale (nome omesso)"
    assert (shown.loc["b", "municipality"], shown.loc["a", "municipality"]) == ("", "Altomonte")
    assert whole.loc["b", "municipality"]
    assert not {"coalition_1", "records", "absent"} & set(public.tables)
    assert ("Impronta dei dati (SHA-256)", alone.fingerprint) in public.provenance


def test_a_bare_year_is_shown_as_a_year(report) -> None:
    dates = report.context.tables["events"].frame()["date"]
    assert dates["P1"] == "2022"
    assert dates["E2"].isoformat() == "2024-01-15"
    assert dates["E3"] == "senza data"
    assert "dal 2022 al 1º marzo 2024" in report.context.sentences["limits.period"].text


def test_one_chapter_can_be_asked_for(report) -> None:
    assert report.text("missing").startswith("Su 6 enti in registro")
    assert "SHA-256" in report.text("provenance")
    assert report.text("coalitions") in report.text()
    assert planning_report(district(), pictures=False).text("coalitions") == ""
    with pytest.raises(UnknownNameError, match="missing"):
        report.text("mising")


# --- surely or perhaps ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["it", "en"])
def test_who_is_surely_and_who_perhaps_among_the_first(language) -> None:
    net = project(district())
    found = stability(
        lambda one: betweenness(flatten(one)), net, seed=1, top=2, draws=60, cases=0, progress=False
    )
    context = planning_report(net, stability=found, pictures=False, language=language).context
    assert_numbers_hold(context)
    surely = [row.actors[0] for row in found.itertuples() if row.standing == "surely_in"]
    tied = {*flatten(net).ties["source"], *flatten(net).ties["target"]}
    perhaps = [
        row.actors[0] for row in found.itertuples() if row.standing == "perhaps_in" and row.actors[0] in tied
    ]
    assert perhaps
    assert set(context.tables["stability"].keys) == {*surely, *perhaps}
    assert "f" not in perhaps  # who has no tie is level with the others at most
    assert ("hold.nobody_surely" in context.sentences) == (not surely)
    assert context.tables["stability"].title.count("2")
    for actor in perhaps[:2]:
        assert str(net.actors.loc[actor, "name"]) in context.sentences["hold.perhaps_in"].text


def test_possible_ties_are_between_those_without_one(report) -> None:
    context = report.context
    links = context.tables["links"].frame()
    ties = flatten(project(district())).ties
    tied = {frozenset(pair) for pair in zip(ties["source"], ties["target"], strict=True)}
    assert not [key for key in links.index if frozenset(key.split()) in tied]
    assert "unseen" not in context.tables  # h came once, four twice: the estimate is no more than was seen


def test_those_never_seen_are_estimated_where_many_came_once() -> None:
    rows = {"E1": "abcd", "E2": "aefg", "E3": "abhi"}  # once: c, d, e, f, g, h, i; twice: b; three times: a
    net = StakeholderNetwork(
        actors=pd.DataFrame(
            {"actor_id": list("abcdefghi"), "name": list("ABCDEFGHI"), "kind": "ets_odv"}
        ).assign(registered=True),
        events=pd.DataFrame({"event_id": list(rows), "name": list(rows), "kind": "table"}),
        attendance=pd.DataFrame(
            [(actor, event, "present") for event, came in rows.items() for actor in came],
            columns=["actor_id", "event_id", "status"],
        ),
    )
    context = planning_report(project(net), pictures=False).context
    row = context.tables["unseen"].frame().loc["all"]
    assert row[["n_events", "seen", "once", "twice"]].tolist() == [3, 9, 7, 1]
    assert row["chao2"] == pytest.approx(9 + (2 / 3) * 49 / 2)  # Chao 1987: S + (m - 1)/m * q1^2 / (2 q2)
    assert "almeno 25" in context.sentences["missing.unseen"].text


def test_without_events_one_organisation_is_left_out_at_a_time(gallery) -> None:
    net = gallery["two_cliques_and_a_bridge"]()
    found = default_stability(net, seed=3, progress=False)
    context = planning_report(net, stability=found, pictures=False).context
    assert_numbers_hold(context)
    assert "Togliendo un ente alla volta" in context.tables["stability"].note


# --- priorities and plan -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["it", "en"])
def test_a_theme_comes_first_only_where_the_numbers_part_it(language) -> None:
    net = project(district())
    ids = list(net.actors.index)
    votes = pd.DataFrame({"actor_id": [*ids[:4], ids[0]], "theme": ["casa"] * 4 + ["<lavoro>"]})
    themes = agenda(net, match_priorities(net, votes), language=language)
    context = planning_report(net, priorities=themes, language=language, pictures=True).context
    assert_numbers_hold(context)
    first = context.sentences["priorities.first"]
    assert (first.figures["supporters"].number, first.figures["voted"].number) == (4, 4)
    assert (
        "priorities.level" not in context.sentences
        or "<lavoro>" in context.sentences["priorities.level"].text
    )
    assert "picture_themes" in context.pictures


def test_a_plan_says_who_leads_who_joins_and_who_is_outside() -> None:
    net = project(district())
    a, b, c, d = list(net.actors.index)[:4]
    common = {"stage": "", "theme": None}
    plan = pd.DataFrame(
        [
            {"status": "coalition", "call": "Uno", "actors": (a, b), "lead": a, "why": "perché", **common},
            {"status": "unanswered", "call": "Due", "actors": (), "lead": None, "why": "regole", **common},
            {"status": "actor", "actor_id": a, "load": 1, "why": "guida", **common},
            {"status": "actor", "actor_id": b, "load": 1, "why": "partecipa", **common},
            {"status": "outside", "actor_id": c, "steps": 1.0, "via": (), "why": "vicino", **common},
            {"status": "outside", "actor_id": d, "steps": np.inf, "via": (), "why": "lontano", **common},
        ]
    )
    report = planning_report(net, plan=plan, pictures=False)
    assert_numbers_hold(report.context)
    assert report.context.sentences["plan.all"].text == "Risponde a 1 bando su 2 e coinvolge 2 enti."
    assert report.context.sentences["plan.outside"].figures["near"].number == 1
    assert report.context.tables["plan_actors"].frame().loc[a, ["leads", "joins"]].tolist() == [1, 0]
    assert planning_report(net, plan=plan, pictures=False, edition="public").text("plan") == ""


def test_chapters_stand_in_the_order_of_a_plan() -> None:
    keys = [one.key for one in planning_report(project(district()), pictures=False).context.chapters]
    order = ["brief", "who", "missing", "hold", "layers", "links", "limits", "method", "provenance"]
    assert [key for key in keys if key in order] == [key for key in order if key in keys]


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_plan_is_a_table_of_actions_with_its_rows_in_the_workbook(language) -> None:
    net = project(district())
    calls = [Call(title="Uno", max_partners=2, required_kinds={"comune": 1})]
    plan = action_plan(net, calls, language=language)
    actions = plan_actions(net, plan, calls=calls, language=language)
    report = planning_report(net, plan=plan, actions=actions, pictures=False, language=language)
    assert_numbers_hold(report.context)
    table = report.context.tables["plan_steps"]
    assert table.frame()["action"].tolist() == actions["action"].tolist()
    assert table.frame()["evidence"].tolist() == actions["evidence"].str.strip().tolist()
    assert [column.key for column in table.columns if column.printed] == [
        "action", "who", "with_whom", "by", "indicator",
    ]  # fmt: skip
    assert (
        planning_report(net, plan=plan, actions=actions, pictures=False, edition="public").text("plan") == ""
    )
