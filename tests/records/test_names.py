"""What a printed name says."""

import pytest

from stakeholder_net.records.names import Towns, guess_kind, normalise, parse_name, public_name, title_case
from stakeholder_net.words import KINDS

TOWNS = Towns(
    ["ASCOLI PICENO", "Ascoli Piceno", "Grottammare", "San Benedetto del Tronto", "Fermo", "Folignano",
     "Monsampolo del Tronto", "Montegallo", "Montalto delle Marche", "Camerino", "Offida"]
)  # fmt: skip


@pytest.mark.parametrize(
    "spellings",
    [
        ["P.A.Ge.F.Ha.", "Pagefha", "PAGEFHA", "P. A. Ge. F. Ha."[:0] + "p.a.ge.f.ha"],
        ["Porto Sant`Elpidio", "PORTO S. ELPIDIO", "Porto Sant'Elpidio", "porto sant’elpidio"],
        ["Unita` Sanitaria", "Unità sanitaria", "UNITA' SANITARIA"],
        ["A.S.D. Volley", "ASD Volley", "A. S. D. Volley", "A S D Volley"],
        ["Casa Famiglia S. Gemma", "Casa famiglia Santa Gemma", "CASA FAMIGLIA SANTA  GEMMA"],
        ["Scuola n. 2", "Scuola nr. 2", "Scuola n° 2"],
    ],
)
def test_ways_of_typing_the_same_letters_are_one(spellings):
    assert len({normalise(s) for s in spellings}) == 1


def test_normalise_keeps_every_word_and_knows_no_missing_value():
    assert normalise("Comune di L'Aquila & Amici") == "comune di l aquila e amici"
    assert normalise(None) == normalise(float("nan")) == ""


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("ATS XXII", 22), ("Ambito territoriale sociale XXII del Piceno", 22), ("Ambito Sociale 22", 22), ("Ats23", 23),
        ("A.T.S. n. 22", 22), ("ATS 23 (XXIII) Unione Comuni Vallata del Tronto", 23), ("ambito xxi", 21),
        ("Ambito Territoriale Sociale XIV", 14), ("ATS IX Jesi", 9),
    ],
)  # fmt: skip
def test_a_social_services_district_is_its_number(name, number):
    parsed = parse_name(name, towns=TOWNS)
    assert (parsed.kind, parsed.number, parsed.form) == ("ats", number, "ats")


@pytest.mark.parametrize(
    "name",
    [
        "PINQUA - associazione temporanea di scopo",
        "ATS Monticelli nel futuro",
        "Associazione temporanea di scopo XXII",
    ],
)
def test_a_temporary_association_is_no_district(name):
    assert parse_name(name, towns=TOWNS).kind != "ats"


def test_a_district_without_a_number_is_its_place():
    assert parse_name("Ats di Fermo", towns=TOWNS).core == "ats fermo"


@pytest.mark.parametrize(
    "name",
    ["Comune di Ascoli Piceno", "COMUNE DI ASCOLI", "Municipio di Ascoli Piceno", "Amm.ne Comunale Ascoli Piceno",
     "Comune di Ascoli Piceno - Ufficio di Piano", "Comune Ascoli Piceno, Settore Servizi Sociali",
     "Com. Ascoli Piceno"],
)  # fmt: skip
def test_a_municipality_in_all_its_forms(name):
    parsed = parse_name(name, towns=TOWNS)
    assert (parsed.core, parsed.form, parsed.municipality_hint) == (
        "ascoli piceno",
        "comune",
        "Ascoli Piceno",
    )


@pytest.mark.parametrize(
    "name", ["ASD Città di Fermo", "Associazione Comune Sentire", "Polisportiva Comunale"]
)
def test_a_club_named_after_a_town_is_no_municipality(name):
    assert parse_name(name, towns=TOWNS).form != "comune"


def test_a_short_town_name_is_known_only_where_one_town_bears_it():
    assert TOWNS.short("Ascoli") == "Ascoli Piceno"
    assert TOWNS.short("Mont") is None
    assert Towns(["Ascoli Piceno", "Ascoli Satriano"]).short("Ascoli") is None


