"""data/raw holds the public record: every fact of it, in the shapes of an office, and no other."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from stakeholder_net.records import clean, read_table

ROOT = Path(__file__).resolve().parents[2]
ROLES = {"host": "organiser", "promoter": "organiser"}


@pytest.fixture(scope="module")
def cleaned():
    """Read every file of data/raw as stakeholder.toml says."""
    entries = tomllib.loads((ROOT / "stakeholder.toml").read_text("utf-8"))["files"]
    own = [entry for entry in entries if entry["path"].startswith("data/raw/")]
    return {
        entry["table"]: clean(read_table(ROOT / entry["path"], entry["table"], base=ROOT)) for entry in own
    }


@pytest.fixture(scope="module")
def record(shared):
    folder = shared / "data" / "piceno_public_record"
    return {
        path.stem: pd.read_csv(path, dtype="str", keep_default_na=False)
        for path in sorted(folder.glob("*.csv"))
    }


def rows(frame, columns):
    return frame[columns].astype("str").fillna("").to_numpy().tolist()


def test_every_file_reads_without_a_word(cleaned):
    assert set(cleaned) == {"attendance", "events", "collaborations", "memberships", "aliases", "register"}
    for table in cleaned.values():
        assert [str(fault) for fault in table.problems] == []
        assert table.n_accepted == len(table.frame)


@pytest.mark.parametrize(
    ("file", "form", "encoding", "delimiter"),
    [
        ("presenze_incontri.xlsx", "xlsx", "", ""),
        ("partenariati.csv", "csv", "cp1252", ";"),
        ("incontri.csv", "csv", "utf-8", ","),
    ],
)
def test_the_files_have_the_shapes_of_an_office(file, form, encoding, delimiter):
    table = {"presenze_incontri.xlsx": "attendance", "incontri.csv": "events"}.get(file, "collaborations")
    raw = read_table(ROOT / "data" / "raw" / file, table)
    assert (raw.form, raw.encoding, raw.delimiter) == (form, encoding, delimiter)


@pytest.mark.shared
def test_attendance_is_the_record(cleaned, record):
    stated = record["attendance"].replace({"role": ROLES, "status": {"present_unspecified": "unknown"}})
    columns = ["event_id", "name_as_printed", "role", "status", "source_id"]
    ours = rows(cleaned["attendance"].frame, ["event", "actor", "role", "status", "source"])
    assert ours == rows(stated, columns)


@pytest.mark.shared
def test_partnerships_are_the_record(cleaned, record):
    stated = record["collaborations"].replace({"role": ROLES})
    columns = ["project_id", "project", "name_as_printed", "role", "source_id"]
    frame = cleaned["collaborations"].frame
    assert rows(frame, ["collaboration", "name", "actor", "role", "source"]) == rows(stated, columns)
    assert frame["start"].dt.strftime("%Y").fillna("").tolist() == stated["year"].tolist()


@pytest.mark.shared
def test_memberships_are_the_record(cleaned, record):
    columns = ["group", "member_as_printed", "source_id"]
    assert rows(cleaned["memberships"].frame, ["group", "actor", "source"]) == rows(
        record["memberships"], columns
    )
    kinds = {"snai": "area interna", "board": "direttivo"}
    assert (
        cleaned["memberships"].frame["kind"].tolist()
        == record["memberships"]["group_kind"].replace(kinds).tolist()
    )


@pytest.mark.shared
def test_events_are_the_record(cleaned, record):
    frame = cleaned["events"].frame
    columns = ["event_id", "kind", "title", "place", "source_id"]
    assert rows(frame, ["event", "kind", "name", "place", "source"]) == rows(record["events"], columns)
    days = frame[["start", "end"]].apply(lambda column: column.dt.strftime("%Y-%m-%d").fillna(""))
    assert [f"{start}/{end}".rstrip("/") for start, end in days.to_numpy()] == record["events"][
        "date"
    ].tolist()


@pytest.mark.shared
def test_sources_are_the_record_and_every_source_that_is_named_is_there(cleaned, record):
    sources = pd.read_csv(ROOT / "data" / "raw" / "fonti.csv", dtype="str", keep_default_na=False)
    assert sources.to_numpy().tolist() == record["sources"].to_numpy().tolist()
    readme = (ROOT / "data" / "raw" / "README.md").read_text("utf-8")
    for code, address in zip(sources["Fonte"], sources["Indirizzo"], strict=True):
        assert f"| {code} |" in readme
        assert address in readme
    named = {code for table in cleaned.values() for cell in table.frame["source"] for code in cell.split()}
    assert named <= set(sources["Fonte"])


def test_every_alias_has_its_reason_and_points_to_no_alias(cleaned):
    aliases = cleaned["aliases"].frame
    assert aliases["reason"].str.len().min() > len("Stesso ente")
    assert set(aliases["what"]) == {"actor", "event", "not_an_actor"}
    assert not set(aliases["name"].dropna()) & set(aliases["spelling"])


def test_every_alias_is_a_spelling_of_the_record(cleaned):
    printed = {
        *cleaned["attendance"].frame["actor"],
        *cleaned["collaborations"].frame["actor"],
        *cleaned["collaborations"].frame["collaboration"],
        *cleaned["memberships"].frame["actor"],
        *cleaned["memberships"].frame["group"],
    }
    assert set(cleaned["aliases"].frame["spelling"]) <= printed


def test_the_register_holds_the_municipalities_and_the_members_of_the_lists(cleaned):
    register = cleaned["register"].frame
    assert register["name"].is_unique
    towns = register[register["kind"] == "comune"]
    assert towns["district"].value_counts().to_dict() == {"ATS XXI": 14, "ATS XXII": 9, "ATS XXIII": 7}
    members = cleaned["memberships"].frame
    listed = members.loc[members["kind"] != "direttivo", "actor"].str.casefold()
    assert set(towns["municipality"].str.casefold()) == set(listed)
