"""For whom one machine is too small: the same questions on an embedded engine and on Apache Spark, Parquet to Parquet.

Neither engine is needed below some ten million attendances: see "When to move" in the how-to pages.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from stakeholder_net._checks import check_option
from stakeholder_net.engines import _embedded, _spark
from stakeholder_net.engines._sql import STRENGTHS, TIES
from stakeholder_net.errors import MissingExtraError
from stakeholder_net.words import COUNTING_STATUSES

__all__ = ["components_on_spark", "derive_ties", "pagerank_on_spark", "strengths_of"]

Engine = Literal["embedded", "spark"]
ENGINES = ("embedded", "spark")


def derive_ties(
    attendance: str | Path,
    output: str | Path,
    *,
    engine: Engine = "embedded",
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

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Physical Review E 64, 016132.
    https://doi.org/10.1103/PhysRevE.64.016132
    """
    said = ", ".join("'" + status.replace("'", "''") + "'" for status in counts)
    return _run(TIES.format(counts=said), {"attendance": Path(attendance)}, Path(output), engine, memory)


def strengths_of(
    ties: str | Path, output: str | Path, *, engine: Engine = "embedded", memory: str | None = None
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
    """
    return _run(STRENGTHS, {"ties": Path(ties)}, Path(output), engine, memory)


def components_on_spark(ties: str | Path, output: str | Path, *, memory: str | None = None) -> Path:
    """Which actors reach each other at all, when the ties do not fit one machine?

    Parameters
    ----------
    ties : path
        Parquet that :func:`derive_ties` wrote.
    output : path
        Parquet to write: ``actor_id``, and as ``value`` the first actor of its component.
    memory : str, optional
        Of a session on this machine.

    Returns
    -------
    pathlib.Path
        The file written; GraphX, which comes with Spark, did the work.

    Raises
    ------
    MissingExtraError
        When Spark or Java is not installed.

    References
    ----------
    Gonzalez, J. E. et al. (2014). GraphX: graph processing in a distributed dataflow framework. OSDI 14, 599-613.
    https://www.usenix.org/conference/osdi14/technical-sessions/presentation/gonzalez
    """
    return _graph(ties, output, "components", memory)


def pagerank_on_spark(ties: str | Path, output: str | Path, *, memory: str | None = None) -> Path:
    """Who is tied with those who are well tied, when the ties do not fit one machine?

    Every tie counts 1, as in ``pagerank(net, weighted=False)``: GraphX knows no strengths.

    Parameters
    ----------
    ties : path
        Parquet that :func:`derive_ties` wrote.
    output : path
        Parquet to write: ``actor_id`` and ``value``; values add up to 1 over actors with ties.
    memory : str, optional
        Of a session on this machine.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    MissingExtraError
        When Spark or Java is not installed.

    References
    ----------
    Brin, S., Page, L. (1998). The anatomy of a large-scale hypertextual web search engine. Computer Networks 30,
    107-117. https://doi.org/10.1016/S0169-7552(98)00110-X
    """
    return _graph(ties, output, "pagerank", memory)


def _run(sql: str, tables: dict[str, Path], output: Path, engine: Engine, memory: str | None) -> Path:
    check_option("engine", engine, ENGINES)
    try:
        if engine == "spark":
            _need_java()
            _spark.run_on_spark(sql, tables, output, memory)
        else:
            _embedded.run_embedded(sql, tables, output, memory)
    except ModuleNotFoundError as error:
        raise _missing(engine) from error
    return output


def _graph(ties: str | Path, output: str | Path, algorithm: str, memory: str | None) -> Path:
    _need_java()
    try:
        _spark.graphx(Path(ties), Path(output), algorithm, memory)
    except ModuleNotFoundError as error:
        raise _missing("spark") from error
    return Path(output)


def _need_java() -> None:
    if shutil.which("java") is None:
        raise MissingExtraError("Apache Spark, which runs on Java 17 or newer and finds none here,", "spark")


def _missing(engine: Engine) -> MissingExtraError:
    return MissingExtraError(f"engine='{engine}'", "spark" if engine == "spark" else "engines")
