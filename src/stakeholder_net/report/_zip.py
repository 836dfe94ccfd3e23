"""The same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

__all__ = ["normalised"]

EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP knows


def normalised(data: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """Return an Office file whose ZIP depends on its content alone: sorted, without times.

    Parameters
    ----------
    data : bytes
        The file.
    replaced : mapping of str to bytes, optional
        Parts to write instead of those in the file.

    Returns
    -------
    bytes
        The file anew.
    """
    instead = replaced or {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, instead.get(name) or source.read(name), compresslevel=6)
    return out.getvalue()
