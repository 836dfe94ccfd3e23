"""What Italian offices write around a name: legal forms, abbreviations, national bodies. Data, no logic.

Patterns are read on normalised text (lower case, no accents, no dots). A new form is one line here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

# one line a form: tables read better so than one value a line
# fmt: off
# ruff: noqa: SIM905, E501 - tables


class Form(NamedTuple):
    """One way of writing a legal form.

    Parameters
    ----------
    pattern : str
        Regular expression on normalised text, without word borders.
    family : str
        What it makes of the body; two bodies of different families are two. Empty: says nothing about it.
    kind : str
        Kind of actor to which it points; empty when it points to none.
    keep : bool
        Whether the words stay in the core of the name (a croce verde is no mere form).
    """

    pattern: str
    family: str = ""
    kind: str = ""
    keep: bool = False


_ARL: Final = r"(?:\s+(?:a )?(?:r ?l|responsabilita limitata|rl))?"

# Order counts: the first pattern that fits a place wins, so longer ones stand first.
FORMS: Final[tuple[Form, ...]] = (
    # --- sports
    Form(r"ass\w* (?:poli)?sp\w* (?:e )?(?:culturale )?di?lett?\w*" , "asd", "asd"),
    Form(r"ass\w* (?:polisp\w* )?di?lett?\w*", "asd", "asd"),
    Form(r"soc\w* (?:poli)?sport\w* di?lett?\w*" + _ARL, "asd", "asd"),
    Form(r"soc\w* di?lett?\w*" + _ARL, "asd", "asd"),
    Form(r"as di?lettant\w*|ap di?lettant\w*|ac di?lettant\w*|di?lettantist\w*", "asd", "asd"),
    Form(r"a ?s ?d|s ?s ?d" + _ARL + r"|us ?d|ac ?d|ap ?d|acfd|afcd|gsd|ucd|scd|fcd|asc?d|polasd", "asd", "asd"),
    Form(r"ass\w* (?:poli)?sport\w*|unione sportiva|gruppo sportivo|soc\w* sportiva", "asd", "asd"),
    Form(r"polisportiva|bocciofila|calcio|volley|basket|pallavolo|pallacanestro|judo|ciclistic\w*|atletica",
         "", "asd", keep=True),
    # --- cooperatives
    Form(r"(?:piccola )?soc\w* coop\w*(?: va)? (?:di solidarieta )?soc\w*(?: di solidarieta)?(?: di tipo [ab])?" + _ARL,
         "cooperativa", "coop_sociale"),
    Form(r"coop\w*(?: va)? (?:di solidarieta )?soc\w*(?: di solidarieta)?(?: per azioni)?" + _ARL
         + r"(?: soc\w* coop\w*" + _ARL + ")?",
         "cooperativa", "coop_sociale"),
    Form(r"coop\w* di solidarieta", "cooperativa", "coop_sociale"),
    Form(r"soc\w* cooperativ\w*(?: per azioni| p a)?" + _ARL + r"|soc\w* coop" + _ARL, "cooperativa", "coop_sociale"),
    Form(r"scs?a?rl|scspa|scpa|scs|soc coop|cooperativa|coop(?: va)?", "cooperativa", "coop_sociale"),
    Form(r"impresa sociale", "", "coop_sociale"),
    Form(r"consorzio (?:di |fra |tra )?cooperative(?: sociali)?|consorzio", "consorzio", "coop_sociale"),
    Form(r"soc\w* cons\w*" + _ARL, "consorzio", "impresa"),
    # --- South Tyrol, in German
    Form(r"soz\w* ?gen\w*|genossenschaft\w*", "cooperativa", "coop_sociale"),
    Form(r"amateur ?sport\w*|asv", "asd", "asd"),
    Form(r"stiftung", "fondazione", "fondazione"),
    Form(r"verein", "associazione", "associazione"),
    # --- associations
    Form(r"ass\w* (?:di )?promozione sociale|aps", "associazione", "ets_aps"),
    Form(r"(?:ass\w*|organizzazione|org) (?:di )?vol(?:ontariato)?|o ?d ?v", "associazione", "ets_odv"),
    Form(r"organizzazione non lucrativa(?: di utilita sociale)?|on?lus|on?nlus", "", "ets_altro"),
    Form(r"enti? del terzo settore|e ?t ?s", "", "ets_altro"),
    Form(r"ong|non profit", "", "ets_altro"),
    Form(r"(?:associaz\w*|assoc|ass)(?: ne|ne|ni)? (?:cult\w*|ricreat\w*|musicale|amatoriale)(?: (?:e )?ricreat\w*)?", "associazione",
         "associazione"),
    Form(r"associaz\w*(?: ne)?|assoc(?: ne)?|ass(?: ne|ne|ni)?", "associazione", "associazione"),
    Form(r"pro ?loco", "", "associazione", keep=True),
    Form(r"misericordia|croce (?:verde|rossa|bianca|gialla|azzurra|blu)|pubblica assistenza|avis|aido|auser|anteas|"
         r"protezione civile|volontari\w*", "", "ets_odv", keep=True),
    Form(r"circolo|comitato|centro sociale|banda|coro|acli|arci|scout|agesci|cngei|club|anffas|aism|unitalsi|cai|"
         r"legambiente|wwf|caritas", "", "associazione", keep=True),
    Form(r"csv|centr[oi] (?:di )?serviz[io] (?:per )?(?:il )?volontariato", "", "ets_rete", keep=True),
    # --- foundations and religious bodies
    Form(r"(?:fondazione|fond) (?=cassa (?:di )?risparmio|cari(?!tas)[a-z]+\b)", "fondazione", "fondazione_bancaria"),
    Form(r"fondazione|fond ne|fond", "fondazione", "fondazione"),
    Form(r"parrocchia|parr", "parrocchia", "ente_religioso"),
    Form(r"(?:arci)?diocesi|caritas diocesana|suore|frati|monastero|seminario|istituto religioso|casa di procura",
         "", "ente_religioso", keep=True),
    # --- schools and universities
    Form(r"istituto (?:statale )?comprensivo(?: statale)?|istituto scolastico comprensivo|isc|ic",
         "scuola", "scuola"),
    Form(r"istituto (?:statale )?(?:di |d )?istruzione (?:secondaria |sup\w* )*|i ?i ?s|omnicomprensivo", "scuola", "scuola"),
    Form(r"liceo|istituto tecnico|istituto professionale|istituto alberghiero|ipsia|ipsar|itis|itcg?|cpia|"
         r"scuola (?:dell )?(?:infanzia|materna|primaria|media|secondaria)|scuola|"
         r"(?:direzione|circolo) didattic[ao]", "scuola", "scuola", keep=True),
    Form(r"univ\w* (?:degli )?studi|universita|politecnico|unicam|univpm|unimc|uniurb", "", "universita", keep=True),
    # --- public bodies
    Form(r"azienda sanitaria(?: territoriale| locale| unica regionale)?|azienda ospedaliera|unita sanitaria(?: locale)?|"
         r"asur|a?u?sl|ast|area vasta|distretto sanitario", "", "azienda_sanitaria", keep=True),
    Form(r"camera di commercio|cciaa", "", "camera_commercio", keep=True),
    Form(r"azienda (?:pubblica )?(?:di )?servizi alla persona|ipab", "", "asp_ipab", keep=True),
    Form(r"gal|gruppo di azione locale", "", "gal", keep=True),
    Form(r"unione (?:dei |di )?comuni|unione montana|comunita montana", "", "unione_comuni", keep=True),
    Form(r"consulta|cons(?= (?:pari|giov|anzian|disab|comunal|stranier))", "", "consulta", keep=True),
    Form(r"ordine (?=degli |dei |delle |provinciale )|collegio (?=degli |dei |provinciale )", "", "ordine", keep=True),
    Form(r"cgil|cisl|uil|uilp|spi|fnp|ugl|confcooperative|lega ?coop|confindustria|confartigianato|cna|coldiretti|"
         r"confcommercio|confesercenti|agci|camera del lavoro|lega regionale cooperative", "", "parte_sociale", keep=True),
    Form(r"gruppo informale|collettivo", "", "gruppo_informale", keep=True),
    # --- companies
    Form(r"(?:s ?r ?l ?s?|s ?p ?a|s ?a ?s|s ?n ?c|soc\w* (?:a )?responsabilita limitata|soc\w* per azioni)"
         r"(?: unipersonale)?",
         "impresa", "impresa"),
    Form(r"ditta|impresa|studio|banca", "", "impresa", keep=True),
    Form(r"a ?r ?l", "", ""),
)

# Words that carry no identity; kept when nothing else is left.
STOPWORDS: Final = frozenset(
    "il lo la i gli le l un uno una di d del dello della dei degli delle dell da dal dalla a al allo alla ai agli alle "
    "all in nel nella nell con per su sul sulla tra fra e ed o od the of and for n nr sigla abbreviato enunciabile anche "
    "denominata denominato breve".split()
)

# One word for each saint: offices write all of these for the same one.
SAINTS: Final = frozenset(("san", "santo", "santa", "sant", "s"))

ABBREVIATIONS: Final[dict[str, str]] = {
    "mons": "monsignor", "naz": "nazionale", "nazle": "nazionale", "it": "italiana", "ital": "italiana",
    "reg": "regione", "prov": "provincia", "prov le": "provinciale", "cult": "culturale", "com": "comunale",
    "amm ne": "amministrazione", "ist": "istituto", "univ": "universita", "fam": "famiglie", "vol": "volontari",
    "sez": "sezione", "dip": "dipartimento", "uff": "ufficio", "gr": "gruppo", "ss": "santissima",
    "ssmo": "santissima", "santissimo": "santissima", "proloco": "pro loco", "croceverde": "croce verde",
    "crocerossa": "croce rossa", "crocebianca": "croce bianca", "crocegialla": "croce gialla", "pol": "polisportiva",
    "polisport": "polisportiva", "cons": "consulta",
}

# National bodies whose sections are bodies of their own: without its town such a name says only the family.
# Each with the words by which it is known when written out: beginnings of words, in any order, all of them; behind the
# stroke those that may come with them.
NATIONAL_BODIES: Final[dict[str, tuple[str, ...]]] = {
    "anffas": ("naz fami disab / persone intellett relaz", "naz fami intellett / persone disturbi"),
    "aism": ("ital scleros multip",),
    "avis": ("volont sangue / ital",),
    "aido": ("ital donat organi", "ital donazione organi"),
    "admo": ("donatori midollo osseo",),
    "fidas": ("feder donat sangue / ital associaz",),
    "auser": ("autogestione servizi",),
    "anteas": ("eta attiv / naz terza tutte solidariet",),
    "ada": ("diritti anziani",),
    "acli": ("cristian lavorat / italian associaz",),
    "arci": ("ricreat cultural italian",),
    "anpi": ("partigiani / naz ital",),
    "cai": ("club alpino italiano",),
    "cri": ("croce rossa / ital",),
    "agesci": ("guide scout cattolici / ital",),
    "csi": ("centro sportivo italiano",),
    "uisp": ("unione italian sport tutti",),
    "aics": ("ital cultura sport",),
    "anspi": ("oratori circoli",),
    "fai": ("fondo ambiente italiano",),
    "wwf": ("world wildlife",),
    "legambiente": (),
    "emergency": (),
    "lipu": ("lega italiana protezione uccelli",),
    "unitalsi": ("trasporto ammalati lourdes / unione naz ital santuari internaz",),
    "uici": ("union ital ciechi / ipoved", "uic"),
    "ens": ("ente naz sord / protez assist",),
    "anmil": ("mutilati invalidi lavoro / naz lavoratori",),
    "anmic": ("mutilati invalidi civili / naz",),
    "aipd": ("ital persone down",),
    "lilt": ("lega tumori / ital lotta contro",),
    "ail": ("contro leucemie / ital linfomi mieloma",),
    "ant": ("assistenza nazionale tumori",),
    "avulss": (),
    "avo": ("volontari ospedalieri",),
    "csv": ("centr servizi volontariato",),
    "movimento vita": (),
    "anolf": ("naz oltre frontiere",),
    "cgil": ("confederaz generale lavoro / ital", "camera lavoro / territorial"),
    "cisl": ("confederaz sindacati lavoratori / ital",),
    "uil": ("unione italiana lavoro",),
    "caritas": ("caritas diocesana",),
    "slow food": (),
    "confcooperative": (),
    "legacoop": ("lega coop", "lega cooperative / naz regionale mutue"),
    "confindustria": (),
    "cna": ("confederazione nazionale artigianato",),
    "confartigianato": (),
    "coldiretti": (),
    "confcommercio": (),
    "confesercenti": (),
    "pro loco": ("pro loco / turistic",),
    "misericordia": ("misericordia / confraternita fraternita",),
    "croce verde": ("croce verde / pubblica assistenza pa",),
    "croce bianca": ("croce bianca / pubblica assistenza pa",),
    "croce gialla": ("croce gialla / pubblica assistenza pa",),
    "croce blu": ("croce blu / pubblica assistenza pa",),
    "croce azzurra": ("croce azzurra / pubblica assistenza pa",),
    "pubblica assistenza": ("pubblica assistenza / volontar",),
    "lions": ("lions club",),
    "rotary": ("rotary club",),
    "protezione civile": ("protez civile / volontar",),
}
# These have bodies at more than one level: the provincial one is not the municipal one.
MANY_LEVELS: Final = frozenset(
    "avis aido fidas auser anteas acli arci cri aics csi uisp anspi cgil cisl uil cna legacoop confcooperative coldiretti "
    "protezione civile legambiente caritas".split()
)
LEVELS: Final[dict[str, str]] = {
    "comunale": "comunale", "provinciale": "provinciale", "provincia": "provinciale", "interprovinciale": "provinciale",
    "prov": "provinciale", "provinciali": "provinciale", "regionale": "regionale", "regione": "regionale",
    "interregionale": "regionale", "nazionale": "nazionale",
}

# Words that say which section it is, not which body; "provinciale" and "regionale" do say which.
SECTION_WORDS: Final = frozenset("sezione comunale locale comitato gruppo delegazione volontariato volontari territoriale consiglio sede".split())

# After these a short town name is part of a longer place, or no place: Porto d'Ascoli is not in Ascoli.
PLACE_PREFIXES: Final = frozenset(
    "porto marina monte borgo castel villa colle lido rocca torre d s val valle il lo la l i gli le un".split()
)

# An office of a body is the body; a school or section of it is a branch that may act for itself.
OFFICES: Final = (
    "ufficio", "uff", "settore", "servizio", "servizi sociali", "assessorato", "area", "politiche", "direttivo",
    "consiglio direttivo", "segreteria", "presidenza", "soci fondatori", "fondatori", "staff", "gabinetto",
)
BRANCHES: Final = (
    "dipartimento", "facolta", "scuola di", "sezione", "sede di", "sede prov", "delegazione", "distaccamento",
    "comitato territoriale", "istituto di", "centro di ricerca", "centro diurno", "laboratorio di",
)
# A part of this sort is no body of its own in a national body: it is the section of its town.
SECTIONS: Final = ("sezione", "sede di", "sede prov", "delegazione", "distaccamento", "comitato territoriale")
# Of a municipality these may act for themselves; any other part of it is the municipality.
MUNICIPAL_BRANCHES: Final = ("consulta", "bibliotec", "museo", "teatro", "asilo", "centro diurno", "commissione pari")
# Words by which a part of a university shows, wherever they stand.
UNIVERSITY_PARTS: Final = frozenset("scuola dipartimento dip facolta istituto centro laboratorio saad".split())
UNIVERSITIES: Final = frozenset("universita univ politecnico unicam univpm unimc uniurb ateneo".split())

# A cell that holds one of these names no body at all.
NO_BODY: Final = frozenset(
    "cittadino;cittadina;cittadini;privato;privata;privato cittadino;privata cittadina;libero cittadino;"
    "libera cittadina;a titolo personale;titolo personale;nessuno;nessuna;nessun ente;n d;nd;n a;na;x;xx;xxx;"
    "studente;studentessa;pensionato;pensionata;volontario;volontaria;libero professionista;libera professionista;"
    "casalinga;disoccupato;disoccupata;altro;vari;varie;altri;non specificato;non indicato;none;nan;uditore;uditrice;"
    "residente;genitore;mamma;papa;interessato;interessata;operatore;operatrice;educatrice;educatore;insegnante;docente;"
    "assistente sociale;psicologo;psicologa;consulente;giornalista;firma;partecipante;ospite;me stesso;me stessa".split(";")
)

# Many bodies in one word: it names none of them.
COLLECTIVES: Final = (
    r"ambiti (?:territoriali )?sociali", r"(?:altri |vari |diversi )?comuni(?: (?:del|della|dell)\b.*)?",
    r"(?:altre |varie |diverse |le )?associazioni(?: (?:locali|del|della|dell|di)\b.*)?",
    r"(?:altri |vari |diversi |gli )enti(?: .*)?", r"(?:tutte le |le |altre )?cooperative(?: sociali)?(?: del\b.*)?",
    r"(?:altre |le )?scuole(?: (?:del|della|di)\b.*)?", r"sindacati", r"parti sociali", r"terzo settore",
    r"(?:altri |vari )?cittadini(?: .*)?",
)

# Of several kinds that a name points to, the one that says most stands first.
KIND_RANK: Final = (
    "asd", "coop_sociale", "fondazione_bancaria", "fondazione", "universita", "scuola", "azienda_sanitaria",
    "camera_commercio", "asp_ipab", "gal", "unione_comuni", "consulta", "ordine", "parte_sociale", "ets_rete", "ets_aps",
    "ets_odv", "ente_religioso", "impresa", "gruppo_informale", "ets_altro", "associazione",
)

# How a name printed in capitals is softened.
SMALL_WORDS: Final = frozenset(
    "di del dello della dei degli delle da dal e ed il lo la i gli le in nel con per su al alla a d l".split()
)
ACRONYMS: Final = frozenset(
    "aps odv ets onlus asd ssd ats srl spa sas snc scs gal bim isc iis asl ast csv uil cisl cgil ii iii iv vi vii viii ix xi "
    "xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv ong csi usd us acd apd ic".split()
)

# Words of legal forms in which slips are mended and halves joined.
FORM_WORDS: Final = frozenset(
    "associazione associazioni dilettantistica dilettantistico sportiva sociale societa cooperativa volontariato "
    "organizzazione fondazione promozione istituto comprensivo parrocchia polisportiva comitato culturale onlus circolo "
    "consulta amministrazione comune comunale municipio pubblica assistenza protezione civile responsabilita limitata "
    "universita unione provincia provinciale regione ambito territoriale cassa risparmio croce verde rossa italiana calcio "
    "basket volley pallavolo proloco giovani anziani".split()
)
