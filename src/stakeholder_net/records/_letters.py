"""Letters: one plain spelling for all ways of typing, and back to a name fit to be shown."""

from __future__ import annotations

import re
import unicodedata

from stakeholder_net.records._forms import ACRONYMS, NATIONAL_BODIES, SAINTS, SMALL_WORDS

__all__ = ["PARTNERSHIP", "normalise", "public_name", "shown_town", "title_case"]

_APOSTROPHES = re.compile("['’‘`\u00b4\u02bc\u2032]")
_MARKS = re.compile("[\u0300-\u036f]")
_ORDINAL = re.compile(r"(?<=\d)\s*[°ºª^]")
_NUMBER_SIGN = re.compile(r"\bn\s*[°º.]\s*(?=\d)|\bnr\.?\s*(?=\d)", re.IGNORECASE)
_TIGHT_ACRONYM = re.compile(r"\b(?:[a-z]{1,2}\.){2,}(?:[a-z]{1,2}\b)?")
_LOOSE_ACRONYM = re.compile(r"\b(?:[a-z]\.\s+)+[a-z]\.")
_SPACED_ACRONYM = re.compile(r"\b(?:[a-z] ){2,}[a-z]\b")
_OTHER = re.compile(r"[^0-9a-z]+")
PARTNERSHIP = re.compile(r"\b(?P<form>s\.?\s?a\.?\s?s\.?|s\.?\s?n\.?\s?c\.?)\s+(?:di|of)\s.*$", re.IGNORECASE)


def _fold(text: str) -> str:
    """Return lower-case letters without accents."""
    return (
        text.casefold() if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    )


def normalise(name: object) -> str:
    """Return one plain spelling for all the ways of typing the same letters.

    Case, accents, apostrophes, quotes, dots of acronyms and blanks are levelled; saints are written ``s``.
    No word is dropped.

    Parameters
    ----------
    name : object
        A name as printed; a missing value gives the empty text.

    Returns
    -------
    str
        Lower-case words of a-z and 0-9, parted by single blanks.

    Examples
    --------
    >>> normalise("P.A.Ge.F.Ha."), normalise("Pagefha")
    ('pagefha', 'pagefha')
    >>> normalise("Comunita` di SANT’EGIDIO – A. S. D.")
    'comunita di s egidio asd'
    """
    if not isinstance(name, str):
        return ""
    text = _ORDINAL.sub("", name if name.isascii() else unicodedata.normalize("NFC", name))
    text = _fold(_NUMBER_SIGN.sub(" ", text))
    text = _APOSTROPHES.sub("'", text).replace("&", " e ")
    text = _TIGHT_ACRONYM.sub(lambda m: m.group().replace(".", "") + " ", text)
    text = _LOOSE_ACRONYM.sub(lambda m: re.sub(r"[.\s]", "", m.group()) + " ", text)
    text = _OTHER.sub(" ", text).strip()
    text = _SPACED_ACRONYM.sub(lambda m: m.group().replace(" ", ""), text)
    return " ".join("s" if word in SAINTS else word for word in text.split())


def _capital(word: str) -> str:
    """Return a word with capitals after a dash or an apostrophe; an article before the apostrophe stays small."""
    raised = re.sub(r"(^|['’\-\"“‘(/.])(\w)", lambda m: m[1] + m[2].upper(), word)
    return re.sub(r"^([DL]|Dell|Nell|All)(?=['’])", lambda m: m[1].lower(), raised)


def title_case(name: str) -> str:
    """Return a name printed in capitals as a person would write it; initials stay.

    Examples
    --------
    >>> title_case("PRIMAVERA COOPERATIVA SOCIALE"), title_case("AVIS COMUNALE DI FERMO ODV")
    ('Primavera Cooperativa Sociale', 'AVIS Comunale di Fermo ODV')
    """
    out = []
    for n, word in enumerate(name.split()):
        folded = _fold(word)
        plain = folded.strip("'\"().,-")
        if n and plain in SMALL_WORDS:
            out.append(folded)
        elif plain in NATIONAL_BODIES or plain in ACRONYMS or "." in word.strip("."):
            out.append(word)
        else:
            out.append(_capital(word.lower()))
    return " ".join(out)


def shown_town(town: str) -> str:
    """Return a town as one writes it; lists print it in capitals."""
    return title_case(town) if town.isupper() else town


def public_name(name: str) -> str:
    """Return a name fit to be shown: capitals softened, the partners of a small firm left out.

    Examples
    --------
    >>> public_name("Vetri SAS di Mario Rossi & C.")
    'Vetri SAS'
    """
    text = PARTNERSHIP.sub(lambda m: m["form"], " ".join(name.split()))
    if text.isupper() and " " in text:
        text = title_case(text)
    return text[:1].upper() + text[1:]
