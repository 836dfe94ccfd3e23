# ruff: noqa: ISC004, RUF001 - sentences run over lines; a minus is a minus
"""Every word of the report, Italian and English side by side. Data, no logic.

``{count:one|many}`` writes a number with the noun (and verb) that agrees with it. No phrase names an organisation
after an articulated preposition, which Italian would have to bend to the name.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "COLUMNS",
    "COVER",
    "HEADINGS",
    "KPIS",
    "PROVENANCE",
    "SENTENCES",
    "SHEETS",
    "TABLES",
    "TERM",
    "WORDS",
]

Pair = tuple[str, str]

COVER: Final[dict[str, Pair]] = {
    "kicker_report": (
        "ALLEGATO STATISTICO ALLA PROGRAMMAZIONE SOCIALE",
        "STATISTICAL ANNEX TO THE SOCIAL PLAN",
    ),
    "kicker_profile": ("SCHEDA DI UN ENTE", "PROFILE OF ONE ORGANISATION"),
    "kicker_changes": ("CONFRONTO FRA DUE PIANI", "COMPARISON OF TWO PLANS"),
    "title_report": ("La rete degli enti del territorio", "The network of organisations of the territory"),
    "title_profile": ("Scheda di un ente", "Profile of one organisation"),
    "title_changes": ("Che cosa è cambiato nella rete", "What has changed in the network"),
    "internal": ("Edizione interna", "Internal edition"),
    "public": ("Edizione pubblica", "Public edition"),
    "data_date": ("Dati fino al {date}", "Data up to {date}"),
    "page": ("pag.", "p."),
    "of": ("di", "of"),
    "table": ("Tabella", "Table"),
    "picture": ("Figura", "Figure"),
}

WORDS: Final[dict[str, Pair]] = {
    "not_stated": ("Comune non indicato", "Municipality not stated"),
    "events": ("eventi", "events"),
    "actors": ("enti", "organisations"),
    "pairs": ("coppie", "pairs"),
    "rows": ("righe", "rows"),
    "calls": ("bandi", "calls"),
    "table_attendance": ("presenze", "attendance"),
    "table_events": ("eventi", "events"),
    "table_collaborations": ("collaborazioni", "collaborations"),
    "table_memberships": ("appartenenze", "memberships"),
    "table_register": ("registro", "register"),
    "table_ties": ("legami", "ties"),
    "table_aliases": ("grafie", "spellings"),
    "table_priorities": ("priorità", "priorities"),
    "picture_title": (
        "La rete, tutti i livelli insieme; i numeri sono quelli della tabella degli enti.",
        "The network, all layers together; the numbers are those of the table of organisations.",
    ),
    "picture_title_plain": ("La rete, tutti i livelli insieme.", "The network, all layers together."),
    "surely_in": ("di certo", "surely"),
    "perhaps_in": ("forse", "perhaps"),
    "lead": ("capofila possibile", "possible lead"),
    "yes": ("sì", "yes"),
    "no": ("no", "no"),
    "undated": ("senza data", "undated"),
    "invited_never_came": ("annunciato o invitato, mai presente", "announced or invited, never present"),
    "registered_never_came": ("in registro, mai presente", "registered, never present"),
    "presence_not_stated": ("citato, presenza non precisata", "named, presence not stated"),
}

HEADINGS: Final[dict[str, Pair]] = {
    "brief": ("In sintesi", "In brief"),
    "who": ("Chi partecipa", "Who takes part"),
    "hold": (
        "Che cosa tiene insieme la rete, e da che cosa dipende",
        "What holds the network together, and what it depends on",
    ),
    "layers": ("I livelli della rete", "The layers of the network"),
    "missing": ("Chi manca", "Who is missing"),
    "links": ("Legami possibili", "Possible ties"),
    "coalitions": ("Coalizioni possibili", "Possible coalitions"),
    "priorities": ("Le priorità degli enti", "What the organisations want"),
    "plan": ("Piano di azione", "Action plan"),
    "outside": ("Chi resta fuori, e chi può coinvolgerlo", "Who is left outside, and who can bring them in"),
    "limits": ("Che cosa i dati possono dire e che cosa no", "What the data can and cannot say"),
    "method": ("Nota metodologica", "Method statement"),
    "provenance": ("Provenienza e riproducibilità", "Provenance and reproducibility"),
    "depends": ("Da chi dipende la rete", "On whom the network depends"),
    "reading": ("Come leggere le misure", "How to read the measures"),
    "call": ("Bando o iniziativa: {call}", "Call or initiative: {call}"),
    "absent": (
        "Enti che non risultano presenti agli incontri",
        "Organisations that were present at no meeting",
    ),
    "profile_events": ("Dove è comparso", "Where it appeared"),
    "profile_partners": ("Con chi è legato", "With whom it is tied"),
    "came_in": ("Chi è entrato", "Who came in"),
    "went_out": ("Chi è uscito", "Who went out"),
    "new_among_old": ("Legami nuovi fra chi c'era già", "New ties among those who were there"),
    "unseen": ("Chi non si è ancora visto", "Who has not been seen yet"),
    "words": ("Parole usate", "Words used"),
    "read_rows": ("Righe lette e righe messe da parte", "Rows read and rows set aside"),
    "events_used": ("Eventi considerati", "Events considered"),
}

KPIS: Final[dict[str, Pair]] = {
    "organisations": ("enti", "organisations"),
    "events": ("eventi documentati", "documented events"),
    "tied_pairs": ("coppie legate", "pairs tied"),
    "density": ("delle coppie possibili", "of possible pairs"),
    "without_ties": ("enti senza legami", "without ties"),
    "came_in": ("enti entrati nella rete", "came into the network"),
    "went_out": ("enti usciti", "went out"),
    "new_pairs": ("coppie nuove", "new pairs"),
    "lost_pairs": ("coppie non più legate", "pairs no more tied"),
    "profile_events": ("eventi", "events"),
    "profile_partners": ("partner", "partners"),
    "profile_several": ("in più livelli", "in several layers"),
    "profile_only_tie": ("legati solo a questo ente", "tied to it alone"),
}

COLUMNS: Final[dict[str, Pair]] = {
    "what": ("Grandezza", "Quantity"),
    "theme": ("Tema", "Theme"),
    "supporters": ("Lo sostengono", "Supported by"),
    "voted": ("Si sono espressi", "Named priorities"),
    "kinds_of": ("Tipi di ente", "Kinds"),
    "appear": ("Compaiono", "Appear"),
    "call": ("Bando", "Call"),
    "lead": ("Capofila possibile", "Possible lead"),
    "leads": ("Guida", "Leads"),
    "joins": ("Partecipa", "Joins"),
    "load": ("Candidature", "Applications"),
    "steps": ("Passi", "Steps"),
    "action": ("Azione", "Action"),
    "who": ("Chi", "Who"),
    "with_whom": ("Con chi", "With whom"),
    "by": ("Entro", "By"),
    "all_of_them": ("Con chi, tutti", "With whom, all"),
    "indicator": ("Indicatore", "Indicator"),
    "evidence": ("Righe delle fonti", "Rows of the sources"),
    "nearest": ("Partner più vicino", "Nearest partner"),
    "via": ("Attraverso", "Through"),
    "number": ("Numero", "Number"),
    "rank": ("N.", "No."),
    "name": ("Ente", "Organisation"),
    "kind": ("Tipo", "Kind"),
    "municipality": ("Comune", "Municipality"),
    "organisations": ("Enti", "Organisations"),
    "share": ("Quota", "Share"),
    "tied": ("Con legami", "With ties"),
    "alone": ("Senza legami", "Without ties"),
    "events": ("Eventi", "Events"),
    "degree": ("Partner", "Partners"),
    "strength": ("Intensità", "Strength"),
    "betweenness": ("Intermediazione", "Betweenness"),
    "constraint": ("Vincolo", "Constraint"),
    "participation": ("Partecipazione", "Participation"),
    "layer": ("Livello", "Layer"),
    "present": ("Enti presenti", "Members"),
    "ties": ("Coppie legate", "Tied pairs"),
    "possible": ("Coppie possibili", "Possible pairs"),
    "n_layers": ("Livelli in comune", "Layers in common"),
    "pairs": ("Coppie", "Pairs"),
    "undated": ("Eventi senza data", "Events without a date"),
    "registered": ("In registro", "Registered"),
    "took_part": ("Presenti", "Took part"),
    "low": ("Da", "From"),
    "high": ("A", "To"),
    "group": ("Gruppo", "Group"),
    "expected": ("Attesi", "Expected"),
    "p_adjusted": ("p corretto", "Corrected p"),
    "absence": ("Come risulta", "What the data show"),
    "standing": ("Fra i primi", "Among the first"),
    "place": ("Posto", "Place"),
    "place_low": ("Da", "From"),
    "place_high": ("A", "To"),
    "top": ("Primi considerati", "First considered"),
    "draws": ("Estrazioni", "Draws"),
    "sources": ("Enti da cui partono le vie", "Organisations from which ways start"),
    "p_top": ("Casi fra i primi", "Cases among them"),
    "n_events": ("Incontri", "Meetings"),
    "seen": ("Visti", "Seen"),
    "once": ("Una volta", "Once"),
    "twice": ("Due volte", "Twice"),
    "chao2": ("Stima minima", "Least estimate"),
    "chao2_low": ("Da", "From"),
    "chao2_high": ("A", "To"),
    "coverage": ("Copertura", "Coverage"),
    "first": ("Primo ente", "First organisation"),
    "second": ("Secondo ente", "Second organisation"),
    "common": ("Partner in comune", "Partners in common"),
    "cut_off": ("Enti che resterebbero fuori", "Would be cut off"),
    "who_cut_off": ("Quali", "Which"),
    "all_events": ("Eventi in tutto", "Events in all"),
    "partners": ("Partner", "Partners"),
    "others": ("Altri enti", "Other organisations"),
    "several": ("Partner in più livelli", "Partners in several layers"),
    "only_tie": ("Enti legati solo a questo", "Tied to it alone"),
    "role": ("Ruolo", "Role"),
    "layers": ("Livelli", "Layers"),
    "shared": ("Eventi comuni", "Shared events"),
    "stayed": ("Enti con legami in entrambi", "With ties in both"),
    "kept_pairs": ("Coppie legate in entrambi", "Pairs tied in both"),
    "came_in": ("Enti entrati nella rete", "Came into the network"),
    "went_out": ("Enti usciti dalla rete", "Went out of the network"),
    "new_pairs": ("Coppie nuove", "New pairs"),
    "lost_pairs": ("Coppie non più legate", "Pairs no more tied"),
    "change": ("Differenza", "Change"),
    "partner": ("Ente", "Organisation"),
    "rule": ("Regola", "Rule"),
    "n": ("Enti", "Partners"),
    "awards": ("Criteri premiali", "Award criteria"),
    "tied_pairs": ("Coppie già legate", "Pairs already tied"),
    "members": ("Enti della coalizione", "Members of the coalition"),
    "score": ("Punteggio", "Score"),
    "why": ("Perché", "Why"),
    "status": ("Stato", "Status"),
    "counts": ("Conta come presenza", "Counts as presence"),
    "rows": ("Righe", "Rows"),
    "file": ("File", "File"),
    "table": ("Contenuto", "Content"),
    "read": ("Lette", "Read"),
    "accepted": ("Accolte", "Accepted"),
    "set_aside": ("Messe da parte", "Set aside"),
    "skipped": ("Saltate", "Skipped"),
    "event": ("Evento", "Event"),
    "date": ("Data", "Date"),
    "end": ("Fino al", "Until"),
    "came": ("Enti presenti", "Organisations present"),
    "announced": ("Solo nominati", "Named only"),
}

TABLES: Final[dict[str, tuple[Pair, Pair]]] = {  # (caption, note) in Italian, then in English
    "_cut": (
        ("Le prime {printed} righe di {rows}; tutte nella cartella di lavoro (XLSX).", ""),
        ("The first {printed} rows of {rows}; all of them are in the workbook (XLSX).", ""),
    ),
    "brief": (("I numeri della rete", ""), ("The numbers of the network", "")),
    "themes": (
        ("Temi, per quota di enti che li sostengono", "Da, A: intervallo di Wilson al 95\u00a0%."),
        ("Themes, by the share of organisations that support them", "From, To: Wilson's 95% interval."),
    ),
    "plan_calls": (
        ("Un piano per più bandi: chi guida e chi partecipa", "Proposte da discutere con gli enti."),
        (
            "One plan for several calls: who leads and who joins",
            "Proposals to discuss with the organisations.",
        ),
    ),
    "plan_steps": (
        (
            "Azioni: chi fa che cosa, con chi, entro quando",
            "Proposte da discutere con gli enti. I nomi per intero e le righe delle fonti sono nella cartella di "
            "lavoro (XLSX).",
        ),
        (
            "Actions: who does what, with whom, by when",
            "Proposals to discuss with the organisations. All names and the rows of the sources are in the workbook "
            "(XLSX).",
        ),
    ),
    "plan_actors": (
        ("Che cosa fa ciascun ente nel piano", ""),
        ("What each organisation does in the plan", ""),
    ),
    "plan_outside": (
        (
            "Enti fuori dal piano, dal più vicino",
            "Passi: quanti legami separano l'ente dal partner più vicino; vuoto: nessun legame lo raggiunge.",
        ),
        (
            "Organisations outside the plan, nearest first",
            "Steps: how many ties part it from the nearest partner; empty: no tie reaches it.",
        ),
    ),
    "kinds": (
        (
            "Enti per tipo e per livello in cui compaiono",
            "Compaiono: in almeno un evento o legame. Quota: su tutti quelli che compaiono. Un ente può comparire in "
            "più livelli: le colonne dei livelli non si sommano.",
        ),
        (
            "Organisations by kind and by layer in which they appear",
            "Appear: in at least one event or tie. Share: of all those that appear. An organisation may appear in "
            "several layers: the columns of the layers do not add up.",
        ),
    ),
    "municipalities": (
        ("Enti per comune", "Comune dove l'ente ha sede, secondo il registro o il foglio."),
        ("Organisations by municipality", "Municipality of the seat, as the register or the sheet has it."),
    ),
    "actors": (
        (
            "Gli enti, in ordine di intermediazione",
            "n = {rows} enti. n.d.: misura non definita, per esempio per un ente senza legami.",
        ),
        (
            "The organisations, in order of betweenness",
            "n = {rows} organisations. n/a: not defined, for instance for an organisation without ties.",
        ),
    ),
    "stability": (
        (
            "Chi è fra i primi {top} per intermediazione, di certo o forse",
            "Estraendo di nuovo gli eventi {draws} volte: da quale a quale posto in 95 casi su 100, e in "
            "quanti casi fra i primi {top}, a meno di {error} punti su 100. «Di certo»: in almeno 95 casi su "
            "100, qualunque evento si tolga.",
        ),
        (
            "Who is among the first {top} by betweenness, surely or perhaps",
            "The events drawn anew {draws} times: from which place to which in 95 cases of 100, and in how "
            "many among the first {top}, give or take {error} of 100. Surely: in at least 95 of 100, "
            "whichever event is left out.",
        ),
    ),
    "stability_draws": (
        (
            "Chi è fra i primi {top} per intermediazione, di certo o forse",
            "Estraendo di nuovo gli eventi {draws} volte: da quale a quale posto in 95 casi su 100, e in "
            "quanti casi fra i primi {top}, a meno di {error} punti su 100. «Di certo»: in almeno 95 casi su "
            "100. Con tanti eventi non se ne toglie uno alla volta.",
        ),
        (
            "Who is among the first {top} by betweenness, surely or perhaps",
            "The events drawn anew {draws} times: from which place to which in 95 cases of 100, and in how "
            "many among the first {top}, give or take {error} of 100. Surely: in at least 95 of 100. With so "
            "many events none is left out by itself.",
        ),
    ),
    "stability_ways": (
        (
            "Chi è fra i primi {top} per intermediazione, di certo o forse",
            "Estraendo di nuovo gli eventi {draws} volte, e ogni volta gli enti da cui si seguono le vie più "
            "brevi ({sources}): da quale a quale posto in 95 casi su 100, e in quanti casi fra i primi {top}, "
            "a meno di {error} punti su 100. «Di certo»: in almeno 95 casi su 100, qualunque evento si tolga.",
        ),
        (
            "Who is among the first {top} by betweenness, surely or perhaps",
            "The events drawn anew {draws} times, and each time the organisations from which shortest ways "
            "are followed ({sources}): from which place to which in 95 cases of 100, and in how many among "
            "the first {top}, give or take {error} of 100. Surely: in at least 95 of 100, whichever event is "
            "left out.",
        ),
    ),
    "stability_large": (
        (
            "Chi è fra i primi {top} per intermediazione, di certo o forse",
            "Estraendo di nuovo gli eventi {draws} volte, e ogni volta gli enti da cui si seguono le vie più "
            "brevi ({sources}): da quale a quale posto in 95 casi su 100, e in quanti casi fra i primi {top}, "
            "a meno di {error} punti su 100. «Di certo»: in almeno 95 casi su 100. Con tanti eventi non se ne "
            "toglie uno alla volta.",
        ),
        (
            "Who is among the first {top} by betweenness, surely or perhaps",
            "The events drawn anew {draws} times, and each time the organisations from which shortest ways "
            "are followed ({sources}): from which place to which in 95 cases of 100, and in how many among "
            "the first {top}, give or take {error} of 100. Surely: in at least 95 of 100. With so many events "
            "none is left out by itself.",
        ),
    ),
    "stability_actors": (
        (
            "Chi è fra i primi {top} per intermediazione, di certo o forse",
            "Togliendo un ente alla volta: da quale a quale posto, e in quanti casi fra i primi {top}.",
        ),
        (
            "Who is among the first {top} by betweenness, surely or perhaps",
            "One organisation left out at a time: from which place to which, and in how many cases among "
            "the first {top}.",
        ),
    ),
    "links": (
        (
            "Enti non ancora legati, con più partner in comune",
            "Partner in comune: enti legati a entrambi. Punteggio: allocazione di risorse (Zhou 2009), "
            "che conta di più i partner con pochi legami.",
        ),
        (
            "Organisations not yet tied, with most partners in common",
            "Partners in common: organisations tied to both. Score: resource allocation (Zhou 2009), "
            "which counts partners with few ties for more.",
        ),
    ),
    "unseen": (
        (
            "Quanti enti non si sono ancora visti agli incontri",
            "Stima di Chao (1987): un limite inferiore, calcolato da quanti si sono visti una o due volte. Da, A: "
            "intervallo al 95\u00a0%.",
        ),
        (
            "How many have not been seen at meetings yet",
            "Chao's estimate (1987): a lower bound, from how many were seen once or twice. From, To: 95% interval.",
        ),
    ),
    "cut": (
        ("Enti la cui uscita separerebbe altri dalla rete", "Legami di tutti i livelli insieme."),
        ("Organisations whose leaving would cut others off", "Ties of all layers together."),
    ),
    "layers": (
        ("I livelli della rete", "Coppie possibili: fra gli enti presenti nel livello."),
        ("The layers of the network", "Possible pairs: among the members of the layer."),
    ),
    "overlap": (
        ("In quanti livelli le coppie di enti sono legate", ""),
        ("In how many layers pairs of organisations are tied", ""),
    ),
    "gaps": (
        (
            "Enti in registro e enti presenti, per {by}",
            "Da, A: intervallo di Wilson al 95\u00a0%. Attesi: se ogni gruppo fosse venuto quanto "
            "gli altri. Con pochi enti l'intervallo è largo: la quota da sola non basta.",
        ),
        (
            "Registered and present organisations, by {by}",
            "From, To: Wilson's 95% interval. Expected: had each group come as much as the "
            "others. With few organisations it is wide: the share alone is not enough.",
        ),
    ),
    "absent": (
        (
            "Enti in registro, annunciati o citati che non risultano presenti ad alcun incontro",
            "Prima chi era annunciato o citato, poi chi ha più partner, che possono fare da tramite.",
        ),
        (
            "Organisations registered, announced or named that were present at no meeting",
            "First those announced or named, then those with most partners, who can introduce them.",
        ),
    ),
    "coalition": (
        (
            "Coalizioni proposte: {call}",
            "Proposte di lavoro da discutere con gli enti, non graduatorie di merito. Il perché di ogni alternativa è "
            "nella cartella di lavoro (XLSX).",
        ),
        (
            "Proposed coalitions: {call}",
            "Working proposals to be discussed with the organisations, not a ranking. The workbook (XLSX) gives the "
            "reasons for every alternative.",
        ),
    ),
    "conflict": (
        ("Regole che non si conciliano: {call}", ""),
        ("Rules that contradict each other: {call}", ""),
    ),
    "changes": (
        (
            "I due piani a confronto",
            "Entrati e usciti si dicono della rete: un ente senza legami resta fra quelli considerati.",
        ),
        (
            "The two plans side by side",
            "Came in and went out are said of the network: without ties, one is still considered.",
        ),
    ),
    "changes_kind": (("Enti con legami, per tipo", ""), ("Organisations with ties, by kind", "")),
    "came_in": (("Enti che prima non avevano legami", ""), ("Organisations that had no tie before", "")),
    "went_out": (("Enti che non hanno più legami", ""), ("Organisations that have no more ties", "")),
    "new_among_old": (
        ("Coppie nuove fra enti presenti in entrambi", ""),
        ("New pairs among those in both", ""),
    ),
    "profile_events": (("Eventi in cui l'ente è nominato", ""), ("Events at which it is named", "")),
    "profile_partners": (
        (
            "Gli enti con cui è legato",
            "In ordine di intensità: somma dei pesi dei legami in tutti i livelli.",
        ),
        (
            "The organisations with which it is tied",
            "In order of strength: the weights of the ties in all layers.",
        ),
    ),
    "statuses": (
        (
            "Righe di presenza per stato",
            "Contano come presenza solo gli stati indicati; un ente annunciato non è un ente presente.",
        ),
        (
            "Attendance rows by status",
            "Only the statuses so marked count as presence; announced is not present.",
        ),
    ),
    "records": (
        (
            "Righe lette, accolte e messe da parte, per file",
            "Messe da parte: restano nei file di partenza, con il motivo. "
            "Saltate: intestazioni, righe vuote o ripetute e righe che il progetto esclude.",
        ),
        (
            "Rows read, accepted and set aside, by file",
            "Set aside: they stay in their files, with the reason. "
            "Skipped: headings, empty or repeated rows and rows that the project leaves out.",
        ),
    ),
    "events": (
        (
            "Eventi considerati",
            "Solo nominati: annunciati, assenti o di stato non precisato. Dove è noto solo l'anno, c'è "
            "l'anno.",
        ),
        (
            "Events considered",
            "Named only: announced, absent or of no stated status. Where only the year is known, the year.",
        ),
    ),
}

SENTENCES: Final[dict[str, Pair]] = {
    # --- in brief
    "brief.size": (
        "La rete descritta comprende {actors:ente|enti}: {tied:ha|hanno} almeno un legame con un altro ente, "
        "{alone:non ne ha|non ne hanno} alcuno.",
        "The network described has {actors:organisation|organisations}: {tied:has|have} at least one tie "
        "with "
        "another, {alone:has|have} none.",
    ),
    "brief.size_alone": ("Enti considerati: {actors}.", "Organisations considered: {actors}."),
    "brief.events": (
        "I legami sono ricavati da {events:evento documentato|eventi documentati} ({list}).",
        "The ties are derived from {events:documented event|documented events} ({list}).",
    ),
    "brief.declared": (
        "A questi si aggiungono {ties:legame dichiarato|legami dichiarati} direttamente ({list}).",
        "To these come {ties:tie|ties} stated directly ({list}).",
    ),
    "brief.pairs": (
        "Le coppie di enti con almeno un legame sono {pairs} su {possible} possibili ({share}). La quota "
        "dipende da quanti eventi sono documentati: non è un giudizio sulla rete.",
        "{pairs:pair of organisations is|pairs of organisations are} tied, of {possible} possible ({share}). "
        "The share depends on how many events are documented: it is no verdict on the network.",
    ),
    "brief.first": (
        "L'ente che sta su più percorsi fra gli altri è {first} (intermediazione {first_value}): con "
        "{events:evento|eventi} l'ordine può cambiare.",
        "The organisation on most paths between the others is {first} (betweenness {first_value}): with "
        "{events:event|events} the order can change.",
    ),
    "brief.surely_in": (
        "Fra chi fa da ponte (intermediazione), di certo fra i primi {top}: {names} ({count:ente|enti}); resta vero "
        "anche se i {events} eventi fossero stati in parte altri.",
        "Of those who bridge the others (betweenness), surely among the first {top}: {names} "
        "({count:organisation|organisations}); it would hold had some of the {events} events been others.",
    ),
    "brief.nobody_surely": (
        "Di nessun ente si può dire con certezza che sia fra i primi {top} che fanno da ponte (intermediazione): "
        "{events:evento è troppo poco|eventi sono troppo pochi}.",
        "Of no organisation can it be said for sure that it is among the first {top} that bridge the others "
        "(betweenness): {events:event is|events are} too few.",
    ),
    "brief.plan": (
        "Il piano di azione proposto risponde a {answered:bando|bandi} su {calls} e coinvolge {actors:ente|enti}; "
        "capofila possibili: {leads}.",
        "The proposed action plan answers {answered:call|calls} of {calls} and involves "
        "{actors:organisation|organisations}; possible leads: {leads}.",
    ),
    "brief.plan_none": (
        "Il piano di azione non trova una coalizione per nessun bando ({calls}): le regole non si conciliano con gli "
        "enti che ci sono.",
        "The action plan finds no coalition for any call ({calls}): the rules and the organisations at hand do not "
        "meet.",
    ),
    "brief.coalition": (
        "Per «{call}» la prima alternativa riunisce {names} (alternative proposte: {count}).",
        "For “{call}” the first alternative joins {names} (alternatives proposed: {count}).",
    ),
    "brief.empty": (
        "I dati non contengono alcun ente: non c'è nulla da descrivere.",
        "The data hold no organisation: there is nothing to describe.",
    ),
    "brief.no_ties": (
        "Nei dati non compare alcun legame fra enti: la rete non si può descrivere.",
        "The data hold no tie between organisations: the network cannot be described.",
    ),
    # --- who takes part
    "who.appear": (
        "Su {total:ente considerato|enti considerati}, {appear:compare|compaiono} in almeno un evento o legame "
        "({share}); degli altri si sa solo che stanno in un elenco.",
        "Of {total:organisation|organisations} considered, {appear:appears|appear} in at least one event or tie "
        "({share}); of the others it is only known that they stand in a list.",
    ),
    "who.all": (
        "{total:ente considerato compare|enti considerati compaiono} tutti in almeno un evento o legame.",
        "All {total:organisation|organisations} considered appear in at least one event or tie.",
    ),
    "who.nobody": (
        "Nessuno degli enti considerati ({total}) compare in un evento o legame: stanno solo in un elenco.",
        "None of the organisations considered ({total}) appears in an event or tie: they only stand in a list.",
    ),
    "who.kind": (
        "Fra chi compare, il tipo più numeroso è «{names}», con {count:ente|enti} su {total} ({share}).",
        "Of those that appear, the most frequent kind is “{names}”, with {count:organisation|organisations} of "
        "{total} ({share}).",
    ),
    "who.kind_level": (
        "Fra chi compare, i tipi più numerosi sono, a pari numero, {names}: {count:ente|enti} ciascuno, su {total}.",
        "Of those that appear, the most frequent kinds, in equal number, are {names}: "
        "{count:organisation|organisations} each, of {total}.",
    ),
    "who.unknown_kind": (
        "Per {count:ente|enti} su {total} il tipo resta da precisare.",
        "For {count:organisation|organisations} of {total} the kind is still to be stated.",
    ),
    "who.municipality": (
        "Il comune con più enti che compaiono è {names}: {count} su {total} ({share}).",
        "The municipality with most organisations that appear is {names}: {count} of {total} ({share}).",
    ),
    "who.municipality_level": (
        "I comuni con più enti che compaiono sono, a pari numero, {names}: {count} ciascuno, su {total}.",
        "The municipalities with most organisations that appear, in equal number, are {names}: {count} each, of "
        "{total}.",
    ),
    "who.no_municipality": (
        "Per {count:ente|enti} su {total} il comune non è indicato: la ripartizione per comune non ne tiene "
        "conto.",
        "For {count:organisation|organisations} of {total} the municipality is not stated: the "
        "distribution by"
        " municipality leaves them out.",
    ),
    # --- what holds the network together
    "hold.first": (
        "Per intermediazione il primo ente è {first} ({first_value}); segue {second} ({second_value}). La "
        "misura è calcolata su {actors:ente|enti} e poggia su {events:evento|eventi}: con altri eventi "
        "l'ordine può cambiare.",
        "First by betweenness is {first} ({first_value}); then comes {second} ({second_value}). The "
        "measure is"
        " computed on {actors:organisation|organisations} and rests on {events:event|events}: with other "
        "events the order can change.",
    ),
    "hold.first_only": (
        "Per intermediazione il primo ente è {first} ({first_value}). La misura è calcolata su {actors:ente|enti} e "
        "poggia su {events:evento|eventi}: con altri eventi l'ordine può cambiare.",
        "First by betweenness is {first} ({first_value}). The measure is computed on "
        "{actors:organisation|organisations} and rests on {events:event|events}: with other events it can change.",
    ),
    "hold.first_then_level": (
        "Per intermediazione il primo ente è {first} ({first_value}); seguono, a pari valore "
        "({second_value}),"
        " {second}. La misura è calcolata su {actors:ente|enti} e poggia su {events:evento|eventi}: con "
        "altri "
        "eventi l'ordine può cambiare.",
        "First by betweenness is {first} ({first_value}); then come, with the same value ({second_value}), "
        "{second}. The measure is computed on {actors:organisation|organisations} and rests on "
        "{events:event|events}: with other events the order can change.",
    ),
    "hold.level": (
        "Per intermediazione i primi enti sono, a pari valore ({first_value}), {names}. La misura è "
        "calcolata "
        "su {actors:ente|enti} e poggia su {events:evento|eventi}: con altri eventi l'ordine può cambiare.",
        "First by betweenness, with the same value ({first_value}), are {names}. The measure is computed on "
        "{actors:organisation|organisations} and rests on {events:event|events}: with other events the order "
        "can change.",
    ),
    "hold.surely_in": (
        "Di certo fra i primi {top} per intermediazione: {names} ({count:ente|enti}); resta vero anche se i "
        "{events} eventi fossero stati in parte altri.",
        "Surely among the first {top} by betweenness: {names} ({count:organisation|organisations}); it would "
        "hold had some of the {events} events been others.",
    ),
    "hold.perhaps_in": (
        "Forse fra i primi {top}: {names} ({count:ente|enti}); con {events:evento|eventi} non si può dire di "
        "più.",
        "Perhaps among the first {top}: {names} ({count:organisation|organisations}); with "
        "{events:event|events} no more can be said.",
    ),
    "hold.nobody_surely": (
        "Di nessun ente si può dire con certezza che sia fra i primi {top} per intermediazione: "
        "{events:evento"
        " è troppo poco|eventi sono troppo pochi}.",
        "Of no organisation can it be said for sure that it is among the first {top} by betweenness: "
        "{events:event is|events are} too few.",
    ),
    "hold.do_not_rank": (
        "L'ordine cambia se manca anche solo una piccola parte degli enti: non va usato come graduatoria.",
        "The order changes when even a small part of the organisations is missing: it must not be used as a "
        "ranking.",
    ),
    "hold.none": (
        "Nessun ente sta su percorsi fra altri due: l'intermediazione è zero per tutti gli enti ({actors}).",
        "No organisation stands on a path between two others: betweenness is zero for all ({actors}).",
    ),
    "hold.zero": (
        "Per {zero:ente|enti} su {actors} l'intermediazione è zero: gli altri si raggiungono senza "
        "passare da "
        "loro. Non significa che contino poco.",
        "For {zero:organisation|organisations} of {actors} betweenness is zero: the others reach one another "
        "without them. It does not mean that they count for little.",
    ),
    "hold.strength": (
        "Per intensità dei legami il primo ente, su {tied} con legami, è {first} ({value}), con "
        "{partners:partner diverso|partner diversi}.",
        "First by strength of ties, of {tied} with ties, is {first} ({value}), with {partners:different "
        "partner|different partners}.",
    ),
    "hold.strength_level": (
        "Per intensità dei legami i primi enti, su {tied} con legami, sono, a pari valore ({value}), {names}.",
        "First by strength of ties, of {tied} with ties, are, with the same value ({value}), {names}.",
    ),
    "hold.one_partner": (
        "{one:ente è collegato|enti sono collegati} agli altri da un solo partner, su {tied} con legami.",
        "{one:organisation hangs|organisations hang} on the others by a single partner, of {tied} with ties.",
    ),
    "hold.one_layer": (
        "{one:ente ha|enti hanno} legami in un solo livello (partecipazione zero), su {tied} con legami.",
        "{one:organisation has|organisations have} ties in one layer only (participation zero), of {tied}"
        " with"
        " ties.",
    ),
    "hold.derived": (
        "I legami qui descritti significano «sono comparsi negli stessi eventi», non «lavorano insieme».",
        "The ties described here mean “they appeared in the same events”, not “they work together”.",
    ),
    "hold.cut": (
        "{cuts:ente è|enti sono} l'unica via fra altri enti e il resto della rete (gli enti con legami sono "
        "{tied}): se uscisse {first}, {most:ente resterebbe senza|enti resterebbero senza} alcun percorso "
        "verso gli altri, a meno di legami che nessuno ha annotato.",
        "{cuts:organisation is|organisations are} the only way between others and the rest of the network "
        "({tied} organisations with ties): without {first}, {most:organisation|organisations} would have no "
        "path to the others, unless there are ties that nobody wrote down.",
    ),
    "hold.no_cut": (
        "Nessun ente è l'unica via fra altri due: la rete ({tied:ente|enti} con legami) resterebbe unita se "
        "uscisse uno qualunque di loro.",
        "No organisation is the only way between two others: the network ({tied:organisation|organisations} "
        "with ties) would hold if any one of them left.",
    ),
    # --- layers
    "layers.overlap": (
        "Su {pairs:coppia legata|coppie legate}, {single:lo è|lo sono} in un solo livello ({share}); le "
        "altre "
        "si incontrano in più modi.",
        "Of {pairs:tied pair|tied pairs}, {single:is|are} tied in one layer only ({share}); the others "
        "meet in"
        " several ways.",
    ),
    # --- who is missing
    "missing.all": (
        "Su {registered:ente|enti} in registro, {took:risulta presente|risultano presenti} ad almeno un "
        "incontro ({share}).",
        "Of {registered:registered organisation|registered organisations}, {took:was|were} present at one "
        "meeting at least ({share}).",
    ),
    "missing.group": (
        "Gruppo «{group}»: {took_part:presente|presenti} su {registered} in registro (intervallo al "
        "95\u00a0% "
        "da {low} a {high}); a parità di presenza ne erano attesi {expected} (p corretto = {p_adjusted}).",
        "Group “{group}”: {took_part} present of {registered} registered (95% interval {low} to {high}); "
        "{expected} were to be expected at equal presence (corrected p = {p_adjusted}).",
    ),
    "missing.no_difference": (
        "Fra i gruppi per {by} non risultano differenze che i dati possano sostenere: con questi numeri il "
        "caso basta a spiegarle.",
        "Between the groups by {by} the data support no difference: with these numbers chance is enough to "
        "explain them.",
    ),
    "missing.no_register": (
        "Nessun ente è segnato come iscritto in un registro: chi manca non si può dire da questi dati.",
        "No organisation is marked as registered: who is missing cannot be told from these data.",
    ),
    "missing.unseen": (
        "In {n_events:incontro|incontri} si sono visti {seen:ente|enti}, di cui {once} una volta sola: tanti nomi "
        "visti una volta sola dicono che molti altri non si sono ancora visti. Gli enti che potrebbero venire sono "
        "stimati in almeno {chao2} (intervallo al 95\u00a0% da {chao2_low} a {chao2_high}); è un ordine di "
        "grandezza, non un conteggio.",
        "In {n_events:meeting|meetings} {seen:organisation was|organisations were} seen, {once} of them once only: "
        "so many names seen once say that many others have not been seen yet. Those who might come are estimated at "
        "{chao2} or more (95% interval {chao2_low} to {chao2_high}); it is an order of magnitude, not a count.",
    ),
    "missing.absent": (
        "Non risultano presenti ad alcun incontro {absent:ente in registro, annunciato o citato|enti in registro, "
        "annunciati o citati}; {tied:ha|hanno} già almeno un legame, che può fare da tramite.",
        "{absent:organisation that is registered, announced or named was|organisations that are registered, "
        "announced or named were} present at no meeting; {tied:has|have} a tie already, through which an "
        "invitation can go.",
    ),
    "missing.caution": (
        "Non comparire negli elenchi disponibili non significa non esserci stati: gli elenchi possono essere "
        "incompleti.",
        "Not to appear in the lists at hand is not to have been absent: the lists may be incomplete.",
    ),
    # --- coalitions
    "links.intro": (
        "Sono indicate le coppie di enti che non sono ancora legati fra loro e hanno più partner in comune: "
        "un'occasione per presentarli, non la prova che debbano lavorare insieme.",
        "Named are pairs of organisations that are not yet tied to each other and have most partners in common: "
        "an occasion to introduce them, no proof that they ought to work together.",
    ),
    "links.first": (
        "La prima coppia è {first} e {second}, con {common:partner in comune|partner in comune}.",
        "The first pair is {first} and {second}, with {common:partner|partners} in common.",
    ),
    "priorities.first": (
        "Il tema con più sostegno è «{theme}»: lo indicano {supporters:ente|enti} su {voted} che si sono espressi "
        "({share}; intervallo al 95\u00a0% da {low} a {high}).",
        "The theme with most support is “{theme}”: {supporters:organisation names|organisations name} it of {voted} "
        "that named priorities ({share}; 95% interval {low} to {high}).",
    ),
    "priorities.level": (
        "Con questi numeri non si può dire che venga prima di: {names}.",
        "With these numbers it cannot be said to come before: {names}.",
    ),
    "plan.intro": (
        "Il piano cerca le coalizioni per tutti i bandi insieme: prima più bandi con una risposta, poi più enti "
        "coinvolti, senza chiedere a un ente più candidature di quante ne può reggere.",
        "The plan seeks the coalitions of all calls together: first most calls answered, then most organisations "
        "involved, asking of none more applications than it can bear.",
    ),
    "plan.differs": (
        "Per questo le sue coalizioni possono essere diverse da quelle del capitolo precedente, che risponde a un "
        "bando per volta.",
        "So its coalitions may differ from those of the chapter before, which answers one call at a time.",
    ),
    "plan.all": (
        "Risponde a {answered:bando|bandi} su {calls} e coinvolge {actors:ente|enti}.",
        "It answers {answered:call|calls} of {calls} and involves {actors:organisation|organisations}.",
    ),
    "plan.not_proved": (
        "Non è dimostrato fino all'ultimo criterio che non esista un piano migliore: i motivi sono nella cartella "
        "di lavoro (XLSX).",
        "It is not proved to the last criterion that no better plan exists: the reasons are in the workbook (XLSX).",
    ),
    "plan.outside_far": (
        "{outside:ente resta|enti restano} fuori dal piano, nessuno legato direttamente a un partner.",
        "{outside:organisation stays|organisations stay} outside the plan, none of them tied to a partner.",
    ),
    "plan.outside": (
        "{outside:ente resta|enti restano} fuori dal piano: di questi, {near:è legato|sono legati} direttamente a un "
        "partner, che può fare da tramite.",
        "{outside:organisation stays|organisations stay} outside the plan: of these, {near:is|are} tied to a partner "
        "who can bring them in.",
    ),
    "coalitions.intro": (
        "Per ogni bando sono cercate, fra tutte le combinazioni ammesse dalle sue regole, quelle con il "
        "punteggio migliore.",
        "For each call, all combinations that its rules admit are searched for those with the best score.",
    ),
    "coalitions.found": (
        "Per «{call}»: {count:coalizione proposta|coalizioni proposte}, dalla migliore.",
        "For “{call}”: {count:coalition|coalitions} proposed, best first.",
    ),
    "coalitions.why": ("{why}", "{why}"),
    "coalitions.none": (
        "Per «{call}» nessuna combinazione di enti soddisfa tutte le regole; la tabella dice quali non si "
        "conciliano.",
        "For “{call}” no combination of organisations meets every rule; the table says which contradict each "
        "other.",
    ),
    # --- one organisation
    "profile.kind": ("Tipo: {kind}.", "Kind: {kind}."),
    "profile.town": ("Sede: {town}.", "Seat: {town}."),
    "profile.registered": ("È iscritto in un registro di partenza.", "It stands in one of the registers."),
    "profile.not_registered": (
        "Non compare nei registri di partenza: la scheda dice solo ciò che risulta dagli elenchi.",
        "It stands in none of the registers: this page says only what the lists show.",
    ),
    "profile.events": (
        "Risulta presente a {events:evento|eventi} su {all_events}.",
        "It was present at {events:event|events} of {all_events}.",
    ),
    "profile.partners": (
        "Ha legami con {partners:ente|enti} sugli altri {others}.",
        "It is tied to {partners:organisation|organisations} of the other {others}.",
    ),
    "profile.no_partners": (
        "Non risulta alcun legame con gli altri {others:ente|enti}.",
        "No tie with the other {others:organisation|organisations} is on record.",
    ),
    "profile.only_tie": (
        "Per {only_tie:ente|enti} è l'unico legame con la rete.",
        "For {only_tie:organisation|organisations} it is the only tie to the network.",
    ),
    "profile.caution": (
        "Un legame significa «sono comparsi negli stessi eventi» o «così è stato dichiarato»; non misura il "
        "valore del lavoro comune.",
        "A tie means “they appeared in the same events” or “so it was stated”; it does not measure the worth "
        "of common work.",
    ),
    # --- two plans
    "changes.strangers": (
        "I due insiemi di dati non hanno alcun codice di ente in comune: prima di leggere il confronto va "
        "verificato che gli stessi enti abbiano gli stessi codici.",
        "The two sets of data share no organisation id: before reading the comparison, make sure that the"
        " same"
        " organisations bear the same ids.",
    ),
    "changes.records": (
        "Il confronto poggia su {events_before:evento|eventi} e {rows_before:riga|righe} per «{before}», su "
        "{events_after:evento|eventi} e {rows_after:riga|righe} per «{after}»: se gli elenchi sono più "
        "lunghi,"
        " anche la rete lo è.",
        "The comparison rests on {events_before:event|events} and {rows_before:row|rows} for “{before}”, on "
        "{events_after:event|events} and {rows_after:row|rows} for “{after}”: where the lists are longer, so "
        "is the network.",
    ),
    "changes.actors": (
        "Fra gli enti con legami, {stayed_after:c'è in entrambi|ci sono in entrambi}; {came_in_after:compare "
        "solo in|compaiono solo in} «{after}», {went_out_before:compare solo in|compaiono solo in} "
        "«{before}».",
        "Of the organisations with ties, {stayed_after:is|are} in both; {came_in_after:is|are} only in "
        "“{after}”, {went_out_before:is|are} only in “{before}”.",
    ),
    "changes.pairs": (
        "Fra le coppie legate in «{after}» ({pairs_after}), {kept_pairs_after:lo era|lo erano} già; "
        "{new_pairs_after:è nuova|sono nuove}; fra quelle legate in «{before}» ({pairs_before}), "
        "{lost_pairs_before:non lo è|non lo sono} più.",
        "Of the pairs tied {after} ({pairs_after}), {kept_pairs_after:was|were} tied {before} too; "
        "{new_pairs_after:is|are} new; of those tied {before} ({pairs_before}), {lost_pairs_before:is|are} "
        "tied no more.",
    ),
    "changes.among_old": (
        "Fra enti già presenti, {count:coppia è nuova|coppie sono nuove}.",
        "Among organisations that were there before, {count:pair is|pairs are} new.",
    ),
    "changes.caution": (
        "Un legame che non compare più può essere finito oppure non essere stato annotato: da questi dati"
        " non "
        "si distingue.",
        "A tie that is no longer there may have ended or may not have been written down: these data do not "
        "tell which.",
    ),
    # --- limits
    "limits.lists": (
        "Gli elenchi di partenza possono essere incompleti: un'assenza dai dati non è un'assenza dai fatti.",
        "The lists may be incomplete: absence from the data is not absence from the facts.",
    ),
    "limits.announced": (
        "{rows:riga indica|righe indicano} enti annunciati, assenti o senza stato preciso: non contano come "
        "presenza e non creano legami.",
        "{rows:row names|rows name} organisations announced, absent or of no stated status: they do not "
        "count "
        "as presence and make no ties.",
    ),
    "limits.set_aside": (
        "Su {read:riga letta|righe lette}, {aside:è stata messa da parte perché illeggibile o ambigua|sono "
        "state messe da parte perché illeggibili o ambigue}: il conteggio per file è nella tabella.",
        "Of {read:row read|rows read}, {aside:was|were} set aside as unreadable or ambiguous: the table "
        "counts"
        " them by file.",
    ),
    "limits.undated": (
        "{undated:evento è senza data|eventi sono senza data}, su {events}: non entrano nei confronti fra "
        "periodi.",
        "{undated:event has|events have} no date, of {events}: they are left out when periods are compared.",
    ),
    "limits.period": (
        "Gli eventi con data vanno dal {first} al {last}: un legame vecchio pesa quanto uno recente.",
        "Dated events run from {first} to {last}: an old tie weighs as much as a recent one.",
    ),
    "limits.few": (
        "Con {events:evento|eventi} nessuna misura è una graduatoria: ogni valore va letto insieme al numero "
        "su cui poggia.",
        "With {events:event|events} no measure is a ranking: read each value with the number on which it "
        "rests.",
    ),
    "limits.no_priorities": (
        "Nessun elenco di priorità espresse dagli enti è fra i dati: il rapporto non dice che cosa vogliono.",
        "No list of priorities named by the organisations is among the data: the report does not say what they want.",
    ),
    "limits.unknown_weight": (
        "In questi livelli non è detto che un numero più grande indichi un legame più forte: {layers}.",
        "In these layers it is not stated that a larger number is a stronger tie: {layers}.",
    ),
    # --- method
    "method.boundary": (
        "Confine. Sono considerati gli enti che compaiono nei file di partenza o nel registro; quelli senza "
        "legami restano nella rete e nei conteggi. Le persone non sono mai considerate.",
        "Boundary. Organisations that stand in the source files or in the register; those without ties "
        "stay in"
        " the network and in the counts. Persons are never considered.",
    ),
    "method.ties": (
        "Nodi e legami. I nodi sono gli enti. Due enti sono legati in un livello se hanno partecipato a uno stesso "
        "evento di quel livello, o se il legame è dichiarato in una fonte; il verso dei legami non è considerato.",
        "Nodes and ties. The nodes are the organisations. Two of them are tied in a layer when they took part in the "
        "same event of that layer, or when a source states the tie; the direction of ties is not considered.",
    ),
    "method.strength": (
        "Intensità. Il peso di un legame ricavato dagli eventi è la somma di 1/(n − 1) sugli eventi comuni, dove n è "
        "il numero di enti presenti: un tavolo di pochi conta più di una plenaria (Newman 2001). Un legame "
        "dichiarato ha il peso della sua fonte.",
        "Strength. The weight of a tie derived from events is the sum of 1/(n − 1) over shared events, n being the "
        "organisations present: a small table counts more than a plenary (Newman 2001). A stated tie has the weight "
        "of its source.",
    ),
    "method.presence": (
        "Presenza. Conta chi era presente, collegato a distanza o rappresentato da un delegato. Chi era "
        "annunciato, invitato, assente o di stato non precisato non conta.",
        "Presence. Those present, remote or represented by a delegate count. Those announced, invited, "
        "absent "
        "or of no stated status do not.",
    ),
    "method.layers": (
        "Molteplicità. Ogni livello è un tipo di rapporto tenuto distinto; una coppia può essere legata in più "
        "livelli. Le misure sull'insieme sono calcolate sommando i pesi dei livelli, la partecipazione sui livelli "
        "separati.",
        "Multiplexity. Each layer is a kind of relation kept apart; a pair may be tied in several. Measures of the "
        "whole are computed on the sum of the weights, participation on the separate layers.",
    ),
    "method.missing": (
        "Dati mancanti. Una misura non definita è indicata con n.d. e non vale zero. I nomi ricondotti allo "
        "stesso ente e quelli lasciati in sospeso sono elencati accanto ai dati elaborati.",
        "Missing data. A measure that is not defined is shown as n/a and is not zero. Names joined into one "
        "organisation and those left open are listed beside the processed data.",
    ),
    "method.time": (
        "Tempo. Gli eventi sono considerati tutti insieme, anche quelli senza data; le date servono a dire il periodo "
        "coperto. Un legame non scade: per vedere come cambia la rete si confrontano due periodi.",
        "Time. All events are taken together, those without a date too; dates tell the period covered. A tie does "
        "not lapse: to see how the network changes, two periods are compared.",
    ),
}

TERM: Final[Pair] = (  # a measure in words, filled from the catalogue of measures
    "{question} Si può dire: {say} Non si può dire: {do_not_say}",
    "{question} One may say: {say} One may not say: {do_not_say}",
)

SHEETS: Final[dict[str, Pair]] = {
    "front": ("In sintesi", "In brief"),
    "brief": ("Numeri", "Numbers"),
    "kinds": ("Enti per tipo", "By kind"),
    "municipalities": ("Enti per comune", "By municipality"),
    "actors": ("Enti", "Organisations"),
    "stability": ("Di certo o forse", "Surely or perhaps"),
    "links": ("Legami possibili", "Possible ties"),
    "unseen": ("Mai visti", "Never seen"),
    "cut": ("Dipendenze", "Dependence"),
    "themes": ("Priorità", "Priorities"),
    "plan_calls": ("Piano per bando", "Plan by call"),
    "plan_steps": ("Azioni", "Actions"),
    "plan_actors": ("Piano per ente", "Plan by actor"),
    "plan_outside": ("Fuori dal piano", "Outside the plan"),
    "layers": ("Livelli", "Layers"),
    "overlap": ("Coppie e livelli", "Pairs and layers"),
    "gaps_kind": ("Chi manca per tipo", "Missing by kind"),
    "gaps_municipality": ("Chi manca per comune", "Missing by municipality"),
    "absent": ("Enti che non compaiono", "Absent"),
    "statuses": ("Stati di presenza", "Statuses"),
    "records": ("Righe lette", "Rows read"),
    "events": ("Eventi", "Events"),
    "profile_events": ("Eventi dell'ente", "Its events"),
    "profile_partners": ("Partner", "Partners"),
    "changes": ("Confronto", "Comparison"),
    "changes_kind": ("Confronto per tipo", "By kind"),
    "came_in": ("Chi è entrato", "Came in"),
    "went_out": ("Chi è uscito", "Went out"),
    "new_among_old": ("Coppie nuove", "New pairs"),
    "terms": ("Definizioni", "Definitions"),
    "provenance": ("Provenienza", "Provenance"),
}

PROVENANCE: Final[dict[str, Pair]] = {
    "source": ("Fonte", "Source"),
    "data_date": ("Dati fino al", "Data up to"),
    "fingerprint": ("Impronta dei dati (SHA-256)", "Fingerprint of the data (SHA-256)"),
    "version": ("Software", "Software"),
    "seed": ("Seme", "Seed"),
    "parameters": ("Parametri", "Parameters"),
    "files": ("File di partenza", "Source files"),
    "identities": ("Chi è chi", "Who is who"),
    "before": ("Primo insieme di dati (SHA-256)", "First set of data (SHA-256)"),
    "after": ("Secondo insieme di dati (SHA-256)", "Second set of data (SHA-256)"),
    "edition": ("Edizione", "Edition"),
    "counts": ("Contenuto", "Content"),
    "generated": ("Generato il", "Generated on"),
}
