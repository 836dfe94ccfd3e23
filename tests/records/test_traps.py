"""Names that look like one body and are two, and names that look like two and are one."""

from __future__ import annotations

from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholder_net.records._corpus import Corpus
from stakeholder_net.records._linking import scored_pairs
from stakeholder_net.records.match import Identities, resolve_identities, spellings_of

TOWNS = [
    "Ascoli Piceno",
    "Grottammare",
    "San Benedetto del Tronto",
    "Fermo",
    "Offida",
    "Camerino",
    "Macerata",
]


def resolve(*names: str, **options: object) -> Identities:
    return resolve_identities(pd.DataFrame({"name": list(names)}), towns=TOWNS, **options)


def asked(who: Identities) -> set[frozenset[str]]:
    return {frozenset(p) for p in who.review[["one_name", "other_name"]].to_numpy().tolist()}


@pytest.mark.parametrize(
    "names",
    [
        ("ATS XXII", "ATS XXIII"),
        ("Ambito territoriale sociale 22", "Ambito territoriale sociale 23"),
        ("ATS XXII", "ATS PINQUA"),
        ("ATS XXII di Ascoli Piceno", "Associazione temporanea di scopo XXII"),
        ("Anffas", "associazione Anffas Onlus di Grottammare"),
        ("Anffas Ascoli Piceno", "Anffas Grottammare"),
        ("AVIS", "AVIS Comunale di Offida"),
        ("AVIS Provinciale di Ascoli Piceno", "AVIS Comunale di Ascoli Piceno"),
        ("AVIS Provinciale di Ascoli Piceno", "AVIS Ascoli Piceno"),
        ("Croce Verde Offida", "Croce Rossa Offida"),
        ("Pro Loco Offida", "Pro Loco Grottammare"),
        ("Associazione Anffas Grottammare", "Fondazione Anffas Grottammare"),
        ("Associazione Michele per tutti di Grottammare", "Fondazione Michele per tutti di Grottammare"),
        ("Comune di Offida", "ASD Offida"),
        ("Comune di Offida", "Consulta giovanile del Comune di Offida"),
        ("Comune di Offida", "Comune di Offida - Consulta giovanile"),
        ("Comune di Offida", "Biblioteca comunale di Offida"),
        ("Comune di Offida", "Comune di Offida, Biblioteca comunale"),
        ("Comune di Offida", "Gruppo informale Mamme di Offida"),
        ("Comune di Fermo", "Provincia di Fermo"),
        ("Università di Camerino", "Università di Camerino - Scuola di Architettura e Design"),
        ("Università degli Studi di Camerino", "Scuola di Architettura e Design Università di Camerino"),
        ("Unicam", "Unicam - Scuola di Architettura"),
        ("Università di Macerata", "Dipartimento di Economia Università di Macerata"),
        ("Università di Camerino - Scuola di Scienze", "Università di Camerino - Scuola di Giurisprudenza"),
        ("Volontari del Sorriso, Comitato territoriale di Fermo", "Volontari del Sorriso"),
        ("Gruppo informale Genitori", "Associazione Genitori Offida"),
    ],
)  # fmt: skip
def test_two_bodies_are_never_joined_by_the_machine(names: tuple[str, str]) -> None:
    for order in permutations(names):
        assert resolve(*order).actor_of.nunique() == len(names)


