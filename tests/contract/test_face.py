"""Laws of every public name, found and not listed by hand."""

from __future__ import annotations

import importlib
import inspect
import pickle
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import stakeholder_net
from stakeholder_net import errors

SOURCE = Path(stakeholder_net.__file__).parent
LONGEST_FILE, LONGEST_FUNCTION = 500, 60
# Files that are tables of words, not code, may be as long as there are words.
WORDS = {"words.py", "report/phrases.py"}
# A function that is one long list of cases, or one formula; each is named here so that the list stays short.
LONG_FUNCTIONS: set[str] = set()


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(stakeholder_net.__path__, "stakeholder_net.")
    return [importlib.import_module(module.name) for module in found if not module.name.endswith("__main__")]


MODULES = _modules()
FACE = {name: getattr(stakeholder_net, name) for name in stakeholder_net.__all__}
FUNCTIONS = {name: value for name, value in FACE.items() if inspect.isfunction(value)}
ROOMS = [m for m in MODULES if not m.__name__.rsplit(".", 1)[1].startswith("_")]


def test_the_face_is_small_and_every_name_exists() -> None:
    assert len(FACE) == len(set(stakeholder_net.__all__))
    assert all(not name.startswith("_") or name == "__version__" for name in FACE)


@pytest.mark.parametrize("module", ROOMS, ids=lambda module: module.__name__)
def test_every_room_says_what_it_offers(module: ModuleType) -> None:
    assert all(hasattr(module, name) for name in module.__all__)
    assert inspect.getdoc(module)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_public_function_explains_itself(name: str) -> None:
    function = FUNCTIONS[name]
    doc = inspect.getdoc(function) or ""
    signature = inspect.signature(function)
    assert re.match(r"[A-Z][^\n]*[.?]\n", f"{doc}\n"), "the first line is a sentence"
    if signature.parameters:
        assert "Parameters\n----------" in doc
        described = doc.split("Parameters\n----------", 1)[1]
        for parameter in signature.parameters:
            assert re.search(rf"(^|[\n, *]){re.escape(parameter)}(,[^\n:]*)? ?:?", described), parameter
    assert "Returns\n-------" in doc or "Yields\n------" in doc


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_signatures_are_whole_and_short(name: str) -> None:
    signature = inspect.signature(FUNCTIONS[name])
    kinds = [parameter.kind for parameter in signature.parameters.values()]
    positional = kinds.count(inspect.Parameter.POSITIONAL_OR_KEYWORD)
    assert positional <= 3, "options are keyword-only"
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())
    if "net" in signature.parameters and positional:
        assert "net" in list(signature.parameters)[:2]


def _bodies() -> dict[str, int]:
    lengths = {}
    for module in MODULES:
        for name, value in vars(module).items():
            members = [(name, value)]
            if inspect.isclass(value) and value.__module__ == module.__name__:
                members = [(f"{name}.{key}", member) for key, member in vars(value).items()]
            for label, member in members:
                if inspect.isfunction(member) and member.__code__.co_filename == module.__file__:
                    lengths[f"{module.__name__}.{label}"] = _length(member)
    return lengths


def _length(function: Callable[..., object]) -> int:
    """Return the lines of a function without its head and docstring."""
    lines = inspect.getsource(function).splitlines()
    doc = function.__doc__.count("\n") + 1 if function.__doc__ else 0
    head = next(
        place for place, line in enumerate(lines, start=1) if line.rstrip().endswith(":") or "->" in line
    )
    return len(lines) - doc - head


def test_functions_are_short() -> None:
    assert {
        name: n for name, n in _bodies().items() if n > LONGEST_FUNCTION and name not in LONG_FUNCTIONS
    } == {}


def test_files_are_short() -> None:
    lengths = {
        p.relative_to(SOURCE).as_posix(): len(p.read_text("utf-8").splitlines()) for p in SOURCE.rglob("*.py")
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE and name not in WORDS} == {}


@pytest.mark.parametrize(
    "error",
    [
        errors.StakeholderNetError("what", "do this"),
        errors.OptionError("what", "do this"),
        errors.InvalidTablesError([errors.Problem("bad_date", "no date", "mend it", file="a.csv", row=3)]),
        errors.UnreadableFileError(errors.Problem("empty_file", "is empty", "save again", file="a.csv")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_say_what_to_do(error: errors.StakeholderNetError) -> None:
    assert error.hint in str(error)
    assert isinstance(error, errors.StakeholderNetError)


def test_problems_travel() -> None:
    fault = errors.Problem("bad_date", "no date", "mend it", file="a.csv", row=3)
    assert pickle.loads(pickle.dumps(fault)) == fault  # noqa: S301 - our own bytes


def test_messages_are_whole_in_both_languages() -> None:
    from stakeholder_net import words  # noqa: PLC0415 - one test needs it

    fields = re.compile(r"{(\w+)}")
    for code, said in words.MESSAGES.items():
        assert said.keys() == {"it", "en"}, code
        found = {
            language: {part for text in said[language] for part in fields.findall(text)} for language in said
        }
        assert found["it"] == found["en"], code
