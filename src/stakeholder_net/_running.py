"""One run at a time in a folder; a run that was stopped is told at the next start, and what it left is cleared up."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from stakeholder_net._files import STAGED, finish_writing
from stakeholder_net.errors import StakeholderNetError

__all__ = ["OneRun"]

LOCK = ".run"


class OneRun:
    """Hold a folder for one run.

    Parameters
    ----------
    folder : pathlib.Path
        Where the lock lies; made where it does not exist.
    outputs : tuple of pathlib.Path
        Folders whose half-written files are cleared up.
    writes : bool, default True
        Whether the run writes into the folder. One that writes elsewhere goes on without a lock in a folder that
        cannot be written to: no other run can be at work there.

    Raises
    ------
    StakeholderNetError
        When another run is at work, or the folder cannot be written to.
    """

    def __init__(self, folder: Path, outputs: tuple[Path, ...], *, writes: bool = True) -> None:
        self.file, self.outputs, self.writes = folder / LOCK, outputs, writes
        self.stopped_at = ""
        self._held: IO[str] | None = None

    def __enter__(self) -> Self:
        """Take the lock; ``stopped_at`` says in which step the former run was stopped, if it was."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            held = self.file.open("a+", encoding="utf-8")
        except OSError as error:
            if not self.writes:
                return self
            raise StakeholderNetError(
                f"{self.file.parent}: cannot be written to ({error.strerror or error}).",
                "Check that the folder exists and may be written to; nothing was changed.",
            ) from error
        if not _lock(held):
            held.close()
            raise StakeholderNetError(
                f"{self.file.parent}: another run is at work in this folder.",
                "Wait until it has ended, or stop it; nothing was changed.",
            )
        self._held = held
        held.seek(0)
        self.stopped_at = held.read().strip()
        for folder in self.outputs:
            finish_writing(folder)
            for left in _left_over(folder):
                with contextlib.suppress(OSError):
                    left.unlink()
        return self

    def at(self, step: str) -> None:
        """Note the step that begins, for the next start."""
        self._write(step)

    def _write(self, text: str) -> None:
        if self._held is not None:
            with contextlib.suppress(OSError):  # a full disk is told by what is written, not by this note
                self._held.truncate(0)
                self._held.write(text)
                self._held.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back; a run that raised has told so itself."""
        self._write("")
        if self._held is not None:
            self._held.close()
            self._held = None


def _lock(held: IO[str]) -> bool:
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return _lock_windows(held)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some shared disks know no locks: better without than not at all
        return True
    return True


def _lock_windows(held: IO[str]) -> bool:
    import msvcrt  # noqa: PLC0415 - Windows only

    # far behind the text: what Windows locks it also keeps others from reading
    os.lseek(held.fileno(), 1 << 20, os.SEEK_SET)
    try:
        msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True


def _left_over(folder: Path) -> Iterator[Path]:
    """Find files that a stopped run had begun: ours are hidden and end in what ``mkstemp`` adds."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        begun = path.name.startswith(".") and path.is_file() and not path.is_symlink()
        if begun and (path.name.startswith(STAGED) or path.name.endswith(".part")):
            yield path