@pytest.mark.parametrize(
    "names",
    [
        ("Biblioteca comunale di Offida", "Comune di Offida - Biblioteca comunale"),
        ("Comune di Offida", "Comune di Offida - Ufficio di Piano", "COMUNE DI OFFIDA, Dipartimento Servizi Sociali"),
        ("CAI Sezione di Ascoli Piceno", "CAI Club Alpino Italiano - Sezione di Ascoli Piceno ODV"),
        ("La Meridianaonlus Associazione", "Associazione La Meridiana"),
        ("Società Habilis Cooperativa Sociale", "Habilis Coop. Soc."),
        ("Il Ricino Società Cooperativa Sociale siglabile Il Ricino S.C.S.", "Cooperativa sociale Il Ricino"),
        ("Siglabile Armonia Soc. Coop. Sociale", "Cooperativa sociale Armonia"),
        ("Camera del Lavoro Territoriale di Ascoli Piceno", "CGIL Ascoli Piceno"),
    ],
)  # fmt: skip
def test_one_body_in_several_spellings(names: tuple[str, ...]) -> None:
    for order in permutations(names):
        assert len(set(resolve(*order).actor_of)) == 1


def test_a_school_is_asked_about_beside_its_university_and_knows_it_as_its_parent() -> None:
    who = resolve("Università di Camerino", "Università di Camerino - Scuola di Architettura e Design")
    assert list(who.review["conflict"]) == ["branch"]
    actors = who.actors.set_index("name")
    school = actors.loc["Università di Camerino - Scuola di Architettura e Design"]
    assert school["parent_id"] == actors.loc["Università di Camerino", "actor_id"]


def test_a_council_belongs_to_its_municipality() -> None:
    who = resolve("Comune di Offida", "Consulta giovanile del Comune di Offida", "Comune di Offida - Museo")
    actors = who.actors.set_index("kind")
    assert list(who.actors["parent_id"].dropna().unique()) == [actors.loc["comune", "actor_id"]]
    assert who.actors["parent_id"].notna().sum() == 2


def test_a_bare_town_in_a_register_is_its_comune_and_no_other_body() -> None:
    register = pd.DataFrame(
        {
            "name": ["OFFIDA", "A.S.D. OFFIDA"],
            "municipality": ["OFFIDA", "OFFIDA"],
            "tax_code": ["00136120441", "02421380441"],
        }
    )
    who = resolve("Comune di Offida", register=register)
    (actor,) = who.actor_of
    assert actor == who.register_of[0] != who.register_of[1]
    assert who.actors.set_index("actor_id").loc[actor, "codes"] == "cf:00136120441"
    assert who.review.empty


def test_without_a_list_of_towns_they_are_those_whose_comune_is_named() -> None:
    names = [
        "Comune di Offida",
        "Comune di Ascoli",
        "Comune di Ascoli Piceno",
        "Pro Loco Offida",
        "Avis di Offida",
    ]
    who = resolve_identities(pd.DataFrame({"name": [*names, "Biblioteca comunale di Offida"]}))
    assert who.actors["municipality"].tolist() == ["Offida", "Ascoli Piceno", "Offida", "Offida", "Offida"]


def test_the_fullest_form_is_shown_and_of_equal_ones_the_usual() -> None:
    names = ["Croce Celeste", "Associazione Croce Celeste Offida", "Associazione Croce Celesta Offida"]
    for order in permutations([*names, names[1]]):
        who = resolve(*order)
        shown = who.actors.set_index("actor_id")["name"]
        assert shown[who.actor_of[order.index(names[1])]] == "Associazione Croce Celeste Offida"


def test_nobody_is_an_actor_whatever_stands_beside() -> None:
    who = resolve("cittadino", "Privato cittadino", "a titolo personale", "Comune di Offida")
    assert list(who.actors["name"]) == ["Comune di Offida"]
    assert who.review.empty


# --- laws -----------------------------------------------------------------------------------------------------------
NAMES = [
    "Associazione La Meridiana di Ascoli Piceno", "La Meridiana", "Coop. soc. Meridiana", "Meridiana ODV",
    "Anffas", "Anffas Onlus Grottammare", "Pagefha", "P.A.Ge.F.Ha.", "Coop. Sociale Pagefa", "ATS 22", "ATS XXIII",
    "Comune di Offida", "Offida", "AVIS Offida", "Avis comunale Offida", "Università di Camerino", "Unicam",
    "Università di Camerino - Scuola di Architettura", "Bottega del Terzo Settore", "Bottega Terzo Setore",
]  # fmt: skip
QUICK = settings(max_examples=25, deadline=None)
sheets = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([None, "Offida", "Fermo"])), min_size=1, max_size=14
)


