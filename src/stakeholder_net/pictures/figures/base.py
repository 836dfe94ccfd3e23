"""What every figure shares: a title that says the finding, a caption, an alt text, and bytes that repeat."""

from __future__ import annotations

import copy
import functools
import io
import os
import textwrap
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from stakeholder_net._checks import check_option
from stakeholder_net._files import write_bytes, write_text
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.style import INK, SANS
from stakeholder_net.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet
    from matplotlib.text import Text

__all__ = ["GRID", "KEY", "MUTED", "Figure", "caption_of", "finish", "new_sheet", "number", "shorten"]

MUTED: Final = "#525c6b"
GRID: Final = "#e3e6ea"
PAPER: Final = "#ffffff"
KEY: Final = "key"
FRAME: Final = ("title", "caption", KEY)  # what a page of a report says itself
Format = Literal["png", "svg", "pdf"]
_METADATA: Final[dict[str, dict[str, str | None]]] = {
    "png": {"Software": "stakeholder_net"},
    "svg": {"Creator": "stakeholder_net", "Date": None},
    "pdf": {"Creator": "stakeholder_net", "Producer": "stakeholder_net", "CreationDate": None},
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure for a report: it saves itself as PNG, SVG or PDF and says in words what is seen.

    Parameters
    ----------
    title : str
        The finding.
    alt : str
        What is seen, for those who do not see it.
    caption : str
        Source, dates and number of cases.
    sheet : matplotlib.figure.Figure
        The drawing, to go on with.
    key : tuple of str
        Names behind the numbers in the drawing, in their order; empty where nothing is numbered.
    """

    title: str
    alt: str
    caption: str
    sheet: Sheet = field(repr=False, compare=False)
    key: tuple[str, ...] = ()

    def save(self, path: str | os.PathLike[str], *, dpi: int = 200) -> Path:
        """Write the figure (the name's ending says how) and, beside it, its alt text (``.alt.txt``).

        The same network gives the same bytes. Text in SVG and PDF is text.

        Parameters
        ----------
        path : str or path
            Ends in ``.png``, ``.svg`` or ``.pdf``; a file of that name is replaced.
        dpi : int
            Dots per inch of a PNG.

        Raises
        ------
        OptionError
            When the name ends otherwise.
        StakeholderNetError
            When the file cannot be written.
        """
        target = Path(path)
        fmt = check_option("format", target.suffix.lower().lstrip("."), ("png", "svg", "pdf"))
        write_text(target.with_name(f"{target.name}.alt.txt"), f"{self.alt}\n")
        return write_bytes(target, self._bytes(fmt, dpi))

    def png(self, *, dpi: int = 144) -> bytes:
        """Return the figure as PNG."""
        return self._bytes("png", dpi)

    def svg(self) -> str:
        """Return the figure as SVG, with text that can be searched and copied."""
        return self._svg(None)

    def _svg(self, box: Any) -> str:  # noqa: ANN401 - a box of matplotlib
        return self._bytes("svg", 72, box).decode("utf-8")

    def bare(self, *, dpi: int = 130, letters: float = 1.2) -> tuple[bytes, str, float, float]:
        """Return the drawing for a page that says title, source and the names behind the numbers itself.

        Parameters
        ----------
        dpi : int
            Dots per inch of the PNG.
        letters : float
            How much larger the letters are than on a sheet of its own, for a page is narrower.

        Returns
        -------
        tuple
            PNG, SVG, width and height in inches; cut to what is drawn.
        """
        sheet: Sheet = copy.deepcopy(self.sheet)
        with drawing():
            for text in sheet.texts:
                text.set_visible(text.get_gid() not in FRAME)
            for text in _texts(sheet):
                text.set_fontsize(float(text.get_fontsize()) * letters)
            sheet.draw_without_rendering()
            box = sheet.get_tightbbox().padded(0.06)
        alone = replace(self, sheet=sheet)
        png, svg = alone._bytes("png", dpi, box), alone._svg(box)  # noqa: SLF001 - of the same class
        return png, svg, box.width, box.height

    def _bytes(self, fmt: str, dpi: int, box: Any = None) -> bytes:  # noqa: ANN401 - a box of matplotlib
        buffer = io.BytesIO()
        with drawing(), warnings.catch_warnings():
            # a letter that no font has is drawn as a box; nobody can act on the warning
            warnings.filterwarnings("ignore", message="Glyph .* missing")
            self.sheet.savefig(
                buffer, format=fmt, dpi=dpi, metadata=_METADATA[fmt], facecolor=PAPER, bbox_inches=box
            )
        return buffer.getvalue()

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002 - Jupyter's own signature
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"image/png": self.png(dpi=110), "text/plain": self.alt}, {"image/png": {"alt": self.alt}}


@functools.cache
def _fonts() -> tuple[str, ...]:
    """Return the families to use: the typeface of the Italian administration where it is installed, then DejaVu."""
    from matplotlib import font_manager  # noqa: PLC0415 - matplotlib is slow to load

    spec = find_spec("fontpkg_titillium_web")
    if spec is None or spec.origin is None:
        return SANS[1:]
    faces = sorted(Path(spec.origin).parent.rglob("*.ttf"))
    for face in faces:
        font_manager.fontManager.addfont(face)
    return SANS if faces else SANS[1:]


@contextmanager
def drawing() -> Iterator[None]:
    """Set how everything is drawn, and put the reader's settings back afterwards."""
    import matplotlib as mpl  # noqa: PLC0415 - matplotlib is slow to load

    look: dict[str, Any] = {
        "font.family": list(_fonts()),
        "font.size": 9.0,
        "text.color": INK,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.7,
        "xtick.color": INK,
        "ytick.color": INK,
        "svg.fonttype": "none",
        "svg.hashsalt": "stakeholder_net",
        "pdf.fonttype": 42,
        "pdf.compression": 6,
        "figure.dpi": 72.0,
        "savefig.dpi": 72.0,
        "axes.unicode_minus": False,
        "text.usetex": False,
    }
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(look)  # type: ignore[arg-type]  # keys are a closed list there
        yield


def new_sheet(width: float, height: float) -> Sheet:
    """Return an empty sheet, in inches; no window, no global state."""
    from matplotlib.figure import Figure as MplFigure  # noqa: PLC0415 - matplotlib is slow to load

    return MplFigure(figsize=(width, height), facecolor=PAPER)


def finish(sheet: Sheet, *, title: str, alt: str, caption: str, key: tuple[str, ...] = ()) -> Figure:
    """Write title and caption on a sheet, and close it."""
    width, height = sheet.get_size_inches()
    left = 0.3 / width
    fits = _wrapped(title, int(width * 10.4))
    sheet.text(
        left,
        1 - 0.22 / height,
        fits,
        fontsize=13,
        fontweight="bold",
        va="top",
        ha="left",
        linespacing=1.0,
        gid=FRAME[0],
    )
    sheet.text(
        left,
        0.14 / height,
        _wrapped(caption, int(width * 15.5)),
        fontsize=7.5,
        color=MUTED,
        va="bottom",
        ha="left",
        gid=FRAME[1],
    )
    return Figure(title=title, alt=alt, caption=caption, sheet=sheet, key=key)


def _texts(sheet: Sheet) -> list[Text]:
    from matplotlib.text import Text as Kind  # noqa: PLC0415 - matplotlib is slow to load

    return list(sheet.findobj(Kind))


def _wrapped(text: str, width: int) -> str:

    return "\n".join(textwrap.wrap(_plain(text), width) or [""])


def one_line(text: str) -> str:
    """Return text without line ends and without signs that cannot be drawn."""
    drawn = "".join(sign if unicodedata.category(sign)[0] != "C" or sign.isspace() else "" for sign in text)
    return " ".join(drawn.split())


def _plain(text: str) -> str:
    """Return text in which matplotlib finds no formula."""
    return one_line(text).replace("$", r"\$")


def shorten(text: str, length: int) -> str:
    """Return one line of text that fits, with an ellipsis where it was cut; never read as a formula.

    Examples
    --------
    >>> shorten("Associazione di promozione sociale", 16)
    'Associazione di…'
    """
    line = one_line(text)
    return (line if len(line) <= length else f"{line[: length - 1].rstrip()}…").replace("$", r"\$")


def number(value: float, language: Language, *, digits: int = 0) -> str:
    """Return a number as it is printed in a language.

    Examples
    --------
    >>> number(1234.5, "it", digits=1), number(1234.5, "en", digits=1)
    ('1.234,5', '1,234.5')
    """
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "it" else text


def caption_of(net: StakeholderNetwork, language: Language, *extra: str) -> str:
    """Return the line beneath a figure: source, first and last date, how many actors, events and ties."""
    dates = [net.events[name] for name in ("start", "end") if name in net.events.columns]
    dates += [net.ties[name] for name in ("since", "until") if name in net.ties.columns]
    first = min((column.min() for column in dates if column.notna().any()), default=None)
    last = max((column.max() for column in dates if column.notna().any()), default=None)
    actors, events, ties = (number(n, language) for n in (net.n_actors, len(net.events), net.n_ties))
    italian = language == "it"
    parts = [f"{'Fonte' if italian else 'Source'}: {net.source}" if net.source else ""]
    if first is not None and last is not None:
        parts.append(f"{first:%d/%m/%Y} – {last:%d/%m/%Y}")
    parts.append(
        f"{actors} attori, {events} eventi, {ties} legami"
        if italian
        else f"{actors} actors, {events} events, {ties} ties"
    )
    return " · ".join(part for part in (*parts, *extra) if part)


def clean(axes: Axes) -> None:
    """Take away frame and ticks."""
    axes.set_axis_off()
