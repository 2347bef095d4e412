"""What the registers say: vedtak in the EPJ, devices at the suppliers, where the two differ."""

from dataclasses import dataclass, replace

import numpy as np

from vft.sources.invented.arrays import Bools, Days, Numbers
from vft.sources.invented.config import NEVER, YEAR
from vft.sources.invented.residents import Residents
from vft.sources.invented.streams import stream

SERVICES = ("TA", "GPS", "DMS", "DT", "DHO")
_NO_VEDTAK, _NO_DEVICE = 0.010, 0.014  # cases that one register lacks
_NEVER_ENDED = 0.03  # vedtak of the dead and moved that nobody ended
_TRAVELS = 0.06  # pauses a year
_STOPS = 0.025  # devices with a stop
_PAUSED = 0.4  # of the stops; the others are faults
_SCRAPPED = 0.3  # of what comes back
_STOCK = 0.03  # devices in stock, as a share of those in use
_EXCHANGED = 0.65  # share of alarms that an exchange replaces
EXCHANGE_DAYS = 90  # that an exchange takes


@dataclass(frozen=True, kw_only=True)
class Cases:
    """One row a person and technology, truth and registers side by side. Days; half-open.

    ``start``–``end`` is when she really had it; ``granted`` when the vedtak begins;
    ``vedtak_end``/``collected`` what the registers say of the end.
    """

    person: Numbers
    service: Numbers
    start: Days
    end: Days
    granted: Days
    vedtak_end: Days
    collected: Days
    has_vedtak: Bools
    has_device: Bools
    never_ended: Bools
    pause: Days
    pause_end: Days

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, kw_only=True)
class Devices:
    """One row a device. ``case`` is −1 in stock. ``listed``: the supplier knows of it."""

    service: Numbers
    product: Numbers
    case: Numbers
    start: Days
    end: Days
    acquired: Days
    retired: Days
    listed: Bools
    shared_by: Numbers  # a case, −1
    shared_start: Days
    shared_end: Days
    stop: Days
    stop_end: Days
    paused: Bools  # why it stopped: a pause, else a fault

    def __len__(self) -> int:
        return len(self.case)


def cases(residents: Residents, *, seed: int) -> Cases:
    """Every technology of every known person, with what each register has of it."""
    course, config = residents.course, residents.course.config
    rng = stream(seed, "cases")
    person, service, start, end = _spells(residents)
    n = len(person)
    ended = end < config.last_day
    gone = ended & (end >= np.minimum(course.people.death, course.people.moved)[person])
    never_ended = gone & (rng.random(n) < _NEVER_ENDED * config.disagreement)
    lag = rng.geometric(1 / 14, n)
    fetched = rng.geometric(1 / 6, n)
    pause, pause_end = _pauses(start, np.minimum(end, config.last_day), config.first_day, rng)
    return Cases(
        person=person,
        service=service,
        start=start,
        end=end,
        granted=(start - lag).astype(np.int32),
        vedtak_end=np.where(never_ended | ~ended, NEVER, end).astype(np.int32),
        collected=np.where(ended & (end + fetched < config.last_day), end + fetched, NEVER).astype(
            np.int32
        ),
        has_vedtak=rng.random(n) >= _NO_VEDTAK * config.disagreement,
        has_device=rng.random(n) >= _NO_DEVICE * config.disagreement,
        never_ended=never_ended,
        pause=pause,
        pause_end=pause_end,
    )


def _spells(
    residents: Residents,
) -> tuple[Numbers, Numbers, Days, Days]:
    course, last = residents.course, residents.course.config.last_day
    found = []
    for code, service in enumerate(SERVICES):
        spell = course.services[service]
        person = np.flatnonzero(spell.there & residents.known & (spell.start < last))
        found.append((person, np.full(len(person), code), spell.start[person], spell.end[person]))
    person, service_of, start, end = (np.concatenate(c) for c in zip(*found, strict=True))
    return person, service_of.astype(np.int8), start, end


