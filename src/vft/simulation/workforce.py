"""The workforce gap: what the care of so many more old people takes, and who is there to give it.

need_t = årsverk today · need index_t; supply_t = årsverk today · supply index_t;
gap_t = need_t − supply_t; what technology frees = hours_t · realisation / hours in an årsverk.
An exercise in arithmetic: today's care for each, with as many each year as the indices say.
"""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
from pydantic import BaseModel, Field

from vft.benefits.full_time import HOURS_PER_FTE
from vft.benefits.unit_price import Strict
from vft.simulation.calculation_key import CalculationKey
from vft.simulation.draws import Values, drawn
from vft.simulation.monte_carlo import DRAWS, SEED
from vft.simulation.spread import Spread, spread
from vft.simulation.yearly import Yearly, difference, product
from vft.tables.norwegian import listed, plain

#: The keys, and what a reader is told that they are.
_KEYS = {
    "fte_today": "Årsverk i dag",
    "need": "Behovet",
    "supply": "Tilgangen på ansatte",
    "freed_hours": "Frigjorte timer",
    "realisation_rate": "Uttakseffektiviteten",
}


class Workforce(Strict):
    """Years, and keys whose ``profile`` has one value for each of them."""

    title: str | None = None
    years: tuple[int, ...] = Field(
        strict=False, min_length=1, description="Årene, fra det som er i dag."
    )
    fte_today: CalculationKey | None = Field(
        default=None, description="Årsverk i dag; uten den vises indekser, ikke årsverk."
    )
    need: CalculationKey | None = Field(
        default=None,
        description="Behovet som indeks av i dag; om ikke oppgitt veksten i 80 år og eldre.",
    )
    supply: CalculationKey | None = Field(
        default=None, description="Tilgangen på ansatte som indeks av i dag."
    )
    freed_hours: CalculationKey | None = Field(
        default=None, description="Timer i året som teknologi frigjør, fra et scenario."
    )
    realisation_rate: CalculationKey | None = Field(
        default=None, description="Andelen av timene som blir omsatt, 0–1."
    )
    hours_per_fte: float = Field(default=HOURS_PER_FTE, gt=0, le=8784)

    def misfits(self) -> list[str]:
        problems = [
            f"{name}.profile har {len(profile)} verdier, men years har {len(self.years)}"
            for name, profile in self._profiles().items()
            if len(profile) != len(self.years)
        ]
        if list(self.years) != sorted(set(self.years)):
            problems.append("years må stige")
        for name in _KEYS:
            key = getattr(self, name)
            least, most = (0.0, 0.0) if key is None else key.ends
            if name == "realisation_rate" and not 0 <= least <= most <= 1:
                problems.append(f"{name} må være fra 0 til 1, ikke {plain(least)}–{plain(most)}")
            elif least < 0:
                problems.append(f"{name} kan ikke være under 0, og er {plain(least)}")
        return problems

    def _profiles(self) -> dict[str, tuple[float, ...]]:
        keys = {name: getattr(self, name) for name in _KEYS}
        return {n: key.profile for n, key in keys.items() if key is not None and key.profile}


class WorkforceYear(BaseModel):
    """One year. Indices are of today; null where something is not documented."""

    year: int
    need_index: Spread | None
    supply_index: Spread | None
    gap_index: Spread | None
    need_fte: Spread | None
    supply_fte: Spread | None
    gap_fte: Spread | None
    freed_fte: Spread | None
    gap_after_fte: Spread | None = Field(description="Gapet når det frigjorte er omsatt.")


class WorkforceResult(BaseModel):
    """Every year, what is missing, and what is estimated."""

    title: str | None
    label: str = "regneøvelse"
    draws: int
    seed: int
    years: list[WorkforceYear]
    undocumented: list[str]
    warnings: list[str]


