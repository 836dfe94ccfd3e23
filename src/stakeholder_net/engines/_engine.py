"""What both engines can do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, Protocol

from stakeholder_net.records._sharing import Sharing

__all__ = ["ENGINES", "Engine", "EngineName", "Tell"]

EngineName = Literal["embedded", "spark"]
Tell = Callable[[str], None]
ENGINES: Final = ("embedded", "spark")


class Engine(Protocol):
    """Tables by name, made by SQL that both engines read alike."""

    share: Sharing

    def view(self, name: str, path: Path) -> None:
        """Give a Parquet file a name."""

    def table(self, name: str, sql: str) -> None:
        """Work out a table now and keep it under a name, in the place of one that had it."""

    def figure(self, sql: str) -> float:
        """Return the one figure that a query gives."""

    def write(self, sql: str, output: Path) -> None:
        """Write what a query gives as one Parquet file, whole or not at all."""
