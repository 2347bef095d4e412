"""Methods measured: time, memory and answers, against what a library or plain NumPy does."""

from collections.abc import Sequence

from bench.results import Worked

METHODS = ("effects", "simulation")

#: What each computes, and what it does not: times of different work are no race.
DOES: dict[tuple[str, str], str] = {
    ("effects", "vft"): "metode B: matching, vekting, intervaller, placebo, forløp, nullpunkter",
    ("effects", "lpdid"): "pyfixest: differanse mot ubehandlede, ett forløp; ingen matching, "
    "ingen vekting, ingen placebo, ikke noe utsagn",
    ("effects", "feols"): "pyfixest: én regresjon med to-veis faste effekter, et annet spørsmål",
    ("simulation", "vft"): "alt som kommandoen gjør: fil, nøkler, utslag, skala, dekomponering",
    ("simulation", "numpy"): "nåverdien alene, med dette ene scenariet skrevet inn",
}


def measure(chosen: Sequence[str], *, repeat: int) -> list[Worked]:
    """Measure the methods chosen, each against its peers.

    Raises:
        AnswersDiffer: two that answer the same question gave different answers.
    """
    from bench.methods import effects, simulation

    modules = {"effects": effects, "simulation": simulation}
    return [worked for name in chosen for worked in modules[name].run(repeat=repeat)]
