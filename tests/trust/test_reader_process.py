"""The process that opens workbooks may die or never end; the one that asked goes on with one message."""

from __future__ import annotations

import time

import pytest
import xlsxwriter

from stakeholder_net import UnreadableFileError
from stakeholder_net.records import _workbook, read_table


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "foglio.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Ente", "Evento"])
        page.write_row(1, 0, ["Avis", "E1"])
    return path


def test_a_sheet_that_would_fill_the_memory_takes_only_its_own_process(sheet, monkeypatch):
    with xlsxwriter.Workbook(sheet) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Ente", "Evento"])
        page.write(1_048_575, 16_383, "lontano")
    monkeypatch.setattr(
        _workbook, "check_workbook", lambda *_, **__: _workbook.Passed(2_000)
    )  # as if the guard had slept
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError) as caught:
        read_table(sheet, "attendance")
    assert caught.value.problem.code in {"too_large", "damaged_file"}
    assert time.monotonic() - begun < 10


def test_a_reader_that_never_ends_is_ended(sheet, monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n", "utf-8")
    monkeypatch.setattr(_workbook, "_WORKER", slow)
    monkeypatch.setattr(_workbook, "SECONDS", 1)
    with pytest.raises(UnreadableFileError, match="> 1 s"):
        read_table(sheet, "attendance")


@pytest.mark.parametrize(
    "printed",
    ["Rossi Maria", '{"fault": "damaged_file", "detail": "Rossi Maria"}', '{"names": ["Rossi Maria"]'],
)
def test_what_a_dying_reader_printed_is_not_shown(sheet, monkeypatch, tmp_path, printed):
    chatty = tmp_path / "chatty.py"
    chatty.write_text(f"import os\nprint({printed!r}, flush=True)\nos.abort()\n", "utf-8")
    monkeypatch.setattr(_workbook, "_WORKER", chatty)
    with pytest.raises(UnreadableFileError) as caught:
        read_table(sheet, "attendance")
    assert "Rossi" not in f"{caught.value!r} {caught.value.problem!r} {caught.value.__cause__!r}"