def test_porto_d_ascoli_is_not_ascoli():
    assert parse_name("Centro Solidarietà Porto d’Ascoli", towns=TOWNS).municipality_hint is None


@pytest.mark.parametrize(
    ("name", "core", "form", "kind"),
    [
        ("Cooperativa Sociale P.A.Ge.F.Ha. onlus", "pagefha", "cooperativa", "coop_sociale"),
        ("Casa Famiglia S. Gemma Galgani Società Cooperativa Sociale", "casa famiglia s gemma galgani", "cooperativa",
         "coop_sociale"),
        ("Associazione di Promozione Sociale “Le Querce di Mamre”", "querce mamre", "associazione", "ets_aps"),
        ("Fondazione Carisap", "carisap", "fondazione", "fondazione_bancaria"),
        ("Fondazione Caritas in Veritate", "caritas veritate", "fondazione", "fondazione"),
        ("Associazione Sportiva Dilettantistica Cavalluccio Marino", "cavalluccio marino", "asd", "asd"),
        ("Ass.Sport.Dilett. Cavalluccio Marino", "cavalluccio marino", "asd", "asd"),
        ("Istituto Comprensivo ‘Don Giussani’", "don giussani", "scuola", "scuola"),
        ("Amministrazione Provinciale di Ascoli Piceno", "ascoli piceno", "provincia", "provincia"),
        ("Prometeo SAS di Mario Rossi & Partners", "prometeo", "impresa", "impresa"),
        ("associazione italiana sclerosi multipla onlus – AISM", "aism", "associazione", "ets_altro"),
        ("UNIONE ITALIANA CIECHI sezione di Ascoli Piceno", "uici", "", "sconosciuto"),
    ],
)  # fmt: skip
def test_core_and_legal_form(name, core, form, kind):
    parsed = parse_name(name, towns=TOWNS)
    assert (parsed.core, parsed.form, parsed.kind) == (core, form, kind)


def test_a_school_of_a_university_is_a_branch_and_an_office_is_not():
    school = parse_name("Università degli Studi di Camerino – Scuola di Scienze e Tecnologie", towns=TOWNS)
    office = parse_name("Comune di Offida - Ufficio di Piano", towns=TOWNS)
    assert (school.is_branch, school.unit) == (True, "scuola di scienze e tecnologie")
    assert (office.is_branch, office.unit) == (False, "ufficio di piano")


@pytest.mark.parametrize(
    "name", ["cittadino", "Libero cittadino", "//", "-", "", None, "n.d.", "X", "a titolo personale"]
)
def test_a_person_or_nothing_is_nobody(name):
    assert parse_name(name).is_nobody


@pytest.mark.parametrize(
    "name", ["Ambiti territoriali sociali", "Comuni del territorio", "associazioni locali"]
)
def test_many_bodies_in_one_word(name):
    assert parse_name(name).is_collective


def test_the_partners_of_a_small_firm_are_not_shown():
    assert public_name("Prometeo SAS di Mario Rossi & Partners") == "Prometeo SAS"
    assert "Rossi" not in public_name("Vetri s.n.c. di Rossi Mario e C.")


def test_capitals_are_softened_and_initials_stay():
    assert title_case("PRIMAVERA COOPERATIVA SOCIALE A R.L.") == "Primavera Cooperativa Sociale a R.L."
    assert public_name("UNITALSI") == "UNITALSI"
    assert title_case("FONDAZIONE LEGA DEL FILO D'ORO ONLUS") == "Fondazione Lega del Filo d'Oro ONLUS"


@pytest.mark.parametrize(
    "name",
    ["Comune di Offida", "ATS XXII", "Avis", "IC Nord", "Cisi", "Banca X", "Regione Marche", "GAL Piceno"],
)
def test_every_guess_is_a_known_kind(name):
    assert guess_kind(name) in KINDS
