"""Distribution keys (fordelingsnøkler), as FO3: each unit's share in percent."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from vft.disclosure.cell import State
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
    key = unit_values.read(path, unit_values.SHARE)
    short_table.refuse_all(path, _faults(key))
    return key


def sum_is_off(key: Mapping[str, Value]) -> Fraction | None:
    """The sum of the shares, where rounding each share cannot explain that it is not 100.

    A share written with d decimals is within 0.5·10⁻ᵈ of the true one.
    """
    total = sum((value.exact or Fraction(0) for value in key.values()), Fraction(0))
    room = sum((Fraction(1, 2 * 10 ** unit_values.decimals(v)) for v in key.values()), Fraction(0))
    return total if abs(total - WHOLE) > min(room, Fraction(1, 2)) else None


def _faults(key: Mapping[str, Value]) -> list[str]:
    faults = [
        f"enheten «{unit}» har ingen andel; skriv 0 om den ikke skal ha noe"
        for unit, share in key.items()
        if share.state is not State.VALUE
    ]
    faults += [
        f"enheten «{unit}» har andelen {share.written}, mer enn 100 prosent"
        for unit, share in key.items()
        if share.exact is not None and share.exact > WHOLE
    ]
    if not faults and not any(share.exact for share in key.values()):
        faults.append("ingen enhet har en andel over 0")
    return faults
