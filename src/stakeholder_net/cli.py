"""Commands: each one a thin call of the library."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, cast

import click
import pandas as pd

from stakeholder_net._checks import say
from stakeholder_net._cli_match import explain, match
from stakeholder_net._cli_persons import persons, processing_record_command, purge_command
from stakeholder_net._files import formula_safe_frame, slug, write_text
from stakeholder_net._notebooks import copy_notebooks, open_lab, run_notebooks
from stakeholder_net._phrases import STEPS, TABLES
from stakeholder_net._screen import Screen, language_too
from stakeholder_net._version import VERSION
from stakeholder_net.convert import FORMATS, write_graph
from stakeholder_net.custody import past_retention, today
from stakeholder_net.errors import OptionError, Problem, StakeholderNetError, UnreadableFileError
from stakeholder_net.findings import (
    Change,
    best_new_ties,
    fewest_contacts,
    if_one_says_no,
    representation,
    stability_table,
    what_if,
    whom_to_invite,
    write_call_form,
)
from stakeholder_net.findings import coalitions as find_coalitions
from stakeholder_net.layers import flatten, without
from stakeholder_net.measures import why_undefined
from stakeholder_net.measures.tables import named_measure
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.projects import REPORTS, Analysis, Project, Records, Stage, open_project
from stakeholder_net.public import public_network
from stakeholder_net.records.adopt import Adopted, adopt_sheets
from stakeholder_net.records.build import Assembled
from stakeholder_net.records.template import new_project
from stakeholder_net.report import Report, actor_profile, changes_report
from stakeholder_net.report.report import check_writers
from stakeholder_net.samples import piceno
from stakeholder_net.store import read_network
from stakeholder_net.words import INTAKE_TABLES, LANGUAGES, LAYERS, Language

__all__ = ["main"]

P = ParamSpec("P")
SHOWN = 12
REFUSED, FOUND_FAULTS = 2, 1
MEASURED = ("betweenness", "strength", "degree", "constraint", "participation")


pass_screen = click.pass_obj


Command = Callable[Concatenate[Screen, P], None]


def _alone(step: str) -> Callable[[Command[P]], Command[P]]:
    """Let no other run begin in the project's folder while the command is at work."""

    def around(command: Command[P]) -> Command[P]:
        @wraps(command)
        def held(screen: Screen, /, *words: P.args, **options: P.kwargs) -> None:
            said = cast("dict[str, Path | None]", options)
            with screen.alone(said["folder"] or Path(), step, output=said.get("output")):
                command(screen, *words, **options)

        return held

    return around


def _example(*lines: str) -> str:
    return "\n  ".join(["\b\nExample:", *lines])


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_example("stakeholder-net run ."),
)
@click.version_option(VERSION, prog_name="stakeholder-net")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=None,
    help="Language of messages, map and report; by default the project's.",
)
@click.pass_context
def cli(context: click.Context, language: str | None) -> None:
    """See how the organisations of a territory work together: from attendance sheets to map and report."""
    context.find_object(Screen).chosen = cast("Language | None", language)  # type: ignore[union-attr]


def _folder(default: str | None = ".") -> Callable[[Callable[P, None]], Callable[P, None]]:
    if default is None:
        return click.argument("folder", type=click.Path(path_type=Path))
    return click.argument("folder", type=click.Path(path_type=Path), default=default)


# --- the whole walk ------------------------------------------------------------------------------------------------
@cli.command(epilog=_example("stakeholder-net run . --language en"))
@_folder()
@language_too
@pass_screen
def run(screen: Screen, folder: Path) -> None:
    """Do the whole job: read, build, measure, find gaps and coalitions, write map and report.

    FOLDER holds stakeholder.toml and the records (default: the present one).
    """
    _walk(screen, open_project(folder))


