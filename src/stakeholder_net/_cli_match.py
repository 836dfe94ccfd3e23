"""Commands about names: which are one body, why, and which tax code is whose. A machine proposes, a person decides."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Final

import click
import pandas as pd

from stakeholder_net._checks import unknown_name
from stakeholder_net._files import write_bytes
from stakeholder_net._screen import Screen, language_too
from stakeholder_net._version import VERSION
from stakeholder_net.errors import OptionError
from stakeholder_net.projects import Project, open_project
from stakeholder_net.records.clean import clean
from stakeholder_net.records.decisions import append_decisions, new_decisions, standing
from stakeholder_net.records.link import link_register
from stakeholder_net.records.match import Identities
from stakeholder_net.records.read import read_table
from stakeholder_net.records.review import read_review, write_review
from stakeholder_net.words import Language

__all__ = ["explain", "match"]

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "asked": (
        "{pairs} coppie di nomi da rivedere, le più probabili in alto: {path}",
        "{pairs} pairs of names to review, the likest first: {path}",
    ),
    "then": (
        "Rispondere nella colonna gialla, salvare, poi: stakeholder-net match {folder} --read {path}",
        "Answer in the yellow column, save, then: stakeholder-net match {folder} --read {path}",
    ),
    "none": ("Nessuna coppia di nomi da rivedere.", "No pair of names to review."),
    "kept": (
        "{new} risposte nuove in {path} (in tutto {all}); valgono dalla prossima esecuzione.",
        "{new} new answers in {path} ({all} in all); they hold from the next run.",
    ),
    "listed": ("{id}  {action}: {a} | {b}  ({on}, {by})", "{id}  {action}: {a} | {b}  ({on}, {by})"),
    "revoked": ("Ritirata la decisione {id}: {path}", "Decision {id} taken back: {path}"),
    "no_decision": ("Nessuna decisione.", "No decision."),
    "by": ("Ufficio di piano", "planning office"),
    "unread": (
        "{path} contiene {n} risposte non ancora lette; leggerle con --read, o indicare un altro file con --output.",
        "{path} holds {n} answers that were not read yet; read them with --read, or name another file with --output.",
    ),
}


def _say(language: Language, key: str, **values: object) -> str:
    return _WORDS[key][0 if language == "it" else 1].format(**values)


@click.command(
    epilog="\b\nExample:\n  stakeholder-net match .\n  stakeholder-net match . --read output/review.xlsx\n"
    "  stakeholder-net match . --register runts.csv"
)
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--output", type=click.Path(path_type=Path), default=None, help="Workbook to write.")
@click.option("--register", type=click.Path(path_type=Path), default=None,
              help="Look for tax codes in a public list (CSV or workbook) instead.")  # fmt: skip
@click.option("--read", "answered", type=click.Path(path_type=Path), default=None,
              help="Keep the answers of a workbook.")  # fmt: skip
@click.option("--by", default=None, help="Office or role that answered; no name of a person.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day of the answers (default: today)."
)
@click.option("--list", "listing", is_flag=True, help="List the decisions that hold.")
@click.option("--revoke", metavar="ID", default=None, help="Take a decision back.")
@language_too
@click.pass_obj
def match(  # noqa: PLR0913, PLR0917 - one option a way of asking
    screen: Screen,
    folder: Path,
    output: Path | None,
    register: Path | None,
    answered: Path | None,
    by: str | None,
    on: dt.datetime | None,
    *,
    listing: bool,
    revoke: str | None,
) -> None:
    """Ask which names are one body: write a workbook of doubts, and read back what a person answered."""
    project = open_project(folder)
    language = screen.in_project(project)
    signed = {"decided_on": f"{on or dt.datetime.now().astimezone():%Y-%m-%d}",
              "decided_by": by or _say(language, "by"), "tool_version": VERSION}  # fmt: skip
    if listing:
        click.echo("\n".join(_listed(project, language)) or _say(language, "no_decision"))
        return
    with screen.alone(folder, "match", output=output):
        _match(screen, project, signed, (register, output), answered, revoke)


def _match(  # noqa: PLR0913, PLR0917 - what was asked
    screen: Screen,
    project: Project,
    signed: dict[str, str],
    listed: tuple[Path | None, Path | None],
    answered: Path | None,
    revoke: str | None,
) -> None:
    language = screen.language
    if revoke is not None:
        _keep(project, language, _revocation(project, revoke, signed), said="revoked", id=revoke)
    elif answered is not None:
        _keep(project, language, read_review(answered, **signed), said="kept")
    else:
        _ask(screen, project, *listed)


def _ask(screen: Screen, project: Project, register: Path | None, output: Path | None) -> None:
    language = screen.language
    built = project.build(project.read(progress=screen.progress))
    if register is None:
        table, path = built.identities.review, output or project.output / "review.xlsx"
    else:
        screen.progress(register.name)
        listed = clean(read_table(register, "register", base=register.parent)).frame
        table = link_register(built.identities, listed, decisions=project.decisions(), language=language)
        path = output or project.output / "review_register.xlsx"
    if path.exists():
        before = read_review(path, decided_on="2000-01-01", decided_by="")
        known = project.decisions()[["action", "a", "b"]].apply(tuple, axis=1).tolist()
        unread = [
            row for row in before[["action", "a", "b"]].itertuples(index=False, name=None) if row not in known
        ]
        if unread:
            raise OptionError(_say(language, "unread", path=path, n=len(unread)))
    if table.empty:
        click.echo(_say(language, "none"))
        return
    write_review(table, path, language=language)
    click.echo(_say(language, "asked", pairs=len(table), path=path))
    click.echo(_say(language, "then", path=path, folder=project.folder))


def _keep(
    project: Project, language: Language, decisions: pd.DataFrame, *, said: str, **values: object
) -> None:
    """Append decisions where all of them can hold together; else nothing is written."""
    path = project.decisions_file
    before = path.read_bytes() if path.exists() else None
    new = append_decisions(path, decisions)
    try:
        project.build()
    except Exception:
        path.unlink() if before is None else write_bytes(path, before)
        raise
    click.echo(_say(language, said, new=new, all=len(standing(project.decisions())), path=path, **values))


def _revocation(project: Project, decision: str, signed: dict[str, str]) -> pd.DataFrame:
    held = standing(project.decisions())
    if decision not in set(held["decision_id"]):
        raise unknown_name("decision", decision, held["decision_id"])
    row = held.set_index("decision_id").loc[decision]
    return new_decisions(
        [{**signed, "action": "revoke", "a": row["a"], "a_name": row["a_name"], "revokes": decision}]
    )


def _listed(project: Project, language: Language) -> list[str]:
    return [
        _say(language, "listed", id=row["decision_id"], action=row["action"], a=row["a_name"] or row["a"],
             b=row["b_name"] or row["b"], on=row["decided_on"], by=row["decided_by"])
        for row in standing(project.decisions()).to_dict("records")
    ]  # fmt: skip


@click.command(epilog='\b\nExample:\n  stakeholder-net explain . "La Meridiana"')
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("name")
@language_too
@click.pass_obj
def explain(screen: Screen, folder: Path, name: str) -> None:
    """Tell how an actor came to be: every spelling, by which rule, and what is still open.

    NAME is an actor's name, a part of it, or its id.
    """
    project = open_project(folder)
    language = screen.in_project(project)
    identities = project.build(project.read(progress=screen.progress)).identities
    click.echo("\n\n".join(identities.explain(actor, language=language) for actor in named(identities, name)))


def named(identities: Identities, name: str) -> list[str]:
    """Return the ids of the actors that a name may mean: the id itself, the whole name or a spelling, else a part."""
    actors, audit = identities.actors, identities.audit
    if (actors["actor_id"] == name).any():
        return [name]
    spelled = (
        pd.concat([actors[["actor_id", "name"]], audit[["actor_id", "name"]]]).dropna().drop_duplicates()
    )
    folded, wanted = spelled["name"].str.casefold(), name.strip().casefold()
    found = spelled.loc[folded == wanted, "actor_id"]
    if found.empty and wanted:
        found = spelled.loc[folded.str.contains(re.escape(wanted)), "actor_id"]
    if found.empty:
        raise unknown_name("actor", name, actors["name"])
    return sorted(set(found))
