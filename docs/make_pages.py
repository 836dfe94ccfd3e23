"""Write the pages that follow from the code, the reference and the glossary: ``python docs/make_pages.py``."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

from stakeholder_net.report.glossary import glossary_page

HERE = Path(__file__).parent
ROOMS = {  # page: its title, the rooms on it
    "network": ("The network", ("network", "layers", "convert")),
    "records": ("Records", ("records", "records.build")),
    "measures": ("Measures", ("measures",)),
    "findings": ("Findings", ("findings",)),
    "pictures": ("Pictures", ("pictures",)),
    "report": ("Reports", ("report",)),
    "project": ("Projects, storage, sample", ("projects", "store", "samples")),
    "errors": ("Errors", ("errors",)),
}


def reference(title: str, rooms: tuple[str, ...]) -> str:
    """Return one page of the reference: what its rooms offer, in the order of the alphabet."""
    lines = [f"# {title}", "", "<!-- Written by docs/make_pages.py. -->"]
    for room in rooms:
        module = importlib.import_module(f"stakeholder_net.{room}")
        offered = {name: getattr(module, name) for name in module.__all__}
        # a function is named by the file in which it stands: a room and a file of it may bear the same name
        whole = [
            f"{value.__module__}.{name}"
            for name, value in sorted(offered.items())
            if inspect.isfunction(value) or inspect.isclass(value)
        ]
        lines += [line for name in whole for line in ("", f"::: {name}")]
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Return every page that this script writes."""
    made = {HERE / "reference" / f"{page}.md": reference(*about) for page, about in ROOMS.items()}
    return made | {HERE / "glossary.md": glossary_page()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
