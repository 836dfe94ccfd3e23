"""What ``stakeholder.toml`` may say, and what is said when it cannot be followed."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from stakeholder_net._checks import nearest_hint, unknown_name
from stakeholder_net.errors import InvalidProjectError
from stakeholder_net.public import FEWEST
from stakeholder_net.words import INTAKE_TABLES, KINDS, Language

__all__ = ["Config", "FileEntry", "NetworkOptions", "PersonOptions", "Processing", "read_config"]

TableName = Literal[
    "attendance", "events", "collaborations", "memberships", "register", "aliases", "ties", "priorities"
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _either(name: str, italian: str, default: Any) -> Any:  # noqa: ANN401 - a field of any type
    """Return a field that may be written in English or in Italian."""
    return Field(default=default, validation_alias=AliasChoices(name, italian))


class FileEntry(_Strict):
    """One file of the project: what it is, and what its columns mean where that cannot be guessed."""

    path: str
    table: TableName
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    where: dict[str, str] = Field(default_factory=dict)
    bare_town: Literal["comune"] | None = None
    layer: str | None = None
    kind: str | None = None
    source: str | None = None
    optional: bool = False
    keep_until: dt.date | None = _either("keep_until", "conservare_fino_al", None)
    legal_basis: str = _either("legal_basis", "base_giuridica", "")


class PersonOptions(_Strict):
    """Whether persons of the sheets are counted over meetings, and which counts are too small to be printed."""

    pseudonyms: bool = _either("pseudonyms", "pseudonimi", default=False)
    limit: Annotated[int, Field(ge=FEWEST)] = _either("limit", "soglia", 5)


class Processing(_Strict):
    """What the controller says for the record of processing (GDPR, article 30)."""

    controller: str = _either("controller", "titolare", "")
    officer: str = _either("officer", "responsabile_protezione_dati", "")
    purpose: str = _either("purpose", "finalita", "")
    legal_basis: str = _either("legal_basis", "base_giuridica", "")
    recipients: str = _either("recipients", "destinatari", "")
    keep_until: dt.date | None = _either("keep_until", "conservare_fino_al", None)


class NetworkOptions(_Strict):
    """How ties are derived."""

    weight: Literal["newman", "count", "jaccard"] = "newman"


class Config(_Strict):
    """What ``stakeholder.toml`` says."""

    title: str
    language: Language = "it"
    seed: Annotated[int, Field(ge=0)] = 7
    source: str = ""
    files: list[FileEntry] = Field(min_length=1)
    kinds: dict[str, str] = Field(default_factory=dict)
    network: NetworkOptions = NetworkOptions()
    persons: PersonOptions = _either("persons", "persone", PersonOptions())
    processing: Processing = _either("processing", "trattamento", Processing())
    calls: list[str] = Field(default_factory=list)
    processed: str = "data/processed"
    mended: str = "data/mended.csv"
    decisions: str = "data/decisions.csv"
    identities: str = "data/identities.csv"
    output: str = "output"

    def keeps_until(self, entry: FileEntry) -> dt.date | None:
        """Return the last day on which a file's persons may be kept: its own, else that of all."""
        return entry.keep_until or self.processing.keep_until


def read_config(file: Path) -> Config:
    """Read the settings of a project, or name every entry that cannot be followed.

    Raises
    ------
    InvalidProjectError
        When the file is not TOML, or says something that cannot be followed.
    """
    try:
        stated = tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidProjectError(f"{file}: not readable as TOML ({error}).", "Correct that line.") from error
    try:
        config = Config.model_validate(stated)
    except ValidationError as error:
        raise InvalidProjectError(
            _faults(file, error), "Correct these entries; docs/how-to/project.md shows them all."
        ) from error
    _check_words(file, config)
    return config


def _faults(file: Path, error: ValidationError) -> str:
    tables: dict[str, type[BaseModel]] = {"files": FileEntry, "network": NetworkOptions}
    tables |= dict.fromkeys(("persons", "persone"), PersonOptions)
    tables |= dict.fromkeys(("processing", "trattamento"), Processing)
    allowed = {name: tuple(model.model_fields) for name, model in tables.items()}
    lines = []
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            known = (
                allowed.get(str(fault["loc"][0]), tuple(Config.model_fields))
                if len(fault["loc"]) > 1
                else tuple(Config.model_fields)
            )
            lines.append(
                f"  {place}: there is no such key; known: {', '.join(known)}."
                f"{nearest_hint(fault['loc'][-1], known)}"
            )
        else:
            lines.append(f"  {place}: {fault['msg']} (found {fault['input']!r}).")
    return "\n".join([f"{file} says {len(lines)} thing(s) that cannot be followed:", *lines])


def _check_words(file: Path, config: Config) -> None:
    """Refuse kinds and columns that do not exist, with the nearest that do."""
    for name, kind in config.kinds.items():
        if kind not in KINDS:
            raise InvalidProjectError(f"{file}, kinds, '{name}': {unknown_name('kind', kind, KINDS)}")
    for number, entry in enumerate(config.files):
        if config.persons.pseudonyms and entry.table == "attendance" and config.keeps_until(entry) is None:
            raise InvalidProjectError(
                f"{file}, files.{number} ({entry.path}): pseudonyms are asked for, and no day is said until which "
                "persons are kept.",
                "Say keep_until (conservare_fino_al) here, or for all files in [processing] ([trattamento]).",
            )
        known = [column.name for column in INTAKE_TABLES[entry.table]]
        for column in entry.columns:
            if column not in known:
                raise InvalidProjectError(
                    f"{file}, files.{number} ({entry.path}), columns: {unknown_name('column', column, known)}"
                )
        if entry.kind is not None and entry.kind not in KINDS:
            raise InvalidProjectError(
                f"{file}, files.{number} ({entry.path}): {unknown_name('kind', entry.kind, KINDS)}"
            )
