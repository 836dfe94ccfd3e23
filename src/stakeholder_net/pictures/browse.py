"""A table to look through in a notebook: sorted by a heading, filtered by a word, plain where no script may run."""

from __future__ import annotations

import hashlib
import html
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from stakeholder_net._checks import check_option
from stakeholder_net._files import write_text
from stakeholder_net.errors import OptionError
from stakeholder_net.words import Language

__all__ = ["TableView", "browse"]

WORDS: Final[dict[str, tuple[str, str]]] = {
    "search": ("Cerca nella tabella", "Search the table"),
    "rows": ("righe", "rows"),
    "of": ("di", "of"),
    "first": ("prime", "first"),
    "sort": ("Ordina per", "Sort by"),
}
STYLE: Final = """
.sn-browse{font:13px/1.4 system-ui,sans-serif;max-width:100%}
.sn-browse .box{max-height:26em;overflow:auto;border:1px solid #8c959f}
.sn-browse table{border-collapse:collapse;width:100%;margin:0}
.sn-browse caption{text-align:left;font-weight:600;padding:4px 8px}
.sn-browse th,.sn-browse td{padding:3px 8px;text-align:left;vertical-align:top;border-bottom:1px solid #d0d7de}
.sn-browse thead th{position:sticky;top:0;background:#eef1f4;color:#1f2328}
.sn-browse tbody th{font-weight:400}
.sn-browse .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.sn-browse th button{all:unset;cursor:pointer;font-weight:600}
.sn-browse th button:focus-visible,.sn-browse input:focus-visible{outline:2px solid #0b5cad;outline-offset:1px}
.sn-browse th[aria-sort=ascending] button::after{content:" \\25B2"}
.sn-browse th[aria-sort=descending] button::after{content:" \\25BC"}
.sn-browse p{margin:4px 0;display:flex;gap:1em;align-items:center;flex-wrap:wrap}
.sn-browse input{font:inherit;padding:2px 6px;min-width:16em}
"""
# It reads what stands in the table and holds no data: a string of a file never comes near it.
SCRIPT: Final = """
for (const home of document.querySelectorAll('[data-browse="KEY"]:not([data-live])')) {
  home.dataset.live = "";
  const words = WORDS, body = home.querySelector("tbody"), rows = [...body.rows], said = home.querySelector("output");
  const plain = text => text.normalize("NFD").replace(/\\p{M}/gu, "").toLowerCase();
  const texts = rows.map(row => plain(row.textContent));
  const key = (row, at) => row.cells[at].dataset.v ?? row.cells[at].textContent;
  const field = home.querySelector("input");
  home.querySelector("label").hidden = false;
  const filter = () => {
    const asked = plain(field.value).split(/\\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !asked.every(word => texts[at].includes(word));
      shown += !row.hidden;
    });
    said.textContent = `${shown} ${words.of} ${words.total} ${words.rows}`;
  };
  field.addEventListener("input", filter);
  [...home.querySelectorAll("thead th")].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.title = `${words.sort} ${head.textContent}`;
    head.replaceChildren(button);
    const number = head.classList.contains("n");
    button.addEventListener("click", () => {
      const down = head.ariaSort ? head.ariaSort === "ascending" : number;
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.ariaSort = down ? "descending" : "ascending";
      const order = rows.map((row, place) => [key(row, at), row, place]);
      const compare = number ? (a, b) => a - b : new Intl.Collator(words.language, {numeric: true}).compare;
      const two = (a, b) => (down ? compare(b[0], a[0]) : compare(a[0], b[0])) || a[2] - b[2];
      order.sort((a, b) => (a[0] === "") - (b[0] === "") || two(a, b));
      body.append(...order.map(one => one[1]));
    });
  });
}
"""


@dataclass(frozen=True, slots=True)
class TableView:
    """What :func:`browse` gives: JupyterLab shows it, ``save`` writes it as a page that opens from a file."""

    _html: str
    title: str
    n_rows: int
    language: Language

    def __repr__(self) -> str:
        """Say what is shown, and not the page itself."""
        return f"<TableView: {self.title or 'table'}, {self.n_rows} rows>"

    def _repr_html_(self) -> str:
        return self._html

    def save(self, path: str | Path) -> Path:
        """Write the table as one page that asks nothing of anybody.

        Parameters
        ----------
        path : str or pathlib.Path
            Where to, ending in ``.html``.

        Returns
        -------
        pathlib.Path
            The file.
        """
        head = f"<meta charset='utf-8'><title>{html.escape(self.title or 'stakeholder_net')}</title>"
        page = f"<!doctype html><html lang='{self.language}'><head>{head}</head><body>{self._html}</body></html>\n"
        return write_text(Path(path), page)


