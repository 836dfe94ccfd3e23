"""What a person wrote in the file of rows set aside, found again by the file's own bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from stakeholder_net._display import Shown

__all__ = ["DISCARDED", "Fix", "Mending"]

# a person who writes one of these wants the row left out for good (folded)
DISCARDED = frozenset(("scarta", "scartare", "elimina", "escludi", "discard", "drop", "leave out"))


@dataclass(frozen=True)
class Fix:
    """One cell put right.

    Parameters
    ----------
    sha256 : str
        Of the file in which the cell stands: another version of the file is another file.
    sheet : str
        Its sheet.
    row : int
        Row as a person counts it.
    column : str
        Heading as printed; empty when the whole row, or the name behind it, is meant.
    code : str
        Fault that was put right.
    value : str
        What should stand there.
    file : str
        Name of the file, for the reader of the list.
    """

    sha256: str
    sheet: str
    row: int
    column: str
    code: str
    value: str
    file: str = ""

    @property
    def key(self) -> tuple[str, str, int, str, str]:
        """What is replaced when the same cell is mended again."""
        return (self.sha256, self.sheet, self.row, self.column, self.code if not self.column else "")


@dataclass(frozen=True)
class Mending(Shown):
    """All cells that were put right, the latest word on each.

    Parameters
    ----------
    fixes : tuple of Fix
        In the order in which they were made.
    """

    fixes: tuple[Fix, ...] = field(default=())

    @classmethod
    def latest(cls, fixes: Iterable[Fix]) -> Mending:
        """Keep the last word on each cell."""
        return cls(tuple({fix.key: fix for fix in fixes}.values()))

    def of(self, sha256: str, sheet: str) -> list[Fix]:
        """Return what was put right in one sheet of one file, in the order of its rows."""
        mine = [fix for fix in self.fixes if (fix.sha256, fix.sheet) == (sha256, sheet)]
        return sorted(mine, key=lambda fix: (fix.row, fix.column))
