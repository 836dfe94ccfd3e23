"""A person's word: kept for ever, whatever the order of the lines, taken back without a trace."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stakeholder_net.errors import InvalidTablesError
from stakeholder_net.records.decisions import append_decisions, new_decisions, read_decisions, standing
from stakeholder_net.records.match import resolve_identities

NAMES = ["Teatro Alfa", "Beta Servizi", "Laboratorio Gamma", "Delta Verde", "Epsilon", "Cooperativa Epsilon"]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def decide(action, a, b="", **more):
    return {
        "decided_on": "2024-05-02",
        "decided_by": "ufficio di piano",
        "action": action,
        "a": a,
        "b": b,
    } | more


def partition(decisions, names=NAMES):
    """Actor of each name, or that two decisions contradict each other."""
    try:
        who = resolve_identities(pd.DataFrame({"name": names}), decisions=decisions)
    except InvalidTablesError as error:
        return {p.code for p in error.problems}
    return who.actor_of.fillna("").tolist()


pairs = st.tuples(
    st.sampled_from(["same", "different"]), st.sampled_from(NAMES), st.sampled_from(NAMES)
).filter(lambda said: said[1] != said[2])
single = st.tuples(st.sampled_from(["new", "not_an_actor"]), st.sampled_from(NAMES), st.just(""))
words = st.lists(st.one_of(pairs, pairs, single), max_size=6, unique=True).map(
    lambda said: new_decisions(decide(*words) for words in said)
)


@QUICK
@given(words, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_count(decisions, random):
    order = list(range(len(decisions)))
    random.shuffle(order)
    assert partition(decisions.iloc[order]) == partition(decisions)


@QUICK
@given(words)
def test_a_line_said_twice_counts_once(decisions):
    assert partition(pd.concat([decisions, decisions])) == partition(decisions)


@QUICK
@given(words, st.data())
def test_taking_a_decision_back_restores_what_was_before(decisions, data):
    gone = data.draw(st.sets(st.sampled_from(sorted(decisions["decision_id"])))) if len(decisions) else set()
    back = new_decisions(decide("revoke", "", revokes=d) for d in sorted(gone))
    without = decisions[~decisions["decision_id"].isin(gone)]
    assert partition(pd.concat([decisions, back])) == partition(without)


@QUICK
@given(words)
def test_every_standing_decision_holds(decisions):
    got = partition(decisions)
    if isinstance(got, set):
        assert got == {"contradiction"}
        return
    actor = dict(zip(NAMES, got, strict=True))
    for row in decisions.to_dict("records"):
        a, b = actor[row["a"]], actor.get(row["b"], "")
        if row["action"] == "not_an_actor":
            assert a == ""
        elif row["action"] == "same":
            assert a == b != ""
        elif row["action"] == "different":
            assert a != b or a == ""


def test_a_person_beats_the_machine():
    machine = partition(None)
    assert machine[4] == machine[5]
    apart = partition(new_decisions([decide("different", "Epsilon", "Cooperativa Epsilon")]))
    assert apart[4] != apart[5]
    alone = partition(new_decisions([decide("new", "Epsilon")]))
    assert alone[4] != alone[5]
    codes = pd.DataFrame({"name": ["Epsilon", "Cooperativa Epsilon"], "tax_code": ["00152230413"] * 2})
    said = new_decisions([decide("different", "Epsilon", "Cooperativa Epsilon")])
    assert resolve_identities(codes, decisions=said).actor_of.nunique() == 2


def test_a_revoked_revocation_stands_again():
    first = new_decisions([decide("same", "Epsilon", "Delta Verde")])
    second = new_decisions([decide("revoke", "", revokes=first["decision_id"][0])])
    third = new_decisions([decide("revoke", "", revokes=second["decision_id"][0])])
    assert standing(pd.concat([first, second])).empty
    assert list(standing(pd.concat([third, second, first]))["decision_id"]) == list(first["decision_id"])


def test_a_contradiction_shows_the_chain():
    said = new_decisions(
        [
            decide("same", "Teatro Alfa", "Beta Servizi"),
            decide("same", "Beta Servizi", "Delta Verde"),
            decide("different", "Delta Verde", "Teatro Alfa"),
        ]
    )
    with pytest.raises(InvalidTablesError) as error:
        resolve_identities(pd.DataFrame({"name": NAMES}), decisions=said)
    (fault,) = error.value.problems
    assert fault.value == said["decision_id"][2]
    assert fault.params["chain"] == " -> ".join(reversed(said["decision_id"][:2].tolist()))


def test_a_decision_for_one_event_holds_there_only():
    mentions = pd.DataFrame({"name": ["ATS XXIII", "ATS XXIII", "ATS XXII"], "where": ["E05", "E09", "E01"]})
    said = new_decisions([decide("same", "ATS XXIII", "ATS XXII", scope="E05")])
    who = resolve_identities(mentions, decisions=said)
    assert who.actor_of[0] == who.actor_of[2] != who.actor_of[1]
    assert who.audit["rule"][0] == "decision"


def test_name_kind_and_code_are_taken_from_a_person():
    said = new_decisions(
        [
            decide("rename", "Epsilon", "Epsilon Società Cooperativa"),
            decide("kind", "Epsilon", "coop_sociale"),
            decide("code", "Epsilon", "00152230413"),
        ]
    )
    actors = resolve_identities(pd.DataFrame({"name": ["Epsilon"]}), decisions=said).actors
    assert list(actors.loc[0, ["name", "kind", "codes"]]) == [
        "Epsilon Società Cooperativa", "coop_sociale", "cf:00152230413",
    ]  # fmt: skip


def test_decisions_are_added_at_the_end_and_once(tmp_path):
    path = tmp_path / "decisions.csv"
    first = new_decisions([decide("same", "Uno", "Due", reason="=HYPERLINK(1)")])
    second = new_decisions([decide("different", "Uno", "Tre")])
    assert append_decisions(path, first) == 1
    before = path.read_bytes()
    assert append_decisions(path, pd.concat([first, second])) == 1
    assert path.read_bytes().startswith(before)
    assert list(read_decisions(path)["decision_id"]) == [*first["decision_id"], *second["decision_id"]]
    text = path.read_text()
    assert "\n=" not in text
    assert ",=" not in text


def test_no_file_is_no_decision(tmp_path):
    assert read_decisions(tmp_path / "none.csv").empty


def test_every_fault_of_the_file_is_told_with_its_row(tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text(
        "decision_id,action,a,b,revokes\nd-1,maybe,x,y,\nd-2,same,x,,\nd-3,revoke,,,d-9\n", encoding="utf-8"
    )
    with pytest.raises(InvalidTablesError) as error:
        read_decisions(path)
    assert [(p.row, p.column, p.code) for p in error.value.problems] == [
        (2, "action", "bad_choice"), (3, "b", "missing_value"), (4, "revokes", "unknown_reference"),
    ]  # fmt: skip
