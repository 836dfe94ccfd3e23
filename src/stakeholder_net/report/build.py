"""From a network and its findings to everything that a report says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

import pandas as pd

from stakeholder_net._checks import check_option
from stakeholder_net.errors import OptionError
from stakeholder_net.findings import absent_actors, missing_ties, representation, stability
from stakeholder_net.layers import flatten, two_mode_layers
from stakeholder_net.measures import measure_table, participation
from stakeholder_net.measures._joint import JointBetweenness
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.report.chapters import brief, layer_chapter, numbers, who
from stakeholder_net.report.choosing import drawn_findings, plan_chapter, priority_chapter
from stakeholder_net.report.context import Picture, ReportContext
from stakeholder_net.report.draft import Draft
from stakeholder_net.report.facts import Facts, facts_of, for_the_public
from stakeholder_net.report.formats import clean, show_date
from stakeholder_net.report.gaps import coalition_chapter, link_chapter, missing
from stakeholder_net.report.holding import hold, network_picture, with_ties
from stakeholder_net.report.limits import limits, method
from stakeholder_net.report.phrases import COVER, HEADINGS, PROVENANCE
from stakeholder_net.words import LANGUAGES, Language

__all__ = [
    "EDITIONS",
    "Cover",
    "Edition",
    "build_context",
    "default_measures",
    "default_stability",
    "finished",
]

MEASURES = ("degree", "strength", "betweenness", "constraint")
LINKS = 20
FIRST = 5  # places of which is said who holds them surely
ALL_WAYS = 500  # actors up to which every draw follows the ways from all of them
SOURCES = 100  # beyond that, from so many, drawn; the report says so
ONE_BY_ONE = 500  # events up to which each is left out once
Edition = Literal["internal", "public"]
EDITIONS = ("internal", "public")
HASH = re.compile("[0-9a-f]{64}")


def default_measures(net: StakeholderNetwork) -> pd.DataFrame:
    """Return the measures that the report reads: those of the joined layers, and participation over the layers."""
    table = measure_table(flatten(net), list(MEASURES))
    return table.assign(participation=participation(net))


def default_stability(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    *,
    draws: int = 100,
    seed: int = 0,
    language: Language = "it",
    known: pd.Series | None = None,
    progress: bool = True,
) -> pd.DataFrame:
    """Return who is surely and who perhaps among the first five by betweenness of the joined layers.

    Beyond 500 actors each draw follows the ways from 100 of them, drawn too, and two processes or more share the draws;
    beyond 500 events none is left out by itself. The table, and the report made from it, say which it was. The values
    and places of the network itself are exact at any size; with ways from a part, ranges come out wider, not narrower.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with its layers, projected.
    draws : int
        How often the events are drawn anew; a hundred take seconds on a district.
    seed : int
        Of the random numbers.
    language : {"it", "en"}
        Language of the reasons.
    known : pandas.Series, optional
        Betweenness of the joined layers, where it was worked out before.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    pandas.DataFrame
        As :func:`stability` gives it, for ``planning_report(net, stability=...)``.
    """
    many = net.n_actors > ALL_WAYS
    jobs = -1 if many else None
    return stability(
        JointBetweenness(sources=SOURCES if many else None, n_jobs=jobs, known=known),
        net,
        seed=seed,
        top=FIRST,
        draws=draws,
        one_by_one=len(net.events) <= ONE_BY_ONE,
        cases=0,
        n_jobs=jobs,
        language=language,
        progress=progress,
    )


def default_gaps(net: StakeholderNetwork, language: Language) -> dict[str, pd.DataFrame]:
    """Return who is missing by kind and by municipality; nothing where there is no register or no attendance."""
    if not net.actors["registered"].any() or "attendance" not in two_mode_layers(net):
        return {}
    columns = ["kind", *(["municipality"] if "municipality" in net.actors.columns else [])]
    return {by: representation(net, by, language=language) for by in columns}


def build_context(  # noqa: PLR0913 - one keyword a finding
    net: StakeholderNetwork,
    *,
    measures: pd.DataFrame | None,
    gaps: Mapping[str, pd.DataFrame] | None,
    coalitions: Mapping[str, pd.DataFrame],
    absent: pd.DataFrame | None,
    language: Language,
    edition: str,
    provenance: Mapping[str, object],
    title: str | None,
    records: pd.DataFrame | None,
    pictures: bool,
    first_places: pd.DataFrame | None,
    links: pd.DataFrame | None,
    themes: pd.DataFrame | None,
    plan: pd.DataFrame | None,
    actions: pd.DataFrame | None,
) -> ReportContext:
    """Write every chapter and return what they say."""
    check_option("language", language, LANGUAGES)
    check_option("edition", edition, EDITIONS)
    table = default_measures(net) if measures is None else measures
    if not table.index.isin(net.actors.index).all():
        raise OptionError(
            "measures= has rows for actors that are not in the network.", "Give one row an actor id."
        )
    if gaps is None:
        gaps = default_gaps(net, language)
        if gaps and absent is None:
            absent = absent_actors(net, language=language)
    public = edition == "public"
    shown = for_the_public(net, language) if public else net
    facts, draft = facts_of(shown, table, language), Draft(language)
    first_places = with_ties(facts, first_places)
    numbers(draft, facts)
    who(draft, facts)
    told = {} if public else coalitions
    drawn: dict[str, Picture] = {}
    if pictures:
        drawn = drawn_findings(facts, next(iter(gaps.values()), None), first_places, [*told.values()], themes)
    missing(draft, facts, gaps, None if public else absent, drawn)
    hold(draft, facts, network_picture(draft, facts) if pictures else None, first_places, drawn)
    layer_chapter(draft, facts, drawn)
    if not public:
        link_chapter(
            draft, facts, missing_ties(facts.flat, n=LINKS, language=language) if links is None else links
        )
    priority_chapter(draft, themes, drawn.get("themes"))
    coalition_chapter(draft, facts, told, drawn)
    plan_chapter(draft, facts, None if public else plan, actions)
    limits(draft, facts, None if public else records)
    brief(draft, facts)
    draft.chapters.insert(0, draft.chapters.pop())
    method(draft, facts)
    made_from = {"fingerprint": net.fingerprint, **provenance}
    cover = Cover(language, "public" if public else "internal", made_from, title)
    return finished(draft, facts, cover)


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on every document: language, edition, where the data come from, title.

    Parameters
    ----------
    language : {"it", "en"}
        Language of the words.
    edition : {"internal", "public"}
        For whom it is.
    provenance : mapping
        Lines that the caller gives for the last chapter.
    title : str or None
        Title; by default that of the kind of document.
    kind : {"report", "profile", "changes"}
        Kind of document.
    """

    language: Language
    edition: Edition
    provenance: Mapping[str, object]
    title: str | None = None
    kind: Literal["report", "profile", "changes"] = "report"


