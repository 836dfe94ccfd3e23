"""Keep a network in a folder: Parquet for programs, CSV beside it for people, a manifest that says what is what."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stakeholder_net._checks import problem
from stakeholder_net._files import finish_writing, formula_safe_frame, write_together
from stakeholder_net.errors import InvalidTablesError, StakeholderNetError, UnreadableFileError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import CORE_TABLES

__all__ = ["SCHEMA_VERSION", "read_manifest", "read_network", "write_network"]

SCHEMA_VERSION = 2
MANIFEST = "manifest.json"
_INDEXED = ("actors", "events", "layers")


def _tables(net: StakeholderNetwork) -> dict[str, pd.DataFrame]:
    frames = {name: getattr(net, name) for name in CORE_TABLES}
    return {name: frame.reset_index() if name in _INDEXED else frame for name, frame in frames.items()}


def write_network(
    net: StakeholderNetwork, folder: str | Path, *, provenance: Mapping[str, Any] | None = None
) -> list[Path]:
    """Write a network to a folder, byte for byte the same for the same network.

    A run that is stopped at any moment leaves the former network or the new one, whole, and never a mixture.

    Parameters
    ----------
    net : StakeholderNetwork
        What to keep.
    folder : str or pathlib.Path
        Made where it does not exist; files of the same name are replaced.
    provenance : mapping, optional
        Anything that JSON can hold: source files with their hashes, parameters, version.

    Returns
    -------
    list of pathlib.Path
        The files written, the manifest last.

    Raises
    ------
    StakeholderNetError
        When the folder cannot be written to.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a"], "name": ["Comune"], "kind": ["comune"]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_network(net, folder)
    ...     read_network(folder) == net
    True
    """
    base = Path(folder)
    contents: dict[str, bytes] = {}
    files: dict[str, dict[str, object]] = {}
    for name, frame in _tables(net).items():
        buffer = io.BytesIO()
        table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        pq.write_table(table, buffer, compression="zstd")
        data = contents[f"{name}.parquet"] = buffer.getvalue()
        csv = formula_safe_frame(frame).to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n")
        contents[f"{name}.csv"] = csv.encode("utf-8")
        files[f"{name}.parquet"] = {
            "rows": len(frame),
            "columns": list(frame.columns),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "name": net.name,
        "source": net.source,
        "fingerprint": net.fingerprint,
        "files": files,
        "provenance": dict(provenance or {}),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    contents[MANIFEST] = f"{text}\n".encode()
    return write_together(base, contents)


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """Read what a folder of processed data says of itself.

    Parameters
    ----------
    folder : str or pathlib.Path
        Folder that ``write_network`` wrote.

    Returns
    -------
    dict
        ``schema_version``, ``name``, ``source``, ``fingerprint``, ``files``, ``provenance``.

    Raises
    ------
    UnreadableFileError
        When there is no manifest.
    StakeholderNetError
        When it was written by another version of the schema.
    """
    path = Path(folder) / MANIFEST
    finish_writing(folder)
    if not path.is_file():
        raise UnreadableFileError(
            problem(
                "missing_file",
                file=str(path),
                base="the project folder",
                nearest=" Build it with: stakeholder-net build",
            )
        )
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise UnreadableFileError(
            problem("bad_file", file=str(path), expected="JSON", found=str(error))
        ) from error
    if manifest.get("schema_version") != SCHEMA_VERSION:
        raise StakeholderNetError(
            f"{path}: written by another version (schema {manifest.get('schema_version')}, this is {SCHEMA_VERSION}).",
            "Rebuild it from data/raw with: stakeholder-net build",
        )
    return manifest


def read_network(folder: str | Path) -> StakeholderNetwork:
    """Read a network that ``write_network`` wrote.

    Parameters
    ----------
    folder : str or pathlib.Path
        Folder with the Parquet files and the manifest.

    Returns
    -------
    StakeholderNetwork
        Equal to the one that was written.

    Raises
    ------
    UnreadableFileError
        When a file is missing or is none.
    StakeholderNetError
        When the files do not belong together (a file was changed by hand).
    """
    base = Path(folder)
    manifest = read_manifest(base)
    frames = {}
    for name in CORE_TABLES:
        path = base / f"{name}.parquet"
        if not path.is_file():
            raise UnreadableFileError(problem("missing_file", file=str(path), base=str(base)))
        try:
            frames[name] = pq.read_table(path).to_pandas()
        except pa.ArrowInvalid as error:
            raise UnreadableFileError(
                problem("bad_file", file=str(path), expected="Parquet", found=str(error).splitlines()[0])
            ) from error
    try:
        net = StakeholderNetwork(**frames, name=manifest["name"], source=manifest["source"])
    except InvalidTablesError as error:
        raise StakeholderNetError(
            f"{base}: {error.message}", "Rebuild it with: stakeholder-net build"
        ) from error
    if net.fingerprint != manifest["fingerprint"]:
        raise StakeholderNetError(
            f"{base}: the files do not belong to their manifest: a file was changed.",
            "Rebuild it with: stakeholder-net build",
        )
    return net
