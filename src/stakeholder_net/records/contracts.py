"""What each table promises, as a contract that can be tried and as a schema that other programs read."""

from __future__ import annotations

import json
import os
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from stakeholder_net._checks import check_option, problem
from stakeholder_net._files import write_text
from stakeholder_net.errors import MissingExtraError, Problem
from stakeholder_net.words import (
    ALIAS_KINDS,
    CORE_TABLES,
    INTAKE_TABLES,
    KINDS,
    STATUSES,
    WEIGHT_MEANINGS,
    Column,
)

if TYPE_CHECKING:
    import pandera.pandas as pa

__all__ = ["Stage", "check_contract", "table_contract", "table_schema", "write_table_schemas"]

Stage = Literal["clean", "network"]
STAGES: dict[str, Mapping[str, tuple[Column, ...]]] = {"clean": INTAKE_TABLES, "network": CORE_TABLES}
_DTYPES = {
    "date": "datetime64[us]",
    "number": "float64",
    "integer": "Int64",
    "flag": "bool",
}  # all else is text
_FIELD_TYPES = {"date": "date", "number": "number", "integer": "integer", "flag": "boolean"}
_PLACE = (Column("source_file", required=True, it="file", en="file"),
          Column("source_sheet", it="foglio", en="sheet"),
          Column("source_row", "row", required=True, it="riga", en="row"))  # fmt: skip
# a spreadsheet's times are worked into hours and do not stay
_GONE = {"arrived", "left"}
_KEYS: dict[tuple[str, str], tuple[str, ...]] = {
    ("clean", "events"): ("event",),
    ("network", "actors"): ("actor_id",),
    ("network", "events"): ("event_id",),
    ("network", "attendance"): ("actor_id", "event_id"),
    ("network", "ties"): ("source", "target", "layer"),
    ("network", "layers"): ("layer",),
    ("network", "presence"): ("actor_id", "layer"),
}
_REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "attendance": (("actor_id", "actors"), ("event_id", "events")),
    "ties": (("source", "actors"), ("target", "actors"), ("layer", "layers")),
    "presence": (("actor_id", "actors"), ("layer", "layers")),
}
_TARGET = {"actors": "actor_id", "events": "event_id", "layers": "layer"}
_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("attendance", "status"): tuple(STATUSES),
    ("attendance", "kind"): tuple(KINDS),
    ("register", "kind"): tuple(KINDS),
    ("actors", "kind"): tuple(KINDS),
    ("aliases", "what"): tuple(ALIAS_KINDS),
    ("layers", "weight_means"): WEIGHT_MEANINGS,
}
_NOT_BELOW_ZERO = {"hours", "persons", "population", "amount", "person_count", "shared_events"}
_SPANS = (("start", "end"), ("since", "until"))


def _columns(table: str, stage: str) -> list[Column]:
    tables = STAGES[check_option("stage", stage, tuple(STAGES))]
    check_option("table", table, tuple(tables))
    columns = [column for column in tables[table] if not column.personal and column.name not in _GONE]
    return [*columns, *(_PLACE if stage == "clean" else ())]


def _pandera() -> Any:  # noqa: ANN401 - a module that need not be there
    try:
        import pandera.pandas as pa  # noqa: PLC0415 - heavy, and wanted here only
    except ImportError:
        raise MissingExtraError("A table's contract", "contracts") from None
    return pa


def table_contract(table: str, *, stage: Stage = "clean") -> pa.DataFrameSchema:
    """Return what a table promises, as a schema of pandera.

    Parameters
    ----------
    table : str
        Name of the table.
    stage : {"clean", "network"}
        Rows as :func:`clean` returns them, or a table of the network.

    Returns
    -------
    pandera.DataFrameSchema
        Types, required cells, closed lists, keys, spans that do not run backwards. Further columns are let pass.

    Raises
    ------
    OptionError
        When there is no such table.
    MissingExtraError
        When pandera is not installed.

    Examples
    --------
    >>> sorted(name for name, column in table_contract("attendance").columns.items() if not column.nullable)
    ['actor', 'event', 'source_file', 'source_row', 'status']
    """
    pandera = _pandera()
    columns = {
        column.name: pandera.Column(
            "int64" if column.dtype == "row" else _DTYPES.get(column.dtype, "str"),
            checks=_checks(pandera, table, column),
            nullable=not _is_required(table, column),
            required=_is_required(table, column),
            title=column.it,
            description=column.en,
        )
        for column in _columns(table, stage)
    }
    key = _KEYS.get((stage, table))
    contract: pa.DataFrameSchema = pandera.DataFrameSchema(
        columns,
        checks=[_span_check(pandera, first, last) for first, last in _SPANS if {first, last} <= set(columns)],
        unique=list(key) if key else None,
        name=f"{stage}.{table}",
    )
    return contract


