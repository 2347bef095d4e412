"""What it costs more when the infrastructure of patient alarms was never upgraded before."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vft.benefits.documented import Number, times
from vft.errors import VftError


@dataclass(frozen=True, kw_only=True)
class MarkUp:
    """The least mark-up, as a share of the cost, and where it is from."""

    share: float
    origin: str


@cache
def published() -> MarkUp:
    """The published mark-up (``data/infrastructure.csv``)."""
    text = (files("vft.benefits") / "data" / "infrastructure.csv").read_text(encoding="utf-8")
    (row,) = csv.DictReader(text.splitlines(), delimiter=";")
    return MarkUp(share=float(row["share"]), origin=row["origin"])


def with_infrastructure(cost: Number, *, mark_up: float | None = None) -> Number:
    """A cost with the mark-up, kroner (or shares): at least so much; the published if not given.

    Raises:
        VftError: the cost or the mark-up is below 0.
    """
    share = published().share if mark_up is None else mark_up
    if share < 0 or (cost is not None and cost < 0):
        raise VftError("Verken kostnaden eller påslaget kan være under 0.")
    return times(cost, 1 + share)
