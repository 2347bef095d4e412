"""Which unit's rate is the measure of best practice."""

from enum import StrEnum


class Rule(StrEnum):
    """Which rate k is. MAX: the highest, as published. SECOND: the next in line, equal or lower.

    P80: 80th percentile, linear between neighbours (place 0.8·(n − 1) counted from 0; Excel's
    PERSENTIL.INK, NumPy's default). SHRUNK: the highest after :mod:`vft.targets.shrinkage`.
    """

    MAX = "max"
    SECOND = "second"
    P80 = "p80"
    SHRUNK = "shrunk"

    @property
    def spoken(self) -> str:
        """What the rule is called, as in a sentence."""
        return _TITLES[self]


_TITLES = {
    Rule.MAX: "høyeste dekning",
    Rule.SECOND: "nest høyeste dekning",
    Rule.P80: "80-persentilen",
    Rule.SHRUNK: "høyeste krympede dekning",
}
