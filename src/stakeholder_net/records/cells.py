"""What a cell of a sign-in sheet says besides the name of a body: who came for whom, two bodies, a job, a person."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from stakeholder_net.records._forms import NO_BODY, OFFICES, PLACE_PREFIXES, SAINTS
from stakeholder_net.records._given_names import GIVEN_NAMES
from stakeholder_net.records._headings import fold
from stakeholder_net.records.names import names_nobody, parse_name

__all__ = ["Part", "looks_like_person", "parse_cell", "parse_display_name"]

Manner = Literal["plain", "delegate"]

_TITLES = (
    "presidente|presidentessa|vice ?presidente|segretari[oa](?: generale)?|tesorier[ea]|direttore|direttrice"
    "|coordinat(?:ore|rice)|referente|responsabile|rappresentante(?: legale)?|legale rappresentante|delegat[oa]"
    "|assessor[ea]|assessora|sindac[oa]|vice ?sindac[oa]|consigliere?a?(?: comunale)?|volontari[oa]|operat(?:ore|rice)"
    "|educat(?:ore|rice)|assistente sociale|dirigente(?: scolastic[oa])?|funzionari[oa]|soci[oa]|dipendente"
    "|psicolog[oa]|docente|insegnante|parroco|don|amministrat(?:ore|rice)(?: unic[oa])?|collaborat(?:ore|rice)"
    "|project manager|manager|ceo|president|director|member|segreteria|ufficio stampa"
)
_TITLE = re.compile(rf"(?:(?:il|la) )?(?:{_TITLES})(?: (?:e|ed) (?:{_TITLES}))?", re.IGNORECASE)
_TITLE_BEHIND = re.compile(rf"\s*(?:[-\u2013,/]\s*|\(\s*)({_TITLE.pattern})\s*\)?\s*$", re.IGNORECASE)
_TITLE_BEFORE = re.compile(
    rf"^{_TITLE.pattern}(?:\s*[:,\u2013-]\s*|\s+(?:di|del|della|dello|dell['\u2019]|dei|degli|delle|presso)\s*)(?=\w)",
    re.IGNORECASE,
)
_MAYOR = re.compile(
    r"^(?:vice ?)?(?:sindac[oa]|assessor[ea]|assessora)(?: alle? .*?| ai .*?| al .*?)?"
    r" (?:del comune )?di (?=\w)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"^(?P<who>.*?)[\s,;-]*[(\[]?\s*\b(?:delegat[oa]\s+(?:da|dal|dalla|dell['\u2019]|della|del|di|per)?"
    r"|in rappresentanza d\w*|in rappr\.?(?:za)? d\w*|per conto d\w*|per delega d\w*|a nome d\w*"
    r"|in delega (?:per|d\w+))"
    r"['\u2019]?[\s:]*(?P<org>.+?)\s*$",
    re.IGNORECASE,
)
_DELEGATE_BEHIND = re.compile(r"\s*[(\[-]\s*(?:con |per )?(?:delega|delegat[oa])\s*[)\]]?\s*$", re.IGNORECASE)
_STRONG = re.compile(r"\s+/\s+|\s*;\s*|\s+\+\s+|\n+|\s*\|\s*")
# a dash or an `e` parts two bodies only before a word with which the name of a body begins
_HEAD = (
    r"(?:comune|amministrazione comunale|municipio|parrocchia|parr\.|cooperativa|coop\.|soc(?:ieta|ietà)?\.? coop\w*"
    r"|associazione|ass\.|a\.?p\.?s\.?|fondazione|istituto comprensivo|i\.?c\.?|università|azienda sanitaria"
    r"|a\.?v\.?i\.?s\.?|a\.?u\.?s\.?e\.?r\.?|a\.?n\.?t\.?e\.?a\.?s\.?|croce (?:verde|rossa|bianca|gialla)|pro[ -]?loco"
    r"|a\.?s\.?d\.?|consulta|ambito (?:territoriale|sociale|xx)|unione (?:dei )?comuni|caritas|liceo|provincia di"
    r"|regione)"
)
_STARTS = re.compile(rf"{_HEAD}(?![\w.])", re.IGNORECASE)
# what stands behind a dash describes an association more often than it names a second one
_DASH = re.compile(rf"\s+[-\u2013]\s+(?={_HEAD}(?![\w.])\s+\S)", re.IGNORECASE)
_AND_BODY = re.compile(rf"\s+(?:e|ed)\s+(?={_HEAD}(?![\w.])\s+\S)", re.IGNORECASE)
_COMUNE = re.compile(r"(?:comune|amministrazione comunale|municipio)\b", re.IGNORECASE)
_DESCRIBED = re.compile(r"(?:ass|soc)", re.IGNORECASE)
_MANY_TOWNS = re.compile(r"^(?:i )?comuni d(?:i|el|ell['\u2019]ambito)\s*:?\s*(?P<towns>.+)$", re.IGNORECASE)
_AND = re.compile(r"\s*[,;]\s*|\s+e\s+|\s+ed\s+")
_DEVICE = re.compile(
    r"\b(?:iphone|ipad|galaxy|huawei|xiaomi|redmi|pc|laptop|notebook|tablet|android|macbook|samsung|telefono)\b",
    re.IGNORECASE,
)
_GUEST = re.compile(
    r"\((?:ospite|guest|esterno|external|non verificato|unverified|host|organizzatore|me|io)\)", re.IGNORECASE
)
_ACRONYM = re.compile(r"(?:[A-ZÀ-Ý]\.?){2,8}(?: [A-ZÀ-Ý0-9][\w.]*)*")
_MOST_WORDS_OF_A_PERSON = 4
_BARE_FORMS = frozenset(
    ("ets", "aps", "odv", "onlus", "asd", "ssd", "scs", "srl", "spa", "coop", "cooperativa")
)
_NO_SURNAME = (
    PLACE_PREFIXES
    | SAINTS
    | {"fratte", "oratorio", "circolo", "casa", "centro", "gruppo", "il", "la", "l", "le", "ss"}
)


class Part(NamedTuple):
    """One body that a cell names.

    Parameters
    ----------
    org : str
        Name of the body as printed, without the person and the job beside it.
    manner : {"plain", "delegate"}
        Whether somebody came in its stead.
    """

    org: str
    manner: Manner = "plain"


def parse_cell(text: str) -> tuple[Part, ...]:
    """Which bodies does this cell of a sign-in sheet name?

    A person's name and job are left out; two bodies become two; an office of a body stays with it. A dash or *e* parts
    two bodies only before a word with which the name of a body begins: in doubt the cell stays whole.

    Parameters
    ----------
    text : str
        A cell of the column that holds the organisation.

    Returns
    -------
    tuple of Part
        Empty when the cell names no body: a citizen, a dash, a person.

    Examples
    --------
    >>> parse_cell("Mario Rossi (delegato Croce Verde)")
    (Part(org='Croce Verde', manner='delegate'),)
    >>> [part.org for part in parse_cell("Fond. Carisap / CSV Marche")]
    ['Fond. Carisap', 'CSV Marche']
    >>> parse_cell("Avis di Offida - Presidente"), parse_cell("cittadino")
    ((Part(org='Avis di Offida', manner='plain'),), ())
    """
    by_name: dict[str, Part] = {}
    for part in _parse(text):
        by_name.setdefault(part.org, part)
    return tuple(by_name.values())


def _parse(text: str) -> tuple[Part, ...]:
    if _names_nobody(text):
        return ()
    if match := _FOR.match(text):
        who = match["who"].strip(" ,;-–(")
        first = _parse(who) if who and _is_body(who) else ()
        org = match["org"]
        closed = org[:-1] if org[-1] in ")]" and org.count("(") < org.count(")") + org.count("]") else org
        return (*first, *(Part(part.org, "delegate") for part in _parse(closed.strip())))
    manner: Manner = "plain"
    if match := _DELEGATE_BEHIND.search(text):
        text, manner = text[: match.start()], "delegate"
    if match := _MANY_TOWNS.match(text):
        towns = [town.strip(" .") for town in _AND.split(match["towns"])]
        return tuple(Part(f"Comune di {town}", manner) for town in towns if town)
    parts: list[str] = []
    for piece in _pieces(text):
        name = _without_job(piece)
        if not name or _names_nobody(name):
            continue
        if parts and _is_office(name):
            parts[-1] = f"{parts[-1]} - {name}"
        elif parts and fold(name).replace(" ", "") in _BARE_FORMS:
            parts[-1] = f"{parts[-1]} {name}"
        else:
            parts.append(name)
    return tuple(Part(name, manner) for name in parts if not looks_like_person(name))


def _pieces(text: str) -> list[str]:
    strong = [piece.strip() for piece in _STRONG.split(text) if piece and piece.strip()]
    out: list[str] = []
    for piece in strong:
        for part in _cut(piece, _DASH, dash=True):
            out += _cut(part, _AND_BODY, dash=False)
    return out


def _cut(text: str, at: re.Pattern[str], *, dash: bool) -> list[str]:
    """Cut two bodies apart where each could stand alone; in doubt leave them together."""
    match = at.search(text)
    if match is None:
        return [text]
    left, right = text[: match.start()].strip(), text[match.end() :].strip()
    one, other = parse_name(left), parse_name(right)
    # an organ before its Comune is one body: Consulta degli anziani - Comune di Offida
    stands = (
        one.kind not in ("consulta", "sconosciuto")
        and not _is_office(left)
        and not (other.is_branch or other.is_generic or one.is_generic)
    )
    if dash:
        described = not _STARTS.match(left) or _DESCRIBED.match(left)
        stands = stands and bool(_COMUNE.match(right) or not (described or _DESCRIBED.match(right)))
    return [left, right] if stands else [text]


def _without_job(name: str) -> str:
    """Take away the job that somebody has in the body; a mayor stands for the Comune."""
    if _TITLE.fullmatch(name.strip(" ()-")):
        return ""
    name = _TITLE_BEHIND.sub("", name).strip()
    if match := _MAYOR.match(name):
        return f"Comune di {name[match.end() :].strip()}"
    return _TITLE_BEFORE.sub("", name).strip()


def _names_nobody(text: str) -> bool:
    folded = fold(text)
    return (
        not any(letter.isalnum() for letter in folded)
        or folded in NO_BODY
        or names_nobody(text)
        or bool(re.fullmatch(r"(?:libero |libera |privat[oa] )?cittadin[oaie](?: \w+)?", folded))
    )


def _is_office(name: str) -> bool:
    folded = fold(name)
    return any(folded == office or folded.startswith(f"{office} ") for office in map(fold, OFFICES))


def _is_body(name: str) -> bool:
    """Whether a name says of itself that it is a body's."""
    parsed = parse_name(name)
    return bool(parsed.forms) or parsed.kind != "sconosciuto" or parsed.is_generic


