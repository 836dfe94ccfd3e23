"""One identity for each organisation."""

import pandas as pd
import pytest

from stakeholder_net.errors import UnknownNameError
from stakeholder_net.records.match import resolve_events, resolve_identities

TOWNS = [
    "Ascoli Piceno",
    "Grottammare",
    "San Benedetto del Tronto",
    "Fermo",
    "Folignano",
    "Offida",
    "Camerino",
]


def resolve(names, **options):
    mentions = names if isinstance(names, pd.DataFrame) else pd.DataFrame({"name": names})
    return resolve_identities(mentions, towns=TOWNS, **options)


def partition(who):
    """Groups of names, whatever the ids."""
    return sorted(sorted(set(g)) for _, g in who.audit.dropna(subset="actor_id").groupby("actor_id")["name"])


@pytest.mark.parametrize(
    "names",
    [
        ["P.A.Ge.F.Ha.", "Pagefha", "Cooperativa Sociale P.A.Ge.F.Ha. onlus"],
        ["Associazione La Meridiana di Ascoli Piceno", "La Meridiana"],
        [
            "ATS XXII",
            "Ambito territoriale sociale XXII del Piceno",
            "Ambito Sociale 22",
            "ATS 22 (XXII) Ascoli Piceno",
        ],
        ["Bottega Terzo Settore", "Bottega del Terzo Settore", "Associazione Bottega del Terzo settore"],
        ["Ama Aquilone Coop. Soc.", "Cooperativa Sociale “Ama Aquilone”"],
        ["Prometeo SAS di Mario Rossi & Partners", "Prometeo"],
        ["Comune di Ascoli", "Comune di Ascoli Piceno", "COMUNE DI ASCOLI PICENO - Ufficio di Piano"],
        ["CISL pensionati", "Cisl Pensionati"],
    ],
)
def test_spellings_of_one_body_are_one_actor(names):
    who = resolve(names)
    assert len(set(who.actor_of)) == 1
    assert list(who.audit["rule"].unique()) == ["exact"]


@pytest.mark.parametrize(
    "names",
    [
        ["ATS XXII", "ATS XXIII"],
        ["ATS 21", "Ats di Fermo"],
        ["Anffas", "associazione Anffas Onlus di Grottammare"],
        ["Avis Offida", "Avis Folignano"],
        ["Comune di Ascoli Piceno", "Provincia di Ascoli Piceno"],
        ["Associazione Primavera", "Fondazione Primavera"],
        ["Cooperativa sociale Primavera", "Associazione Primavera"],
        ["Università degli Studi di Camerino", "Università degli Studi di Camerino – Scuola di Scienze e Tecnologie"],
        ["Associazione Volontariato Marche, Comitato territoriale di Ascoli Piceno",
         "Associazione Volontariato Marche, Comitato territoriale di Fermo"],
        ["Lella 2001", "Lella 2002"],
    ],
)  # fmt: skip
def test_two_bodies_stay_two(names):
    assert resolve(names).actor_of.nunique() == 2


def test_a_name_that_may_be_either_is_joined_to_neither_and_reported():
    who = resolve(["Associazione Primavera", "Fondazione Primavera", "Primavera"])
    assert who.actor_of.nunique() == 3
    (doubt,) = who.problems
    assert (doubt.code, doubt.value, doubt.severity) == ("ambiguous_name", "Primavera", "note")
    assert "Associazione Primavera, Fondazione Primavera" in doubt.message
    assert list(who.audit["rule"]) == ["new", "new", "review"]


def test_the_town_beside_the_name_tells_two_bodies_apart():
    mentions = pd.DataFrame(
        {"name": ["Insieme", "Insieme", "INSIEME APS"], "municipality": ["Offida", "Fermo", "Fermo"]}
    )
    who = resolve(mentions)
    assert who.actor_of.nunique() == 2
    assert who.actor_of[1] == who.actor_of[2]
    assert list(who.actors["municipality"]) == ["Offida", "Fermo"]


def test_a_bare_town_is_its_comune_only_where_the_file_says_so():
    mentions = pd.DataFrame(
        {"name": ["Folignano", "Comune di Folignano", "Folignano"], "bare_town": [True, False, False]}
    )
    mentions["source_row"] = [2, 3, 4]
    who = resolve(mentions)
    assert who.actor_of[0] == who.actor_of[1]
    assert who.actor_of.isna().tolist() == [False, False, True]
    assert [(p.code, p.row, p.severity) for p in who.problems] == [("bare_town", 4, "set_aside")]


