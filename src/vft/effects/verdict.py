"""How much may be said: the gates that stand between an estimate and a sentence about cause."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vft.effects.interval import Estimate
from vft.effects.small_counts import SHOWN, spelt, told
from vft.tables.norwegian import decimal, number

Verdict = Literal["refused", "counts_only", "indicative", "causal"]
ESTIMATED = 20  #: fewest matched adopters for an estimate
FIRM = 50  #: fewest matched adopters for wording about cause
REPRESENTATIVE = 0.6  #: least share of adopters that must have been matched
BALANCED = 0.10  #: largest standardised difference after matching
#: |z| of drift and growth: more looks need a higher bar to cry wolf as seldom.
DRIFTED = 2.5
SIGNIFICANT = 1.96  #: |z| of the placebo from which adopters were different beforehand


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the verdict rests on. ``worst``: covariate and its standardised difference.

    ``drift``: how much the groups grew apart long before, where history is long enough;
    ``growth``: how much further apart they are late than early in the effect's own periods.
    ``counted``: whether reasons may tell how many she is one of.
    """

    n_adopters: int
    n_matched: int
    worst: tuple[str, float] | None
    placebo: Estimate | None
    drift: Estimate | None = None
    growth: Estimate | None = None
    effect: Estimate | None = None
    measured_in: str = "minutter per uke"
    counted: bool = True

    @property
    def share_matched(self) -> float:
        """Matched of all adopters."""
        return self.n_matched / self.n_adopters if self.n_adopters else 0.0


def judge(evidence: Evidence) -> tuple[Verdict, list[str]]:
    """The first row of the table that applies, and every reason that applies, in bokmål."""
    if evidence.n_adopters < SHOWN:
        return "refused", [f"Færre enn {SHOWN} har tatt tjenesten i bruk, så ingenting vises."]
    doubts = list(_doubts(evidence))
    if evidence.n_matched < ESTIMATED:
        return "counts_only", [_few(evidence), *doubts]
    return ("indicative", doubts) if doubts else ("causal", [])


def _few(evidence: Evidence) -> str:
    """Why there is no estimate."""
    if not evidence.counted:
        return f"Færre enn {ESTIMATED} brukere har noen å sammenlignes med, så effekten vises ikke."
    return (
        f"{spelt(evidence.n_matched).capitalize()} av {number(evidence.n_adopters)} brukere har "
        f"noen å sammenlignes med; under {ESTIMATED} vises bare antall."
    )


def _doubts(evidence: Evidence) -> Iterator[str]:
    """What leaves an estimate indicative."""
    if ESTIMATED <= evidence.n_matched < FIRM:
        many = number(evidence.n_matched) if evidence.counted else f"færre enn {FIRM}"
        yield f"Anslaget bygger på {many} brukere; under {FIRM} er det bare en antydning."
    # the share of a known number would give the few away
    if evidence.share_matched < REPRESENTATIVE and told(evidence.n_matched) is not None:
        yield (
            f"Bare {_percent(evidence.share_matched)} av brukerne har noen å sammenlignes med, "
            "så anslaget er ikke representativt for alle."
        )
    if evidence.worst is not None and abs(evidence.worst[1]) > BALANCED:
        yield (
            f"Brukerne og dem de sammenlignes med er ulike i {evidence.worst[0]} "
            f"({decimal(evidence.worst[1], 2)} standardavvik, grensen er {decimal(BALANCED, 2)})."
        )
    yield from _of_placebo(evidence.placebo, evidence.measured_in)
    if evidence.drift is not None and abs(evidence.drift.z) > DRIFTED:
        yield (
            "Gruppene gled fra hverandre lenge før tjenesten ble tatt i bruk "
            f"({decimal(evidence.drift.value, 1)} {evidence.measured_in}, "
            f"z = {decimal(evidence.drift.z, 1)})."
        )
    if evidence.growth is not None and abs(evidence.growth.z) > DRIFTED:
        yield (
            "Forskjellen vokser fortsatt lenge etter oppstart "
            f"({decimal(evidence.growth.value, 1)} {evidence.measured_in}, "
            f"z = {decimal(evidence.growth.z, 1)}). "
            "Da kan ikke tjenestens virkning skilles fra at gruppene var på ulik vei fra før."
        )


def _of_placebo(placebo: Estimate | None, measured_in: str) -> Iterator[str]:
    if placebo is None:
        yield "Historikken er for kort til å prøve om gruppene var like før (placebo)."
    elif abs(placebo.z) > SIGNIFICANT:
        yield (
            "Gruppene utviklet seg ulikt allerede før tjenesten ble tatt i bruk "
            f"({decimal(placebo.value, 1)} {measured_in} i placeboperiodene, "
            f"z = {decimal(placebo.z, 1)})."
        )


def _percent(share: float) -> str:
    return f"{decimal(share * 100, 0)} %"
