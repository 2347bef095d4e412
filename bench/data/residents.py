"""How many live in each part-district, by age and sex, as counted at New Year."""

from datetime import date

import numpy as np

from bench.data import geography
from bench.data.people import Columns

#: The year between is missing: then the one before it is the newest.
YEARS = (2019, 2020, 2021, 2023, 2024)
_AGES = np.arange(106)
_SEXES = np.array(["female", "male"])


def population(recipients: int, rng: np.random.Generator) -> Columns:
    """So many that a third of those of 80 and over are recipients."""
    units = [np.array(geography.leaves(date(year, 1, 1)), dtype="U8") for year in YEARS]
    unit = np.concatenate(units)
    year = np.repeat(YEARS, [len(of_year) for of_year in units])
    each = len(_AGES) * len(_SEXES)
    age = np.tile(np.repeat(_AGES, len(_SEXES)), len(unit))
    mean = recipients / len(geography.FIRST_LEAVES) * np.clip((106 - age) / 400, 0, 0.15)
    return {
        "unit": np.repeat(unit, each),
        "year": np.repeat(year, each),
        "age": age,
        "sex": np.tile(_SEXES, len(unit) * len(_AGES)),
        "variant": np.full(len(age), "counted"),
        "persons": rng.poisson(mean),
    }
