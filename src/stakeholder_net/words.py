"""The words of the house: tables, columns with their aliases, kinds, roles, labels. Data, no logic.

A new column alias, a kind or an Italian label is one line here; hints, legends and reports follow.
"""

from __future__ import annotations

# one line a word: tables read better so than one value a line
# fmt: off
# ruff: noqa: ISC004 - a sentence may run over two lines
from dataclasses import dataclass
from typing import Final, Literal

__all__ = [
    "ALIAS_KINDS",
    "CORE_TABLES",
    "COUNTING_STATUSES",
    "EVENT_KINDS",
    "INTAKE_TABLES",
    "INVENTED",
    "KINDS",
    "KIND_GROUPS",
    "LANGUAGES",
    "LAYERS",
    "MESSAGES",
    "ORGANISING_ROLES",
    "ROLES",
    "STATUSES",
    "WEIGHT_MEANINGS",
    "Column",
    "Kind",
    "Language",
    "Status",
]

Language = Literal["it", "en"]
LANGUAGES: Final = ("it", "en")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        Name in code.
    dtype : {"text", "id", "date", "number", "integer", "flag", "choice"}
        How a cell is read.
    required : bool
        Whether the table is refused without it.
    aliases : tuple of str
        Other headings, lower case and without accents, under which offices write it.
    personal : bool
        Whether a cell may name or describe a natural person: such a column never leaves the reader.
    it, en : str
        Labels for people.
    """

    name: str
    dtype: str = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    personal: bool = False
    it: str = ""
    en: str = ""


# --- tables of the network (the core object) -------------------------------------------------------------------
CORE_TABLES: Final[dict[str, tuple[Column, ...]]] = {
    "actors": (
        Column("actor_id", "id", required=True, it="codice attore", en="actor id"),
        Column("name", required=True, it="attore", en="actor"),
        Column("kind", required=True, it="tipo", en="kind"),
        Column("municipality", it="comune", en="municipality"),
        Column("sector", it="settore", en="sector"),
        Column("themes", it="temi", en="themes"),
        Column("codes", it="codici", en="codes"),
        Column("registered", "flag", it="in registro", en="registered"),
        Column("person_count", "integer", it="persone", en="persons"),
    ),
    "events": (
        Column("event_id", "id", required=True, it="codice evento", en="event id"),
        Column("name", required=True, it="evento", en="event"),
        Column("kind", required=True, it="tipo", en="kind"),
        Column("layer", it="livello", en="layer"),
        Column("start", "date", it="inizio", en="start"),
        Column("end", "date", it="fine", en="end"),
        Column("place", it="luogo", en="place"),
        Column("theme", it="tema", en="theme"),
        Column("series", it="serie", en="series"),
    ),
    "attendance": (
        Column("actor_id", "id", required=True, it="codice attore", en="actor id"),
        Column("event_id", "id", required=True, it="codice evento", en="event id"),
        Column("status", "choice", required=True, it="stato", en="status"),
        Column("role", it="ruolo", en="role"),
        Column("hours", "number", it="ore", en="hours"),
        Column("persons", "integer", it="persone", en="persons"),
        Column("source", it="fonte", en="source"),
    ),
    "ties": (
        Column("source", "id", required=True, it="da", en="source"),
        Column("target", "id", required=True, it="a", en="target"),
        Column("layer", required=True, it="livello", en="layer"),
        Column("weight", "number", required=True, it="peso", en="weight"),
        Column("since", "date", it="dal", en="since"),
        Column("until", "date", it="al", en="until"),
        Column("shared_events", "integer", it="eventi comuni", en="shared events"),
        Column("evidence", it="prova", en="evidence"),
        Column("origin", it="origine", en="origin"),
    ),
    "layers": (
        Column("layer", "id", required=True, it="livello", en="layer"),
        Column("directed", "flag", required=True, it="orientato", en="directed"),
        Column("label", it="etichetta", en="label"),
        Column("kind", it="tipo", en="kind"),
        Column("unit", it="unità", en="unit"),
        Column("derived_from", it="derivato da", en="derived from"),
        Column("weight_means", "choice", it="il peso indica", en="weight means"),
    ),
    "presence": (
        Column("actor_id", "id", required=True, it="codice attore", en="actor id"),
        Column("layer", "id", required=True, it="livello", en="layer"),
    ),
}

# --- tables as offices hold them --------------------------------------------------------------------------------
_ACTOR_ALIASES = (
    "ente", "organizzazione", "ente/organizzazione", "ente di appartenenza", "organizzazione di appartenenza",
    "denominazione", "ragione sociale", "nome ente", "nome organizzazione", "soggetto", "associazione",
    "attore", "struttura", "azienda", "company", "organisation", "organization", "organisation name",
    "organization name", "name as printed", "name_as_printed", "actor", "ente rappresentato", "affiliazione",
    "ente / organizzazione", "denominazione ente", "nome o denominazione", "ente o associazione", "appartenenza",
)
_PERSON = Column(
    "person", personal=True, it="persona", en="person",
    aliases=(
        "nome e cognome", "cognome e nome", "nominativo", "partecipante", "partecipanti", "nome", "cognome",
        "referente", "first name", "last name", "full name", "attendee", "participant", "rappresentante",
        "legale rappresentante", "nome completo", "delegato", "nome_resp", "cogn_resp", "name (original name)",
        "nome partecipante", "display name", "delegate", "surname", "name original name", "nome nome originale",
        "nome visualizzato", "nome utente",
    ),
)
_CONTACT = Column(
    "contact", personal=True, it="recapito", en="contact",
    aliases=(
        "email", "e-mail", "mail", "posta elettronica", "telefono", "tel", "tel.", "cellulare", "phone",
        "indirizzo email", "indirizzo e-mail", "recapito", "pec", "user email", "contatto", "contact",
        "numero di telefono", "email address", "indirizzo di posta elettronica", "upn",
    ),
)
_SIGNATURE = Column(
    "signature", personal=True, it="firma", en="signature",
    aliases=("firma", "firma ingresso", "firma uscita", "signature", "firma leggibile"),
)
_MUNICIPALITY = Column(
    "municipality", it="comune", en="municipality",
    aliases=("comune", "nome_comune", "citta", "sede", "town", "city", "comune sede", "municipality", "comune di",
             "sede legale", "localita", "comune sede legale"),
)
_TAX_CODE = Column(
    "tax_code", "id", it="codice fiscale", en="tax code",
    aliases=("codice fiscale", "codice_fiscale", "c.f.", "cf", "partita iva", "p.iva", "p. iva", "tax code",
             "codice fiscale ente", "cod. fiscale", "c.f./p.iva"),
)
_KIND = Column(
    "kind", it="tipo", en="kind",
    aliases=("tipo", "tipologia", "natura", "natura giuridica", "forma giuridica", "categoria", "kind", "type",
             "tipo ente", "tipo di ente", "sezione", "sezione runts", "sezione registro"),
)
_SOURCE = Column("source", it="fonte", en="source", aliases=("fonte", "source", "source_id", "rif. fonte", "id fonte"))
_ROLE = Column(
    "role", it="ruolo", en="role",
    aliases=("ruolo", "qualifica", "ruolo dell'ente", "a che titolo", "role", "in qualita di", "funzione"),
)
_THEMES = Column(
    "themes", it="temi", en="themes",
    aliases=("temi", "tema", "ambito di attivita", "aree di intervento", "area di intervento", "themes", "theme",
             "competenze", "settori di attivita", "ambiti di intervento"),
)

INTAKE_TABLES: Final[dict[str, tuple[Column, ...]]] = {
    "attendance": (
        Column("actor", required=True, aliases=_ACTOR_ALIASES, it="ente", en="organisation"),
        Column("event", required=True, it="evento", en="event",
               aliases=("id evento", "codice evento", "event_id", "cod. evento", "codice incontro", "evento",
                        "incontro", "tavolo", "laboratorio", "riunione", "event", "meeting", "tavolo tematico",
                        "tavolo di lavoro", "gruppo di lavoro", "titolo incontro", "titolo dell'incontro",
                        "nome evento")),
        Column("status", "choice", it="presenza", en="status",
               aliases=("stato", "presenza", "presente", "partecipazione", "status", "attendee status",
                        "stato presenza", "presente/assente")),
        _ROLE,
        Column("date", "date", it="data", en="date",
               aliases=("data", "giorno", "data incontro", "date", "data evento", "data dell'incontro",
                        "date attending")),
        Column("arrived", "time", it="entrata", en="arrived",
               aliases=("entrata", "ora entrata", "ora di entrata", "ingresso", "ora di ingresso", "orario di ingresso",
                        "orario ingresso", "arrivo", "join time", "primo accesso", "first join", "orario entrata")),
        Column("left", "time", it="uscita", en="left",
               aliases=("uscita", "ora uscita", "ora di uscita", "orario di uscita", "orario uscita", "leave time",
                        "ultima uscita", "last leave")),
        Column("hours", "number", it="ore", en="hours",
               aliases=("ore", "durata", "durata (ore)", "hours", "ore di presenza", "n. ore", "duration",
                        "durata nella riunione", "in-meeting duration", "duration (minutes)", "durata (minuti)")),
        Column("persons", "integer", it="numero di persone", en="number of persons",
               aliases=("persone", "n. persone", "numero persone", "n persone", "numero partecipanti",
                        "n. partecipanti", "persons", "numero di persone", "people")),
        _MUNICIPALITY, _TAX_CODE, _KIND, _SOURCE, _PERSON, _CONTACT, _SIGNATURE,
    ),
    "events": (
        Column("event", "id", required=True, it="evento", en="event",
               aliases=("id evento", "codice evento", "event_id", "cod. evento", "codice incontro", "codice", "id",
                        "evento", "event")),
        Column("name", required=True, it="titolo", en="title",
               aliases=("titolo", "nome evento", "denominazione", "oggetto", "title", "name", "nome",
                        "titolo dell'incontro", "evento", "incontro")),
        _KIND,
        Column("start", "date", it="data di inizio", en="start",
               aliases=("data", "data inizio", "inizio", "dal", "start", "date", "data di inizio", "data evento")),
        Column("end", "date", it="data di fine", en="end",
               aliases=("data fine", "fine", "al", "end", "data di fine")),
        Column("precision", it="precisione della data", en="precision of the date",
               aliases=("precisione", "precisione della data", "date_precision")),
        Column("place", it="luogo", en="place", aliases=("luogo", "sede", "sala", "place", "location")),
        Column("theme", it="tema", en="theme", aliases=("tema", "argomento", "theme", "topic")),
        Column("series", it="serie", en="series", aliases=("serie", "ciclo", "series", "percorso")),
        _SOURCE,
    ),
    "collaborations": (
        Column("actor", required=True, aliases=_ACTOR_ALIASES, it="ente", en="organisation"),
        Column("collaboration", "id", required=True, it="progetto", en="project",
               aliases=("id progetto", "codice progetto", "project_id", "codice", "progetto", "collaborazione",
                        "accordo", "partenariato", "project", "convenzione", "protocollo", "collaboration",
                        "titolo progetto", "titolo del progetto", "nome progetto", "nome del progetto",
                        "denominazione progetto", "project title", "project name")),
        Column("name", it="titolo", en="title",
               aliases=("titolo", "titolo progetto", "titolo del progetto", "nome progetto", "nome del progetto",
                        "oggetto", "title", "denominazione progetto", "project title", "project name",
                        "progetto", "project", "partenariato", "accordo")),
        _ROLE, _KIND,
        Column("start", "date", it="anno o data", en="year or date",
               aliases=("anno", "data", "data inizio", "inizio", "dal", "year", "start", "date", "data stipula",
                        "data firma", "anno avvio", "anno di avvio", "data avvio", "data di avvio", "anno inizio",
                        "anno di inizio", "data di inizio", "avvio")),
        Column("end", "date", it="data di fine", en="end", aliases=("data fine", "fine", "scadenza", "al", "end")),
        Column("precision", it="precisione della data", en="precision of the date",
               aliases=("precisione", "precisione della data", "date_precision")),
        Column("amount", "number", it="importo", en="amount",
               aliases=("importo", "importo eur", "contributo", "finanziamento", "amount", "amount_eur", "euro",
                        "importo finanziato", "importo totale", "importo progetto", "contributo concesso")),
        _MUNICIPALITY, _TAX_CODE, _SOURCE, _THEMES, _PERSON, _CONTACT,
    ),
    "memberships": (
        Column("actor", required=True, it="membro", en="member",
               aliases=("membro", "socio", "componente", "aderente", "member", "member_as_printed", "consorziato",
                        "ente aderente", *_ACTOR_ALIASES)),
        Column("group", required=True, it="organismo", en="group",
               aliases=("organismo", "gruppo", "rete", "consulta", "ambito", "group", "raggruppamento", "consorzio",
                        "coordinamento", "direttivo")),
        Column("kind", it="tipo di organismo", en="kind of group",
               aliases=("tipo", "tipo organismo", "tipo di organismo", "group_kind", "kind")),
        _ROLE,
        Column("start", "date", it="dal", en="since", aliases=("dal", "data", "anno", "since", "start")),
        Column("end", "date", it="al", en="until", aliases=("al", "fino al", "until", "end")),
        _MUNICIPALITY, _TAX_CODE, _SOURCE, _PERSON, _CONTACT,
    ),
    "register": (
        Column("name", required=True, it="denominazione", en="name",
               aliases=("denominazione", "ragione sociale", "nome", "ente", "name", "comune", *_ACTOR_ALIASES)),
        _KIND, _MUNICIPALITY, _TAX_CODE,
        Column("ipa_code", "id", it="codice IPA", en="IPA code", aliases=("codice ipa", "cod_ipa", "ipa")),
        Column("istat_code", "id", it="codice ISTAT", en="ISTAT code",
               aliases=("codice istat", "cod_istat", "istat", "codice_comune")),
        Column("district", it="ambito", en="district", aliases=("ambito", "ats", "distretto", "district")),
        Column("population", "integer", it="abitanti", en="inhabitants",
               aliases=("abitanti", "popolazione", "residenti", "population", "pop_2023")),
        Column("province", it="provincia", en="province", aliases=("provincia", "sigla", "pr", "prov", "province")),
        _THEMES, _SOURCE, _PERSON, _CONTACT,
    ),
    "ties": (
        Column("source", required=True, it="da", en="from",
               aliases=("da", "ente a", "ente 1", "soggetto a", "from", "source", "donatore", "finanziatore")),
        Column("target", required=True, it="a", en="to",
               aliases=("a", "ente b", "ente 2", "soggetto b", "to", "target", "beneficiario")),
        Column("weight", "number", it="peso", en="weight",
               aliases=("peso", "intensita", "frequenza", "weight", "strength", "importo")),
        Column("layer", it="livello", en="layer", aliases=("livello", "relazione", "layer", "relation")),
        Column("since", "date", it="dal", en="since", aliases=("dal", "data", "since", "anno")),
        Column("until", "date", it="al", en="until", aliases=("al", "until")),
        Column("evidence", it="prova", en="evidence", aliases=("prova", "atto", "evidence", "nota")),
    ),
    "aliases": (
        Column("spelling", required=True, it="grafia", en="spelling",
               aliases=("grafia", "come scritto", "variante", "spelling", "as printed")),
        Column("name", it="nome", en="name",
               aliases=("nome", "denominazione", "nome corretto", "attore", "name", "canonical")),
        Column("what", "choice", it="cosa", en="what", aliases=("cosa", "oggetto", "what")),
        Column("only_in", it="solo in", en="only in", aliases=("solo in", "solo nell'evento", "only in", "scope")),
        Column("reason", it="motivo", en="reason", aliases=("motivo", "perche", "nota", "note", "reason")),
        _SOURCE,
    ),
    "priorities": (
        Column("actor", required=True, aliases=_ACTOR_ALIASES, it="ente", en="organisation"),
        Column("theme", required=True, it="tema", en="theme",
               aliases=("tema", "priorita", "proposta", "theme", "priority", "argomento")),
        Column("score", "number", it="punteggio", en="score",
               aliases=("punteggio", "voti", "voto", "score", "peso", "votes", "preferenze")),
        Column("rank", "integer", it="posizione", en="rank", aliases=("posizione", "ordine", "rank", "rango")),
        Column("session", it="sessione", en="session", aliases=("sessione", "tavolo", "evento", "session")),
        _PERSON, _CONTACT,
    ),
}

# --- closed lists -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Status:
    """One way of being, or not being, at an event."""

    it: str
    en: str
    counts: bool
    aliases: tuple[str, ...] = ()


STATUSES: Final[dict[str, Status]] = {
    "present": Status("presente", "present", counts=True, aliases=(
        "presente", "si", "s", "x", "p", "firmato", "yes", "y", "1", "checked in", "attended", "vero", "true",
        "ok", "presenza", "in presenza", "v", "intervenuto", "ha partecipato")),
    "remote": Status("collegato a distanza", "remote", counts=True, aliases=(
        "remoto", "da remoto", "online", "on line", "on-line", "a distanza", "collegato", "videoconferenza",
        "in collegamento", "collegato da remoto")),
    "delegate": Status("rappresentato da delegato", "by delegate", counts=True, aliases=(
        "delega", "delegato", "per delega", "con delega", "delegate")),
    "announced": Status("annunciato", "announced", counts=False, aliases=(
        "annunciato", "annunciata", "invitato", "invitata", "iscritto", "previsto", "prevista", "atteso", "attesa",
        "announced", "invited", "registered",
        "registered_only", "attending", "confermato", "confermata", "iscritta", "in programma")),
    "absent": Status("assente", "absent", counts=False, aliases=(
        "assente", "no", "n", "a", "0", "absent", "assente giustificato", "assente giustificata",
        "giustificato", "giustificata", "assenza", "not attending",
        "falso", "false", "non presente")),
    "unknown": Status("non precisato", "not stated", counts=False, aliases=(
        "non precisato", "sconosciuto", "nd", "n.d.", "n/d", "?", "unknown", "present_unspecified",
        "presenza non precisata", "da verificare")),
}
COUNTING_STATUSES: Final = tuple(code for code, status in STATUSES.items() if status.counts)

WEIGHT_MEANINGS: Final = ("strength", "distance", "unknown")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of actor: labels, and the group under which legends and reports show it."""

    it: str
    en: str
    group: str
    aliases: tuple[str, ...] = ()


