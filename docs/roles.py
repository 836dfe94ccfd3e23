"""Docstrings write ``:func:`name``` for the help of an editor; on the pages only the name is left."""

from __future__ import annotations

import re

ROLE = re.compile(r":(?:func|meth|attr|class|mod):(?=<code>)")


def on_page_content(html: str, **_: object) -> str:
    """Take the roles away; mkdocs calls this for every page."""
    return ROLE.sub("", html)
