"""Every table keeps what it promises; the schema for other programs says the same as the contract."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from stakeholder_net import OptionError
from stakeholder_net.records import (
    check_contract,
    clean,
    read_table,
    table_contract,
    table_schema,
    write_table_schemas,
)
from stakeholder_net.words import CORE_TABLES, INTAKE_TABLES

ROOT = Path(__file__).resolve().parents[2]
TABLES = [*(("clean", table) for table in INTAKE_TABLES), *(("network", table) for table in CORE_TABLES)]
EMPTY = {
    "string": "str",
    "date": "datetime64[us]",
    "number": "float64",
    "integer": "Int64",
    "boolean": "bool",
}
EVERY = pytest.mark.parametrize(("stage", "table"), TABLES)


def own_files():
    entries = tomllib.loads((ROOT / "stakeholder.toml").read_text("utf-8"))["files"]
    return [(entry["path"], entry["table"]) for entry in entries if entry["path"].startswith("data/raw/")]


@pytest.mark.parametrize(("path", "table"), own_files())
def test_clean_records_keep_the_contract(path, table):
    assert check_contract(clean(read_table(ROOT / path, table)).frame, table) == []


def test_the_tables_of_a_network_keep_the_contract(any_network):
    tables = {
        "actors": any_network.actors.reset_index(),
        "events": any_network.events.reset_index(),
        "attendance": any_network.attendance,
        "ties": any_network.ties,
        "layers": any_network.layers.reset_index(),
    }
    for name, frame in tables.items():
        assert [str(fault) for fault in check_contract(frame, name, stage="network")] == [], name


def test_every_fault_is_told_with_its_row():
    frame = pd.DataFrame({
        "actor": pd.Series(["Avis", None, "Aido"], dtype="str"), "event": "E1", "hours": [1.0, 2.0, -1.0],
        "status": pd.Series(["present", "present", "forse"], dtype="str"),
        "source_file": "p.csv", "source_sheet": "", "source_row": [2, 3, 4],
    })  # fmt: skip
    frame = frame.astype({"event": "str", "source_file": "str", "source_sheet": "str"})
    faults = check_contract(frame, "attendance")
    assert [(fault.row, fault.column) for fault in faults] == [(3, "actor"), (4, "hours"), (4, "status")]
    missing = check_contract(frame.drop(columns="event"), "attendance")
    assert "missing_column" in [fault.code for fault in missing]


def test_keys_and_spans_are_part_of_the_contract():
    start, end = pd.to_datetime(["2021-09-04", "2021-01-01"]), pd.to_datetime(["2021-09-03", "2021-01-01"])
    events = pd.DataFrame({
        "event": ["E1", "E1"], "name": ["a", "b"], "start": start.astype("datetime64[us]"),
        "end": end.astype("datetime64[us]"), "source_file": "e.csv", "source_sheet": "", "source_row": [2, 3],
    })  # fmt: skip
    faults = [(fault.code, fault.row, fault.value) for fault in check_contract(events, "events")]
    assert faults == [
        ("duplicate_id", 2, "E1"),
        ("backward_span", 2, "2021-09-03"),
        ("duplicate_id", 3, "E1"),
    ]


@EVERY
def test_the_schema_says_what_the_contract_says(stage, table):
    contract, schema = table_contract(table, stage=stage), table_schema(table, stage=stage)
    fields = {field["name"]: field for field in schema["fields"]}
    assert list(fields) == list(contract.columns)
    frame = pd.DataFrame({name: pd.Series(dtype=EMPTY[field["type"]]) for name, field in fields.items()})
    frame = frame.astype({"source_row": "int64"}) if stage == "clean" else frame
    assert check_contract(frame, table, stage=stage) == []  # the types are the same
    for name, column in contract.columns.items():
        limits = fields[name].get("constraints", {})
        assert limits.get("required", False) is not column.nullable
        said = {key: value for check in column.checks for key, value in check.statistics.items()}
        assert limits.get("enum") == (list(said["allowed_values"]) if "allowed_values" in said else None)
        assert limits.get("minimum", limits.get("exclusiveMinimum")) == said.get("min_value")
        assert fields[name]["title"]
        assert fields[name]["description"]
    assert schema.get("primaryKey") == contract.unique


@EVERY
def test_no_column_of_persons_is_in_a_contract(stage, table):
    personal = {column.name for columns in INTAKE_TABLES.values() for column in columns if column.personal}
    assert not personal & set(table_contract(table, stage=stage).columns)


def test_the_pages_in_the_repository_are_the_ones_that_the_program_writes(tmp_path):
    for path in write_table_schemas(tmp_path):
        kept = ROOT / "docs" / "reference" / "tables" / path.name
        assert kept.read_text("utf-8") == path.read_text("utf-8"), (
            f"{path.name}: write the pages anew, see README.md there"
        )
        if path.suffix == ".json":
            json.loads(path.read_text("utf-8"))


def test_a_table_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(OptionError, match="Did you mean 'attendance'"):
        table_contract("attendence")


def test_what_ends_before_it_begins_is_set_aside(tmp_path):
    path = tmp_path / "incontri.csv"
    path.write_text("Evento;Titolo;Dal;Al\nE1;Lab;4/9/2021;3/9/2021\nE2;Lab;3/9/2021;3/9/2021\n", "utf-8")
    result = clean(read_table(path, "events"))
    assert result.frame["event"].tolist() == ["E2"]
    assert [(fault.code, fault.row, fault.column, fault.value) for fault in result.problems] == [
        ("backward_span", 2, "Al", "03/09/2021")
    ]