KINDS: Final[dict[str, Kind]] = {
    "comune": Kind("Comune", "Municipality", "comune", ("comune", "municipality", "amministrazione comunale")),
    "unione_comuni": Kind("Unione di comuni", "Union of municipalities", "ambito",
                          ("unione", "unione di comuni", "unione montana", "comunita montana")),
    "ats": Kind("Ambito territoriale sociale", "Social-services district", "ambito",
                ("ats", "ambito", "ambito territoriale sociale", "ambito sociale")),
    "gal": Kind("Gruppo di azione locale", "Local action group", "ambito", ("gal", "gruppo di azione locale")),
    "provincia": Kind("Provincia", "Province", "ente_pubblico", ("provincia",)),
    "regione": Kind("Regione", "Region", "ente_pubblico", ("regione",)),
    "altro_ente_pubblico": Kind("Altro ente pubblico", "Other public body", "ente_pubblico",
                                ("ente pubblico", "consorzio pubblico")),
    "camera_commercio": Kind("Camera di commercio", "Chamber of commerce", "ente_pubblico", ("camera di commercio",)),
    "azienda_sanitaria": Kind("Azienda sanitaria", "Health authority", "sanita",
                              ("asl", "asur", "ast", "usl", "azienda sanitaria locale")),
    "asp_ipab": Kind("ASP o IPAB", "Public care body (ASP)", "sanita", ("asp", "ipab")),
    "scuola": Kind("Scuola", "School", "scuola_universita",
                   ("scuola", "istituto comprensivo", "istituto scolastico", "liceo")),
    "universita": Kind("Università o ricerca", "University or research", "scuola_universita",
                       ("universita", "ente di ricerca")),
    "ets_odv": Kind("Organizzazione di volontariato", "Voluntary organisation", "associazione",
                    ("odv", "organizzazioni di volontariato", "volontariato")),
    "ets_aps": Kind("Associazione di promozione sociale", "Social promotion association", "associazione",
                    ("aps", "associazioni di promozione sociale")),
    "ets_rete": Kind("Rete associativa", "Association network", "associazione",
                     ("rete associativa", "reti associative", "csv")),
    "ets_altro": Kind("Altro ente del terzo settore", "Other third-sector body", "associazione",
                      ("ets", "onlus", "ente del terzo settore", "terzo settore", "altri enti del terzo settore",
                       "societa di mutuo soccorso", "ente filantropico", "enti filantropici")),
    "associazione": Kind("Associazione", "Association", "associazione",
                         ("associazione", "associazioni", "comitato", "pro loco")),
    "asd": Kind("Associazione sportiva", "Sports club", "associazione", ("asd", "ssd", "associazione sportiva")),
    "gruppo_informale": Kind("Gruppo informale", "Informal group", "associazione", ("gruppo informale",)),
    "coop_sociale": Kind("Cooperativa sociale", "Social cooperative", "cooperativa",
                         ("cooperativa sociale", "impresa sociale", "cooperativa", "coop", "coop sociale",
                          "consorzio di cooperative", "cooperative sociali", "imprese sociali")),
    "fondazione": Kind("Fondazione", "Foundation", "fondazione", ("fondazione", "fondazioni")),
    "fondazione_bancaria": Kind("Fondazione di origine bancaria", "Banking foundation", "fondazione",
                                ("fondazione bancaria",)),
    "ente_religioso": Kind("Ente religioso", "Religious body", "fondazione",
                           ("parrocchia", "ente religioso", "diocesi")),
    "consulta": Kind("Consulta comunale", "Municipal consultative body", "consulta", ("consulta",)),
    "parte_sociale": Kind("Parte sociale", "Social partner", "consulta",
                          ("sindacato", "associazione di categoria", "parte sociale")),
    "ordine": Kind("Ordine professionale", "Professional order", "consulta", ("ordine professionale", "ordine")),
    "impresa": Kind("Impresa", "Company", "impresa", ("impresa", "societa", "azienda", "spa", "srl")),
    "sconosciuto": Kind("Tipo da precisare", "Kind not stated", "impresa", ("altro", "sconosciuto", "other")),
}