def _walk(screen: Screen, project: Project) -> None:
    language = screen.in_project(project)
    written: list[str] = []
    for stage in project.run(language=language, progress=screen.progress):
        _show_stage(screen, project, stage)
        written += stage.wrote
    for path in (path for path in written if path.endswith("map.html")):
        screen.tell("open_map", path=(project.folder / path).resolve())
    for path in (path for path in written if path.endswith(".docx")):
        screen.tell("open_report", path=(project.folder / path).resolve())


def _layer_label(name: str, language: Language) -> str:
    italian, english = LAYERS.get(name, (name, name))
    return italian if language == "it" else english


def _show_stage(screen: Screen, project: Project, stage: Stage) -> None:
    facts: dict[str, Any] = dict(stage.facts)
    if stage.name == "read":
        screen.tell("read", files=len(stage.read), rows=facts["rows"], aside=stage.set_aside)
        for file in facts["absent"]:
            screen.tell("absent", file=file)
        if facts["invented"]:
            screen.tell("invented", files=", ".join(facts["invented"]))
    elif stage.name == "stopped":
        screen.tell("stopped_run", step=STEPS[screen.language].get(facts["step"], facts["step"]))
    elif stage.name == "build":
        screen.tell(
            "build",
            actors=facts["actors"],
            events=facts["events"],
            ties=facts["ties"],
            names=", ".join(_layer_label(name, screen.language) for name in facts["layers"]),
            merged=facts["merged_rows"],
            aside=stage.set_aside,
        )
        if facts["mended"]:
            screen.tell("mended", count=facts["mended"])
        if facts["doubts"]:
            screen.tell("doubts", count=facts["doubts"], folder=project.folder)
    elif stage.name == "coalitions":
        screen.tell("coalitions" if facts else "no_calls", count=sum(facts.values()), calls=len(facts))
    else:
        screen.tell(stage.name, **facts)
    for path in stage.wrote:
        screen.tell("wrote", path=project.folder / path)


@cli.command(epilog=_example("stakeholder-net check ."))
@_folder()
@language_too
@pass_screen
def check(screen: Screen, folder: Path) -> None:
    """Read everything and list what is wrong, with file, sheet, row, column and what to do; write nothing.

    The exit code is 0 when every row is accepted and 1 when rows are set aside.
    """
    project = open_project(folder)
    screen.in_project(project)
    records = project.read(progress=screen.progress)
    if late := past_retention(project.config, today(), still_in=project.folder):
        screen.tell("past_retention", count=len(late), folder=project.folder)
    words = TABLES[screen.language]
    counts = records.counts.assign(table=records.counts["table"].replace(words)).rename(columns=words)
    click.echo(counts.to_string(index=False))
    filled = any(len(table) for name, table in records.tables.items() if name != "aliases")
    faults = [*records.problems, *(project.build(records).problems if filled else ())]
    if not faults:
        rows = int(records.counts["read"].sum())
        screen.tell("no_problem" if filled else "no_rows", rows=rows)
        return
    screen.tell("problems", count=len(faults))
    for fault in faults:
        click.echo(f"  {say(fault, screen.language)}")
    if any(fault.severity == "set_aside" for fault in faults):
        sys.exit(FOUND_FAULTS)


def _built(screen: Screen, folder: Path) -> tuple[Project, Records, Assembled]:
    project = open_project(folder)
    screen.in_project(project)
    records = project.read(progress=screen.progress)
    return project, records, project.build(records, progress=screen.progress)


def _analysed(
    screen: Screen, folder: Path, *, calls: bool = False
) -> tuple[Project, Records, Assembled, Analysis]:
    project, records, built = _built(screen, folder)
    analysis = project.analyse(built.network, language=screen.language, records=records, calls=calls)
    return project, records, built, analysis


@cli.command(epilog=_example("stakeholder-net build ."))
@_folder()
@language_too
@pass_screen
@_alone("build")
def build(screen: Screen, folder: Path) -> None:
    """Make the network and write it to data/processed (Parquet, CSV beside, manifest, rows set aside)."""
    project, records, built = _built(screen, folder)
    _show_stage(screen, project, project.keep(built, records, screen.language))


