"""Work that falls into independent parts: done here, or handed to whoever has more hands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["HERE", "Sharing"]


def _one_after_the_other(work: Callable[[Any, Any], Any], held: object, parts: Sequence[object]) -> list[Any]:
    return [work(held, part) for part in parts]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who does the parts of a work.

    Parameters
    ----------
    parts : int
        Into how many a work is cut; what comes out does not hang on it.
    run : callable
        Given a function of the package, what all parts need, and the parts: returns what the function makes of each
        part, in their order.
    """

    parts: int
    run: Callable[[Callable[[Any, Any], Any], Any, Sequence[Any]], list[Any]] = _one_after_the_other


HERE: Final = Sharing(1)
"""One part, done by this process."""
