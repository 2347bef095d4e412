"""One invented municipality: the course, its registers, and the means to write them down."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vft.sources.invented import registers
from vft.sources.invented.arrays import Numbers
from vft.sources.invented.clock import Clock
from vft.sources.invented.config import Config
from vft.sources.invented.course import Course
from vft.sources.invented.geography import Geography
from vft.sources.invented.model import simulate
from vft.sources.invented.planted import Planted
from vft.sources.invented.registers import Cases, Devices
from vft.sources.invented.residents import Residents, settle
from vft.sources.invented.scales import Scale
from vft.sources.invented.workload import Workload, workload

_PREFIX = pa.array(["TA", "GP", "MD", "DT", "DH"])


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything that export files are written from. ``exports`` is the folder they go to.

    ``exchange``: the day a large exchange of alarms begins; ``NEVER`` for none.
    """

    residents: Residents
    cases: Cases
    devices: Devices
    work: Workload
    planted: Planted
    exports: Path
    seed: int
    exchange: int
    parquet: bool = False

    @property
    def course(self) -> Course:
        """The course of every person."""
        return self.residents.course

    @property
    def config(self) -> Config:
        """What was planted."""
        return self.course.config

    @property
    def geography(self) -> Geography:
        """Units and their changes."""
        return self.residents.geography

    @cached_property
    def clock(self) -> Clock:
        """Days of the course as calendar time."""
        return Clock(np.datetime64(self.config.starts_on), self.config.last_day)

    @cached_property
    def device_id(self) -> pa.Array:
        """Each device's number as the municipality writes it."""
        prefix = _PREFIX.take(pa.array(self.devices.service))
        return numbered(np.arange(len(self.devices)), prefix, width=7)

    @cached_property
    def unit_codes(self) -> pa.Array:
        """Unit codes by their number in the residences."""
        return pa.array(self.residents.residences.units)

    def persons(self, person: Numbers) -> pa.Array:
        """Identity numbers; null where the person is −1."""
        return self.residents.identity.take(pa.array(person, mask=person < 0))

    def unit_of(self, person: Numbers, day: Numbers) -> pa.Array:
        """Codes of the units where persons lived on a day (the first, before it); null unknown."""
        rows = self.residents.residences
        key = rows.person * 10_000_000 + rows.start
        at = np.searchsorted(key, person * 10_000_000 + day, side="right") - 1
        at = np.where((at < 0) | (rows.person[np.maximum(at, 0)] != person), at + 1, at)
        at = np.minimum(at, len(rows.unit) - 1)
        unknown = rows.person[at] != person
        return self.unit_codes.take(pa.array(rows.unit[at], mask=unknown))

    @property
    def years(self) -> list[tuple[int, int, int]]:
        """Calendar years of the window: year, first day, first day of the next."""
        return _spans(self.clock, self.config, "Y")

    @property
    def months(self) -> list[tuple[int, int, int]]:
        """Months of the window: months since 1970, first day, first day of the next."""
        return _spans(self.clock, self.config, "M")


def numbered(number: Numbers, prefix: object, *, width: int) -> pa.Array:
    """``prefix`` and a number with leading zeros, as text."""
    digits = pc.utf8_lpad(pc.cast(pa.array(number), pa.string()), width, "0")
    return pc.binary_join_element_wise(prefix, digits, "")


def _spans(clock: Clock, config: Config, unit: str) -> list[tuple[int, int, int]]:
    """Calendar spans that the window touches, cut at its edges."""
    edges = clock.origin + np.array([config.first_day, config.last_day - 1])
    first, last = edges.astype(f"datetime64[{unit}]").astype(int)
    starts = np.arange(first, last + 2).astype(f"datetime64[{unit}]").astype("datetime64[D]")
    days = np.clip((starts - clock.origin).astype(int), config.first_day, config.last_day)
    names = np.arange(first, last + 1) + (1970 if unit == "Y" else 0)
    return [(int(n), int(a), int(b)) for n, a, b in zip(names, days[:-1], days[1:], strict=True)]


def build(scale: Scale, folder: Path, *, seed: int) -> World:
    """Simulate, settle people, and open the registers."""
    course = simulate(scale.config, seed=seed)
    residents = settle(course, scale.geography, seed=seed)
    found = registers.cases(residents, seed=seed)
    return World(
        residents=residents,
        cases=found,
        devices=registers.devices(residents, found, exchange=scale.exchange, seed=seed),
        work=workload(course, seed=seed),
        planted=Planted(seed=seed, share=scale.share_of_faults),
        exports=folder,
        seed=seed,
        exchange=scale.exchange,
        parquet=scale.parquet,
    )
