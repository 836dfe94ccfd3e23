"""One folder, one file that says what is what, and the walk from records to map and report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Literal

import pandas as pd

from stakeholder_net._checks import problem
from stakeholder_net._config import Config, FileEntry, read_config
from stakeholder_net._display import Shown
from stakeholder_net._files import formula_safe_frame, leads_out, sha256_of, write_text
from stakeholder_net._map_steps import groups_of, steps_of
from stakeholder_net._running import OneRun
from stakeholder_net._steps import (
    LARGEST,
    account,
    agenda_of,
    figures_of,
    gaps_of,
    invented_in,
    marked,
    measures_of,
    plan_of,
    quick_measures_of,
    standing_of,
    titled,
)
from stakeholder_net._version import VERSION
from stakeholder_net.custody import (
    Removal,
    keep_people,
    keep_rows,
    kept_rows,
    past_retention,
    people_of,
    purge,
    today,
)
from stakeholder_net.errors import MissingExtraError, Problem, StakeholderNetError, UnreadableFileError
from stakeholder_net.findings import Call, coalitions, read_call
from stakeholder_net.layers import flatten, project, two_mode_layers
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures import NetworkMap, network_map
from stakeholder_net.processing import processing_record
from stakeholder_net.records._mending import Mending
from stakeholder_net.records.build import Assembled, assemble, count_by_hand
from stakeholder_net.records.clean import Cleaned, clean
from stakeholder_net.records.decisions import read_decisions, read_keys, write_keys
from stakeholder_net.records.persons import PersonKey, read_key
from stakeholder_net.records.read import read_table
from stakeholder_net.records.set_aside import keep_mending, read_mending, write_set_aside
from stakeholder_net.report import Report, planning_report
from stakeholder_net.report.report import check_writers
from stakeholder_net.sensitivity import IdentitySensitivity, identity_sensitivity
from stakeholder_net.store import write_network
from stakeholder_net.words import Language

__all__ = ["Analysis", "Project", "Records", "Stage", "open_project"]

Tell = Callable[[str], None]
CONFIG = "stakeholder.toml"
REPORTS = ("docx", "pdf", "xlsx")
ACCOUNT = ("file", "table", "read", "accepted", "set_aside", "skipped")


@dataclass(frozen=True)
class Records(Shown):
    """The clean tables of a project, and the account of every row read.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Clean tables by name, files of one kind one after the other.
    counts : pandas.DataFrame
        One row a file: ``file``, ``table``, ``read``, ``accepted``, ``set_aside``, ``skipped``.
    problems : tuple of Problem
        Rows set aside and notes, each with its place.
    absent_files : tuple of str
        Optional files that are not there, and those that a purge took away.
    personal : dict of str to tuple of str
        Path of each file, and the sorts of columns of persons that were dropped.
    persons : pandas.DataFrame or None
        Pseudonyms of those who came, and their rows, where the project asks for them.
    """

    _shown: ClassVar = (
        "counts",
        "problems",
        "absent_files",
    )  # names as offices print them stay in the tables

    tables: dict[str, pd.DataFrame]
    counts: pd.DataFrame
    problems: tuple[Problem, ...]
    absent_files: tuple[str, ...] = ()
    personal: dict[str, tuple[str, ...]] = field(default_factory=dict)
    persons: pd.DataFrame | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Analysis(Shown):
    """What a project's network says: measures, gaps, coalitions.

    Parameters
    ----------
    network : StakeholderNetwork
        All layers, ties derived.
    flat : StakeholderNetwork
        The layers joined.
    measures : pandas.DataFrame
        One row an actor, one column a measure.
    gaps : dict of str to pandas.DataFrame
        ``kind``, ``municipality`` and ``actors``.
    coalitions : dict of str to pandas.DataFrame
        By title of the call.
    priorities : pandas.DataFrame or None
        The agenda of themes, where the project has a table of priorities.
    """

    network: StakeholderNetwork
    flat: StakeholderNetwork
    measures: pd.DataFrame
    gaps: dict[str, pd.DataFrame] = field(default_factory=dict)
    coalitions: dict[str, pd.DataFrame] = field(default_factory=dict)
    priorities: pd.DataFrame | None = None


@dataclass(frozen=True)
class Stage(Shown):
    """What one step of a run read, wrote and set aside.

    Parameters
    ----------
    name : str
        Step: read, build, measures, gaps, coalitions, map, report.
    read, wrote : tuple of str
        Files or things, in a few words each.
    set_aside : int
        Rows kept out in this step.
    facts : dict of str to object
        Counts worth telling.
    """

    name: str
    read: tuple[str, ...] = ()
    wrote: tuple[str, ...] = ()
    set_aside: int = 0
    facts: dict[str, object] = field(default_factory=dict)


def open_project(path: str | Path = ".") -> Project:
    """Open a project folder, or its ``stakeholder.toml``.

    Parameters
    ----------
    path : str or pathlib.Path
        Folder that holds ``stakeholder.toml``, or that file.

    Returns
    -------
    Project
        With its settings read and checked; no record is read yet.

    Raises
    ------
    UnreadableFileError
        When the folder or its ``stakeholder.toml`` does not exist.
    InvalidProjectError
        When the file is not TOML, or says something that cannot be followed; every fault is named.
    """
    where = Path(path)
    file = where if where.suffix == ".toml" else where / CONFIG
    if not file.parent.is_dir():
        raise UnreadableFileError(problem("missing_folder", file=str(file.parent), name=file.parent.name))
    if not file.is_file():
        raise UnreadableFileError(
            problem(
                "missing_file",
                file=str(file),
                base=str(file.parent),
                nearest=" Make one with: stakeholder-net new FOLDER",
            )
        )
    return Project(folder=file.parent, config=read_config(file))


@dataclass(frozen=True)
class Project(Shown):
    """A folder of records and the settings beside them.

    Parameters
    ----------
    folder : pathlib.Path
        Folder from which all paths start.
    config : Config
        What ``stakeholder.toml`` says.
    """

    _shown: ClassVar = ("config",)  # the folder is a path of one machine

    folder: Path
    config: Config

    @property
    def processed(self) -> Path:
        """Folder of the processed tables."""
        return self.folder / self.config.processed

    @property
    def set_aside(self) -> Path:
        """File of the rows set aside, with an empty column for what should stand there."""
        return self.processed / "set_aside.csv"

    @property
    def decisions_file(self) -> Path:
        """File of what people decided about names."""
        return self.folder / self.config.decisions

    def decisions(self) -> pd.DataFrame:
        """Return what people decided about names: see ``stakeholder-net match``."""
        return read_decisions(self.decisions_file)

    @property
    def output(self) -> Path:
        """Folder of map and report."""
        return self.folder / self.config.output

    def read(self, *, progress: Tell | None = None) -> Records:
        """Read and clean every file that the project names.

        Parameters
        ----------
        progress : callable, optional
            Called with the name of each file before it is read.

        Returns
        -------
        Records
            Clean tables with the account of every row.

        Raises
        ------
        UnreadableFileError
            When a file that is not optional is missing, empty or unreadable.
        InvalidTablesError
            When a required column is missing.
        StakeholderNetError
            When pseudonyms of persons are asked for and there is no key.
        """
        key = read_key(self.folder) if self.config.persons.pseudonyms else None
        past = past_retention(self.config, today())
        pieces: dict[str, list[pd.DataFrame]] = {}
        counts: list[dict[str, object]] = []
        problems: list[Problem] = []
        absent: list[str] = []
        personal: dict[str, tuple[str, ...]] = {}
        persons: list[pd.DataFrame] = []
        mending = self.mending()
        for entry in self.config.files:
            path = self.folder / entry.path
            gone = not path.is_file()
            kept = kept_rows(self.folder, entry) if gone and entry.path in past else None
            if gone and kept is None and (entry.optional or entry.path in past):
                absent.append(entry.path)
                continue
            if progress is not None:
                progress(entry.path)
            cleaned = kept or self._clean(entry, path, mending, key)
            personal[entry.path] = cleaned.personal
            persons += [] if cleaned.persons is None else [cleaned.persons]
            counts.append(
                {
                    "file": entry.path,
                    "table": entry.table,
                    "read": cleaned.n_read,
                    "accepted": cleaned.n_accepted,
                    "set_aside": cleaned.n_set_aside,
                    "skipped": cleaned.n_skipped,
                }
            )
            problems += cleaned.problems
            pieces.setdefault(entry.table, []).append(marked(cleaned.frame, entry))
        tables = {table: pd.concat(frames, ignore_index=True) for table, frames in pieces.items()}
        met = pd.concat(persons, ignore_index=True) if persons else None
        account_of = pd.DataFrame(counts, columns=list(ACCOUNT))
        return Records(tables, account_of, tuple(problems), tuple(absent), personal, met)

    def mending(self) -> Mending:
        """Return what people put right: the kept cells, then those just written into the rows set aside."""
        kept, fresh = read_mending(self.folder / self.config.mended), read_mending(self.set_aside)
        return Mending.latest([*kept.fixes, *fresh.fixes])

    def _clean(self, entry: FileEntry, path: Path, mending: Mending, key: PersonKey | None) -> Cleaned:
        raw = read_table(
            path,
            entry.table,
            base=self.folder,
            columns=entry.columns,
            sheet=entry.sheet,
            encoding=entry.encoding,
            delimiter=entry.delimiter,
            where=entry.where,
            mending=mending,
            key=key,
        )
        return clean(raw)

    def build(
        self, records: Records | None = None, *, automatic: bool = False, progress: Tell | None = None
    ) -> Assembled:
        """Make the network of the project; ties are derived with the weight that the project asks for.

        Parameters
        ----------
        records : Records, optional
            What :meth:`read` gave; read anew otherwise.
        automatic : bool
            Leave out what people said of who is who: see :meth:`sensitivity`.
        progress : callable, optional
            Called with a few words before each step of the matching of names.

        Returns
        -------
        Assembled
            With a network whose two-mode layers are projected.
        """
        records = self.read() if records is None else records
        tables = {name: table for name, table in records.tables.items() if name != "priorities"}
        made = assemble(
            tables,
            name=titled(self.config.title, records.problems),
            source=self.config.source,
            kinds=self.config.kinds,
            decisions=self.decisions(),
            known=read_keys(self.folder / self.config.identities),
            automatic=automatic,
            tell=progress,
        )
        net = made.network
        net = project(net, weight=self.config.network.weight) if two_mode_layers(net) else net
        if records.persons is not None:
            counted = people_of(records.persons, made.places).groupby("actor_id")["person"].nunique()
            net = net.with_actors(person_count=counted.reindex(net.actors.index).astype("Int64"))
        return replace(made, network=net)

    def people(self, records: Records, built: Assembled) -> pd.DataFrame | None:
        """Return which pseudonym came for whom to which meeting; None where the project asks for no pseudonyms."""
        return None if records.persons is None else people_of(records.persons, built.places)

    def purge(self, *, on: dt.date) -> list[Removal]:
        """Delete what is past its day; what such a sheet says of organisations is kept without its persons."""
        late = past_retention(self.config, on, still_in=self.folder)
        for entry in (entry for entry in self.config.files if entry.path in late):
            try:
                cleaned = self._clean(entry, self.folder / entry.path, self.mending(), None)
            except (
                StakeholderNetError
            ):  # nobody can read it: there is nothing to keep, and it goes all the same
                continue
            keep_rows(self.folder, entry, cleaned=cleaned)
        return purge(self.folder, self.config, on=on)

    def record_of_processing(self, records: Records, *, language: Language | None = None) -> Path:
        """Write the record of processing (GDPR, article 30) into the folder of outputs."""
        said = language or self.config.language
        name = "trattamento.md" if said == "it" else "processing-record.md"
        text = processing_record(self.config, records.personal, language=said)
        return write_text(self.output / name, text)

    def sensitivity(
        self, records: Records, built: Assembled, analysis: Analysis | None = None
    ) -> IdentitySensitivity:
        """Would the figures be others if nobody had said who is who?

        Parameters
        ----------
        records : Records
        built : Assembled
            What :meth:`build` gave.
        analysis : Analysis, optional
            What :meth:`analyse` gave; only measures and gaps are read.

        Returns
        -------
        IdentitySensitivity
            The main figures beside those from automatic matches alone, and one sentence.
        """
        figures = figures_of(built.network) if analysis is None else (analysis.measures, analysis.gaps)
        by_hand = count_by_hand(records.tables.get("aliases"), self.decisions())
        if not by_hand:  # nothing to leave out: building anew would give the same
            return identity_sensitivity((built, *figures), (built, *figures), by_hand=0)
        alone = self.build(records, automatic=True)
        return identity_sensitivity((built, *figures), (alone, *figures_of(alone.network)), by_hand=by_hand)

    def network(self) -> StakeholderNetwork:
        """Return the network, read and built anew."""
        return self.build().network

    def calls(self) -> list[Call]:
        """Return the calls for funding that the project names.

        Raises
        ------
        UnreadableFileError
            When a named call is not there.
        """
        paths: list[Path] = []
        for pattern in self.config.calls:
            found = sorted(self.folder.glob(pattern))
            if not found:
                raise UnreadableFileError(problem("missing_file", file=pattern, base=str(self.folder)))
            paths += found
        for path in paths:
            if leads_out(self.folder, path):
                raise UnreadableFileError(
                    problem("link_outside", file=path.relative_to(self.folder).as_posix())
                )
        return [read_call(path) for path in dict.fromkeys(paths)]

    def analyse(
        self,
        network: StakeholderNetwork | None = None,
        *,
        language: Language | None = None,
        records: Records | None = None,
        calls: bool = True,
    ) -> Analysis:
        """Return measures, gaps and coalitions of the project's network.

        Parameters
        ----------
        network : StakeholderNetwork, optional
            What :meth:`build` gave; built anew otherwise.
        language : {"it", "en"}, optional
            Language of the reasons; the project's by default.
        records : Records, optional
            What :meth:`read` gave; its table of priorities, if there is one, gives the agenda.
        calls : bool
            Whether coalitions for the calls are sought too, which takes longest.

        Returns
        -------
        Analysis
            Tables for the report; the coalitions of every call.
        """
        net = self.network() if network is None else network
        votes = None if records is None else records.tables.get("priorities")
        said = language or self.config.language
        flat = flatten(net)
        return Analysis(
            net,
            flat,
            measures_of(net, flat),
            gaps_of(net, language=said),
            {
                call.title: coalitions(net, call, seed=self.config.seed, language=said)
                for call in (self.calls() if calls else ())
            },
            agenda_of(net, votes, language=said),
        )

    def plan(
        self,
        network: StakeholderNetwork,
        *,
        records: Records | None = None,
        max_load: int | None = None,
        language: Language | None = None,
    ) -> pd.DataFrame:
        """Who does what, with whom and by when, so that one plan answers all calls of the project?

        Parameters
        ----------
        network : StakeholderNetwork
            What :meth:`build` gave.
        records : Records, optional
            What :meth:`read` gave; its table of priorities, if there is one, is covered where it can be.
        max_load : int, optional
            In how many coalitions one actor may be, where the calls do not say less.
        language : {"it", "en"}, optional
            Language of the plan; the project's by default.

        Returns
        -------
        pandas.DataFrame
            What :func:`plan_actions` gives; empty when the project has no call.
        """
        votes = None if records is None else records.tables.get("priorities")
        said = language or self.config.language
        _, actions = plan_of(network, self.calls(), votes, max_load=max_load, language=said)
        return pd.DataFrame() if actions is None else actions

    def map(  # noqa: PLR0913 - options of one page
        self,
        analysis: Analysis,
        *,
        language: Language | None = None,
        engine: Literal["canvas", "pyvis"] = "canvas",
        edition: Literal["internal", "public"] = "internal",
        boundaries: str | Path | None = None,
        firm: pd.DataFrame | None = None,
    ) -> NetworkMap:
        """Return the interactive map: marks grow with betweenness, rings tell who is surely among the first.

        `firm` is what ``stability`` gave, where it was worked out before.
        """
        net, flat, said = analysis.network, analysis.flat, language or self.config.language
        return network_map(
            net,
            size=analysis.measures["betweenness"],
            language=said,
            title=net.name,
            engine=engine,
            edition=edition,
            boundaries=boundaries,
            ranks=standing_of(net, analysis.measures, seed=self.config.seed, language=said)
            if firm is None
            else firm,
            groups=groups_of(flat),
            # in public, steps may name nobody who is hidden
            story=() if edition == "public" else steps_of(flat, analysis.coalitions),
        )

    def report(  # noqa: PLR0913 - what one report is made of
        self,
        analysis: Analysis,
        records: Records,
        built: Assembled,
        *,
        language: Language | None = None,
        edition: Literal["internal", "public"] = "internal",
        firm: pd.DataFrame | None = None,
    ) -> Report:
        """Return the planning report with its account of rows and its provenance; `firm` as in :meth:`map`."""
        net, said = analysis.network, language or self.config.language
        plan, actions = plan_of(net, self.calls(), records.tables.get("priorities"), language=said)
        return planning_report(
            net,
            measures=analysis.measures,
            representation={by: table for by, table in analysis.gaps.items() if by != "actors"},
            coalitions=analysis.coalitions,
            absent=analysis.gaps.get("actors"),
            language=said,
            title=net.name,
            provenance=self.provenance(net)
            | {
                "identities": self.sensitivity(records, built, analysis).sentence(
                    language=language or self.config.language
                )
            },
            records=account(records.counts, built.problems),
            stability=standing_of(net, analysis.measures, seed=self.config.seed, language=said)
            if firm is None
            else firm,
            priorities=analysis.priorities,
            plan=plan,
            actions=actions,
            edition=edition,
        )

    def provenance(self, network: StakeholderNetwork) -> dict[str, Any]:
        """Return from what, with what settings and by which version the figures were made."""
        files = {
            entry.path: sha256_of(self.folder / entry.path)
            for entry in self.config.files
            if (self.folder / entry.path).is_file()
        }
        starts = (
            network.events["start"].dropna()
            if "start" in network.events.columns
            else pd.Series(dtype="object")
        )
        return {
            "data_date": f"{starts.max():%Y-%m-%d}" if len(starts) else "",
            "version": f"stakeholder_net {VERSION}",
            "seed": self.config.seed,
            "parameters": f"weight = {self.config.network.weight}",
            "files": files,
        }

    def run(self, *, language: Language | None = None, progress: Tell | None = None) -> Iterator[Stage]:
        """Do the whole walk, from the records to map and report, one stage at a time.

        Parameters
        ----------
        language : {"it", "en"}, optional
            Language of map and report; the project's by default.
        progress : callable, optional
            Called with a few words before each long step.

        Yields
        ------
        Stage
            What the step read, wrote and set aside, when it is done.

        Raises
        ------
        StakeholderNetError
            At the first step that cannot be done; what earlier steps wrote stays. When another run is at work.
        """
        with self.alone() as here:
            if here.stopped_at:
                yield Stage("stopped", facts={"step": here.stopped_at})
            yield from self._steps(here, language or self.config.language, progress or (lambda _: None))

    def alone(self, *, writes: bool = True) -> OneRun:
        """Hold the folder, so that two runs cannot mix; `writes`: whether this one writes into it."""
        return OneRun(self.processed, (self.processed, self.output, self.folder / "data"), writes=writes)

    def _steps(self, here: OneRun, said: Language, show: Tell) -> Iterator[Stage]:
        def tell(step: str) -> None:
            here.at(step)
            show(step)

        tell("read")
        records = self.read(progress=show)
        yield Stage(
            "read",
            tuple(records.counts["file"]),
            (),
            int(records.counts["set_aside"].sum()),
            {
                "rows": int(records.counts["read"].sum()),
                "absent": records.absent_files,
                "invented": invented_in(records.problems),
            },
        )
        past = past_retention(self.config, today(), still_in=self.folder)
        if past:
            yield Stage("past_retention", facts={"count": len(past), "folder": self.folder})
        tell("build")
        built = self.build(records, progress=show)
        yield self.keep(built, records, said)
        tell("measures")
        if built.network.n_actors > LARGEST:
            yield from self._of_a_country(built.network, records, said)
            return
        analysis = self.analyse(built.network, language=said, records=records)
        yield Stage(
            "measures",
            (),
            (),
            0,
            {"actors": built.network.n_actors, "measures": len(analysis.measures.columns)},
        )
        if analysis.gaps:  # none without a register of the area
            yield Stage("gaps", (), (), 0, {name: len(table) for name, table in analysis.gaps.items()})
        yield Stage(
            "coalitions",
            tuple(analysis.coalitions),
            (),
            0,
            {title: len(table) for title, table in analysis.coalitions.items()},
        )
        tell("standing")
        firm = standing_of(built.network, analysis.measures, seed=self.config.seed, language=said)
        tell("map")
        page = self.map(analysis, language=said, firm=firm).save(self.output / "map.html")
        yield Stage("map", (), (self._short(page),), 0, {"ties": built.network.n_ties})
        yield Stage("record", (), (self._short(self.record_of_processing(records, language=said)),))
        tell("report")
        yield self._written_report(analysis, records, built, said, firm)

    def _of_a_country(self, net: StakeholderNetwork, records: Records, said: Language) -> Iterator[Stage]:
        """Give the measures that scale, the gaps and the record of processing; say what is left out."""
        table = formula_safe_frame(quick_measures_of(net))
        path = write_text(self.output / "measures.csv", table.to_csv(index=False, lineterminator="\n"))
        facts: dict[str, object] = {"actors": net.n_actors, "measures": len(table.columns) - 3}
        yield Stage("measures", (), (self._short(path),), 0, facts)
        gaps = gaps_of(net, language=said)
        if gaps:
            yield Stage("gaps", (), (), 0, {name: len(rows) for name, rows in gaps.items()})
        yield Stage("record", (), (self._short(self.record_of_processing(records, language=said)),))
        yield Stage("large", facts={"actors": net.n_actors, "limit": LARGEST})

    def _written_report(
        self,
        analysis: Analysis,
        records: Records,
        built: Assembled,
        language: Language,
        firm: pd.DataFrame | None,
    ) -> Stage:
        """Write the report; without its optional part the rest of the walk is still worth having."""
        try:
            check_writers(*REPORTS)
            report = self.report(analysis, records, built, language=language, firm=firm)
            paths = [report.save(self.output / f"report.{suffix}") for suffix in REPORTS]
        except MissingExtraError as missing:
            return Stage("no_report", facts={"what": missing.message, "hint": missing.hint})
        return Stage("report", (), tuple(self._short(path) for path in paths))

    def keep(self, built: Assembled, records: Records, language: Language | None = None) -> Stage:
        """Write the network to ``data/processed`` and the rows set aside beside it."""
        mended = keep_mending(self.set_aside, self.folder / self.config.mended)
        faults = [fault for fault in (*records.problems, *built.problems) if fault.severity == "set_aside"]
        people = self.people(records, built)
        if people is not None:
            keep_people(self.folder, self.config, people=people)
        write_keys(self.folder / self.config.identities, built.identities.keys)
        written = write_network(built.network, self.processed, provenance=self.provenance(built.network))
        aside = write_set_aside(
            [*records.problems, *built.problems], self.set_aside, language=language or self.config.language
        )
        new = sum(fault.severity == "set_aside" for fault in built.problems)
        net = built.network
        return Stage(
            "build",
            (),
            tuple(self._short(path) for path in [*written[-1:], aside]),
            new,
            {
                "actors": net.n_actors,
                "events": len(net.events),
                "ties": net.n_ties,
                "layers": net.layer_names,
                "merged_rows": built.merged_rows,
                "set_aside_rows": len(faults),
                "mended": mended,
                "doubts": len(built.identities.review),
            },
        )

    def _short(self, path: str | Path) -> str:
        return Path(path).relative_to(self.folder).as_posix()