KIND_GROUPS: Final[dict[str, tuple[str, str]]] = {
    "comune": ("Comuni", "Municipalities"),
    "ambito": ("Ambiti e unioni", "Districts and unions"),
    "ente_pubblico": ("Altri enti pubblici", "Other public bodies"),
    "sanita": ("Sanità", "Health"),
    "scuola_universita": ("Scuole e università", "Schools and universities"),
    "associazione": ("Associazioni", "Associations"),
    "cooperativa": ("Cooperative sociali", "Social cooperatives"),
    "fondazione": ("Fondazioni ed enti religiosi", "Foundations and religious bodies"),
    "consulta": ("Consulte, parti sociali, ordini", "Consultative bodies and social partners"),
    "impresa": ("Imprese e altri", "Companies and others"),
}

ROLES: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "organiser": ("organizzatore", "organiser",
                  ("organizzatore", "promotore", "promoter", "host", "ospite", "ospitante")),
    "convenor": ("convocante", "convenor", ("convocante", "convener")),
    "facilitator": ("facilitatore", "facilitator", ("facilitatore", "facilitatrice", "conduttore")),
    "lead": ("capofila", "lead partner", ("capofila", "mandataria", "mandatario", "lead", "lead partner")),
    "partner": ("partner", "partner", ("partner", "mandante", "aderente")),
    "funder": ("finanziatore", "funder", ("finanziatore", "funder", "ente erogatore")),
    "grantee": ("beneficiario", "grantee", ("beneficiario", "grantee", "assegnatario")),
    "signatory": ("firmatario", "signatory", ("firmatario", "sottoscrittore", "signatory")),
    "speaker": ("relatore", "speaker", ("relatore", "relatrice", "speaker")),
    "founder": ("fondatore", "founder", ("fondatore", "founder")),
    "guest": ("invitato", "guest", ("guest", "uditore")),
    "member": ("componente", "member", ("componente", "membro", "socio", "member")),
    "body": ("organismo", "the body itself", ("organismo",)),
    "participant": ("partecipante", "participant", ("partecipante", "participant")),
}
ORGANISING_ROLES: Final = ("organiser", "convenor", "facilitator")

