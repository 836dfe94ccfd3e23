"""Laws of the intake on sheets that nobody wrote: no row is lost, none counted twice, same bytes read the same."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stakeholder_net import InvalidTablesError, UnreadableFileError
from stakeholder_net.records import check_contract, clean, parse_cell, read_table

HEADINGS = ["Ente", "Evento", "Data", "Presenza", "Firma", "Cognome", "Comune", "Ore", "Entrata", "Uscita", "N.",
            "Note", "Ruolo", "3 settembre 2021"]  # fmt: skip
WORDS = [
    "", "", "Avis di Offida", "avis di offida", "Mario Rossi", "Comune di Force / Avis", "cittadino", "//", "E1", "E2",
    "3/9/2021", "31/02/2021", "oggi", "sì", "no", "x", "forse", "15.30", "18,30", "TOTALE", "totale presenti",
    "SECONDA GIORNATA - sabato 4 settembre", "Ente", "=1+1", "#N/D", "RSSMRA80A01H501U", "SocietÃ  Alfa", "a\nb",
    "Comuni di Offida, Force", "scarta", "\u202e", "1.250,50",
]  # fmt: skip
CELLS = st.one_of(st.sampled_from(WORDS), st.text(max_size=8))
NUMBERS = st.one_of(
    st.integers(-5, 50_000),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)),
)
slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def sheets(draw, cells):
    """Draw a sheet: perhaps titles, headings in any order, rows of any cells, some too short or too long."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8, unique=True))
    for needed in ("Ente", "Evento"):
        if needed not in headings:
            headings.insert(draw(st.integers(0, len(headings))), needed)
    titles = draw(st.lists(st.lists(cells, max_size=2), max_size=2))
    row = st.lists(cells, min_size=max(len(headings) - 1, 0), max_size=len(headings) + 1)
    return [*titles, headings, *draw(st.lists(row, max_size=12))]


def account(path):
    """Read a sheet and check that each of its rows is in one place only."""
    try:
        raw = read_table(path, "attendance")
    except (UnreadableFileError, InvalidTablesError):
        return None  # refused in so many words, which tests/records tries one by one
    result = clean(raw)
    skipped = {row for row, _ in raw.skipped}
    aside = {fault.row for fault in result.problems if fault.severity == "set_aside"}
    accepted = set(raw.rows) - aside
    assert result.n_read == result.n_accepted + result.n_set_aside + result.n_skipped
    assert (len(accepted), len(aside), len(skipped)) == (
        result.n_accepted,
        result.n_set_aside,
        result.n_skipped,
    )
    assert accepted | aside | skipped == set(range(1, result.n_read + 1))
    assert not accepted & aside
    assert not skipped & (accepted | aside)
    assert set(result.frame["source_row"]) <= accepted
    assert result.frame[["actor", "event", "status"]].notna().all(axis=None)
    return result


@settings(slow, max_examples=150)
@given(sheets(CELLS), st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_every_row_of_a_text_file_is_in_one_place(rows, delimiter, encoding):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.csv")
        path.write_bytes(out.getvalue().encode(encoding, "replace"))
        first, second = account(path), account(path)
    if first is not None:
        assert first.frame.equals(second.frame)
        assert first.problems == second.problems


@settings(slow, max_examples=50)
@given(sheets(st.one_of(CELLS, NUMBERS)), st.data())
def test_every_row_of_a_workbook_is_in_one_place(rows, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.xlsx")
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "dd/mm/yyyy",
        }
        with xlsxwriter.Workbook(path, options) as book:
            page = book.add_worksheet()
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    page.write(number, place, cell)
            if len(rows) > 4 and data.draw(st.booleans()):
                right = data.draw(st.integers(0, 2))
                page.merge_range(len(rows) - 2, 0, len(rows) - 1, right, "Avis di Offida")
            if data.draw(st.booleans()):
                page.set_row(len(rows) - 1, None, None, {"hidden": True})
        result = account(path)
    if result is not None:
        assert [str(fault) for fault in check_contract(result.frame, "attendance")] == []


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=4).map(" - ".join)))
def test_no_text_breaks_the_reading_of_a_cell(text):
    parts = parse_cell(text)
    assert all(part.org.strip() for part in parts)
    assert len({part.org for part in parts}) == len(parts)