# --- figures -------------------------------------------------------------------------------------------------------
def _table_options(command: Callable[P, None]) -> Callable[P, None]:
    top = click.option(
        "--top", type=click.IntRange(min=1), default=SHOWN, show_default=True, help="Rows shown."
    )
    out = click.option(
        "--output", type=click.Path(path_type=Path), default=None, help="Write the whole table as CSV."
    )
    return top(out(command))


def _show_table(screen: Screen, table: pd.DataFrame, top: int, output: Path | None) -> None:
    if table.empty:
        screen.tell("nothing")
        return
    click.echo(
        table.head(top).to_string(index=False, na_rep="", max_colwidth=60, float_format="{:.3f}".format)
    )
    _write_table(screen, table, output)


def _show_findings(screen: Screen, table: pd.DataFrame, top: int, output: Path | None) -> None:
    """Print the sentences, strongest first; the figures behind them go to the file."""
    if table.empty:
        screen.tell("nothing")
    for number, row in enumerate(table.head(top).to_dict("records"), start=1):
        click.echo(f"{number}. {row['why']}{_rows_behind(screen, row)}")
    if len(table) > top:
        screen.tell("rest", count=len(table) - top, all=len(table))
    _write_table(screen, table, output)


def _rows_behind(screen: Screen, row: Mapping[Hashable, Any]) -> str:
    """Return the rows of the sources behind a sentence that does not name them itself."""
    rows = str(row.get("evidence") or "").strip()
    told = rows in str(row["why"]) or not re.search(
        r":\d", rows
    )  # file:row; some findings rest on ids instead
    return "" if told else f"\n   {screen.phrase('sources', rows=rows)}"


def _write_table(screen: Screen, table: pd.DataFrame, output: Path | None) -> None:
    if output is not None:
        plain = table.map(lambda cell: "; ".join(map(str, cell)) if isinstance(cell, tuple) else cell)
        text = formula_safe_frame(plain).to_csv(index=False, lineterminator="\n")
        screen.tell("wrote", path=write_text(output, text))


@cli.command(epilog=_example("stakeholder-net measures . --by strength --output measures.csv"))
@_folder()
@click.option("--by", default="strength", show_default=True, help="Measure that orders the table.")
@click.option(
    "--draws", type=click.IntRange(min=0), default=100, help="Draws behind each place; 0: no places."
)
@_table_options
@language_too
@pass_screen
def measures(  # noqa: PLR0913, PLR0917 - click gives one argument an option
    screen: Screen, folder: Path, by: str, draws: int, top: int, output: Path | None
) -> None:
    """Show strength, betweenness, constraint and participation of every actor, and how firm the places are."""
    project, _, built, analysis = _analysed(screen, folder)
    table = analysis.measures
    if by not in table.columns:
        raise click.BadParameter(f"{by!r} is none of: {', '.join(table.columns)}", param_hint="--by")
    names = built.network.actors[["name", "kind"]]
    if table[by].isna().any():
        of = built.network if by == "participation" else analysis.flat
        table = table.join(why_undefined(of, table[by], language=screen.language))
    if draws:
        firm = stability_table(built.network, [by], seed=project.config.seed, draws=max(draws, 2))
        table = firm.join(table.drop(columns=by))
        screen.tell("firm")
    places = [column for column in table.columns if "_rank" in column]
    table = table.astype(dict.fromkeys(places, "Int64"))
    # Who is least constrained stands first: there are the holes that one can bridge.
    ordered = names.join(table).sort_values([by, "name"], ascending=[by == "constraint", True], kind="stable")
    _show_table(screen, ordered, top, output)


