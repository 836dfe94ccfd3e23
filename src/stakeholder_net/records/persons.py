"""Persons of the sheets, only where an office asks for them to be counted: a pseudonym under a key, never a name."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NoReturn

from stakeholder_net._files import write_bytes, write_text
from stakeholder_net.errors import StakeholderNetError
from stakeholder_net.records._headings import fold

__all__ = ["KEY_FILE", "KEY_VARIABLE", "RESTRICTED", "PersonKey", "make_key", "read_key", "restricted_folder"]

RESTRICTED: Final = "data/restricted"
KEY_FILE: Final = "person.key"
KEY_VARIABLE: Final = "STAKEHOLDER_NET_PERSON_KEY"
_BYTES, _LETTERS = 32, 16  # of the key; of a pseudonym, 64 bits
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class PersonKey:
    """A secret under which persons become pseudonyms; it shows itself to nobody.

    Without the key a pseudonym cannot be told from chance, and a list of names does not help; who holds the key can try
    names. Pseudonyms therefore stay personal data (GDPR, articles 4(5) and 32).

    Parameters
    ----------
    secret : bytes
        At least 32 bytes.

    Examples
    --------
    >>> key = PersonKey(b"an example of thirty-two letters")
    >>> key
    PersonKey(hidden)
    >>> key.pseudonym("Rossi Maria", "") == key.pseudonym("MARIA  Rossi", "")
    True
    """

    __slots__ = ("__secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) < _BYTES:
            raise StakeholderNetError(
                f"The key of persons has {len(secret)} bytes; {_BYTES} are the least.",
                "Make one with: stakeholder-net persons key",
            )
        self.__secret = secret

    def __repr__(self) -> str:
        return "PersonKey(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key of persons is not written anywhere.")

    def pseudonym(self, name: str, email: str) -> str:
        """Return 16 hexadecimal letters for a person; empty where neither name nor e-mail is known.

        Small and large letters, accents, and the order of the parts of the name make no difference; an e-mail does:
        the same name with another address, or with none, is another person.
        """
        parts = " ".join(sorted(fold(unicodedata.normalize("NFC", name).casefold()).split()))
        address = unicodedata.normalize("NFC", email).casefold().strip()
        if not parts and not address:
            return ""
        digest = hmac.new(self.__secret, f"{parts}\x00{address}".encode(), hashlib.sha256)
        return digest.hexdigest()[:_LETTERS]


def email_in(texts: Iterable[str]) -> str:
    """Return the first e-mail address among the contacts of a row."""
    return next((word for text in texts for word in text.split() if "@" in word), "")


def restricted_folder(folder: Path) -> Path:
    """Make the folder of what must not be published: for its owner only, and out of git whatever else git is told.

    Parameters
    ----------
    folder : pathlib.Path
        The project.

    Returns
    -------
    pathlib.Path
        ``data/restricted`` in it.

    Raises
    ------
    StakeholderNetError
        When it cannot be made.
    """
    place = folder / RESTRICTED
    try:
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o700)
    except OSError as error:
        raise StakeholderNetError(
            f"{RESTRICTED}: cannot be made ({error.strerror or error}).",
            "Check that the project folder may be written to.",
        ) from error
    if not (place / ".gitignore").exists():
        write_text(place / ".gitignore", "*\n")
    return place


def make_key(folder: Path) -> Path:
    """Make a new secret in ``data/restricted`` of a project, readable by its owner only.

    Parameters
    ----------
    folder : pathlib.Path
        The project.

    Returns
    -------
    pathlib.Path
        The file of the key.

    Raises
    ------
    StakeholderNetError
        When there is a key already: another one would make other persons of the same names.
    """
    path = restricted_folder(folder) / KEY_FILE
    if path.exists():
        raise StakeholderNetError(
            f"{RESTRICTED}/{KEY_FILE}: there is a key already; under a new one nobody is who he was.",
            "Delete that file yourself to begin anew; the former pseudonyms then join with nothing.",
        )
    return write_bytes(path, f"{secrets.token_hex(_BYTES)}\n".encode(), mode=0o600)


def read_key(folder: Path) -> PersonKey:
    """Read the secret of a project from the environment or from ``data/restricted``.

    Parameters
    ----------
    folder : pathlib.Path
        The project.

    Returns
    -------
    PersonKey
        Ready to make pseudonyms.

    Raises
    ------
    StakeholderNetError
        When there is none, when others may read it, or when it is too short.
    """
    said = os.environ.get(KEY_VARIABLE, "").strip()
    if said:
        return PersonKey(said.encode())
    path = folder / RESTRICTED / KEY_FILE
    if not path.is_file():
        raise StakeholderNetError(
            f"stakeholder.toml asks for pseudonyms of persons, but there is no key: neither "
            f"{RESTRICTED}/{KEY_FILE} nor {KEY_VARIABLE}. No person was read.",
            "Make one with: stakeholder-net persons key - or take pseudonyms = true out of stakeholder.toml.",
        )
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise StakeholderNetError(
            f"{RESTRICTED}/{KEY_FILE}: others than its owner may read the key. No person was read.",
            f"Say: chmod 600 {RESTRICTED}/{KEY_FILE} - and make a new key if others have read it.",
        )
    return PersonKey(path.read_bytes().strip())