ALIAS_KINDS: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "actor": ("attore", "actor", ("ente",)),
    "event": ("evento", "event", ("incontro", "progetto", "project")),
    "not_an_actor": ("non è un ente", "not an actor", ("non è un attore", "nessun ente", "no")),
}

EVENT_KINDS: Final[dict[str, tuple[str, str]]] = {
    "workshop": ("laboratorio", "workshop"),
    "table": ("tavolo", "working table"),
    "agreement": ("firma di accordo", "agreement"),
    "focus_group": ("focus group", "focus group"),
    "presentation": ("presentazione", "presentation"),
    "conference": ("conferenza", "conference"),
    "consulta": ("consulta", "consultative body"),
    "committee": ("comitato", "committee"),
    "meeting": ("incontro", "meeting"),
    "partnership": ("partenariato", "partnership"),
    "grant": ("assegnazione di fondi", "grant"),
    "group": ("organismo", "group"),
}

# What the rows that show how a template is filled in say of themselves: Italian, English.
INVENTED: Final = ("ESEMPIO INVENTATO: cancellare", "INVENTED EXAMPLE: delete")

LAYERS: Final[dict[str, tuple[str, str]]] = {
    "attendance": ("Presenze agli incontri", "Attendance at meetings"),
    "partnership": ("Partenariati", "Partnerships"),
    "membership": ("Appartenenze", "Memberships"),
    "funding": ("Finanziamenti", "Funding"),
    "all": ("Tutti i livelli", "All layers"),
}