def looks_like_person(name: str) -> bool:
    """Return whether a name is most likely a natural person's: two to four words, a given name, no word of a body.

    Examples
    --------
    >>> [looks_like_person(name) for name in ("Mario Rossi", "Rossi Anna", "Fondazione Mario Rossi", "La Meridiana")]
    [True, True, False, False]
    """
    words = [word for word in re.split(r"[\s.]+", fold(name)) if word]
    if not 1 < len(words) <= _MOST_WORDS_OF_A_PERSON or not all(word.isalpha() for word in words):
        return False
    front = words[0] in GIVEN_NAMES and not _is_acronym(name)
    behind = (
        len(words) == len(("surname", "name")) and words[1] in GIVEN_NAMES and words[0] not in _NO_SURNAME
    )
    rest = " ".join(words[1:] if front else words)
    return (front or behind) and not _is_body(rest) and not {"e", "per", "con", "amici"} & set(words)


def _is_acronym(name: str) -> bool:
    """Whether the first word is written as initials are: ADA di Offida, not Ada Rossi."""
    first, _, rest = name.partition(" ")
    return first.isupper() and not rest.isupper()


def parse_display_name(text: str, *, shape: str) -> tuple[Part, ...]:
    """Which body stands in the name that somebody shows in a video meeting?

    Only a part in brackets or behind a dash is looked at, and it is left out when it may be a person's name.

    Parameters
    ----------
    text : str
        The name as the platform exports it.
    shape : {"teams", "zoom"}
        Zoom puts a former name of the person in brackets at the end.

    Examples
    --------
    >>> parse_display_name("Mario Rossi - BTS (Mario)", shape="zoom")
    (Part(org='BTS', manner='plain'),)
    >>> parse_display_name("Anna (Ospite)", shape="teams"), parse_display_name("iPhone di Anna", shape="zoom")
    ((), ())
    """
    text = _GUEST.sub("", text).strip()
    if shape == "zoom":
        text = re.sub(r"\s*\([^()]*\)\s*$", "", text)
    if _DEVICE.search(text):
        return ()
    inside = re.findall(r"[(\[]([^()\[\]]+)[)\]]", text)
    pieces = [
        piece.strip()
        for piece in re.split(r"\s+[-\u2013|_/]\s+|\s*\|\s*|,\s+", re.sub(r"[(\[].*", "", text))
        if piece.strip()
    ]
    candidates = [*inside, *pieces]
    sure = [
        name
        for name in candidates
        if _is_body(name) or (_ACRONYM.fullmatch(name) and not looks_like_person(name))
    ]
    if not sure and len(candidates) > 1:
        last = inside[0] if inside else pieces[-1]
        words = set(fold(last).split())
        if (
            not words & GIVEN_NAMES
            and not words & set(fold(pieces[0] if pieces else "").split())
            and last not in pieces[:1]
        ):
            sure = [last]
    return tuple(part for name in dict.fromkeys(sure[:1]) for part in parse_cell(name))
