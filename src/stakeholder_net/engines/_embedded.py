"""DuckDB: an engine inside this process that goes on with the disk when memory ends."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

from stakeholder_net.records._sharing import HERE

__all__ = ["Embedded"]

PULSE: Final = 0.5  # seconds


class Embedded:
    """A database that lives as long as the question, beside the file that it writes.

    Parameters
    ----------
    engine : duckdb.DuckDBPyConnection
    folder : pathlib.Path
        For what does not fit into memory, and for the file until it is whole.
    """

    share = HERE

    def __init__(self, engine: Any, folder: Path) -> None:  # noqa: ANN401 - DuckDB ships no types
        self.engine, self.folder = engine, folder
        self.worker = ThreadPoolExecutor(1)

    @classmethod
    @contextmanager
    def open(cls, output: Path, memory: str | None) -> Iterator[Self]:
        """Open the database and clear up behind it."""
        import duckdb  # noqa: PLC0415 - an extra

        with tempfile.TemporaryDirectory(dir=output.parent) as folder:
            settings = {"temp_directory": folder, "threads": os.cpu_count() or 1}
            with duckdb.connect(config=settings) as engine:
                engine.execute("set enable_progress_bar = false")  # it would stand in the caller's output
                if memory:
                    engine.execute(f"set memory_limit = '{_quoted(memory)}'")
                ready = cls(engine, Path(folder))
                with ready.worker:
                    yield ready

    def view(self, name: str, path: Path) -> None:
        """Give a Parquet file, or a folder of such files, a name."""
        files = [str(part) for part in sorted(path.glob("*.parquet"))] if path.is_dir() else [str(path)]
        self.engine.read_parquet([_no_pattern(file) for file in files]).create_view(name)

    def table(self, name: str, sql: str) -> None:
        """Work out a table and keep it."""
        self._do(f"create table made_now as {sql}")
        self._do(f"drop table if exists {name}")
        self._do(f"alter table made_now rename to {name}")

    def figure(self, sql: str) -> float:
        """Return the one figure that a query gives."""
        return float(self._do(sql).fetchone()[0] or 0.0)

    def write(self, sql: str, output: Path) -> None:
        """Write what a query gives as one Parquet file."""
        made = self.folder / "out.parquet"
        self._do(f"copy ({sql}) to '{_quoted(str(made))}' (format parquet)")
        made.replace(output)

    def _do(self, sql: str) -> Any:  # noqa: ANN401
        """Answer in a thread, so that Ctrl-C is heard at once and not when a part of the work is done."""
        answer = self.worker.submit(self.engine.execute, sql)
        try:
            while True:
                with suppress(FutureTimeoutError):
                    return answer.result(timeout=PULSE)
        except KeyboardInterrupt:
            self.engine.interrupt()
            raise


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _no_pattern(path: str) -> str:
    """Take their meaning from the signs that DuckDB reads as a pattern."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in path)