@cli.command(epilog=_example("stakeholder-net gaps . --by municipality"))
@_folder()
@click.option(
    "--by",
    type=click.Choice(["kind", "municipality", "actors"]),
    default="kind",
    show_default=True,
    help="Against which attribute of the register; 'actors' lists names.",
)
@_table_options
@language_too
@pass_screen
def gaps(screen: Screen, folder: Path, by: str, top: int, output: Path | None) -> None:
    """Show who is missing, against the register."""
    _, _, _, analysis = _analysed(screen, folder)
    if not analysis.gaps:
        message = "No actor of this network is registered: there is nothing to compare with."
        raise OptionError(message, "Add a register (a table of the bodies that could come) to the project.")
    _show_findings(screen, analysis.gaps[by], top, output)


@cli.command(epilog=_example("stakeholder-net sensitivity . --output sensitivity.csv"))
@_folder()
@_table_options
@language_too
@pass_screen
def sensitivity(screen: Screen, folder: Path, top: int, output: Path | None) -> None:
    """Show which figures would change with automatic matches of names alone, without what people decided."""
    project, records, built, analysis = _analysed(screen, folder)
    found = project.sensitivity(records, built, analysis)
    click.echo(found.sentence(language=screen.language))
    _show_table(screen, found.frame, top, output)


@cli.command(epilog=_example("stakeholder-net coalitions ."))
@_folder()
@click.option(
    "--if-no", is_flag=True, help="Also what changes if one partner of the first alternative says no."
)
@language_too
@pass_screen
def coalitions(screen: Screen, folder: Path, *, if_no: bool) -> None:
    """Show the best coalitions for each call of the project, with the reasons."""
    project, _, built, analysis = _analysed(screen, folder, calls=True)
    by_title = {call.title: call for call in project.calls()}
    if not analysis.coalitions:
        screen.tell("nothing" if by_title else "no_calls")
    names = built.network.actors["name"]
    for title, table in analysis.coalitions.items():
        click.secho(title, bold=True)
        for number, row in enumerate(table.to_dict("records"), start=1):
            partners = ", ".join(str(names.get(actor, actor)) for actor in row["actors"])
            said = f"{number}. {partners}\n   {row['why']}{_rows_behind(screen, row)}"
            click.echo(said if partners else f"   {row['why']}")
        first = next(iter(table["actors"]), ())
        if if_no and first:
            click.secho(screen.phrase("if_no"), italic=True)
            changed = if_one_says_no(built.network, by_title[title], actors=first, language=screen.language)
            click.echo("\n".join(f"   - {why}" for why in changed["why"]))


@cli.command(epilog=_example("stakeholder-net plan . --max-load 2 --output plan.csv"))
@_folder()
@click.option("--max-load", type=click.IntRange(min=1), help="In how many coalitions one body may be.")
@_table_options
@language_too
@pass_screen
def plan(screen: Screen, folder: Path, max_load: int | None, top: int, output: Path | None) -> None:
    """Show one action plan for all calls: who does what, with whom, by when, indicator, rows of the sources."""
    project, records, built = _built(screen, folder)
    if not project.config.calls:
        screen.tell("no_calls")
        return
    made = project.plan(built.network, records=records, max_load=max_load, language=screen.language)
    _show_findings(screen, made, top, output)


