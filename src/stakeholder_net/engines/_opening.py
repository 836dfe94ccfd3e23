"""Which engine does the work, and whether the files are what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow import dataset

from stakeholder_net._checks import check_option
from stakeholder_net.engines._embedded import Embedded
from stakeholder_net.engines._engine import ENGINES, EngineName
from stakeholder_net.engines._spark import OnSpark
from stakeholder_net.errors import MissingExtraError, StakeholderNetError

__all__ = ["at_work", "columns_of"]

PACKAGES: Final = {"embedded": "duckdb", "spark": "pyspark"}
EXTRAS: Final = {"embedded": "engines", "spark": "spark"}


@contextmanager
def at_work(
    engine: EngineName, inputs: Mapping[str, tuple[Path, tuple[str, ...]]], output: Path, memory: str | None
) -> Iterator[Embedded | OnSpark]:
    """Give an engine that knows the files by name, once they have the columns that are asked for.

    Parameters
    ----------
    engine : {"embedded", "spark"}
    inputs : mapping of str to (pathlib.Path, sequence of str)
        Name, Parquet file (or folder of such) and columns that it must have.
    output : pathlib.Path
        Beside it lies what does not fit into memory.
    memory : str, optional
        The most that the engine may hold.

    Raises
    ------
    OptionError
        When there is no such engine.
    MissingExtraError
        When it is not installed.
    StakeholderNetError
        When a file cannot be read or lacks a column, or the folder of the output is not there.
    """
    check_option("engine", engine, ENGINES)
    for path, columns in inputs.values():
        _check_columns(path, columns)
    if not output.parent.is_dir():
        raise StakeholderNetError(f"{output.parent}: there is no such folder.", "Make it first.")
    if find_spec(PACKAGES[engine]) is None:
        raise MissingExtraError(f"engine='{engine}'", EXTRAS[engine])
    opened = OnSpark.open(output, memory) if engine == "spark" else Embedded.open(output, memory)
    with opened as ready:
        for name, (path, _) in inputs.items():
            ready.view(name, path)
        yield ready


def columns_of(path: Path) -> list[str]:
    """Return the columns of a Parquet file or of a folder of such files."""
    try:
        return list(dataset.dataset(str(path), format="parquet").schema.names)
    except (OSError, pa.ArrowInvalid) as error:
        raise StakeholderNetError(
            f"{path}: cannot be read as Parquet ({str(error).splitlines()[0]}).",
            "Write the table with DataFrame.to_parquet(path, index=False).",
        ) from error


def _check_columns(path: Path, wanted: tuple[str, ...]) -> None:
    found = columns_of(path)
    if lost := [column for column in wanted if column not in found]:
        raise StakeholderNetError(
            f"{path}: there is no column {', '.join(lost)}; the columns are {', '.join(found) or 'none'}.",
            "Rename or add it; 'larger' in the how-to pages says what each file holds.",
        )
