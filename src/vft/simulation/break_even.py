"""How much greater a start-up must be to pay, from its costs as shares of its gross saving.

v = rent + (start-up + closing)/T + operation·(1 − φ); F = training + administration + operation·φ;
N*/N₀ = F/(1 − v). T: years that one user has a device; φ: the part of operation that is fixed.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vft.errors import VftError
from vft.tables.norwegian import plain


@dataclass(frozen=True, kw_only=True)
class StartUpShares:
    """Costs of the start-up as shares of its gross saving, at its own scale N₀."""

    rent: float
    training: float
    administration: float
    start_up: float
    operation: float
    closing: float
    origin: str = ""

    def variable(self, *, fixed_share: float, years_in_use: float) -> float:
        """What each further user costs, as a share of what she saves."""
        passing = (self.start_up + self.closing) / years_in_use
        return self.rent + passing + self.operation * (1 - fixed_share)

    def fixed(self, *, fixed_share: float) -> float:
        """What is paid whatever the number of users."""
        return self.training + self.administration + self.operation * fixed_share


@cache
def published_shares() -> StartUpShares:
    """The shares of the national benefits report (``data/start_up_shares.csv``)."""
    text = (files("vft.simulation") / "data" / "start_up_shares.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    shares = {row["cost"]: float(row["share"]) for row in rows}
    return StartUpShares(**shares, origin=rows[0]["origin"])


def break_even_scale(
    *, fixed_share: float, years_in_use: float, shares: StartUpShares | None = None
) -> float | None:
    """N*/N₀: how many times its own number of users it takes; None where it never pays.

    Raises:
        VftError: the fixed share is not a share, or devices are in use for no time.
    """
    if not 0 <= fixed_share <= 1 or years_in_use <= 0:
        raise VftError(
            f"Fast andel må være fra 0 til 1, og år i bruk over 0, ikke {plain(fixed_share)} og "
            f"{plain(years_in_use)}."
        )
    told = shares or published_shares()
    left = 1 - told.variable(fixed_share=fixed_share, years_in_use=years_in_use)
    return told.fixed(fixed_share=fixed_share) / left if left > 0 else None
