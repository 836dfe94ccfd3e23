"""What is kept of persons, how long, and how it goes: the restricted rows, the dates of retention, the purge."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stakeholder_net._config import Config, FileEntry
from stakeholder_net._files import STAGED, sha256_of, write_bytes
from stakeholder_net.errors import StakeholderNetError, UnreadableFileError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.records._text import read_text_grid
from stakeholder_net.records.clean import Cleaned
from stakeholder_net.records.persons import RESTRICTED, restricted_folder

__all__ = [
    "Removal",
    "keep_people",
    "keep_rows",
    "kept_rows",
    "past_retention",
    "people_of",
    "persons_by",
    "purge",
    "today",
    "what_to_purge",
]

PEOPLE: Final = f"{RESTRICTED}/persons.parquet"
LOG: Final = "data/purged.csv"
KEPT: Final = f"{RESTRICTED}/kept"  # where its sheet lay, or might have lain: no more public than that
_LOGGED: Final = ("on", "what", "kept_until", "fingerprint", "rows")
_COLUMNS: Final = ("person", "actor_id", "event_id", "source_file", "delete_after")

What = Literal["raw", "named", "persons", "set_aside", "cache"]


@dataclass(frozen=True)
class Removal:
    """One thing that a purge takes away, or names to whoever must.

    Parameters
    ----------
    what : {"raw", "named", "persons", "set_aside", "cache"}
        A sheet in ``data/restricted``; a sheet elsewhere, which the office deletes itself; rows of pseudonyms; rows set
        aside; a file that a program left.
    path : str
        From the project's folder.
    kept_until : datetime.date or None
        Day of retention that has passed.
    rows : int or None
        How many rows go, where not the whole file does.
    """

    what: What
    path: str
    kept_until: dt.date | None = None
    rows: int | None = None


# --- persons counted over meetings -----------------------------------------------------------------------------------
def people_of(persons: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return which pseudonym came for which organisation to which meeting.

    Parameters
    ----------
    persons : pandas.DataFrame
        ``person`` with ``source_file``, ``source_sheet``, ``source_row``, as :func:`clean` gives them under a key.
    places : pandas.DataFrame
        Where each seat stands, as ``Assembled.places`` has it.

    Returns
    -------
    pandas.DataFrame
        ``person``, ``actor_id``, ``event_id``, ``source_file``, one row each, in order.

    Examples
    --------
    >>> place = {"source_file": ["a.csv"], "source_sheet": [""], "source_row": [2]}
    >>> people_of(pd.DataFrame({"person": ["0f"], **place}),
    ...           pd.DataFrame({**place, "actor_id": ["avis"], "event_id": ["E1"]})).values.tolist()
    [['0f', 'avis', 'E1', 'a.csv']]
    """
    where = ["source_file", "source_sheet", "source_row"]
    joined = persons.merge(places.astype({"source_row": "int64"}), on=where)[list(_COLUMNS[:-1])]
    return joined.drop_duplicates().sort_values(list(_COLUMNS[:-1])).reset_index(drop=True)


def persons_by(net: StakeholderNetwork, people: pd.DataFrame | None, *, by: str) -> pd.DataFrame:
    """Return how many persons came for each organisation, or to each meeting.

    Parameters
    ----------
    net : StakeholderNetwork
        With ``persons`` in its attendance: heads at one meeting.
    people : pandas.DataFrame or None
        What :func:`people_of` gave; without it, nobody is known again at the next meeting.
    by : {"actor", "event"}
        One row an organisation, or a meeting.

    Returns
    -------
    pandas.DataFrame
        ``name``; ``heads``, where one person counts at each meeting anew; ``persons`` and ``came_again`` (to two
        meetings or more), where there are pseudonyms. True counts, not for the public: see
        :func:`suppress_small_counts`.

    Examples
    --------
    >>> from stakeholder_net import build_network
    >>> net = build_network(attendance=pd.DataFrame({
    ...     "actor": ["Avis Offida", "Avis Offida"], "event": ["E1", "E2"], "persons": [2, 1]}))
    >>> persons_by(net, None, by="actor")[["name", "heads"]].values.tolist()
    [['Avis Offida', 3]]
    """
    column = f"{by}_id"
    names = (net.actors if by == "actor" else net.events)["name"]
    seats = net.attendance
    heads = seats.dropna(subset="persons") if "persons" in seats.columns else seats.iloc[:0].assign(persons=0)
    table = heads.groupby(column)["persons"].sum().astype("int64").rename("heads").to_frame()
    if people is not None:
        met = people.groupby([column, "person"])["event_id"].nunique()
        table["persons"] = met.groupby(level=0).size()
        if by == "actor":
            table["came_again"] = (met > 1).groupby(level=0).sum()
        told = [name for name in ("persons", "came_again") if name in table.columns]
        table[told] = table[told].fillna(0).astype("int64")
    table.insert(0, "name", names.reindex(table.index))
    return table.sort_values(["heads", "name"], ascending=[False, True])


