"""What mkdocs calls: pages of the reference made from the code at each build, and no roles of editors in them."""

from __future__ import annotations

import importlib
import inspect
import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOMS = {  # page: its title, the rooms on it
    "network": ("The network", ("network", "layers", "convert")),
    "records": ("Records", ("records", "records.build")),
    "measures": ("Measures", ("measures",)),
    "findings": ("Findings", ("findings",)),
    "pictures": ("Pictures", ("pictures",)),
    "report": ("Reports", ("report",)),
    "project": (
        "Projects, storage, sample",
        ("projects", "public", "custody", "processing", "store", "samples"),
    ),
    "errors": ("Errors", ("errors",)),
}
TITLED = re.compile(r"^```(\w+) title=\"([^\"]+)\"\n", re.MULTILINE)
ROLE = re.compile(r":(?:func|meth|attr|class|mod):(?=<code>)")


def reference(title: str, rooms: tuple[str, ...]) -> str:
    """Return one page of the reference: what its rooms offer, in the order of the alphabet."""
    lines = [f"# {title}"]
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


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that follow from the code."""
    for page, about in ROOMS.items():
        files.append(File.generated(config, f"reference/{page}.md", content=reference(*about)))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Set the name of a file above its block: the fence alone would be printed as text."""
    return TITLED.sub(r"`\2`\n\n```\1\n", markdown)


def on_page_content(html: str, **_: object) -> str:
    """Take the roles away that docstrings write for editors (``:func:``)."""
    return ROLE.sub("", html)
