"""How much may be said: the gates that stand between an estimate and a sentence about cause."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vft.effects.interval import Estimate
from vft.effects.small_counts import SHOWN, spelt
from vft.tables.norwegian import decimal, listed, number, plain

Verdict = Literal["refused", "counts_only", "indicative", "causal"]
ESTIMATED = 20  #: fewest adopters that any estimate may rest on
FIRM = 50  #: fewest matched adopters for wording about cause
REPRESENTATIVE = 0.6  #: least share of adopters that must have been matched
BALANCED = 0.10  #: largest standardised difference after matching
#: |z| of drift and growth: more looks need a higher bar to cry wolf as seldom.
DRIFTED = 2.5
SIGNIFICANT = 1.96  #: |z| of the placebo from which adopters were different beforehand
_MOST_DECIMALS = 4


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the verdict rests on. ``worst``: covariate and its standardised difference.

    ``drift``: how much the groups grew apart long before, where history is long enough;
    ``growth``: how much further apart they are late than early in the effect's own periods.
    What rests on fewer than ``ESTIMATED`` is as if it could not be computed. ``covered``: the
    effect's periods that so many are followed to, given where growth must be tried.
    ``counted``: whether reasons may tell how many she is one of.
    """

    n_adopters: int
    n_matched: int
    worst: tuple[str, float] | None
    placebo: Estimate | None
    drift: Estimate | None = None
    growth: Estimate | None = None
    covered: tuple[int, ...] | None = None
    effect: Estimate | None = None
    measured_in: str = "minutter per uke"
    counted: bool = True

    @property
    def share_matched(self) -> float:
        """Matched of all adopters."""
        return self.n_matched / self.n_adopters if self.n_adopters else 0.0


def solid(found: Estimate | None) -> Estimate | None:
    """An estimate that rests on ``ESTIMATED`` persons or more; of fewer it says nothing."""
    return found if found is not None and found.n >= ESTIMATED else None


def judge(evidence: Evidence) -> tuple[Verdict, list[str]]:
    """The first row of the table that applies, and every reason that applies, in bokmål."""
    if evidence.n_adopters == 0:
        return "refused", ["Ingen har tatt tjenesten i bruk, så det er ingenting å vise."]
    if evidence.n_adopters < SHOWN:
        return "refused", [f"Færre enn {SHOWN} har tatt tjenesten i bruk, så ingenting vises."]
    if evidence.n_matched < ESTIMATED:
        return "counts_only", [_few(evidence)]
    doubts = list(_doubts(evidence))
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
    if evidence.share_matched < REPRESENTATIVE:
        share = _beside(evidence.share_matched * 100, REPRESENTATIVE * 100, 0)
        yield (
            f"Bare {share} % av brukerne har noen å sammenlignes med, "
            "så anslaget er ikke representativt for alle."
        )
    if evidence.worst is not None and abs(evidence.worst[1]) > BALANCED:
        yield (
            f"Brukerne og dem de sammenlignes med er ulike i {evidence.worst[0]} "
            f"({_beside(evidence.worst[1], BALANCED, 2)} standardavvik, "
            f"grensen er {decimal(BALANCED, 2)})."
        )
    yield from _of_placebo(evidence)
    yield from _of_looks(evidence)


def _of_looks(evidence: Evidence) -> Iterator[str]:
    """Whether the groups grew apart long before, or still do."""
    drift, growth = solid(evidence.drift), solid(evidence.growth)
    if drift is not None and abs(drift.z) > DRIFTED:
        yield (
            "Gruppene gled fra hverandre lenge før tjenesten ble tatt i bruk "
            f"({decimal(drift.value, 1)} {evidence.measured_in}, {_z(drift, DRIFTED)})."
        )
    if growth is not None and abs(growth.z) > DRIFTED:
        yield (
            "Forskjellen vokser fortsatt lenge etter oppstart "
            f"({decimal(growth.value, 1)} {evidence.measured_in}, {_z(growth, DRIFTED)}). "
            "Da kan ikke tjenestens virkning skilles fra at gruppene var på ulik vei fra før."
        )
    if growth is None and evidence.covered is not None:
        periods = listed([number(period) for period in evidence.covered])
        covered = f"bare i periode {periods}" if periods else "ikke i noen periode"
        yield (
            "For få er fulgt lenge nok til å prøve om forskjellen fortsatt vokser: minst "
            f"{ESTIMATED} brukere er fulgt {covered}."
        )


def _of_placebo(evidence: Evidence) -> Iterator[str]:
    placebo = evidence.placebo
    if placebo is None:
        yield "Historikken er for kort til å prøve om gruppene var like før (placebo)."
    elif solid(placebo) is None:
        many = spelt(placebo.n) if evidence.counted else f"færre enn {ESTIMATED}"
        yield (
            f"{many.capitalize()} brukere har lang nok historikk til å prøve om gruppene var like "
            f"før (placebo); under {ESTIMATED} sier det ingenting."
        )
    elif abs(placebo.z) > SIGNIFICANT:
        yield (
            "Gruppene utviklet seg ulikt allerede før tjenesten ble tatt i bruk "
            f"({decimal(placebo.value, 1)} {evidence.measured_in} i placeboperiodene, "
            f"{_z(placebo, SIGNIFICANT)})."
        )


def _z(found: Estimate, limit: float) -> str:
    """How many standard errors, and how many are the limit."""
    return f"z = {_beside(found.z, limit, 1)}, grensen er {plain(limit)}"


def _beside(value: float, limit: float, places: int) -> str:
    """A value that is past a limit, with as many decimals more as it takes to show it."""
    meets = [n for n in range(places, _MOST_DECIMALS) if round(abs(value), n) != limit]
    return decimal(value, meets[0] if meets else _MOST_DECIMALS)
