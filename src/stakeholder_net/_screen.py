"""What the commands share: the screen, in one language, and the option that says which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, cast

import click

from stakeholder_net._phrases import PHRASES, STEPS
from stakeholder_net.projects import Project, open_project
from stakeholder_net.words import LANGUAGES, Language

__all__ = ["Screen", "language_too"]

P = ParamSpec("P")


class Screen:
    """What a person at a terminal reads, in one language."""

    def __init__(self, language: Language | None) -> None:
        self.chosen = language

    def in_project(self, project: Project) -> Language:
        """Take the language of the command line, else the project's."""
        self.chosen = self.chosen or project.config.language
        return self.chosen

    @property
    def language(self) -> Language:
        """The language chosen so far; Italian where nobody chose."""
        return self.chosen or "it"

    def phrase(self, key: str, **values: object) -> str:
        """Return a sentence with its values."""
        return PHRASES[self.language][key].format(**values)

    def tell(self, key: str, **values: object) -> None:
        """Print a sentence."""
        click.echo(self.phrase(key, **values))

    def progress(self, what: str) -> None:
        """Print on the error stream what is being done, so that results can be piped."""
        click.echo(self.phrase("working", what=STEPS[self.language].get(what, what)), err=True)

    @contextmanager
    def alone(self, folder: Path, step: str, *, output: Path | None = None) -> Iterator[None]:
        """Hold a project for one step, in which no other run may begin; say where the former one was stopped."""
        project = open_project(folder)
        self.in_project(project)
        with project.alone(writes=output is None) as here:
            if here.stopped_at:
                self.tell("stopped_run", step=STEPS[self.language].get(here.stopped_at, here.stopped_at))
            here.at(step)
            yield


def language_too(command: Callable[P, None]) -> Callable[P, None]:
    """Let ``--language`` stand after the command as well."""

    def take(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            context.find_object(Screen).chosen = cast("Language", value)  # type: ignore[union-attr]

    return click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default=None,
        expose_value=False,
        callback=take,
        help="Language of messages, map and report.",
    )(wraps(command)(command))
