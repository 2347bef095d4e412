"""Distribution keys (fordelingsnøkler), as FO3: each unit's share in percent."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from vft.sources import short_table
from vft.targets import unit_values
from vft.targets.unit_values import Value

WHOLE = Fraction(100)


def read(path: Path) -> dict[str, Value]:
    """Each unit's share in percent, exact.

    Raises:
        FileRefused: every unit without a share, named twice, or with a share that is negative,
            no number or over 100; or no share is over 0.
    """
    key = unit_values.read(path, unit_values.SHARE, fault=_fault_of_share)
    if not any(share.exact for share in key.values()):
        short_table.refuse_all(path, ["ingen enhet har en andel over 0"])
    return key


def sum_is_off(key: Mapping[str, Value]) -> Fraction | None:
    """The sum of the shares, where rounding each share cannot explain that it is not 100.

    A share written with d decimals is within 0.5·10⁻ᵈ of the true one.
    """
    total = sum((value.exact or Fraction(0) for value in key.values()), Fraction(0))
    room = sum((Fraction(1, 2 * 10 ** unit_values.decimals(v)) for v in key.values()), Fraction(0))
    return total if abs(total - WHOLE) > min(room, Fraction(1, 2)) else None


def _fault_of_share(text: str) -> str | None:
    value = unit_values.value_of(text)
    if value.state in unit_values.SPOKEN:
        said = unit_values.SPOKEN[value.state]
        return f"andelen {said}; skriv andelen, eller 0 om enheten ikke skal ha noe"
    if value.exact is not None and value.exact > WHOLE:
        return f"«{text}» er mer enn 100 prosent"
    return unit_values.fault_of_number(text)