def _span_check(pa: Any, first: str, last: str) -> Any:  # noqa: ANN401
    """Return the check that a span does not run backwards, tried where both columns are there."""

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        if not {first, last} <= set(frame.columns):
            return pd.Series(data=True, index=frame.index)
        return ~(frame[last] < frame[first])

    return pa.Check(holds, name=_span_name(first, last), ignore_na=False)


def _span_name(first: str, last: str) -> str:
    return f"{last} not before {first}"


def _is_required(table: str, column: Column) -> bool:
    return column.required or (table, column.name) == ("attendance", "status")


def _checks(pa: Any, table: str, column: Column) -> list[Any]:  # noqa: ANN401
    if (table, column.name) in _CHOICES:
        return [pa.Check.isin(_CHOICES[table, column.name])]
    if column.name == "weight" and table == "ties":
        return [pa.Check.gt(0), pa.Check.lt(float("inf"))]
    if column.name in _NOT_BELOW_ZERO:
        return [pa.Check.ge(0)]
    if column.name == "tax_code":
        return [pa.Check.str_matches(r"^\d{11}$")]
    return []


# --- trying it -------------------------------------------------------------------------------------------------------
def check_contract(frame: pd.DataFrame, table: str, *, stage: Stage = "clean") -> list[Problem]:
    """Try a table against its contract, and return every fault at once.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table, its key as columns.
    table : str
        Its name.
    stage : {"clean", "network"}
        Rows as :func:`clean` returns them, or a table of the network.

    Returns
    -------
    list of Problem
        In the order of rows; empty when the contract holds.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["x"], "weight": [0.0]})
    >>> [(fault.column, fault.value) for fault in check_contract(ties, "ties", stage="network")]
    [('weight', '0.0')]
    """
    contract = table_contract(table, stage=stage)
    try:
        contract.validate(frame, lazy=True)
    except _pandera().errors.SchemaErrors as error:
        cases = error.failure_cases
    else:
        return []
    whole = cases["schema_context"] == "DataFrameSchema"
    # a fault of a whole row is told once, not once a column
    cases = cases.assign(column=cases["column"].mask(whole & (cases["check"] != "column_in_dataframe"), ""))
    cases = cases.drop_duplicates(["column", "check", "index"])
    faults = [_fault(case, frame, table, contract.unique or []) for case in cases.to_dict("records")]
    return sorted(faults, key=lambda fault: (fault.row or 0, fault.column, fault.code))


def _fault(case: Mapping[Hashable, Any], frame: pd.DataFrame, table: str, key: Sequence[str]) -> Problem:
    """Say what a failed check of pandera found, in the words of the house."""
    check, column = str(case["check"]), str(case["column"])
    if check == "column_in_dataframe":
        found = ", ".join(map(str, frame.columns))
        return problem("missing_column", table=table, name=str(case["failure_case"]), found=found)
    if pd.isna(case["index"]):
        return problem("broken_contract", table=table, column=column, value=case["failure_case"], check=check)
    place = int(case["index"])
    row = int(frame["source_row"].iloc[place] if "source_row" in frame.columns else place)
    cells = frame.iloc[place]
    if check == "multiple_fields_uniqueness":
        return problem(
            "duplicate_id", table=table, row=row, value=", ".join(str(cells[name]) for name in key)
        )
    if span := next(((first, last) for first, last in _SPANS if check == _span_name(first, last)), None):
        first, last = (cells[name].date().isoformat() for name in span)
        return problem("backward_span", table=table, row=row, column=span[1], value=last, start=first)
    if check == "not_nullable":
        return problem("missing_value", table=table, row=row, column=column)
    return problem(
        "broken_contract", table=table, row=row, column=column, value=case["failure_case"], check=check
    )


