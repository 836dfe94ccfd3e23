"""The report as a PDF that can be archived (PDF/A-3a) and listened to (PDF/UA-1), with its numbers attached."""

from __future__ import annotations

import json
import tempfile
from importlib.resources import files
from pathlib import Path

import typst

from stakeholder_net.errors import StakeholderNetError
from stakeholder_net.report import theme
from stakeholder_net.report.context import ReportContext
from stakeholder_net.report.laid_out import laid_out

__all__ = ["pdf_bytes"]


def pdf_bytes(context: ReportContext) -> bytes:
    """Return the report as the bytes of a PDF; equal content gives equal bytes.

    Raises
    ------
    MissingExtraError
        When the typeface is not installed.
    StakeholderNetError
        When typst refuses the pages, which the tests should have seen first.
    """
    fonts = {path.parent for path in theme.font_files().values()}
    template = files("stakeholder_net.report").joinpath("templates", "report.typ").read_bytes()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.typ").write_bytes(template)
        (folder / "pages.json").write_text(json.dumps(laid_out(context), ensure_ascii=False), "utf-8")
        (folder / "data.json").write_text(context.to_json(), "utf-8")
        for key, picture in context.pictures.items():
            if picture.svg:
                (folder / f"{key}.svg").write_text(picture.svg, "utf-8")
            else:
                (folder / f"{key}.png").write_bytes(picture.png)
        try:
            made = typst.compile(
                str(folder / "report.typ"),
                root=str(folder),
                font_paths=[str(font) for font in fonts],
                ignore_system_fonts=True,
                pdf_standards=["a-3a", "ua-1"],
                timestamp=0,
            )
        except typst.TypstError as error:
            message = f"The PDF could not be set: {error.message}."
            raise StakeholderNetError(message, "Save the report as .docx.") from error
    return bytes(made)
