"""The report as a PDF that can be archived (PDF/A-3a) and listened to (PDF/UA-1), with its numbers attached."""

from __future__ import annotations

import json
import re
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from stakeholder_net.errors import StakeholderNetError
from stakeholder_net.report import theme
from stakeholder_net.report.context import ReportContext
from stakeholder_net.report.laid_out import laid_out

__all__ = ["pdf_bytes"]

UNKNOWN: Final = "\N{WHITE SQUARE}"
ELSEWHERE: Final = re.compile(r"[\u2e80-\ud7ff\uf900-\ufaff\U00010000-\U0010ffff]")  # emoji, letters of Asia
NO_GLYPH: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
TRIES: Final = 60


def pdf_bytes(context: ReportContext) -> bytes:
    """Return the report as the bytes of a PDF; equal content gives equal bytes.

    Raises
    ------
    MissingExtraError
        When the typeface is not installed.
    StakeholderNetError
        When typst refuses the pages, which the tests should have seen first.
    """
    fonts = {path.parent for path in theme.font_files().values()} | theme.further_fonts()
    template = files("stakeholder_net.report").joinpath("templates", "report.typ").read_bytes()
    texts = {"pages.json": json.dumps(laid_out(context), ensure_ascii=False)}
    texts |= {f"{key}.svg": picture.svg for key, picture in context.pictures.items() if picture.svg}
    texts = {name: ELSEWHERE.sub(UNKNOWN, text) for name, text in texts.items()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.typ").write_bytes(template)
        (folder / "data.json").write_text(context.to_json(), "utf-8")
        for key, picture in context.pictures.items():
            if not picture.svg:
                (folder / f"{key}.png").write_bytes(picture.png)
        for _ in range(TRIES):
            for file, text in texts.items():
                (folder / file).write_text(text, "utf-8")
            try:
                return _set(folder, [str(font) for font in sorted(fonts)])
            except typst.TypstError as error:
                if not (sign := _without_glyph(str(error.message))):
                    message = f"The PDF could not be set: {error.message}."
                    raise StakeholderNetError(message, "Save the report as .docx.") from error
                texts = {file: text.replace(sign, UNKNOWN) for file, text in texts.items()}
    message = "The PDF could not be set: too many signs are in none of its typefaces."
    raise StakeholderNetError(message, "Save the report as .docx.")


def _set(folder: Path, fonts: list[str]) -> bytes:
    """Set the pages that stand in a folder."""
    return bytes(
        typst.compile(
            str(folder / "report.typ"),
            root=str(folder),
            font_paths=fonts,
            ignore_system_fonts=True,
            pdf_standards=["a-3a", "ua-1"],
            timestamp=0,
        )
    )


def _without_glyph(message: str) -> str:
    """Return the text that no typeface has, from what typst says of it; empty where it says something else."""
    found = NO_GLYPH.search(message)
    if found is None:
        return ""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found[1])
