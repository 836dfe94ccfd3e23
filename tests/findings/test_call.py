"""A call is read in its own words; every fault is named with the nearest word."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields
from pathlib import Path

import pytest

from stakeholder_net import OptionError, UnknownNameError, UnreadableFileError, findings
from stakeholder_net.findings import Call, example_calls, kinds_of, read_call, read_calls, write_call_form

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


def test_the_shipped_calls_are_those_of_the_repository():
    shipped = Path(findings.__file__).parent / "example_calls"
    for file in sorted(CALLS.glob("*.toml")):
        assert (shipped / file.name).read_text("utf-8") == file.read_text("utf-8")
    assert (shipped / "bando.toml").read_text("utf-8") == (CALLS / "modulo" / "bando.toml").read_text("utf-8")
    assert example_calls() == read_calls(CALLS)


def test_the_form_knows_every_key_and_is_a_call_when_filled_in(tmp_path):
    form = write_call_form(tmp_path / "mio.toml")
    assert read_call(form) == Call(title="Titolo del bando", min_partners=3)
    text = form.read_text("utf-8")
    filled = re.sub(r"(?m)^# (?=[a-z_]+ = |\[|\"|impresa|costo)", "", text)
    call = read_call(written(tmp_path, filled))
    unset = {
        field.name
        for field in fields(Call)
        if getattr(call, field.name) == getattr(Call(title=""), field.name)
    }
    assert unset == {"example"}, "the form shows every key but the one that marks an example"
    with pytest.raises(OptionError, match="exists already"):
        write_call_form(form)
    with pytest.raises(OptionError, match="folder"):
        write_call_form(tmp_path / "nessuna" / "mio.toml")
