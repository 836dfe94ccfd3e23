"""Find every number of a report again in its tables: from the plain data, without the code that found it first."""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from typing import Any

import pandas as pd
import pytest

SIGNS = {"==": operator.eq, ">": operator.gt, ">=": operator.ge, "<": operator.lt}
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
# levels of an interval, and years of books
KNOWN = (
    "95\u00a0%",
    "95%",
    "95 casi su 100",
    "95 cases of 100",
    "95 of 100",
    "(1987)",
    "2009)",
    "2001)",
    "punti su 100",
    "of 100",
)


def tables_of(data: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """Return the tables of a report, by key, as its JSON has them."""
    return {
        key: pd.DataFrame(table["rows"], table["keys"], [column["key"] for column in table["columns"]])
        for key, table in data["tables"].items()
    }


def words_of(data: dict[str, Any]) -> list[str]:
    """Return every text in which a name may stand: cells, headings of columns, titles; the longest first."""
    found = {str(data["title"]), *data["headings"].values()}
    for table in data["tables"].values():
        found.add(table["title"])
        found |= {column["label"] for column in table["columns"]}
        found |= {cell for row in table["rows"] for cell in row if isinstance(cell, str)}
    return sorted(found, key=lambda text: (-len(text), text))


def as_number(text: str, language: str) -> tuple[float, int]:
    """Return a number as printed, and how many digits stand after its comma."""
    digits = text.replace("\u00a0%", "").removesuffix("%")
    plain = digits.replace(".", "").replace(",", ".") if language == "it" else digits.replace(",", "")
    return float(plain) / (100 if "%" in text else 1), len(plain.partition(".")[2]) + 2 * ("%" in text)


def rederived(figure: dict[str, Any], tables: dict[str, pd.DataFrame]) -> float:
    """Find a number again."""
    how = figure["how"]
    if how in ("ratio", "added"):
        return of_parts(figure, tables)
    frame = tables[figure["table"]]
    if how == "rows":
        return len(frame)
    column = frame[figure["column"]]
    if how == "cell":
        return float(column[figure["row"]])
    if how == "where_text":
        return sum(cell == figure["test"] for cell in column)
    numbers = numbers_of(column)
    if how == "sum":
        return sum(numbers)
    assert how == "where", how
    sign, limit = figure["test"].split()
    return sum(SIGNS[sign](cell, float(limit)) for cell in numbers)


def of_parts(figure: dict[str, Any], tables: dict[str, pd.DataFrame]) -> float:
    """Find a share or a sum again."""
    if figure["how"] == "ratio":
        part, whole = (rederived(one, tables) for one in figure["parts"])
        return part / whole
    return sum(rederived(part, tables) for part in figure["parts"])


def numbers_of(column: pd.Series) -> list[float]:
    """Return the numbers of a column, without those that are undefined."""
    return [float(cell) for cell in column if isinstance(cell, int | float) and not math.isnan(cell)]


def without(text: str, words: list[str]) -> str:
    """Take names away, the longest first."""
    for word in words:
        if any(sign.isdigit() for sign in word):
            text = text.replace(word, "")
    return text


def check_figure(figure: dict[str, Any], data: dict[str, Any]) -> None:
    """Find one figure of a sentence again; fail where it is not there, or is printed otherwise."""
    tables, text = tables_of(data), figure["text"]
    if figure["number"] is not None:
        assert figure["number"] == pytest.approx(rederived(figure, tables)), figure
        shown, decimals = as_number(text, data["language"])
        assert shown == pytest.approx(figure["number"], abs=0.5 * 10**-decimals + 1e-12), figure
    elif figure["how"] == "list":
        check_list(figure, data)
    elif figure["how"] == "cell":
        check_told(text, tables[figure["table"]].loc[figure["row"], figure["column"]])
    elif text not in ("n.d.", "n/a"):
        assert not re.search(r"\d", without(text, words_of(data))), figure


def check_list(figure: dict[str, Any], data: dict[str, Any]) -> None:
    """Find names and numbers of a list again; those that are only counted ("and 3 more") are counted too."""
    text, unseen = figure["text"], 0
    for part in figure["parts"]:
        check_figure(part, data)
        unseen += part["text"] not in text
        text = text.replace(part["text"], "", 1)
    counted = [int(number) for number in NUMBER.findall(text)]
    assert counted == [unseen] or (not counted and unseen <= 1), figure


def check_told(text: str, cell: Any) -> None:
    """Compare a cell told in other words: a day in full, or the very text."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(cell)):
        day = dt.date.fromisoformat(cell)
        assert [int(number) for number in NUMBER.findall(text)] == [day.day, day.year], text
    else:
        assert text == str(cell), (text, cell)


def check_sentence(sentence: dict[str, Any], data: dict[str, Any]) -> None:
    """Find every number of a sentence again; nothing may be left that is a number and bound to nothing."""
    text = sentence["text"]
    for figure in sorted(sentence["figures"].values(), key=lambda one: -len(one["text"])):
        check_figure(figure, data)
        assert figure["text"] in sentence["text"], sentence["key"]
        text = text.replace(figure["text"], "")
    for known in (*KNOWN, "1/(n \u2212 1)"):
        text = text.replace(known, "")
    assert not re.search(r"\d", text), sentence["text"]


def check_coalitions(data: dict[str, Any]) -> None:
    """Compare what the reason of a coalition says with the numbers of its row."""
    for key, frame in tables_of(data).items():
        if key.startswith("coalition_") and {"pairs", "tied_pairs", "n"} <= set(frame):
            for row in frame.to_dict("records"):
                pairs = {"it": f"coppie già legate: {row['tied_pairs']:.0f} su {row['pairs']:.0f}"}
                pairs["en"] = f"tied pairs: {row['tied_pairs']:.0f} of {row['pairs']:.0f}"
                assert pairs[data["language"]] in row["why"], row["why"]
                assert f"{row['n']:.0f} partner" in row["why"]


def check_captions(data: dict[str, Any]) -> None:
    """Find the numbers of titles and notes again: each is a cell, a count or a sum of some table, or a share of two."""
    tables, words = tables_of(data), words_of(data)
    held: set[float] = set()
    for frame in tables.values():
        held.add(float(len(frame)))
        for column in map(frame.get, frame.columns):
            numbers = numbers_of(column)
            held |= {*numbers, float(sum(numbers))}
            held |= {float(count) for count in column.astype("str").value_counts()}
    if "stability" in tables and (draws := tables["stability"]["draws"].max()):
        held.add(
            float(math.ceil(100 / math.sqrt(draws)))
        )  # the widest that chance among the draws can make a share
    cards = [*data["tables"].values(), *data["pictures"].values()]
    names = [word for word in words if word not in {card["title"] for card in cards}]
    for card in cards:
        text = f"{card['title']} {card.get('note', '')} {card.get('cut', '')}"
        held_here = held | {float(card.get("printed") or 0)}
        for known in KNOWN:
            text = text.replace(known, "")
        text = without(text, names)
        shares = re.findall(r"(\d+)\s?%", text)
        plain = re.sub(r"\d+\s?%", "", text)
        found = [as_number(number.strip(".,"), data["language"])[0] for number in NUMBER.findall(plain)]
        assert not (left := [number for number in found if number not in held_here]), (card["title"], left)
        for share in shares:
            ratios = {round(100 * one / other) for one in found for other in found if other}
            assert int(share) in ratios, card["title"]


def check_report(data: dict[str, Any]) -> int:
    """Find every number of a report again and return how many sentences state one."""
    for sentence in data["sentences"].values():
        check_sentence(sentence, data)
    for kpi in data["kpis"]:
        check_figure(kpi["figure"], data)
    check_coalitions(data)
    check_captions(data)
    return sum(
        any(one["number"] is not None for one in s["figures"].values()) for s in data["sentences"].values()
    )
