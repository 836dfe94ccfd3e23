"""Make one page that opens from a file: shell, style, scripts and data in it, and leave to ask nothing of anybody."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Sequence
from importlib.resources import files

from stakeholder_net.pictures.map_data import as_json
from stakeholder_net.words import Language

__all__ = ["bundle", "page_html"]

_IMPORT = re.compile(r'^import\s[^;]*?from "\./(?P<file>[a-z_]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?(function|const|class) )", re.MULTILINE)
# our own sources, which hold these marks in comments only: a page that is sent by e-mail need not carry them
_COMMENT = re.compile(
    r"^[ \t]*//[^\n]*\n|^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n|/\*\* [^\n]*?\*/ ?", re.MULTILINE | re.DOTALL
)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_MARKER = re.compile(r"\{\{(\w+)\}\}")


def bundle(entry: str) -> str:
    """Join a module and those that it imports, each once and before whoever needs it, into one plain script.

    Parameters
    ----------
    entry : str
        Name of a module in the folder ``page``.

    Returns
    -------
    str
        A script in a scope of its own, without ``import``, ``export`` and comments.
    """
    folder = files("stakeholder_net.pictures") / "page"
    done: dict[str, str] = {}

    def visit(name: str) -> None:
        if name in done:
            return
        text = (folder / name).read_text(encoding="utf-8")
        for found in _IMPORT.finditer(text):
            visit(found["file"])
        done[name] = _INDENT.sub(" ", _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))).strip()

    visit(entry)
    return '(() => {\n"use strict";\n' + "\n".join(done.values()) + "\n})();\n"


def page_html(
    data: object, *, entry: str, title: str, language: Language, libraries: Sequence[str] = ()
) -> str:
    """Return the whole page.

    The page may run the scripts that stand in it, known by their hashes, use its one style sheet and show pictures
    that it holds; it may ask for nothing, not even from the computer that it was opened on.

    Parameters
    ----------
    data : object
        What JSON can hold.
    entry : str
        Module with which the page starts.
    title : str
        Shown until the scripts run, and in the window's title.
    language : {"it", "en"}
        Language in which the page opens.
    libraries : sequence of str
        Scripts to run before.
    """
    folder = files("stakeholder_net.pictures") / "page"
    style = (folder / "shell.css").read_text(encoding="utf-8")
    scripts = [_inert(script) for script in (*libraries, bundle(entry))]
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    parts = {
        "language": language,
        "policy": policy,
        "generator": "stakeholder_net",
        "title": html.escape(title),
        "style": style,
        "data": as_json(data),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    shell = (folder / "shell.html").read_text(encoding="utf-8")
    return _MARKER.sub(lambda found: parts[found[1]], shell)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inert(script: str) -> str:
    """Return a script that a page's parser does not take for the end of itself."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