def _pauses(start: Days, end: Days, first: int, rng: np.random.Generator) -> tuple[Days, Days]:
    """At most one travel within the window for each case; ``NEVER`` where none."""
    n = len(start)
    begin = np.maximum(start, first)
    span = np.maximum(end - begin, 0)
    days = rng.integers(4, 26, n)
    room = span - days - 1
    travels = (rng.random(n) < _TRAVELS * span / YEAR) & (room > 1)
    at = begin + 1 + (rng.random(n) * np.maximum(room, 1)).astype(np.int32)
    return (
        np.where(travels, at, NEVER).astype(np.int32),
        np.where(travels, at + days, NEVER).astype(np.int32),
    )


#: Product, supplier, share within the service, monthly rent in kroner (all invented prices).
PRODUCTS: dict[str, tuple[tuple[str, str, float, int], ...]] = {
    "TA": (
        ("Trygghetsalarm TP1", "Alarmleverandøren", 0.82, 145),
        ("Trygghetsalarm TP2", "Alarmleverandøren", 0.18, 190),
    ),
    "GPS": (
        ("GPS-alarm TP3", "Sporingsleverandøren", 0.7, 260),
        ("GPS-såle", "Sporingsleverandøren", 0.3, 310),
    ),
    "DMS": (
        ("Medido", "Dispenserleverandøren", 0.62, 890),
        ("Evondos", "Dispenserleverandøren", 0.28, 990),
        ("Pilly", "Pilleleverandøren", 0.10, 420),
    ),
    "DT": (
        ("Sengesensor", "Tilsynsleverandøren", 0.4, 350),
        ("Dørsensor", "Tilsynsleverandøren", 0.2, 280),
        ("Kamera", "Tilsynsleverandøren", 0.4, 520),
    ),
    "DHO": (("Målepakke", "Måleleverandøren", 1.0, 610),),
}


def devices(residents: Residents, found: Cases, *, exchange: int, seed: int) -> Devices:
    """A device for each case but those who share; two where an exchange fell within.

    ``exchange``: the day from which most alarms are replaced; ``NEVER`` for none.
    """
    rng = stream(seed, "devices")
    owner = _owners(residents, found)
    own = np.flatnonzero(owner < 0)
    swap = np.where(
        (found.service[own] == 0) & (rng.random(len(own)) < _EXCHANGED),
        exchange + rng.integers(0, EXCHANGE_DAYS, len(own)),
        NEVER,
    )
    swapped = (found.start[own] < swap) & (
        swap < np.minimum(found.end[own], residents.course.config.last_day)
    )
    case = np.concatenate([own, own[swapped]])
    second = np.arange(len(case)) >= len(own)
    start = np.concatenate([found.start[own], swap[swapped]]).astype(np.int32)
    end = np.concatenate(
        [np.where(swapped, swap, found.collected[own]), found.collected[own[swapped]]]
    )
    return _listed(residents, found, owner, (case, second, start, end.astype(np.int32)), rng)


def _owners(residents: Residents, found: Cases) -> Numbers:
    """The case whose alarm a case shares; −1 for an own device."""
    alarm_of = np.full(len(residents.couple), -1)
    alarms = found.service == 0
    alarm_of[found.person[alarms]] = np.flatnonzero(alarms)
    spouse = np.where(alarms, residents.couple[found.person], -1)
    return np.where(spouse >= 0, alarm_of[spouse], -1)