def keep_people(folder: Path, config: Config, *, people: pd.DataFrame) -> Path:
    """Write the pseudonyms to ``data/restricted``, each row with the day after which it goes.

    Parameters
    ----------
    folder : pathlib.Path
        The project.
    config : Config
        Its settings.
    people : pandas.DataFrame
        What :func:`people_of` gave.

    Returns
    -------
    pathlib.Path
        The file, for its owner only.
    """
    until = {_label(entry): config.keeps_until(entry) for entry in config.files}
    rows = people.assign(delete_after=people["source_file"].map(until))
    restricted_folder(folder)
    return _write_people(folder, rows)


def _write_people(folder: Path, rows: pd.DataFrame) -> Path:
    days = pa.array(
        list(rows["delete_after"].astype("object").where(rows["delete_after"].notna(), None)), pa.date32()
    )
    table = pa.table(
        {name: pa.array(rows[name].astype("object"), pa.string()) for name in _COLUMNS[:-1]}
        | {_COLUMNS[-1]: days}
    )
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return write_bytes(folder / PEOPLE, out.getvalue(), mode=0o600)


def today() -> dt.date:
    """Return the day on this machine.

    Returns
    -------
    datetime.date
        In the time zone of the machine.
    """
    return dt.datetime.now().astimezone().date()


# --- what a sheet said of organisations --------------------------------------------------------------------------
def keep_rows(folder: Path, entry: FileEntry, *, cleaned: Cleaned) -> Path:
    """Keep what a sheet says of organisations, without its persons, for the time when the sheet itself has gone.

    Parameters
    ----------
    folder : pathlib.Path
        The project.
    entry : FileEntry
        What the project says of the sheet.
    cleaned : Cleaned
        Its clean rows, in which no person stands.

    Returns
    -------
    pathlib.Path
        The file in ``data/restricted/kept``.
    """
    restricted_folder(folder)
    out = io.BytesIO()
    cleaned.frame.to_parquet(out, index=False, compression="zstd")
    return write_bytes(_kept(folder, entry), out.getvalue())


def kept_rows(folder: Path, entry: FileEntry) -> Cleaned | None:
    """Return the rows that :func:`keep_rows` kept; None where it kept none.

    Parameters
    ----------
    folder : pathlib.Path
        The project.
    entry : FileEntry
        What the project says of the sheet.

    Returns
    -------
    Cleaned or None
        All rows accepted: those set aside went with the sheet.
    """
    path = _kept(folder, entry)
    if not path.is_file():
        return None
    frame = pd.read_parquet(path)
    return Cleaned(entry.table, frame, (), len(frame), len(frame), 0, 0, file=_label(entry))


def _kept(folder: Path, entry: FileEntry) -> Path:
    said = " ".join(
        [_label(entry), entry.table, entry.sheet or "", *sorted(f"{k}={v}" for k, v in entry.where.items())]
    )
    return folder / KEPT / f"{hashlib.sha256(said.encode()).hexdigest()[:16]}.parquet"


# --- how long ---------------------------------------------------------------------------------------------------------
def past_retention(config: Config, on: dt.date, *, still_in: Path | None = None) -> dict[str, dt.date]:
    """Return which files of a project name persons for longer than the office said.

    Parameters
    ----------
    config : Config
        Settings of the project.
    on : datetime.date
        The day on which is asked.
    still_in : pathlib.Path, optional
        The project's folder: only files that are still there count then.

    Returns
    -------
    dict of str to datetime.date
        Path of each file and its last day, which has passed.

    Examples
    --------
    >>> sheet = {"path": "a.xlsx", "table": "attendance", "conservare_fino_al": "2024-12-31"}
    >>> past_retention(Config.model_validate({"title": "x", "files": [sheet]}), dt.date(2025, 1, 1))
    {'a.xlsx': datetime.date(2024, 12, 31)}
    """
    days = {entry.path: config.keeps_until(entry) for entry in config.files}
    late = {path: day for path, day in days.items() if day is not None and day < on}
    return {path: day for path, day in late.items() if still_in is None or (still_in / path).is_file()}


def what_to_purge(folder: Path, config: Config, *, on: dt.date) -> list[Removal]:
    """Return what a purge would take away on a day.

    Sheets in ``data/restricted`` are the program's to delete once their day has passed; sheets elsewhere are the
    office's own and are only named. Rows of pseudonyms go by the day that is written beside them, also where the sheet
    or its entry has gone before, and all of them where the project no longer asks for pseudonyms.

    Parameters
    ----------
    folder : pathlib.Path
        The project.
    config : Config
        Its settings.
    on : datetime.date
        The day on which is asked.

    Returns
    -------
    list of Removal
        In the order in which they go.
    """
    past = past_retention(config, on)
    labels = {PurePosixPath(path).as_posix(): day for path, day in past.items()}
    found: list[Removal] = []
    people = _people(folder)
    if people is not None and len(people):
        gone = _overdue(people, labels, on) | (not config.persons.pseudonyms)
        if gone.any():
            found.append(Removal("persons", PEOPLE, rows=int(gone.sum())))
    aside = _set_aside(folder, config)
    rows = sum(row[0] in labels for row in aside[1:])
    if rows:
        found.append(Removal("set_aside", f"{config.processed}/set_aside.csv", rows=rows))
    if past:
        found += [Removal("cache", path.relative_to(folder).as_posix()) for path in _caches(folder, config)]
    for path, day in past.items():
        if (folder / path).is_file():
            found.append(Removal("raw" if _is_ours(folder, path) else "named", path, day))
    return found


