"""A bar for long searches: the best so far, the bound, how far they are apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from stakeholder_net.findings._solver import Watch

__all__ = ["progress_bar"]


@contextmanager
def progress_bar(shown: bool, title: str) -> Iterator[Watch | None]:  # noqa: FBT001 - the caller's own option
    """Give a function that the solver tells its best value and bound; None when nothing is to be shown."""
    if not shown:
        yield None
        return
    from tqdm.auto import tqdm  # noqa: PLC0415 - only who wants a bar loads it

    with tqdm(desc=title[:40], unit=" looks", leave=False) as bar:

        def watch(value: float, bound: float) -> None:
            if np.isfinite(value) and np.isfinite(bound):
                gap = abs(value - bound) / max(1.0, abs(value))
                # what is to be small is sought as its negative: people count partners, not minus partners
                bar.set_postfix(
                    best=f"{abs(value):g}", bound=f"{abs(bound):g}", gap=f"{gap:.1%}", refresh=False
                )
            bar.update()

        yield watch