def _listed(
    residents: Residents,
    found: Cases,
    owner: Numbers,
    assigned: tuple[Numbers, Bools, Days, Days],
    rng: np.random.Generator,
) -> Devices:
    """The suppliers' list: devices with cases, then those in stock."""
    config = residents.course.config
    case, second, start, end = assigned
    used = np.bincount(found.service, minlength=len(SERVICES))
    stock = np.repeat(np.arange(len(SERVICES)), np.ceil(used * _STOCK).astype(int))
    exchanged = np.isin(np.arange(len(case)), _exchanged(case, second))
    sharer, shared = _sharers(found, owner, case, start, np.where(exchanged, end, NEVER))
    stop, stop_end = _stops(start, np.minimum(end, config.last_day), config.first_day, rng)
    never = np.full(len(stock), NEVER)
    return _aged(
        Devices(
            service=np.concatenate([found.service[case], stock]).astype(np.int8),
            product=_products(np.concatenate([found.service[case], stock]), rng),
            case=np.concatenate([case, np.full(len(stock), -1)]),
            start=np.concatenate([start, never]),
            end=np.concatenate([end, never]),
            acquired=np.concatenate([start, np.full(len(stock), config.last_day)]),
            retired=np.full(len(case) + len(stock), NEVER),
            listed=np.concatenate([found.has_device[case], np.ones(len(stock), bool)]),
            shared_by=np.concatenate([sharer, np.full(len(stock), -1)]),
            shared_start=np.concatenate([shared[0], never]),
            shared_end=np.concatenate([shared[1], never]),
            stop=np.concatenate([stop, never]),
            stop_end=np.concatenate([stop_end, never]),
            paused=rng.random(len(case) + len(stock)) < _PAUSED,
        ),
        last_day=config.last_day,
        rng=rng,
    )


def _aged(devices: Devices, *, last_day: int, rng: np.random.Generator) -> Devices:
    """Bought some time before they were first used; some scrapped when they came back."""
    n = len(devices)
    scrapped = (devices.end < last_day - 30) & (devices.shared_by < 0)
    scrapped &= rng.random(n) < _SCRAPPED
    return replace(
        devices,
        acquired=devices.acquired - rng.integers(10, 300, n),
        retired=np.where(scrapped, devices.end + 20, NEVER),
    )


def _exchanged(case: Numbers, second: Bools) -> Numbers:
    """Positions of the devices that an exchange took away: the first of each pair."""
    return np.flatnonzero(np.isin(case, case[second]) & ~second)


def _sharers(
    found: Cases, owner: Numbers, case: Numbers, start: Days, taken: Days
) -> tuple[Numbers, tuple[Days, Days]]:
    """For each device the case that shares it, until she leaves or the device is ``taken``.

    A device stays with the one who is left when the first of a couple dies.
    """
    sharer_of = np.full(len(found), -1)
    shares = np.flatnonzero(owner >= 0)
    sharer_of[owner[shares]] = shares
    sharer = sharer_of[case]
    begin = np.maximum(found.start[sharer], start)
    stop = np.minimum(found.collected[sharer], taken)
    there = (sharer >= 0) & (begin < stop)
    return np.where(there, sharer, -1), (
        np.where(there, begin, NEVER).astype(np.int32),
        np.where(there, stop, NEVER).astype(np.int32),
    )


def _stops(start: Days, end: Days, first: int, rng: np.random.Generator) -> tuple[Days, Days]:
    n = len(start)
    begin = np.maximum(start, first)
    days = rng.geometric(1 / 12, n)
    room = end - begin - days - 1
    stops = (rng.random(n) < _STOPS) & (room > 1)
    at = begin + 1 + (rng.random(n) * np.maximum(room, 1)).astype(np.int32)
    return (
        np.where(stops, at, NEVER).astype(np.int32),
        np.where(stops, at + days, NEVER).astype(np.int32),
    )


def _products(service: Numbers, rng: np.random.Generator) -> Numbers:
    """The number of each device's product among its service's."""
    shares = np.ones((len(SERVICES), 2))
    for row, code in enumerate(SERVICES):
        edges = np.cumsum([p[2] for p in PRODUCTS[code]])[:-1]
        shares[row, : len(edges)] = edges
    place = rng.random(len(service))
    number: Numbers = (place[:, None] >= shares[service]).sum(axis=1).astype(np.int8)
    return number
