"""Designs A, C, total resources, newcomers and deferred admission on one draw of a world."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter
from replications import Drawn, One

from vft.effects import admission, compare, newcomers, resources, segments

#: An hour of home care at 426 kroner and a place at a million a year.
PRICES = resources.Prices(minute=426 / 60, institution=1_000_000 * 7 / 365)


def segment(drawn: Drawn, *, label: str) -> One:
    """C: the shrunken effect of one segment against its own truth."""
    found = drawn.once(segments.segments)
    one = next(s for s in found.segments if s.label == label)
    return _one(drawn.study.by_segment[int(label)], one.shrunken)


def contrast(drawn: Drawn) -> One:
    """A: the second product less the first."""
    return _of_a(drawn, "effect")


def crude(drawn: Drawn) -> One:
    """The same without adjustment."""
    return _of_a(drawn, "crude")


def _of_a(drawn: Drawn, which: str) -> One:
    return _one(drawn.study.contrast, getattr(drawn.once(_compared), which))


_compared = partial(compare.compare, services=("annen", "første"))


def total(drawn: Drawn) -> One:
    """B on total municipal resources, kroner a week."""
    found = resources.resources(resources.priced(drawn.panel, PRICES))
    planted = drawn.study.resources
    truth = planted.worth(minute=PRICES.minute, institution=PRICES.institution)
    one = _one(truth, found.effect)
    return replace(one, verdict=found.verdict, placebo=found.placebo.z if found.placebo else None)


def newcomer(drawn: Drawn) -> One:
    """New recipients' own design."""
    found = newcomers.newcomers(drawn.panel)
    return replace(_one(drawn.study.newcomers, found.effect), verdict=found.verdict)


def hazard_ratio(drawn: Drawn, *, truth: float) -> One:
    """Deferred admission; log of the hazard ratio, so that bias and coverage are of the log."""
    found = admission.admission(drawn.panel)
    if found.hazard_ratio is None:
        return One(truth=np.log(truth))
    value, low, high = np.log(found.hazard_ratio)
    return One(truth=float(np.log(truth)), estimate=value, low=low, high=high, error=0.0)


def ever_never_ratio(drawn: Drawn, *, truth: float) -> One:
    """Ever against never adopted, from the first period on: what risk sets are there to mend."""
    panel = drawn.panel
    first = np.minimum(panel.first_seen, panel.periods - 1)
    end, event = admission._ends(panel, np.arange(len(first)), first)
    frame = pd.DataFrame(
        {
            "time": np.maximum(end - first, 1),
            "admitted": event == admission.INSTITUTION,
            "ever": (panel.adopted < panel.periods).astype(float),
        }
    )
    fitted = CoxPHFitter().fit(frame, "time", "admitted")
    value, error = float(fitted.params_["ever"]), float(fitted.standard_errors_["ever"])
    low, high = value - 1.96 * error, value + 1.96 * error
    return One(truth=float(np.log(truth)), estimate=value, low=low, high=high, error=error)


def _one(truth: float, found: object) -> One:
    if found is None:
        return One(truth=truth)
    low, high = found.interval
    return One(truth=truth, estimate=found.value, low=low, high=high, error=found.error)


SEGMENTS = {label: partial(segment, label=label) for label in ("0", "1")}