@cache
def published_need() -> dict[int, float]:
    """People of 80 and over as an index of 2023, by year (``data/need_growth.csv``)."""
    text = (files("vft.simulation") / "data" / "need_growth.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return {int(row["year"]): float(row["index"]) for row in rows}


def need_index(year: int, *, today: int) -> float | None:
    """Growth in those of 80 and over since today's year; even growth between published years.

    None outside the published years.
    """
    known = published_need()
    if not all(min(known) <= one <= max(known) for one in (year, today)):
        return None
    logs = np.interp([year, today], list(known), np.log(list(known.values())))
    return float(np.exp(logs[0] - logs[1]))


def workforce_gap(told: Workforce, *, draws: int = DRAWS, seed: int = SEED) -> WorkforceResult:
    """Need, supply and gap of every year, in årsverk and as indices. Same seed, same figures."""
    keys = _keys(told)
    unknown = _unknown_years(told)
    values = drawn(
        {name: found for name, key in keys.items() if (found := key.distribution) is not None},
        count=draws,
        seed=seed,
    )
    series = {name: _series(name, keys, values, len(told.years)) for name in _KEYS}
    need, supply, today = series["need"], series["supply"], series["fte_today"]
    if need is not None:
        need[:, np.isin(told.years, unknown)] = np.nan
    gap = difference(need, supply)
    freed = product(series["freed_hours"], series["realisation_rate"])
    freed_fte = None if freed is None else freed / told.hours_per_fte
    columns = {
        "need_index": need,
        "supply_index": supply,
        "gap_index": gap,
        "need_fte": product(today, need),
        "supply_fte": product(today, supply),
        "gap_fte": product(today, gap),
        "freed_fte": freed_fte,
        "gap_after_fte": difference(product(today, gap), freed_fte),
    }
    return WorkforceResult(
        title=told.title,
        draws=draws,
        seed=seed,
        years=[
            WorkforceYear(year=year, **{n: _year(one, place) for n, one in columns.items()})
            for place, year in enumerate(told.years)
        ],
        undocumented=[*_undocumented(keys), *_beyond(unknown, told.years[0])],
        warnings=_warnings(keys),
    )


def _keys(told: Workforce) -> dict[str, CalculationKey]:
    """The file's keys, and the published growth where it gives no need of its own."""
    found = {name: key for name in _KEYS if (key := getattr(told, name)) is not None}
    indices = [need_index(year, today=told.years[0]) for year in told.years]
    if "need" not in found and any(indices):
        found["need"] = CalculationKey(
            value=1.0,
            # a year that nothing is published of is left out afterwards
            profile=tuple(index or 0.0 for index in indices),
            starts_on=date(min(published_need()), 1, 1),
            origin="data/need_growth.csv",
            estimated=True,
            derivation="behovet følger tallet på personer over 80 år, jevn vekst mellom årene",
        )
    return found


def _unknown_years(told: Workforce) -> list[int]:
    """Years whose need is neither told nor published."""
    if told.need is not None:
        return []
    return [year for year in told.years if need_index(year, today=told.years[0]) is None]


def _beyond(unknown: list[int], today: int) -> list[str]:
    if not unknown:
        return []
    first, last = min(published_need()), max(published_need())
    # nothing can be an index of a first year that is not known, so that is the one to tell of
    years = [today] if today in unknown else unknown
    lacking = listed([str(year) for year in years], "eller")
    told = (
        f"Veksten som følger med, går fra {first} til {last}, og har ikke {lacking}. Oppgi behovet "
        "(need) med en profil som har én verdi for hvert år."
    )
    return [told]


def _series(name: str, keys: dict[str, CalculationKey], values: Values, years: int) -> Yearly:
    if name not in values:
        return None
    profile = np.array(keys[name].profile or (1.0,) * years)
    found: Yearly = values[name][:, np.newaxis] * profile
    return found


def _year(values: Yearly, place: int) -> Spread | None:
    if values is None or np.isnan(values[:, place]).any():
        return None
    return spread(values[:, place])


def _undocumented(keys: dict[str, CalculationKey]) -> list[str]:
    missing = [f"{_told(name)} er ikke dokumentert." for name in _KEYS if name not in keys]
    lacking = {name: key.lacks("amount") for name, key in keys.items()}
    return missing + [
        f"{_told(name)} mangler {listed(lacks)}." for name, lacks in lacking.items() if lacks
    ]


def _warnings(keys: dict[str, CalculationKey]) -> list[str]:
    return [
        f"{_told(name)} er anslått: {key.derivation}" for name, key in keys.items() if key.estimated
    ]


def _told(name: str) -> str:
    """Årsverk i dag (fte_today)."""
    return f"{_KEYS[name]} ({name})"
