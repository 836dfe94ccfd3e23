"""What cells unfold to: one long text that many cells point at, or that an ODS repeats, fills the memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise

import numpy as np

__all__ = ["Texts", "longest_item", "pointers", "unfolded_ods"]

_CHUNK = 1 << 20
_OVERLAP = 512  # longer than a cell that points at a text
_ITEM = re.compile(rb"<(?:\w+:)?si[\s/>]")
_BARE = re.compile(rb"<(?:\w+:)?si\s*(?:/>|>\s*</)")
_TAG = re.compile(rb"<[^>]*+>")
_POINTS = re.compile(rb"""["']s["'][^<>]*+><(?:\w+:)?v>([0-9]{1,9}+)</(?:\w+:)?v></""")
_ODS_PART = re.compile(rb"<table:(?:(?P<row>table-row)|(?:covered-)?table-cell)\b(?P<said>[^>]*+)>")
_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d{1,9})""")
_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d{1,9})""")
_SPACES = re.compile(rb"""\btext:c\s*=\s*["'](\d{1,10})""")
_VALUE = re.compile(rb"""-value\s*=\s*(?:"([^"]*+)"|'([^']*+)')""")


@dataclass
class Texts:
    """The texts of an XLSX, kept once, and the cells that point at them.

    Parameters
    ----------
    longest : int
        Bytes between one text and the next: no text is longer.
    pointing : int
        Cells that say of themselves that their text stands elsewhere.
    kept, sheets : list of zipfile.ZipInfo
        Parts with texts, and with such cells.
    """

    longest: int = 0
    pointing: int = 0
    kept: list[zipfile.ZipInfo] = field(default_factory=list)
    sheets: list[zipfile.ZipInfo] = field(default_factory=list)

    def add(self, info: zipfile.ZipInfo, pointing: int, longest: int) -> None:
        """Take in what was found in one part."""
        self.longest, self.pointing = max(self.longest, longest), self.pointing + pointing
        if pointing:
            self.sheets.append(info)
        if longest:
            self.kept.append(info)

    def unfolded(self, archive: zipfile.ZipFile, most: int) -> int:
        """Return how many bytes of text the cells hold together, or more; beyond ``most`` it does not matter."""
        if self.pointing * self.longest <= most:  # nearly always, and without a look at one cell
            return self.pointing * self.longest
        lengths, is_bare = np.array([0], dtype=np.int64), False
        for info in self.kept:
            content = archive.read(info)
            begins = [match.start() for match in _ITEM.finditer(content)]
            # some readers count a bare one and others do not: then any cell may point at the longest
            is_bare = is_bare or any(_BARE.match(content, begin) for begin in begins)
            ends = pairwise([*begins, len(content)])
            said = np.array([len(_TAG.sub(b"", content[begin:end])) for begin, end in ends], dtype=np.int64)
            lengths = said if len(self.kept) == 1 else np.array([max(lengths.max(), said.max(initial=0))])
        total = known = 0
        for numbers in (
            () if is_bare else chain.from_iterable(_numbers(archive, info) for info in self.sheets)
        ):
            known += len(numbers)
            total += int(lengths[np.minimum(numbers, len(lengths) - 1)].sum())
            if total > most:
                return total
        # what does not say plainly which text it means, means the longest
        return total + max(0, self.pointing - known) * int(lengths.max(initial=0))


def longest_item(chunk: bytes, since: int) -> tuple[int, int]:
    """Return the longest text of a piece, and how long the last one is so far.

    Parameters
    ----------
    chunk : bytes
        The piece; a beginning that is cut in two makes a text look longer, never shorter.
    since : int
        Bytes since the last text began before it; 0 where none did.

    Examples
    --------
    >>> longest_item(b"vis</t></si><si><t>Auser</t></si><si><t>C", 9)
    (21, 8)
    >>> longest_item(b"<sst>", 0)
    (0, 0)
    """
    begins = [match.start() for match in _ITEM.finditer(chunk)]
    begins = [-since, *begins] if since else begins
    gaps = [end - begin for begin, end in pairwise([*begins, len(chunk)])]
    return max(gaps, default=0), gaps[-1] if gaps else 0


def pointers(chunk: bytes, former: bytes) -> int:
    """Count the cells of a piece of a sheet whose text stands elsewhere.

    Examples
    --------
    >>> pointers(b'" r="B1"><c t="s"', b'<c t="s')
    2
    """
    piece = former[-2:] + chunk
    return piece.count(b'"s"') + (piece.count(b"'s'") if b"'" in piece else 0)


def _numbers(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[np.ndarray]:
    """Yield which texts the cells of a sheet point at, piece by piece."""
    held = b""
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            piece, end, found = held + chunk, 0, []
            for match in _POINTS.finditer(piece):
                found.append(match[1])
                end = match.end()
            held = piece[max(end, len(piece) - _OVERLAP) :]
            yield np.array(found, dtype="S9").astype(np.int64)


def unfolded_ods(content: bytes, cells: int, most: int) -> int:
    """Return how many bytes the cells of an ODS unfold to: repeated, and spaces that are only counted.

    Parameters
    ----------
    content : bytes
        The part with the sheets.
    cells : int
        How many cells it spans.
    most : int
        Where it does not matter any more.

    Examples
    --------
    >>> row = b'<table:table-row table:number-rows-repeated="10"><table:table-cell table:number-columns-repeated="5">'
    >>> whole = row + b'<text:p>Avis<text:s text:c="96"/></text:p></table:table-cell></table:table-row>'
    >>> unfolded_ods(whole, 50, 4_000)
    5000
    """
    spaces = sum(map(int, _SPACES.findall(content)))
    if cells * (max(map(len, content.split(b"<table:"))) + spaces) <= most:
        return cells * spaces
    rows = total = 0
    for part, following in pairwise(chain(_ODS_PART.finditer(content), (None,))):
        if part is None:
            break
        if part["row"]:
            rows = _times(_ROWS, part["said"])
            continue
        held = content[part.end() : following.start() if following else len(content)]
        values = sum(len(value) for pair in _VALUE.findall(part["said"]) for value in pair)
        spaces = sum(map(int, _SPACES.findall(held)))
        total += rows * _times(_COLUMNS, part["said"]) * (len(_TAG.sub(b"", held)) + values + spaces)
        if total > most:
            break
    return total


def _times(repeated: re.Pattern[bytes], said: bytes) -> int:
    found = repeated.search(said) if b"repeated" in said else None
    return int(found[1]) if found else 1
