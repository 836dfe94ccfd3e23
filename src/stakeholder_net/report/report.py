"""The report: what it says, and how it is saved."""

from __future__ import annotations

import html
import importlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Literal

import pandas as pd

from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net._files import write_bytes
from stakeholder_net.errors import MissingExtraError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.report import theme
from stakeholder_net.report.build import build_context
from stakeholder_net.report.context import ReportContext
from stakeholder_net.report.phrases import HEADINGS
from stakeholder_net.words import Language

__all__ = ["Report", "check_writers", "planning_report"]

WRITERS = {
    ".docx": "docx_pages",
    ".xlsx": "xlsx_pages",
    ".pdf": "pdf_pages",
    ".html": "html_pages",
    ".json": "context",
}
"""Suffix and the module that writes it."""


class Report:
    """A report on a network: plain data in ``context``, pages by :meth:`save`.

    Parameters
    ----------
    context : ReportContext
        Everything that the report says.
    """

    __slots__ = ("context",)

    def __init__(self, context: ReportContext) -> None:
        self.context = context

    def __repr__(self) -> str:
        context = self.context
        return (
            f"<Report {context.title!r}: {len(context.chapters)} chapters, {len(context.sentences)} sentences, "
            f"{len(context.tables)} tables, {context.language}>"
        )

    def _repr_html_(self) -> str:
        context = self.context
        numbers = "".join(
            f"<td style='padding:0 1.5em 0 0;text-align:left'><strong style='font-size:150%'>"
            f"{html.escape(kpi.figure.text)}</strong><br>{html.escape(kpi.label)}</td>"
            for kpi in context.kpis
        )
        said = [
            context.sentences[key].text
            for chapter in context.chapters[:1]
            for block in chapter.blocks
            if block.kind == "paragraph"
            for key in block.keys
        ]
        listed = "".join(f"<li>{html.escape(chapter.title)}</li>" for chapter in context.chapters)
        return (
            f"<div><h3>{html.escape(context.title)}</h3><p>{html.escape(context.subtitle)}</p>"
            f"<table><tr>{numbers}</tr></table><p>{html.escape(' '.join(said))}</p><ol>{listed}</ol></div>"
        )

    def to_bytes(self, suffix: str) -> bytes:
        """Return the report as the bytes of a file.

        Parameters
        ----------
        suffix : {".docx", ".pdf", ".xlsx", ".html", ".json"}
            Kind of file.

        Returns
        -------
        bytes
            The same for the same content.

        Raises
        ------
        OptionError
            When no such file can be written.
        MissingExtraError
            When the optional part ``report`` is not installed.
        """
        ending = check_option("suffix", suffix.lower(), tuple(WRITERS))
        if ending == ".json":
            return self.context.to_json().encode("utf-8")
        writer: Callable[[ReportContext], bytes] = getattr(_loaded(WRITERS[ending]), f"{ending[1:]}_bytes")
        return writer(self.context)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the report to a file whose ending says the format.

        Parameters
        ----------
        path : path
            Ends in ``.docx``, ``.pdf``, ``.xlsx``, ``.html`` or ``.json``.

        Returns
        -------
        pathlib.Path
            The file that was written.

        Raises
        ------
        OptionError
            When the ending is none of these.
        MissingExtraError
            When the optional part ``report`` is not installed.
        StakeholderNetError
            When the file cannot be written.
        """
        target = Path(path)
        return write_bytes(target, self.to_bytes(target.suffix))

    def text(self, chapter: str | None = None) -> str:
        """Return the words of the report, or of one chapter, one sentence a line.

        Parameters
        ----------
        chapter : str, optional
            ``brief``, ``who``, ``missing``, ``hold``, ``layers``, ``links``, ``priorities``, ``coalitions``, ``plan``,
            ``limits``, ``method``, ``provenance``; the whole report by default.

        Returns
        -------
        str
            The words; empty where the data gave the chapter nothing to say.

        Raises
        ------
        UnknownNameError
            When no report has such a chapter.
        """
        if chapter is None:
            return self.context.text()
        if chapter not in HEADINGS:
            raise unknown_name("chapter", chapter, [one.key for one in self.context.chapters])
        found = [one for one in self.context.chapters if one.key == chapter]
        return "\n".join(line for one in found for line in self.context.chapter_lines(one))

    @property
    def pieces(self) -> pd.DataFrame:
        """What can be put into an office's own document: ``placeholder``, ``kind``, ``shows``."""
        found: pd.DataFrame = _loaded("docx_fill").pieces(self.context)
        return found

    def fill(self, document: str | os.PathLike[str], path: str | os.PathLike[str]) -> Path:
        """Fill the placeholders of an office's own Word document.

        Parameters
        ----------
        document : path
            A ``.docx`` in which stands, for instance, ``{{ tabella.enti_per_tipo }}`` or ``{{ testo.chi_manca }}``; see
            :attr:`pieces`. It is not changed.
        path : path
            Where the filled document is written.

        Returns
        -------
        pathlib.Path
            The file that was written.

        Raises
        ------
        UnknownNameError
            When a placeholder is not known.
        OptionError
            When a table stands in the middle of a sentence, or the document has no placeholder.
        UnreadableFileError
            When the document cannot be opened.
        MissingExtraError
            When the optional part ``report`` is not installed.
        """
        data: bytes = _loaded("docx_fill").filled_docx(self.context, document)
        return write_bytes(Path(path), data)