@cli.command(
    epilog=_example("stakeholder-net contacts .", "stakeholder-net contacts . --show ties --output ties.csv")
)
@_folder()
@click.option(
    "--show", type=click.Choice(["all", "invite", "fewest", "ties"]), default="all", show_default=True,
    help="Whom to invite next; the fewest who reach everybody; the new tie that brings most.",
)  # fmt: skip
@_table_options
@language_too
@pass_screen
def contacts(screen: Screen, folder: Path, show: str, top: int, output: Path | None) -> None:
    """Show whom to invite next, the fewest contacts that reach everybody, and which new tie would add most."""
    _, _, built = _built(screen, folder)
    net, said = built.network, screen.language
    flat = flatten(net)
    tied = {*flat.ties["source"], *flat.ties["target"]}
    alone = [
        actor for actor in flat.actors.index if actor not in tied
    ]  # nobody reaches them: they are to be invited
    asked: dict[str, Callable[[], pd.DataFrame]] = {
        "invite": lambda: whom_to_invite(net, top, language=said),
        "fewest": lambda: fewest_contacts(without(flat, alone), language=said),
        "ties": lambda: best_new_ties(flat, n=top, language=said),
    }
    chosen = (
        [show]
        if show != "all"
        else [key for key in asked if key != "invite" or net.actors["registered"].any()]
    )
    tables = {key: asked[key]() for key in chosen}
    for key, table in tables.items():
        click.secho(screen.phrase(f"contacts_{key}"), bold=True)
        _show_findings(screen, table, top, None)
    _write_table(screen, pd.concat(tables.values(), ignore_index=True), output)


@cli.command(
    "what-if",
    epilog=_example(
        'stakeholder-net what-if . --without "Comune di Ascoli Piceno"',
        "stakeholder-net what-if . --without-event E01 --finding gaps",
        'stakeholder-net what-if . --new-event "Tavolo casa=Comune di Force;Acli Ascoli" --finding strength',
    ),
)
@_folder()
@click.option("--without", "leaving", multiple=True, help="An organisation that is taken out, by name or id.")
@click.option("--without-event", multiple=True, help="A meeting that did not take place, by name or id.")
@click.option("--new-event", multiple=True, help="A meeting that is added: TITLE=one;another;...")
@click.option(
    "--finding", type=click.Choice([*MEASURED, "gaps", "coalitions"]), default="betweenness", show_default=True,
    help="What is worked out again and shown beside the original.",
)  # fmt: skip
@_table_options
@language_too
@pass_screen
def what_if_command(  # noqa: PLR0913, PLR0917 - one option a change
    screen: Screen,
    folder: Path,
    leaving: tuple[str, ...],
    without_event: tuple[str, ...],
    new_event: tuple[str, ...],
    finding: str,
    top: int,
    output: Path | None,
) -> None:
    """Show what a finding would say if somebody left, a meeting had not been held, or a new one were."""
    project, _, built = _built(screen, folder)
    net, said = built.network, screen.language
    parted = {title.strip(): who for title, _, who in (text.partition("=") for text in new_event)}
    change = Change(
        without=leaving,
        without_events=without_event,
        new_events={
            title: [name.strip() for name in who.split(";") if name.strip()] for title, who in parted.items()
        },
    )

    def again(network: StakeholderNetwork) -> pd.DataFrame | pd.Series:
        if finding == "gaps":
            return representation(network, by="kind", language=said)
        if finding == "coalitions":
            pieces = [find_coalitions(network, call, n=1, language=said) for call in project.calls()]
            return pd.concat(pieces, ignore_index=True)
        return named_measure(finding)(network if finding == "participation" else flatten(network))

    table = what_if(net, change, finding=again, language=said)
    click.secho(f"{screen.phrase('what_if')} {table.attrs['change']}", bold=True)
    if "actor_id" in table.columns:
        table.insert(1, "name", table["actor_id"].map(net.actors["name"]))
    shown = [
        c
        for c in table.columns
        if c in ("name", "group", "call", "status") or c.startswith((finding, "score", "x"))
    ]
    _show_table(screen, table[shown] if shown else table, top, None)
    _write_table(screen, table, output)


