"""Persons: dropped by default, counted under a key by choice, gone after their day, and never told to the public."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import pickle
import stat
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pymupdf
import pytest

from stakeholder_net import (
    InvalidProjectError,
    OptionError,
    StakeholderNetError,
    StakeholderNetwork,
    actor_profile,
    changes_report,
    network_map,
    open_project,
    planning_report,
    project,
    public_network,
    without,
    write_graph,
)
from stakeholder_net.cli import main
from stakeholder_net.convert import FORMATS
from stakeholder_net.custody import people_of
from stakeholder_net.processing import processing_record
from stakeholder_net.records.persons import KEY_VARIABLE, PersonKey, make_key, read_key

NAMES = ("Zanzottera", "Ermenegilda", "zanzottera@example.org", "333 7654321")
SHEET = """Ente;Incontro;Data;Cognome;Nome;E-mail;Telefono;Firma
Avis di Offida;E1;2021-09-03;Zanzottera;Ermenegilda;zanzottera@example.org;333 7654321;x
Avis di Offida;E1;2021-09-03;Bianchi;Ugo;;;x
Comune di Folignano;E1;2021-09-03;Verdi;Lia;;;x
Croce Verde di Ascoli;E2;oggi;Neri;Ada;;;x
Avis di Offida;E2;2021-10-03;ERMENEGILDA;zanzottera;Zanzottera@example.org;;x
Avis di Offida;E2;2021-10-03;Neri;Ada;;;
Comune di Folignano;E2;2021-10-03;Gialli;Pio;;;x
"""
SETTINGS = """title = "Prova"
[persone]
pseudonimi = {pseudonyms}
[trattamento]
titolare = "Comune di Prova"
finalita = "Piano di zona"
[[files]]
path = "{path}"
table = "attendance"
conservare_fino_al = {until}
base_giuridica = "L. 328/2000"
"""
PAST, FUTURE = "2024-12-31", "2999-12-31"


def made(
    folder: Path, *, pseudonyms: bool = True, until: str = FUTURE, path: str = "data/restricted/presenze.csv"
):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(SHEET, "utf-8")
    said = SETTINGS.format(pseudonyms=str(pseudonyms).lower(), path=path, until=until)
    (folder / "stakeholder.toml").write_text(said, "utf-8")
    return open_project(folder)


def said_of(*words: object) -> int:
    try:
        main([str(word) for word in words])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def all_bytes(folder: Path, *but: str):
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part in path.as_posix() for part in but):
            yield path.read_bytes()


# --- T16, T17: the key ------------------------------------------------------------------------------------------------
def test_without_a_choice_nothing_of_a_person_is_made(tmp_path):
    place = made(tmp_path, pseudonyms=False)
    records = place.read()
    assert records.persons is None
    place.keep(place.build(records), records)
    assert not (tmp_path / "data" / "restricted" / "persons.parquet").exists()


def test_no_key_no_pseudonyms_and_one_message(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    place = made(tmp_path)
    with pytest.raises(StakeholderNetError, match="there is no key") as caught:
        place.read()
    assert "stakeholder-net persons key" in caught.value.hint
    assert said_of("run", tmp_path) == 2
    assert "no key" in capsys.readouterr().err
    assert not (tmp_path / "data" / "processed" / "manifest.json").exists()


@pytest.mark.parametrize(
    ("table", "word"), [("persone", "soglie"), ("persons", "limits"), ("trattamento", "titolari")]
)
def test_an_entry_that_does_not_exist_is_named_with_those_that_do(tmp_path, table, word):
    (tmp_path / "stakeholder.toml").write_text(
        f'title = "x"\n[[files]]\npath = "a.csv"\ntable = "attendance"\n[{table}]\n{word} = 3\n', "utf-8"
    )
    with pytest.raises(InvalidProjectError, match=f"{word}: there is no such key; known:"):
        open_project(tmp_path)


def test_no_limit_below_three_can_be_set(tmp_path):
    (tmp_path / "stakeholder.toml").write_text(
        'title = "x"\n[persone]\nsoglia = 2\n[[files]]\npath = "a.csv"\ntable = "attendance"\n', "utf-8"
    )
    with pytest.raises(InvalidProjectError, match="greater than or equal to 3"):
        open_project(tmp_path)


def test_without_a_day_there_are_no_pseudonyms(tmp_path):
    made(tmp_path)
    text = (tmp_path / "stakeholder.toml").read_text("utf-8").replace(f"conservare_fino_al = {FUTURE}\n", "")
    (tmp_path / "stakeholder.toml").write_text(text, "utf-8")
    with pytest.raises(InvalidProjectError, match="until which"):
        open_project(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="who may read a file is said so on POSIX only")
def test_the_key_is_for_its_owner_only(tmp_path):
    path = make_key(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(StakeholderNetError, match="a key already"):
        make_key(tmp_path)
    path.chmod(0o640)
    with pytest.raises(StakeholderNetError, match="others than its owner"):
        read_key(tmp_path)


def git(folder: Path, *words: str) -> str:
    run = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603, S607
    return run.stdout


def test_git_never_sees_the_restricted_folder(tmp_path):
    git(tmp_path, "init", "-q")
    made(tmp_path)
    make_key(tmp_path)
    place = open_project(tmp_path)
    records = place.read()
    place.keep(place.build(records), records)
    git(tmp_path, "add", "-A")
    listed = git(tmp_path, "ls-files")
    assert "stakeholder.toml" in listed
    assert "restricted" not in listed


def test_the_key_shows_itself_nowhere(tmp_path, capsys):
    made(tmp_path)
    secret = make_key(tmp_path).read_text("utf-8").strip()
    key = read_key(tmp_path)
    assert secret not in f"{key!r} {key} {vars(type(key))}"
    with pytest.raises(TypeError):
        pickle.dumps(key)
    assert said_of("run", tmp_path) == 0
    told = capsys.readouterr()
    held = [told.out.encode(), told.err.encode(), *all_bytes(tmp_path, "person.key")]
    assert not any(secret.encode() in data for data in held)
    with pytest.raises(StakeholderNetError) as caught:
        PersonKey(b"a short secret")
    assert "a short secret" not in str(caught.value)


def test_a_key_is_stable_and_two_keys_cannot_be_linked():
    one, other = PersonKey(b"1" * 32), PersonKey(b"2" * 32)
    same = ["Rossi Nicolò", "NICOLÒ rossi", "Nicolo\u0300  Rossi", " rossi, nicolò "]
    assert len({one.pseudonym(name, "N.Rossi@example.org") for name in same}) == 1
    assert one.pseudonym(same[0], "n.rossi@EXAMPLE.org") == one.pseudonym(same[0], "N.Rossi@example.org")
    assert one.pseudonym("Rossi Nicola", "") != one.pseudonym("Rossi Nicolò", "n@example.org")
    assert one.pseudonym("", " ") == ""
    names = [f"nome{n} cognome{n}" for n in range(2000)]
    under_one, under_other = ([key.pseudonym(name, "") for name in names] for key in (one, other))
    assert all(len(code) == 16 and int(code, 16) >= 0 for code in under_one)
    assert len(set(under_one)) == 2000
    assert not set(under_one) & set(under_other)
    plain = {
        hashlib.new(how, text.encode()).hexdigest()[:16]
        for how in ("sha256", "sha1", "md5")
        for name in names
        for text in (name, f"{name}\x00")
    }
    assert not plain & set(under_one)
    # order tells nothing either
    assert sorted(range(2000), key=under_one.__getitem__) != sorted(range(2000), key=under_other.__getitem__)


def test_the_environment_may_hold_the_key(tmp_path, monkeypatch):
    place = made(tmp_path)
    monkeypatch.setenv(KEY_VARIABLE, "k" * 40)
    first = place.read().persons
    monkeypatch.setenv(KEY_VARIABLE, "q" * 40)
    second = place.read().persons
    assert not set(first["person"]) & set(second["person"])
    assert first.drop(columns="person").equals(second.drop(columns="person"))


# --- what it is good for ----------------------------------------------------------------------------------------------
def test_distinct_persons_of_an_organisation_over_meetings(tmp_path, capsys):
    place = made(tmp_path)
    make_key(tmp_path)
    records = place.read()
    built = place.build(records)
    people = place.people(records, built)
    by_actor = people.groupby(people["actor_id"].map(built.network.actors["name"]))["person"].nunique()
    # Zanzottera came twice, Bianchi once, Neri did not sign
    assert by_actor.to_dict() == {"Avis di Offida": 2, "Comune di Folignano": 2}
    assert people.groupby("event_id").size().to_dict() == {"E1": 3, "E2": 2}
    counts = dict(zip(built.network.actors["name"], built.network.actors["person_count"], strict=True))
    assert counts["Avis di Offida"] == 2
    assert said_of("persons", "count", tmp_path, "--language", "en") == 0
    printed = capsys.readouterr().out
    line = next(line for line in printed.splitlines() if "Avis" in line)
    assert line.split()[-3:] == ["3", "2", "1"]
    assert "persons: at most." in printed
    place.keep(built, records)
    file = tmp_path / "data" / "restricted" / "persons.parquet"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    held = pd.read_parquet(file)
    assert list(held.columns) == ["person", "actor_id", "event_id", "source_file", "delete_after"]
    assert set(held["delete_after"]) == {dt.date.fromisoformat(FUTURE)}
    pseudonyms = [code.encode() for code in held["person"]]
    assert not any(code in data for data in all_bytes(tmp_path, "persons.parquet") for code in pseudonyms)
    assert not any(code in f"{records!r}{built!r}{records._repr_html_()}".encode() for code in pseudonyms)


def test_names_and_pseudonyms_are_in_no_output_but_the_restricted_file(tmp_path, capsys):
    made(tmp_path)
    make_key(tmp_path)
    assert said_of("run", tmp_path) == 0
    told = capsys.readouterr()
    held = [told.out.encode(), told.err.encode(), *all_bytes(tmp_path, "presenze.csv")]
    assert [name for name in NAMES if any(name.casefold().encode() in data.lower() for data in held)] == []


# --- T18, T19: the public ---------------------------------------------------------------------------------------------
HIDDEN = ("Quintiliani", "Rocca Segreta", "Amici di Zaira")


@pytest.fixture
def net() -> StakeholderNetwork:
    actors = pd.DataFrame(
        {
            "actor_id": list("abpgr"),
            "name": ["Comune di Force", "Coop Alfa", f"Studio {HIDDEN[0]}", HIDDEN[2], "Odv Beta"],
            "kind": ["comune", "coop_sociale", "impresa", "gruppo_informale", "ets_odv"],
            "municipality": ["Force", "Force", HIDDEN[1], HIDDEN[1], "Force"],
            "registered": [True, True, False, False, True],
            "person_like": [False, False, True, False, False],
            "person_count": pd.array([23, 7, 1, 3, 4], dtype="Int64"),
        }
    )
    events = pd.DataFrame(
        {"event_id": ["E", "F"], "name": ["Tavolo", "Patto"], "kind": "table", "layer": "attendance"}
    )
    seats = pd.DataFrame(
        {
            "actor_id": list("abpgrab"),
            "event_id": [*"EEEEE", "F", "F"],
            "status": "present",
            "persons": pd.array([21, 6, 1, 3, 4, 8, 2], dtype="Int64"),
            "source": "presenze.xlsx:4",
        }
    )
    return project(StakeholderNetwork(actors=actors, events=events, attendance=seats, name="Prova"))


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_public_export_names_nobody_and_holds_no_small_count(net, form, tmp_path):
    write_graph(net, tmp_path / "inside", format=form)
    write_graph(public_network(net), tmp_path / "outside", format=form)

    def texts(place):
        paths = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
        paths += [path for path in tmp_path.glob(f"{place.name}*") if path.is_file()]
        return b"".join(path.read_bytes() for path in paths)

    inside, outside = texts(tmp_path / "inside"), texts(tmp_path / "outside")
    if not inside.startswith(b"PK"):
        assert outside
        assert [word for word in HIDDEN if word.encode() in outside] == []
    assert public_network(net).actors["person_count"].dropna().tolist() == [23, 7]
    assert public_network(net).attendance["persons"].isna().all()


def test_whoever_is_like_a_person_is_hidden_in_every_public_page_and_still_counted(net, tmp_path):

    def page(document):
        return document.save(tmp_path / "page.html").read_text("utf-8")

    def words(document, form):
        data = document.save(tmp_path / f"page.{form}")
        if form == "pdf":
            with pymupdf.open(data) as opened:
                attached = [
                    opened.embfile_get(name).decode("utf-8", "replace") for name in opened.embfile_names()
                ]
                return "".join([*(leaf.get_text() for leaf in opened), *attached])
        with zipfile.ZipFile(data) as packed:
            return "".join(packed.read(part).decode("utf-8", "replace") for part in packed.namelist())

    pages = {
        **{form: words(planning_report(net, edition="public"), form) for form in ("pdf", "docx", "xlsx")},
        "map": network_map(net, edition="public").html,
        "report": page(planning_report(net, edition="public", language="en")),
        "changes": page(changes_report(without(net, ["p", "g", "a"]), net, edition="public")),
        "profile": page(actor_profile(net, "Coop Alfa", edition="public")),
    }
    inside = page(actor_profile(net, "Coop Alfa"))
    assert HIDDEN[0] in inside
    assert HIDDEN[2] in inside
    assert [
        (name, word) for name, text in pages.items() for word in (HIDDEN[0], HIDDEN[2]) if word in text
    ] == []
    assert all("Comune di Force" in text for text in pages.values())
    assert public_network(net).n_actors == net.n_actors
    assert len(public_network(net).ties) == len(net.ties)
    for actor in ("p", f"Studio {HIDDEN[0]}", "g"):
        with pytest.raises(OptionError, match="stands for a person"):
            actor_profile(net, actor, edition="public")


def test_the_map_for_the_public_holds_no_count_of_persons_that_a_filter_could_leave_over(net):
    """Were a count in the page, two filters and a subtraction would give a small one back."""
    page = network_map(net, edition="public", language="en").html
    assert "person_count" not in page
    assert '"persons"' not in page
    assert public_network(net).attendance["persons"].isna().all()


def test_public_counts_keep_the_former_release_in_mind(tmp_path, capsys):
    made(tmp_path, pseudonyms=False)
    out = tmp_path / "persone.csv"
    assert said_of("persons", "count", tmp_path, "--edition", "public", "--output", out) == 0
    first = out.read_text("utf-8")
    assert "<5" in first
    sheet = tmp_path / "data" / "restricted" / "presenze.csv"
    rows = "".join(f"Comune di Folignano;E3;2021-11-03;Cognome{n};Nome{n};;;x\n" for n in range(9))
    sheet.write_text(SHEET + rows + "Avis di Offida;E3;2021-11-03;Solo;Uno;;;x\n", "utf-8")
    assert said_of("persons", "count", tmp_path, "--edition", "public", "--output", out) == 0
    second = pd.read_csv(out, dtype="str", index_col=0)
    assert second.loc["Organizzazione di volontariato", "E3"] == "<5"
    assert second.loc["Organizzazione di volontariato", "total"] == "…"
    assert second.loc["total", "E3"] == "…"
    capsys.readouterr()


# --- T20: how it goes -------------------------------------------------------------------------------------------------
def test_purge_lists_first_and_then_takes_rows_quarantine_and_caches(tmp_path, capsys):
    place = made(tmp_path, until=PAST)
    make_key(tmp_path)
    records = place.read()
    place.keep(place.build(records), records)
    (tmp_path / "notebooks" / ".ipynb_checkpoints").mkdir(parents=True)
    (tmp_path / "data" / "restricted" / ".~lock.presenze.csv#").write_text("Zanzottera", "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert said_of("purge", tmp_path, "--language", "en") == 0
    listed = capsys.readouterr().out
    for word in (
        "presenze.csv: to be kept until 2024-12-31",
        "5 rows of pseudonyms",
        "1 rows set aside",
        "checkpoints",
    ):
        assert word in listed
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert said_of("purge", tmp_path, "--yes") == 0
    restricted = tmp_path / "data" / "restricted"
    assert sorted(path.name for path in restricted.iterdir()) == [
        ".gitignore",
        "kept",
        "person.key",
        "persons.parquet",
    ]
    assert len(pd.read_parquet(restricted / "persons.parquet")) == 0
    assert "oggi" not in (place.set_aside).read_text("utf-8-sig")
    assert not (tmp_path / "notebooks" / ".ipynb_checkpoints").exists()
    log = (tmp_path / "data" / "purged.csv").read_text("utf-8")
    assert [line.split(",")[1] for line in log.splitlines()[1:]] == [
        "persons",
        "set_aside",
        "cache",
        "cache",
        "raw",
    ]
    assert not any(word.casefold() in log.casefold() for word in (*NAMES, "presenze", "Avis", "Folignano"))
    assert said_of("purge", tmp_path, "--language", "en") == 0
    assert "Nothing is past" in capsys.readouterr().out
    assert said_of("check", tmp_path) == 0


def test_purge_keeps_what_is_not_due_and_only_names_what_lies_elsewhere(tmp_path, capsys):
    place = made(tmp_path, until=PAST, path="data/raw/presenze.csv")
    (tmp_path / "data" / "raw" / "altro.csv").write_text(
        SHEET.replace("E1", "E8").replace("E2", "E9"), "utf-8"
    )
    with (tmp_path / "stakeholder.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'[[files]]\npath = "data/raw/altro.csv"\ntable = "attendance"\nkeep_until = {FUTURE}\n'
        )
    make_key(tmp_path)
    place = open_project(tmp_path)
    records = place.read()
    place.keep(place.build(records), records)
    assert said_of("purge", tmp_path, "--yes", "--language", "en") == 0
    assert "for you to delete" in capsys.readouterr().out
    assert (tmp_path / "data" / "raw" / "presenze.csv").read_text("utf-8") == SHEET
    left = pd.read_parquet(tmp_path / "data" / "restricted" / "persons.parquet")
    assert set(left["source_file"]) == {"data/raw/altro.csv"}
    assert len(left) == 5
    rows = place.set_aside.read_text("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith("data/raw/altro.csv")


def test_the_network_is_the_same_after_a_purge_and_holds_nobody(tmp_path):
    place = made(tmp_path, until=PAST, pseudonyms=False)
    before = place.network()
    assert said_of("purge", tmp_path, "--yes") == 0
    assert not (tmp_path / "data" / "restricted" / "presenze.csv").exists()
    records = place.read()
    assert place.build(records).network == before
    assert before.attendance["persons"].sum() == 5
    assert records.counts[["file", "read"]].to_numpy().tolist() == [["data/restricted/presenze.csv", 4]]
    held = b"".join(all_bytes(tmp_path)).lower()
    assert [name for name in NAMES if name.casefold().encode() in held] == []
    assert (
        "Zanzottera"
        not in pd.read_parquet(next((tmp_path / "data" / "restricted" / "kept").iterdir())).to_csv()
    )


def test_a_sheet_that_nobody_can_read_goes_all_the_same_and_is_told_as_absent(tmp_path):
    made(tmp_path, until=PAST, pseudonyms=False)
    sheet = tmp_path / "data" / "restricted" / "presenze.csv"
    sheet.write_text("niente", "utf-8")
    assert said_of("purge", tmp_path, "--yes") == 0
    assert not sheet.exists()
    assert open_project(tmp_path).read().absent_files == ("data/restricted/presenze.csv",)
    assert said_of("check", tmp_path) == 0


def test_a_link_out_of_the_restricted_folder_is_not_followed(tmp_path):
    outside = tmp_path / "elsewhere.csv"
    outside.write_text(SHEET, "utf-8")
    made(tmp_path / "p", until=PAST, pseudonyms=False)
    sheet = tmp_path / "p" / "data" / "restricted" / "presenze.csv"
    sheet.unlink()
    sheet.symlink_to(outside)
    assert said_of("purge", tmp_path / "p", "--yes") == 0
    assert outside.read_text("utf-8") == SHEET
    assert sheet.is_symlink()


def test_a_restricted_folder_that_is_itself_a_link_is_not_emptied(tmp_path):
    made(tmp_path / "p", until=PAST, pseudonyms=False)
    restricted, outside = tmp_path / "p" / "data" / "restricted", tmp_path / "elsewhere"
    restricted.rename(outside)
    restricted.symlink_to(outside, target_is_directory=True)
    assert said_of("purge", tmp_path / "p", "--yes") in {0, 2}
    assert (outside / "presenze.csv").read_text("utf-8") == SHEET


def test_pseudonyms_that_nobody_asks_for_any_more_go_too(tmp_path):
    place = made(tmp_path)
    make_key(tmp_path)
    records = place.read()
    place.keep(place.build(records), records)
    made(tmp_path, pseudonyms=False)
    assert said_of("purge", tmp_path, "--yes") == 0
    assert len(pd.read_parquet(tmp_path / "data" / "restricted" / "persons.parquet")) == 0


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_day_that_has_passed_is_told(tmp_path, capsys, command):
    made(tmp_path, until=PAST, pseudonyms=False)
    said_of(command, tmp_path, "--language", "en")
    assert "past the time limit" in capsys.readouterr().out
    made(tmp_path, until=FUTURE, pseudonyms=False)
    said_of(command, tmp_path, "--language", "en")
    assert "past the time limit" not in capsys.readouterr().out


# --- the record of processing -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["it", "en"])
def test_the_record_says_what_is_known_and_what_is_open(tmp_path, language):
    place = made(tmp_path, pseudonyms=False)
    records = place.read()
    page = place.record_of_processing(records, language=language).read_text("utf-8")
    assert page == processing_record(place.config, records.personal, language=language)
    for known in (
        "Comune di Prova",
        "Piano di zona",
        "L. 328/2000",
        FUTURE,
        "data/restricted/presenze.csv",
        "art",
    ):
        assert known in page
    open_items = page.count(
        "da completare a cura del titolare" if language == "it" else "to be completed by the contr"
    )
    assert open_items == 4  # officer, legal basis of all, recipients, time limit of all
    assert ("recapiti (e-mail, telefono)" if language == "it" else "contacts (e-mail, telephone)") in page
    assert [name for name in (*NAMES, str(tmp_path)) if name.casefold() in page.casefold()] == []


def test_what_a_settings_file_says_makes_no_mark_up(tmp_path):
    made(tmp_path, pseudonyms=False)
    file = tmp_path / "stakeholder.toml"
    hostile = "Ente | <script>x</script> [a](http://b)"
    file.write_text(file.read_text("utf-8").replace("Comune di Prova", hostile), "utf-8")
    page = processing_record(open_project(tmp_path).config, {})
    assert "<script" not in page
    assert "[a](" not in page
    row = next(line for line in page.splitlines() if line.startswith("| Titolare"))
    assert row.replace("\\|", "").count("|") == 3


def test_a_row_that_names_two_bodies_counts_its_person_for_both():
    places = pd.DataFrame(
        {
            "source_file": "a.csv",
            "source_sheet": "",
            "source_row": [2, 2],
            "actor_id": ["x", "y"],
            "event_id": "E",
        }
    )
    persons = pd.DataFrame({"person": ["0f"], "source_file": "a.csv", "source_sheet": "", "source_row": [2]})
    assert people_of(persons, places)["actor_id"].tolist() == ["x", "y"]
