"""The same review as the workbook, pair by pair, in a notebook."""

from __future__ import annotations

import datetime as dt
import html
import importlib
import os
from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from stakeholder_net._checks import check_option
from stakeholder_net.errors import MissingExtraError
from stakeholder_net.records.decisions import append_decisions, new_decisions
from stakeholder_net.records.match import Identities
from stakeholder_net.words import LANGUAGES, Language

__all__ = ["review_widget"]

_BUTTONS: Final = {"same": ("sì, lo stesso", "yes, the same"), "different": ("no, due enti", "no, two bodies"),
                   "": ("salta", "skip")}  # fmt: skip
_WORDS: Final = {
    "place": ("{n} di {all}", "{n} of {all}"),
    "question": ("Sono lo stesso ente?", "Are they the same body?"),
    "done": (
        "Nessun'altra coppia. {kept} risposte in {path}; per vederle: project.build() di nuovo.",
        "No further pair. {kept} answers in {path}; to see them: project.build() again.",
    ),
}


def review_widget(
    identities: Identities | pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    decided_by: str = "ufficio di piano",
    decided_on: str | dt.date | None = None,
    language: Language = "it",
) -> Any:  # noqa: ANN401 - a widget of an optional library
    """Which of these names are one body? Asked pair by pair, answered by a click.

    Parameters
    ----------
    identities : Identities or pandas.DataFrame
        From ``project.build().identities``, or its table ``review``, or the table of ``link_register``.
    path : path
        File of decisions: ``project.decisions_file``. Each answer is kept at once; nothing is ever deleted.
    decided_by : str
        Office or role that answers; no name of a person.
    decided_on : str or datetime.date, optional
        Day of the answers; by default today.
    language : {"it", "en"}
        Of what is shown.

    Returns
    -------
    ipywidgets.VBox
        Show it as the last line of a cell.

    Raises
    ------
    MissingExtraError
        When ipywidgets is not installed.

    Examples
    --------
    >>> from stakeholder_net import open_project
    >>> from stakeholder_net.samples import piceno
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "territory"
    >>> written = piceno(folder)
    >>> project = open_project(folder)
    >>> widget = review_widget(project.build().identities, project.decisions_file)
    """
    check_option("language", language, LANGUAGES)
    try:
        widgets = importlib.import_module("ipywidgets")
    except ImportError as error:
        raise MissingExtraError("The review in a notebook", "lab") from error
    tongue = LANGUAGES.index(language)
    table = identities.review if isinstance(identities, Identities) else identities
    pairs = table.to_dict("records")
    at, kept = 0, 0
    shown = widgets.HTML()
    buttons = {action: widgets.Button(description=words[tongue]) for action, words in _BUTTONS.items()}

    def show() -> None:
        if at < len(pairs):
            shown.value = _page(pairs[at], at + 1, len(pairs), tongue)
            return
        shown.value = f"<p>{html.escape(_WORDS['done'][tongue].format(kept=kept, path=path))}</p>"
        for button in buttons.values():
            button.disabled = True

    def answer(action: str) -> Callable[[object], None]:
        def clicked(_button: object) -> None:
            nonlocal at, kept
            if at >= len(pairs):
                return
            if action:
                pair = pairs[at]
                day = decided_on or dt.datetime.now().astimezone().date()
                said = {"decided_on": str(day), "decided_by": decided_by, "action": action}
                about = {"a": pair["one_key"], "b": pair["other_key"], "scope": pair["scope"]}
                seen = {"a_name": pair["one_name"], "b_name": pair["other_name"]}
                made = {**said, **about, **seen, "score_then": f"{pair['score']:.2f}"}
                kept += append_decisions(os.fspath(path), new_decisions([made]))
            at += 1
            show()

        return clicked

    for action, button in buttons.items():
        button.on_click(answer(action))
    show()
    return widgets.VBox([shown, widgets.HBox(list(buttons.values()))])


def _page(pair: dict[Any, Any], number: int, of: int, tongue: int) -> str:
    said = {name: html.escape(str(value)) for name, value in pair.items()}
    sides = "".join(
        f"<tr><td><b>{said[f'{side}_name']}</b></td><td>{said[f'{side}_town']}</td>"
        f"<td><small>{said[f'{side}_source']}</small></td></tr>"
        for side in ("one", "other")
    )
    place = _WORDS["place"][tongue].format(n=number, all=of)
    return (
        f"<p>{_WORDS['question'][tongue]} <small>({place}, {float(pair['score']):.2f})</small></p>"
        f"<table>{sides}</table><p><small>{said['why']}</small></p>"
    )
