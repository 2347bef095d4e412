"""What must be said beside a target: flags, never silent caps."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction

from pydantic import BaseModel

from vft.tables.norwegian import decimal, number
from vft.targets import key as keys
from vft.targets.unit_values import SPOKEN, Value

#: The benchmark unit's rate over the next one's, above which one unit drives the target.
DRIVEN_BY_ONE = Fraction(3, 2)
#: Below this many users the benchmark unit's rate is mostly chance.
FEW_USERS = 20
#: Shares written as parts of 1 sum to 1, give or take their rounding.
_NEARLY = Fraction(1, 20)


class Code(StrEnum):
    """What is flagged. The first three are those of the method itself."""

    ABOVE_POTENTIAL = "above_potential"
    ONE_UNIT_DRIVES = "one_unit_drives"
    BELOW_ACTUAL = "below_actual"
    TIED_MAXIMUM = "tied_maximum"
    FEW_USERS = "few_users"
    NO_USERS = "no_users"
    ZERO_SHARE = "zero_share"
    KEY_SUM = "key_sum"
    NOT_IN_KEY = "not_in_key"
    NOT_IN_ACTUAL = "not_in_actual"
    ACTUAL_UNKNOWN = "actual_unknown"
    NOT_IN_POTENTIAL = "not_in_potential"
    POTENTIAL_UNKNOWN = "potential_unknown"


class Flag(BaseModel):
    """``unit``: the unit or the service concerned; null where it is the whole."""

    code: Code
    unit: str | None
    message: str


def of_inputs(*, key: Mapping[str, Value], actual: Mapping[str, Value]) -> Iterator[Flag]:
    """What the two files say of each other and of themselves."""
    if (total := keys.sum_is_off(key)) is not None:
        yield Flag(code=Code.KEY_SUM, unit=None, message=_of_sum(total))
    for unit in (unit for unit in actual if unit not in key):
        yield Flag(
            code=Code.NOT_IN_KEY,
            unit=unit,
            message=f"{unit} har faktisk bruk, men står ikke i nøkkelen og får ikke måltall.",
        )
    for unit, share in key.items():
        yield from _of_unit(unit, share=share, actual=actual.get(unit))


def _of_sum(total: Fraction) -> str:
    said = decimal(float(total), 3).rstrip("0").rstrip(",")
    if abs(total - 1) < _NEARLY:
        return (
            f"Nøkkelen summerer til {said}, som om andelene er brøkdeler og ikke prosent. Skriv "
            "40 for 40 prosent, ikke 0,4."
        )
    return (
        f"Nøkkelen summerer til {said}, ikke 100 prosent. Enten mangler en enhet, eller en andel "
        "er feil."
    )


def _of_unit(unit: str, *, share: Value, actual: Value | None) -> Iterator[Flag]:
    if actual is None:
        yield Flag(
            code=Code.NOT_IN_ACTUAL,
            unit=unit,
            message=f"{unit} står i nøkkelen, men ikke blant tallene for faktisk bruk.",
        )
    elif actual.exact is None:
        yield Flag(
            code=Code.ACTUAL_UNKNOWN,
            unit=unit,
            message=f"Faktisk bruk i {unit} {SPOKEN[actual.state]}. Det er ikke regnet som 0.",
        )
    if share.exact == 0:
        used = actual is not None and actual.exact
        message = f"{unit} har andelen 0 og måltallet 0"
        yield Flag(
            code=Code.ZERO_SHARE,
            unit=unit,
            message=f"{message}, men har brukere." if used else f"{message}.",
        )


def of_potential(*, key: Mapping[str, Value], potential: Mapping[str, Value]) -> Iterator[Flag]:
    """Units that the targets cannot be held against the potential of, and the other way."""
    for unit in (unit for unit in potential if unit not in key):
        yield Flag(
            code=Code.NOT_IN_KEY,
            unit=unit,
            message=f"{unit} har teoretisk potensial, men står ikke i nøkkelen.",
        )
    for unit in key:
        if unit not in potential:
            yield Flag(
                code=Code.NOT_IN_POTENTIAL,
                unit=unit,
                message=f"{unit} står ikke blant potensialene. Måltallet er ikke holdt mot noe "
                "potensial.",
            )
        elif potential[unit].exact is None:
            yield Flag(
                code=Code.POTENTIAL_UNKNOWN,
                unit=unit,
                message=f"Potensialet i {unit} {SPOKEN[potential[unit].state]}. Måltallet er ikke "
                "holdt mot noe potensial.",
            )


def of_benchmark(
    rates: Mapping[str, Fraction], *, actual: Mapping[str, Value], driven: bool
) -> Iterator[Flag]:
    """What is to be known of the unit that is furthest.

    Args:
        rates: users per percentage point as the rule has them (shrunken, where it shrinks), of the
            units that may set the target; at least one.
        actual: users now.
        driven: whether the rule lets one unit set the target.
    """
    ordered = sorted(rates, key=lambda unit: rates[unit], reverse=True)
    first, highest = ordered[0], rates[ordered[0]]
    if highest == 0:
        yield Flag(
            code=Code.NO_USERS, unit=None, message="Ingen enhet har brukere; måltallene er 0."
        )
        return
    if len(tied := [unit for unit in ordered if rates[unit] == highest]) > 1:
        yield Flag(
            code=Code.TIED_MAXIMUM,
            unit=None,
            message=f"{len(tied)} enheter ligger likt på topp: {', '.join(tied)}.",
        )
    if driven:
        yield from _of_driver(first, rates=[rates[unit] for unit in ordered], users=actual[first])


def _of_driver(unit: str, *, rates: list[Fraction], users: Value) -> Iterator[Flag]:
    """Of the unit that sets the target alone. ``rates``: of all units, highest first."""
    if len(rates) > 1 and rates[0] > DRIVEN_BY_ONE * rates[1]:
        times = f"{decimal(float(rates[0] / rates[1]))} ganger den nest høyeste" if rates[1] else ""
        yield Flag(
            code=Code.ONE_UNIT_DRIVES,
            unit=unit,
            message=f"Én enhet styrer måltallet: dekningen i {unit} er "
            f"{times or 'den eneste over 0'}.",
        )
    if users.exact is not None and users.exact < FEW_USERS:
        yield Flag(
            code=Code.FEW_USERS,
            unit=unit,
            message=f"{unit} setter måltallet med {_counted(users.exact)}. Under "
            f"{FEW_USERS} er det mest tilfeldigheter.",
        )


def _counted(users: Fraction) -> str:
    return "1 bruker" if users == 1 else f"{number(float(users))} brukere"


def of_targets(
    targets: Mapping[str, int | None],
    *,
    actual: Mapping[str, Value],
    potential: Mapping[str, Value],
) -> Iterator[Flag]:
    """Targets above what is theoretically possible, and below what is there already."""
    for unit, target in targets.items():
        if target is None:
            continue
        if unit in potential:
            yield from above_potential(unit, target=target, potential=potential[unit].exact)
        if unit in actual:
            yield from below_actual(unit, target=target, actual=actual[unit].exact)


def above_potential(
    name: str, *, target: float, potential: Fraction | float | None
) -> Iterator[Flag]:
    """A flag where the target is above the theoretical potential."""
    if potential is not None and target > potential:
        yield Flag(
            code=Code.ABOVE_POTENTIAL,
            unit=name,
            message=f"{name}: beste praksis ({number(target)}) er over det teoretiske "
            f"potensialet ({number(float(potential))}).",
        )


def below_actual(name: str, *, target: float, actual: Fraction | float | None) -> Iterator[Flag]:
    """A flag where the target is below present use."""
    if actual is not None and target < actual:
        yield Flag(
            code=Code.BELOW_ACTUAL,
            unit=name,
            message=f"{name}: måltallet ({number(target)}) er under dagens bruk "
            f"({number(float(actual))}).",
        )
