"""The limits that the methods are held to. One is met when the Monte Carlo interval reaches it."""

from collections.abc import Collection, Iterator
from functools import partial

import naive
import others
from replications import Figure, Method, Summary, b, plain, replicate

TRUE = 98.0  #: minutes a week, the planted effect of dispensers
BIAS = 0.03 * TRUE
COVERAGE = (0.93, 0.97)
FALSE_POSITIVES = 0.06
PLACEBO = (0.03, 0.07)
GATED = 0.85
#: New recipients whose need no assessment showed: the design says so, and never more than a hint.
BIAS_NEW, COVERAGE_NEW = 0.10 * TRUE, 0.85
CAUSAL = 0.80  #: share of worlds without fault that must be let through

#: What is measured: title, world and method. The order is that of the table.
MEASURED: dict[str, tuple[str, Method]] = {
    "B": ("main", b),
    "B uten effekt": ("null", b),
    "B med skjult forskjell": ("hidden", b),
    **{f"B med {n} brukere": (f"n{n}", b) for n in (15, 35, 110, 290)},
    "B, totale ressurser": ("main", others.total),
    "Nye mottakere": ("newcomers", others.newcomer),
    **{name: ("main", partial(plain, method=method)) for name, method in naive.ALL.items()},
    **{
        f"{name} uten effekt": ("null", partial(plain, method=method))
        for name, method in naive.ALL.items()
    },
    "C segment 0": ("main", others.SEGMENTS["0"]),
    "C segment 1": ("main", others.SEGMENTS["1"]),
    "A": ("rival", others.contrast),
    "A ujustert": ("rival", others.crude),
    "Sykehjem, HR 0,75": ("main", partial(others.hazard_ratio, truth=0.75)),
    "Sykehjem, HR 1,00": ("null", partial(others.hazard_ratio, truth=1.0)),
    "Sykehjem, noen gang/aldri": ("main", partial(others.ever_never_ratio, truth=0.75)),
}


#: Worlds that nothing was tuned on: a fifth as many draws of each.
UNTUNED: dict[str, tuple[str, Method]] = {
    "B, liten effekt": ("small_effect", b),
    "B, tjenesten koster tid": ("harmful", b),
    "B, bratt trend": ("steep_trend", b),
    "B, i bruk etter nivå": ("by_level", b),
    "B, i bruk etter økning og alder": ("by_jump_and_age", b),
    "B, mange faller fra": ("many_leave", b),
    "B, seks bydeler": ("six_districts", b),
    "B, én dominerende bydel": ("dominant_district", b),
    "B, hull i dataene": ("gaps", b),
    "B, kort historikk": ("short", b),
    "B, annen modell": ("another", b),
    "B, annen modell uten effekt": ("another_null", b),
    "B, annen modell med skjult forskjell": ("another_hidden", b),
    "B, annen modell med få brukere": ("another_few", b),
    "C segment 0, annen modell": ("another", others.SEGMENTS["0"]),
    "C segment 1, annen modell": ("another", others.SEGMENTS["1"]),
    "Sykehjem, HR 0,75, annen modell": ("another", partial(others.hazard_ratio, truth=0.75)),
    "Sykehjem, HR 1,00, annen modell": ("another_null", partial(others.hazard_ratio, truth=1.0)),
}


def measure(names: Collection[str], *, replications: int) -> Iterator[dict[str, Summary]]:
    """Draw each world once, and estimate by all that are asked for in it: a world at a time."""
    known = MEASURED | UNTUNED
    for world in dict.fromkeys(known[name][0] for name in names):
        methods = {name: known[name][1] for name in names if known[name][0] == world}
        found = replicate(methods, world, replications=replications)
        yield {name: Summary(ones=ones) for name, ones in found.items()}


def broken(name: str, found: Summary) -> list[str]:
    """The limits that the figures do not reach, in words; none where all is well."""
    return [said for said, reached in _limits(name, found) if not reached]


def _limits(name: str, found: Summary) -> list[tuple[str, bool]]:
    if name in _OWN:
        return _OWN[name](found)
    if name.startswith("C segment") or name == "A":
        return [_bias(found), _coverage(found)]
    if name.startswith("B med"):
        return [*_verdicts(name, found), _coverage(found)]
    if name.startswith("Sykehjem, HR"):
        return [
            _coverage(found),
            (f"skjevhet {found.bias.value:.3f}", found.bias.reaches(-0.05, 0.05)),
        ]
    if name == "B" or name in UNTUNED:
        return _of_an_effect(found)
    # the naive ones must be seen to fail: in coverage
    return [(f"dekker {found.coverage.value:.0%}", found.coverage.high < COVERAGE[0])]


def _of_an_effect(found: Summary) -> list[tuple[str, bool]]:
    allowed = max(BIAS, 0.03 * abs(found.truth))
    bias = (f"skjevhet {found.bias.value:.2f}", found.bias.reaches(-allowed, allowed))
    return [bias, _coverage(found), _placebo(found.placebo)]


def _of_nothing(found: Summary) -> list[tuple[str, bool]]:
    return [_bias(found), _coverage(found), _false_positives(found), _placebo(found.placebo)]


def _of_the_hidden(found: Summary) -> list[tuple[str, bool]]:
    gated = found.verdict("indicative", "counts_only", "refused")
    return [(f"bare {gated.value:.0%} stoppet", gated.high >= GATED)]


def _of_resources(found: Summary) -> list[tuple[str, bool]]:
    allowed = 0.03 * abs(found.truth)
    bias = (f"skjevhet {found.bias.value:.1f}", found.bias.reaches(-allowed, allowed))
    return [bias, _coverage(found), _placebo(found.placebo)]


def _of_the_new(found: Summary) -> list[tuple[str, bool]]:
    hints = found.verdict("indicative")
    return [
        (f"skjevhet {found.bias.value:.2f}", found.bias.reaches(-BIAS_NEW, BIAS_NEW)),
        (f"dekker {found.coverage.value:.3f}", found.coverage.high >= COVERAGE_NEW),
        (f"bare {hints.value:.0%} indicative", hints.value == 1.0),
    ]


#: Those with limits of their own.
_OWN = {
    "B uten effekt": _of_nothing,
    "B med skjult forskjell": _of_the_hidden,
    "B, annen modell uten effekt": _of_nothing,
    "B, annen modell med skjult forskjell": _of_the_hidden,
    "B, totale ressurser": _of_resources,
    "Nye mottakere": _of_the_new,
}


def _bias(found: Summary) -> tuple[str, bool]:
    return f"skjevhet {found.bias.value:.2f}", found.bias.reaches(-BIAS, BIAS)


def _coverage(found: Summary) -> tuple[str, bool]:
    return f"dekker {found.coverage.value:.3f}", found.coverage.reaches(*COVERAGE)


def _false_positives(found: Summary) -> tuple[str, bool]:
    return f"{found.rejects.value:.3f} falske funn", found.rejects.low <= FALSE_POSITIVES


def _placebo(found: Figure) -> tuple[str, bool]:
    return f"placebo slår ut i {found.value:.3f}", found.reaches(*PLACEBO)


def _verdicts(name: str, found: Summary) -> list[tuple[str, bool]]:
    wanted = {"15": "counts_only", "35": "indicative"}.get(name.split()[2])
    if wanted:
        right = found.verdict(wanted)
        return [(f"bare {right.value:.0%} {wanted}", right.value == 1.0)]
    right = found.verdict("causal")
    return [(f"bare {right.value:.0%} slipper gjennom", right.high >= CAUSAL)]