# --- pages ---------------------------------------------------------------------------------------------------------
@cli.command(
    "map",
    epilog=_example("stakeholder-net map . --output map.html", "stakeholder-net map . --edition public"),
)
@_folder()
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="File to write (default: output/map.html).",
)
@click.option(
    "--engine",
    type=click.Choice(["canvas", "pyvis"]),
    default="canvas",
    show_default=True,
    help="What draws: our own canvas (small, fast), or vis.js through pyvis.",
)
@click.option(
    "--edition", type=click.Choice(["internal", "public"]), default="internal", show_default=True,
    help="The public one holds no name of a person, nobody who never came, no row of the sources.",
)  # fmt: skip
@click.option(
    "--boundaries", type=click.Path(path_type=Path), default=None,
    help="GeoJSON of the municipalities: the map then has a geographic view.",
)  # fmt: skip
@language_too
@pass_screen
@_alone("map")
def map_(  # noqa: PLR0913, PLR0917 - click gives one argument an option
    screen: Screen,
    folder: Path,
    output: Path | None,
    engine: Literal["canvas", "pyvis"],
    edition: Literal["internal", "public"],
    boundaries: Path | None,
) -> None:
    """Write the interactive map: one HTML file that works offline."""
    project, _, _, analysis = _analysed(screen, folder)
    page = project.map(
        analysis, language=screen.language, engine=engine, edition=edition, boundaries=boundaries
    )
    path = page.save(output or project.output / ("map.html" if edition == "internal" else "map_public.html"))
    screen.tell("wrote", path=path)


class _WriteUnlessNamed(click.Group):
    """``report FOLDER`` writes the report; ``report fill`` and its sisters are named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in {"-h", "--help"}):
            args = ["write", *args]
        return super().parse_args(ctx, args)


@cli.group(cls=_WriteUnlessNamed, epilog=_example("stakeholder-net report . --format docx --edition public"))
def report() -> None:
    """Write the planning report, or a part of it: see each command."""


def _edition(command: Callable[P, None]) -> Callable[P, None]:
    return click.option(
        "--edition",
        type=click.Choice(["internal", "public"]),
        default="internal",
        show_default=True,
        help="The public one names nobody like a person and nobody as absent, and proposes no coalition.",
    )(command)


def _reported(screen: Screen, folder: Path, edition: str) -> tuple[Project, Report]:
    project, records, built, analysis = _analysed(screen, folder, calls=True)
    chosen = cast("Literal['internal', 'public']", edition)
    return project, project.report(analysis, records, built, language=screen.language, edition=chosen)


@report.command("write", epilog=_example("stakeholder-net report write . --format docx --language it"))
@_folder()
@click.option(
    "--format",
    "formats",
    type=click.Choice(["docx", "html", "pdf", "xlsx"]),
    multiple=True,
    default=REPORTS,
    show_default=True,
    help="May be given several times.",
)
@_edition
@language_too
@pass_screen
@_alone("report")
def write_report(screen: Screen, folder: Path, formats: tuple[str, ...], edition: str) -> None:
    """Write the whole report (also without the word `write`)."""
    check_writers(*formats)
    project, document = _reported(screen, folder, edition)
    name = "report" if edition == "internal" else "report_public"
    for suffix in formats:
        screen.tell("wrote", path=document.save(project.output / f"{name}.{suffix}"))


@report.command("fill", epilog=_example("stakeholder-net report fill piano.docx ."))
@click.argument("document", type=click.Path(path_type=Path))
@_folder()
@click.option("--output", type=click.Path(path_type=Path), default=None, help="File to write.")
@_edition
@language_too
@pass_screen
@_alone("report")
def fill_report(screen: Screen, document: Path, folder: Path, output: Path | None, edition: str) -> None:
    """Fill the placeholders of an office's own Word DOCUMENT, which is not changed."""
    check_writers(fill=True)
    project, made = _reported(screen, folder, edition)
    screen.tell(
        "wrote", path=made.fill(document, output or project.output / f"{document.stem}_compilato.docx")
    )


@report.command("pieces", epilog=_example("stakeholder-net report pieces ."))
@_folder()
@_table_options
@language_too
@pass_screen
def report_pieces(screen: Screen, folder: Path, top: int, output: Path | None) -> None:
    """List the placeholders that an office's own document may hold, and what each shows."""
    check_writers(fill=True)
    _show_table(screen, _reported(screen, folder, "internal")[1].pieces, top, output)


