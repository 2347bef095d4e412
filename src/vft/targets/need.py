"""People who live at home and have a service's indication: Σ N·h·q, before any level is set."""

from collections.abc import Sequence

from vft.disclosure.cell import State
from vft.errors import FileRefused
from vft.sources.ssb.ages import Age
from vft.sources.ssb.population import Variant
from vft.targets.age_shares import AgeShares
from vft.targets.inputs import Inputs
from vft.targets.unit_values import SPOKEN, WITHOUT_VALUE
from vft.targets.uptake import Uptake

_GROUP = ["age_low", "age_high", "year"]
_WHERE = ["unit", "variant", "year"]


def people(
    inputs: Inputs, uptake: Uptake, *, years: set[int]
) -> dict[tuple[str, Variant, int], float]:
    """(unit, variant, year) → people; NaN where a cell or a whole age group is missing.

    Raises:
        FileRefused: age groups of the population are too coarse to be split.
    """
    frame = inputs.population.rows
    frame = frame[frame["year"].isin(years)]
    groups = frame[_GROUP].drop_duplicates()
    weights = [_weight(inputs, uptake, _age(*g[:2]), year=g[2]) for g in groups.to_numpy()]
    _refuse_coarse(
        uptake,
        [_age(*g[:2]) for g, w in zip(groups.to_numpy(), weights, strict=True) if w is None],
    )
    counted = frame.merge(groups.assign(weight=weights), on=_GROUP)
    counted = counted[counted["weight"] > 0]
    counted = counted.assign(
        product=counted["persons"] * counted["weight"],
        ages=counted["age_high"].where(counted["age_high"] >= 0, Age(0, None).last)
        - counted["age_low"]
        + 1,
    )
    totals = counted.groupby(_WHERE)[["product", "ages"]].sum(skipna=False)
    # a row that is not there is missing, as an empty one is: all cover the same ages
    whole = totals["product"].where(totals["ages"] == totals["ages"].max())
    return {(unit, Variant(v), int(year)): float(n) for (unit, v, year), n in whole.items()}


def fault(inputs: Inputs, uptake: Uptake, *, unit: str, year: int) -> str:
    """Why a unit, or one it consists of, has no sum a year: cells without a figure, or no cells."""
    frame = inputs.population.rows
    own = frame[(frame["year"] == year) & (frame["variant"] == Variant.MID)]
    own = own[own["unit"].astype(str).str.startswith(unit)]
    ill = inputs.prevalence[uptake.indication]
    empty = [
        f"{_age(row.age_low, row.age_high)} {_why(row.status)}"
        for row in own[own["persons"].isna()].itertuples()
        if not ill.knows_none_of(_age(row.age_low, row.age_high))
    ]
    where = f"befolkningen i {unit} i {year}"
    if empty:
        return f"{where} er ikke hel: {'; '.join(dict.fromkeys(empty))}"
    return f"{where} mangler aldre som andre har" if len(own) else f"{where} mangler"


def _why(status: str | None) -> str:
    """What a cell says where there is no figure."""
    state = WITHOUT_VALUE.get((status or "").casefold(), State.MISSING)
    return SPOKEN[state]


def is_split(inputs: Inputs, uptake: Uptake) -> bool:
    """Whether the population is coarser than the tables, and was split as the country is."""
    ill = inputs.prevalence[uptake.indication]
    groups = inputs.population.rows[["age_low", "age_high"]].drop_duplicates().to_numpy()
    ages = [_age(low, high) for low, high in groups]
    return any(
        ill.of(group) is None or inputs.home_living.of(group) is None
        for group in ages
        if not ill.knows_none_of(group)
    )


def youngest_counted(inputs: Inputs, uptake: Uptake) -> tuple[int, int]:
    """The lowest age that the indication is known for, and the lowest that is counted."""
    ill = inputs.prevalence[uptake.indication]
    known = min(band.low for band in ill.bands)
    groups = inputs.population.rows[["age_low", "age_high"]].drop_duplicates().to_numpy()
    lows = [low for low, high in groups if not ill.knows_none_of(_age(low, high))]
    return known, max(known, int(min(lows, default=known)))


def _age(low: int, high: int) -> Age:
    return Age(int(low), None if high < 0 else int(high))


def _refuse_coarse(uptake: Uptake, groups: Sequence[Age]) -> None:
    if groups:
        named = ", ".join(str(group) for group in sorted(set(groups)))
        raise FileRefused(
            f"Befolkningen er for grov for {uptake.service}: tabellene over forekomst og "
            f"hjemmeboende har finere grupper enn {named}. Hent befolkningen i ettårige eller "
            "femårige grupper, eller velg andre tjenester med --service.",
            kind="nonsense",
        )


def _weight(inputs: Inputs, uptake: Uptake, group: Age, *, year: int) -> float | None:
    """h·q of an age group; where the tables are finer, over the parts that the country has.

    None where it cannot be split so.
    """
    home, ill = inputs.home_living, inputs.prevalence[uptake.indication]
    if ill.knows_none_of(group):
        return 0.0
    parts = {group: 1.0}
    if ill.of(group) is None or home.of(group) is None:
        parts = inputs.age_mix.split(group, year=int(year)) or {}
    shares = [(share, home.of(part), _share(ill, part)) for part, share in parts.items()]
    if not shares or any(h is None or q is None for _, h, q in shares):
        return None
    return sum(share * (h or 0.0) * (q or 0.0) for share, h, q in shares)


def _share(ill: AgeShares, part: Age) -> float | None:
    """Nobody below the ages that the indication is known for is counted."""
    return 0.0 if ill.knows_none_of(part) else ill.of(part)
