"""How results look in a notebook: what they hold, tables cut to their first rows, every string escaped."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

import pandas as pd

__all__ = ["Shown"]

ROWS: Final = 8
TEXT: Final = 300  # letters of a value
ITEMS: Final = 6  # of a mapping or a sequence


class Shown:
    """A dataclass that shows its fields in a notebook, in the order in which they stand.

    A class names in ``_shown`` the fields to show where not all are meant for the eye: rows that were set aside may
    print what an office wrote by hand.
    """

    __slots__ = ()
    _shown: ClassVar[tuple[str, ...]] = ()

    def _repr_html_(self) -> str:
        fields = dataclasses.fields(self)  # type: ignore[arg-type]
        names = self._shown or tuple(field.name for field in fields if field.repr)
        lines, tables = [], []
        for name in names:
            for label, value in _unfold(name, getattr(self, name)):
                if isinstance(value, pd.DataFrame | pd.Series):
                    tables.append(_table(label, value))
                else:
                    lines.append(f"<tr><th scope='row'>{_text(label)}</th><td>{_value(value)}</td></tr>")
        facts = f"<table><tbody>{''.join(lines)}</tbody></table>" if lines else ""
        return f"<div><strong>{_text(type(self).__name__)}</strong>{facts}{''.join(tables)}</div>"


def _unfold(name: str, value: object) -> Iterator[tuple[str, object]]:
    """Return a field, or each table of a field that holds several."""
    if isinstance(value, Mapping) and any(isinstance(inner, pd.DataFrame) for inner in value.values()):
        yield from ((f"{name}: {key}", inner) for key, inner in value.items())
    elif isinstance(
        said := getattr(value, "model_fields_set", None), set
    ):  # settings: those that somebody made
        yield from ((key, getattr(value, key)) for key in sorted(said))
    else:
        yield name, value


def _table(label: str, value: pd.DataFrame | pd.Series) -> str:
    frame = value.to_frame() if isinstance(value, pd.Series) else value
    rest = len(frame) - ROWS
    more = f"<p>… +{rest}</p>" if rest > 0 else ""
    named = frame.index.name is not None
    body = frame.head(ROWS).to_html(
        border=0, index=named, max_cols=None, na_rep="", float_format="{:.3g}".format
    )
    return f"<p><b>{_text(label)}</b> ({len(frame)} × {frame.shape[1]})</p>{body}{more}"


def _value(value: object) -> str:
    """Return a value as HTML: what a network or a mapping holds, told shortly."""
    own = getattr(value, "_repr_html_", None)
    if own is not None:
        return str(own())
    if isinstance(value, Mapping):
        return _listed([f"{key}: {inner}" for key, inner in value.items()])
    if isinstance(value, tuple | list):
        return _listed([_settings(item) for item in value])
    return _text(value)


def _settings(item: object) -> str:
    """Return what was set of some settings; anything else as text."""
    said = getattr(item, "model_fields_set", None)
    return str(item) if said is None else ", ".join(f"{key} = {getattr(item, key)}" for key in sorted(said))


def _listed(items: list[str]) -> str:
    more = [f"… +{len(items) - ITEMS}"] if len(items) > ITEMS else []
    return "<br>".join([_text(item) for item in items[:ITEMS]] + more)


def _text(value: object) -> str:
    text = "" if value is None else str(value)
    return html.escape(text if len(text) <= TEXT else f"{text[:TEXT]}…")
