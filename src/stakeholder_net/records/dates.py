"""Dates as Italian offices write them: a closed list of forms, day before month, nothing guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Literal, NamedTuple

__all__ = ["DateSpan", "find_date", "parse_date", "serial_date"]

Precision = Literal["day", "month", "year"]
FIRST_YEAR, LAST_YEAR = 1900, 2100
_PIVOT = 70  # 69 is 2069, 70 is 1970
_FIRST_SERIAL, _LAST_SERIAL = (
    20_000,
    73_050,
)  # 1954-10-03 to 2099-12-31: other numbers are no date of a meeting

_MONTHS: dict[str, int] = {}
for _number, _words in enumerate(
    (
        "gennaio genn gen january jan",
        "febbraio febbr feb february",
        "marzo mar march",
        "aprile apr april",
        "maggio magg mag may",
        "giugno giu june jun",
        "luglio lug july jul",
        "agosto ago august aug",
        "settembre sett set september sept sep",
        "ottobre ott october oct",
        "novembre nov november",
        "dicembre dic december dec",
    ),
    start=1,
):
    _MONTHS.update(dict.fromkeys(_words.split(), _number))
_WEEKDAYS: dict[str, int] = {}
for _number, _words in enumerate(
    (
        "lunedi lun monday mon",
        "martedi mar tuesday tue",
        "mercoledi mer wednesday wed",
        "giovedi gio thursday thu",
        "venerdi ven friday fri",
        "sabato sab saturday sat",
        "domenica dom sunday sun",
    )
):
    _WEEKDAYS.update(dict.fromkeys(_words.split(), _number))

_DAY = r"(\d{1,2})(?:°|º)?"
_MONTH = r"({})\.?".format("|".join(sorted(_MONTHS, key=len, reverse=True)))
_YEAR = r"(\d{4}|['\u2019]?\d{2})"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?(?: ?[ap]m)?"
_TIME = re.compile(
    rf"(?:t| ?,? ?(?:alle |dalle |at |h\.? ?|ore )?(?:ore )?){_CLOCK}"
    rf"(?: ?(?:-|alle|/) ?(?:ore )?{_CLOCK})? ?(?:z|utc|gmt|cet|cest|[+-]\d{{2}}:?\d{{2}})?$"
)
_WEEKDAY = re.compile(r"^({})['.]?,? ?(?=\d)".format("|".join(sorted(_WEEKDAYS, key=len, reverse=True))))

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.]) ?(\d{{1,2}})\2 ?{_YEAR}")
_WORDS = re.compile(rf"{_DAY}[ /-]?(?:di )?{_MONTH}[ /-]?,? ?(?:del )?{_YEAR}")
_ENGLISH = re.compile(rf"{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})")
_YEARLESS = re.compile(rf"{_DAY}[ /-]?(?:di )?{_MONTH}")
_MONTH_YEAR = re.compile(rf"{_MONTH} (?:del )?(\d{{4}})")
_MONTH_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEARS = re.compile(r"(\d{4})(?: ?[-/] ?(\d{4}))?")
_TWO_DAYS = re.compile(rf"(?:dal(?:l')? ?)?{_DAY} ?(?:-|/|e|ed|al(?:l')?|,) ?{_DAY}([ /.-].+)")
_BETWEEN = re.compile(r" ?- ?| al(?:l'| )| e |/| ?; ")
_IN_TEXT = re.compile(
    rf"(?:(?:{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})['.]?,? )?(?<!\d)"
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})"
    rf"|{_DAY} ?(?:di )?{_MONTH}\b(?: (?:del )?\d{{4}})?)(?!\d)"
)
_TWO_IN_TEXT = re.compile(rf"{_DAY} ?(?:-|e|ed|al) ?{_DAY} {_MONTH} \d{{4}}")


class DateSpan(NamedTuple):
    """The first and the last day that a cell names, and how exactly it names them.

    Parameters
    ----------
    start, end : datetime.date
        First and last day; the same for a single day.
    precision : {"day", "month", "year"}
        What the cell says; ``2020`` is the whole year, not its first of January.
    """

    start: dt.date
    end: dt.date
    precision: Precision = "day"


def parse_date(text: str, *, year: int | None = None) -> DateSpan | None:
    """Read the day or days that a cell names, if it names them beyond doubt.

    The day stands before the month, as in Italy, unless the year comes first. A weekday that does not belong to the
    date, a day that the month does not have, a bare number or a word such as *oggi* give nothing.

    Parameters
    ----------
    text : str
        A cell.
    year : int, optional
        Year of a date written without one (*sabato 4 settembre* in the middle of a sheet whose title has the year).

    Returns
    -------
    DateSpan or None
        None when the cell is not one of the known forms.

    Examples
    --------
    >>> parse_date("venerdì 3 settembre 2021").start.isoformat()
    '2021-09-03'
    >>> parse_date("03/09/21") == parse_date("2021-09-03") == parse_date("3.9.2021, ore 15.30")
    True
    >>> [day.isoformat() for day in parse_date("3 e 4 settembre 2021")[:2]]
    ['2021-09-03', '2021-09-04']
    >>> parse_date("2020").precision, parse_date("15.30"), parse_date("31/02/2021"), parse_date("oggi")
    ('year', None, None, None)
    """
    folded = _folded(text)
    return _one_day(folded, year) or _whole(folded) or _range(folded, year)


def find_date(text: str, *, year: int | None = None) -> dt.date | None:
    """Find the one day that a sentence names, such as the title of a sheet; None when it names none or several.

    Parameters
    ----------
    text : str
        A title, a band between rows, a question of a form.
    year : int, optional
        Year of a date that is written without one.

    Examples
    --------
    >>> find_date("Social Innovation Labs – venerdì 3 settembre 2021, ore 15.30-18.30").isoformat()
    '2021-09-03'
    >>> find_date("SECONDA GIORNATA – sabato 4 settembre", year=2021).isoformat()
    '2021-09-04'
    >>> find_date("Laboratori del 3 e 4 settembre 2021") is None, find_date("Sala 12, ore 15.30") is None
    (True, True)
    """
    folded = _folded(text)
    if any(parse_date(match[0]) for match in _TWO_IN_TEXT.finditer(folded)):
        return None
    spans = (_one_day(match[0].strip(" ,"), year) for match in _IN_TEXT.finditer(folded))
    days = {span.start for span in spans if span is not None}
    return days.pop() if len(days) == 1 else None


def serial_date(number: float) -> dt.date | None:
    """Read a number as a day of a spreadsheet that counts days from 1900.

    Parameters
    ----------
    number : float
        Value of a numeric cell, days.

    Returns
    -------
    datetime.date or None
        None when the number is not a day between 1954 and 2099.

    Examples
    --------
    >>> serial_date(44442).isoformat(), serial_date(12), serial_date(2021)
    ('2021-09-03', None, None)
    """
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return dt.date(1899, 12, 30) + dt.timedelta(days=int(number))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("º", "°"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub("[\u2010-\u2015\u2212]", "-", plain).replace("\u2019", "'")
    return " ".join(plain.split()).strip(" .,;")


def _day(year: str, month: int, day: str) -> dt.date | None:
    number = int(year.lstrip("'"))
    if len(year.lstrip("'")) == 2:  # noqa: PLR2004 - a year of two digits
        number += 1900 if number >= _PIVOT else 2000
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return dt.date(number, month, int(day))
    except ValueError:
        return None


def _one_day(text: str, year: int | None) -> DateSpan | None:
    """Read a single day, with or without its weekday and a time behind it."""
    weekday = _WEEKDAY.match(text)
    rest = text[weekday.end() :] if weekday else text
    found = _bare_day(rest, year)
    if found is None and (clock := _TIME.search(rest)):
        found = _bare_day(rest[: clock.start()].rstrip(" ,-"), year)
    if found is None or (weekday and found.weekday() != _WEEKDAYS[weekday[1]]):
        return None
    return DateSpan(found, found)


def _bare_day(text: str, year: int | None) -> dt.date | None:
    if match := _ISO.fullmatch(text):
        return _day(match[1], int(match[3]), match[4])
    if match := _NUMBERS.fullmatch(text):
        return _day(match[4], int(match[3]), match[1])
    if match := _WORDS.fullmatch(text):
        return _day(match[3], _MONTHS[match[2]], match[1])
    if match := _ENGLISH.fullmatch(text):
        return _day(match[3], _MONTHS[match[1]], match[2])
    if year is not None and (match := _YEARLESS.fullmatch(text)):
        return _day(str(year), _MONTHS[match[2]], match[1])
    return None


def _whole(text: str) -> DateSpan | None:
    """Read a month, a year or a span of years."""
    if match := _YEARS.fullmatch(text):
        first, last = int(match[1]), int(match[2] or match[1])
        if not FIRST_YEAR <= first <= last <= LAST_YEAR:
            return None
        return DateSpan(dt.date(first, 1, 1), dt.date(last, 12, 31), "year")
    if match := _MONTH_YEAR.fullmatch(text):
        month, year = _MONTHS[match[1]], match[2]
    elif match := _MONTH_NUMBERS.fullmatch(text):
        month, year = int(match[1]), match[2]
    elif match := _YEAR_MONTH.fullmatch(text):
        month, year = int(match[2]), match[1]
    else:
        return None
    first_day = _day(year, month, "1")
    if first_day is None:
        return None
    next_month = (first_day + dt.timedelta(days=31)).replace(day=1)
    return DateSpan(first_day, next_month - dt.timedelta(days=1), "month")


def _range(text: str, year: int | None) -> DateSpan | None:
    """Read two days: the first may leave out the month and the year that the second has."""
    if (match := _TWO_DAYS.fullmatch(text)) and (
        found := _span(match[1] + match[3], match[2] + match[3], year)
    ):
        return found
    text = text.removeprefix("dal ").removeprefix("dall'")
    spans = (_span(text[: cut.start()], text[cut.end() :], year) for cut in _BETWEEN.finditer(text))
    return next(filter(None, spans), None)


def _span(first: str, last: str, year: int | None) -> DateSpan | None:
    end = _one_day(last, year)
    start = _one_day(first, end.start.year) if end else None
    return DateSpan(start.start, end.end) if start and end and start < end else None
