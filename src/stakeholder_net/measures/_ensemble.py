"""The same work for each of many draws: one after the other, on several processors, or on a cluster of the caller's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final, TypeVar

import numpy as np
from tqdm import tqdm

from stakeholder_net.errors import OptionError

__all__ = ["each", "seeds"]

Task = TypeVar("Task")
Result = TypeVar("Result")

PARCELS: Final = (
    8  # that each worker gets: few enough to pay the sending, enough to show progress and share fairly
)


def seeds(seed: int, times: int) -> list[np.random.SeedSequence]:
    """Return one seed a draw, so that a draw is the same whoever makes it and whatever was drawn before."""
    return np.random.SeedSequence(seed).spawn(times)


def each(
    work: Callable[[Task], Result], tasks: Sequence[Task], *, n_jobs: int | None, desc: str, progress: bool
) -> list[Result]:
    """Return what `work` makes of each task, in their order.

    Parameters
    ----------
    work : callable
        Depends on its task alone; a closure may hold the network.
    tasks : sequence
        Best small: seeds, numbers.
    n_jobs : int or None
        As joblib counts them: 2 is two processes, -1 as many as there are processors. None is one after the other in
        this process, unless the caller has said otherwise with ``joblib.parallel_config``, which is how a Dask or a
        Ray cluster takes the draws.
    desc : str
        What the progress bar is called.
    progress : bool
        Show a bar when it takes longer than two seconds.

    Raises
    ------
    OptionError
        When `n_jobs` is 0.
    """
    if n_jobs == 0:
        raise OptionError("n_jobs=0 would do nothing.", "Use 1, 2 ..., or -1 for every processor.")
    if len(tasks) < 2:  # noqa: PLR2004 - nothing to share, and nothing to show
        return [work(task) for task in tasks]
    workers = _workers(n_jobs)
    with tqdm(total=len(tasks), desc=desc, delay=2, disable=not progress) as bar:
        if workers == 1:
            found = []
            for task in tasks:
                found.append(work(task))
                bar.update()
            return found
        import joblib  # noqa: PLC0415 - half a second that one processor need not pay

        size = max(1, len(tasks) // (workers * PARCELS))
        parcels = [tasks[begin : begin + size] for begin in range(0, len(tasks), size)]
        backend, _ = joblib.parallel.get_active_backend()
        one_by_one = getattr(backend, "supports_return_generator", False)  # Ray's does not
        # batch_size: a parcel is a batch already
        run = joblib.Parallel(n_jobs=n_jobs, batch_size=1, return_as="generator" if one_by_one else "list")
        made = []
        for results in run(joblib.delayed(_all)(work, parcel) for parcel in parcels):
            made.append(results)
            bar.update(len(results))
        return list(chain.from_iterable(made))


def _workers(n_jobs: int | None) -> int:
    """Return how many there are; joblib need not be loaded where nobody has asked for it."""
    if n_jobs == 1 or (n_jobs is None and "joblib" not in sys.modules):
        return 1
    import joblib  # noqa: PLC0415

    return int(joblib.effective_n_jobs(n_jobs))


def _all(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    return [work(task) for task in tasks]
