"""Given names that are common in Italy: a cell that holds one and no legal form is a person. Data, no logic.

Left out are names that are words of bodies or places (Gioia, Stella, Italia, Franca, Pace, Rosa, Emilia, Aurora).
"""

from __future__ import annotations

from typing import Final

__all__ = ["GIVEN_NAMES"]

GIVEN_NAMES: Final = frozenset(
    """
    ada adele adriana adriano agnese agostino alberta alberto alda aldo alessandra alessandro alessia alessio
    alfonso alfredo alice amedeo amelia andrea angela angelica angelo anita anna annalisa annamaria annarita
    antonella antonia antonietta antonino antonio arianna armando arturo assunta barbara beatrice benedetta
    benedetto bernardo bianca bruna bruno camilla carla carlo carmela carmelo carmine carolina caterina cecilia
    cesare chiara cinzia ciro claudia claudio concetta cosimo costantino cristian cristiana cristiano cristina
    daniela daniele dario davide debora deborah denis diana diego dino domenica domenico donatella donato dora
    edoardo elena eleonora elio elisa elisabetta emanuela emanuele emiliano emilio emma enrica enrico enza enzo
    ermanno ernesto ettore eugenia eugenio eva fabiana fabio fabrizia fabrizio federica federico felice
    ferdinando fernando filippo filomena fiorella flavia flavio francesca francesco franco gabriele gabriella
    gaetano gaia gennaro gerardo giacomo gianfranco gianluca gianluigi gianmarco gianni gianpaolo gilberto gina
    gino giorgia giorgio giovanna giovanni giuditta giulia giuliana giuliano giulio giuseppe giuseppina grazia
    graziano graziella guglielmo guido ida ignazio ilaria ines irene isabella ivan ivana ivano jessica katia
    lara laura leonardo letizia lia licia lidia liliana linda livia livio loredana lorella lorenza lorenzo luca
    lucia luciana luciano lucio luigi luigia luisa maddalena manuel manuela mara marcella marcello marco
    margherita maria mariangela mariano marilena marina mario marisa marta martina massimiliano massimo matilde
    matteo mattia maura maurizio mauro melissa michela michele mirella miriam mirko monica nadia natalia
    nazzareno nello nicola nicoletta nicolo noemi olga orietta ornella ottavio pamela paola paolo pasquale
    patrizia patrizio peppino piera pierluigi piero pietro pina raffaela raffaele raffaella remo renata renato
    riccardo rita roberta roberto rocco rodolfo romano romina rosalba rosanna rosaria rosario rossana rossella
    ruggero sabrina salvatore samuele sandra sandro sara sebastiano serena sergio settimio silvana silvano
    silvia silvio simona simone sofia sonia stefania stefano susanna tamara tania teresa tiziana tiziano tommaso
    ugo umberto valentina valentino valeria valerio vanessa vera veronica vincenza vincenzo viola virginia vito
    viviana walter
    """.split()  # noqa: SIM905 - three hundred names read better so
)