def finished(draft: Draft, facts: Facts, cover: Cover) -> ReportContext:
    """Return everything that was written, with cover and provenance."""
    at = 0 if cover.language == "it" else 1
    data_date = _data_date(facts, cover.provenance)
    name, of = clean(cover.title or COVER[f"title_{cover.kind}"][at]), clean(facts.net.name)
    subtitle = ["" if of == name else of, COVER[cover.edition][at]]
    if data_date:
        subtitle.append(COVER["data_date"][at].format(date=show_date(data_date, cover.language)))
    if not any(block.kind == "provenance" for chapter in draft.chapters for block in chapter.blocks):
        draft.put_provenance()
        draft.chapter("provenance")
    return ReportContext(
        language=cover.language,
        edition=cover.edition,
        title=name,
        subtitle=" · ".join(part for part in subtitle if part),
        kicker=COVER[f"kicker_{cover.kind}"][at],
        footer=" · ".join(dict.fromkeys(part for part in (name, of) if part)),
        kpis=tuple(draft.kpis),
        chapters=tuple(draft.chapters),
        sentences=draft.sentences,
        tables=draft.tables,
        pictures=draft.pictures,
        headings=draft.headings | {"provenance": HEADINGS["provenance"][at]},
        terms=draft.terms,
        provenance=tuple(_provenance(facts, cover.provenance, data_date, at)),
        data_date=data_date,
    )


def _data_date(facts: Facts, provenance: Mapping[str, object]) -> dt.date | None:
    given = provenance.get("data_date")
    if isinstance(given, dt.date):
        return given
    if isinstance(given, str) and given:
        return pd.Timestamp(given).date()
    return facts.period[1] if facts.period else None


def software() -> str:
    """Return name and version of this library."""
    try:
        return f"stakeholder_net {version('stakeholder-net')}"
    except PackageNotFoundError:  # run from the source tree, not installed
        return "stakeholder_net"


def _provenance(
    facts: Facts, given: Mapping[str, object], data_date: dt.date | None, at: int
) -> list[tuple[str, str]]:
    """Return label and value of each line; what the caller gives may replace a line or add one."""
    lines: dict[str, object] = {
        "source": facts.net.source,
        "data_date": show_date(data_date, facts.language) if data_date else "",
        "fingerprint": facts.net.fingerprint,
        "version": software(),
    }
    lines |= {key: value for key, value in given.items() if key != "data_date"}
    return [
        (
            PROVENANCE[key][at] if key in PROVENANCE else key,
            str(value) if key == "fingerprint" else _line(value),
        )
        for key, value in lines.items()
        if value not in (None, "")
    ]


def _line(value: object) -> str:
    if isinstance(value, str) and HASH.fullmatch(value):
        return f"{value[:12]}…"  # enough to tell two files apart
    if isinstance(value, Mapping):
        return "; ".join(f"{key} = {_line(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(_line(item) for item in value)
    return clean(str(value))