@report.command("profile", epilog=_example('stakeholder-net report profile "Fondazione Carisap" .'))
@click.argument("actor")
@_folder()
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="File: .docx, .pdf, .html, .xlsx."
)
@_edition
@language_too
@pass_screen
@_alone("report")
def profile_report(screen: Screen, actor: str, folder: Path, output: Path | None, edition: str) -> None:
    """Write one page on one organisation, by its full name or its id."""
    check_writers(output.suffix if output else ".pdf")
    project, _, built = _built(screen, folder)
    page = actor_profile(
        built.network,
        actor,
        language=screen.language,
        provenance=project.provenance(built.network),
        edition=cast("Literal['internal', 'public']", edition),
    )
    screen.tell("wrote", path=page.save(output or project.output / f"{slug(actor)}.pdf"))


@report.command("compare", epilog=_example("stakeholder-net report compare piano_2021/data/processed ."))
@click.argument("former", type=click.Path(path_type=Path))
@_folder()
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="File: .docx, .pdf, .html, .xlsx."
)
@_edition
@language_too
@pass_screen
@_alone("report")
def compare_report(screen: Screen, former: Path, folder: Path, output: Path | None, edition: str) -> None:
    """Compare with a FORMER plan: its folder `data/processed`, which `build` wrote."""
    check_writers(output.suffix if output else ".docx")
    project, _, built = _built(screen, folder)
    chosen = cast("Literal['internal', 'public']", edition)
    page = changes_report(read_network(former), built.network, language=screen.language, edition=chosen)
    screen.tell("wrote", path=page.save(output or project.output / "changes.docx"))


@cli.command(epilog=_example("stakeholder-net export . --format graphml --output network.graphml"))
@_folder()
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    required=True,
    help="What the other program reads.",
)
@click.option("--output", type=click.Path(path_type=Path), required=True, help="File or folder to write.")
@_edition
@language_too
@pass_screen
@_alone("export")
def export(screen: Screen, folder: Path, form: str, output: Path, edition: str) -> None:
    """Write the network for another program: Gephi, Kumu, UCINET, Pajek, yEd..."""
    project, _, built = _built(screen, folder)
    net = built.network
    if edition == "public":
        net = public_network(net, limit=project.config.persons.limit)
    write_graph(net, output, format=form)
    screen.tell("wrote", path=output)


# --- beginnings ------------------------------------------------------------------------------------------------------
@cli.command(
    epilog=_example(
        "stakeholder-net new my-district",
        "stakeholder-net new my-district --from sheets",
        "stakeholder-net new my-district --from tavolo1.xlsx --from partner.csv",
    )
)
@_folder(None)
@click.option(
    "--from", "sheets", multiple=True, type=click.Path(path_type=Path),
    help="A sheet that you have, or a folder of them, instead of the templates; it is copied.",
)  # fmt: skip
@language_too
@pass_screen
def new(screen: Screen, folder: Path, sheets: tuple[Path, ...]) -> None:
    """Make a project folder: of the sheets that you have, or with templates to fill in."""
    if sheets:
        found = adopt_sheets(folder, sheets, language=screen.language)
        screen.tell("made", folder=folder)
        for sheet in found:
            _show_adopted(screen, sheet)
        _call_form(folder)
        screen.tell("look_over", folder=folder)
        return
    files = [*new_project(folder, language=screen.language), _call_form(folder)]
    screen.tell("made", folder=folder)
    for path in files:
        click.echo(f"  {path}")
    screen.tell("next", folder=folder)


def _call_form(folder: Path) -> Path:
    place = folder / "calls" / "modulo"
    place.mkdir(parents=True)
    return write_call_form(place / "bando.toml")


