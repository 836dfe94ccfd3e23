"""Commands about persons: how many they were, a key for their pseudonyms, what is past its time limit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final, Literal

import click
import pandas as pd

from stakeholder_net._files import formula_safe_frame, write_text
from stakeholder_net._screen import Screen, language_too
from stakeholder_net.custody import persons_by, today, what_to_purge
from stakeholder_net.projects import Project, open_project
from stakeholder_net.public import heads_by_kind, suppress_small_counts
from stakeholder_net.records.persons import KEY_FILE, RESTRICTED, make_key
from stakeholder_net.words import Language

__all__ = ["persons", "processing_record_command", "purge_command"]

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "made": (
        (
            f"Chiave scritta in {RESTRICTED}/{KEY_FILE}, leggibile solo dal proprietario. Conservarla a parte: senza "
            "di essa nessuno pseudonimo si ripete. In stakeholder.toml: [persone] pseudonimi = true"
        ),
        (
            f"Key written to {RESTRICTED}/{KEY_FILE}, for its owner only. Keep it apart: without it no pseudonym "
            "comes again. In stakeholder.toml: [persons] pseudonyms = true"
        ),
    ),
    "none": ("Nessun foglio dice quante persone c'erano.", "No sheet says how many persons were there."),
    "heads_only": (
        (
            "heads: teste, contate di nuovo a ogni incontro. Per le persone distinte servono gli pseudonimi: "
            "docs/how-to/persons.md"
        ),
        "heads are counted at each meeting anew. To know persons again takes pseudonyms: docs/how-to/persons.md",
    ),
    "at_most": (
        (
            "persons: al più. Chi firma con due e-mail, o con l'e-mail solo in alcuni fogli, conta come due persone, e "
            "in came_again può mancare: non si può sapere."
        ),
        (
            "persons: at most. Whoever signs with two e-mails, or with one on some sheets only, counts as two, and may "
            "be missing from came_again: it cannot be known."
        ),
    ),
    "wrote": ("  scritto: {path}", "  wrote: {path}"),
    "nothing": ("Niente ha superato il termine di conservazione.", "Nothing is past its time limit."),
    "would": ("Da cancellare (con --yes):", "To be deleted (with --yes):"),
    "did": (
        "Cancellati; registro senza nomi in data/purged.csv:",
        "Deleted; log without names in data/purged.csv:",
    ),
    "raw": ("  {path}: conservare fino al {kept_until}", "  {path}: to be kept until {kept_until}"),
    "named": (
        "  {path}: conservare fino al {kept_until}; non è in data/restricted: lo cancella chi lo tiene",
        "  {path}: to be kept until {kept_until}; not in data/restricted: for you to delete",
    ),
    "persons": ("  {path}: {rows} righe di pseudonimi", "  {path}: {rows} rows of pseudonyms"),
    "set_aside": ("  {path}: {rows} righe messe da parte", "  {path}: {rows} rows set aside"),
    "cache": ("  {path}: lasciato da un programma", "  {path}: left by a program"),
    "after": (
        "Ciò che questi fogli dicono degli enti resta, senza persone, in data/restricted/kept: la rete resta com'è.",
        "What these sheets say of organisations stays, without persons, in data/restricted/kept; so does the network.",
    ),
}


def _say(language: Language, key: str, **values: object) -> str:
    return _WORDS[key][0 if language == "it" else 1].format(**values)


_folder = click.argument("folder", type=click.Path(path_type=Path), default=".")


@click.group(
    epilog="\b\nExample:\n  stakeholder-net persons key .\n  stakeholder-net persons count . --by event"
)
def persons() -> None:
    """Count persons of the sheets without knowing them: heads, or pseudonyms under a key."""


@persons.command("key", epilog="\b\nExample:\n  stakeholder-net persons key .")
@_folder
@language_too
@click.pass_obj
def make_a_key(screen: Screen, folder: Path) -> None:
    """Make the secret key of the pseudonyms in data/restricted, once."""
    project = open_project(folder)
    language = screen.in_project(project)
    make_key(project.folder)
    click.echo(_say(language, "made"))


@persons.command(
    "count",
    epilog="\b\nExample:\n  stakeholder-net persons count . --by event\n"
    "  stakeholder-net persons count . --edition public",
)
@_folder
@click.option("--by", type=click.Choice(["actor", "event"]), default="actor", show_default=True,
              help="One row an organisation, or a meeting.")  # fmt: skip
@click.option("--edition", type=click.Choice(["internal", "public"]), default="internal", show_default=True,
              help="The public one: kinds and meetings, no small count, nor a total that gives it back.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path), default=None, help="Write the table as CSV; for the public "
              "edition, an earlier one of that name is kept in mind.")  # fmt: skip
@language_too
@click.pass_obj
def count_them(
    screen: Screen, folder: Path, by: Literal["actor", "event"], edition: str, output: Path | None
) -> None:
    """Show how many persons came: for each organisation, to each meeting, or by kind for the public."""
    project = open_project(folder)
    language = screen.in_project(project)
    records = project.read(progress=screen.progress)
    built = project.build(records, progress=screen.progress)
    people = None
    if edition == "public":
        table = _for_the_public(project, heads_by_kind(built.network, language=language), output)
    else:
        people = project.people(records, built)
        table = persons_by(built.network, people, by=by)
        if people is None and len(table):
            click.echo(_say(language, "heads_only"))
    if table.empty:
        click.echo(_say(language, "none"))
        return
    click.echo(table.to_string(index=edition == "public"))
    if people is not None:
        click.echo(_say(language, "at_most"))
    if output is not None:
        text = formula_safe_frame(table.reset_index(names="")).to_csv(index=False, lineterminator="\n")
        click.echo(_say(language, "wrote", path=write_text(output, text)))


def _for_the_public(project: Project, heads: pd.DataFrame, output: Path | None) -> pd.DataFrame:
    """Return the counts as they may be printed, with the former table of this name in mind."""
    if heads.empty:
        return heads
    earlier = None
    if output is not None and output.is_file():
        earlier = pd.read_csv(output, dtype="str", index_col=0, keep_default_na=False)
    return suppress_small_counts(heads, limit=project.config.persons.limit, earlier=earlier)


@click.command("purge", epilog="\b\nExample:\n  stakeholder-net purge .\n  stakeholder-net purge . --yes")
@_folder
@click.option("--yes", is_flag=True, help="Do it; without it, only list what would go and why.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="As of this day (default: today)."
)
@language_too
@click.pass_obj
def purge_command(screen: Screen, folder: Path, on: dt.datetime | None, *, yes: bool) -> None:
    """Delete what is past its time limit: sheets in data/restricted, pseudonyms, rows set aside, caches.

    The limits stand in stakeholder.toml (keep_until). Sheets outside data/restricted are named and left to you.
    """
    project = open_project(folder)
    language = screen.in_project(project)
    day = on.date() if on else today()
    if yes:
        with project.alone():
            found = project.purge(on=day)
    else:
        found = what_to_purge(project.folder, project.config, on=day)
    if not found:
        click.echo(_say(language, "nothing"))
        return
    click.echo(_say(language, "did" if yes else "would"))
    for removal in found:
        click.echo(
            _say(language, removal.what, path=removal.path, kept_until=removal.kept_until, rows=removal.rows)
        )
    if any(removal.what in ("raw", "named") for removal in found):
        click.echo(_say(language, "after"))


@click.command(
    "processing-record", epilog="\b\nExample:\n  stakeholder-net processing-record . --language it"
)
@_folder
@language_too
@click.pass_obj
def processing_record_command(screen: Screen, folder: Path) -> None:
    """Write the record of processing (GDPR, article 30) from what the project says; `run` writes it too."""
    project = open_project(folder)
    language = screen.in_project(project)
    path = project.record_of_processing(project.read(progress=screen.progress), language=language)
    click.echo(_say(language, "wrote", path=path))