# --- for other programs ----------------------------------------------------------------------------------------------
def table_schema(table: str, *, stage: Stage = "clean") -> dict[str, Any]:
    """Return a table's contract as a Frictionless Table Schema, made from the schema of pandera.

    Parameters
    ----------
    table : str
        Name of the table.
    stage : {"clean", "network"}
        Rows as :func:`clean` returns them, or a table of the network.

    Returns
    -------
    dict
        To be written as JSON; titles are Italian, descriptions English.

    References
    ----------
    Table Schema, Data Package 2.0: https://datapackage.org/standard/table-schema/

    Examples
    --------
    >>> table_schema("ties", stage="network")["primaryKey"]
    ['source', 'target', 'layer']
    """
    contract = table_contract(table, stage=stage)
    kinds = {column.name: column.dtype for column in _columns(table, stage)}
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            {
                "name": name,
                "type": _FIELD_TYPES.get(kinds[name], "integer" if kinds[name] == "row" else "string"),
                "title": column.title,
                "description": column.description,
                **({"constraints": limits} if (limits := _constraints(column)) else {}),
            }
            for name, column in contract.columns.items()
        ],
    }
    if contract.unique:
        schema["primaryKey"] = list(contract.unique)
    if stage == "network" and table in _REFERENCES:
        schema["foreignKeys"] = [
            {"fields": [own], "reference": {"resource": other, "fields": [_TARGET[other]]}}
            for own, other in _REFERENCES[table]
        ]
    return schema


def _constraints(column: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the checks of a column in the words of a Table Schema."""
    limits: dict[str, Any] = {} if column.nullable else {"required": True}
    for check in column.checks:
        said = check.statistics or {}
        if "allowed_values" in said:
            limits["enum"] = list(said["allowed_values"])
        if "min_value" in said:
            limits["exclusiveMinimum" if check.name == "greater_than" else "minimum"] = said["min_value"]
        if "pattern" in said:
            limits["pattern"] = getattr(said["pattern"], "pattern", said["pattern"])
    return limits


def write_table_schemas(folder: str | os.PathLike[str]) -> list[Path]:
    """Write the schema of every table, and a page that explains them.

    Parameters
    ----------
    folder : path
        Where to write; files of these names are replaced.

    Returns
    -------
    list of pathlib.Path
        One JSON file a table, and ``README.md``.
    """
    target = Path(folder)
    written = []
    page = [_INTRODUCTION]
    for stage, tables in STAGES.items():
        page.append(f"\n## {_STAGE_TITLES[stage]}\n")
        for table in tables:
            name = f"{stage}_{table}.json"
            schema = table_schema(table, stage=stage)  # type: ignore[arg-type]
            text = json.dumps(schema, ensure_ascii=False, indent=2)
            written.append(write_text(target / name, f"{text}\n"))
            page += _section(table, schema, tables[table], name)
    written.append(write_text(target / "README.md", "\n".join(page).rstrip() + "\n"))
    return written


_INTRODUCTION = """# Tables

What each table holds and promises. Every JSON file is a [Table Schema](https://datapackage.org/standard/table-schema/)
made from the contract that the program itself tries (`stakeholder_net.records.contracts`); this page is made from them:

```sh
python -c "from stakeholder_net.records import write_table_schemas; write_table_schemas('docs/reference/tables')"
```

A heading is known under any of the spellings listed: letters large or small, with or without accents and punctuation.
Columns that may name a person (persons, contacts, signatures) are never read into a table and stand in none of them."""
_STAGE_TITLES = {
    "clean": "Records, once read and clean",
    "network": "Tables of the network, as written to data/processed",
}


def _section(table: str, schema: Mapping[str, Any], columns: tuple[Column, ...], name: str) -> list[str]:
    aliases = {column.name: column.aliases for column in columns}
    heading = "| column | in italiano | type | must | also known as |"
    lines = [f"### {table}\n", f"Schema: [`{name}`]({name})\n", heading, "|---|---|---|---|---|"]
    for field in schema["fields"]:
        limits = field.get("constraints", {})
        rules = ["filled in"] if limits.get("required") else []
        if "enum" in limits:
            rules.append(f"one of: {', '.join(limits['enum'])}")
        for key, word in (("minimum", "at least"), ("exclusiveMinimum", "above"), ("pattern", "like")):
            if key in limits:
                rules.append(f"{word} `{limits[key]}`")
        known = ", ".join(dict.fromkeys(aliases.get(field["name"], ())))
        lines.append(
            f"| `{field['name']}` | {field['title']} | {field['type']} | {'; '.join(rules)} | {known} |"
        )
    if "primaryKey" in schema:
        lines.append(f"\nOne row for each: {', '.join(schema['primaryKey'])}.")
    return [*lines, ""]