def browse(
    table: pd.DataFrame | pd.Series,
    *,
    title: str = "",
    language: Language = "it",
    digits: int = 3,
    most: int = 2000,
) -> TableView:
    """Show a whole table in a notebook: click a heading to sort, type a word to filter.

    It needs no network and no other package. In a notebook that is not trusted, where scripts may not run, the same
    rows stand there as a plain table that scrolls.

    Parameters
    ----------
    table : pandas.DataFrame or pandas.Series
        Any table of this library or of yours; a named index becomes its first column.
    title : str
        Stands above the table and is what a screen reader announces.
    language : {"it", "en"}
        Language of the words around the table and of the decimal sign.
    digits : int
        Decimals of numbers that are not whole.
    most : int
        Rows shown at most; the line below says how many there are.

    Returns
    -------
    TableView
        Shown by JupyterLab; ``save`` writes a page.

    Raises
    ------
    OptionError
        An unknown language, or a negative number of rows or decimals.

    Examples
    --------
    >>> import pandas as pd
    >>> from stakeholder_net import browse
    >>> browse(pd.DataFrame({"ente": ["Comune", "Caritas"], "partner": [7, 2]}), title="Chi è legato a chi")
    <TableView: Chi è legato a chi, 2 rows>
    """
    check_option("language", language, ("it", "en"))
    if digits < 0 or most < 1:
        raise OptionError(
            f"digits is {digits} and most is {most}.", "Give digits of 0 or more and most of 1 or more."
        )
    frame = table.to_frame() if isinstance(table, pd.Series) else table
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index(allow_duplicates=True)
    at = 0 if language == "it" else 1
    shown = frame.head(most)
    numeric = [
        pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in shown.dtypes
    ]
    heads = "".join(
        f"<th scope='col'{_number_class(number)}>{html.escape(str(name))}</th>"
        for name, number in zip(shown.columns, numeric, strict=True)
    )
    columns = [
        _cells(shown.iloc[:, place], number=number, language=language, digits=digits)
        for place, number in enumerate(numeric)
    ]
    rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in zip(*columns, strict=True))
    first = f"{WORDS['first'][at]} {len(shown)} {WORDS['of'][at]} " if len(shown) < len(frame) else ""
    caption = f"<caption>{html.escape(title)}</caption>" if title else ""
    said = f"{first}{len(frame)} {WORDS['rows'][at]}"
    label = f"<label hidden>{WORDS['search'][at]} <input type='search'></label>"
    name = html.escape(title or WORDS["search"][at], quote=True)
    inner = (
        f"<p>{label}<output>{said}</output></p><div class='box' tabindex='0' role='region' aria-label='{name}'>"
        f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    key = hashlib.sha256(inner.encode()).hexdigest()[:16]
    words = {key: pair[at] for key, pair in WORDS.items()} | {"total": len(shown), "language": language}
    script = SCRIPT.replace("KEY", key).replace("WORDS", json.dumps(words))
    page = (
        f"<style>{STYLE}</style><div class='sn-browse' lang='{language}' data-browse='{key}'>{inner}</div>"
        f"<script>(() => {{{script}}})()</script>"
    )
    return TableView(page, title, len(frame), language)


def _number_class(number: bool) -> str:  # noqa: FBT001 - a column is of numbers or it is not
    return " class='n'" if number else ""


def _cells(column: pd.Series, *, number: bool, language: Language, digits: int) -> list[str]:
    if not number:
        return [f"<td>{html.escape(_told(value))}</td>" for value in column]
    values = column.to_numpy(dtype="float64", na_value=np.nan)
    return [
        "<td class='n' data-v=''></td>" if math.isnan(value)
        else f"<td class='n' data-v='{_for_sorting(value)}'>{_figure(value, language, digits)}</td>"
        for value in values.tolist()
    ]  # fmt: skip


def _for_sorting(value: float) -> str:
    return repr(value) if math.isfinite(value) else f"{'-' if value < 0 else ''}Infinity"


def _told(value: object) -> str:
    """Return a cell of text; several values are joined, what is missing is empty."""
    if isinstance(value, list | tuple | set | frozenset | np.ndarray):
        parts = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return "; ".join(parts)
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.date()) if value == value.normalize() else str(value)
    return str(value)


def _figure(value: float, language: Language, digits: int) -> str:
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    text = f"{value:,.0f}" if value == round(value) else f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "it" else text