def test_an_administration_without_its_town_is_set_aside_and_found_by_the_town_beside_it():
    mentions = pd.DataFrame(
        {"name": ["Amministrazione Comunale", "Amministrazione comunale"], "municipality": [None, "Offida"]}
    )
    who = resolve(mentions)
    assert [p.code for p in who.problems] == ["which_town"]
    assert list(who.actors["name"]) == ["Comune di Offida"]


def test_no_person_becomes_an_actor_and_none_is_named():
    who = resolve(["cittadino", "//", "a titolo personale", "Croce Verde Offida"])
    assert list(who.actors["name"]) == ["Croce Verde Offida"]
    assert {p.code for p in who.problems} == {"no_body"}
    assert all(p.value == "" for p in who.problems)
    assert list(who.audit["rule"]) == ["not_an_actor"] * 3 + ["new"]


def test_the_alias_file_is_followed_where_it_says_and_gives_the_name_that_is_shown():
    aliases = pd.DataFrame(
        [
            ("Amministrazione Comunale", "Comune di Offida", "actor", "E09", "riunione a Offida"),
            ("CSV", "CSV Marche", "actor", None, None),
            ("CSV Marche", "Centro Servizi Volontariato Marche", None, None, None),
            ("Ambiti territoriali sociali", None, "not_an_actor", None, "molti"),
        ],
        columns=["spelling", "name", "what", "only_in", "reason"],
    )
    names = [
        "Amministrazione Comunale",
        "Amministrazione Comunale",
        "csv",
        "CSV Marche",
        "AMBITI TERRITORIALI SOCIALI",
    ]
    who = resolve(
        pd.DataFrame({"name": names, "where": ["E09", "E01", "E01", "E01", "E01"]}), aliases=aliases
    )
    assert list(who.audit["rule"]) == ["alias", "review", "alias", "alias", "not_an_actor"]
    assert list(who.actors["name"]) == ["Comune di Offida", "Centro Servizi Volontariato Marche"]
    assert who.audit["detail"][0] == "riunione a Offida"


def test_one_tax_code_is_one_actor_and_two_are_two():
    mentions = pd.DataFrame(
        {
            "name": ["Il Faro", "Onlus tutta diversa", "Croce Azzurra", "Croce Azzurra"],
            "tax_code": ["152230413", "00152230413", "80003150424", "00229010442"],
        }
    )
    who = resolve(mentions)
    assert who.actor_of[0] == who.actor_of[1]
    assert who.actor_of.nunique() == 3
    assert list(who.audit["rule"][:2]) == ["code", "code"]
    assert who.actors["codes"][0] == "cf:00152230413"


def test_a_wrong_code_is_told_and_a_person_s_code_is_dropped():
    mentions = pd.DataFrame({"name": ["Uno", "Due"], "tax_code": ["00152230414", "RSSMRA80A01H501U"]})
    who = resolve(mentions)
    assert [p.code for p in who.problems] == ["bad_tax_code"]
    assert who.actors["codes"].isna().all()
    assert "RSSMRA" not in repr(who.problems) + who.audit.to_csv() + who.actors.to_csv()


def register():
    return pd.DataFrame(
        {
            "name": ["OFFIDA", "Fermo", "PRIMAVERA COOPERATIVA SOCIALE", "AVIS COMUNALE DI FERMO ODV"],
            "kind": ["comune", "comune", None, None],
            "municipality": ["Offida", "Fermo", "SAN BENEDETTO DEL TRONTO", "Fermo"],
            "tax_code": ["00136120441", None, "01548480449", None],
            "istat_code": ["044054", "109006", None, None],
            "population": ["4784", None, None, None],
            "district": ["ATS 23", None, None, None],
        }
    )


def test_the_register_lends_its_columns_and_its_silent_bodies():
    who = resolve(["Primavera", "comune di offida", "Avis"], register=register())
    assert list(who.actors["name"]) == [
        "Primavera", "Comune di Offida", "Avis", "Comune di Fermo", "AVIS Comunale di Fermo ODV",
    ]  # fmt: skip
    assert who.actors["registered"].tolist() == [True, True, False, True, True]
    assert list(who.actors["kind"]) == ["coop_sociale", "comune", "ets_odv", "comune", "ets_odv"]
    assert who.actors.loc[1, "codes"] == "cf:00136120441; istat:044054"
    assert (who.actors.loc[1, "population"], who.actors.loc[1, "district"]) == (4784, "ATS 23")
    assert who.actors.loc[0, "municipality"] == "San Benedetto del Tronto"


def test_ids_do_not_hang_on_the_order_of_rows():
    names = [
        "P.A.Ge.F.Ha.",
        "Coop. Pagefha",
        "Associazione Primavera",
        "Fondazione Primavera",
        "Primavera",
        "Avis Offida",
    ]
    first = resolve(names)
    turned = resolve(names[::-1])
    assert dict(zip(first.audit["name"], first.actor_of, strict=True)) == dict(
        zip(turned.audit["name"], turned.actor_of, strict=True)
    )
    assert first.actor_of.str.fullmatch(r"a-[a-z2-7]{8}").all()


