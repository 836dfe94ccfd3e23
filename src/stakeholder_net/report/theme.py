"""Colours, measures and typeface of the pages, the same in every format."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from stakeholder_net.errors import MissingExtraError

__all__ = ["ACCENT", "BLUE", "FONT", "GREY", "INK", "RULE", "TEXT_WIDTH_CM", "font_files"]

BLUE: Final = "0B3B6E"
INK: Final = "1F2D3D"
GREY: Final = "5A6673"
RULE: Final = "B9C2CC"
BAND: Final = "F2F5F9"
ACCENT: Final = "0072B2"  # Okabe and Ito's blue: told apart by every eye

FONT: Final = "Titillium Web"
FACES: Final = {"regular": "Regular", "bold": "SemiBold", "italic": "Italic"}

PAGE_CM: Final = (21.0, 29.7)
MARGIN_CM: Final = 2.2
TEXT_WIDTH_CM: Final = PAGE_CM[0] - 2 * MARGIN_CM


def further_fonts() -> set[Path]:
    """Return the folder of the typeface for signs that ours has not: Greek, Cyrillic, Hebrew, Arabic."""
    drawing = find_spec("matplotlib")
    if drawing is None or drawing.origin is None:
        return set()
    folder = Path(drawing.origin).parent / "mpl-data" / "fonts" / "ttf"
    return {folder} if folder.is_dir() else set()


def font_files() -> dict[str, Path]:
    """Return the files of the faces that the pages use.

    Raises
    ------
    MissingExtraError
        When the typeface is not installed.
    """
    try:
        import fontpkg_titillium_web as package  # noqa: PLC0415 - an optional part
    except ModuleNotFoundError as error:
        raise MissingExtraError("The typeface of the report", "report") from error
    folder = Path(package.ROOT) / "files"
    return {face: folder / f"TitilliumWeb-{name}.ttf" for face, name in FACES.items()}