# --- sentences about faults: (what was found and expected, what to do) --------------------------------------------
MESSAGES: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "missing_column": {
        "en": ("the required column '{name}' is missing; the columns found are: {found}.",
               'Add it, or say in stakeholder.toml which column it is: columns = {{ {name} = "..." }}.{nearest}'),
        "it": ("manca la colonna obbligatoria '{name}'; le colonne trovate sono: {found}.",
               'Aggiungerla, oppure indicare in stakeholder.toml quale colonna è: columns = {{ {name} = "..." }}.'
               "{nearest}"),
    },
    "missing_event": {
        "en": ("no column '{name}' says which meeting it was; the columns found are: {found}.",
               'For a sheet of one meeting say which it is in stakeholder.toml: columns = {{ event = "=E01" }}; '
               "else add the column, or say its heading.{nearest}"),
        "it": ("nessuna colonna '{name}' dice quale incontro era; le colonne trovate sono: {found}.",
               'Per il foglio di un solo incontro dire quale in stakeholder.toml: columns = {{ event = "=E01" }}; '
               "altrimenti aggiungere la colonna, oppure indicarne l'intestazione.{nearest}"),
    },
    "missing_value": {
        "en": ("the cell is empty, but a value is required.", "Fill in the cell."),
        "it": ("la cella è vuota, ma un valore è obbligatorio.", "Compilare la cella."),
    },
    "bad_number": {
        "en": ("{value} is not a number.", "Write a number such as 12 or 1,5."),
        "it": ("{value} non è un numero.", "Scrivere un numero, per esempio 12 oppure 1,5."),
    },
    "bad_date": {
        "en": ("{value} is not a date that can be read without guessing.",
               "Write it as 03/09/2021 or 2021-09-03 (day, month, year)."),
        "it": ("{value} non è una data leggibile senza tirare a indovinare.",
               "Scriverla come 03/09/2021 oppure 2021-09-03 (giorno, mese, anno)."),
    },
    "bad_choice": {
        "en": ("{value} is not one of the allowed values: {allowed}.", "Use one of them.{nearest}"),
        "it": ("{value} non è uno dei valori ammessi: {allowed}.", "Usarne uno.{nearest}"),
    },
    "duplicate_row": {
        "en": ("this row repeats row {first} (same {key}).",
               "Nothing is lost: the repeated row is counted once. Delete it if it is a slip."),
        "it": ("questa riga ripete la riga {first} (stesso {key}).",
               "Non si perde nulla: la riga ripetuta è contata una volta. Cancellarla se è una svista."),
    },
    "conflicting_rows": {
        "en": ("this row contradicts row {first}: {detail}.", "Correct one of the two rows."),
        "it": ("questa riga contraddice la riga {first}: {detail}.", "Correggere una delle due righe."),
    },
    "duplicate_id": {
        "en": ("the id {value} stands in more than one row; ids must be unique.",
               "Give each row its own id, or join the rows."),
        "it": ("il codice {value} compare in più righe; i codici devono essere unici.",
               "Dare a ogni riga un proprio codice, oppure unire le righe."),
    },
    "unknown_reference": {
        "en": ("{value} does not stand in the table '{other}'.", "Add it there, or correct the spelling.{nearest}"),
        "it": ("{value} non compare nella tabella '{other}'.", "Aggiungerlo là, oppure correggere la grafia.{nearest}"),
    },
    "self_tie": {
        "en": ("a tie joins {value} to itself.", "Remove the row."),
        "it": ("un legame unisce {value} a sé stesso.", "Togliere la riga."),
    },
    "bad_weight": {
        "en": ("the weight {value} is not a finite number above zero.",
               "Give a positive strength; leave the row out where there is no tie."),
        "it": ("il peso {value} non è un numero finito maggiore di zero.",
               "Indicare un'intensità positiva; togliere la riga dove non c'è legame."),
    },
    "duplicate_tie": {
        "en": ("the tie {value} stands more than once in its layer.",
               "Add the weights up, or keep one row per pair and layer."),
        "it": ("il legame {value} compare più volte nello stesso livello.",
               "Sommare i pesi, oppure tenere una riga per coppia e livello."),
    },
    "future_event": {
        "en": ("the event is on {value}, after {as_of}, the day on which one looks back.",
               "Leave out what is yet to come with between(net, start, end), or give a later as_of."),
        "it": ("l'evento è del {value}, dopo il {as_of}, giorno da cui si guarda indietro.",
               "Escludere ciò che deve ancora avvenire con between(net, start, end), oppure indicare un as_of "
               "successivo."),
    },
    "undated_event": {
        "en": ("the event {value} has no date, so its age is not known.",
               "Give it a date, leave it out with between(net, start, end), or project without half_life."),
        "it": ("l'evento {value} non ha data, quindi non se ne conosce l'età.",
               "Indicare una data, escluderlo con between(net, start, end), oppure proiettare senza half_life."),
    },
    "bad_hours": {
        "en": ("{value} hours of attendance at an event of {most} hours.",
               "Write a number above zero that is not more than the event's hours; leave it empty if not known."),
        "it": ("{value} ore di presenza a un evento di {most} ore.",
               "Scrivere un numero maggiore di zero e non oltre le ore dell'evento; lasciare vuoto se non si sa."),
    },
    "empty_file": {
        "en": ("the file is empty.", "Save the sheet again with its rows, or take the file out of stakeholder.toml."),
        "it": ("il file è vuoto.", "Salvare di nuovo il foglio con le sue righe, oppure togliere il file da "
                                   "stakeholder.toml."),
    },
    "no_table": {
        "en": ("no table was found: no row holds the headings that are expected ({expected}).",
               "Put the headings in one row, or say which columns are which in stakeholder.toml."),
        "it": ("nessuna tabella trovata: nessuna riga contiene le intestazioni attese ({expected}).",
               "Mettere le intestazioni in una riga, oppure indicare le colonne in stakeholder.toml."),
    },
    "folder_in_use": {
        "en": ("this folder holds something already.", "Name a folder that is new or empty; nothing was changed."),
        "it": ("questa cartella contiene già qualcosa.",
               "Indicare una cartella nuova o vuota; nulla è stato cambiato."),
    },
    "no_sheets": {
        "en": ("there is no sheet in this folder.", "Name a folder, or files, that end in XLSX, XLS, ODS, CSV or TXT."),
        "it": ("in questa cartella non ci sono fogli.",
               "Indicare una cartella, o dei file, che finiscono in XLSX, XLS, ODS, CSV o TXT."),
    },
    "invented_rows": {
        "en": ("{count} rows are the invented ones of the template, and they count.",
               "Delete them when your own rows are in: they say INVENTED EXAMPLE."),
        "it": ("{count} righe sono quelle inventate del modello, e contano.",
               "Cancellarle quando le proprie righe ci sono: portano la scritta ESEMPIO INVENTATO."),
    },
    "no_rows": {
        "en": ("the table has headings but no rows.", "Add rows, or take the file out of stakeholder.toml."),
        "it": ("la tabella ha le intestazioni ma nessuna riga.", "Aggiungere righe, oppure togliere il file da "
                                                                 "stakeholder.toml."),
    },
    "missing_file": {
        "en": ("this file does not exist.", "Check the name and the folder; paths are relative to {base}.{nearest}"),
        "it": ("questo file non esiste.", "Controllare nome e cartella; i percorsi partono da {base}.{nearest}"),
    },
    "link_outside": {
        "en": ("this is a link to a file outside of the project.",
               "Put the file itself there, or write its own path in stakeholder.toml."),
        "it": ("questo è un collegamento a un file fuori dal progetto.",
               "Mettere qui il file stesso, oppure scrivere il suo percorso in stakeholder.toml."),
    },
    "missing_folder": {
        "en": ("this folder does not exist.", "Check the path, or make a new project with: stakeholder-net new {name}"),
        "it": ("questa cartella non esiste.", "Controllare il percorso, oppure crearne una con: "
                                              "stakeholder-net new {name}"),
    },
    "bad_encoding": {
        "en": ("the text is neither UTF-8 nor UTF-16 nor Windows (cp1252): byte {value} at position {position}.",
               "Save the file again as 'CSV UTF-8', or say encoding = \"...\" for it in stakeholder.toml."),
        "it": ("il testo non è UTF-8, UTF-16 né Windows (cp1252): byte {value} in posizione {position}.",
               "Salvare di nuovo il file come 'CSV UTF-8', oppure indicare encoding = \"...\" in stakeholder.toml."),
    },
    "bad_file": {
        "en": ("the file cannot be opened as {expected}: {found}.", "Open it in the office program and save it again."),
        "it": ("il file non si apre come {expected}: {found}.",
               "Aprirlo con il programma d'ufficio e salvarlo di nuovo."),
    },
    "bad_format": {
        "en": ("files that end in '{found}' are not read.", "Save it as one of: {expected}."),
        "it": ("i file che terminano in '{found}' non si leggono.", "Salvarlo come uno di: {expected}."),
    },
    "unknown_encoding": {
        "en": ("there is no encoding {value}.",
               'Say encoding = "cp1252" or "utf-8" in stakeholder.toml, or leave it out.'),
        "it": ("la codifica {value} non esiste.",
               'Indicare in stakeholder.toml encoding = "cp1252" oppure "utf-8", oppure toglierla.'),
    },
    "open_quote": {
        "en": ("a quoted cell begins in this row and never ends.", "Close the double quote, or take it away."),
        "it": ("in questa riga comincia una cella fra virgolette che non finisce mai.",
               "Chiudere le virgolette, oppure toglierle."),
    },
    "locked_file": {
        "en": ("the file is locked with a password.", "Save a copy without the password."),
        "it": ("il file è protetto da una password.", "Salvarne una copia senza password."),
    },
    "damaged_file": {
        "en": ("the file is damaged ({detail}).", "Open it in the office program and save it again."),
        "it": ("il file è danneggiato ({detail}).", "Aprirlo con il programma d'ufficio e salvarlo di nuovo."),
    },
    "too_large": {
        "en": ("the sheet is larger than a sheet of records can be: {found}; allowed: {allowed}.",
               "Delete stray cells far below or far right, or split the file."),
        "it": ("il foglio è troppo grande per un foglio di registrazioni: {found}; ammessi: {allowed}.",
               "Cancellare le celle isolate in fondo o all'estrema destra, oppure dividere il file."),
    },
    "missing_sheet": {
        "en": ("there is no sheet {value}; the sheets are: {found}.", 'Correct sheet = "...".{nearest}'),
        "it": ("non c'è il foglio {value}; i fogli sono: {found}.", 'Correggere sheet = "...".{nearest}'),
    },
    "sheet_not_read": {
        "en": ("this sheet holds a table too, and was not read.",
               'If it belongs to the records, give it its own [[files]] with sheet = "...".'),
        "it": ("anche questo foglio contiene una tabella, e non è stato letto.",
               'Se fa parte dei dati, dargli un proprio [[files]] con sheet = "...".'),
    },
    "hidden_sheet": {
        "en": ("this sheet is hidden and was not read.", 'If it belongs to the records, say sheet = "..." for it.'),
        "it": ("questo foglio è nascosto e non è stato letto.", 'Se fa parte dei dati, indicarlo con sheet = "...".'),
    },
    "columns_dropped": {
        "en": ("these columns were not read: {names}.",
               "If one of them matters, say which it is: columns = {{ ... }} in stakeholder.toml."),
        "it": ("queste colonne non sono state lette: {names}.",
               "Se una serve, indicare quale colonna è: columns = {{ ... }} in stakeholder.toml."),
    },
    "blank_status": {
        "en": ("{count} rows leave the cell empty; they are counted as not stated, which is not present.",
               "Write present, absent or announced where it is known."),
        "it": ("{count} righe lasciano la cella vuota; valgono come non precisato, che non è presente.",
               "Scrivere presente, assente o annunciato dove si sa."),
    },
    "personal_code": {
        "en": ("the cell holds the tax code of a person; it was not kept.", "Write the tax code of the organisation."),
        "it": ("la cella contiene il codice fiscale di una persona; non è stato conservato.",
               "Scrivere il codice fiscale dell'ente."),
    },
    "recovered_code": {
        "en": ("the code {value} had lost its leading zeros; with them its check digit is right, and it was kept so.",
               "Nothing to do; format the column as text to keep the zeros."),
        "it": ("il codice {value} aveva perso gli zeri iniziali; con essi la cifra di controllo è giusta ed è stato "
               "conservato così.", "Nulla da fare; formattare la colonna come testo per tenere gli zeri."),
    },
    "unknown_kind": {
        "en": ("the kind {value} is not known; the kind is worked out from the name.",
               "Use one of: {allowed}.{nearest}"),
        "it": ("il tipo {value} non è fra quelli noti; il tipo si ricava dal nome.",
               "Usarne uno fra: {allowed}.{nearest}"),
    },
    "formula_unsaved": {
        "en": ("the cell holds a formula whose result was not saved: it looks empty and is not.",
               "Open the file in the office program and save it again, or write the value here."),
        "it": ("la cella contiene una formula il cui risultato non è stato salvato: sembra vuota e non lo è.",
               "Aprire il file con il programma d'ufficio e salvarlo di nuovo, oppure scrivere qui il valore."),
    },
    "hidden_rows": {
        "en": ("{count} hidden rows were not read.",
               "If they belong to the records, show them or take the filter away, and save the file."),
        "it": ("{count} righe nascoste non sono state lette.",
               "Se fanno parte dei dati, mostrarle o togliere il filtro, e salvare il file."),
    },
    "unclear_mark": {
        "en": ("the mark in the cell is neither a yes nor a no.", "Write x, yes or no."),
        "it": ("il segno nella cella non è né un sì né un no.", "Scrivere x, sì oppure no."),
    },
    "bad_time": {
        "en": ("{count} times of arrival or departure cannot be read; no hours were worked out for them.",
               "Write them as 15:30."),
        "it": ("{count} orari di entrata o di uscita non si leggono; per quelle righe le ore non sono calcolate.",
               "Scriverli come 15:30."),
    },
    "mended": {
        "en": ("{count} cells were put right as the file of rows set aside says.", "Nothing to do."),
        "it": ("{count} celle sono state corrette come dice il file delle righe messe da parte.", "Nulla da fare."),
    },
    "broken_contract": {
        "en": ("{value} breaks the promise of the table: {check}.",
               "Correct the value; docs/reference/tables says what is allowed."),
        "it": ("{value} non mantiene ciò che la tabella promette: {check}.",
               "Correggere il valore; docs/reference/tables dice che cosa è ammesso."),
    },
    "backward_span": {
        "en": ("the end, {value}, is before the start, {start}.", "Correct one of the two dates."),
        "it": ("la fine, {value}, viene prima dell'inizio, {start}.", "Correggere una delle due date."),
    },
    "ragged_row": {
        "en": ("the row has {found} cells, the heading has {expected}.",
               "Look for a separator inside a cell, and put that cell in double quotes."),
        "it": ("la riga ha {found} celle, l'intestazione {expected}.",
               "Cercare un separatore dentro una cella e mettere quella cella fra virgolette."),
    },
    "unknown_event": {
        "en": ("the event {value} does not stand in the table of events.",
               "Add it to the table of events, or correct the code.{nearest}"),
        "it": ("l'evento {value} non compare nella tabella degli eventi.",
               "Aggiungerlo alla tabella degli eventi, oppure correggere il codice.{nearest}"),
    },
    "bare_town": {
        "en": ("{value} is the name of a town, not of an organisation.",
               "Write 'Comune di {raw}', add a line to the alias file, or say bare_town = \"comune\" for this file."),
        "it": ("{value} è il nome di un comune, non di un ente.",
               "Scrivere 'Comune di {raw}', aggiungere una riga al file delle grafie, oppure indicare "
               'bare_town = "comune" per questo file.'),
    },
    "no_body": {
        "en": ("the cell names a person or nothing, not an organisation.",
               "Nothing to do; the row is counted and kept apart, and no person becomes an actor."),
        "it": ("la cella indica una persona o nulla, non un ente.",
               "Nulla da fare; la riga è contata e tenuta a parte, e nessuna persona diventa un attore."),
    },
    "many_bodies": {
        "en": ("{value} names many bodies in one word.",
               "Write one row for each of them, or leave it: it is kept apart."),
        "it": ("{value} indica molti enti con una parola sola.",
               "Scrivere una riga per ciascuno, oppure lasciarla: è tenuta a parte."),
    },
    "which_town": {
        "en": ("{value} does not say of which municipality.",
               "Write 'Comune di ...', or add a line to the alias file for this event."),
        "it": ("{value} non dice di quale comune.",
               "Scrivere 'Comune di ...', oppure aggiungere una riga al file delle grafie per questo evento."),
    },
    "which_town_held": {
        "en": ("{value} does not say of which municipality; the event was held in {town}.",
               "If that is the one, write 'Comune di {town}', or add a line to the alias file for this event."),
        "it": ("{value} non dice di quale comune; l'evento si è tenuto a {town}.",
               "Se è quello, scrivere 'Comune di {town}', oppure aggiungere una riga al file delle grafie per questo "
               "evento."),
    },
    "contradiction": {
        "en": ("the decision {value} contradicts others: {chain}.",
               "See them with: stakeholder-net match --list; take one back with: stakeholder-net match --revoke ID."),
        "it": ("la decisione {value} ne contraddice altre: {chain}.",
               "Vederle con: stakeholder-net match --list; ritirarne una con: stakeholder-net match --revoke ID."),
    },
    "not_an_actor": {
        "en": ("{value} names no single organisation (alias file).", "Nothing to do; the row is counted and kept "
                                                                      "apart."),
        "it": ("{value} non indica un singolo ente (file delle grafie).",
               "Nulla da fare; la riga è contata e tenuta a parte."),
    },
    "ambiguous_name": {
        "en": ("{value} may be any of: {candidates}.",
               "Answer it with stakeholder-net match, or add a line to the alias file that says which one it is."),
        "it": ("{value} può essere uno fra: {candidates}.",
               "Rispondere con stakeholder-net match, oppure dire quale nel file delle grafie."),
    },
    "bad_tax_code": {
        "en": ("the tax code does not have a right check digit.", "Check it against the statute or the register."),
        "it": ("il codice fiscale non ha una cifra di controllo giusta.", "Verificarlo sullo statuto o nel registro."),
    },
}