def check_writers(*suffixes: str, fill: bool = False) -> None:
    """Say before the figures are computed, not after, that a report cannot be written.

    Parameters
    ----------
    suffixes : str
        Of the files that are wanted, with or without the dot; others are left to :meth:`Report.save`.
    fill : bool, default False
        Whether an office's own document is to be filled.

    Raises
    ------
    MissingExtraError
        When the optional part ``report`` is not installed.
    """
    endings = {f".{suffix.lower().lstrip('.')}" for suffix in suffixes} & set(WRITERS)
    for module in sorted({WRITERS[ending] for ending in endings} | ({"docx_fill"} if fill else set())):
        _loaded(module)
    if endings & {".docx", ".pdf"}:
        theme.font_files()


def _loaded(module: str) -> ModuleType:
    """Return one of the writers; they need packages that not everybody installs."""
    try:
        return importlib.import_module(f"stakeholder_net.report.{module}")
    except ModuleNotFoundError as error:
        raise MissingExtraError("This kind of report", "report") from error


def planning_report(  # noqa: PLR0913 - one keyword a finding
    net: StakeholderNetwork,
    *,
    measures: pd.DataFrame | None = None,
    representation: Mapping[str, pd.DataFrame] | None = None,
    coalitions: Mapping[str, pd.DataFrame] | None = None,
    absent: pd.DataFrame | None = None,
    language: Language = "it",
    edition: Literal["internal", "public"] = "internal",
    provenance: Mapping[str, object] | None = None,
    title: str | None = None,
    records: pd.DataFrame | None = None,
    stability: pd.DataFrame | None = None,
    links: pd.DataFrame | None = None,
    priorities: pd.DataFrame | None = None,
    plan: pd.DataFrame | None = None,
    actions: pd.DataFrame | None = None,
    pictures: bool = True,
) -> Report:
    """What does the network say that a planning office can sign?

    Every sentence is made from a table of the report, states the number on which it rests, and is not written where
    the data do not support it.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with its layers, projected.
    measures : pandas.DataFrame, optional
        One row an actor; of its columns ``degree``, ``strength``, ``betweenness``, ``constraint`` and
        ``participation`` are read. By default they are computed on the joined layers.
    representation : mapping of str to pandas.DataFrame, optional
        Per column of the actors (``kind``, ``municipality``) what :func:`representation` gives. Computed by default
        where the network has a register and attendance.
    coalitions : mapping of str to pandas.DataFrame, optional
        Per title of a call, its ranked coalitions: ``actors``, ``score``, ``why``.
    absent : pandas.DataFrame, optional
        What :func:`absent_actors` gives.
    language : {"it", "en"}
        Language of the report; findings that are given should be in the same.
    edition : {"internal", "public"}
        The public edition names no organisation as absent.
    provenance : mapping, optional
        Further lines for the last chapter: ``data_date``, ``seed``, ``parameters``, ``files``.
    title : str, optional
        Title on the cover.
    records : pandas.DataFrame, optional
        One row a file: ``file``, ``table``, ``read``, ``accepted``, ``set_aside``, ``skipped``.
    stability : pandas.DataFrame, optional
        What :func:`stability` gives for betweenness: then the report says who is surely and who perhaps among the
        first. Not computed by default, for it takes its time.
    links : pandas.DataFrame, optional
        What :func:`missing_ties` gives; computed by default on the joined layers.
    priorities : pandas.DataFrame, optional
        What :func:`agenda` gives: the themes and who supports them.
    plan : pandas.DataFrame, optional
        What :func:`action_plan` gives for several calls.
    actions : pandas.DataFrame, optional
        What :func:`plan_actions` gives for that plan: who does what, with whom, by when.
    pictures : bool
        Whether the network and the findings are drawn, which takes some seconds.

    Returns
    -------
    Report
        Shows itself in a notebook; ``.save("report.docx")`` writes it, ``.context`` holds it as plain data.

    Raises
    ------
    OptionError
        When `language` or `edition` is unknown, or `measures` has rows of other actors.

    Examples
    --------
    >>> import pandas as pd
    >>> from stakeholder_net import StakeholderNetwork
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["Comune", "Coop", "Odv"],
    ...                          "kind": ["comune", "coop_sociale", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> report = planning_report(net, language="en")
    >>> print(report.context.sentences["brief.size"].text)
    The network described has 3 organisations: 2 have at least one tie with another, 1 has none.
    """
    context = build_context(
        net,
        measures=measures,
        gaps=representation,
        coalitions=coalitions or {},
        absent=absent,
        language=language,
        edition=edition,
        provenance=provenance or {},
        title=title,
        records=records,
        pictures=pictures,
        first_places=stability,
        links=links,
        themes=priorities,
        plan=plan,
        actions=actions,
    )
    return Report(context)