def _show_adopted(screen: Screen, sheet: Adopted) -> None:
    name = f"{sheet.file} [{sheet.sheet}]" if sheet.sheet else sheet.file
    if sheet.problem is not None:
        click.echo(f"  {say(sheet.problem, screen.language)}")
    elif sheet.table:
        words, said = {column.name: column for column in INTAKE_TABLES[sheet.table]}, screen.language
        screen.tell("adopted", name=name, table=TABLES[said][sheet.table], headings=", ".join(sheet.headings))
        if sheet.constants:
            same = (f"{getattr(words[column], said)} = {value}" for column, value in sheet.constants)
            screen.tell("adopted_same", values=", ".join(same))
    else:
        screen.tell("not_adopted", name=name)


@cli.command(epilog=_example("stakeholder-net demo demo-piceno"))
@_folder("stakeholder-demo")
@language_too
@pass_screen
def demo(screen: Screen, folder: Path) -> None:
    """Do the whole job on the public record of the Piceno area, in a new folder."""
    piceno(folder)
    screen.tell("real_record")
    _walk(screen, open_project(folder))


# --- notebooks -----------------------------------------------------------------------------------------------------
@cli.group(epilog=_example("stakeholder-net notebooks run . --only 04"))
def notebooks() -> None:
    """Copy the notebooks beside your records, or run them on them."""


@notebooks.command("run", epilog=_example("stakeholder-net notebooks run . --only 04"))
@_folder()
@click.option("--only", multiple=True, help="Name or number of a notebook; may be given several times.")
@language_too
@pass_screen
def run_them(screen: Screen, folder: Path, only: tuple[str, ...]) -> None:
    """Run the notebooks on FOLDER and keep what they show in output/notebooks."""
    screen.in_project(open_project(folder))
    for path in run_notebooks(folder, only=only, language=screen.language, progress=screen.progress):
        screen.tell("wrote", path=path)


@notebooks.command("copy", epilog=_example("stakeholder-net notebooks copy ."))
@_folder()
@language_too
@pass_screen
def copy_them(screen: Screen, folder: Path) -> None:
    """Copy the notebooks into FOLDER/notebooks, to work on; none that is there is overwritten."""
    screen.in_project(open_project(folder))
    for path in copy_notebooks(folder, language=screen.language):
        screen.tell("wrote", path=path)


@cli.command(epilog=_example("stakeholder-net lab ."), context_settings={"ignore_unknown_options": True})
@_folder()
@click.argument("jupyter", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTER_OPTIONS]...")
@language_too
@pass_screen
def lab(screen: Screen, folder: Path, jupyter: tuple[str, ...]) -> None:
    """Copy the notebooks into FOLDER/notebooks and open them in JupyterLab.

    JupyterLab asks no server for news or updates. What it understands itself may follow the folder, as --no-browser.
    """
    screen.in_project(open_project(folder))
    sys.exit(open_lab(folder, jupyter, language=screen.language))


for command in (match, explain, persons, purge_command, processing_record_command):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run a command; a fault that the library foresees is one readable block and exit code 2."""
    screen = Screen(None)
    try:
        cli.main(args=arguments, prog_name="stakeholder-net", standalone_mode=False, obj=screen)
    except StakeholderNetError as error:
        _refuse(screen, error)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo(screen.phrase("stopped"), err=True)
        sys.exit(130)


def _refuse(screen: Screen, error: StakeholderNetError) -> None:
    faults: tuple[Problem, ...] = getattr(error, "problems", ())
    if isinstance(error, UnreadableFileError):
        faults = (error.problem,)
    click.secho(f"{screen.phrase('error')}:", fg="red", bold=True, err=True)
    if faults:
        for fault in faults:
            click.echo(f"  {say(fault, screen.language)}", err=True)
    else:
        click.echo(f"  {error.message}", err=True)
        if error.hint:
            click.echo(f"  {screen.phrase('hint')}{error.hint}", err=True)
    sys.exit(REFUSED)
