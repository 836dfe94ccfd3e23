"""A call is read in its own words; every fault is named with the nearest word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from stakeholder_net import OptionError, UnknownNameError, UnreadableFileError
from stakeholder_net.findings import Call, kinds_of, read_call, read_calls

CALLS = Path(__file__).parents[2] / "calls"


def written(folder: Path, text: str) -> Path:
    file = folder / "bando.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_examples_are_read_and_named_as_examples():
    calls = read_calls(CALLS)
    assert calls
    assert all(call.example and "Esempio" in call.title for call in calls)
    first = read_call(CALLS / "esempio_pnrr_m5c2_inclusione.toml")
    assert first.deadline == dt.date(2027, 3, 31)
    assert first.required_kinds["terzo settore"] == 2
    assert first.max_load == 2


def test_italian_and_english_keys_say_the_same(tmp_path):
    italian = read_call(written(tmp_path, 'titolo = "P"\nminimo_partner = 3\ntipi_richiesti = ["comune"]'))
    english = read_call(written(tmp_path, 'title = "P"\nmin_partners = 3\nrequired_kinds = { comune = 1 }'))
    assert italian == english == Call(title="P", min_partners=3, required_kinds={"comune": 1})


def test_every_fault_is_told_with_the_nearest_word(tmp_path):
    file = written(tmp_path, 'minimo_parner = 3\nscadenza = "domani"\ntipi_richiesti = { comunne = 1 }')
    with pytest.raises(OptionError) as refused:
        read_call(file)
    text = str(refused.value)
    assert "bando.toml: the key 'minimo_parner' is not known. Did you mean 'minimo_partner'?" in text
    assert "scadenza = 'domani' is not a date" in text
    assert "Did you mean 'comune'?" in text


@pytest.mark.parametrize(
    "text",
    [
        "minimo_partner = 1.5",
        "minimo_partner = true",
        "temi = 3",
        "limiti = 3",
        'esempio = "si"',
        "incompatibili = 3",
        "titolo = 3",
    ],
)
def test_values_of_the_wrong_sort_are_refused(tmp_path, text):
    with pytest.raises(OptionError, match="is not"):
        read_call(written(tmp_path, text))


def test_numbers_that_contradict_themselves_are_refused(tmp_path):
    with pytest.raises(OptionError, match=r"bando\.toml: max_partners=2 is smaller"):
        read_call(written(tmp_path, "minimo_partner = 3\nmassimo_partner = 2"))
    with pytest.raises(OptionError, match="min_themes=3"):
        Call(title="P", themes=("a",), min_themes=3)
    with pytest.raises(OptionError, match="negative"):
        Call(title="P", required_kinds={"comune": -1})
    with pytest.raises(OptionError, match="at least 1"):
        Call(title="P", min_partners=0)


def test_files_that_cannot_be_read_are_told(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"esempio\.toml"):
        read_call(tmp_path / "esempio.toml")
    with pytest.raises(UnreadableFileError, match="TOML"):
        read_call(written(tmp_path, "titolo = "))
    with pytest.raises(UnreadableFileError, match="folder"):
        read_calls(tmp_path / "nessuna")


def test_words_for_kinds():
    assert kinds_of("Comuni") == kinds_of("municipality") == {"comune"}
    assert {"ets_odv", "coop_sociale", "fondazione"} <= kinds_of("Terzo Settore")
    assert kinds_of("comune | università") == {"comune", "universita"}
    assert kinds_of("comune o ATS") == {"comune", "ats"}
    assert kinds_of("banda", known=["banda"]) == {"banda"}
    with pytest.raises(UnknownNameError, match="Did you mean 'universita'"):
        kinds_of("universitta")
