"""For whom one machine is too small: the same questions on an embedded engine and on Apache Spark, Parquet to Parquet.

Neither engine is needed below some ten million attendances: see "When to move" in the how-to pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from stakeholder_net._checks import check_option
from stakeholder_net.engines._engine import ENGINES, EngineName, Tell
from stakeholder_net.engines._graphs import find_components, find_pagerank
from stakeholder_net.engines._names import MENTION, match_names
from stakeholder_net.engines._opening import at_work
from stakeholder_net.engines._spark import OnSpark
from stakeholder_net.engines._sql import STRENGTHS, TIES, TURNOUT, said
from stakeholder_net.errors import OptionError
from stakeholder_net.words import COUNTING_STATUSES

__all__ = [
    "ENGINES",
    "components_of",
    "derive_ties",
    "link_names",
    "pagerank_of",
    "strengths_of",
    "turnout_of",
]

SEATS = ("actor_id", "event_id", "status")
TIED = ("source", "target", "weight", "shared_events")


def derive_ties(
    attendance: str | Path,
    output: str | Path,
    *,
    engine: EngineName = "embedded",
    counts: Sequence[str] = COUNTING_STATUSES,
    memory: str | None = None,
) -> Path:
    """Who met whom, how often and how closely, when there are more attendances than memory?

    What :func:`stakeholder_net.project` derives with its default weight, from a file to a file.

    Parameters
    ----------
    attendance : path
        Parquet with ``actor_id``, ``event_id`` and ``status``, of one layer.
    output : path
        Parquet to write: ``source`` < ``target``, ``weight`` (to nine decimals), ``shared_events``, sorted.
    engine : {"embedded", "spark"}
        DuckDB in this process (extra ``engines``), or Apache Spark (extra ``spark``, and Java): the session that is
        active, or one on this machine.
    counts : sequence of str
        Statuses that count as having taken part.
    memory : str, optional
        The most that the engine may hold, ``"4GB"``; it goes on with the disk.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    OptionError
        When `engine` is neither of the two.
    MissingExtraError
        When the engine is not installed.
    StakeholderNetError
        When a file or a column is missing, or Spark finds no Java.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Physical Review E 64, 016132.
    https://doi.org/10.1103/PhysRevE.64.016132
    """
    with at_work(engine, {"attendance": (Path(attendance), SEATS)}, Path(output), memory) as ready:
        ready.write(TIES.format(counts=said(counts)), Path(output))
    return Path(output)


def turnout_of(  # noqa: PLR0913 - one keyword a choice
    attendance: str | Path,
    output: str | Path,
    *,
    by: Literal["actor", "event"] = "actor",
    engine: EngineName = "embedded",
    counts: Sequence[str] = COUNTING_STATUSES,
    memory: str | None = None,
) -> Path:
    """How many events did each actor go to, or how many actors came to each event?

    Parameters
    ----------
    attendance : path
        Parquet with ``actor_id``, ``event_id`` and ``status``.
    output : path
        Parquet to write: ``actor_id`` and ``events``, or ``event_id`` and ``actors``; who never came is not in it.
    by : {"actor", "event"}
        What is counted for.
    engine, counts, memory
        As in :func:`derive_ties`.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    OptionError
        When `engine` is neither of the two.
    MissingExtraError
        When the engine is not installed.
    StakeholderNetError
        When a file or a column is missing, or Spark finds no Java.
    """
    check_option("by", by, ("actor", "event"))
    one, many = ("actor_id", "events") if by == "actor" else ("event_id", "actors")
    with at_work(engine, {"attendance": (Path(attendance), SEATS)}, Path(output), memory) as ready:
        ready.write(TURNOUT.format(counts=said(counts), one=one, many=many), Path(output))
    return Path(output)


def strengths_of(
    ties: str | Path, output: str | Path, *, engine: EngineName = "embedded", memory: str | None = None
) -> Path:
    """With how many has each actor met, and how strongly, when the ties are a file?

    Parameters
    ----------
    ties : path
        Parquet that :func:`derive_ties` wrote.
    output : path
        Parquet to write: ``actor_id``, ``degree``, ``strength`` (to six decimals), ``meetings``; who has no tie is
        not in it.
    engine, memory
        As in :func:`derive_ties`.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    OptionError
        When `engine` is neither of the two.
    MissingExtraError
        When the engine is not installed.
    StakeholderNetError
        When a file or a column is missing, or Spark finds no Java.
    """
    with at_work(engine, {"ties": (Path(ties), TIED)}, Path(output), memory) as ready:
        ready.write(STRENGTHS, Path(output))
    return Path(output)


def components_of(
    ties: str | Path,
    output: str | Path,
    *,
    engine: EngineName = "embedded",
    memory: str | None = None,
    tell: Tell | None = None,
) -> Path:
    """Which actors reach each other at all, when the ties are a file?

    Parameters
    ----------
    ties : path
        Parquet that :func:`derive_ties` wrote.
    output : path
        Parquet to write: ``actor_id``, and as ``value`` the first actor of its component.
    engine, memory
        As in :func:`derive_ties`. On Spark GraphX does the work, which comes with it.
    tell : callable, optional
        Is told how far the work is: ``print``.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    OptionError
        When `engine` is neither of the two.
    MissingExtraError
        When the engine is not installed.
    StakeholderNetError
        When a file or a column is missing, or Spark finds no Java.

    References
    ----------
    Gonzalez, J. E. et al. (2014). GraphX: graph processing in a distributed dataflow framework. OSDI 14, 599-613.
    https://www.usenix.org/conference/osdi14/technical-sessions/presentation/gonzalez
    """
    say = tell or _nobody
    with at_work(engine, {"ties": (Path(ties), TIED)}, Path(output), memory) as ready:
        if isinstance(ready, OnSpark):
            ready.graphx("components", Path(output), say)
        else:
            find_components(ready, Path(output), say)
    return Path(output)


def pagerank_of(  # noqa: PLR0913 - one keyword a choice
    ties: str | Path,
    output: str | Path,
    *,
    weighted: bool = True,
    damping: float = 0.85,
    engine: EngineName = "embedded",
    memory: str | None = None,
    tell: Tell | None = None,
) -> Path:
    """Who is tied with those who are well tied, when the ties are a file?

    What :func:`stakeholder_net.measures.pagerank` gives, over the actors with ties.

    Parameters
    ----------
    ties : path
        Parquet that :func:`derive_ties` wrote.
    output : path
        Parquet to write: ``actor_id`` and ``value``; values add up to 1 over actors with ties.
    weighted : bool
        Follow strong ties more often. Else every tie counts 1, and on Spark GraphX does the work, which knows no
        strengths.
    damping : float
        Chance of going on along a tie rather than starting anew; GraphX has 0.85.
    engine, memory
        As in :func:`derive_ties`.
    tell : callable, optional
        Is told how far the work is: ``print``.

    Returns
    -------
    pathlib.Path
        The file written. A round ends the walk when all values together change by less than 1e-10.

    Raises
    ------
    OptionError
        When `engine` is neither of the two, `damping` does not lie between 0 and 1, or GraphX should take another.
    MissingExtraError
        When the engine is not installed.
    StakeholderNetError
        When a file or a column is missing, or Spark finds no Java.

    References
    ----------
    Brin, S., Page, L. (1998). The anatomy of a large-scale hypertextual web search engine. Computer Networks 30,
    107-117. https://doi.org/10.1016/S0169-7552(98)00110-X
    """
    if not 0 <= damping < 1:
        raise OptionError(f"damping={damping} must lie between 0 and 1, for instance 0.85.")
    graphx = engine == "spark" and not weighted
    if graphx and damping != GRAPHX_DAMPING:
        raise OptionError(f"damping={damping}: GraphX has 0.85.", "Use weighted=True or engine='embedded'.")
    say = tell or _nobody
    with at_work(engine, {"ties": (Path(ties), TIED)}, Path(output), memory) as ready:
        if graphx and isinstance(ready, OnSpark):
            ready.graphx("pagerank", Path(output), say)
        else:
            find_pagerank(ready, Path(output), say, weighted=weighted, damping=damping)
    return Path(output)


def link_names(  # noqa: PLR0913 - one keyword a choice
    mentions: str | Path,
    output: str | Path,
    *,
    register: str | Path | None = None,
    actors: str | Path | None = None,
    engine: EngineName = "embedded",
    memory: str | None = None,
    tell: Tell | None = None,
) -> Path:
    """Which of many million printed names are the same organisation?

    What :func:`stakeholder_net.records.resolve_identities` decides, from a file to a file. The engine brings the
    mentions down to the spellings that differ and takes the answers back to the mentions; on Spark the machines also
    share reading the names, the search for candidates and the weighing of evidence.

    Parameters
    ----------
    mentions : path
        Parquet with ``mention_id`` and ``name`` and, where known, ``municipality``, ``tax_code``, ``kind`` and
        ``bare_town`` (a bare town name means its Comune).
    output : path
        Parquet to write: ``mention_id``, ``actor_id`` (missing where the name names no body), ``rule``, sorted; no name
        is in it.
    register : path, optional
        Parquet of bodies that are known: ``name`` and, where known, ``municipality``, ``tax_code``, ``kind``.
    actors : path, optional
        Parquet to write: ``actor_id``, ``name``, ``kind``, ``municipality``, ``registered``.
    engine, memory
        As in :func:`derive_ties`.
    tell : callable, optional
        Is told which step begins: ``print``.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    OptionError
        When `engine` is neither of the two.
    MissingExtraError
        When the engine is not installed.
    StakeholderNetError
        When a file or a column is missing, or Spark finds no Java.
    """
    inputs: dict[str, tuple[Path, tuple[str, ...]]] = {"mentions": (Path(mentions), MENTION)}
    if register is not None:
        inputs["register"] = (Path(register), ("name",))
    with at_work(engine, inputs, Path(output), memory) as ready:
        match_names(
            ready,
            Path(mentions),
            Path(output),
            register=None if register is None else Path(register),
            actors=None if actors is None else Path(actors),
            tell=tell or _nobody,
        )
    return Path(output)


GRAPHX_DAMPING = 0.85


def _nobody(_: str) -> None:
    """Hear what is told and say nothing."""