def purge(folder: Path, config: Config, *, on: dt.date) -> list[Removal]:
    """Take away what :func:`what_to_purge` lists, and write it down without a name.

    Parameters
    ----------
    folder : pathlib.Path
        The project.
    config : Config
        Its settings.
    on : datetime.date
        The day on which it is done.

    Returns
    -------
    list of Removal
        What has gone; ``named`` is still there.

    Raises
    ------
    StakeholderNetError
        When something cannot be deleted; what went before is in the log.
    """
    past = {PurePosixPath(path).as_posix(): day for path, day in past_retention(config, on).items()}
    done = what_to_purge(folder, config, on=on)
    for removal in done:
        if removal.what == "named":
            continue
        path = folder / removal.path
        fingerprint = sha256_of(path)[:12] if path.is_file() else ""
        try:
            _take(folder, config, removal, past, on)
        except OSError as error:
            raise StakeholderNetError(
                f"{removal.path}: cannot be deleted ({error.strerror or error}).",
                "Close it in other programs, then say again: stakeholder-net purge --yes",
            ) from error
        _write_down(folder, on, removal, fingerprint)
    return done


def _take(folder: Path, config: Config, removal: Removal, past: dict[str, dt.date], on: dt.date) -> None:
    path = folder / removal.path
    if removal.what == "persons":
        people = _people(folder)
        if people is not None:
            gone = _overdue(people, past, on) | (not config.persons.pseudonyms)
            _write_people(folder, people[~gone])
    elif removal.what == "set_aside":
        rows = _set_aside(folder, config)
        out = io.StringIO(newline="")
        kept = [row for number, row in enumerate(rows) if number == 0 or row[0] not in past]
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(kept)
        write_bytes(path, out.getvalue().encode("utf-8-sig"))
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _people(folder: Path) -> pd.DataFrame | None:
    path = folder / PEOPLE
    if not path.is_file():
        return None
    try:
        people: pd.DataFrame = pq.read_table(path).to_pandas(date_as_object=True)
    except pa.ArrowInvalid as error:
        raise StakeholderNetError(
            f"{PEOPLE}: not readable ({str(error).splitlines()[0]}).",
            "Make it anew with: stakeholder-net build",
        ) from error
    return people


def _overdue(people: pd.DataFrame, past: dict[str, dt.date], on: dt.date) -> pd.Series[bool]:
    days = [isinstance(day, dt.date) and day < on for day in people["delete_after"]]
    return pd.Series(days, index=people.index, dtype="bool") | people["source_file"].isin(list(past))


def _set_aside(folder: Path, config: Config) -> list[list[str]]:
    """Return the rows of the file of rows set aside, headings first; its first column is the file."""
    path = folder / config.processed / "set_aside.csv"
    if not path.is_file():
        return [[]]
    try:
        cells = read_text_grid(path, file=path.name).cells
    except UnreadableFileError:  # empty: nothing stands in it
        return [[]]
    return [["" if cell is None else str(cell) for cell in row] for row in cells if row]


def _label(entry: FileEntry) -> str:
    """Return how records name a file: see ``read_table``."""
    return PurePosixPath(entry.path).as_posix()


def _is_ours(folder: Path, path: str) -> bool:
    """Return whether a file lies in the restricted folder itself, not behind a link that leads out of it."""
    home = (folder / RESTRICTED).resolve()
    return (folder / path).resolve().is_relative_to(home) and not (folder / RESTRICTED).is_symlink()


def _caches(folder: Path, config: Config) -> list[Path]:
    """Return what programs leave beside what they opened: copies of notebooks, locks of sheets, half-written files."""
    found = [
        path for path in folder.rglob(".ipynb_checkpoints") if path.is_dir() and ".venv" not in path.parts
    ]
    found += [path for sign in ("~$*", ".~lock.*#") for path in (folder / RESTRICTED).glob(sign)]
    for place in (folder / config.processed, folder / config.output, folder / RESTRICTED):
        found += [*place.glob(f"{STAGED}*"), *place.glob(".*.part")]
    shown = folder / config.output / "notebooks"
    return sorted({*found, *([shown] if shown.is_dir() else [])})


def _write_down(folder: Path, on: dt.date, removal: Removal, fingerprint: str) -> None:
    """Add a line to the log: what sort of thing, when, why; the name of a sheet may hold that of a person."""
    path = folder / LOG
    former = path.read_text("utf-8") if path.is_file() else f"{','.join(_LOGGED)}\n"
    cells: Sequence[object] = (on, removal.what, removal.kept_until, fingerprint, removal.rows)
    write_bytes(path, f"{former}{_line(cells)}\n".encode())


def _line(cells: Iterable[object]) -> str:
    return ",".join("" if cell is None else str(cell) for cell in cells)
