"""Laws of every public function: how it is called, and how it explains itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.contract.found import FUNCTIONS, ON_THE_FACE

EITHER = pytest.mark.parametrize("name", sorted(FUNCTIONS))
MOST_POSITIONAL = 2
# more than two by position: the reason
BY_POSITION = {
    "layers.between": "a period has a first and a last day",
    "layers.tie_evidence": "a tie has two ends",
}
# the network is not the first: the reason
NET_LATER = {"findings.stability": "reads as said: the stability of a measure on a network"}
# works that have no address to follow
WITHOUT_ADDRESS = {
    "findings.ties_between_groups": "Mantel 1967 has no DOI",
    "measures.bridging": "Hwang et al. 2006 has no DOI",
    "measures.bridging_coefficient": "Hwang et al. 2006 has no DOI",
}
# owed: who writes what is missing takes the name out
OWED = {
    "Parameters": {"cli.main", "layers.one_layer", "records.guess_kind"},
    "Returns": {"findings.kinds_of", "findings.read_calls", "layers.one_layer"},
    "Examples": {
        "findings.absent_actors", "findings.read_call", "layers.between", "layers.flatten", "layers.tie_evidence",
        "layers.without", "measures.by_layer", "measures.communities", "measures.overlapping_degree",
        "measures.register_verdict", "measures.relevance", "measures.strength", "projects.open_project",
        "store.read_network",
    },
}  # fmt: skip
SECTION = re.compile(r"^([A-Z][A-Za-z ]+)\n(-+)$", re.MULTILINE)
ORDER = ["Parameters", "Returns", "Yields", "Raises", "Warns", "See Also", "Notes", "References", "Examples"]


def _parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(function).parameters)


def _sections(function: Callable[..., Any]) -> dict[str, str]:
    doc = inspect.getdoc(function) or ""
    parts = SECTION.split(doc)
    return dict(zip(parts[1::3], parts[3::3], strict=True))


def test_there_are_functions() -> None:
    assert len(FUNCTIONS) > 100
    assert {"measures.strength", "layers.flatten", "convert.write_graph"} <= FUNCTIONS.keys()


# --- how it is called ------------------------------------------------------------------------------------------------
@EITHER
def test_the_network_comes_first_and_options_have_names(name: str) -> None:
    parameters = _parameters(FUNCTIONS[name])
    places = [p.name for p in parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert len(places) <= MOST_POSITIONAL or name in BY_POSITION, "options are keyword-only"
    if "net" in parameters:
        assert next(iter(parameters)) == "net" or name in NET_LATER


def test_no_exception_outlives_its_reason() -> None:
    assert set().union(*OWED.values(), WITHOUT_ADDRESS) <= FUNCTIONS.keys()
    counts = {
        name: sum(p.kind is p.POSITIONAL_OR_KEYWORD for p in _parameters(f).values())
        for name, f in FUNCTIONS.items()
    }
    assert {name for name, n in counts.items() if n > MOST_POSITIONAL} == BY_POSITION.keys()
    later = {name for name, f in FUNCTIONS.items() if "net" in (p := list(_parameters(f))) and p[0] != "net"}
    assert later == NET_LATER.keys()


@EITHER
def test_everything_has_a_type_and_no_default_can_be_changed(name: str) -> None:
    signature = inspect.signature(FUNCTIONS[name])
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty, parameter.name
        assert not isinstance(parameter.default, (list, dict, set)), parameter.name


# --- how it explains itself ------------------------------------------------------------------------------------------
@EITHER
def test_the_first_line_is_a_sentence(name: str) -> None:
    doc = inspect.getdoc(FUNCTIONS[name]) or ""
    assert re.match(r"[A-Z][^\n]*[.?:]\n", f"{doc}\n"), doc[:80]


@EITHER
def test_parameters_are_explained_in_the_order_of_the_call(name: str) -> None:
    parameters, sections = _parameters(FUNCTIONS[name]), _sections(FUNCTIONS[name])
    told = [
        part.strip().lstrip("*")
        for line in sections.get("Parameters", "").splitlines()
        if re.match(r"[*\w]", line)
        for part in line.split(" :")[0].split(",")
    ]
    assert (told == list(parameters)) != (name in OWED["Parameters"])


@EITHER
def test_what_comes_out_is_explained(name: str) -> None:
    function = FUNCTIONS[name]
    nothing = inspect.signature(function).return_annotation in {None, "None"}
    told = nothing or bool({"Returns", "Yields"} & _sections(function).keys())
    assert told != (name in OWED["Returns"])


@EITHER
def test_sections_are_those_of_numpydoc_in_their_order(name: str) -> None:
    doc = inspect.getdoc(FUNCTIONS[name]) or ""
    assert all(len(title) == len(line) for title, line in SECTION.findall(doc)), (
        "the line under a title is as long"
    )
    titles = [title for title in _sections(FUNCTIONS[name]) if title in ORDER]
    assert titles == sorted(titles, key=ORDER.index)


@EITHER
def test_references_can_be_followed(name: str) -> None:
    references = _sections(FUNCTIONS[name]).get("References")
    followed = references is None or re.search(r"https?://|ISBN", references) is not None
    assert followed != (name in WITHOUT_ADDRESS)


@pytest.mark.parametrize("name", sorted(ON_THE_FACE))
def test_what_is_shown_on_the_face_has_an_example(name: str) -> None:
    has = ">>> " in (inspect.getdoc(FUNCTIONS[name]) or "")
    assert has != (name in OWED["Examples"])