def frame(rows: list[tuple[str, str | None]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "municipality"])


@QUICK
@given(sheets, st.randoms(use_true_random=False))
def test_shuffled_rows_give_the_same_actors_with_the_same_ids(rows, random) -> None:
    before = resolve_identities(frame(rows), towns=TOWNS)
    order = list(range(len(rows)))
    random.shuffle(order)
    after = resolve_identities(frame([rows[n] for n in order]), towns=TOWNS)
    assert before.actor_of[order].tolist() == after.actor_of.tolist()
    shown = [who.actors.set_index("actor_id").sort_index() for who in (before, after)]
    pd.testing.assert_frame_equal(*shown)
    assert asked(before) == asked(after)


@QUICK
@given(sheets)
def test_every_row_is_an_actor_s_or_is_set_aside_with_a_reason(rows) -> None:
    who = resolve_identities(frame(rows), towns=TOWNS)
    aside = who.audit["rule"].isin(["review", "not_an_actor"]) & who.actor_of.isna()
    assert (who.actor_of.notna() | aside).all()
    assert len(who.audit) == len(rows)
    assert set(who.actor_of.dropna()) == set(who.actors["actor_id"])


@QUICK
@given(sheets)
def test_said_twice_changes_nothing_and_ids_stay_with_their_names(rows) -> None:
    once = resolve_identities(frame(rows), towns=TOWNS)
    twice = resolve_identities(frame([*rows, *rows]), towns=TOWNS, known=once.keys)
    assert twice.actor_of.tolist() == [*once.actor_of, *once.actor_of]
    assert twice.redirects.empty


@QUICK
@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=10, unique=True))
def test_the_score_of_a_pair_does_not_hang_on_who_comes_first(names) -> None:
    def scores(order: list[str]) -> dict[frozenset[str], tuple[float, str]]:
        spellings, _ = spellings_of(pd.DataFrame({"name": order}), towns=TOWNS)
        pairs = scored_pairs(Corpus.of(spellings))
        ends = zip(pairs["one"], pairs["other"], pairs["score"], pairs["conflict"], strict=True)
        return {frozenset((spellings[a].name, spellings[b].name)): (score, why) for a, b, score, why in ends}

    assert scores(names) == scores(names[::-1])


def test_a_decision_beats_every_score_and_its_revocation_gives_the_machine_back_its_word() -> None:
    from stakeholder_net.records.decisions import new_decisions  # noqa: PLC0415

    names = ("Associazione Bottega del Terzo Settore", "Bottega Terzo Settore")
    said = {"decided_on": "2024-05-02", "decided_by": "ufficio di piano", "reason": ""}
    apart = new_decisions([said | {"action": "different", "a": names[0], "b": names[1]}])
    back = new_decisions([said | {"action": "revoke", "revokes": apart.loc[0, "decision_id"]}])
    machine = resolve(*names)
    assert len(set(machine.actor_of)) == 1
    assert resolve(*names, decisions=apart).actor_of.nunique() == 2
    again = resolve(*names, decisions=pd.concat([apart, back], ignore_index=True))
    pd.testing.assert_frame_equal(again.actors, machine.actors)
    assert again.actor_of.tolist() == machine.actor_of.tolist()


def test_letters_of_a_row_part_bodies() -> None:
    rows = {"Associazione Finta": "ADE", "Cooperativa sociale Finta": "LNO", "Tiquarantuno": "AB"}
    names = [f"{name} {letter}" for name, letters in rows.items() for letter in letters]
    names += ["Scuola A di Force", "Scuola D di Force"]
    assert resolve_identities(pd.DataFrame({"name": names})).actor_of.nunique() == len(names)
