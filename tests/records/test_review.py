"""The sheet on which a clerk answers, and the list in which tax codes are found."""

import openpyxl
import pandas as pd
import pytest

from stakeholder_net.errors import InvalidTablesError, UnreadableFileError
from stakeholder_net.records.decisions import append_decisions, read_decisions
from stakeholder_net.records.link import link_register
from stakeholder_net.records.match import resolve_identities
from stakeholder_net.records.review import read_review, write_review

NAMES = [
    "Acli Ascoli",
    "Acli",
    "CGIL",
    "Camera del Lavoro Territoriale di Ascoli Piceno - CGIL",
    "Comune di Offida",
]


def mentions():
    return pd.DataFrame(
        {"name": NAMES, "source_file": "fogli.xlsx", "source_sheet": "Lab", "source_row": range(2, 7)}
    )


def answer(path, words, *, first=5):
    """Write answers into the yellow column; a pair is a further answer in 'which body'."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row, word in enumerate(words, start=first):
        said, which = word if isinstance(word, tuple) else (word, None)
        sheet.cell(row, 2).value = said
        if which:
            sheet.cell(row, 12).value = which
    book.save(path)


@pytest.mark.parametrize("language", ["it", "en"])
def test_an_answer_becomes_a_decision_that_holds(tmp_path, language):
    who = resolve_identities(mentions(), towns=["Ascoli Piceno", "Offida"])
    assert not who.review.empty
    path = write_review(who, tmp_path / "review.xlsx", language=language)
    answer(path, [{"it": "sì", "en": "yes"}[language]])
    said = read_review(path, decided_on="2024-05-02", decided_by="ufficio di piano")
    assert append_decisions(tmp_path / "decisions.csv", said) == 1
    again = resolve_identities(
        mentions(), towns=["Ascoli Piceno", "Offida"], decisions=read_decisions(tmp_path / "decisions.csv")
    )
    first = who.review.loc[0]
    merged = again.actor_of[who.actor_of.isin([first["one_id"], first["other_id"]])]
    assert merged.nunique() == 1  # noqa: PD101
    assert len(again.actors) == len(who.actors) - 1
    assert len(again.review) < len(who.review)


def test_a_no_is_not_asked_again_and_other_says_which(tmp_path):
    who = resolve_identities(mentions(), towns=["Ascoli Piceno", "Offida"])
    path = write_review(who, tmp_path / "review.xlsx")
    answer(path, ["no"])
    again = resolve_identities(
        mentions(), decisions=read_review(path, decided_on="2024-05-02", decided_by="x")
    )
    pair = set(who.review.loc[0, ["one_key", "other_key"]])
    assert all(set(p) != pair for p in again.review[["one_key", "other_key"]].to_numpy().tolist())
    path = write_review(who, tmp_path / "second.xlsx")
    answer(path, [("altro", "Comune di Offida")])
    said = read_review(path, decided_on="2024-05-02", decided_by="x")
    assert said.loc[0, ["action", "b"]].tolist() == ["same", "Comune di Offida"]


def test_the_sheet_shows_both_sources_and_why_and_starts_with_the_likest(tmp_path):
    who = resolve_identities(mentions(), towns=["Ascoli Piceno", "Offida"])
    sheet = openpyxl.load_workbook(write_review(who, tmp_path / "r.xlsx", language="en")).worksheets[0]
    heads = [c.value for c in sheet[4]]
    row = dict(zip(heads, [c.value for c in sheet[5]], strict=True))
    assert "fogli.xlsx Lab r. " in row["Where A stands"]
    assert "fogli.xlsx Lab r. " in row["Where B stands"]
    assert "words in common" in row["Why"] or "parole comuni" in row["Why"]
    scores = [sheet.cell(n, 5).value for n in range(5, sheet.max_row + 1)]
    assert scores == sorted(scores, reverse=True)


def test_the_same_pairs_give_the_same_bytes(tmp_path):
    who = resolve_identities(mentions(), towns=["Ascoli Piceno", "Offida"])
    assert (
        write_review(who, tmp_path / "a.xlsx").read_bytes()
        == write_review(who, tmp_path / "b.xlsx").read_bytes()
    )


def test_a_hostile_name_is_no_formula(tmp_path):
    names = ['=HYPERLINK("http://x") Teatro delle Foglie', "Teatro della Foglia"]
    who = resolve_identities(pd.DataFrame({"name": names}))
    path = write_review(who.review if len(who.review) else who, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)


def test_every_wrong_answer_is_told_with_its_row(tmp_path):
    who = resolve_identities(mentions(), towns=["Ascoli Piceno", "Offida"])
    path = write_review(who, tmp_path / "r.xlsx")
    answer(path, ["forse"])
    with pytest.raises(InvalidTablesError) as error:
        read_review(path, decided_on="2024-05-02", decided_by="x")
    assert [(p.code, p.row, p.column) for p in error.value.problems] == [("bad_choice", 5, "Risposta")]
    answer(path, [("altro", None)])
    with pytest.raises(InvalidTablesError, match="empty"):
        read_review(path, decided_on="2024-05-02", decided_by="x")


def test_another_workbook_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "ciao"
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(UnreadableFileError):
        read_review(tmp_path / "x.xlsx", decided_on="2024-05-02", decided_by="x")


def test_an_empty_review_can_be_written_and_read(tmp_path):
    who = resolve_identities(pd.DataFrame({"name": ["Teatro delle Foglie"]}))
    path = write_review(who, tmp_path / "r.xlsx")
    assert read_review(path, decided_on="2024-05-02", decided_by="x").empty


# --- the tax code from a public list ----------------------------------------------------------------------------------
def listed():
    return pd.DataFrame(
        {
            "name": [
                "LA MERIDIANA ODV",
                "COOPERATIVA SOCIALE PRIMAVERA",
                "ANFFAS ONLUS GROTTAMMARE",
                "AVIS FERMO",
            ],
            "tax_code": ["00152230413", "80003150424", "00229010442", "00136120441"],
            "municipality": ["ASCOLI PICENO", "SAN BENEDETTO DEL TRONTO", "GROTTAMMARE", "FERMO"],
        }
    )


def test_a_code_found_in_a_list_reaches_the_actor_through_an_answer(tmp_path):
    who = resolve_identities(
        pd.DataFrame({"name": ["La Meridiana", "Il Melograno"], "municipality": ["Ascoli Piceno", None]})
    )
    links = link_register(who.actors, listed())
    assert links[["one_name", "tax_code"]].to_numpy().tolist() == [["La Meridiana", "00152230413"]]
    path = write_review(links, tmp_path / "codes.xlsx")
    answer(path, ["sì"])
    said = read_review(path, decided_on="2024-05-02", decided_by="x")
    mentions = pd.DataFrame({"name": ["La Meridiana"], "municipality": ["Ascoli Piceno"]})
    assert resolve_identities(mentions, decisions=said).actors["codes"].tolist() == ["cf:00152230413"]
    assert link_register(who.actors, listed(), decisions=said).empty


def test_the_code_of_the_actor_is_not_read_by_the_search():
    actors = pd.DataFrame({"actor_id": ["a"], "name": ["Teatro Alfa"], "tax_code": ["00152230413"]})
    assert link_register(actors, listed()).empty


@pytest.mark.shared
def test_the_meridiana_has_a_code_in_the_list_of_the_province_and_the_melograno_none(shared):
    table = pd.read_csv(shared / "data" / "ondata_5x1000" / "ascoli_piceno.csv", dtype="str")
    register = table.rename(
        columns={"denominazione": "name", "codice_fiscale": "tax_code", "nome_comune": "municipality"}
    )
    actors = pd.DataFrame(
        {
            "actor_id": ["a-1", "a-2"],
            "name": ["Associazione La Meridiana di Ascoli Piceno", "Cooperativa ‘Il Melograno’"],
            "municipality": ["Ascoli Piceno", None],
        }
    )
    links = link_register(actors, register)
    best = links.drop_duplicates("one_id").set_index("one_id")
    assert "MERIDIANA" in best.loc["a-1", "other_name"].upper()
    assert best.loc["a-1", "score"] > 0.5
    assert "a-2" not in best.index or best.loc["a-2", "score"] < 0.5
