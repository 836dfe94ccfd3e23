"""What is said about each measure, in Italian and in English. Data, no logic; each pair is (Italian, English)."""

from __future__ import annotations

# one thought a line
# fmt: off
from dataclasses import dataclass
from typing import Final

__all__ = ["ENTRIES", "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure: its labels, its question, its source, and how it is said in a plan."""

    label: tuple[str, str]
    question: tuple[str, str]
    source: str
    say: tuple[str, str]
    do_not_say: tuple[str, str]
    needs: str = "one layer"
    gives: str = "a value an actor"


ENTRIES: Final[dict[str, Entry]] = {
    "degree": Entry(
        ("numero di legami", "degree"),
        ("Con quanti altri attori è legato ciascun attore?", "With how many other actors is each actor tied?"),
        "Freeman 1979",
        ("«È legato a sette organizzazioni.»", '"Tied with seven organisations."'),
        ("«È importante.» Un solo incontro affollato fa molti legami.",
         '"It is important." One crowded meeting makes many ties.'),
    ),
    "degree_in": Entry(
        ("legami ricevuti", "ties received"),
        ("Da quanti altri riceve un legame?", "From how many other actors does each actor receive a tie?"),
        "Freeman 1979",
        ("«Cinque enti lo indicano.»", '"Five bodies name it."'),
        ("«È il più stimato.»", '"It is the most esteemed."'),
        needs="one layer; a direction",
    ),
    "degree_out": Entry(
        ("legami dati", "ties sent"),
        ("A quanti altri rivolge un legame?", "To how many other actors does each actor send a tie?"),
        "Freeman 1979",
        ("«Ne indica cinque.»", '"It names five."'),
        ("«È il più attivo»: può aver solo risposto a più domande.",
         '"It is the most active": it may have answered more.'),
        needs="one layer; a direction",
    ),
    "strength": Entry(
        ("intensità dei legami", "strength"),
        ("Quanto è legato, sommando tutti i suoi legami?", "How much is each actor tied, all its ties together?"),
        "Barrat et al. 2004; Newman 2001",
        ("«Ha preso parte con altri a nove incontri.» (con il peso di Newman)",
         '"It took part with others in nine meetings." (with Newman\'s weight)'),
        ("«Collabora più di tutti»: essere allo stesso tavolo non è collaborare.",
         '"It collaborates most": to sit at the same table is not to collaborate.'),
    ),
    "strength_in": Entry(
        ("intensità ricevuta", "strength received"),
        ("Quanto riceve?", "How much does each actor receive?"),
        "Barrat et al. 2004",
        ("«Riceve 40.000 euro da tre enti.»", '"It receives 40,000 euro from three bodies."'),
        ("«Dipende da loro.»", '"It depends on them."'),
        needs="one layer; a direction",
    ),
    "strength_out": Entry(
        ("intensità data", "strength given"),
        ("Quanto dà?", "How much does each actor give?"),
        "Barrat et al. 2004",
        ("«Dà 40.000 euro a tre enti.»", '"It gives 40,000 euro to three bodies."'),
        ("«Comanda.»", '"It commands."'),
        needs="one layer; a direction",
    ),
    "betweenness": Entry(
        ("posizione di passaggio", "betweenness"),
        ("Attraverso chi passano le vie più brevi tra gli altri?",
         "Through whom do the shortest ways between the other actors pass?"),
        "Freeman 1977; Brandes 2001",
        ("«Molte vie tra altri enti passano di qui: se uscisse, si allungherebbero o si romperebbero.»",
         '"Many ways between other bodies pass here: without it they would grow longer or break."'),
        ("«Controlla la rete»: la misura conosce legami, non intenzioni.",
         '"It controls the network": the measure knows ties, not intentions.'),
    ),
    "harmonic": Entry(
        ("vicinanza", "harmonic closeness"),
        ("Quanto è vicino a tutti gli altri?", "How near is each actor to all the others?"),
        "Marchiori & Latora 2000",
        ("«Raggiunge gli altri in pochi passaggi.»", '"It reaches the others in few steps."'),
        ("«È al centro di tutto.»", '"It is at the centre of everything."'),
    ),
    "harmonic_in": Entry(
        ("vicinanza in arrivo", "harmonic closeness, incoming"),
        ("Quanto in fretta lo raggiungono gli altri, seguendo il verso dei legami?",
         "How quickly is each actor reached by all the others, along the direction of the ties?"),
        "Marchiori & Latora 2000",
        ("«Le richieste degli altri gli arrivano in pochi passaggi.»",
         '"Requests of the others reach it in few steps."'),
        ("«Sa tutto.»", '"It knows everything."'),
        needs="one layer; a direction",
    ),
    "harmonic_out": Entry(
        ("vicinanza in uscita", "harmonic closeness, outgoing"),
        ("Quanto in fretta raggiunge gli altri, seguendo il verso dei legami?",
         "How quickly does each actor reach all the others, along the direction of the ties?"),
        "Marchiori & Latora 2000",
        ("«Ciò che diffonde arriva a tutti in pochi passaggi.»", '"What it spreads reaches all in few steps."'),
        ("«Tutti lo ascoltano.»", '"Everybody listens to it."'),
        needs="one layer; a direction",
    ),
    "constraint": Entry(
        ("vincolo (Burt)", "constraint (Burt)"),
        ("Quanto è chiuso tra partner già legati tra loro?",
         "How far is each actor shut in among partners who are tied to each other?"),
        "Burt 1992",
        ("«I suoi partner si conoscono già; ha poche aperture per mettere in contatto persone nuove.»",
         '"Its partners know each other already; it has few openings to bring new people together."'),
        ("«È debole.» Con un solo partner il valore è 1 per definizione.",
         '"It is weak." With one partner the value is 1 by definition.'),
    ),
    "effective_size": Entry(
        ("ampiezza effettiva (Burt)", "effective size (Burt)"),
        ("Quanti partner ha che non si ripetono tra loro?",
         "How many partners does each actor have that do not merely repeat each other?"),
        "Burt 1992; Borgatti 1997",
        ("«Dei suoi dieci partner, sette portano contatti diversi.»",
         '"Of its ten partners, seven bring different contacts."'),
        ("«Tre dei suoi partner sono inutili.»", '"Three of its partners are useless."'),
    ),
    "efficiency": Entry(
        ("efficienza (Burt)", "efficiency (Burt)"),
        ("Quale quota dei partner non è ridondante?", "What share of each actor's partners is not redundant?"),
        "Burt 1992",
        ("«Sette partner su dieci non sono ridondanti.»", '"Seven partners in ten are not redundant."'),
        ("«Lavora in modo efficiente.»", '"It works efficiently."'),
    ),
    "hierarchy": Entry(
        ("gerarchia del vincolo (Burt)", "hierarchy (Burt)"),
        ("Il vincolo viene da un partner solo o da tutti?",
         "Does each actor's constraint come from one partner or from all alike?"),
        "Burt 1992",
        ("«Quasi tutto il suo vincolo viene da un solo ente.»", '"Nearly all its constraint comes from one body."'),
        ("«È subordinato.»", '"It is subordinate."'),
    ),
    "clustering": Entry(
        ("coesione dei partner", "clustering"),
        ("Quale quota delle coppie dei suoi partner è legata?",
         "What share of the pairs of each actor's partners is tied?"),
        "Watts & Strogatz 1998; Barrat et al. 2004",
        ("«Metà dei suoi partner sono legati anche tra loro.»", '"Half of its partners are tied with each other too."'),
        ("«È un gruppo affiatato»: sui legami dedotti dagli incontri il valore è alto per costruzione.",
         '"It is a close group": on ties derived from events the value is high by construction.'),
    ),
    "core": Entry(
        ("nucleo", "core"),
        ("Quanto in profondità sta nella parte più fitta della rete?",
         "How deep in the densely tied core of the network does each actor lie?"),
        "Seidman 1983",
        ("«Sta nel nucleo in cui ciascuno è legato ad almeno quattro altri del nucleo.»",
         '"It lies in the core where everybody is tied with at least four others of the core."'),
        ("«È nella stanza dei bottoni.»", '"It sits at the controls."'),
    ),
    "group_participation": Entry(
        ("varietà dei partner", "variety of partners"),
        ("I suoi partner sono di gruppi diversi o tutti dello stesso?",
         "Are each actor's partners spread over the groups, or do they all belong to one?"),
        "Guimera & Amaral 2005",
        ("«I suoi partner sono comuni, cooperative e associazioni in parti simili.»",
         '"Its partners are municipalities, cooperatives and associations alike."'),
        ("«Rappresenta tutti.»", '"It represents everybody."'),
        needs="one layer; groups",
    ),
    "participation": Entry(
        ("partecipazione ai livelli", "participation over layers"),
        ("I suoi legami sono distribuiti sui livelli o stanno tutti in uno?",
         "Are each actor's ties spread over the layers, or do they all lie in one?"),
        "Battiston et al. 2014",
        ("«Lavora con altri nei tavoli, nei progetti e negli organismi.»",
         '"It works with others at tables, in projects and on boards alike."'),
        ("«Ha molti legami»: due legami in due livelli danno già 1.",
         '"It has many ties": two ties in two layers give 1.'),
        needs="several layers",
    ),
    "overlapping_degree": Entry(
        ("legami su tutti i livelli", "overlapping degree"),
        ("Quanti legami ha, sommando i livelli?", "How many ties has each actor, all layers together?"),
        "Battiston et al. 2014",
        ("«Dodici legami in tre livelli.»", '"Twelve ties in three layers."'),
        ("«Dodici partner»: lo stesso partner può contare più volte.",
         '"Twelve partners": one may count more than once.'),
        needs="one or several layers",
    ),
    "neighbourhood": Entry(
        ("partner diversi", "different partners"),
        ("Con quanti partner diversi è legato, in qualunque livello?",
         "With how many different others is each actor tied, whatever the layer?"),
        "Berlingerio et al. 2011",
        ("«Otto partner diversi.»", '"Eight different partners."'),
        ("«Otto collaborazioni.»", '"Eight collaborations."'),
        needs="one or several layers",
    ),
    "relevance": Entry(
        ("rilevanza di un livello", "relevance of a layer"),
        ("Quale quota dei suoi partner si trova in un livello?",
         "What share of each actor's partners does one layer hold?"),
        "Berlingerio et al. 2011",
        ("«Nove dei suoi dieci partner li incontra ai tavoli.»", '"Nine of its ten partners meet it at the tables."'),
        ("«I tavoli gli servono di più.»", '"The tables serve it more."'),
        needs="several layers, one named",
    ),
}

# Figures about a whole network, a layer or a pair of layers.
FIGURES: Final[dict[str, tuple[str, str]]] = {
    "groups": ("gruppi", "groups"),
    "ties": ("legami", "ties"),
    "internal": ("legami interni ai gruppi", "ties within groups"),
    "external": ("legami tra gruppi", "ties between groups"),
    "ei": ("indice E-I", "E-I index"),
    "ei_max": ("E-I massimo possibile", "greatest possible E-I"),
    "ei_min": ("E-I minimo possibile", "least possible E-I"),
    "ei_expected": ("E-I atteso per caso", "E-I expected by chance"),
    "ei_density": ("E-I sulle densità", "E-I of densities"),
    "ei_sd": ("deviazione standard di E-I per caso", "standard deviation of E-I by chance"),
    "ei_z": ("scarto standardizzato di E-I", "E-I in standard deviations from chance"),
    "ei_p_lower": ("probabilità che il caso dia un E-I altrettanto basso", "chance of so low an E-I"),
    "ei_p_upper": ("probabilità che il caso dia un E-I altrettanto alto", "chance of so high an E-I"),
    "assortativity": ("assortatività (Newman)", "assortativity (Newman)"),
    "modularity": ("modularità dei gruppi", "modularity of the groups"),
    "odds_ratio": ("rapporto di odds", "odds ratio"),
    "yule_q": ("Q di Yule", "Yule's Q"),
    "yule_y": ("Y di Yule", "Yule's Y"),
    "phi": ("phi", "phi"),
    "internal_density": ("densità interna", "density within groups"),
    "external_density": ("densità tra gruppi", "density between groups"),
}