def test_the_frames_given_are_not_changed():
    mentions = pd.DataFrame({"name": ["Offida"], "bare_town": [True]})
    before = mentions.copy()
    resolve(mentions)
    pd.testing.assert_frame_equal(mentions, before)


def test_no_mentions_and_no_register_is_no_actor():
    who = resolve(pd.DataFrame({"name": []}))
    assert who.actors.empty
    assert list(who.actors.columns[:3]) == ["actor_id", "name", "kind"]


def test_explain_tells_spellings_and_rules_and_knows_no_stranger():
    who = resolve(["Pagefha", "Pagefha", "P.A.Ge.F.Ha."])
    told = who.explain(who.actors["actor_id"][0], language="en")
    assert "'Pagefha' x2: same name, once spelling and legal form are levelled" in told
    with pytest.raises(UnknownNameError):
        who.explain("a-nobody00")


def test_two_printed_forms_of_a_project_are_one():
    aliases = pd.DataFrame({"spelling": ["P01b", "Uno"], "name": ["P01", "Due"], "what": ["event", "actor"]})
    events = pd.Series(["P01b", "P02", None, "Uno"], index=[5, 6, 7, 8])
    assert resolve_events(events, aliases=aliases).tolist()[:2] == ["P01", "P02"]
    assert resolve_events(events, aliases=aliases)[8] == "Uno"


# --- the public record of the Piceno --------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def piceno(shared):
    folder = shared / "data" / "piceno_public_record"
    towns = pd.read_csv(shared / "data" / "istat_comuni" / "marche_comuni_seed.csv")["comune"]
    attendance = pd.read_csv(folder / "attendance.csv").rename(
        columns={"event_id": "where", "name_as_printed": "name"}
    )
    projects = pd.read_csv(folder / "collaborations.csv").rename(
        columns={"project_id": "where", "name_as_printed": "name"}
    )
    members = pd.read_csv(folder / "memberships.csv").rename(
        columns={"group": "where", "member_as_printed": "name"}
    )
    mentions = pd.concat([t[["where", "name"]] for t in (attendance, projects, members)], ignore_index=True)
    return resolve_identities(mentions.assign(bare_town=True), towns=towns)


@pytest.mark.shared
@pytest.mark.parametrize(
    "names",
    [
        ["P.A.Ge.F.Ha.", "Pagefha", "Cooperativa Sociale P.A.Ge.F.Ha. onlus"],
        ["Associazione La Meridiana di Ascoli Piceno", "La Meridiana"],
        [
            "ATS XXII",
            "Ambito territoriale sociale XXII del Piceno",
            "Ambito Sociale 22",
            "Ambito Territoriale Sociale XXII",
        ],
        ["Ambito Territoriale Sociale XXIII", "Ats23"],
        ["Comune di Ascoli Piceno", "Comune di Ascoli", "Ascoli Piceno"],
        ["Comune di Acquasanta Terme", "Acquasanta", "Acquasanta Terme", "Acquasanta terme"],
        ["Consorzio IL PICCHIO Soc. Coop Sociale a.r.l.", "Il Picchio"],
        ["Associazione Wega", "Wega"],
        ["ISTAO", "Istao"],
    ],
)
def test_piceno_one(piceno, names):
    rows = piceno.audit[piceno.audit["name"].isin(names)]
    assert set(rows["name"]) == set(names)
    assert len(set(rows["actor_id"])) == 1


@pytest.mark.shared
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anffas", "associazione Anffas Onlus di Grottammare"),
        ("ATS XXII", "Ats23"),
        ("Bottega del Terzo Settore", "LOCANDA TERZO SETTORE – U.C.O.F."),
        ("Azienda Sanitaria USL 13 Ascoli Piceno", "Azienda Sanitaria ASL 12 di San Benedetto del Tronto"),
        ("Arci Macerata", "Arci Piceno-Fermano"),
        ("Comune di Ascoli Piceno", "Amministrazione Provinciale di Ascoli Piceno"),
    ],
)
def test_piceno_two(piceno, one, other):
    id_of = piceno.audit.set_index("name")["actor_id"]
    assert len({*id_of[[one, other]]}) == 2


@pytest.mark.shared
def test_piceno_names_no_partner_of_a_firm(piceno):
    assert "Prometeo SAS" in set(piceno.actors["name"])
    assert not piceno.actors["name"].str.contains("Partners").any()
    assert {p.code for p in piceno.problems} == {"ambiguous_name", "many_bodies", "which_town"}
