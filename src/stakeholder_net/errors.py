"""What can go wrong, said so that the person at the keyboard knows what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = [
    "AmbiguousLayersError",
    "InvalidProjectError",
    "InvalidTablesError",
    "MissingExtraError",
    "OptionError",
    "Problem",
    "StakeholderNetError",
    "StakeholderNetWarning",
    "UnknownNameError",
    "UnreadableFileError",
]

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one place of one table.

    Parameters
    ----------
    code : str
        Short, stable name of the fault, for instance ``"bad_date"``.
    message : str
        What was found and what was expected, in one sentence.
    hint : str
        What to do about it.
    table : str
        Table to which the fault belongs, in the words of the library.
    file, sheet : str
        Where the row came from; empty when it did not come from a file.
    row : int or None
        Row as a person counts it in the file (the header is a row too).
    column : str
        Column as it is printed in the file.
    value : str
        What was found; empty when the column may name a natural person.
    severity : {"error", "set_aside", "note"}
        ``error`` stops the run, ``set_aside`` keeps one row out, ``note`` only tells.
    params : mapping of str to str
        What fills the sentence, so that it can be said in another language.

    Examples
    --------
    >>> print(Problem("bad_date", "'31/02/2021' is not a date.", "Write it as 28/02/2021.",
    ...               table="attendance", file="fogli.xlsx", sheet="Lab", row=7, column="Data"))
    fogli.xlsx, sheet 'Lab', row 7, column 'Data': '31/02/2021' is not a date. Write it as 28/02/2021.
    """

    code: str
    message: str
    hint: str = ""
    table: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    severity: str = "error"
    params: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def where(self) -> str:
        """Place of the fault, from the file down to the column; the table when there is no file."""
        parts = [self.file] if self.file else ([f"table '{self.table}'"] if self.table else [])
        if self.sheet:
            parts.append(f"sheet '{self.sheet}'")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column '{self.column}'")
        return ", ".join(parts)

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} {self.hint}".rstrip()


class StakeholderNetWarning(UserWarning):
    """Something a careful reader should know; the result is still right."""


class StakeholderNetError(Exception):
    """Base of every error that this library raises on purpose.

    Parameters
    ----------
    message : str
        What was given, where, and what is allowed.
    hint : str, optional
        The next step.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".rstrip())

    def __reduce__(self) -> tuple[Callable[..., StakeholderNetError], tuple[object, ...]]:
        # raised in another process, it must arrive as it was: the parts of some are not the text of all
        return _revive, (type(self), self.args, self.__dict__)


def _revive(
    kind: type[StakeholderNetError], args: tuple[object, ...], parts: Mapping[str, object]
) -> StakeholderNetError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(parts)
    return error


class OptionError(StakeholderNetError):
    """An option has a value that is not allowed."""


class UnknownNameError(StakeholderNetError):
    """A name (layer, column, actor, measure, kind) is not among the known ones."""


class AmbiguousLayersError(StakeholderNetError):
    """A measure of one layer was given a network of several.

    Parameters
    ----------
    measure : str
        What was asked.
    layer_names : sequence of str
        Layers of the network.
    """

    def __init__(self, measure: str, layer_names: Sequence[str]) -> None:
        self.layer_names = tuple(layer_names)
        super().__init__(
            f"'{measure}' is a measure of one layer, but this network has {len(self.layer_names)}: "
            f"{', '.join(self.layer_names)}.",
            f"Choose one with net.layer('{self.layer_names[0]}') or join them with flatten(net).",
        )


class MissingExtraError(StakeholderNetError):
    """An optional part of the library is not installed.

    Parameters
    ----------
    what : str
        What was asked for.
    extra : str
        Name of the extra that brings it.
    """

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(
            f"{what} needs the optional part '{extra}', which is not installed.", _how_to_install(extra)
        )


def _how_to_install(extra: str) -> str:
    """Return the command that brings an extra: beside ``start.py`` another one than where a wheel was installed."""
    if not (Path(__file__).resolve().parents[2] / "start.py").is_file():
        return f"Install it with: python -m pip install 'stakeholder-net[{extra}]'"
    if extra == "lab":
        return "Install it, and open the notebooks, with: python3 start.py lab FOLDER"
    return (
        f'In the folder of start.py, install it with: python3 -m pip --python .venv install -e ".[{extra}]"'
    )


class UnreadableFileError(StakeholderNetError):
    """A file or folder cannot be read at all.

    Parameters
    ----------
    problem : Problem
        What was found, where, and what to do.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(
            f"{problem.where}: {problem.message}" if problem.where else problem.message, problem.hint
        )


class InvalidProjectError(StakeholderNetError):
    """``stakeholder.toml`` says something that cannot be followed."""


class InvalidTablesError(StakeholderNetError):
    """One or more tables break a promise; every fault is listed at once.

    Parameters
    ----------
    problems : iterable of Problem
        All faults of all tables; the first ten are in the text.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"  {problem}" for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"  ... and {len(self.problems) - SHOWN} more (see .problems)")
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__("\n".join([f"{count} {noun} in the tables:", *lines]))
