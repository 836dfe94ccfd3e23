"""Files to network: read, clean, names, match, build."""

from stakeholder_net.records.adopt import Adopted, adopt_sheets
from stakeholder_net.records.cells import parse_cell
from stakeholder_net.records.clean import Cleaned, clean
from stakeholder_net.records.contracts import (
    check_contract,
    table_contract,
    table_schema,
    write_table_schemas,
)
from stakeholder_net.records.dates import DateSpan, parse_date
from stakeholder_net.records.decisions import append_decisions, new_decisions, read_decisions
from stakeholder_net.records.link import link_register
from stakeholder_net.records.match import Identities, resolve_events, resolve_identities
from stakeholder_net.records.names import ParsedName, Towns, guess_kind, normalise, parse_name
from stakeholder_net.records.read import RawTable, read_table
from stakeholder_net.records.review import read_review, write_review
from stakeholder_net.records.review_widget import review_widget
from stakeholder_net.records.set_aside import (
    Mending,
    keep_mending,
    problem_table,
    read_mending,
    write_set_aside,
)
from stakeholder_net.records.template import new_project

__all__ = [
    "Adopted",
    "Cleaned",
    "DateSpan",
    "Identities",
    "Mending",
    "ParsedName",
    "RawTable",
    "Towns",
    "adopt_sheets",
    "append_decisions",
    "check_contract",
    "clean",
    "guess_kind",
    "keep_mending",
    "link_register",
    "new_decisions",
    "new_project",
    "normalise",
    "parse_cell",
    "parse_date",
    "parse_name",
    "problem_table",
    "read_decisions",
    "read_mending",
    "read_review",
    "read_table",
    "resolve_events",
    "resolve_identities",
    "review_widget",
    "table_contract",
    "table_schema",
    "write_review",
    "write_set_aside",
    "write_table_schemas",
]
