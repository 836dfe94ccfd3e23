"""DuckDB: an engine inside this process that goes on with the disk when memory ends."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["run_embedded"]


def run_embedded(sql: str, tables: dict[str, Path], output: Path, memory: str | None) -> None:
    """Write what the query gives as one sorted Parquet file."""
    import duckdb  # noqa: PLC0415 - an extra

    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        made = Path(folder) / "out.parquet"
        with duckdb.connect(config={"temp_directory": folder, "threads": os.cpu_count() or 1}) as engine:
            if memory:
                engine.execute(f"set memory_limit = '{_quoted(memory)}'")
            for name, path in tables.items():
                engine.read_parquet(str(path)).create_view(name)
            engine.execute(f"copy ({sql}) to '{_quoted(str(made))}' (format parquet)")
        made.replace(output)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
