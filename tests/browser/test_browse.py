"""The table that is looked through in a notebook: sorted, filtered, escaped, and whole where no script may run."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from stakeholder_net import browse
from stakeholder_net.errors import OptionError

pytestmark = pytest.mark.browser

TABLE = pd.DataFrame({
    "Ente": ["Comune di Forlì", "<img src=x onerror=alert(1)>", "Àncora", "caritas", "</script><b>x"],
    "Partner": [10, 9, np.nan, 100, -3],
    "Quota": [0.1234, 2.5, np.inf, np.nan, 1234567.0],
    "Temi": [["casa", "minori"], [], ["lavoro"], None, ["casa"]],
})  # fmt: skip


def _column(page, at: int) -> list[str]:
    return page.locator(f".sn-browse tbody tr:visible td:nth-child({at})").all_inner_texts()


def _open(page, tmp_path, **options):
    page.goto(browse(TABLE, title="Prova", **options).save(tmp_path / "t.html").as_uri())


def test_a_heading_sorts_numbers_as_numbers_and_puts_what_is_missing_last(offline_page, tmp_path) -> None:
    _open(offline_page, tmp_path)
    heading = offline_page.get_by_role("button", name="Partner")
    heading.click()
    assert _column(offline_page, 2) == ["100", "10", "9", "-3", ""]
    heading.click()
    assert _column(offline_page, 2) == ["-3", "9", "10", "100", ""]
    assert offline_page.locator("th[aria-sort=ascending]").inner_text().startswith("Partner")
    offline_page.get_by_role("button", name="Quota").click()
    assert _column(offline_page, 3) == ["∞", "1.234.567", "2,500", "0,123", ""]


def test_words_are_found_without_their_accents_and_names_sort_as_in_italian(offline_page, tmp_path) -> None:
    _open(offline_page, tmp_path)
    offline_page.get_by_label("Cerca nella tabella").fill("forli CASA")
    assert _column(offline_page, 1) == ["Comune di Forlì"]
    assert offline_page.locator("output").inner_text() == "1 di 5 righe"
    offline_page.get_by_label("Cerca nella tabella").fill("")
    offline_page.get_by_role("button", name="Ente").click()
    assert [one for one in _column(offline_page, 1) if one[0].isalpha()] == [
        "Àncora",
        "caritas",
        "Comune di Forlì",
    ]


@pytest.mark.parametrize("language", ["it", "en"])
def test_hostile_texts_stay_texts_and_nobody_is_shut_out(offline_page, tmp_path, language) -> None:
    dialogs = []
    offline_page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    _open(offline_page, tmp_path, language=language)
    assert _column(offline_page, 1) == TABLE["Ente"].tolist()
    assert offline_page.locator(".sn-browse img, .sn-browse b").count() == 0
    assert dialogs == []
    found = Axe().run(offline_page)
    # a cell of a notebook is a piece of a page: headings and landmarks are the page's
    of_a_page = {"landmark-one-main", "page-has-heading-one", "region"}
    assert {one["id"] for one in found.response["violations"]} <= of_a_page


def test_without_scripts_every_row_is_there(browser, tmp_path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    _open(page, tmp_path)
    assert page.locator("tbody tr").count() == len(TABLE)
    assert page.locator("label").is_hidden()
    assert page.locator("output").inner_text() == "5 righe"
    context.close()


def test_two_of_the_same_live_beside_each_other_and_long_ones_are_cut_with_a_word(offline_page) -> None:
    one = browse(pd.Series(range(30), name="n"), most=10)
    assert "prime 10 di 30 righe" in one._repr_html_()
    offline_page.set_content(one._repr_html_() + one._repr_html_())
    offline_page.get_by_label("Cerca nella tabella").first.fill("7")
    assert offline_page.locator("tbody tr:visible").count() == 1 + 10


def test_a_named_index_is_a_column_and_a_bad_option_is_refused() -> None:
    named = TABLE.set_index("Ente")
    assert "Comune di Forlì" in browse(named)._repr_html_()
    assert browse(TABLE)._repr_html_() == browse(TABLE.copy())._repr_html_()
    with pytest.raises(OptionError, match="most"):
        browse(TABLE, most=0)
