"""Dates as Italian offices write them; everything else is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholder_net.records.dates import parse_date, serial_date

DAY = dt.date(2021, 9, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2021-09-03", "2021/09/03", "2021-9-3", "03/09/2021", "3/9/2021", "03/09/21", "3.9.21", "03.09.2021",
        "03-09-2021", "3 settembre 2021", "3 sett. 2021", "3 set 2021", "3-set-21", "3-set-2021",
        "venerdì 3 settembre 2021", "VENERDI' 3 SETTEMBRE 2021", "Ven. 3 set 2021", "3 settembre '21",
        "2021-09-03T15:30:00", "2021-09-03 15:28:11+02:00", "2021/09/03 3:28:11 PM CET", "03/09/2021 15.31.02",
        "03/09/21, 15:28:40", "03/09/2021 03:28:42 PM", "3 settembre 2021, ore 15.30-18.30",
        "Sep 3, 2021 at 3:30 PM", "September 3, 2021", "3 September 2021", " 03/09/2021 ",
    ],
)  # fmt: skip
def test_one_day_in_many_forms(text):
    assert parse_date(text) == (DAY, DAY, "day")


@pytest.mark.parametrize(
    "text",
    [
        "12", "15.30", "15:30", "oggi", "domani", "44442", "31/02/2021", "29/02/2021", "2021-13-01", "09/13/2021",
        "00/00/0000", "sabato 3 settembre 2021", "3 settembre", "03/09", "n.d.", "", "?", "1/1/1", "3 brumaio 2021",
        "04/09/2021-03/09/2021", "1234", "3021", "circa 2021",
    ],
)  # fmt: skip
def test_what_would_be_a_guess_is_refused(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2021-09-03/2021-09-04", "2021-09-03", "2021-09-04", "day"),
        ("03/09/2021 - 04/09/2021", "2021-09-03", "2021-09-04", "day"),
        ("3 e 4 settembre 2021", "2021-09-03", "2021-09-04", "day"),
        ("3-4 settembre 2021", "2021-09-03", "2021-09-04", "day"),
        ("dal 3 al 4 settembre 2021", "2021-09-03", "2021-09-04", "day"),
        ("dall'8 al 9 settembre 2021", "2021-09-08", "2021-09-09", "day"),
        ("30 settembre - 1 ottobre 2021", "2021-09-30", "2021-10-01", "day"),
        ("31 dicembre 2020 - 2 gennaio 2021", "2020-12-31", "2021-01-02", "day"),
        ("2020", "2020-01-01", "2020-12-31", "year"),
        ("2020/2021", "2020-01-01", "2021-12-31", "year"),
        ("febbraio 2020", "2020-02-01", "2020-02-29", "month"),
        ("2021-07", "2021-07-01", "2021-07-31", "month"),
        ("12/2021", "2021-12-01", "2021-12-31", "month"),
    ],
)
def test_spans_months_and_years_say_how_exact_they_are(text, start, end, precision):
    assert parse_date(text) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end), precision)


def test_a_date_without_a_year_takes_the_one_that_is_known():
    assert parse_date("sabato 4 settembre", year=2021).start == dt.date(2021, 9, 4)
    assert parse_date("domenica 4 settembre", year=2021) is None


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
def test_every_day_is_read_back_from_every_usual_form(day):
    forms = (
        day.isoformat(),
        day.strftime("%d/%m/%Y"),
        day.strftime("%d.%m.%y"),
        f"{day.day}/{day.month}/{day.year}",
    )
    assert {parse_date(form) for form in forms} == {(day, day, "day")}


@given(st.text())
def test_no_text_breaks_the_reader(text):
    found = parse_date(text)
    assert found is None or found.start <= found.end


def test_only_numbers_of_meetings_are_days_of_a_spreadsheet():
    assert serial_date(44442) == DAY
    assert serial_date(44442.65) == DAY
    assert [serial_date(number) for number in (0, 12, 2021, 18999, 99999)] == [None] * 5
